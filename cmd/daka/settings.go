package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/dakahq/daka/internal/explain"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// setting is one thing a user can set: by a flag, else by the environment
// variable of the same name, else by that key of the configuration file.
type setting struct {
	name  string
	short string // one-letter flag; "" = none
	usage string
}

// settings is every setting there is. A command takes those it wants by name.
var settings = []setting{
	{"accept-fewer-members", "", "take it for the truth that many members are gone at once"},
	{"actor", "", "who does it"},
	{"addr", "", "address to listen on"},
	{"alias", "", "other name of the member"},
	{"apply", "", "put the options that fit best in force"},
	{"as-of", "", "moment whose knowledge counts (default: now)"},
	{"base-url", "", "server to ask instead of a database, such as https://qyapi.weixin.qq.com"},
	{"auth-user", "", "userid of who authorises (default: not said)"},
	{"behind-proxy", "", "networks (CIDR) of the proxies in front, which terminate TLS"},
	{"bom", "", "begin CSV with a byte order mark, by which Excel knows UTF-8"},
	{"by-department", "", "a sheet for each department"},
	{"callback-file", "", "file with the token and the encoding_aes_key of the callback (JSON; default: random ones)"},
	{"callback-url", "", "where tickets and events of the suite are pushed (default: nowhere)"},
	{"check", "", "only say whether it would be accepted"},
	{"config", "", "configuration file (default: daka/config.yaml in the user's folder for them)"},
	{"corp", "", "corporation by its id or name, where the database holds several"},
	{"corp-id", "", "id of the corporation"},
	{"db", "", "database: sqlite:FILE, :memory: or postgres://user@host/database"},
	{"detail", "", "a line for each stretch of days of a member"},
	{"departments", "", "departments of the member by name, path or id, separated by commas (default: the root)"},
	{"device", "", "name of a device; of records, any is every device"},
	{"dry-run", "", "say what would be done, and do nothing"},
	{"entered", "", "the days are those on which forms were handed in, not those that they are for"},
	{"every", "", "how often to begin again, such as 15m (default: once)"},
	{"effective-now", "", "in force from today on, not from tomorrow"},
	{"everybody", "", "the app sees everybody"},
	{"force", "", "go ahead where the command would refuse"},
	{"format", "", "format of the file: xlsx or csv (default: as its name ends, else xlsx)"},
	{"first-day", "", "first day of the member, as 2026-10-08 (default: today)"},
	{"fit", "", "search for the engine options that fit best"},
	{"from", "", "first day, as 2026-10-08, or period to begin with"},
	{"group", "", "rule whose shifts they are, by its id (default: each member's own)"},
	{"key-file", "", "file with the key that seals what must be readable again; DAKA_KEY holds the key itself"},
	{"kind", "", "kind of the app or suite"},
	{"known-only", "", "make no members of PINs that are nobody: keep their lines in quarantine"},
	{"lang", "", "language: en or zh (default: as LC_ALL or LANG says)"},
	{"last-day", "", "last day of the member, as 2026-10-08; what is reported until then stays"},
	{"limits", "", "how often calls are answered: wecom, off, or a file with quotas (JSON)"},
	{"map", "", "fields and their columns, as userid=工号,name=B; - for none (default: guessed)"},
	{"months", "", "full months of history"},
	{"name", "", "name of the corporation, app, suite or member"},
	{"number", "", "number of the request (default: a new one)"},
	{"out", "", "file to write; - is stdout, for CSV (default: one named after what is in it)"},
	{"output", "o", "output: table (or text), json, ndjson, csv or yaml"},
	{"overlap", "", "days for which what is told of a day is asked for again: punches come late"},
	{"people", "", "number of members"},
	{"period", "", "days: 2026-10, 2026-10-08, 2026-W41, today, last week, last month, 上月"},
	{"place", "", "where the punch was made"},
	{"permissions", "", "what a provider's app is granted, separated by commas, or none"},
	{"plan", "", "list what would be done, and do nothing"},
	{"pre-auth-file", "", "file with the pre_auth_code that the provider fetched; - is stdin (default: authorised without one)"},
	{"profile", "", "profile of the configuration file to ask, in the place of --base-url"},
	{"quiet", "q", "say nothing but the result"},
	{"reason", "", "why it is done"},
	{"receiver", "", "receiveid of the call, such as the provider's corpid (default: the suite's id)"},
	{"remark", "", "remark of the correction, up to 512 bytes"},
	{"renew", "", "make a new random token and EncodingAESKey, which are printed once"},
	{"rule", "", "file with the rule document for the members of the file"},
	{"secret-env", "", "environment variable that holds the app's secret"},
	{"secret-file", "", "file that holds the app's secret; - is stdin"},
	{"seed", "", "seed that the company is generated from"},
	{"sheet", "", "sheet of the workbook (default: the first that is shown)"},
	{"shift", "", "shift by its name or id, or rest"},
	{"shifts", "", "what the table calls shifts, as 早=早班,晚=晚班"},
	{"skip-bad", "", "leave rows with problems out and keep them in quarantine"},
	{"state", "", "what the provider is told with the authorisation, up to 128 bytes"},
	{"status", "", "state of the request: passed, pending, refused, withdrawn, revoked, deleted or paid"},
	{"strict", "", "refuse what WeCom's documents do not allow but clients are known to send"},
	{"test", "", "make a test database, whose clock may be turned; it can never become a live one"},
	{"test-mode", "", "let admin apps turn the clock and let calls fail: on a test database only"},
	{"tls-cert", "", "file with the server's certificates (PEM)"},
	{"tls-key", "", "file with the key of --tls-cert (PEM)"},
	{"to", "", "last day, as 2026-10-08, or period to end with"},
	{"suite-id", "", "id of the suite: ww… or wx… for third-party, dk… for provider-developed (default: a random one)"},
	{"today", "", "day that is today in the company (default: the real one)"},
	{"trusted", "", "addresses and networks (CIDR) that calls may come from, separated by commas, or any"},
	{"type", "", "kind of punches: duty, outside or all"},
	{"users", "", "members by userid or name, separated by commas (default: all)"},
	{"vacation", "", "kind of the leave, by its name or id; 9=育儿假 for a new one"},
	{"visible-depts", "", "departments that the app sees with all below them, separated by commas"},
	{"visible-tags", "", "tags whose members the app sees, separated by commas"},
	{"visible-users", "", "userids of members whom the app sees, separated by commas"},
	{"withdraw", "", "take back the corrections of the slot"},
	{"workdays-only", "", "of the days of the leave those that are worked count alone"},
	{"yes", "y", "do not ask before it is done"},
	{"zone", "", "time zone, such as Asia/Shanghai"},
}

// secretVariable holds an app's secret, which has no flag: every user of a
// machine can read the command lines on it.
const secretVariable = "DAKA_SECRET"

func (s *setting) variable() string {
	return "DAKA_" + strings.ToUpper(strings.ReplaceAll(s.name, "-", "_"))
}

// bind gives a command a setting. What target points to is the default. With
// --output comes --bom, unless the command has one of its own; one that writes no
// rows has --output by bindTo, without it.
func bind(cmd *cobra.Command, name string, target any) {
	bindTo(cmd.Flags(), name, target)
	if name == "output" && cmd.Flags().Lookup("bom") == nil {
		bindTo(cmd.Flags(), "bom", new(bool))
	}
}

func bindTo(flags *pflag.FlagSet, name string, target any) {
	s := settingOf(name)
	usage := s.help(explain.English)
	switch p := target.(type) {
	case *string:
		flags.StringVarP(p, name, s.short, *p, usage)
	case *[]string:
		flags.StringSliceVarP(p, name, s.short, *p, usage)
	case *bool:
		flags.BoolVarP(p, name, s.short, *p, usage)
	case *int:
		flags.IntVarP(p, name, s.short, *p, usage)
	case *uint64:
		flags.Uint64VarP(p, name, s.short, *p, usage)
	case pflag.Value:
		flags.VarP(p, name, s.short, usage)
	default:
		panic(fmt.Sprintf("setting %s: a %T cannot be a flag", name, target))
	}
}

// settingOf returns the setting with a name; nil = there is none.
func settingOf(name string) *setting {
	for i := range settings {
		if settings[i].name == name {
			return &settings[i]
		}
	}
	return nil
}

// help is what the help of a command says of the setting.
func (s *setting) help(lang explain.Lang) string {
	return fmt.Sprintf("%s [$%s]", translate(lang, s.usage), s.variable())
}

// configurable reports whether the setting may stand in the configuration file:
// not what is agreed to each time, nor where the file is.
func (s *setting) configurable() bool {
	return s.name != "config" && s.name != "profile" && s.name != "yes" && s.name != "force" && s.name != "dry-run" && s.name != "secret-env"
}

// origin says who gave a setting its value. A later one counts before an
// earlier one.
type origin int

const (
	fromDefault origin = iota
	fromConfig
	fromEnvironment
	fromFlag
)

// originKey is the annotation of a flag that holds its origin, unless that is
// the command line, which pflag notes itself.
const originKey = "origin"

// originOf returns who gave a flag of a command its value; for a flag that the
// command does not have, nobody.
func originOf(cmd *cobra.Command, name string) origin {
	f := cmd.Flags().Lookup(name)
	switch {
	case f == nil:
		return fromDefault
	case f.Changed:
		return fromFlag
	case slices.Contains(f.Annotations[originKey], "environment"):
		return fromEnvironment
	case slices.Contains(f.Annotations[originKey], "config"):
		return fromConfig
	}
	return fromDefault
}

// applySettings sets the flags that were not given from their variables, and
// those that have none from the configuration file.
func applySettings(cmd *cobra.Command) error {
	if err := applyEnvironment(cmd); err != nil {
		return err
	}
	return applyConfig(cmd)
}

// applyConfig sets from the configuration file the flags that nobody has set.
func applyConfig(cmd *cobra.Command) error {
	c, err := loadConfig(cmd)
	if err != nil {
		return err
	}
	for name, text := range c.Settings {
		f := cmd.Flags().Lookup(name)
		if f == nil || originOf(cmd, name) != fromDefault {
			continue
		}
		if err := f.Value.Set(text); err != nil {
			return usagef("%s: settings.%s: %w", c.path, name, err)
		}
		annotate(f, "config")
	}
	return nil
}

func annotate(f *pflag.Flag, from string) {
	if f.Annotations == nil {
		f.Annotations = map[string][]string{}
	}
	f.Annotations[originKey] = []string{from}
}

// applyEnvironment sets the flags that were not given from their variables.
func applyEnvironment(cmd *cobra.Command) error {
	for i := range settings {
		s := &settings[i]
		f := cmd.Flags().Lookup(s.name)
		text := os.Getenv(s.variable())
		if f == nil || f.Changed || text == "" {
			continue
		}
		if err := f.Value.Set(text); err != nil {
			return usagef("environment variable %s: %w", s.variable(), err)
		}
		annotate(f, "environment")
	}
	return nil
}
