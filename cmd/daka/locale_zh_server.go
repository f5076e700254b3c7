package main

// chineseServer is the Chinese of what a daka server does in the place of a
// database.
var chineseServer = map[string]string{
	deskHelp: `操作数据库，或让 daka 服务器执行：--profile 指定配置文件中的配置，或用 --base-url、
--corp-id 加 DAKA_SECRET 或 --secret-file。密钥须是管理应用的，--zone 是服务器日期和
时间的时区（数据库有自己的时区）。都没有指定时用默认的配置，没有则用数据库 ` + defaultDB + `。企业微信本身没有这些操作。`,
	"%s at %s":                               "%s（服务器 %s）",
	"%s of %s":                               "%s，企业 %s",
	"%s: %s is no daka server: %w":           "%s：%s 不是 daka 服务器：%w",
	"WeCom does not tell why":                "企业微信不说明原因",
	"WeCom closes no months":                 "企业微信没有关账",
	"WeCom keeps the public calendar itself": "企业微信的公共假日历由其自行维护",
	"WeCom has no such options":              "企业微信没有这些选项",
	"WeCom has no such log":                  "企业微信没有这种日志",
	"WeCom has no call for its apps":         "企业微信没有管理应用的接口",
	"%w: it wants the secret of an admin app, which \"daka init\" or \"daka app add --kind admin\" has printed": "%w：需要管理应用的密钥，由 \"daka init\" 或 \"daka app add --kind admin\" 输出",
	"%w: it reads a database alone": "%w：此命令只读取数据库",
	"%s: --corp names a corporation of a database: at a server it is the one that the secret belongs to": "%s：--corp 指定数据库中的企业：在服务器上，企业由密钥决定",
	"%s: --zone is the zone of a server's days: a corporation in a database has its own":                 "%s：--zone 是服务器日期的时区：数据库中的企业有自己的时区",
	"the server's calendar: %w":                                   "服务器的假日历：%w",
	"the server's list of months: %q is not a month like 2026-01": "服务器的月份列表：%q 不是 2026-01 这样的月份",

	"want addresses, networks or %s": "应为地址、网段或 %s",
}
