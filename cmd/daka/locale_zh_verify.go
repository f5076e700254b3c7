package main

// What verify says of what it compared, and of what it could not.
var chineseVerify = map[string]string{
	"%s: %s instead of %s, by %d reports":                                 "%s：%s（现为 %s），依据 %d 份报告",
	"as good: %s":                                                         "同样吻合：%s",
	"no report tells of %s: any value is as good":                         "没有报告涉及 %s：取任何值都一样",
	"%d of %d person-days that are over were compared":                    "已结束的 %[2]d 个人日中比较了 %[1]d 个",
	"apart: %d person-days and %d months with cards that no record shows": "单列：%d 个人日、%d 份月报含无打卡记录的卡",
	"cannot be compared: %d reports of days whose punches were not fetched: see \"daka sync status\"":                    "无法比较：%d 份报告所在日期的打卡记录未获取，请看 \"daka sync status\"",
	"these are too many of the %d days with cards to be corrections: are the punches complete? See \"daka sync status\"": "占 %d 个有卡日期的比例过大，不像补卡：打卡记录是否完整？请看 \"daka sync status\"",
}
