package main

// chineseAnswers are the texts about punches, requests and members' own days, and
// what of the program is said beside an answer.
var chineseAnswers = map[string]string{
	"the first day of %s is %s: what is not of that day or later counts for nothing":                             "%s 的首日为 %s：不属于当日及以后的不计入",
	"the last day of %s is %s: what is not of that day or earlier counts for nothing":                            "%s 的末日为 %s：不属于当日及以前的不计入",
	"the server's list of members: %w":                                                                           "服务器的成员列表：%w",
	"%q is not a time like 08:58, 2026-01-31 08:58, 1月31日 08:58, 2026-01-31T08:58:00+08:00, Unix seconds or now": "%q 不是 08:58、2026-01-31 08:58、1月31日 08:58、2026-01-31T08:58:00+08:00、Unix 秒或 now 这样的时间",
	"of the forms that were handed in from %s to %s":                                                             "范围为 %s 至 %s 提交的审批单",
	"List the approval forms for some days":                                                                      "列出某段日期的审批单",
	"the days are those on which forms were handed in, not those that they are for":                              "日期指审批单的提交日，而不是其所涉日期",
	`Lists the approval forms for days of a PERIOD, this month if none is given: leave,
trips, outings and overtime of which some is on these days, and corrections of them.
With --entered it lists those that were handed in during the PERIOD instead.`: `列出涉及一段日期的审批单，默认本月：有一部分在这些日期内的请假、出差、外出、加班，以及这些日期的
补卡。加 --entered 时改为列出这段时间内提交的审批单。`,
	`A server tells forms by when they were handed in alone, and is asked for them one by
one: without --entered for those from 93 days before the PERIOD to 93 after.`: `服务器只能按提交时间查询，且逐单请求：不加 --entered 时查询该段日期前 93 天至后 93 天提交的审批单。`,
	`base URL  %s
corpid    %s
agent id  %d
secret    %s
secret of the admin app  %s

%d members from %s to %s. Why a day of one of them is judged as it is:

%s

The month report of three of them, %s to %s:

%s
`: `服务器    %s
corpid    %s
agent id  %d
密钥      %s
管理应用的密钥  %s

%d 名成员，%s 至 %s。其中一人某天的判定说明：

%s

其中三人的月报，%s 至 %s：

%s
`,
	"left out, as no window of a rule has them: %d punches of devices; \"daka records --device any\" lists all that devices sent": "未列出不属于任何打卡时段的设备打卡 %d 条：\"daka records --device any\" 列出设备上传的打卡",
	"nobody who was asked for was employed under a rule, or punched, on these days":                                               "这些日子没有报表：所查成员不在职、没有打卡规则，也没有打卡",
	"counted up to today, %s: days to come are not in it":                                                                         "只算到今天 %s：以后的日子未计入",
	"left out, as no window of a rule has them: %d punches of devices; --device any lists all that devices sent":                  "未列出不属于任何打卡时段的设备打卡 %d 条：--device any 列出设备上传的打卡",
	"nothing listens there":   "那里没有程序在监听",
	"complete --%s of %s: %w": "补全 %[2]s 的 --%[1]s：%[3]w",
	"%w: did you mean --%s?":  "%w：是不是 --%s？",
	"TIME: %s is yet to come": "TIME：%s 尚未到来",
	"%q: a day has hours up to 23; the day after is said by a date, or by 次日 or +1 before the time": "%q：一天的小时至 23 为止；次日的时刻请写日期，或在时刻前写 次日 或 +1",
}
