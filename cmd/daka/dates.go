package main

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/dakahq/daka/internal/attendance"
	"golang.org/x/text/width"
)

// when is some days, as people write them: a date, a week, a month, a year,
// words for those around today, or a stretch from one of these to another.
type when struct {
	text    string
	fixed   bool // it does not depend on today
	stretch bool // it has two ends
	noYear  bool // a date in it has no year
	days    func(today attendance.Day) (first, last attendance.Day)
	// after is days where w ends a stretch that begins with first: of a date
	// without a year the first that is not before it; nil = as days.
	after func(first attendance.Day) (attendance.Day, attendance.Day)
}

// whenHelp says what a period may be.
const whenHelp = `A period is a day, week, month or year: 2026-10-08, 2026-W41, 2026-10, 2026; or
today, yesterday, this week, last week, this month, last month, this year,
last year, last 7 days; or 今天, 昨天, 本周, 上周, 本月, 上月, 今年, 去年, 最近7天.
10-08, 10月8日, 10月, 十月 and Oct are the latest that are not in the future; 2026.10.8 and
Oct 8 2026 are dates, too. 2026-10-01..2026-10-15 or 10月1日至15日 goes from one to
the other. What has a space stands in quotes after a flag: --from "last month".
Weeks begin on Monday. --from begins with the first day of a period, --to ends
with the last; --from alone goes until today, --to alone begins with its month.
Words like today go by the corporation's clock; stderr says which days are meant.`

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
	{"next year|明年", func(t attendance.Day) (first, last attendance.Day) { _, last = yearOf(t); return yearOf(last + 1) }},
	{"last year|去年", func(t attendance.Day) (first, last attendance.Day) { first, _ = yearOf(t); return yearOf(first - 1) }},
}

var (
	isoWeek  = regexp.MustCompile(`^(\d{4})-?[Ww](\d{1,2})$`)
	lastDays = regexp.MustCompile(`^(?:last (\d{1,4}) days?|(?:最近|近)(\d{1,4})天)$`)
	halfWord = regexp.MustCompile(`^(?:last|this|next)$`)
)

// halfWidth returns what was typed with the full width as if it had not been.
func halfWidth(text string) string { return strings.TrimSpace(width.Fold.String(text)) }

// parseWhen reads a period.
func parseWhen(text string) (when, error) {
	plain := inFigures(halfWidth(text))
	if from, to, ok := cutStretch(plain); ok {
		return parseStretch(text, from, to)
	}
	w, ok, err := parseWritten(plain)
	if err != nil {
		return when{}, failf("%q is not a date: %w", text, err)
	}
	if !ok {
		w, err = parseWords(text, plain)
	}
	w.text = text
	return w, err
}

// parseWords reads a week, or what is no date in figures.
func parseWords(text, plain string) (when, error) {
	if m := isoWeek.FindStringSubmatch(plain); m != nil {
		return parseWeek(text, m[1], m[2])
	}
	word := strings.ToLower(strings.Join(strings.FieldsFunc(plain, func(r rune) bool { return strings.ContainsRune(" -_", r) }), " "))
	for _, r := range relations {
		for w := range strings.SplitSeq(r.words, "|") {
			if w == word {
				return when{days: r.days}, nil
			}
		}
	}
	if m := lastDays.FindStringSubmatch(word); m != nil {
		n, err := strconv.Atoi(m[1] + m[2])
		if err == nil && n > 0 {
			return when{days: func(t attendance.Day) (first, last attendance.Day) { return t - attendance.Day(n) + 1, t }}, nil
		}
	}
	if halfWord.MatchString(word) {
		return when{}, failf("%q is a part of a date: put all of it in quotes, like \"%s month\"", text, word)
	}
	return when{}, failf("%q is not a date: want one like 2026-10-08, 2026-10, 2026-W41, 10月8日, today, last week, last month, 上月", text)
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
		return when{}, failf("%q is not a date: there is no such week", text)
	}
	return fixedWhen(first, last), nil
}

func fixedWhen(first, last attendance.Day) when {
	return when{fixed: true, days: func(attendance.Day) (attendance.Day, attendance.Day) { return first, last }}
}

// today returns the day that it is in a zone.
func today(zone *attendance.Zone) attendance.Day {
	d, _ := zone.DayAt(time.Now().Unix())
	return d
}

// day returns the one day that w is.
func (w *when) day(zone *attendance.Zone) (attendance.Day, error) { return w.dayFrom(today(zone)) }

// dayFrom is day, where today is known.
func (w *when) dayFrom(today attendance.Day) (attendance.Day, error) {
	first, last := w.days(today)
	if first != last {
		return 0, usagef("%q is not one day but %s to %s", w.text, first, last)
	}
	return first, nil
}

// endOf returns the last day of w where it ends a stretch that begins with first.
func (w *when) endOf(first, today attendance.Day) attendance.Day {
	if w.after != nil {
		_, last := w.after(first)
		return last
	}
	_, last := w.days(today)
	return last
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
