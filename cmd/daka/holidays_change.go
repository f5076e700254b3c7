package main

import (
	"context"
	"encoding/json"
	"iter"
	"maps"
	"slices"
	"strconv"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/spf13/cobra"
)

// calendarYears are the years of a public calendar as they are put, by their numbers.
type calendarYears map[string]admin.HolidayYear

// readYears reads years from a JSON document that the app has found good.
func readYears(doc []byte) (calendarYears, error) {
	var years calendarYears
	if err := json.Unmarshal(doc, &years); err != nil {
		return nil, failf("read the calendar: %w", plainError(err))
	}
	y := calendarYears{}
	for name, year := range years { // what is printed has a list where there is nothing, too
		if n, err := strconv.Atoi(name); err == nil {
			name = strconv.Itoa(n)
		}
		year.Breaks, year.Statutory = append([]admin.HolidayBreak{}, year.Breaks...), append([]admin.Day{}, year.Statutory...)
		for i := range year.Breaks {
			year.Breaks[i].Makeups = append([]admin.Day{}, year.Breaks[i].Makeups...)
		}
		y[name] = year
	}
	return y, nil
}

// with returns all years with others in the place of the same ones.
func (y calendarYears) with(others calendarYears) calendarYears {
	all := maps.Clone(y)
	maps.Copy(all, others)
	return all
}

// of returns some of the years.
func (y calendarYears) of(numbers []int) calendarYears {
	some := calendarYears{}
	for _, n := range numbers {
		some[strconv.Itoa(n)] = y[strconv.Itoa(n)]
	}
	return some
}

func (y calendarYears) calendar() (*attendance.Calendar, error) {
	doc, err := json.Marshal(y)
	if err != nil {
		return nil, err
	}
	return app.CalendarOf(doc)
}

// calendarMark is what a calendar says of a day, or of a year as a whole.
type calendarMark struct {
	Is   string `json:"is"` // free, statutory, workday; of a year, known
	Name string `json:"name"`
}

// calendarChange is a day or a year of which a calendar will say something else:
// null is an ordinary day, or a year that is not known.
type calendarChange struct {
	Day string        `json:"day"`
	Old *calendarMark `json:"old"`
	New *calendarMark `json:"new"`
	day attendance.Day
}

// calendarChanges lists the years and then the days that change.
func calendarChanges(before, after calendarYears) (list []calendarChange, err error) {
	old, err := before.calendar()
	if err != nil {
		return nil, err
	}
	now, err := after.calendar()
	if err != nil {
		return nil, err
	}
	known := func(years calendarYears, year string) *calendarMark {
		if _, ok := years[year]; !ok {
			return nil
		}
		return &calendarMark{Is: "known"}
	}
	for _, year := range slices.Sorted(maps.Keys(before.with(after))) {
		if a, b := known(before, year), known(after, year); (a == nil) != (b == nil) {
			list = append(list, calendarChange{Day: year, Old: a, New: b})
		}
	}
	days := map[attendance.Day]bool{}
	for _, h := range slices.Concat(old.Days(), now.Days()) {
		days[h.Day] = true
	}
	for _, d := range slices.Sorted(maps.Keys(days)) {
		a, b := markOf(old, d), markOf(now, d)
		if a == nil || b == nil || *a != *b {
			list = append(list, calendarChange{d.String(), a, b, d})
		}
	}
	return list, nil
}

func markOf(c *attendance.Calendar, d attendance.Day) *calendarMark {
	h, ok := c.On(d)
	if !ok {
		return nil
	}
	return &calendarMark{holidayWord(h), h.Name}
}

// holidayWord says in a word what a day of the calendar is.
func holidayWord(h attendance.Holiday) string {
	switch {
	case !h.Off:
		return "workday"
	case h.Statutory:
		return "statutory"
	}
	return "free"
}

// text says a change on a line.
func (c calendarChange) text(cmd *cobra.Command) string {
	word := func(m *calendarMark) string {
		switch {
		case m == nil && c.day == 0:
			return say(cmd, "not known")
		case m == nil:
			return say(cmd, "ordinary")
		case m.Name == "":
			return translate(langOf(cmd), m.Is)
		}
		return translate(langOf(cmd), m.Is) + " " + m.Name
	}
	return c.Day + ": " + word(c.Old) + " -> " + word(c.New)
}

// calendarOptions are those of the commands that change the calendar.
type calendarOptions struct {
	sourceOptions
	write  writeOptions
	output format
}

func (o *calendarOptions) bind(cmd *cobra.Command) {
	o.output = asTable
	o.sourceOptions.bind(cmd)
	o.write.bind(cmd)
	bind(cmd, "output", &o.output)
}

// calendarEdit is a change of the calendar: its plan, what is said once it is
// made, what it makes of the years that are known, and how it is made.
type calendarEdit struct {
	plan, done string
	after      func(before calendarYears) (calendarYears, error)
	make       func(ctx context.Context, before, after calendarYears) error
}

// change makes a change that is agreed to, with all days that come to be others.
func (o *calendarOptions) change(cmd *cobra.Command, edit func(d desk) calendarEdit) error {
	return o.administer(cmd, o.write.access(), errOwnCalendar, func(ctx context.Context, d desk) error {
		before, err := d.holidays(ctx)
		if err != nil {
			return err
		}
		e := edit(d)
		after, err := e.after(before)
		if err != nil {
			return err
		}
		list, err := calendarChanges(before, after)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return writeDone(cmd, o.output, say(cmd, "the calendar is like that already"))
		}
		if err := noteClosedMonths(ctx, cmd, d, changedDays(list)); err != nil {
			return err
		}
		if err := confirmChanges(cmd, &o.write, e.plan, list, func(c calendarChange) string { return c.text(cmd) }); err != nil {
			return err
		}
		if o.write.yes {
			if err := o.echo(cmd, e.plan); err != nil {
				return err
			}
		}
		if err := e.make(ctx, before, after); err != nil {
			return err
		}
		return writeDone(cmd, o.output, e.done)
	})
}

// changedDays are the days of changes; of a year that comes to be known or is not
// any more, no day changes by that alone.
func changedDays(list []calendarChange) iter.Seq[attendance.Day] {
	return func(yield func(attendance.Day) bool) {
		for _, c := range list {
			if c.day != 0 && !yield(c.day) {
				return
			}
		}
	}
}
