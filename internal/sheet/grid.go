package sheet

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/dakahq/daka/internal/attendance"
)

var (
	dayOfMonth  = regexp.MustCompile(`^(\d{1,2})[日号]?$`)
	monthDay    = regexp.MustCompile(`^(\d{1,2})(?:月|[-/.])(\d{1,2})日?$`)
	weekday     = regexp.MustCompile(`^(?:(?:星期|周|礼拜)?[一二三四五六日天]|(?i:mon|tue|wed|thu|fri|sat|sun)[a-z]*)$`)
	bareWeekday = regexp.MustCompile(`(?i)(?:\s*[(]|\s+)(?:[一二三四五六日天]|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)[)]?$`)
	weekdayHead = regexp.MustCompile(`(?i)^(?:星期|周|礼拜)几?$|^(?:week)?days?$|^日期$`)
	remark      = regexp.MustCompile(`\s*[(]?(?:(?:星期|周)[一二三四五六日天])[)]?$`)
)

// findDays finds the columns that are days, by the headings in a row of
// Table.Rows or in one beside it: 1 to 31, with or without a month and a year.
func (m *Mapping) findDays(head int, month attendance.Day) error {
	if head < 0 {
		return nil
	}
	m.takeDayHeads(head)
	seen := map[attendance.Day]string{}
	last := attendance.MinDay
	for i := range m.Columns {
		c := &m.Columns[i]
		text := headText(c.Head)
		if c.Field != "" || !isDayHead(text, m.Table) {
			continue
		}
		if month == 0 && !isWhole(text, m.Table) {
			var err error
			if month, err = m.month(); err != nil {
				return err
			}
			if month == 0 {
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
		if d != NoDay && d < last {
			return mapError("column %s %s would be %s, and the one before it %s: write the days with their months, as 10-26", c.Letters(), c.Head, d, last)
		}
		seen[d], last = c.Letters(), max(last, d)
		m.Days = append(m.Days, DayColumn{Index: c.Index, Head: c.Head, Day: d})
	}
	return nil
}

// headText is a heading without the weekday that stands beside a day: 1(四) is 1.
func headText(head string) string {
	text := remark.ReplaceAllString(fold(strings.ReplaceAll(head, "\n", " ")), "")
	if day := bareWeekday.ReplaceAllString(text, ""); dayOfMonth.MatchString(day) || monthDay.MatchString(day) {
		return day
	}
	return text
}

// How far from the row that heads the people the one with the days may be, and
// how many days it has at least.
const (
	nearHead  = 2
	leastDays = 2
)

// takeDayHeads takes the days from a row above or below the headings, where those
// are merged over several rows and have none themselves. A row that says who it is
// about is none of headings.
func (m *Mapping) takeDayHeads(head int) {
	best, most := -1, leastDays-1
	for i := max(0, head-nearHead); i < len(m.Table.Rows) && i <= head+nearHead; i++ {
		count := len(m.dayHeads(i))
		if i == head && count > 0 {
			return
		}
		if count > most && !m.aboutSomebody(i) {
			best, most = i, count
		}
	}
	if best < 0 {
		return
	}
	for _, index := range m.dayHeads(best) {
		*m.at(index) = Column{Index: index, Head: m.Table.Rows[best].cell(index)}
	}
	m.first = max(head, best) + 1
}

// dayHeads returns the columns that a row heads with days, but for those that say
// who a row is about.
func (m *Mapping) dayHeads(row int) (columns []int) {
	for i, text := range m.Table.Rows[row].Cells {
		who := slices.ContainsFunc(m.Columns, func(c Column) bool { return c.Index == i && (c.Field == User || c.Field == Name) })
		if text != "" && !who && isDayHead(headText(text), m.Table) {
			columns = append(columns, i)
		}
	}
	return columns
}

func (m *Mapping) aboutSomebody(row int) bool {
	for i := range m.Columns {
		c := &m.Columns[i]
		if (c.Field == User || c.Field == Name) && m.Table.Rows[row].cell(c.Index) != "" {
			return true
		}
	}
	return false
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
		return nearDay(month, found[1], found[2])
	}
	return parseDay(text, t.date1904)
}

// halfYear is how many days from the month of a plan a day without a year is at
// most: a plan from 12-26 to 1-25 is of two years.
const halfYear = 183

// nearDay returns the day with a month and a number that is the nearest to the
// month of a plan.
func nearDay(first attendance.Day, month, number string) (best attendance.Day, err error) {
	year, _, _ := first.Date()
	for y := year - 1; y <= year+1; y++ {
		d, bad := parseDay(fmt.Sprintf("%d-%s-%s", y, month, number), false)
		if bad == nil && d >= first-halfYear && d <= first+halfYear {
			return d, nil
		}
		if y == year {
			err = because("%q is not a date like 2026-10-08 or 2026年10月8日", fmt.Sprintf("%d-%s-%s", y, month, number))
		}
	}
	return 0, err
}
