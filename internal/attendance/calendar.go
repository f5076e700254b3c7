package attendance

import (
	"maps"
	"slices"
	"time"
)

// Holiday is what the public calendar says about a day that is not ordinary.
type Holiday struct {
	Day       Day
	Off       bool // free; false marks a make-up workday
	Statutory bool // one of the days that the law itself names
	Name      string
}

// Mark is what the calendar says about a day in one word.
type Mark uint8

// The marks of days.
const (
	Ordinary     Mark = iota
	OffDay            // inside a break
	OffStatutory      // inside a break, and named by the law itself
	MakeupDay         // a weekend day worked for a break
)

// Calendar is the public holidays and make-up workdays of a corporation. It
// does not change once made.
type Calendar struct {
	days  []Holiday
	first Day
	marks []Mark // from first on, so that the engine need not search
	known []dayRange
}

type dayRange struct{ first, last Day }

// NewCalendar returns the calendar of the given days, which must be Valid. Of
// two entries for the same day the later one counts. The given years are known,
// with or without an entry, and no others; without any, those with an entry.
func NewCalendar(days []Holiday, known ...int) *Calendar {
	c, years := &Calendar{}, map[int]bool{}
	byDay := map[Day]Holiday{}
	for _, h := range days {
		byDay[h.Day] = h
	}
	for _, h := range byDay {
		if y, _, _ := h.Day.Date(); len(known) == 0 {
			years[y] = true
		}
		c.days = append(c.days, h)
	}
	for _, y := range known {
		years[y] = true
	}
	slices.SortFunc(c.days, func(a, b Holiday) int { return int(a.Day - b.Day) })
	for _, y := range slices.Sorted(maps.Keys(years)) {
		year := dayRange{DayOf(y, time.January, 1), DayOf(y, time.December, 31)}
		if n := len(c.known); n > 0 && c.known[n-1].last+1 == year.first {
			c.known[n-1].last = year.last
		} else {
			c.known = append(c.known, year)
		}
	}
	if n := len(c.days); n > 0 {
		c.first = c.days[0].Day
		c.marks = make([]Mark, c.days[n-1].Day-c.first+1)
		for _, h := range c.days {
			c.marks[h.Day-c.first] = h.mark()
		}
	}
	return c
}

func (h Holiday) mark() Mark {
	switch {
	case !h.Off:
		return MakeupDay
	case h.Statutory:
		return OffStatutory
	}
	return OffDay
}

// Mark returns what the calendar says about d.
func (c *Calendar) Mark(d Day) Mark {
	if c == nil || d < c.first || int(d-c.first) >= len(c.marks) {
		return Ordinary
	}
	return c.marks[d-c.first]
}

// Days returns the entries in order. The caller must not change them.
func (c *Calendar) Days() []Holiday {
	if c == nil {
		return nil
	}
	return c.days
}

// Years returns the years that there is data for, in order.
func (c *Calendar) Years() (years []int) {
	if c == nil {
		return nil
	}
	for _, r := range c.known {
		first, _, _ := r.first.Date()
		last, _, _ := r.last.Date()
		for y := first; y <= last; y++ {
			years = append(years, y)
		}
	}
	return years
}

// On returns what the calendar says about d; ok is false for an ordinary day.
func (c *Calendar) On(d Day) (h Holiday, ok bool) {
	if c == nil {
		return Holiday{}, false
	}
	i, ok := slices.BinarySearchFunc(c.days, d, func(h Holiday, d Day) int { return int(h.Day - d) })
	if !ok {
		return Holiday{}, false
	}
	return c.days[i], true
}

// Knows reports whether there is data for d's year. A year without any must be
// named in a report, never taken for a year without holidays.
func (c *Calendar) Knows(d Day) bool {
	if c == nil {
		return false
	}
	for _, r := range c.known {
		if d >= r.first && d <= r.last {
			return true
		}
	}
	return false
}
