package app

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/wire"
)

// settings are the options and the calendar of a corporation at a moment.
type settings struct {
	key      string // the same for the same settings
	opts     attendance.Options
	calendar *attendance.Calendar
}

// settings reads what a corporation's reports are made by, as known at asOf.
func (a *App) settings(tx *store.Tx, corp *Corp, asOf int64) (*settings, error) {
	doc, seq, err := tx.Options(corp.ID, asOf)
	if err != nil {
		return nil, err
	}
	years, err := tx.Holidays(corp.ID, asOf)
	if err != nil {
		return nil, err
	}
	key := fmt.Sprintf("%s\x00%d", corp.ID, seq)
	for _, y := range years {
		key += fmt.Sprintf("\x00%d %s", y.Year, hashOf(string(y.Doc)))
	}
	a.mu.Lock()
	s := a.made[key]
	a.mu.Unlock()
	if s != nil {
		return s, nil
	}
	s = &settings{key: key, calendar: a.calendar}
	if s.opts, err = wire.ParseOptions(doc); err != nil {
		return nil, fmt.Errorf("corporation %q: %w", corp.ID, err)
	}
	if len(years) > 0 {
		if s.calendar, err = calendarWith(a.calendar, years); err != nil {
			return nil, fmt.Errorf("corporation %q: %w", corp.ID, err)
		}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.made) >= maxPrepared {
		clear(a.made)
	}
	a.made[key] = s
	return s, nil
}

// calendarWith puts a corporation's own years in the place of those of base.
func calendarWith(base *attendance.Calendar, years []store.HolidayYear) (*attendance.Calendar, error) {
	own := map[int]bool{}
	for _, y := range years {
		own[y.Year] = true
	}
	days := slices.DeleteFunc(slices.Clone(base.Days()), func(h attendance.Holiday) bool {
		year, _, _ := h.Day.Date()
		return own[year]
	})
	for _, y := range years {
		more, err := holidayDays(y.Doc)
		if err != nil {
			return nil, fmt.Errorf("holidays of %d: %w", y.Year, err)
		}
		days = append(days, more...)
	}
	return attendance.NewCalendar(days), nil
}

// SetOptions puts engine options in force: a JSON object with the names and
// values of attendance.Options. It returns ErrBadInput for one that does not exist.
func (a *App) SetOptions(ctx context.Context, corp *Corp, doc []byte) error {
	if _, err := wire.ParseOptions(doc); err != nil {
		return badInput("%v", err)
	}
	return a.db.Write(ctx, func(tx *store.Tx) error {
		if err := tx.AddOptions(corp.ID, a.Now(), doc); err != nil {
			return err
		}
		return a.note(ctx, tx, corp.ID, act{action: "options.set", detail: string(doc)})
	})
}

// Options returns the engine options in force.
func (a *App) Options(ctx context.Context, corp *Corp) (opts attendance.Options, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		s, err := a.settings(tx, corp, a.Now())
		if err == nil {
			opts = s.opts
		}
		return err
	})
	return opts, err
}

// SetHolidays puts public calendars in force, all or none: a JSON object of
// years, each as in china.json. A year takes the place of what was known of it.
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
		if _, err := holidayDays(year); err != nil {
			return nil, badInput("holidays of %d: %v", n, err)
		}
		years = append(years, store.HolidayYear{Year: n, Doc: year})
	}
	slices.SortFunc(years, func(a, b store.HolidayYear) int { return a.Year - b.Year })
	return years, nil
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

// holidayDays reads one year of holiday data.
func holidayDays(doc []byte) (days []attendance.Holiday, err error) {
	var year holidayYear
	dec := json.NewDecoder(bytes.NewReader(doc))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&year); err != nil {
		return nil, err
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
	return days, nil
}
