package main

// chineseTables are the texts of tables, of what is in them, and of the commands
// that take them.
var chineseTables = map[string]string{
	"joined":   "入职日期",
	"last day": "最后工作日",

	"nothing changes: all of it is there already":      "无需变更：内容均已存在",
	"columns %s to %s are %s to %s":                    "%s 至 %s 列为 %s 至 %s",
	"look at row %d, %s: %s":                           "请核对第 %d 行 %s：%s",
	"and %d more rows like that: -o json lists all":    "另有 %d 行类似，用 -o json 列出全部",
	"%d rows, %s: %s":                                  "%d 行（第 %s 行）：%s",
	"; and %d more than are listed: -o json lists all": "；另有 %d 条未列出，用 -o json 列出全部",
	"and %d more":     "另有 %d 行",
	"%s to %s":        "%s 至 %s",
	"%s between %s":   "%s，以%s分隔",
	"Excel, sheet %s": "Excel，工作表 %s",
	"%s is corrected on %s at %s already: nothing is stored": "%s 在 %s 的 %s 此前已补卡，未重复保存",
	"give %d members the shift %s of the rule %s, %s":        "为 %d 名成员排班次 %s，规则 %s，%s",
	"%s, though a server refuses days up to today, %s":       "%s，但服务器不接受今天（%s）及之前的日期",

	"%s of suite %s":              "%s，套件 %s",
	", corporation %s":            "，企业 %s",
	": auth_code %s, for %d s":    "：auth_code %s，%d 秒内有效",
	": suite_ticket %s, for %d s": "：suite_ticket %s，%d 秒内有效",
	"; pushed":                    "；已推送",
	"not set: %d of %d shifts, the first that of %w": "未排成：%d/%d 个班，其中第一个：%w",
	"nowhere":                                "（不推送）",
	"token %s, EncodingAESKey %s":            "token %s，EncodingAESKey %s",
	"Change the callback of a suite":         "更改套件的回调",
	"the callback of suite %s goes to %s":    "套件 %s 的回调地址为 %s",
	"have the callback of suite %s go to %s": "把套件 %s 的回调地址改为 %s",
	"have the callback of suite %s go to %s, with another token and key":        "把套件 %s 的回调地址改为 %s，并更换 token 和 EncodingAESKey",
	"replace the token and key of the callback of suite %s":                     "更换套件 %s 回调的 token 和 EncodingAESKey",
	"make a new random token and EncodingAESKey, which are printed once":        "生成新的随机 token 和 EncodingAESKey，只显示一次",
	"--callback-file: want a JSON object with token and encoding_aes_key":       "--callback-file：应为含 token 和 encoding_aes_key 的 JSON 对象",
	"%s: --callback-file and --renew exclude each other":                        "%s：--callback-file 与 --renew 不能同时使用",
	"%s: say what is to change with --callback-url, --callback-file or --renew": "%s：请用 --callback-url、--callback-file 或 --renew 指明要更改什么",
	"change the callback: %w": "更改回调：%w",

	"userid %q: there is such a member: %w":          "userid %q：已有该成员：%w",
	"--map: no field %q: %s have %s":                 "--map：没有字段 %q：%s 有 %s",
	"%s: there are no rows below the headings":       "%s：表头下没有数据行",
	"%s: a server takes days after today, %s, alone": "%s：服务器只接受今天（%s）之后的日期",

	`A later correction of the same slot counts in the place of an earlier one. What a
slot says already is not stored again; a server does not tell whether it was so.`: `同一打卡时段后来的补卡取代先前的。与现有补卡相同的不会重复保存；服务器不会告知是否重复。`,
	`--withdraw takes back what was corrected in a slot, however that came about, or only
what was corrected to TIME: from now on the slot is as if there had been nothing.
Reports as of before still count it. It asks first, unless --yes is given, and needs a
database: servers have no such call.`: `--withdraw 撤销某个打卡时段的补卡，无论由谁补的；给出 TIME 时只撤销补到该时间的：此后该时段视同
从未补卡。此前时刻的报表仍按已补卡计算。执行前先询问，--yes 除外。只能用于数据库：服务器没有撤销补卡的接口。`,
	"take back the corrections of the slot":                                              "撤销该打卡时段的补卡",
	"take back that %s is corrected on %s at %s":                                         "撤销 %s 在 %s 的 %s 的补卡",
	"%s is not corrected on %s at %s any more":                                           "%s 在 %s 的 %s 的补卡已撤销",
	"%s: SLOT: --withdraw needs the due time itself, or none":                            "%s：SLOT：--withdraw 须写明应打卡时间，或 none",
	"%s: --withdraw and --check exclude each other: see --dry-run":                       "%s：--withdraw 与 --check 不能同时使用：请用 --dry-run",
	"%s: --withdraw needs a database: servers have no call that takes a correction back": "%s：--withdraw 只能用于数据库：服务器没有撤销补卡的接口",
	`--check only says whether the correction would be accepted. A server does not tell
that: it needs a database.`: "--check 只说明是否会被接受；服务器不会预先告知，因此需要数据库。",
	`Every row with a problem is listed, 20 of a kind, the rest counted, and then nothing
is imported; with --skip-bad those rows are kept for "daka import quarantine" and the
others imported. -o json lists all. The same file again changes nothing and asks for
nothing. --dry-run lists it all and does nothing.`: `列出有问题的行（每种问题 20 行，其余计数，-o json 列出全部），此时不导入任何内容；加 --skip-bad
则把这些行留存（见 "daka import quarantine"），导入其余的行。重复导入同一文件不改变任何内容，也
不询问。--dry-run 列出全部，不执行。`,
	`In a workbook the result of a formula counts, and a merged cell says what it says
for all its rows, in a shift plan for all its days. A userid that Excel has cut down
to 1.23E+10 is refused.`: `工作簿中的公式取其结果；合并的单元格对其各行都有效，在排班表中对其各天都有效。被 Excel 截短成
1.23E+10 的账号不予导入。`,
	`Lists the members of the contacts, on a server those whom the app may see. A server
does not tell tags, nor the first and last days: there these columns are not shown.`: `列出通讯录的成员；服务器上只列出应用可见的。服务器不提供标签、入职日期和最后工作日，此时不显示
这几列。`,
	`Shows one member of the contacts: of a database with tags and first and last day,
which a server does not tell.`: "查看通讯录中的一个成员；数据库还有标签、入职日期和最后工作日，服务器不提供。",
	`Where members have other shifts on these days already it asks first. In a database
past days can be set, and are asked for, too. A server takes days after its today
alone: for others --dry-run fails, and without it is asked for before any is sent.`: `成员这些天已有其他班次时会先询问。数据库可以修改过去的日期，也会先询问。服务器只接受其今天之后
的日期：含其他日期时 --dry-run 报错，实际执行则在发送之前先询问。`,
	`Changes where the tickets and events of a suite are pushed, and what they are
encrypted with: --callback-url names another URL, or none with --callback-url "";
--callback-file holds a token and an EncodingAESKey that the provider has chosen;
--renew makes random ones, which are printed once. What is not said stays. The
suite_secret, tokens and permanent codes go on.`: `更改套件的 ticket 和事件推送到哪里、用什么加密：--callback-url 为新地址，--callback-url "" 为不
推送；--callback-file 是含服务商自选 token 和 EncodingAESKey 的文件；--renew 随机生成，只显示一
次。没有指明的保持不变。suite_secret、令牌和永久授权码继续有效。`,
	`It counts from the next push on: what has the old token and key cannot read that.
Try it out with "daka suite verify" before, on the provider's side, and after.`: `从下一次推送起生效，仍用旧 token 和 EncodingAESKey 的一方将无法解密。更改前后可用
"daka suite verify" 测试。`,
}

// chineseReasons are the reasons why tables and their cells cannot be taken, of
// internal/sheet and internal/app, by their formats.
var chineseReasons = joinTexts(chineseApprovalReasons, chineseImportReasons, map[string]string{
	"commas":     "逗号",
	"semicolons": "分号",
	"tabs":       "制表符",

	"a userid has 1 to 64 letters, digits and _-@., the first a letter or digit":                                                          "账号为 1 至 64 个字母、数字或 _-@.，以字母或数字开头",
	"Excel keeps 15 digits of a number, and what this one was is lost: write the column as text in the table that this one was made from": "Excel 的数字只保留 15 位，原来的账号已丢失：请在原表中把该列设为文本后重新保存",
	"a formula without its result: open the file in Excel and save it again":                                                              "公式没有保存结果：请用 Excel 打开文件后重新保存",
	"a formula that has failed: mend it in Excel, or clear the cell":                                                                      "公式出错：请在 Excel 中改正，或清空单元格",
	"it goes over several lines or holds a sign that cannot be seen":                                                                      "含有换行或不可见字符",
	"%q passes midnight: write it as 次日01:30, or with the date of the next day":                                                           "%q 超过 24 点：请写作 次日01:30，或写次日的日期",
	"column %s %s would be %s, and the one before it %s: write the days with their months, as 10-26":                                      "%s 列 %s 会成为 %s，而前一列是 %s：请写明月和日，如 10-26",
	"the titles name %.7s and %.7s: say with --period which month it is":                                                                  "标题中有 %.7s 和 %.7s 两个月份：请用 --period 指明",
	"%s has left: the last day was %s":                                                                                                    "%s 已离职：最后工作日是 %s",
	"%s has left: the last day was %s; punches of later days: %d":                                                                         "%s 已离职，最后工作日是 %s；之后的打卡 %d 次",
	"%s has left: the last day was %s; rows of later days: %d":                                                                            "%s 已离职，最后工作日是 %s；之后的有 %d 行",
	"%s is there from %s on; punches of earlier days: %d":                                                                                 "%s 从 %s 起才在职；之前的打卡 %d 次",
	"%s is there from %s on; rows of earlier days: %d":                                                                                    "%s 从 %s 起才在职；之前的有 %d 行",
	"there is no userid":                                               "没有账号",
	"there is no name":                                                 "没有姓名",
	"there is no date":                                                 "没有日期",
	"there is no time":                                                 "没有时间",
	"there is no shift: a day of rest is 休":                            "没有班次：休息日请写 休",
	"%q is not a date and time like 2026-10-08 08:30":                  "%q 不是 2026-10-08 08:30 这样的日期时间",
	"%q is not a date like 2026-10-08 or 2026年10月8日":                   "%q 不是 2026-10-08 或 2026年10月8日 这样的日期",
	"%q is not a time like 08:30, 08:30:15 or 上午8:30":                  "%q 不是 08:30、08:30:15 或 上午8:30 这样的时间",
	"%q is not the id of a tag: tags are numbers above 0":              "%q 不是标签 ID：标签 ID 是大于 0 的数字",
	"it is before the first day, %s":                                   "早于入职日期 %s",
	"it is of another day than the date beside it":                     "与旁边的日期不是同一天",
	"longer than 64 bytes":                                             "超过 64 字节",
	"the month has no such day":                                        "该月没有这一天",
	"%s: columns %s and %s are both called %q: name one by its letter": "%s：%s 列和 %s 列都叫 %q：请用列号指明",
	"%s: it may be column %s %s or %s %s: say which with %s=%s":        "%s：可能是 %s 列 %s，也可能是 %s 列 %s：请用 %s=%s 指明",
	"%s: no column %q":                                                 "%s：没有 %q 列",
	"column %s %s: of which month? Nothing above the headings says it: name it with --period":                                  "%s 列 %s：是哪个月？表头上方没有说明，请用 --period 指明",
	"column %s %s has halves of days or times: join it with its dates, as --map from=B+C,to=D+E, or name both ends without it": "%s 列 %s 是半天或时刻：请用 --map from=B+C,to=D+E 的形式与日期列合在一起，或用 --map 指明不含它的开始和结束",
	"column %s is to be both %s and %s": "%s 列不能既是 %s 又是 %s",
	"column %s: %v":                     "%s 列：%v",
	"columns %s and %s are both %s":     "%s 列和 %s 列都是 %s",
	"no column for %s":                  "没有对应 %s 的列",
	"no field %q: %s have %s":           "没有字段 %q：%s 有 %s",
	"row %d has %s":                     "第 %d 行有 %s",
	"there are no headings that are known; columns can be named by their letters": "没有认得出的表头；可以用列号指明",

	"there is no such member": "没有该成员",
	"there is no such member, but %s: the zeros before the number are lost":            "没有该成员，但有 %s：数字前面的零丢失了",
	"there is no member of that name":                                                  "没有叫这个姓名的成员",
	"%d members have that name: %s; a column with userids tells them apart":            "有 %d 名成员叫这个姓名：%s；请加一列账号加以区分",
	"a new member, but there is %s: look whether the zeros before the number are lost": "是新成员，但已有 %s：请核对数字前面的零是否丢失",
	"a new member needs a name":                                                        "新成员需要姓名",
	"an earlier row has the same userid":                                               "前面已有相同账号的行",
	"1 to 64 letters, digits and _-@., the first a letter or digit":                    "应为 1 至 64 个字母、数字或 _-@.，以字母或数字开头",
	"longer than %d characters":                                                        "超过 %d 个字符",
	"more than %d departments":                                                         "超过 %d 个部门",
	"the last day %s is before the first, %s":                                          "最后工作日 %s 早于入职日期 %s",
	"%d departments are called that: %s":                                               "有 %d 个部门叫这个名称：%s",
	"department %q: %v":                                                                "部门 %q：%v",
	"the time is not between 2000 and tomorrow":                                        "时间不在 2000 年至明天之间",
	"%s is under no shift rule on that day":                                            "%s 当天不在排班制规则下",
	"rule %d has no such shift: it has %s, and 休 for rest; --shifts says what else the table calls them": "规则 %d 没有这个班次：有 %s，休息写 休；表中的其他叫法可用 --shifts 说明，如 --shifts 早=早班",
	"a new member with the name of %s":              "是新成员，与 %s 同名",
	"another shift of %s on that day stands before": "前面已为 %s 当天排了另一班次",
})
