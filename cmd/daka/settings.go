package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
)

// setting is one thing a user can set: by a flag, or by the environment
// variable of the same name.
type setting struct {
	name  string
	short string // one-letter flag; "" = none
	usage string
}

// settings is every setting there is. A command takes those it wants by name.
var settings = []setting{
	{"actor", "", "who does it"},
	{"addr", "", "address to listen on"},
	{"as-of", "", "moment whose knowledge counts (default: now)"},
	{"base-url", "", "server to ask instead of a database, such as https://qyapi.weixin.qq.com"},
	{"auth-user", "", "userid of who authorises (default: not said)"},
	{"behind-proxy", "", "networks (CIDR) of the proxies in front, which end TLS"},
	{"callback-file", "", "file with the token and the encoding_aes_key of the callback (JSON; default: random ones)"},
	{"callback-url", "", "where tickets and events of the suite are pushed (default: nowhere)"},
	{"corp", "", "corporation, where the database holds several"},
	{"corp-id", "", "id of the corporation"},
	{"db", "", "database: sqlite:FILE, :memory: or postgres://user@host/database"},
	{"everybody", "", "the app sees everybody"},
	{"from", "", "first day, as 2026-01-31"},
	{"key-file", "", "file with the key that seals what must be readable again; DAKA_KEY holds the key itself"},
	{"kind", "", "kind of the app or suite"},
	{"lang", "", "language: en or zh"},
	{"limits", "", "how often calls are answered: wecom, off, or a file with quotas (JSON)"},
	{"months", "", "full months of history"},
	{"name", "", "name"},
	{"output", "o", "output: table (or text) or json"},
	{"people", "", "number of members"},
	{"permissions", "", "what a provider's app is granted, with commas, or none"},
	{"plan", "", "list what would be done, and do nothing"},
	{"pre-auth-file", "", "file with the pre_auth_code that the provider fetched; - is stdin (default: authorised without one)"},
	{"reason", "", "why it is done"},
	{"receiver", "", "receiveid of the call, such as the provider's corpid (default: the suite's id)"},
	{"rule", "", "file with the rule document for the members of the file"},
	{"secret-file", "", "file that holds the app's secret"},
	{"seed", "", "number that the company is made from"},
	{"state", "", "what the provider is told with the authorisation, up to 128 bytes"},
	{"strict", "", "refuse what WeCom's documents do not allow but clients are known to send"},
	{"test", "", "make a test database, whose clock may be turned; it can never become a live one"},
	{"test-mode", "", "let admin apps turn the clock and let calls fail: on a test database only"},
	{"tls-cert", "", "file with the server's certificates (PEM)"},
	{"tls-key", "", "file with the key of --tls-cert (PEM)"},
	{"to", "", "last day, as 2026-01-31"},
	{"suite-id", "", "id of the suite: ww… or wx… for third-party, dk… for provider-developed (default: a random one)"},
	{"today", "", "day that is today in the company (default: the real one)"},
	{"trusted", "", "addresses and networks (CIDR) that calls may come from, with commas, or any"},
	{"users", "", "userids, with commas (default: all)"},
	{"visible-depts", "", "departments that the app sees with all below them, with commas"},
	{"visible-tags", "", "tags whose members the app sees, with commas"},
	{"visible-users", "", "userids of members whom the app sees, with commas"},
	{"zone", "", "time zone, such as Asia/Shanghai"},
}

// secretVariable holds an app's secret, which has no flag: every user of a
// machine can read the command lines on it.
const secretVariable = "DAKA_SECRET"

func (s *setting) variable() string {
	return "DAKA_" + strings.ToUpper(strings.ReplaceAll(s.name, "-", "_"))
}

// bind gives a command a setting. What target points to is the default.
func bind(cmd *cobra.Command, name string, target any) {
	var s *setting
	for i := range settings {
		if settings[i].name == name {
			s = &settings[i]
		}
	}
	flags, usage := cmd.Flags(), fmt.Sprintf("%s [$%s]", s.usage, s.variable())
	switch p := target.(type) {
	case *string:
		flags.StringVarP(p, s.name, s.short, *p, usage)
	case *[]string:
		flags.StringSliceVarP(p, s.name, s.short, *p, usage)
	case *bool:
		flags.BoolVarP(p, s.name, s.short, *p, usage)
	case *int:
		flags.IntVarP(p, s.name, s.short, *p, usage)
	case *uint64:
		flags.Uint64VarP(p, s.name, s.short, *p, usage)
	case interface {
		String() string
		Set(string) error
		Type() string
	}:
		flags.VarP(p, s.name, s.short, usage)
	default:
		panic(fmt.Sprintf("setting %s: a %T cannot be a flag", name, target))
	}
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
	}
	return nil
}
