package main

import (
	"reflect"
	"regexp"
	"strings"
)

// one is what follows a count of 1 in the place of the plural.
var one = strings.NewReplacer(
	"PINs are new members", "PIN is a new member", "PINs are nobody, and their", "PIN is nobody, and its",
	"days lie in a year without a public calendar and were taken for ordinary ones", "day lies in a year without a public calendar and was taken for an ordinary one",
	"reports have", "report has", "entries are", "entry is", "bytes that are", "byte that is", "shifts are", "shift is", "entries", "entry", "punches", "punch",
	"members who are", "member who is", "fields differ", "field differs",
	"reports are", "report is", "arguments", "argument", "bytes", "byte", "calls", "call", "columns", "column", "corporations", "corporation", "days", "day",
	"departments", "department", "fields", "field", "lines", "line", "members", "member", "migrations", "migration", "months", "month",
	"other shifts", "other shift", "problems", "problem", "reports", "report", "rows", "row", "scenarios", "scenario", "shifts", "shift", "tables", "table", "values", "value",
)

var countAndMore = regexp.MustCompile(`%(?:%|[a-z])[^%]*`)

// counted returns an English format with what follows each count of 1 in the
// singular.
func counted(format string, args []any) string {
	i, before := 0, ""
	return countAndMore.ReplaceAllStringFunc(format, func(part string) string {
		if strings.HasPrefix(part, "%%") {
			return part
		}
		arg, share := i, before == "%d of " // 1 of 1 rows
		i, before = i+1, part
		if share || !strings.HasPrefix(part, "%d ") || arg >= len(args) || !isOne(args[arg]) {
			return part
		}
		return "%d " + one.Replace(part[len("%d "):])
	})
}

func isOne(arg any) bool {
	v := reflect.ValueOf(arg)
	return v.CanInt() && v.Int() == 1 || v.CanUint() && v.Uint() == 1
}
