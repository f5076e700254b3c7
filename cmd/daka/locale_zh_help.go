package main

// chineseLong are the paragraphs of long help texts, of the commands up to import.
var chineseLong = map[string]string{
	`daka serves WeCom's check-in interface from your own database, takes the exports
of attendance terminals in, and computes the day and month reports.`: "daka 用您自己的数据库提供企业微信的打卡接口，导入考勤机的导出文件，计算日报和月报。",
	"Begin with \"daka demo\", or with \"daka init\" and \"daka serve\".": "从 \"daka demo\" 开始，或用 \"daka init\" 和 \"daka serve\"。",
	`Every flag can also be set by an environment variable, --base-url by
DAKA_BASE_URL, or in the configuration file: see "daka config". The secret of an
app is only read from DAKA_SECRET or a file. Results go to stdout, everything else
to stderr.`: `每个参数也可以用环境变量设置，如 --base-url 对应 DAKA_BASE_URL，或写在配置文件里，
见 "daka config"。应用的密钥只从 DAKA_SECRET 或文件读取。结果写到标准输出，其余写到
标准错误。`,
	`With -o json or ndjson an error is an object on the last line of stderr: {"error":
{"message", "kind", "exit_code", "retry", ...}}. Its message is always English;
under --lang zh, or a Chinese locale, text is the same in Chinese.`: `使用 -o json 或 ndjson 时，错误是标准错误最后一行的一个对象：{"error": {"message",
"kind", "exit_code", "retry", ...}}。message 总是英文；使用 --lang zh 或中文区域设置时，
text 是对应的中文。`,
	"Shows what an approval form asks for, by its number (sp_no).": "按审批单号（sp_no）查看审批单的内容。",
	`Writes a database as it is at one moment into a new file. Servers may go on
writing meanwhile. The file gets its name when it has been read again and
compared row by row: it is whole, or there is none. What a backup that was killed
leaves beside it is hidden and ends in .part.`: `把数据库某一时刻的内容写入一个新文件，其间服务可以照常写入。文件写完后重新读取、逐行比对，
通过后才得到正式的文件名：要么完整，要么没有。备份进程被强行终止时，旁边会留下一个以 .part
结尾的隐藏文件。`,
	`The file is a SQLite database, whichever kind the source is: "daka report" and all
that reads can look into it with --db sqlite:FILE, and "daka restore" puts it into
a database of either kind. It holds what the database holds, the hashes of secrets
included, and only its owner can read it. What DAKA_KEY or --key-file seals
stays sealed: keep the key, but elsewhere.`: `无论来源是哪种数据库，备份文件都是 SQLite 数据库："daka report" 等只读命令可以用
--db sqlite:FILE 直接查看，"daka restore" 可以把它恢复到任意一种数据库。备份含有数据库
的全部内容，包括密钥的哈希，只有文件的所有者可以读取。用 DAKA_KEY 或 --key-file 加密的
内容仍是加密的：请另外保管好密钥。`,
	`The head of each audit log that it prints shows later that no entry was taken from
the end. An existing file is left alone unless --force is given.`: "输出的审计日志末尾哈希，日后可以证明末尾没有记录被删除。已存在的文件不会被覆盖，除非给出",
	`Generate the autocompletion script for daka for the specified shell.
See each sub-command's help for details on how to use the generated script.
`: `生成指定 shell 的 daka 自动补全脚本，用法见各子命令的帮助。
`,
	"Generate the autocompletion script for the bash shell.": "生成 bash 的自动补全脚本。",
	`This script depends on the 'bash-completion' package.
If it is not installed already, you can install it via your OS's package manager.`: "脚本依赖 bash-completion 包，可用系统的包管理器安装。",
	"To load completions in your current shell session:":       "在当前 shell 中启用：",
	"To load completions for every new session, execute once:": "对以后的每个会话启用，执行一次：",
	`You will need to start a new shell for this setup to take effect.
`: `重新打开 shell 后生效。
`,
	"Generate the autocompletion script for the fish shell.": "生成 fish 的自动补全脚本。",
	"Generate the autocompletion script for powershell.":     "生成 powershell 的自动补全脚本。",
	`To load completions for every new session, add the output of the above command
to your powershell profile.
`: `对以后的每个会话启用：把上面命令的输出加入 powershell 的配置文件。
`,
	"Generate the autocompletion script for the zsh shell.": "生成 zsh 的自动补全脚本。",
	`If shell completion is not already enabled in your environment you will need
to enable it.  You can execute the following once:`: "如果 shell 还没有启用补全，先执行一次：",
	`The configuration file is daka/config.yaml in $XDG_CONFIG_HOME (else where this
system keeps such files), or what --config or DAKA_CONFIG names:`: `配置文件是 $XDG_CONFIG_HOME 下的 daka/config.yaml（没有该变量时在系统的用户配置目录下），
或 --config、DAKA_CONFIG 指明的文件：`,
	`  profile: acme                 # asked when no --db, --base-url or --profile is given
  settings:
    output: json                # any flag by its name
  profiles:
    acme:
      base_url: https://qyapi.weixin.qq.com
      corp_id: ww0123456789abcdef
      secret_file: /home/me/acme.secret      # or secret_env: ACME_SECRET
      zone: Asia/Shanghai`: `  profile: acme                 # 没有 --db、--base-url、--profile 时访问它
  settings:
    output: json                # 任一命令行参数，以其名称
  profiles:
    acme:
      base_url: https://qyapi.weixin.qq.com
      corp_id: ww0123456789abcdef
      secret_file: /home/me/acme.secret      # 或 secret_env: ACME_SECRET
      zone: Asia/Shanghai`,
	`A flag takes precedence over its environment variable, that over the file, and the
file over the default. The file never holds a secret, only where one is.`: `命令行参数优先于环境变量，环境变量优先于配置文件，配置文件优先于默认值。配置文件里没有
密钥，只写明密钥在哪里。`,
	`Lists the settings that the environment and the configuration file give values,
with the one that counts.`: "列出由环境变量和配置文件给出的设置，以及实际生效的值。",
	"Prints where the configuration file is, whether there is one or not.": "输出配置文件的位置，无论文件是否存在。",
	`Sets a setting in the configuration file, which is made if need be. KEY is the
name of a flag, such as output, lang or db, or profile.`: `在配置文件中设置一项，没有文件时自动创建。KEY 是命令行参数的名称，如 output、lang、db，或
profile。`,
	"Takes a setting, or profile, out of the configuration file.": "从配置文件中去掉一项设置，或 profile。",
	`Corrects a punch of a member (补卡, document 95803). DATE is the day that is worked,
like 2026-10-08 or yesterday. SLOT is the time at which the punch was due on that
day, like 09:00, or +1 06:00 or 次日06:00 after its midnight; none on days that have
no such times; or nearest for the due time nearest to TIME, which daka's servers
understand.
TIME is when the punch is to count, by the clock like 08:58 or +1 06:02.`: `为成员补卡（文档 95803）。DATE 是考勤日期，如 2026-10-08 或 yesterday。SLOT 是当天应打卡
的时间，如 09:00，次日写作 +1 06:00 或 次日06:00；没有固定时间的日子用 none；nearest 表示离 TIME 最近的
应打卡时间（仅 daka 的服务器支持）。TIME 是补卡计入的时间，如 08:58 或 +1 06:02。`,
	`Makes a company in a store that is thrown away at the end, serves it, and shows a
call with its answer: an office with two sections a day, a workshop with shifts
across midnight and a team with free hours, over --months full months and the
present one until noon of --today. The same --seed, --people, --months and --today
make the same company. It ends with SIGINT or SIGTERM.`: `在用完即弃的数据库中生成一家公司并提供服务，并展示一次调用和结果：一天两段班的办公室、跨
零点倒班的车间、自由上下班的团队，历史为 --months 个整月加当月至 --today 中午。--seed、
--people、--months、--today 相同则公司相同。SIGINT 或 SIGTERM 结束。`,
	`It listens on 127.0.0.1:8420, or on a free port when that is taken; an --addr that
is given must be free. With -o json all it prints is one JSON object on a line.`: `监听 127.0.0.1:8420，被占用时改用空闲端口；用 --addr 指定的地址则必须空闲。使用 -o json
时只输出一行 JSON 对象。`,
	`Examines a database, or the way to WeCom or a server like it, and says of each
point whether it is in order and what to do where it is not. It changes nothing.`: `检查数据库，或到企业微信及同类服务器的连接，逐项说明是否正常、不正常时该怎么办。不做任何
修改。`,
	`Of a database: its schema, damage, the space and the log on disk, whether writes
reach the disk, clocks, the audit logs, and the public calendar of this year and the
next. Of a server: whether it answers, clocks, whose secret it is, whether the app may call
check-in, whether this address is trusted, and what is known of the limits. It
makes about seven calls, none of which changes anything.`: `数据库：表结构、损坏、磁盘空间和日志文件、写入是否落盘、时钟、审计日志，以及今明两年的公共
假日历。服务器：是否应答、时钟、密钥属于哪类应用、应用能否调用打卡接口、本机地址是否可信、
已知的频率限制。对服务器大约调用七次，都不修改任何内容。`,
	"With --db and a server named it examines both.":               "同时指明 --db 和服务器时，两者都检查。",
	"It is 1 too when a check has failed; warnings leave it at 0.": "有检查项失败时退出码也是 1；警告仍为 0。",
	`Writes a file: of this month, unless a PERIOD or --from and --to say otherwise.
It is a workbook (xlsx) or CSV, as the end of --out's name or --format says;
without --out it is named after what is in it, with --out - the CSV goes to stdout.
The file appears when it is whole. --lang says the language of its headings.
stdout says the file's name and how many rows it has.`: `写入一个文件，默认本月，可用日期范围或 --from、--to 指定。格式为工作簿（xlsx）或 CSV，由
--out 的结尾或 --format 决定；没有 --out 时按内容命名，--out - 把 CSV 写到标准输出。文件
写完整后才出现。--lang 决定表头的语言。标准输出给出文件名和行数。`,
	`Adds the face of a member, over an earlier one (document 93378): a JPEG or PNG of at
most 1048576 bytes and, on daka, 12582912 pixels. Of the picture daka keeps the format, the
sizes and a hash, never the picture itself. Ask the member first: a face is personal.`: `录入成员的人脸，替换已有的（文档 93378）：JPEG 或 PNG，至多 1048576 字节，daka 上至多
12582912 像素。daka 只保存图片的格式、尺寸和哈希，不保存图片本身。人脸是个人信息，请先征得
成员同意。`,
	"Shows the help of a command, as --help after it does. It needs no network.": "显示命令的帮助，与在命令后加 --help 相同。不需要网络。",
	`Imports an attlog.dat: lines of PIN, date and time, and whatever columns follow,
between tabs or spaces. Times are those of the corporation's zone. A database
without a corporation gets one, and a PIN that is nobody becomes a member of the
root department, or with --known-only its lines are quarantined; stderr names them.
Every line is kept: imported, duplicate, or quarantined when it is no punch (see
"daka import quarantine"). Importing a file again adds nothing; a run
that was cut short is completed by running it again.`: `导入 attlog.dat：每行为编号、日期、时间及其他列，以制表符或空格分隔。时间为企业所在时区。
数据库中没有企业时自动创建，没有对应成员的编号会成为根部门的成员，用 --known-only 时则
将其行隔离，stderr 会列出这些编号。每一行都保留：导入、重复，
或不是打卡而隔离（见 "daka import quarantine"）。重复导入同一文件不会增加记录；中断后重新
运行即可补全。`,
	`--rule names a JSON file with a rule document, in the form in which WeCom's calls
answer a rule, or in the one in which they take it, which has ot_info_v2 and no
ot_info. Its range decides who is on it.`: `--rule 指明规则的 JSON 文件：可以是企业微信接口返回的形式，也可以是提交的形式（有
ot_info_v2、没有 ot_info）。适用人员由其中的 range 决定。`,
	`A file that cannot be read, or of which no line is a punch, changes nothing.`: `无法读取、或没有一行是打卡的文件不会改变任何内容。`,
	`Adds the members of a table, and changes those of whom it says something new.
The columns may be userid, name, alias, department, tags (their ids), joined and
left; userid and name there must be. A department is a path, 部门/子部门, several have
semicolons between them; one that there is not is made. A new member without one is
in the root. Blank cells leave things as they are; - in left takes a last day back.
What changes of a member who exists, a name first of all, is listed with what it was.`: `添加表中的成员，并更新有变化的成员。列可以有 userid、name、alias、department、tags（标签
ID）、joined、left，其中 userid 和 name 必须有。部门写作路径 部门/子部门，多个以分号分隔，
没有的部门自动创建；新成员没有部门时归入根部门。空单元格保持原值；left 列中的 - 取消离职日期。
已有成员的变更（尤其是姓名）连同原值列出。`,
	`FILE is an Excel workbook (.xlsx), or text between commas, semicolons or tabs in
UTF-8, UTF-16 or GBK. The columns are known by their headings, in Chinese or
English, which may stand below a title; what was understood is shown before
anything is done. --map says it where it cannot be guessed, by a heading or a
letter: --map userid=工号,name=B; --map alias=- leaves a field alone.`: `FILE 是 Excel 工作簿（.xlsx），或以逗号、分号、制表符分隔的文本（UTF-8、UTF-16 或 GBK）。
按中文或英文表头识别各列，表头之上可以有标题；识别结果会在执行前显示。识别不了的用 --map
以表头或列字母指明：--map userid=工号,name=B；--map alias=- 表示不用该字段。`,
	`Stores the punches of a table: a userid (or name), a time, which may have its date
in a column of its own, and as far as there are any the device and the place.
Times are those of the corporation's clock: 2026-10-08 8:30, 2026年10月8日 上午8:30,
Excel's own. The members must be there: see "daka import members".`: `导入表中的打卡：userid（或姓名）、时间（日期可单独一列），以及可有可无的设备和地点。时间
为企业所在时区：2026-10-08 8:30、2026年10月8日 上午8:30，或 Excel 的日期时间。成员必须
已存在，见 "daka import members"。`,
	"Lists the lines of imported files that are no punches, each with its reason.": "列出导入文件中不是打卡的行及原因。",
	`Takes over who has which shift on which day, from one of two forms of table: a row
for each userid (or name), date and shift; or a row a person and a column a day,
headed 1 to 31 or by dates, with shifts in the cells. The month of such a plan is
taken from its title, the sheet's or the file's name, or --period. A blank cell says
nothing; 休 is a day of rest. A shift is known by its name or id in the rule that the
member is under on the day, or in the one of --group; --shifts 早=早班,晚=晚班 says
what else the table calls them.`: `导入排班，表格可以是两种形式：每行一个 userid（或姓名）、日期和班次；或每人一行、每天一列，
表头为 1 至 31 或日期，单元格为班次。后一种的月份取自标题、工作表名、文件名，或 --period。
空单元格表示不改；休 表示休息。班次以当天所属规则（或 --group 的规则）中的名称或 ID 识别；
--shifts 早=早班,晚=晚班 说明表中的其他叫法。`,
	`Makes the schema and the first corporation: its root department, one admin app
and one check-in app. Their ids and secrets are printed only this once; a secret
that is lost is replaced by "daka app rotate".`: `创建表结构和第一个企业，连同根部门、一个管理应用和一个打卡应用。ID 和密钥只输出这一次；
密钥丢失后用 "daka app rotate" 更换。`,
	`Prints a new key, as --key-file and DAKA_KEY take it. It seals what a database
must be able to read again, such as the EncodingAESKeys of callbacks; what was
sealed with a key that is lost is lost. With -o json it is the member key.`: `输出一个供 --key-file 和 DAKA_KEY 使用的新密钥，用来加密数据库须能再次读出的内容，如回调的
EncodingAESKey；密钥丢失，用它加密的内容也就丢失。使用 -o json 时在成员 key 中。`,
	`Adds a member to the contacts from today on, in a database from --first-day on, into
the root department where none is named. A server takes it from the app for contact
sync alone.`: `把成员加入通讯录，自今天起（数据库可用 --first-day 指定），未指明部门时加入根部门。服务器只接受通讯录同步应用的
这项操作。`,
	"Lists the departments of the contacts, on a server those whom the app may see.": "列出通讯录的部门；服务器上只列出应用可见的。",
}
