package main

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/dakahq/daka/internal/attendance"
)

// dateParts is a date in figures, as far as it says one: 0 is what it does not say.
type dateParts struct {
	year  int
	month time.Month
	day   int
}

// The ways to write a date. Their groups are named as its members.
var writtenDates = []*regexp.Regexp{
	regexp.MustCompile(`^(?P<year>\d{4})(?:[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?)?$`),
	regexp.MustCompile(`^(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})$`),
	regexp.MustCompile(`^(?P<year>\d{4})年(?:(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})[日号])?)?$`),
	regexp.MustCompile(`^(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})[日号])?$`),
	regexp.MustCompile(`^(?P<month>\d{1,2})[-/.](?P<day>\d{1,2})$`),
	regexp.MustCompile(`^(?P<name>[A-Za-z]{3,9})\.?(?: (?P<day>\d{1,2})(?:st|nd|rd|th)?)?(?:,? (?P<year>\d{4}))?$`),
	regexp.MustCompile(`^(?P<day>\d{1,2})(?:st|nd|rd|th)? (?P<name>[A-Za-z]{3,9})\.?(?:,? (?P<year>\d{4}))?$`),
}

// parseWritten reads a date in figures; ok is false for what is none. It fails
// where there is no such day.
func parseWritten(text string) (w when, ok bool, err error) {
	for _, form := range writtenDates {
		m := form.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		var d dateParts
		for i, name := range form.SubexpNames() {
			n, _ := strconv.Atoi(m[i]) // figures, or nothing
			switch {
			case m[i] == "":
			case name == "year":
				d.year = n
			case name == "month":
				if d.month = time.Month(n); n < 1 || n > 12 {
					return when{}, true, failf("there is no month %d", n)
				}
			case name == "day":
				if d.day = n; n == 0 {
					return when{}, true, failf("there is no day 0")
				}
			case name == "name":
				if d.month = monthNamed(m[i]); d.month == 0 {
					return when{}, false, nil
				}
			}
		}
		w, err := d.when()
		return w, true, err
	}
	return when{}, false, nil
}

// monthNamed returns the month with an English name or its first three letters
// or more; 0 = none.
func monthNamed(text string) time.Month {
	for m := time.January; m <= time.December; m++ {
		if strings.HasPrefix(strings.ToLower(m.String()), strings.ToLower(text)) || m == time.September && strings.EqualFold(text, "sept") {
			return m
		}
	}
	return 0
}

// when returns the days of a date.
func (d dateParts) when() (when, error) {
	switch {
	case d.year == 0 && d.day > daysOf2024(d.month): // a leap year
		return when{}, failf("%[1]s has %[2]d days at most", d.month, daysOf2024(d.month), int(d.month))
	case d.year == 0:
		return when{noYear: true, days: d.latest, after: d.next}, nil
	}
	first, last := d.in(d.year)
	switch {
	case !first.Valid() || !last.Valid():
		return when{}, failf("%d is not between 1970 and 2199", d.year)
	case first > last:
		_, last := attendance.DayOf(d.year, d.month, 1).Month()
		_, _, length := last.Date()
		return when{}, failf("%[1]s %[2]d has %[3]d days", d.month, d.year, length, int(d.month))
	}
	return fixedWhen(first, last), nil
}

func daysOf2024(m time.Month) int {
	_, last := attendance.DayOf(2024, m, 1).Month()
	_, _, length := last.Date()
	return length
}

// in returns the days of a date in a year; first is after last where the year
// has no such day.
func (d dateParts) in(year int) (first, last attendance.Day) {
	if d.month == 0 {
		return yearOf(attendance.DayOf(year, time.January, 1))
	}
	first, last = attendance.DayOf(year, d.month, 1).Month()
	if d.day > 0 {
		day := first + attendance.Day(d.day-1)
		if day > last {
			return day, last
		}
		return day, day
	}
	return first, last
}

// latest returns the days of a date without a year: the latest that are not in
// the future.
func (d dateParts) latest(today attendance.Day) (first, last attendance.Day) {
	year, _, _ := today.Date()
	for first, last = d.in(year); first > today || first > last; first, last = d.in(year) {
		year--
	}
	return first, last
}

// next returns the first days of a date without a year that do not end before a day.
func (d dateParts) next(day attendance.Day) (first, last attendance.Day) {
	year, _, _ := day.Date()
	for first, last = d.in(year); last < day || first > last; first, last = d.in(year) {
		year++
	}
	return first, last
}

// between are what stands between the ends of a stretch of days.
var between = []string{"..", "至", "到", "~", " to ", " - ", "–", "—"}

// cutStretch cuts a stretch of days into its ends.
func cutStretch(text string) (from, to string, ok bool) {
	for _, mark := range between {
		if from, to, ok = strings.Cut(text, mark); ok && from != "" && to != "" {
			return strings.TrimSpace(from), strings.TrimSpace(to), true
		}
	}
	return "", "", false
}

var dayAlone = regexp.MustCompile(`^\d{1,2}[日号]$`)

// parseStretch reads a stretch of days, such as 2026-10-01..2026-10-15 or
// 10月1日至15日.
func parseStretch(text, from, to string) (when, error) {
	begin, err := parseWhen(from)
	if err != nil {
		return when{}, err
	}
	if month, _, ok := strings.Cut(from, "月"); ok && dayAlone.MatchString(to) {
		to = month + "月" + to
	}
	end, err := parseWhen(to)
	if err != nil {
		return when{}, err
	}
	w := when{text: text, stretch: true, noYear: begin.noYear || end.noYear, fixed: begin.fixed && end.fixed, days: func(today attendance.Day) (first, last attendance.Day) {
		first, _ = begin.days(today)
		return first, end.endOf(first, today)
	}}
	if first, last := w.days(0); w.fixed && last < first {
		return when{}, failf("%q: %s is before %s", text, last, first)
	}
	return w, nil
}

// withYear refuses a date without a year where what is written may be for days
// to come as well as for past ones.
func (w when) withYear() error {
	if w.noYear {
		return failf("%q: say the year too, like 2026-12-01: it may be the one before or the next", w.text)
	}
	return nil
}
