package app

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// holidayYears reads a JSON object of years, in their order.
func holidayYears(doc []byte) (years []store.HolidayYear, err error) {
	var byYear map[string]json.RawMessage
	if err := json.Unmarshal(doc, &byYear); err != nil {
		return nil, badInput("holidays: not a JSON object of years")
	}
	for name, year := range byYear {
		n, err := strconv.Atoi(name)
		if err != nil || n < 1970 || n > 2199 {
			return nil, badInput("holidays: %q is not a year from 1970 to 2199", name)
		}
		if string(year) == "null" {
			return nil, badInput("holidays of %d: null: a year without holidays is {}", n)
		}
		days, err := holidayDays(year)
		if err != nil {
			return nil, badInput("holidays of %d: %v", n, err)
		}
		first, last := attendance.DayOf(n-1, time.December, 1), attendance.DayOf(n+1, time.January, 31)
		for _, h := range days {
			if h.Day < first || h.Day > last {
				return nil, badInput("holidays of %d: %s is more than a month away from the year", n, h.Day)
			}
		}
		years = append(years, store.HolidayYear{Year: n, Doc: year})
	}
	slices.SortFunc(years, func(a, b store.HolidayYear) int { return cmp.Compare(a.Year, b.Year) })
	return years, nil
}

// HolidayYears returns the years of a document that SetHolidays takes; it
// returns ErrBadInput for one that it does not.
func HolidayYears(doc []byte) (years []int, err error) {
	docs, err := holidayYears(doc)
	for _, y := range docs {
		years = append(years, y.Year)
	}
	return years, err
}

// SetHolidays puts public calendars in force, all or none: a JSON object of
// years, each as in china.json. A year takes the place of what was known of it;
// one without breaks is a year without holidays, not one without a calendar.
// It returns ErrBadInput.
func (a *App) SetHolidays(ctx context.Context, corp *Corp, doc []byte) (years []int, err error) {
	docs, err := holidayYears(doc)
	if err != nil {
		return nil, err
	}
	for _, y := range docs {
		years = append(years, y.Year)
	}
	return years, a.db.Write(ctx, func(tx *store.Tx) error {
		for _, y := range docs {
			y.KnownAt = a.Now()
			if err := tx.AddHolidays(corp.ID, y); err != nil {
				return err
			}
		}
		return a.note(ctx, tx, corp.ID, act{action: "holidays.set", detail: string(doc)})
	})
}

// ResetHolidays puts a year of the public calendar back to what corporations start
// with: known where that is, else not known. It returns ErrBadInput.
func (a *App) ResetHolidays(ctx context.Context, corp *Corp, year int) error {
	if year < 1970 || year > 2199 {
		return badInput("holidays: %q is not a year from 1970 to 2199", strconv.Itoa(year))
	}
	return a.db.Write(ctx, func(tx *store.Tx) error {
		if err := tx.AddHolidays(corp.ID, store.HolidayYear{Year: year, KnownAt: a.Now(), Doc: []byte(asBuiltIn)}); err != nil {
			return err
		}
		return a.note(ctx, tx, corp.ID, act{action: "holidays.reset", detail: year})
	})
}

// Holidays returns the years of the public calendar in force, as the JSON object
// that SetHolidays takes.
func (a *App) Holidays(ctx context.Context, corp *Corp) (doc []byte, err error) {
	var own []store.HolidayYear
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		own, err = tx.Holidays(corp.ID, a.Now())
		return err
	})
	if err != nil {
		return nil, err
	}
	years, err := builtInYears()
	if err != nil {
		return nil, err
	}
	for _, y := range own {
		if string(y.Doc) == asBuiltIn {
			continue
		}
		var year holidayYear
		if err := json.Unmarshal(y.Doc, &year); err != nil {
			return nil, fmt.Errorf("holidays of %d: %w", y.Year, err)
		}
		years[y.Year] = year
	}
	return json.Marshal(years)
}

// BuiltInHolidays returns the years that corporations start with, as Holidays
// returns those in force.
func BuiltInHolidays() ([]byte, error) {
	years, err := builtInYears()
	if err != nil {
		return nil, err
	}
	return json.Marshal(years)
}

func builtInYears() (years map[int]holidayYear, err error) {
	return years, json.Unmarshal(chinaJSON, &years)
}

// CalendarOf makes a calendar of all the years that there are: a document as
// Holidays returns it. It returns ErrBadInput.
func CalendarOf(doc []byte) (*attendance.Calendar, error) {
	years, err := holidayYears(doc)
	if err != nil {
		return nil, err
	}
	all, err := (holidays{}).with(years)
	if err != nil {
		return nil, err
	}
	return all.calendar(), nil
}

// Calendar returns the public calendar in force.
func (a *App) Calendar(ctx context.Context, corp *Corp) (c *attendance.Calendar, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		s, err := a.settings(tx, corp, a.Now())
		if err == nil {
			c = s.calendar
		}
		return err
	})
	return c, err
}
