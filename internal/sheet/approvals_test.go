package sheet

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What is written as days is of half days, what has times of hours.
// 45357 is 2024-03-06 for Excel: 25569 is 1970-01-01, and 19788 days later.
func TestSpan(t *testing.T) {
	t.Parallel()
	zone := shanghai(t)
	for _, tt := range []struct{ from, to, want string }{
		{"2024-03-06", "2024-03-06", "days 03-06 00:00 03-06 12:00"},
		{"2024年3月6日", "2024/3/7", "days 03-06 00:00 03-07 12:00"},
		{"2024-03-06 下午", "2024-03-07 上午", "days 03-06 12:00 03-07 00:00"},
		{"2024-03-06PM", "2024.3.6 (pm)", "days 03-06 12:00 03-06 12:00"},
		{"45357", "45358", "days 03-06 00:00 03-07 12:00"},
		{"2024-03-06 00:00:00", "2024-03-07 00:00:00", "days 03-06 00:00 03-07 12:00"},
		{"2024-03-06 09:00", "2024-03-06 11:00", "times 03-06 09:00 03-06 11:00"},
		{"2024-03-06 19:00", "2024-03-07 00:00", "times 03-06 19:00 03-07 00:00"},
		{"2024-03-06 00:00", "2024-03-06 02:00", "times 03-06 00:00 03-06 02:00"},
		{"2024年3月6日 上午9:00", "2024-03-06 下午2：30", "times 03-06 09:00 03-06 14:30"},
		{"2024-03-06 19:00", "2024-03-06 24:00", "times 03-06 19:00 03-07 00:00"},
		{"2024-03-06 00:00", "2024年3月6日 24：00:00", "times 03-06 00:00 03-07 00:00"},
		{"45357.375", "45357.5", "times 03-06 09:00 03-06 12:00"},

		{"2024-03-06 09:00", "2024-03-06", "to: one end is a day and the other a time: write both alike"},
		{"2024-03-06 09:00", "2024-03-06 下午", "to: one end is a day and the other a time: write both alike"},
		{"2024-03-06", "2024-03-05", "to: the request ends before it begins"},
		{"2024-03-06 下午", "2024-03-06 上午", "to: the request ends before it begins"},
		{"2024-03-06 09:00", "2024-03-06 09:00", "to: the request ends before it begins"},
		{"2024-03-06 24:00", "2024-03-07 02:00", `from: "24:00" passes midnight: write it as 次日01:30, or with the date of the next day`},
		{"2024-03-06 19:00", "2024-03-06 25:00", `to: "25:00" passes midnight: write it as 次日01:30, or with the date of the next day`},
		{"2024-03-06 19:00", "2024-02-30 24:00", `to: "2024-02-30 24:00" is not a day or a time like 2026-10-08, 2026-10-08 上午 or 2026-10-08 08:30`},
		{"2024-03-06", "2024-03-06 24:00", "to: one end is a day and the other a time: write both alike"},
		{"soon", "2024-03-06", `from: "soon" is not a day or a time like 2026-10-08, 2026-10-08 上午 or 2026-10-08 08:30`},
	} {
		a, at, err := readSpan(tt.from, tt.to, zone, false)
		got := fmt.Sprintf("%s: %v", at, err)
		if err == nil {
			text := func(at int64) string {
				d, clock := zone.DayAt(at)
				return fmt.Sprintf("%s %02d:%02d", d.String()[5:], clock/3600, clock/60%60)
			}
			got = map[bool]string{true: "days ", false: "times "}[a.ByDay] + text(a.From) + " " + text(a.To)
		}
		if got != tt.want {
			t.Errorf("%s to %s: %s, want %s", tt.from, tt.to, got, tt.want)
		}
	}
}

func TestApprovals(t *testing.T) {
	t.Parallel()
	m := mapped(t, Approvals, `审批编号,申请人账号,审批类型,请假类型,开始时间,结束时间,当前审批状态
202403010001,7,请假申请,年假,2024-03-06,,已通过
,7,加班,,2024-03-06 19:00,2024-03-06 21:00,
,7,病假,,2024-03-07 上午,2024-03-07 上午,审批中
,7,leave,9=育儿假,2024-03-08,2024-03-08,6
,,出差,,2024-03-06,,
1.23E+11,7,出差,,2024-03-06,,
,7,聚餐,年假,2024-03-06,,
,7,加班,,2024-03-06,,
,7,外出,,,,随便
`)
	all, problems := m.Approvals(shanghai(t))
	var got []string
	for _, a := range all {
		got = append(got, fmt.Sprintf("%s %s kind %d status %d vacation %d%s", a.User, a.No, a.Kind, a.Status, a.Vacation.ID, a.Vacation.Name))
	}
	for _, p := range problems {
		got = append(got, fmt.Sprintf("%d %s: %s", p.Row, p.Column, p.Reason))
	}
	want := []string{
		"7 202403010001 kind 1 status 2 vacation 0年假", "7  kind 5 status 2 vacation 0", "7  kind 1 status 1 vacation 0病假", "7  kind 1 status 6 vacation 9育儿假",
		"6 B: there is no userid",
		"7 A: a number has up to 64 characters, and Excel must not have cut it down",
		`8 C: "聚餐" is not leave, trip, outing or overtime`,
		"9 E: overtime has times, like 2026-10-08 19:00",
		"10 E: there is no begin",
		`10 G: "随便" is not a state like 审批中, 已通过, 已驳回 or 已撤销`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// Where the kind stands with the kind of leave, a problem of that is its cell's.
func TestApprovalsWithoutVacation(t *testing.T) {
	t.Parallel()
	m := mapped(t, Approvals, "姓名,类型,开始,结束\n张三,丧假,2024-03-06,2024-03-06\n")
	all, problems := m.Approvals(shanghai(t))
	if len(all) != 1 || len(problems) > 0 || all[0].Name != "张三" || all[0].Vacation.Name != "丧假" {
		t.Fatalf("%+v, %+v", all, problems)
	}
	if p := m.Problem(all[0].Spot, Vacation, because("no")); p.Column != "B" || p.Value != "丧假" {
		t.Errorf("%+v", p)
	}
}

// Where the kind of leave alone is told, a trip is a trip whatever the heading. Of
// what is said to be leave it would be a kind.
func TestKindsUnderVacation(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, want string }{
		{"姓名,请假类型,开始,结束\n张三,%s,2024-03-06 09:00,2024-03-06 18:00\n", "出差 3 外出 4 加班 5 公出 4 年假 1年假 出差申请 3"},
		{"姓名,类型,请假类型,开始,结束\n张三,,%s,2024-03-06 09:00,2024-03-06 18:00\n", "出差 3 加班 5 年假 1年假"},
		{"姓名,类型,请假类型,开始,结束\n张三,请假,%s,2024-03-06 09:00,2024-03-06 18:00\n", "出差 1出差 年假 1年假"},
	} {
		words := strings.Fields(tt.want)
		for i := 0; i < len(words); i += 2 {
			all, problems := mapped(t, Approvals, fmt.Sprintf(tt.text, words[i])).Approvals(shanghai(t))
			if len(all) != 1 || fmt.Sprint(all[0].Kind)+all[0].Vacation.Name != words[i+1] {
				t.Errorf("%s in %s: %+v, %+v", words[i], tt.text, all, problems)
			}
		}
	}
}

// How long a request is may stand in days or hours, which the cell says, else the
// heading, else how the request counts.
func TestLengths(t *testing.T) {
	t.Parallel()
	const days, times = "2024-03-06,2024-03-06", "2024-03-06 09:00,2024-03-06 18:00"
	for _, tt := range []struct{ head, ends, cell, want string }{
		{"天数", days, "0.5", "0.5 d"},
		{"请假时长", days, "1", "1 d"},
		{"请假时长", times, "9", "9 h"},
		{"时长（小时）", days, "8", "8 h"},
		{"时长(天)", times, "1", "1 d"},
		{"Duration (hours)", times, "7.5", "7.5 h"},
		{"Days", times, "1", "1 d"},
		{"小时数", times, "8", "8 h"},
		{"时长（分钟）", times, "90", "1.5 h"},
		{"天数", times, "8小时", "8 h"},
		{"时长", times, "30分钟", "0.5 h"},
		{"时长", times, "1小时30分", "1.5 h"},
		{"时长", times, "1:30", "1.5 h"},
		{"时长", times, "2 days", "2 d"},
		{"时长", days, "半天", "0.5 d"},
		{"时长", days, "１天", "1 d"},
		{"时长", days, "", ""},
		{"时长", days, "一天", `2 E "一天": "一天" is not a length like 1.5, 0.5天 or 8小时`},
		{"时长", days, "-1", `2 E "-1": "-1" is not a length like 1.5, 0.5天 or 8小时`},
	} {
		all, problems := mapped(t, Approvals, "姓名,类型,开始,结束,"+tt.head+"\n张三,年假,"+tt.ends+","+tt.cell+"\n").Approvals(shanghai(t))
		got := strings.Join(said(problems), "; ")
		if len(all) == 1 && all[0].Days != nil {
			got = fmt.Sprint(*all[0].Days, " d")
		}
		if len(all) == 1 && all[0].Hours != nil {
			got += fmt.Sprint(*all[0].Hours, " h")
		}
		if got != tt.want {
			t.Errorf("%s %q: %s, want %s", tt.head, tt.cell, got, tt.want)
		}
	}
}
