package main

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/dakahq/daka/internal/attendance"
)

// when is some days, as people write them: a date, a week, a month, a year, or
// words for those around today.
type when struct {
	text  string
	fixed bool // it does not depend on today
	days  func(today attendance.Day) (first, last attendance.Day)
}

// whenHelp says what a period may be.
const whenHelp = `A period is a day, week, month or year: 2026-10-08, 2026-W41, 2026-10, 2026; or
today, yesterday, this week, last week, this month, last month, this year,
last year, last 7 days; or 今天, 昨天, 本周, 上周, 本月, 上月, 今年, 去年, 最近7天.
Weeks begin on Monday. --from begins with the first day of a period, --to ends
with the last; --from alone goes until today, --to alone begins with its month.
Words are told by the corporation's clock; stderr says which days are meant.`

// layouts are the ways to write a date in figures.
var layouts = []struct {
	layout string
	days   func(d attendance.Day) (first, last attendance.Day)
}{
	{"2006-1-2", oneDay}, {"2006/1/2", oneDay}, {"20060102", oneDay}, {"2006年1月2日", oneDay},
	{"2006-1", attendance.Day.Month}, {"2006/1", attendance.Day.Month}, {"2006年1月", attendance.Day.Month},
	{"2006", yearOf}, {"2006年", yearOf},
}

func oneDay(d attendance.Day) (first, last attendance.Day) { return d, d }

func weekOf(d attendance.Day) (first, last attendance.Day) {
	monday := d - attendance.Day((d.Weekday()+6)%7)
	return monday, monday + 6
}

func yearOf(d attendance.Day) (first, last attendance.Day) {
	y, _, _ := d.Date()
	return attendance.DayOf(y, time.January, 1), attendance.DayOf(y, time.December, 31)
}

// relation is a word for days around today.
type relation struct {
	words string // with | between them
	days  func(today attendance.Day) (first, last attendance.Day)
}

var relations = []relation{
	{"today|今天|今日", oneDay},
	{"yesterday|昨天|昨日", func(t attendance.Day) (first, last attendance.Day) { return t - 1, t - 1 }},
	{"tomorrow|明天|明日", func(t attendance.Day) (first, last attendance.Day) { return t + 1, t + 1 }},
	{"前天", func(t attendance.Day) (first, last attendance.Day) { return t - 2, t - 2 }},
	{"this week|本周|这周|本星期|这星期", weekOf},
	{"last week|上周|上星期|上个星期", func(t attendance.Day) (first, last attendance.Day) { return weekOf(t - 7) }},
	{"next week|下周|下星期|下个星期", func(t attendance.Day) (first, last attendance.Day) { return weekOf(t + 7) }},
	{"this month|本月|这个月|当月", attendance.Day.Month},
	{"last month|上月|上个月", func(t attendance.Day) (first, last attendance.Day) { first, _ = t.Month(); return (first - 1).Month() }},
	{"next month|下月|下个月", func(t attendance.Day) (first, last attendance.Day) { _, last = t.Month(); return (last + 1).Month() }},
	{"this year|今年|本年", yearOf},
	{"last year|去年", func(t attendance.Day) (first, last attendance.Day) { first, _ = yearOf(t); return yearOf(first - 1) }},
}

var (
	isoWeek  = regexp.MustCompile(`^(\d{4})-?[Ww](\d{1,2})$`)
	lastDays = regexp.MustCompile(`^(?:last (\d{1,4}) days?|(?:最近|近)(\d{1,4})天)$`)
)

// parseWhen reads a period.
func parseWhen(text string) (when, error) {
	trimmed := strings.TrimSpace(text)
	for _, l := range layouts {
		t, err := time.Parse(l.layout, trimmed)
		if err != nil {
			continue
		}
		d := attendance.DayOf(t.Date())
		if !d.Valid() {
			return when{}, fmt.Errorf("%q is not between 1970 and 2199", text)
		}
		first, last := l.days(d)
		return fixedWhen(text, first, last), nil
	}
	if m := isoWeek.FindStringSubmatch(trimmed); m != nil {
		return parseWeek(text, m[1], m[2])
	}
	word := strings.ToLower(strings.Join(strings.FieldsFunc(trimmed, func(r rune) bool { return strings.ContainsRune(" -_", r) }), " "))
	for _, r := range relations {
		for w := range strings.SplitSeq(r.words, "|") {
			if w == word {
				return when{text: text, days: r.days}, nil
			}
		}
	}
	if m := lastDays.FindStringSubmatch(word); m != nil {
		n, err := strconv.Atoi(m[1] + m[2])
		if err == nil && n > 0 {
			return when{text: text, days: func(t attendance.Day) (first, last attendance.Day) { return t - attendance.Day(n) + 1, t }}, nil
		}
	}
	return when{}, fmt.Errorf("%q is not a date: want one like 2026-10-08, 2026-10, 2026-W41, today, last week, last month, 上月", text)
}

func fixedWhen(text string, first, last attendance.Day) when {
	return when{text: text, fixed: true, days: func(attendance.Day) (attendance.Day, attendance.Day) { return first, last }}
}

// parseWeek reads a week of ISO 8601: the first is that of January 4.
func parseWeek(text, yearText, weekText string) (when, error) {
	year, err := strconv.Atoi(yearText)
	if err != nil {
		return when{}, err
	}
	week, err := strconv.Atoi(weekText)
	if err != nil {
		return when{}, err
	}
	first, last := weekOf(attendance.DayOf(year, time.January, 4) + attendance.Day(7*(week-1)))
	thursday, _, _ := (first + 3).Date()
	if week < 1 || thursday != year || !first.Valid() || !last.Valid() {
		return when{}, fmt.Errorf("%q is not a date: there is no such week", text)
	}
	return fixedWhen(text, first, last), nil
}

// today returns the day that it is in a zone.
func today(zone *attendance.Zone) attendance.Day {
	d, _ := zone.DayAt(time.Now().Unix())
	return d
}

// day returns the one day that w is.
func (w *when) day(zone *attendance.Zone) (attendance.Day, error) {
	first, last := w.days(today(zone))
	if first != last {
		return 0, usagef("%q is not one day but %s to %s", w.text, first, last)
	}
	return first, nil
}

// whenFlag is a period as a flag; the zero value is none.
type whenFlag struct{ when }

func (f *whenFlag) String() string { return f.text }

func (f *whenFlag) Type() string { return "period" }

func (f *whenFlag) Set(text string) (err error) {
	f.when, err = parseWhen(text)
	return err
}

func (f *whenFlag) set() bool { return f.days != nil }
