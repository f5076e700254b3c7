package main

// chineseReports are the texts of reports, of what is exported of them, and of
// what closed months would read.
var chineseReports = map[string]string{
	"rule/shift":   "规则/班次",
	"owed":         "应出勤",
	"place/device": "地点/设备",
	", ":           "、",
	"%s d":         "%s天",

	"worked %s":                            "工时 %s",
	"overtime %s":                          "加班 %s",
	"owed %s":                              "应出勤 %s",
	"late %s":                              "迟到 %s",
	"early %s":                             "早退 %s",
	"absent %s":                            "旷工 %s",
	"cards: %d":                            "打卡 %d 次",
	"first %s":                             "最早 %s",
	"last %s":                              "最晚 %s",
	"rule %s":                              "规则 %s",
	"shift %s":                             "班次 %s",
	"requests: %s":                         "审批 %s",
	"approved corrections: %d":             "补卡 %d 次",
	"approved punches: %d":                 "审批打卡 %d 次",
	"field work: %d":                       "外勤 %d 次",
	"%s: --bom is for CSV: say -o csv":     "%s：--bom 用于 CSV：请加 -o csv",
	"the same, but for what -o json shows": "相同，差异见 -o json",

	`Lists the days of a closed month that punches, corrections and approvals which
became known after its closing would change: the hours worked, the overtime, what is
wrong, and leave, or where these are the same what else differs. -o json has both
sides in full.`: `列出已关账月份中会因关账后才得知的打卡、补卡和审批而改变的日期：工时、加班、异常和请假；这些都相同时
列出其他差异。-o json 给出两边的全部内容。`,

	tableOfReports: `表格宽 120 列，以下内容只在其他格式中：日报的打卡次数、班次之外的规则；月报的规则、正常天数、休
息天数、出差和外出、按日期类型的加班及其折算。月报的请假按天和按小时分列。数据库的月报还有打卡数：
采用/被取代/未匹配。`,
	correctedHelp: `“补卡次数”是企业微信的口径：经审批的补卡。“其中补卡”是由补卡形成的卡数，包括 "daka correct" 和应用所补
的；服务器不提供，此时为空。`,
	gridHelp: `补卡后正常的一天为“补”。服务器只提供经审批的补卡，因此由 "daka correct" 或应用补卡后正常的一天显示为√。
节假日按企业的假日历；来自服务器时按 daka 自带的假日历。`,
}
