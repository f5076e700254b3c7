package app

import (
	"context"
	"fmt"

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
		if s.calendar, err = calendarWith(years); err != nil {
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
