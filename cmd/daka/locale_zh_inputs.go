package main

// chineseInputs are the texts about what people type: dates, times, names.
var chineseInputs = map[string]string{
	"%q is not a date: %w":         "%q 不是日期：%w",
	"there is no month %d":         "没有 %d 月",
	"there is no day 0":            "没有 0 日",
	"%[1]s has %[2]d days at most": "%[3]d月最多有%[2]d天",
	"%[1]s %[2]d has %[3]d days":   "%[2]d年%[4]d月有%[3]d天",
	"%q is a part of a date: put all of it in quotes, like \"%s month\"": "%q 只是日期的一部分：请整个加引号，如 \"%s month\"",
	namesHelp:  `成员用账号指明，也可用姓名（仅一人用该姓名时），stderr 会写明是谁。先按账号，再按姓名。`,
	"%s is %s": "%s 即 %s",
	"it names nobody: leave the flag away for everybody": "没有指明任何成员：表示所有成员时请不要用此选项",
	"name %q: %w":                       "姓名 %q：%w",
	"%s is %w: say which by the userid": "%s 可能是 %w：请用账号指明",
	"%s or %s":                          "%s 或 %s",
	"look up who is meant, which userids need not: %w":     "按姓名查找成员（用账号则不需要）：%w",
	"%q: %s is before %s":                                  "%q：%s 早于 %s",
	"%s: %q has both ends: say it without --from and --to": "%s：%q 已有起止两端：请不要放在 --from、--to 中",

	"%s is under the rule %s (%d) on %s, and its shifts cannot be set: %w": "%s 在 %[4]s 适用规则 %[2]s（%[3]d），无法排班：%[5]w",
	"--corp: several corporations are called %s: name one by its id: %s":   "--corp：有多个企业叫 %s，请用 ID 指明：%s",
	"%w: database %s has %s": "%w：数据库 %s 中有 %s",
	"corporation by its id or name, where the database holds several": "企业的 ID 或名称（数据库中有多个时）",

	"--secret-file: %s is empty":              "--secret-file：%s 是空的",
	"the schema is up to date":                "表结构已是最新",
	"%w: copy databases with \"daka backup\"": "%w：请用 \"daka backup\" 复制数据库",

	"%s: %w; it is the sheet %s, and --sheet takes another: %s": "%s：%w；读取的工作表是 %s，可用 --sheet 指定其他：%s",

	"%q: say the year too, like 2026-12-01: it may be the one before or the next": "%q：请写明年份，如 2026-12-01，否则可能是前一年或后一年",

	"--period: %w": "--period：%w",

	// What imports tell.
	"make no members of PINs that are nobody: keep their lines in quarantine": "不把无人使用的 PIN 建为成员，其行放入隔离区",
	"%d PINs are new members: %s":                             "%d 个 PIN 将成为新成员：%s",
	"%d PINs are nobody, and their lines are quarantined: %s": "%d 个 PIN 不是任何成员，其行放入隔离区：%s",
	"%s (is it %s, with other zeros?)":                        "%s（是否为 %s，仅前导零不同？）",
	"%s: no PIN is a member's: see \"daka import members\"":   "%s：没有一个 PIN 是成员：见 \"daka import members\"",
	"%s is an Excel workbook, not a terminal's text: see \"daka import punches\", or \"daka import members\"": "%s 是 Excel 工作簿，不是考勤机导出的文本：请用 \"daka import punches\" 或 \"daka import members\"",
	"would be %s": "如导入则：%s",
	"not read, unless --sheet names them: %s":                  "未读取的工作表（可用 --sheet 指定）：%s",
	"row %d says nothing in these columns and is left out: %s": "第 %d 行在这些列中没有内容，已略过：%s",
}
