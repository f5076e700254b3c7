package app

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/engine"
	"github.com/dakahq/daka/internal/store"
)

// App answers the use cases on one database. Its methods may be called from
// any number of goroutines.
type App struct {
	db       *store.DB
	now      func() time.Time
	calendar *attendance.Calendar

	mu       sync.Mutex
	prepared map[ruleKey]*engine.Prepared
	made     map[string]*settings
	zones    map[string]*attendance.Zone
}

// New returns an App on an open database. now is its only source of time; nil
// means the machine's clock.
func New(db *store.DB, now func() time.Time) *App {
	if now == nil {
		now = time.Now
	}
	return &App{
		db: db, now: now, calendar: attendance.NewCalendar(chinaHolidays()),
		prepared: map[ruleKey]*engine.Prepared{}, made: map[string]*settings{}, zones: map[string]*attendance.Zone{},
	}
}

// Now returns the present moment in Unix seconds, as the App sees it.
func (a *App) Now() int64 { return a.now().Unix() }

// Errors that callers tell apart, beside those of package attendance.
var (
	ErrNoCorp       = errors.New("the database holds no corporation")
	ErrManyCorps    = errors.New("the database holds several corporations: name one")
	ErrUnknownCorp  = errors.New("no such corporation")
	ErrCorpExists   = errors.New("a corporation with this id exists")
	ErrWrongSecret  = errors.New("the secret belongs to no enabled app of this corporation")
	ErrInvalidToken = errors.New("the access token is not valid")
	ErrExpiredToken = errors.New("the access token has expired")
	ErrBadInput     = errors.New("invalid value")
)

// badInput is an error that names a field and what is wrong with it.
func badInput(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrBadInput, fmt.Sprintf(format, args...))
}

// Corp is a corporation as the use cases want it.
type Corp struct {
	ID   attendance.CorpID
	Name string
	Zone *attendance.Zone
}

// Corp returns a corporation; "" means the only one there is. It returns
// ErrNoCorp, ErrManyCorps or ErrUnknownCorp.
func (a *App) Corp(ctx context.Context, id attendance.CorpID) (*Corp, error) {
	var found store.Corp
	err := a.db.Read(ctx, func(tx *store.Tx) (err error) {
		if id != "" {
			found, err = tx.Corp(id)
			if errors.Is(err, store.ErrNotFound) {
				err = fmt.Errorf("corporation %q: %w", id, ErrUnknownCorp)
			}
			return err
		}
		all, err := tx.Corps()
		switch {
		case err != nil:
			return err
		case len(all) == 0:
			return ErrNoCorp
		case len(all) > 1:
			return ErrManyCorps
		}
		found = all[0]
		return nil
	})
	if err != nil {
		return nil, err
	}
	return a.corp(found)
}

// Corps returns all corporations.
func (a *App) Corps(ctx context.Context) (all []*Corp, err error) {
	var rows []store.Corp
	if err = a.db.Read(ctx, func(tx *store.Tx) (err error) { rows, err = tx.Corps(); return err }); err != nil {
		return nil, err
	}
	for _, row := range rows {
		c, err := a.corp(row)
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, nil
}

func (a *App) corp(row store.Corp) (*Corp, error) {
	zone, err := a.zone(row.Zone)
	if err != nil {
		return nil, fmt.Errorf("corporation %q: %w", row.ID, err)
	}
	return &Corp{ID: row.ID, Name: row.Name, Zone: zone}, nil
}

// zone loads a zone once.
func (a *App) zone(name string) (*attendance.Zone, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if z, ok := a.zones[name]; ok {
		return z, nil
	}
	z, err := attendance.LoadZone(name)
	if err == nil {
		a.zones[name] = z
	}
	return z, err
}
