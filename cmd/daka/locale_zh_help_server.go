package main

// chineseServerHelp is the Chinese of the help of commands that work on a
// database or a daka server, and of those that say which.
var chineseServerHelp = map[string]string{
	`Shows how far an app reaches; with one of the flags below it is changed first,
from the next call on. What no flag names stays as it is.`: `显示应用的可见范围和调用限制；用下面的参数可以更改，从下一次调用起生效。没有用参数指定的
保持不变。`,
	`The app sees the departments with all below them, the members and those with the
tags that are --visible, and --everybody where none is. Its calls come from
--trusted addresses, or any. A provider's app is granted --permissions:`: `应用可见 --visible-… 指定的部门（含下级部门）、成员和标签成员，没有指定时可见所有人
（--everybody）。调用须来自 --trusted 的地址，或不限。服务商应用的权限用 --permissions 授予：`,
	permissionHelp: `  checkin:app:base               打卡接口（套件的默认权限）
  hardware:checkin:checkin_data  第三方应用另需：设备打卡数据
  approval:base:base             审批单和假期类型`,
	`The provider is pushed a change_auth event, for which the key is needed:
--key-file or DAKA_KEY.`: `服务商会收到 change_auth 事件，因此需要密钥：--key-file 或 DAKA_KEY。`,

	"Adds an app and prints its id and secret once. The --kind says what it may do:": "添加应用，输出其 ID 和密钥，仅此一次。--kind 决定应用的权限：",
	`  checkin  a self-built app: the whole check-in interface, the directory, media
           and approvals
  system   the 打卡 app itself: the same. WeCom takes its secret only from
           corporations that used it before 2023-12-01
  contact  contact sync: the directory and its changes
  admin    daka's own operations; keeps the directory and reads approvals`: `  checkin  自建应用：全部打卡接口、通讯录、素材和审批
  system   打卡应用本身：权限相同。企业微信只接受 2023-12-01 前已使用其密钥的企业
  contact  通讯录同步：通讯录及其修改
  admin    daka 自己的操作；维护通讯录、读取审批`,
	`The apps of providers, third-party and provider-developed, come by "daka suite
authorize". How far an app reaches is for "daka app access".`: `服务商的应用（第三方应用和代开发应用）由 "daka suite authorize" 产生。应用的可见范围见
"daka app access"。`,
	"Lists the apps of a corporation. Secrets cannot be read again.": "列出企业的应用。密钥无法再次读取。",
	`Gives an app a new secret and prints it once. The old secret and the tokens made
with it end at once. That of a provider's app is its permanent code: see "daka
suite reset". Where it is the app as which a server is asked, put the new secret where
the old one was.`: `为应用更换密钥，新密钥只输出一次。旧密钥和用它取得的 token 立即失效。服务商应用的密钥是
永久授权码，见 "daka suite reset"。如果访问服务器用的就是此应用，请把新密钥放到原来的位置。`,
	`Ends the tokens of an app and lets it have no more, at once. Its secret stays:
"daka app enable" lets it in again. A server lets no app disable itself.`: `立即作废应用的 token，并不再发放。密钥不变，可用 "daka app enable" 重新启用。服务器不允许应用
停用自己。`,
	"Lets an app have tokens again that was disabled.": "重新允许已停用的应用取得 token。",

	`Lists what was done by whom: an app by its agent id, 0 for whoever could open the
database. Subjects, which an act was about, and details are hashes: the log holds no
names. A table shows the beginning of the first subject and how many more there are,
-o json all that an entry lists. With --users it lists the acts on these members,
erased ones too, and those on more people than an entry lists. Single punches are no
acts.`: `列出谁做了什么：应用以其 ID 表示，0 表示能打开数据库的人。对象和内容都是哈希，日志中没有姓名。
表格显示第一个对象的开头部分以及另有几个，-o json 给出记录中的全部对象。用 --users 列出涉及这些
成员（包括已抹除的）的操作，以及涉及人数超过单条记录所列的操作。单次打卡不记入日志。`,
	`Lists when somebody was erased, by which app, and how much there was. Who it was
is a hash, as in the audit log. Members are erased through /daka/members.`: `列出何时由哪个应用抹除了成员，以及涉及的数据量。成员以哈希表示，与审计日志相同。抹除成员通过
/daka/members 进行。`,
	`Computes the chain of the audit log anew: no entry was changed, put in or taken
out. Keep the head that it prints: entries taken from the end show only against
an earlier one. A server checks its own log.`: `重新计算审计日志的哈希链：没有记录被修改、插入或删除。请保存输出的末尾哈希：末尾的记录若被
删除，只有与以前的哈希对照才能发现。服务器检查它自己的日志。`,

	`Adds a profile to the configuration file, or replaces the one of this name: the
server of --base-url (WeCom, unless told), the corporation of --corp-id, where the
app's secret is (--secret-file or --secret-env, else DAKA_SECRET), and the --zone of
its days. A command asks it with --profile NAME; "daka config profile use" makes it
the one that is asked when nothing is said.`: `在配置文件中添加配置，或替换同名的配置：--base-url 的服务器（默认企业微信）、--corp-id 的企业、
应用密钥的位置（--secret-file 或 --secret-env，否则 DAKA_SECRET）以及日期的时区 --zone。命令用
--profile 名称 使用它；"daka config profile use" 将其设为默认。`,
	"Lists the profiles of the configuration file, the one in use with a star.":      "列出配置文件中的配置，默认的标有星号。",
	"Removes a profile from the configuration file. The file with its secret stays.": "从配置文件中删除配置。密钥文件保留。",
	`Makes a profile the one that commands ask which are given no --db, --base-url or
--profile. "daka config unset profile" ends it.`: `将配置设为默认：没有给出 --db、--base-url 或 --profile 的命令都使用它。用
"daka config unset profile" 取消。`,
	`Adds a corporation with its root department, one admin app and one check-in app,
and prints their ids and secrets once. In a test database --test is needed here too.`: `添加企业及其根部门、一个管理应用和一个打卡应用，输出其 ID 和密钥，仅此一次。在测试数据库中
同样需要 --test。`,
	"Lists the corporations of a database.": "列出数据库中的企业。",

	`Tells one member's day: why it is a working day or a day off, what was asked for,
where each punch and correction went, what requests changed, the verdicts, hours
and overtime with their arithmetic, and what would change a verdict.`: `说明成员的一天：为何上班或休息、规则要求什么、每次打卡和补卡用在何处、审批改变了什么、判定结果、
工时和加班的算法，以及怎样才会改变判定。`,
	`DAY is a date like 2026-01-31, or today, yesterday, 昨天. --as-of tells the day as it
was known at a moment: seconds since 1970, 2026-01-31T18:00:00+08:00, or 2026-01-31
18:00:00 in the corporation's zone. A daka server tells the same in the same words.
It is no table: -o csv is not for it.`: `DAY 是 2026-01-31 这样的日期，或 today、yesterday、昨天。--as-of 按某一时刻已知的数据说明：
1970 年以来的秒数、2026-01-31T18:00:00+08:00，或企业时区的 2026-01-31 18:00:00。daka 服务器给出的
说明与数据库相同。它不是表格，不能用 -o csv。`,

	`Lists the free days and the make-up workdays of the years that are known, or of a
PERIOD such as 2026. A year that is known and has none is a row of its own. As JSON
or YAML it is whole years, in the form that "daka holidays set" takes.`: `列出已知年份（或 PERIOD，如 2026）的放假日和调休上班日。已知但没有假日的年份单独占一行。以 JSON 或
YAML 输出时为整年，可直接交给 "daka holidays set"。`,
	`Puts the years of a JSON or YAML file in the place of what was known of them: a year
is replaced whole, and the days that change are listed first. It takes what "daka
holidays list -o yaml" prints. Each year has breaks, with name, first, last and makeups,
and the list of statutory days, each of them in a break; a break with makeups alone
needs no first and last:`: `用 JSON 或 YAML 文件中的年份替换这些年份原有的假日历：整年替换，并先列出有变化的日子。文件可以是
"daka holidays list -o yaml" 的输出。每年有若干假期（breaks：name、first、last、makeups）和法定
假日列表（statutory），法定假日都须在某个假期之内；只有 makeups 的假期不需要 first 和 last：`,
	`A year without breaks, {"2027": {}}, is one without holidays. Mainland China from
2020 to 2026 is known without a file. "daka holidays day" changes a day, "daka holidays
reset" puts a year back.`: `没有假期的年份 {"2027": {}} 表示该年无假日。中国大陆 2020 至 2026 年的假日历已内置。
"daka holidays day" 修改单日，"daka holidays reset" 恢复内置的一年。`,
	`Makes a day free, a statutory holiday, a workday for a break, or an ordinary day that
the calendar says nothing of. NAME is the holiday that it belongs to; a day that has
one keeps it. Its year must be known: "daka holidays set" puts in a whole one.`: `把某天设为放假（free）、法定假日（statutory）、调休上班（workday），或假日历不提的平日（ordinary）。
NAME 为所属假日的名称，原来有名称的日子可不写。该年的假日历须已知：整年用 "daka holidays set" 录入。`,
	`Puts a year back to the calendar that comes with daka, mainland China's. A year that
does not come with it is not known any more.`: `把一年恢复为 daka 内置的（中国大陆）假日历。没有内置的年份恢复为未知。`,

	`Keeps the reports of a month as they are now. What becomes known later is stored
but does not change them: "daka month adjustments" lists it. A month can be
closed when its last day is no longer provisional. A server finds that out when it is
done, and its --dry-run does not say.`: `将一个月的报表按现状固定。以后得知的数据会保存，但不再改变报表，可用 "daka month adjustments"
查看。当月最后一天不再是未定状态后才能关账；由服务器关账时，服务器在执行时判断，--dry-run 不会
提示。`,
	"Lists every act of closing and reopening months, with who did it and why.": "列出每次关账和重开，以及操作人和原因。",
	`Lets the reports of a closed month follow what is known again. Who did it and
why is kept.`: `让已关账月份的报表重新随数据变化。操作人和原因会保留。`,

	`Prints every engine option with its value. Those that "daka options set" has not
set have the value that ARCHITECTURE.md names first.`: `输出每个引擎选项及其值。没有用 "daka options set" 设置的选项取 ARCHITECTURE.md 中列在最前的值。`,
	`Puts a JSON object of engine options in force, in the place of all that were set
before. Their names and values are in ARCHITECTURE.md; one that there is not is
an error. Options decide points that WeCom's documents leave open.`: `启用 JSON 对象中的引擎选项，替换以前的全部设置。名称和取值见 ARCHITECTURE.md；不存在的选项会
报错。选项决定企业微信文档没有说明之处。`,
}
