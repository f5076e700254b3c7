package sheet

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Field is what a column says of a row.
type Field string

// The fields of tables.
const (
	User       Field = "userid"
	Name       Field = "name"
	Alias      Field = "alias"
	Department Field = "department"
	Tags       Field = "tags"
	Joined     Field = "joined"
	Left       Field = "left"
	Date       Field = "date"
	Shift      Field = "shift"
	Time       Field = "time"
	Device     Field = "device"
	Place      Field = "place"
)

// Kind is what the rows of a table are.
type Kind string

// The kinds of tables.
const (
	Members   Kind = "members"
	Schedules Kind = "schedules"
	Punches   Kind = "punches"
)

// Fields returns the fields that the rows of a kind may have.
func (k Kind) Fields() []Field {
	switch k {
	case Members:
		return []Field{User, Name, Alias, Department, Tags, Joined, Left}
	case Schedules:
		return []Field{User, Name, Date, Shift}
	case Approvals:
		return []Field{User, Name, Request, Vacation, From, To, Number, Status, Length}
	}
	return []Field{User, Name, Date, Time, Device, Place}
}

// synonyms are the headings by which a field goes, as plainHead writes them,
// with | between them.
var synonyms = map[Field]string{
	User: "userid|user|id|uid|pin|账号|帐号|成员账号|成员帐号|员工账号|用户id|成员id|成员userid|工号|员工号|员工工号|人员工号|员工编号|人员编号|职工号|" +
		"编号|考勤号|考勤号码|登记号|登记号码|employeeid|employeeno|employeenumber|empid|empno|staffid|staffno|badge|badgenumber|申请人账号|申请人帐号|申请人工号|申请人id",
	Name:       "name|姓名|名字|员工姓名|成员姓名|人员姓名|fullname|employeename|username|staffname|申请人|申请人姓名|applicant",
	Alias:      "alias|别名|昵称|英文名|nickname",
	Department: "department|departments|dept|部门|所属部门|所在部门|部门名称|部门路径|组织|组织架构|departmentname|departmentpath",
	Tags:       "tags|tag|tagid|tagids|标签|标签id",
	Joined:     "joined|joindate|joiningdate|hiredate|hired|startdate|entrydate|入职日期|入职时间|入职|到职日期",
	Left:       "left|leavedate|leavingdate|terminationdate|enddate|离职日期|离职时间|离职|最后工作日|lastday",
	Date:       "date|day|日期|考勤日期|打卡日期|排班日期|工作日期|刷卡日期|workdate",
	Shift:      "shift|shiftname|schedule|班次|班次名称|班别|排班",
	Time: "time|datetime|timestamp|punchtime|checktime|checkintime|clocktime|时间|日期时间|打卡时间|签到时间|考勤时间|刷卡时间|" +
		"打卡日期时间|出入时间|punch|clock",
	Device:   "device|deviceid|devicename|terminal|machine|sn|serialnumber|设备|设备号|设备编号|设备名称|设备序列号|机器号|考勤机|终端|序列号",
	Request:  "kind|type|requesttype|approvaltype|类型|审批类型|申请类型|单据类型|审批模板|模板名称|审批名称",
	Vacation: "vacation|vacationtype|leavetype|假期|假期类型|请假类型|请假种类|休假类型|假别|假种",
	From: "from|start|starttime|startdate|begin|begintime|begindate|开始|开始时间|开始日期|开始日期时间|起始时间|起始日期|" +
		"请假开始时间|请假开始日期|起",
	To:     "to|end|endtime|enddate|结束|结束时间|结束日期|结束日期时间|截止时间|截止日期|终止时间|请假结束时间|请假结束日期|止|至",
	Number: "number|no|spno|spnumber|approvalno|formno|审批编号|审批单号|审批单编号|单号|单据编号|申请单号",
	Status: "status|state|spstatus|状态|审批状态|当前审批状态|审批结果|单据状态",
	Length: "duration|length|days|hours|numberofdays|天数|时长|小时数|时数|请假天数|请假时长|请假小时数|休假天数|出差天数|出差时长|外出时长|加班时长|加班小时数|申请时长|申请天数|总时长|总天数",
	Place:  "place|location|地点|打卡地点|位置|打卡位置|考勤地点|地址",
}

// plainHead is a heading without what does not tell it from others: blanks,
// signs, and a remark in brackets, as in *姓名（必填）.
func plainHead(s string) string {
	s = strings.ToLower(fold(s))
	if at := strings.IndexAny(s, "([【"); at > 0 {
		s = s[:at]
	}
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\r\n\u3000_-*:/.#", r) {
			return -1
		}
		return r
	}, s)
}

// guess returns the field of a kind that a heading names, in one language or in
// both, as 姓名 Name; "" = none.
func (k Kind) guess(head string) Field {
	head = plainHead(head)
	if f := k.field(head); f != "" {
		return f
	}
	chinese := strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf {
			return -1
		}
		return r
	}, head)
	other := strings.Map(func(r rune) rune {
		if r >= utf8.RuneSelf {
			return -1
		}
		return r
	}, head)
	if f := k.field(chinese); f == k.field(other) {
		return f
	}
	return ""
}

func (k Kind) field(head string) Field {
	if head == "" {
		return ""
	}
	for _, f := range k.Fields() {
		if slices.Contains(strings.Split(synonyms[f], "|"), head) {
			return f
		}
	}
	return ""
}
