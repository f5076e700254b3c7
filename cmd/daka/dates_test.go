package main

import (
	"testing"
	"time"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/explain"
	"github.com/spf13/cobra"
)

// day20261008 is a Thursday.
var day20261008 = attendance.DayOf(2026, time.October, 8)

func TestParseWhen(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][2]string{
		"2026-10-08": {"2026-10-08", "2026-10-08"},
		"2026-1-8":   {"2026-01-08", "2026-01-08"},
		"2026/10/8":  {"2026-10-08", "2026-10-08"},
		"20261008":   {"2026-10-08", "2026-10-08"},
		"2026年10月8日": {"2026-10-08", "2026-10-08"},
		"2026-10":    {"2026-10-01", "2026-10-31"},
		"2026年2月":    {"2026-02-01", "2026-02-28"},
		"2024-02":    {"2024-02-01", "2024-02-29"},
		"2026":       {"2026-01-01", "2026-12-31"},
		"2026-W41":   {"2026-10-05", "2026-10-11"},
		// January 4, 2027 is a Monday, so the year before has a 53rd week
		// that begins seven days earlier, on December 28.
		"2026w53":      {"2026-12-28", "2027-01-03"},
		"today":        {"2026-10-08", "2026-10-08"},
		"今天":           {"2026-10-08", "2026-10-08"},
		"Yesterday":    {"2026-10-07", "2026-10-07"},
		"昨天":           {"2026-10-07", "2026-10-07"},
		"前天":           {"2026-10-06", "2026-10-06"},
		"tomorrow":     {"2026-10-09", "2026-10-09"},
		"this week":    {"2026-10-05", "2026-10-11"},
		"本周":           {"2026-10-05", "2026-10-11"},
		"last week":    {"2026-09-28", "2026-10-04"},
		"last-week":    {"2026-09-28", "2026-10-04"},
		"上周":           {"2026-09-28", "2026-10-04"},
		"next week":    {"2026-10-12", "2026-10-18"},
		"this month":   {"2026-10-01", "2026-10-31"},
		"本月":           {"2026-10-01", "2026-10-31"},
		" last  Month": {"2026-09-01", "2026-09-30"},
		"last_month":   {"2026-09-01", "2026-09-30"},
		"上月":           {"2026-09-01", "2026-09-30"},
		"上个月":          {"2026-09-01", "2026-09-30"},
		"next month":   {"2026-11-01", "2026-11-30"},
		"this year":    {"2026-01-01", "2026-12-31"},
		"今年":           {"2026-01-01", "2026-12-31"},
		"明年":           {"2027-01-01", "2027-12-31"},
		"next year":    {"2027-01-01", "2027-12-31"},
		"last year":    {"2025-01-01", "2025-12-31"},
		"去年":           {"2025-01-01", "2025-12-31"},
		"last 7 days":  {"2026-10-02", "2026-10-08"},
		"最近1天":         {"2026-10-08", "2026-10-08"},
		// Other ways to write a date.
		"2026.10.8": {"2026-10-08", "2026-10-08"}, "2026.10": {"2026-10-01", "2026-10-31"}, "2026年10月8号": {"2026-10-08", "2026-10-08"},
		"２０２６－１０－０８": {"2026-10-08", "2026-10-08"}, "２０２６／１０": {"2026-10-01", "2026-10-31"},
		"October 2026": {"2026-10-01", "2026-10-31"}, "Oct 8, 2026": {"2026-10-08", "2026-10-08"}, "8th Oct 2026": {"2026-10-08", "2026-10-08"},
		// Without a year the latest that has begun: today counts, tomorrow does not.
		"10月": {"2026-10-01", "2026-10-31"}, "11月": {"2025-11-01", "2025-11-30"}, "Oct": {"2026-10-01", "2026-10-31"}, "sept": {"2026-09-01", "2026-09-30"},
		"10月8日": {"2026-10-08", "2026-10-08"}, "10月9号": {"2025-10-09", "2025-10-09"}, "10-08": {"2026-10-08", "2026-10-08"},
		"10/9": {"2025-10-09", "2025-10-09"}, "Oct 8": {"2026-10-08", "2026-10-08"}, "1.2": {"2026-01-02", "2026-01-02"},
		"2-29": {"2024-02-29", "2024-02-29"}, // the last leap year
		"十月":   {"2026-10-01", "2026-10-31"}, "十二月": {"2025-12-01", "2025-12-31"}, "二月二十一日": {"2026-02-21", "2026-02-21"},
		"2026年三月五号": {"2026-03-05", "2026-03-05"}, "十月一日至十五日": {"2026-10-01", "2026-10-15"}, "最近七天": {"2026-10-02", "2026-10-08"},
		// From one to the other; an end without a year is the first after the beginning.
		"2026-10-01..2026-10-15": {"2026-10-01", "2026-10-15"}, "2026-10-01至2026-10-15": {"2026-10-01", "2026-10-15"},
		"2026-09 to 2026-10": {"2026-09-01", "2026-10-31"}, "10-01..10-15": {"2026-10-01", "2026-10-15"}, "10月1日至15日": {"2026-10-01", "2026-10-15"},
		"12-20～01-05": {"2025-12-20", "2026-01-05"}, "上月至今天": {"2026-09-01", "2026-10-08"}, "2026.9..2026.10": {"2026-09-01", "2026-10-31"},
	} {
		w, err := parseWhen(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if first, last := w.days(day20261008); first.String() != want[0] || last.String() != want[1] {
			t.Errorf("%s: %s to %s, want %s to %s", text, first, last, want[0], want[1])
		}
	}
	for _, text := range []string{"", "2025-W53", "2026-W00", "1969", "2200-01-01", "last 0 days", "soon", "2026-10-08T00:00", "2026-10-08..", "mon 8"} {
		if w, err := parseWhen(text); err == nil {
			t.Errorf("%q is taken for %q", text, w.text)
		}
	}
}

// What is wrong with a date is said, in both languages.
func TestNoSuchDate(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][2]string{
		"2026-13":                {`"2026-13" is not a date: there is no month 13`, `"2026-13" 不是日期：没有 13 月`},
		"13月":                    {`"13月" is not a date: there is no month 13`, `"13月" 不是日期：没有 13 月`},
		"2026-02-30":             {`"2026-02-30" is not a date: February 2026 has 28 days`, `"2026-02-30" 不是日期：2026年2月有28天`},
		"2月30日":                  {`"2月30日" is not a date: February has 29 days at most`, `"2月30日" 不是日期：2月最多有29天`},
		"2026-10-00":             {`"2026-10-00" is not a date: there is no day 0`, `"2026-10-00" 不是日期：没有 0 日`},
		"last":                   {`"last" is a part of a date: put all of it in quotes, like "last month"`, `"last" 只是日期的一部分：请整个加引号，如 "last month"`},
		"2026-10-15..2026-10-01": {`"2026-10-15..2026-10-01": 2026-10-01 is before 2026-10-15`, `"2026-10-15..2026-10-01"：2026-10-01 早于 2026-10-15`},
	} {
		_, err := parseWhen(text)
		if err == nil {
			t.Errorf("%q is taken", text)
			continue
		}
		if got := [2]string{errorText(explain.English, err), errorText(explain.Chinese, err)}; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// On a Sunday this week is the one that ends.
func TestWeekEndsOnSunday(t *testing.T) {
	t.Parallel()
	for offset := range attendance.Day(7) {
		first, last := weekOf(attendance.DayOf(2026, time.October, 5) + offset)
		if first.String() != "2026-10-05" || last.String() != "2026-10-11" {
			t.Errorf("Monday + %d: %s to %s", offset, first, last)
		}
	}
}

func TestSpan(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		flags map[string]string
		args  []string
		want  string // an error, where it is no span
	}{
		"nothing":             {nil, nil, "2026-10-01 2026-10-31"},
		"argument":            {nil, []string{"2026-09"}, "2026-09-01 2026-09-30"},
		"words":               {nil, []string{"last", "week"}, "2026-09-28 2026-10-04"},
		"period":              {map[string]string{"period": "昨天"}, nil, "2026-10-07 2026-10-07"},
		"both ends":           {map[string]string{"from": "2026-08", "to": "2026-09"}, nil, "2026-08-01 2026-09-30"},
		"from, until today":   {map[string]string{"from": "2026-09-15"}, nil, "2026-09-15 2026-10-08"},
		"from the future":     {map[string]string{"from": "2026-11"}, nil, "2026-11-01 2026-11-30"},
		"to, from its first":  {map[string]string{"to": "2026-09-15"}, nil, "2026-09-01 2026-09-15"},
		"turned":              {map[string]string{"from": "2026-09-15", "to": "2026-09-14"}, nil, "--to 2026-09-14 is before --from 2026-09-15"},
		"both, without years": {map[string]string{"from": "12-20", "to": "01-05"}, nil, "2025-12-20 2026-01-05"},
		"a stretch as an end": {map[string]string{"from": "10-01..10-15"}, nil, `report: "10-01..10-15" has both ends: say it without --from and --to`},
		"argument and from":   {map[string]string{"from": "2026-09-15"}, []string{"2026-09"}, "report: a period and --from or --to exclude each other"},
		"argument and period": {map[string]string{"period": "2026-08"}, []string{"2026-09"}, `report: the period is given twice: "2026-09" and --period 2026-08`},
	} {
		cmd, s := &cobra.Command{Use: "report"}, spanFlags{fallback: "this month"}
		s.bind(cmd)
		for flag, value := range tt.flags {
			if err := cmd.Flags().Set(flag, value); err != nil {
				t.Fatal(err)
			}
		}
		got := ""
		err := s.take(cmd, tt.args)
		if err == nil {
			first, last, resolveErr := s.resolve(day20261008)
			got, err = first.String()+" "+last.String(), resolveErr
		}
		if err != nil {
			got = err.Error()
		}
		if got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
	cmd, s := &cobra.Command{Use: "sync"}, spanFlags{}
	s.bind(cmd)
	if err := s.take(cmd, nil); exitCode(err) != exitUsage {
		t.Errorf("without a fallback nothing must be said: %v", err)
	}
}
