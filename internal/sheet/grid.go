package sheet

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/dakahq/daka/internal/attendance"
)

var (
	dayOfMonth = regexp.MustCompile(`^(\d{1,2})[日号]?$`)
	monthDay   = regexp.MustCompile(`^(\d{1,2})(?:月|[-/.])(\d{1,2})日?$`)
	yearMonth  = regexp.MustCompile(`(\d{4})(?:年|[-./_])(1[0-2]|0?[1-9])(?:月|$|[^0-9])`)
	weekday    = regexp.MustCompile(`^(?:(?:星期|周|礼拜)?[一二三四五六日天]|(?i:mon|tue|wed|thu|fri|sat|sun)[a-z]*)$`)
	remark     = regexp.MustCompile(`\s*[(]?(?:(?:星期|周)[一二三四五六日天])[)]?$`)
)

// findDays finds the columns that are days, by the headings in a row of
// Table.Rows: 1 to 31, with or without a month and a year.
func (m *Mapping) findDays(head int, month attendance.Day) error {
	if head < 0 {
		return nil
	}
	seen := map[attendance.Day]string{}
	for i := range m.Columns {
		c := &m.Columns[i]
		text := remark.ReplaceAllString(fold(strings.ReplaceAll(c.Head, "\n", " ")), "")
		if c.Field != "" || !isDayHead(text, m.Table) {
			continue
		}
		if month == 0 && !isWhole(text, m.Table) {
			if month = m.month(head); month == 0 {
				return mapError("column %s %s: of which month? Nothing above the headings says it: name it with --period", c.Letters(), c.Head)
			}
		}
		d, err := dayOfHead(text, m.Table, month)
		if err != nil {
			return mapError("column %s: %v", c.Letters(), err)
		}
		if other, twice := seen[d]; twice && d != NoDay {
			return mapError("columns %s and %s are both %s", other, c.Letters(), d)
		}
		seen[d] = c.Letters()
		m.Days = append(m.Days, DayColumn{Index: c.Index, Head: c.Head, Day: d})
	}
	return nil
}

func isWhole(text string, t *Table) bool {
	_, err := parseDay(text, t.date1904)
	return err == nil
}

func isDayHead(text string, t *Table) bool {
	if found := dayOfMonth.FindStringSubmatch(text); found != nil {
		n, err := strconv.Atoi(found[1])
		return err == nil && n >= 1 && n <= 31
	}
	return monthDay.MatchString(text) || isWhole(text, t)
}

// dayOfHead returns the day of a column. It is NoDay for a number that the
// month does not have.
func dayOfHead(text string, t *Table, month attendance.Day) (attendance.Day, error) {
	first, last := month.Month()
	if found := dayOfMonth.FindStringSubmatch(text); found != nil {
		n, err := strconv.Atoi(found[1])
		if d := first + attendance.Day(n) - 1; err == nil && d <= last {
			return d, nil
		}
		return NoDay, err
	}
	if found := monthDay.FindStringSubmatch(text); found != nil {
		year, _, _ := month.Date()
		return parseDay(fmt.Sprintf("%d-%s-%s", year, found[1], found[2]), false)
	}
	return parseDay(text, t.date1904)
}

// month returns the first day of the month that the titles above the headings,
// the sheet's name or the file's say; 0 = they say none.
func (m *Mapping) month(head int) attendance.Day {
	var titles []string
	for i := range m.Table.Rows[:head+1] {
		titles = append(titles, m.Table.Rows[i].Cells...)
	}
	for _, text := range append(titles, m.Table.title) {
		found := yearMonth.FindStringSubmatch(fold(text))
		if found == nil {
			continue
		}
		year, err1 := strconv.Atoi(found[1])
		n, err2 := strconv.Atoi(found[2])
		if d := attendance.DayOf(year, time.Month(n), 1); err1 == nil && err2 == nil && d.Valid() {
			return d
		}
	}
	return 0
}
