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
	{"behind-proxy", "", "networks (CIDR) of the proxies in front, which end TLS"},
	{"corp", "", "corporation, where the database holds several"},
	{"corp-id", "", "id of the corporation"},
	{"db", "", "database: sqlite:FILE, :memory: or postgres://user@host/database"},
	{"from", "", "first day, as 2026-01-31"},
	{"key-file", "", "file with the key that seals what must be readable again; DAKA_KEY holds the key itself"},
	{"kind", "", "what the app may do: checkin, contact or admin"},
	{"lang", "", "language: en or zh"},
	{"limits", "", "how often calls are answered: wecom, off, or a file with quotas (JSON)"},
	{"months", "", "full months of history"},
	{"name", "", "name"},
	{"output", "o", "output: table (or text) or json"},
	{"people", "", "number of members"},
	{"plan", "", "list what would be done, and do nothing"},
	{"reason", "", "why it is done"},
	{"rule", "", "file with the rule document for the members of the file"},
	{"secret-file", "", "file that holds the app's secret"},
	{"seed", "", "number that the company is made from"},
	{"strict", "", "refuse what WeCom's documents do not allow but clients are known to send"},
	{"test", "", "make a test database, whose clock may be turned; it can never become a live one"},
	{"test-mode", "", "let admin apps turn the clock and let calls fail: on a test database only"},
	{"tls-cert", "", "file with the server's certificates (PEM)"},
	{"tls-key", "", "file with the key of --tls-cert (PEM)"},
	{"to", "", "last day, as 2026-01-31"},
	{"today", "", "day that is today in the company (default: the real one)"},
	{"users", "", "userids, with commas (default: all)"},
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
