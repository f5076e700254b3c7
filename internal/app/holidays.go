package app

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// china.json holds the breaks and make-up workdays of mainland China as the
// State Council announced them, year by year; statutory lists the days that
// the holiday regulation itself names.
//
//go:embed china.json
var chinaJSON []byte

// holidayYear is one year of the holiday data.
type holidayYear struct {
	Breaks    []holidayBreak `json:"breaks"`
	Statutory []string       `json:"statutory"`
}

// holidayBreak is free days in a row and the days that are worked for them. One
// without first and last has the latter alone.
type holidayBreak struct {
	Name    string   `json:"name"`
	First   string   `json:"first,omitzero"`
	Last    string   `json:"last,omitzero"`
	Makeups []string `json:"makeups"`
}

// longestBreak bounds a break, in days, against a mistyped year.
const longestBreak = 31

func (b *holidayBreak) days(statutory map[attendance.Day]bool) (days []attendance.Holiday, err error) {
	if b.First != "" || b.Last != "" || len(b.Makeups) == 0 {
		if days, err = b.free(statutory); err != nil {
			return nil, err
		}
	}
	for i, m := range b.Makeups {
		d, err := attendance.ParseDay(m)
		if err != nil {
			return nil, fmt.Errorf("makeups[%d]: %w", i, err)
		}
		days = append(days, attendance.Holiday{Day: d, Name: b.Name})
	}
	return days, nil
}

func (b *holidayBreak) free(statutory map[attendance.Day]bool) (days []attendance.Holiday, err error) {
	first, err := attendance.ParseDay(b.First)
	if err != nil {
		return nil, fmt.Errorf("first: %w", err)
	}
	last, err := attendance.ParseDay(b.Last)
	if err != nil {
		return nil, fmt.Errorf("last: %w", err)
	}
	if last < first || last > first+longestBreak {
		return nil, fmt.Errorf("last: %s is not within %d days of %s", last, longestBreak, first)
	}
	for d := first; d <= last; d++ {
		days = append(days, attendance.Holiday{Day: d, Off: true, Statutory: statutory[d], Name: b.Name})
	}
	return days, nil
}

// asBuiltIn is the document of a year that is again as corporations start with it.
const asBuiltIn = "null"

// plainJSON says without the names of Go's types where a value cannot stand.
func plainJSON(err error) error {
	wrong, ok := errors.AsType[*json.UnmarshalTypeError](err)
	if !ok {
		return err
	}
	text := fmt.Sprintf("a JSON %s has no meaning here", wrong.Value)
	if wrong.Field == "" {
		return errors.New(text)
	}
	return fmt.Errorf("%s: %s", wrong.Field, text)
}

// holidayDays reads one year of holiday data. Every statutory day must lie in a
// break: alone it would make no day free.
func holidayDays(doc []byte) (days []attendance.Holiday, err error) {
	var year holidayYear
	dec := json.NewDecoder(bytes.NewReader(doc))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&year); err != nil {
		return nil, plainJSON(err)
	}
	statutory := map[attendance.Day]bool{}
	for i, s := range year.Statutory {
		d, err := attendance.ParseDay(s)
		if err != nil {
			return nil, fmt.Errorf("statutory[%d]: %w", i, err)
		}
		statutory[d] = true
	}
	for i, b := range year.Breaks {
		more, err := b.days(statutory)
		if err != nil {
			return nil, fmt.Errorf("breaks[%d].%w", i, err)
		}
		days = append(days, more...)
	}
	for _, h := range days {
		delete(statutory, h.Day)
	}
	for _, d := range slices.Sorted(maps.Keys(statutory)) {
		return nil, fmt.Errorf("statutory: %s is in no break", d)
	}
	return days, nil
}

// holidays are days by the year whose document names them: a break that begins
// in the December before is its year's.
type holidays map[int][]attendance.Holiday

// chinaHolidays returns what corporations start with.
var chinaHolidays = sync.OnceValue(func() holidays {
	years, err := holidayYears(chinaJSON)
	if err == nil {
		var all holidays
		if all, err = (holidays{}).with(years); err == nil {
			return all
		}
	}
	panic("app: embedded china.json: " + err.Error())
})

// PublicCalendar returns the public calendar that corporations start with: that
// of mainland China.
func PublicCalendar() *attendance.Calendar { return chinaHolidays().calendar() }

// with returns h with documents in the place of those of the same years.
func (h holidays) with(years []store.HolidayYear) (holidays, error) {
	all := maps.Clone(h)
	for _, y := range years {
		if string(y.Doc) == asBuiltIn {
			continue
		}
		days, err := holidayDays(y.Doc)
		if err != nil {
			return nil, fmt.Errorf("holidays of %d: %w", y.Year, err)
		}
		all[y.Year] = days
	}
	return all, nil
}

// calendar makes one calendar of all years. One whose document names no day is
// known all the same: it has no holidays.
func (h holidays) calendar() *attendance.Calendar {
	years := slices.Sorted(maps.Keys(h))
	var days []attendance.Holiday
	for _, y := range years {
		days = append(days, h[y]...)
	}
	return attendance.NewCalendar(days, years...)
}

// calendarWith is the calendar that corporations start with, with years of
// one's own.
func calendarWith(years []store.HolidayYear) (*attendance.Calendar, error) {
	all, err := chinaHolidays().with(years)
	if err != nil {
		return nil, err
	}
	return all.calendar(), nil
}
