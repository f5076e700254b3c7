package main

// chineseImports are the texts of what an import tells of its rows, and of the help
// that goes with them.
var chineseImports = map[string]string{
	"(none)": "（无）",
	"%s h":   "%s小时",

	"%s: %s, %s to %s, %s":                     "%s：%s，%s 至 %s，%s",
	"interrupted: this run has stored nothing": "已中断：本次没有保存任何内容",
	"interrupted: at least %d of %d punches are stored; run it again, and the rest is":          "已中断：至少已保存 %d/%d 条打卡；再次运行即可补全其余的",
	"%w: this run has stored nothing":                                                           "%w：本次没有保存任何内容",
	"%w: at least %d of %d punches are stored; when it is mended run it again, and the rest is": "%w：至少已保存 %d/%d 条打卡；排除问题后再次运行即可补全其余的",

	"column %s: %s":                    "%s 列：%s",
	"row %d, %s: %s %s -> %s":          "第 %d 行 %s：%s %s -> %s",
	"row %d, %s: %s, %s to %s, %s: %s": "第 %d 行 %s：%s，%s 至 %s，%s：%s",
	"%s, of these %s on days off, which --workdays-only leaves out": "%s，其中休息日 %s，加 --workdays-only 则不计",
	"and %d more rows: --dry-run lists all":                         "另有 %d 行，用 --dry-run 列出全部",
	"and %d more fields: -o json lists all":                         "另有 %d 处变更，用 -o json 列出全部",

	`What each request comes to is listed before anything is done: leave by days counts
days off, too, and leave with times all the time from the one to the other. Where the
table has a column for that, 天数 or 时长, it must say the same.`: `导入前会列出每条申请计多少：按天的请假连休息日也计，写时刻的请假从开始到结束全部计入。表中如有天数
或时长列，须与之一致。`,
	`A row may also be a person's day, with a date and a column for each punch: 上班, 下班;
上午上班, 上午下班, 下午上班, 下午下班; 签到, 签退; or whatever --map time=早+晚 names. A blank
cell is no punch. 下班 at 5:00 after 上班 at 20:00 is of the next day; where that is not
the only way to read the two, as with 9:00 and 6:00, the row is refused: 次日6:00 says it.`: `也可以一行是一人一天，有日期，每次打卡一列：上班、下班；上午上班、上午下班、下午上班、下午下班；签
到、签退；或 --map time=早+晚 指明的列。空单元格即没有打卡。上班 20:00、下班 5:00 时下班算次日；有其他
可能时（如 9:00 和 6:00）该行不予导入：次日请写 次日6:00。`,
}

// chineseImportReasons are the reasons why rows do not agree with themselves.
var chineseImportReasons = map[string]string{
	"%s is called %s: if the row is %s's, say so with --map name=-, which goes by userids alone, or enter the new name with \"daka import members\"; else write the right userid": "%s 的姓名是 %s：如果这一行确属 %s，请用 --map name=- 只按账号认人，或先用 \"daka import members\" 录入新姓名；否则请改正账号",
	"it is earlier than %q in column %s: a time of the next day is written as 次日01:30; else one of the two is wrong":                                                              "早于 %q（%s 列）：次日的时间请写作 次日01:30；否则两者之一有误",

	"%q is not a length like 1.5, 0.5天 or 8小时":                                                                                                              "%q 不是 1.5、0.5天、8小时 这样的时长",
	"the table says %s d, and it is %s d: mend one of the two; or leave the column alone with --map duration=-":                                             "表中写 %s 天，实际为 %s 天：请改正其一，或用 --map duration=- 不看这一列",
	"the table says %s d, and with times it counts hours, %s h: write both ends as days or halves of them; or leave the column alone with --map duration=-": "表中写 %s 天，而开始和结束是时刻，按小时计为 %s 小时：请把两端都写成日期或半天，或用 --map duration=- 不看这一列",
	"the table says %s h, and without times it counts days, %s d: write both ends with times; or leave the column alone with --map duration=-":              "表中写 %s 小时，而开始和结束没有时刻，按天计为 %s 天：请把两端都写成时刻，或用 --map duration=- 不看这一列",
	"the table says %s h, and all the time from the one to the other counts, %s h: mend one of the two; or leave the column alone with --map duration=-":    "表中写 %s 小时，而从开始到结束全部计入，为 %s 小时：请改正其一，或用 --map duration=- 不看这一列",
}

// chineseAttlog are the reasons why lines of a terminal's export are kept.
var chineseAttlog = map[string]string{
	"the line is not UTF-8 text":                   "该行不是 UTF-8 文本",
	"the line holds a control character":           "该行含有控制字符",
	"the line is longer than %d bytes":             "该行超过 %d 字节",
	"%d columns, want at least PIN, date and time": "只有 %d 列，至少需要 PIN、日期和时间",
	"PIN %q is no member":                          "PIN %q 不是成员",
	"PIN %q cannot be a userid":                    "PIN %q 不能作账号",
	"the device's column is longer than %d bytes":  "设备列超过 %d 字节",
	"time %s %s is not between 2000 and tomorrow":  "时间 %s %s 不在 2000 年至明天之间",
	"%q is not a time like 08:30:00":               "%q 不是 08:30:00 这样的时间",
}
