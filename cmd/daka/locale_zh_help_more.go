package main

// chineseLongMore are the paragraphs of the long help texts of the commands after
// those in chineseLong.
var chineseLongMore = map[string]string{
	`Takes a member out of the contacts today. What was recorded stays for reports --as-of
a moment before; reports of now leave the member out, those of days before, too. The
face is forgotten. A server takes it from the app for contact sync alone.`: `今天把成员移出通讯录。记录保留，供 --as-of 查看以前某时刻的报表；今后出的报表不再包含该成员，以前的日子也不再
包含。人脸会被删除。服务器只接受通讯录同步应用的这项操作。`,
	`Who leaves is given a last day in a database, with --last-day, in the past or to come:
reports until then stay, and none is made of the days after.`: `离职的人可在数据库中用 --last-day 指定最后工作日（过去或将来）：到那天为止的报表保留，以后的日子没有
报表。`,
	`Brings the schema of a database up to this daka's and prints the migrations that
were missing, one a line; with --plan or --dry-run it does no more than that. "daka
init", "daka serve" and "daka import" do it too.`: `把数据库的表结构升级到本版本，并逐行输出缺少的升级步骤；加 --plan 或 --dry-run 时只输出，
不执行。"daka init"、"daka serve"、"daka import" 也会自动升级。`,
	`Adds a punch as a device sends it (document 99647). TIME is now if none is given; a
time of today like 08:58, or one of another day, like 2026-10-08 08:58, 10月8日 08:58,
昨天 次日 01:00 or 2026-10-08T08:58:00+08:00, or Unix seconds. It is no time to come.
The same second from the same device is stored once. What is stored stays.`: `补录一次打卡，相当于设备上传（文档 99647）。TIME 默认为现在；可以是今天的时间如 08:58，或其他日期
的时间，如 2026-10-08 08:58、10月8日 08:58、昨天 次日 01:00、2026-10-08T08:58:00+08:00，也可以
是 Unix 秒；不能是将来的时间。同一设备同一秒只保存一次。保存后不能撤销。`,
	`A punch before a member's first day or after the last counts for nothing: a database
knows those days, and stderr says so.`: `成员首日之前、末日之后的打卡不计入；数据库知道这些日期，会在 stderr 上说明。`,
	`Lists the punches that were made on the days of a PERIOD, today if none is given,
each with the rule, the slot and the exceptions that were found for it. --type
keeps those for work (duty) or those made outside. What a device sent that fits no
window of a rule is not among them; a database says on stderr how many there are.`: `列出一段时间内的打卡，默认今天，每条附规则、时段和判定的异常。--type 只保留上下班打卡（duty）
或外出打卡（outside）。设备上传而不属于任何打卡时段的不列出，数据库会在 stderr 上说明有几条。`,
	`--device NAME lists what a device sent instead, by its serial number or name, also
what counts for no rule; --device any what all of them sent.`: `--device NAME 改为列出某台设备上传的记录，以序列号或名称指明，不计入任何规则的也列出；
--device any 列出所有设备上传的。`,
	`Prints each member's days, those of today unless a
PERIOD or --from and --to say otherwise. Durations are hours and minutes in a table,
seconds in the other formats. --as-of reports what was known at a moment: a
database remembers that, a server does not tell.`: `输出每个成员的日报，默认今天，可用日期范围或 --from、--to 指定。表格中时长为 时:分，其他格式
中为秒。--as-of 按某一时刻已知的数据计算：数据库记得，服务器不提供。`,
	`Prints each member's sums over a month or other period, those of this month unless a
PERIOD or --from and --to say otherwise. Durations are hours and minutes in a table,
seconds in the other formats. --as-of reports what was known at a moment: a
database remembers that, a server does not tell.`: `输出每个成员一个月或一段时间的汇总，默认本月，可用日期范围或 --from、--to 指定。表格中时长
为 时:分，其他格式中为秒。--as-of 按某一时刻已知的数据计算：数据库记得，服务器不提供。`,
	`Puts what "daka backup" wrote into an empty database, of either kind: a SQLite file
that is made, or a PostgreSQL database. Nothing is ever written over: a database
with a row in it is refused. So this also moves a company from SQLite to PostgreSQL
and back.`: `把 "daka backup" 的备份恢复到空数据库，两种都可以：新建的 SQLite 文件，或 PostgreSQL 数据库。
绝不覆盖：只要有一行数据就拒绝。因此也可以用来在 SQLite 与 PostgreSQL 之间迁移。`,
	`The file is checked from end to end before, and what is in the database compared
with it afterwards. All is done, or nothing. A backup of an earlier daka is brought
up to date, one of a later daka is refused. A live database stays live, a test
database a test one; tokens and secrets go on, so stop the server of the old
database first.`: `恢复前检查整个文件，恢复后逐一比对；要么全部完成，要么什么都不做。旧版本的备份会自动升级，
新版本的会被拒绝。正式库仍是正式库，测试库仍是测试库；access_token 和密钥继续有效，所以请先
停止旧数据库上的服务。`,
	"A backup whose audit log was tampered with is refused unless --force is given.": "审计日志被改动过的备份会被拒绝，除非给出 --force。",
	"Adds a rule.": "添加打卡规则。",
	`FILE is the document of a rule as JSON, or as YAML where its name ends so: the one
that add_checkin_option takes (document 98041), the whole request with it under
group, or what "daka rules show" prints. It is checked first against the list of
errors of that document, and every problem is named with its JSON path and what it
means; a member that neither form of a rule has, nor a rule that is there, is an error
with exit code 2. "daka rules example" prints one to begin with. A database needs no
Wi-Fi or location in it, and takes a rule as WeCom's calls answer it, too. It is in
force from tomorrow on, from today with --effective-now or effective_now in a request.`: `FILE 是规则的 JSON 文件，以 .yaml 或 .yml 结尾时为 YAML：可以是 add_checkin_option 所用的规则
（文档 98041）、在 group 下含有它的整个请求，或 "daka rules show" 的输出。先按该文档的错误
列表检查，每个问题都给出 JSON 路径和含义；两种形式的规则和已有规则中都没有的成员会报错，退出码为
2。"daka rules example" 给出可修改的样例。数据库不要求
规则有 Wi-Fi 或地点，也接受企业微信接口返回的规则形式。明天起生效；加 --effective-now 或请求中有
effective_now 时今天起生效。`,
	`In a database it can be in force from any day, with --from: a past one for punches and
shifts of that time that are imported, or one to come. A report --as-of that time still
does not know it. Where it takes members from another rule, stderr says how many.`: `在数据库中可以用 --from 指定生效日：过去的某天（供导入当时的打卡和排班），或将来的某天。用 --as-of
查看当时的报表仍不知道这条规则。若有成员由其他规则转入，会在 stderr 说明人数。`,
	`A change holds from tomorrow or today on and the days before keep the rule as it was:
there is no --from. For one from another day, such as the 15th, add the changed rule
for the same departments as a second one, under a name of its own: from that day on
the newer counts, where both name the same. Delete the older one when nobody is under
it any more.`: `修改自明天或今天起生效，以前的日子仍按原规则，没有 --from。要从另一天（如 15 日）起生效，请把修改后的
规则另取名称、指定相同部门，作为第二条规则添加：两条指定相同时，自那天起以较新的为准。待原规则不再有
成员适用时，再删除它。`,
	`A server lets an app change only the rules that it made itself; a rule that was
added to a database belongs to no app.`: "服务器只允许应用修改自己创建的规则；直接加到数据库中的规则不属于任何应用。",
	`Empties arrays of the rule that GROUP names by its id or name. A FIELD is one of
spe_workdays, spe_offdays, wifimac_infos and loc_infos; not both of the last two may
end up empty. It is in force from tomorrow on, from today with
--effective-now.`: `清空规则的数组字段，GROUP 是规则的 ID 或名称。FIELD 为 spe_workdays、spe_offdays、
wifimac_infos、loc_infos 之一，后两个不能都为空。明天起生效，加 --effective-now 则今天起。`,
	`Ends the rule that GROUP names by its id or name, from tomorrow on or from today
with --effective-now. The days before keep it.`: "删除规则，GROUP 是规则的 ID 或名称；明天起生效，加 --effective-now 则今天起。之前的日期不变。",
	`Lists the rules with the departments, members and tags that they name, and how many
members are under each today, which a server does not tell.`: `列出规则、其指定的部门、成员和标签，以及今天各有多少成员适用（服务器不提供人数）。`,
	`Shows the document of the rule that a member is under on a day, today if none is
given. A DATE is one like 2026-10-08, or today, yesterday, 昨天.`: "查看成员某天所用的规则，默认今天。DATE 如 2026-10-08，或 today、yesterday、昨天。",
	`Shows the document of a rule, which is named by its id or its name, as JSON, or as
YAML with -o yaml. What comes out can be changed and given to "daka rules update".`: `查看规则全文，以 ID 或名称指明，输出 JSON，-o yaml 输出 YAML。可以修改后交给
"daka rules update"。`,
	`Changes the rule that groupid in FILE names by the members that are there: those
that are absent, and arrays that are empty, stay as they are. A dry run lists what
would change.`: `按 FILE 中的成员修改 groupid 指明的规则：没有出现的成员和空数组保持不变。试运行会列出将要
修改的内容。`,
	"Arrays are emptied by \"daka rules clear\".": "清空数组请用 \"daka rules clear\"。",
	`Runs every scenario of the files against the attendance engine and prints what is
not as expected. The last line counts them all; the exit code is 1 if any failed.
A file that is not a scenario file, down to an unknown key, is an error.`: `用考勤引擎运行文件中的每个场景，输出与预期不符之处，最后一行是总数；有失败时退出码为 1。不是
场景文件的文件，哪怕只有一个未知的键，也视为错误。`,
	`With -o json it is an object: how many passed and failed, and each failure with
what was expected and what came out. -o ndjson and csv have a failure a line.`: `使用 -o json 时是一个对象：通过和失败的数目，以及每个失败的预期值和实际值。-o ndjson 和 csv
每行一个失败。`,
	`Shows the shifts of a PERIOD, this week if none is said: a row for each member that
has any and a column for each day. The other formats have a row for each member and
day. Only members under a rule of shifts have them.`: `查看一段时间的排班，默认本周：每个有排班的成员一行，每天一列；其他格式为每人每天一行。只有
排班制规则下的成员才有。`,
	`Gives the members of --users the shift of --shift on every day of a PERIOD. The
shift is one of the rule of --group, by its id or its name, or rest. Without --group
it is the rule that the members are under on the first day.`: `为 --users 的成员在一段时间的每一天排 --shift 的班次。班次属于 --group 的规则，以 ID 或名称
指明，rest 为休息。没有 --group 时取成员第一天所属的规则。`,
	`Serves WeCom's interface under /cgi-bin until SIGINT or SIGTERM tells it to stop,
then lets calls that are under way end. The schema of the database is
brought up to date first.`: `在 /cgi-bin 下提供企业微信的接口，直到收到 SIGINT 或 SIGTERM，并等进行中的调用结束。启动时
先升级数据库的表结构。`,
	`It listens on this machine alone. Another --addr needs --tls-cert and --tls-key,
or --behind-proxy with the networks of the proxies that end TLS: connections
from elsewhere, this machine apart, are closed.`: `默认只监听本机。其他 --addr 需要 --tls-cert 和 --tls-key，或用 --behind-proxy 指明终结 TLS
的代理所在网段：除本机外，来自别处的连接会被关闭。`,
	`Calls are limited as WeCom limits them. --limits off answers them all; a file
holds a JSON object with any of corp_per_minute, corp_per_hour,
address_per_minute, address_per_hour, debug_per_minute, at_once, and calls,
which gives single calls their quota a minute:`: `调用频率限制与企业微信相同。--limits off 不限制；也可以给出文件，内容是一个 JSON 对象，可含
corp_per_minute、corp_per_hour、address_per_minute、address_per_hour、debug_per_minute、
at_once，以及 calls，为单个接口规定每分钟次数：`,
	"-1 is no limit; what is left out is WeCom's. Each process counts for itself.": "-1 表示不限；没有写的与企业微信相同。每个进程各自计数。",
	`Adds a suite, --kind third-party (many corporations may have it) or
provider-developed (the template of apps made for one), and prints its id,
suite_secret and the token and EncodingAESKey of its callback once. Each
corporation that authorises it grants it the --permissions:`: `添加套件，--kind 为 third-party（可由多个企业安装）或 provider-developed（为一个企业开发的
应用的模板），并输出其 ID、suite_secret、回调的 token 和 EncodingAESKey，只输出这一次。授权
的企业授予它 --permissions：`,
	`The callback is told of events, and of a new suite_ticket every ten minutes. Try
it out with "daka suite verify". It needs the key that "daka serve" has: --key-file or DAKA_KEY. "daka key" makes one.`: `事件和每十分钟一次的 suite_ticket 会推送到回调地址，可用 "daka suite verify" 测试。需要与
"daka serve" 相同的密钥：--key-file 或 DAKA_KEY，由 "daka key" 生成。`,
	`Makes a suite an app of a corporation, which sees everybody or the --visible
departments, members and tags, and prints the auth_code that its provider
exchanges for a permanent code within ten minutes. The provider is pushed a
create_auth event. Done again, it renews the authorisation.`: `让企业授权套件，成为企业的一个应用，可见所有人，或 --visible-… 指定的部门、成员和标签；输出
auth_code，服务商须在十分钟内用它换取永久授权码。会向服务商推送 create_auth 事件。再次执行
则更新授权。`,
	`Ends the authorisation with its permanent code and tokens, at once, and pushes a
cancel_auth event to the provider.`: "立即取消授权，永久授权码和 access_token 随之失效，并向服务商推送 cancel_auth 事件。",
	"Lists the suites of a database. Secrets cannot be read again.": "列出数据库中的套件。密钥无法再次查看。",
	`Lets a corporation fetch provider_access_tokens, and prints its provider_secret
once. Done again, it replaces the secret; the old one and its tokens end at once.
The check-in interface needs none of it.`: `允许企业获取 provider_access_token，并输出 provider_secret，只输出这一次。再次执行则更换，
旧的及其 token 立即失效。打卡接口不需要它。`,
	`Prints an auth_code and pushes it to the provider in a reset_permanent_code event.
Within ten minutes the provider exchanges it for a new permanent code; with that
the old one and its tokens end.`: `输出 auth_code，并在 reset_permanent_code 事件中推送给服务商。服务商须在十分钟内换取新的永久
授权码，旧的及其 token 随之失效。`,
	`Gives a suite a new suite_secret and prints it once. The old secret and the
suite_access_tokens made with it end at once; permanent codes go on.`: `更换套件的 suite_secret，只输出这一次。旧的和用它获取的 suite_access_token 立即失效；永久授权
码继续有效。`,
	`Makes a suite_ticket, prints it, and pushes it to the callback where there is one.
It counts for half an hour; those of before go on. "daka serve" pushes one every
ten minutes by itself.`: `生成 suite_ticket 并输出，有回调地址时同时推送。半小时内有效，之前的仍有效。"daka serve" 每
十分钟自动推送一次。`,
	`Calls the callback URL as WeCom does when one is set: a GET with msg_signature,
timestamp, nonce and echostr, to be answered within a second with the text of
the echostr and nothing else. WeCom's documents name the suite's id as the
receiveid; it was seen to send the provider's corpid, for which there is
--receiver.`: `像企业微信保存回调地址时那样调用它：带 msg_signature、timestamp、nonce、echostr 的 GET 请求，
须在一秒内只返回 echostr 解密后的明文。企业微信文档说 receiveid 是套件 ID，但实际见过
服务商的 corpid，可用 --receiver 指定。`,
	`Copies a corporation's check-in out of WeCom, or any server like it, into a
database: members and departments, rules with the days on which they changed,
shifts, punches, approval forms, and the day and month reports as WeCom has made
them, with which "daka verify" compares our own.`: `把企业微信（或同类服务器）中企业的打卡数据复制到数据库：成员和部门、规则及其变更日期、排班、
打卡记录、审批单，以及企业微信自己生成的日报和月报，供 "daka verify" 与我们的结果比对。`,
	`The server is that of --profile, or --base-url with --corp-id and the app's secret
in DAKA_SECRET, --secret-file, or with --secret-file - on stdin. The database is
made if it is not there. Without --to what is new is copied up to today, now and,
with --every, later.`: `服务器由 --profile 指明，或用 --base-url、--corp-id 加应用密钥：DAKA_SECRET、--secret-file，
--secret-file - 为标准输入。没有数据库时自动创建。没有 --to 时复制到今天为止的新数据；加
--every 则以后继续。`,
	`What was copied is not asked for again, except for the last days (--overlap): a sync
that was interrupted goes on where it stopped. Only one sync of a corporation runs
at a time on one database; --every waits for its next turn.`: `已复制的不再请求，只有最近几天除外（--overlap）；无论怎样中断，都从中断处继续。同一数据库中
一个企业同时只运行一个同步；--every 会等到下一次。`,
	`Calls keep within WeCom's quotas as documented, a minute's each, beside those of
syncs that ran before on the same database; nothing is known of the calls that other
programs make for the corporation, nor of an hour's quota across syncs. A call that is
refused for its quota all the same is made again when a minute is over. --plan, or
--dry-run, says how many calls it takes and how long they take at least.`: `调用遵守企业微信文档中每分钟的频率限制，并计入此前在同一数据库上运行的同步；其他程序为该企业
所做的调用，以及跨同步的每小时限制，无从得知。仍因频率被拒绝的调用一分钟后重做。--plan 或
--dry-run 说明需要多少次调用、至少多长时间。`,
	`What the app may not read is said, with what it means for reports. It is an error
(code 4) where it is members, rules, punches or day reports.`: `应用无权读取的数据会逐项说明，以及对报表的影响；成员、规则、打卡记录或日报无权读取时为错误
（退出码 4）。`,
	`Shows of every kind of fact how many days of members were fetched, when the
oldest and the latest of them were, and how many are missing; with --detail, each
stretch of days of each member. Of days that have not come yet there are only the
shifts that were fetched. A kind that the app may not ask for has the
errcode of the refusal. The forms of approvals are listed by the day on which they
were handed in, of all members together.`: `按数据种类列出已获取多少人日、最早和最近一次获取的时间、缺少多少；--detail 逐成员逐段列出。
还没有到的日期只列已获取的排班。应用无权请求的种类给出拒绝的 errcode。审批单不分成员，按提交
日期列出。`,
	`Computes the days of a mirrored corporation from its facts and compares them, field
by field, with the reports that WeCom itself gave to "daka sync": of last month,
unless a PERIOD or --from and --to say otherwise. Differences are listed by
cause, with how we arrive at our value, and with the engine option that would
remove them, if a single one does.`: `用同步来的数据计算企业每天的考勤，与 "daka sync" 取得的企业微信报告逐字段比对，默认上月，可用
日期范围或 --from、--to 指定。差异按原因列出，说明我们的值是怎么得出的；如果单独改一个计算
选项就能消除，也会给出。`,
	`Not compared, and no reason for exit code 1: days that WeCom's reports were not
fetched of, reports fetched before their days were over, and members who have
left. Days on which WeCom counts cards that no record shows are counted apart if
corrections that an app made explain all of the difference: WeCom's interface does
not tell of those.`: `不比对、也不影响退出码的有：没有获取企业微信报告的日期、当天结束前获取的报告，以及已离开的
成员。如果某天企业微信计入的打卡没有任何记录可对应，而应用所做的补卡可以解释全部差异，则另行
计数：企业微信的接口不提供这些补卡。`,
	`--fit searches for the engine options under which the most reports are equal.
--apply puts them in force too; it asks first, like everything that changes reports.`: `--fit 搜索使最多报告一致的计算选项。--apply 同时启用它们；与其他会改变报表的操作一样，会先
询问。`,
	`With -o json it is one object, whose last member is the share of the person-days
that are equal; with ndjson a group a line and that object's rest on the last one.`: `使用 -o json 时是一个对象，最后一个成员是一致的人日比例；使用 ndjson 时每组一行，最后一行是该
对象的其余内容。`,
	`It is 0 when days were compared and all of them are equal, 1 when something
differs, nothing could be compared, punches were not fetched, or so many cards are
without records that some must be missing.`: `有日期可比对且全部一致时退出码为 0；有差异、无可比对、没有获取打卡记录，或因没有记录的打卡
太多而必有缺失时为 1。`,
	"Prints the version of this binary and of the Go that built it.": "输出程序的版本和编译所用的 Go 版本。",
}
