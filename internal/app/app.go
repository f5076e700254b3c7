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

	key          Key
	wrongSecrets int64 // an address may send within an hour; 0 = any number

	decoding sync.Mutex // faces are decoded one at a time

	mu       sync.Mutex
	prepared map[ruleKey]*engine.Prepared
	made     map[string]*settings
	zones    map[string]*attendance.Zone
}

// New returns an App on an open database. now is its only source of time; nil
// means the machine's clock.
func New(db *store.DB, now func() time.Time, options ...Option) *App {
	if now == nil {
		now = time.Now
	}
	a := &App{
		db: db, now: now, calendar: chinaHolidays().calendar(), wrongSecrets: DefaultWrongSecrets,
		prepared: map[ruleKey]*engine.Prepared{}, made: map[string]*settings{}, zones: map[string]*attendance.Zone{},
	}
	for _, option := range options {
		option(a)
	}
	return a
}

// Now returns the present moment in Unix seconds, as the App sees it.
func (a *App) Now() int64 { return a.now().Unix() }

// Instant is Now with its fraction of a second, for what measures spans.
func (a *App) Instant() time.Time { return a.now() }

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
	ErrUntrusted    = errors.New("the app does not trust the address of the call")
	ErrBanned       = errors.New("the address has sent too many wrong secrets")
	ErrNoKey        = errors.New("suites need a key: give DAKA_KEY or a key file")

	ErrSuiteExists       = errors.New("a suite with this id exists")
	ErrSuite             = errors.New("no such suite")
	ErrSuiteSecret       = errors.New("the secret is not the suite's")
	ErrSuiteTicket       = errors.New("the suite_ticket is not one of the last half hour's")
	ErrSuiteToken        = errors.New("the suite_access_token is not valid")
	ErrExpiredSuiteToken = errors.New("the suite_access_token has expired")
	ErrPreAuthCode       = errors.New("the pre_auth_code is not valid")
	ErrExpiredPreAuth    = errors.New("the pre_auth_code has expired")
	ErrAuthCode          = errors.New("the auth_code is not valid, was used or has expired")
	ErrPermanentCode     = errors.New("the permanent_code is not valid")
	ErrOtherSuite        = errors.New("the permanent_code was made for another suite")
	ErrCancelled         = errors.New("the corporation has cancelled the authorisation")
	ErrUseGetToken       = errors.New("the permanent_code of a provider-developed app is its secret: it goes to gettoken")
)

// badInput is an error that names a field and what is wrong with it.
func badInput(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrBadInput, fmt.Sprintf(format, args...))
}

// Corp is a corporation as the use cases want it. That of a Caller is as far as
// the calling app sees it.
type Corp struct {
	ID   attendance.CorpID
	Name string
	Zone *attendance.Zone

	scope *scope // nil = all of it
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
