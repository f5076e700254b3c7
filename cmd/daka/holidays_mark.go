package main

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/internal/attendance"
)

// changed returns the years that are others than before.
func (y calendarYears) changed(before calendarYears) calendarYears {
	out := calendarYears{}
	for name, year := range y {
		now, err1 := json.Marshal(year)
		old, err2 := json.Marshal(before[name])
		if err1 != nil || err2 != nil || string(now) != string(old) {
			out[name] = year
		}
	}
	return out
}

// mark returns the years with a day that is something else.
func (y calendarYears) mark(day attendance.Day, is, name string) (calendarYears, error) {
	number, _, _ := day.Date()
	year := strconv.Itoa(number)
	if _, ok := y[year]; !ok {
		return nil, failf("the public calendar of %s is not known: put the whole year in with \"daka holidays set\"", year)
	}
	calendar, err := y.calendar()
	if err != nil {
		return nil, err
	}
	if name == "" {
		h, _ := calendar.On(day)
		if name = h.Name; name == "" && is != "ordinary" {
			return nil, failf("%s belongs to no holiday yet: say its name, too", day)
		}
	}
	text := admin.Day(day.String())
	after := calendarYears{}
	for n, one := range y { // a break may lie in the document of the year after
		after[n] = admin.HolidayYear{Breaks: without(one.Breaks, day), Statutory: otherThan(one.Statutory, text)}
	}
	here := after[year]
	switch is {
	case "statutory":
		here.Statutory = append(here.Statutory, text)
		fallthrough
	case "free":
		here.Breaks = joinBreaks(append(here.Breaks, admin.HolidayBreak{Name: name, First: text, Last: text, Makeups: []admin.Day{}}))
	case "workday":
		i := slices.IndexFunc(here.Breaks, func(b admin.HolidayBreak) bool { return b.Name == name })
		if i < 0 {
			here.Breaks = append(here.Breaks, admin.HolidayBreak{Name: name, Makeups: []admin.Day{text}})
		} else {
			here.Breaks[i].Makeups = append(here.Breaks[i].Makeups, text)
		}
	}
	slices.Sort(here.Statutory)
	after[year] = here
	return after, nil
}

func otherThan(days []admin.Day, day admin.Day) []admin.Day {
	return slices.DeleteFunc(slices.Clone(days), func(d admin.Day) bool { return d == day })
}

// without returns breaks that a day is no part of: one that it lies inside of
// comes apart.
func without(breaks []admin.HolidayBreak, day attendance.Day) []admin.HolidayBreak {
	out := []admin.HolidayBreak{}
	text := admin.Day(day.String())
	for _, b := range breaks {
		b.Makeups = otherThan(b.Makeups, text)
		if b.First == "" || text < b.First || text > b.Last {
			if b.First != "" || len(b.Makeups) > 0 {
				out = append(out, b)
			}
			continue
		}
		before, after := b, b
		before.Last, after.First = admin.Day((day - 1).String()), admin.Day((day + 1).String())
		switch {
		case b.First < text && text < b.Last:
			after.Makeups = []admin.Day{}
			out = append(out, before, after)
		case b.First < text:
			out = append(out, before)
		case text < b.Last:
			out = append(out, after)
		case len(b.Makeups) > 0:
			b.First, b.Last = "", ""
			out = append(out, b)
		}
	}
	return out
}

// joinBreaks returns breaks in the order of their days; those of one name of
// which one begins the day after the other become one.
func joinBreaks(breaks []admin.HolidayBreak) (out []admin.HolidayBreak) {
	slices.SortStableFunc(breaks, func(a, b admin.HolidayBreak) int {
		return cmp.Compare(beginOf(a), beginOf(b))
	})
	for _, b := range breaks {
		if n := len(out); n > 0 && out[n-1].Name == b.Name && follows(out[n-1].Last, b.First) {
			last := &out[n-1]
			last.Last, last.Makeups = b.Last, append(last.Makeups, b.Makeups...)
			continue
		}
		out = append(out, b)
	}
	return out
}

// beginOf is the first day of a break, or of the days that are worked for one.
func beginOf(b admin.HolidayBreak) admin.Day {
	if b.First == "" {
		return slices.Min(b.Makeups) // there are some, or it would be none
	}
	return b.First
}

// follows reports whether one day is the day after another.
func follows(last, first admin.Day) bool {
	a, err := attendance.ParseDay(string(last))
	return err == nil && (a+1).String() == string(first)
}
