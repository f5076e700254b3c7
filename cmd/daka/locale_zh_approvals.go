package main

// chineseApprovals are the texts of approvals add and withdraw, and of import
// approvals.
var chineseApprovals = map[string]string{
	"member":                        "成员",
	"am":                            "上午",
	"pm":                            "下午",
	"%.1f d":                        "%.1f 天",
	"Show and enter approval forms": "查看、录入审批单",
	"Enter leave, a trip, an outing or overtime":                "录入请假、出差、外出或加班",
	"Withdraw a request":                                        "撤销申请",
	"Import a table of leave, trips, outings and overtime":      "导入请假、出差、外出、加班表",
	"Take members, shifts, punches and approvals in from files": "从文件导入成员、排班、打卡和审批",

	"kind of the leave, by its name or id; 9=育儿假 for a new one":                           "假期类型的名称或 ID；新的假期类型写作 9=育儿假",
	"number of the request (default: a new one)":                                          "审批单号（默认：新单号）",
	"of the days of the leave those that are worked count alone":                          "请假的日子只计工作日",
	"state of the request: passed, pending, refused, withdrawn, revoked, deleted or paid": "审批状态：passed、pending、refused、withdrawn、revoked、deleted 或 paid",

	"enter %s of %s, %s to %s, %s, as %s":       "录入%s，成员 %s，%s 至 %s，%s，单号 %s",
	"%s of %s is entered, %s to %s, %s, as %s":  "已录入%s，成员 %s，%s 至 %s，%s，单号 %s",
	"%s is known so already: nothing is stored": "%s 已有相同内容，未重复保存",
	"%s: %d s (%s)": "%s：%d 秒（%s）",
	"nothing of it falls on a day that counts":   "没有计入的日子",
	"withdraw %s: %s of %s, %s to %s":            "撤销 %s：%s，成员 %s，%s 至 %s",
	"%s is withdrawn: %s of %s, %s to %s":        "已撤销 %s：%s，成员 %s，%s 至 %s",
	"%s was withdrawn before: nothing is stored": "%s 此前已撤销，未重复保存",

	"WeCom takes approvals in its own app alone":                                                             "企业微信的审批只能在其应用内提交",
	"the server's check of the approval: %w":                                                                 "服务器对审批的检查结果：%w",
	"%q: of which day?":                                                                                      "%q：是哪一天？",
	"%s: %q is not leave, trip, outing or overtime":                                                          "%s：%q 不是请假、出差、外出或加班",
	"%s: --vacation and --workdays-only are for leave":                                                       "%s：--vacation 和 --workdays-only 只用于请假",
	"%s: overtime has times, like 2026-10-08 19:00":                                                          "%s：加班须写时刻，如 2026-10-08 19:00",
	"%s is %s: there is nothing to withdraw":                                                                 "%s 的状态为 %s，无可撤销",
	"want a FROM and a TO like 2026-10-08 09:00, 2026-10-08 pm or 2026-10-08, got %q":                        "开始和结束应为 2026-10-08 09:00、2026-10-08 下午 或 2026-10-08 的形式，而不是 %q",
	"--status %q: want passed, pending, refused, withdrawn, revoked, deleted or paid":                        "--status %q：应为 passed、pending、refused、withdrawn、revoked、deleted 或 paid",
	"%s: of which kind is the leave? Say it with --vacation, as 年假 or 1":                                     "%s：是哪种假？请用 --vacation 指明，如 年假 或 1",
	"%s has asked for some of that time already: %s; withdraw it, or give it another state with --number %s": "%s 在该时间段已有申请 %s：请先撤销，或用 --number %s 更改其状态",

	`Enters a request of a member: leave, trip, outing or overtime, or 请假, 出差, 外出,
加班. What is no such kind is taken for a kind of leave, as in "add zhangsan 年假 ...".`: `录入成员的申请：leave、trip、outing、overtime，即请假、出差、外出、加班。其他的词视为假期类型，如
"add zhangsan 年假 ..."。`,
	`FROM and TO are days, like 2026-10-08 or tomorrow, or halves of them, like
2026-10-08 pm or 2026-10-08 下午: then it counts by half days, both included. Or they
are times, like 2026-10-08 09:00, and it counts from the one to the other; overtime
is always told so. A TO that is a time alone is on the day of FROM, and without a TO it
is that day or half.`: `FROM 和 TO 可以是日期（2026-10-08、明天）或半天（2026-10-08 下午、2026-10-08 pm），此时按半天计，首
尾都算；也可以是时刻（2026-10-08 09:00），此时从前者计到后者。加班必须写时刻。TO 只写时刻时为 FROM 当
天；不写 TO 则就是那一天或半天。`,
	vacationHelp: `假期类型用名称或 ID 指明。企业初始有企业微信示例中的几种：1 年假、2 事假、3 病假、4 调休假、5 婚假、
6 产假、7 陪产假、8 其他，另加已有申请中出现过的；新的写作 9=育儿假。`,
	vacationHelp + ` With --workdays-only the days
off in between do not count, for that kind of leave from then on.`: `假期类型用名称或 ID 指明。企业初始有企业微信示例中的几种：1 年假、2 事假、3 病假、4 调休假、5 婚假、
6 产假、7 陪产假、8 其他，另加已有申请中出现过的；新的写作 9=育儿假。加 --workdays-only 时其间的休
息日不计，此后该假期类型都如此。`,
	`The request has passed unless --status says pending, refused, withdrawn, revoked
(withdrawn after it had passed), deleted or paid, or 审批中, 已通过 and so on; those
that have passed or are paid count. It gets a new number, or that of --number: one
that there is already takes on what is said now, which is asked for. Another of the
same kind for some of the same time is refused. What it comes to on each day is shown.`: `申请默认为已通过；--status 可为 pending、refused、withdrawn、revoked（通过后撤销）、deleted、paid，
或审批中、已通过等。已通过和已支付的才计入。默认给新单号，或用 --number 指定；单号已存在时改为现在所写
的内容，会先询问。同一成员同类申请时间重叠的不予录入。结果会列出每天计多少。`,
	`Has a request no longer count, from now on: one that has passed is revoked then
(withdrawn after it had passed, state 6), one that is pending withdrawn (state 4). It
stays on record, and reports as of an earlier moment still have it. Where members
share the number it is withdrawn for all of them. "daka approvals add --number" makes
it count again.`: `使申请从现在起不再计入：已通过的变为通过后撤销（状态 6），审批中的变为已撤销（状态 4）。记录仍保
留，此前时刻的报表中仍有它。多名成员共用单号时全部撤销。可用 "daka approvals add --number" 恢复。`,
	`Enters the requests of a table: a userid (or name), the kind (请假, 出差, 外出, 加班,
or at once that of the leave, such as 年假), the kind of leave (vacation), from and
to, and as far as there are any the number and the status. From and to are days or
halves of them, 2026-10-08 or 2026-10-08 上午, or times, 2026年10月8日 9:00, on the
corporation's clock; overtime has times. Without a status a request has passed. Without
a number it gets a new one, unless the member has a request for the very same. A number
that is known takes on what the table says.`: `录入表格中的申请：账号（或姓名）、类型（请假、出差、外出、加班，或直接写假期类型如年假）、假期类型
（vacation）、开始（from）、结束（to），以及审批单号和状态（如有）。开始和结束可以是日期或半天
（2026-10-08、2026-10-08 上午），也可以是企业时区的时刻（2026年10月8日 9:00）；加班须写时刻。没有状
态的视为已通过。没有单号的给新单号，除非该成员已有完全相同的申请；已有的单号按表中内容更改。`,
	`The half or the time may stand in a column of its own: 开始日期, 开始时段, 结束日期, 结束时段;
or --map from=C+D,to=E+F. Members share a number only where it asks for the same of each.`: `半天或时刻可以另占一列：开始日期、开始时段、结束日期、结束时段，或用 --map from=C+D,to=E+F 指明。只有内
容相同的集体申请才能由多名成员共用单号。`,
}

// chineseApprovalReasons are the reasons why tables of requests and their cells
// cannot be taken.
var chineseApprovalReasons = map[string]string{
	"%q is not a day or a time like 2026-10-08, 2026-10-08 上午 or 2026-10-08 08:30": "%q 不是 2026-10-08、2026-10-08 上午 或 2026-10-08 08:30 这样的日期或时间",
	"one end is a day and the other a time: write both alike":                      "一端是日期，另一端是时刻：请写成同一种",
	"the request ends before it begins":                                            "结束早于开始",
	"a number has up to 64 characters, and Excel must not have cut it down":        "单号至多 64 个字符，且不能被 Excel 截短",
	"%q is not a state like 审批中, 已通过, 已驳回 or 已撤销":                                  "%q 不是审批中、已通过、已驳回、已撤销这样的状态",
	"overtime has times, like 2026-10-08 19:00":                                    "加班须写时刻，如 2026-10-08 19:00",
	"there is no begin":                         "没有开始时间",
	"%q is not leave, trip, outing or overtime": "%q 不是请假、出差、外出或加班",
	"%s is the number of another request, of %s: members share one only where it asks for the same of each": "%s 是另一申请的单号（成员 %s）：只有内容相同的集体申请才能共用单号",
	"an earlier row is of the same request":                                                 "前面已有同一申请的行",
	"%s for the very same was withdrawn, and stays so: with its number it is entered again": "完全相同的 %s 已撤回，维持撤回；写明编号则重新录入",
	"an earlier row asks for some of that time":                                             "前面的行已申请其中的时间",
	"%s has asked for some of that time already: %s":                                        "%s 在该时间段已有申请：%s",
	"of which kind is the leave? There are %s":                                              "是哪种假？有 %s",
	"there is no such kind of leave: there are %s; a new one is written as 9=育儿假":           "没有这种假期：有 %s；新的写作 9=育儿假",
}
