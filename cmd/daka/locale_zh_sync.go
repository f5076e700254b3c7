package main

// chineseSync is the Chinese of daka sync.
var chineseSync = map[string]string{
	"Mirror a corporation of WeCom into a database":                              "将企业微信中的企业同步到本地数据库",
	"Show what of a mirrored corporation is there and what is missing":           "查看已同步的企业数据是否完整",
	"how often to begin again, such as 15m (default: once)":                      "重复同步的间隔，如 15m（默认只同步一次）",
	"a line for each stretch of days of a member":                                "逐成员逐段列出",
	"days for which what is told of a day is asked for again: punches come late": "重新获取最近几天的数据（打卡可能延迟上传）",
	"it broke off and is gone on with: %s":                                       "同步中断，稍后继续：%s",
	"%d calls or more, %s at least by the quotas":                                "至少调用 %d 次，按频率限制至少需 %s",
	"%d of %d calls, %d a minute, %s left":                                       "已调用 %d / %d 次，每分钟 %d 次，剩余 %s",
	"calls":                                                                      "调用次数",
	"read":                                                                       "读取",
	"changed":                                                                    "变更",
	"refused":                                                                    "被拒绝",
	"a minute":                                                                   "每分钟上限",
	"takes":                                                                      "至少用时",
	"fetched":                                                                    "已获取",
	"not fetched":                                                                "缺失",
	"oldest":                                                                     "最早获取",
	"latest":                                                                     "最近获取",
	"members":                                                                    "成员数",
	"days":                                                                       "天数",
	"rules":                                                                      "规则",
	"records":                                                                    "打卡记录",
	"months":                                                                     "月报",
}
