package export

import (
	"strconv"
	"strings"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/explain"
)

// cell is what stands in one column of a row.
type cell struct {
	kind kind
	tone tone
	n    int64
	text string
}

// kind says what a cell's number means, and so how it is shown.
type kind uint8

const (
	blank   kind = iota
	text         // the text
	symbol       // the text, in the middle
	date         // days since 1970-01-01
	moment       // seconds since 1970-01-01 00:00 on the wall clock
	clock        // seconds after a day's midnight, not negative; those after the day's end have a text
	length       // seconds
	number       // a count
	days         // seconds, of which 86,400 are a day
	degrees      // millionths
	kinds        // how many there are
)

// tone is what a cell's colour says.
type tone uint8

const (
	plain   tone = iota
	rest         // a day on which nothing is owed, or of a weekend
	holiday      // a public holiday
	alarm        // absent, missing
	warn         // late, early
	notice       // leave and the like
	doubt        // place, device
	tones        // how many there are
)

// excelEpoch is 1970-01-01 as spreadsheets count days.
const excelEpoch = 25_569

// value returns the number by which a spreadsheet knows the cell, and its text
// where it is none.
func (c *cell) value() any {
	switch c.kind {
	case text, symbol:
		return c.text
	case date:
		return c.n + excelEpoch
	case moment:
		return float64(c.n)/attendance.SecondsPerDay + excelEpoch
	case clock, length, days:
		if c.text != "" {
			return c.text
		}
		return float64(c.n) / attendance.SecondsPerDay
	case degrees:
		return float64(c.n) / 1e6
	case number:
		return c.n
	}
	return nil
}

// plainText is the cell as CSV has it: numbers as spreadsheets read them, and
// times to the second.
func (c *cell) plainText() string {
	switch c.kind {
	case text, symbol:
		return Harmless(c.text)
	case date:
		return attendance.Day(c.n).String()
	case moment:
		return attendance.Day(c.n/attendance.SecondsPerDay).String() + " " + hms(c.n%attendance.SecondsPerDay)
	case clock, length:
		return hms(c.n)
	case days:
		return decimal(float64(c.n) / attendance.SecondsPerDay)
	case degrees:
		return strconv.FormatFloat(float64(c.n)/1e6, 'f', 6, 64)
	case number:
		return strconv.FormatInt(c.n, 10)
	}
	return ""
}

// hms writes seconds as hours, minutes and seconds, such as 08:00:00 or 174:24:59.
func hms(seconds int64) string {
	b := make([]byte, 0, len("000:00:00"))
	for i, n := range [3]int64{seconds / 3600, seconds / 60 % 60, seconds % 60} {
		if i > 0 {
			b = append(b, ':')
		}
		if n < 10 {
			b = append(b, '0')
		}
		b = strconv.AppendInt(b, n, 10)
	}
	return string(b)
}

// decimal writes a number with up to two decimals.
func decimal(v float64) string {
	b := strconv.AppendFloat(nil, v, 'f', 2, 64)
	for b[len(b)-1] == '0' {
		b = b[:len(b)-1]
	}
	if b[len(b)-1] == '.' {
		b = b[:len(b)-1]
	}
	return string(b)
}

func textCell(s string) cell {
	if s == "" {
		return cell{}
	}
	return cell{kind: text, text: s}
}

func dateCell(d attendance.Day) cell { return cell{kind: date, n: int64(d)} }

func momentCell(m Moment) cell {
	if m.Time == attendance.NoTime {
		return cell{}
	}
	return cell{kind: moment, n: int64(m.Day)*attendance.SecondsPerDay + int64(m.Time)}
}

// clockCell is a time of day. Spreadsheets have none before midnight, and would
// show one of the next day as 33:21: these are texts.
func clockCell(t attendance.TimeOfDay, lang explain.Lang) cell {
	switch {
	case t == attendance.NoTime:
		return cell{}
	case t < 0:
		return textCell(clockText(t.Minute(), lang))
	case t >= attendance.SecondsPerDay:
		return cell{kind: clock, n: int64(t), text: clockText(t.Minute(), lang)}
	}
	return cell{kind: clock, n: int64(t)}
}

// clockText is a time of day with the day it is on, such as 次日 09:21.
func clockText(t attendance.TimeOfDay, lang explain.Lang) string {
	text := t.String()
	if lang != explain.Chinese {
		return text
	}
	if at, ok := strings.CutPrefix(text, "+1 "); ok {
		return "次日 " + at
	}
	if at, ok := strings.CutPrefix(text, "-1 "); ok {
		return "前一日 " + at
	}
	return text
}

func lengthCell(seconds int64) cell { return cell{kind: length, n: seconds} }

// spentCell is lengthCell with nothing for no time at all.
func spentCell(seconds int64) cell {
	if seconds == 0 {
		return cell{}
	}
	return lengthCell(seconds)
}

func numberCell(n int64) cell { return cell{kind: number, n: n} }

// timesCell is numberCell with nothing for never.
func timesCell(n int64) cell {
	if n == 0 {
		return cell{}
	}
	return numberCell(n)
}

// daysCell is a number of days, given in seconds, with nothing for none.
func daysCell(seconds int64) cell {
	if seconds == 0 {
		return cell{}
	}
	return cell{kind: days, n: seconds}
}
