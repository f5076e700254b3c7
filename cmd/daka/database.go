package main

import (
	"context"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"strings"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/spf13/cobra"
)

// defaultDB is the database of a command that is told none.
const defaultDB = "sqlite:daka.db"

// databaseOptions say which corporation of which database a command is about.
type databaseOptions struct {
	db     string
	corp   string
	naming naming
}

func (o *databaseOptions) bind(cmd *cobra.Command) {
	o.db = defaultDB
	bind(cmd, "db", &o.db)
	bind(cmd, "corp", &o.corp)
}

// access is what a command wants of a database.
type access int

const (
	toRead    access = iota // nothing is written, not even a missing file
	toWrite                 // the schema must be there
	toMigrate               // the schema is brought up to date first, a missing file made
)

// openDatabase opens a database whose schema is this binary's.
func openDatabase(ctx context.Context, dsn string, want access) (*store.DB, error) {
	if want != toMigrate {
		if err := needFile(dsn); err != nil {
			return nil, err
		}
	}
	db, err := store.Open(ctx, dsn, store.Options{ReadOnly: want == toRead})
	if errors.Is(err, store.ErrUnfolded) {
		return nil, databaseError{failf("%w: copy databases with \"daka backup\"", err)}
	}
	if err != nil {
		return nil, databaseError{err}
	}
	if err := checkSchema(ctx, db, dsn, want); err != nil {
		return nil, databaseError{errors.Join(err, db.Close())}
	}
	return db, nil
}

// unmadeError is a database whose file or schema is not there yet.
type unmadeError struct{ error }

func (e unmadeError) Unwrap() error { return e.error }

// needFile refuses the name of an SQLite file that is not there: opening one to
// write would leave an empty file behind under a name that was a slip.
func needFile(dsn string) error {
	path, ok := strings.CutPrefix(dsn, "sqlite:")
	if !ok || path == ":memory:" {
		return nil
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return databaseError{unmadeError{failf("database %s: there is no such file: make it with \"daka init\", or name another with --db", dsn)}}
	}
	return nil
}

func checkSchema(ctx context.Context, db *store.DB, dsn string, want access) error {
	if want == toMigrate {
		if err := db.Migrate(ctx); err != nil {
			return failf("database %s: %w", shown(dsn), err)
		}
		return nil
	}
	pending, err := db.Pending(ctx)
	if err != nil {
		return failf("database %s: %w", shown(dsn), err)
	}
	if len(pending) > 0 {
		return unmadeError{failf("database %s lacks %d migrations: run \"daka migrate\", or \"daka init\" for a new one", shown(dsn), len(pending))}
	}
	return nil
}

// withApp opens a database, calls do with its use cases, and closes it.
func withApp(ctx context.Context, dsn string, want access, do func(*app.App) error, options ...app.Option) (err error) {
	db, err := openDatabase(ctx, dsn, want)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return do(app.New(db, nil, options...))
}

// withCorp is withApp for one corporation.
func (o *databaseOptions) withCorp(ctx context.Context, want access, do func(*app.App, *app.Corp) error) error {
	return withApp(ctx, o.db, want, func(a *app.App) error {
		corp, err := o.find(ctx, a)
		if err != nil {
			return err
		}
		if err := o.naming.local(ctx, a, corp); err != nil {
			return err
		}
		return do(a, corp)
	})
}

// find returns the corporation that is meant.
func (o *databaseOptions) find(ctx context.Context, a *app.App) (*app.Corp, error) {
	corp, err := a.Corp(ctx, attendance.CorpID(o.corp))
	switch {
	case errors.Is(err, app.ErrNoCorp):
		return nil, failf("database %s: %w: make one with \"daka init\"", shown(o.db), err)
	case errors.Is(err, app.ErrManyCorps), errors.Is(err, app.ErrUnknownCorp):
		all, listErr := a.Corps(ctx)
		if listErr != nil {
			return nil, listErr
		}
		return o.findNamed(all, err)
	}
	return corp, err
}

// findNamed returns the corporation with the name, where one alone has it. Else it
// says which there are.
func (o *databaseOptions) findNamed(all []*app.Corp, err error) (*app.Corp, error) {
	var named []*app.Corp
	var texts []string
	for _, c := range all {
		if o.corp != "" && halfWidth(c.Name) == halfWidth(o.corp) {
			named = append(named, c)
		}
		texts = append(texts, string(c.ID)+" ("+c.Name+")")
	}
	there := strings.Join(texts, ", ")
	switch {
	case len(named) == 1:
		return named[0], nil
	case len(named) > 1:
		return nil, failf("--corp: several corporations are called %s: name one by its id: %s", o.corp, there)
	case len(all) == 0:
		return nil, failf("database %s: %w: make one with \"daka init\"", shown(o.db), app.ErrNoCorp)
	case errors.Is(err, app.ErrManyCorps):
		return nil, failf("database %s: %w with --corp: %s", shown(o.db), err, there)
	}
	return nil, failf("%w: database %s has %s", err, shown(o.db), there)
}

// shown returns a database's name as it may be printed: without what could be
// a password.
func shown(dsn string) string {
	if !strings.Contains(dsn, "://") {
		return dsn
	}
	u, err := url.Parse(dsn)
	if err != nil {
		return "postgres://…"
	}
	return u.Scheme + "://" + u.Host + u.Path
}
