package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"zombiezen.com/go/sqlite"
)

// Archive is a backup that was read from end to end and found whole.
type Archive struct {
	BackupSummary
	db         *DB
	migrations []migration
}

// OpenBackup opens a backup and checks it: the file as SQLite sees it, and every
// table against its hash. It fails with ErrNotBackup, ErrDamaged, ErrNewerSchema
// or fs.ErrNotExist. tick, which may be nil, is called with the rows read.
func OpenBackup(ctx context.Context, file string, tick func(int64)) (_ *Archive, err error) {
	defer func() { err = wrap(err, "backup %q", file) }()
	if _, err := os.Stat(file); err != nil {
		return nil, err
	}
	db, err := Open(ctx, "sqlite:"+file, Options{ReadOnly: true})
	if err != nil {
		return nil, damaged(err)
	}
	a := &Archive{db: db}
	if err := db.Read(ctx, func(tx *Tx) error { return a.check(tx, orSilent(tick)) }); err != nil {
		return nil, errors.Join(damaged(err), db.Close())
	}
	return a, nil
}

// damaged gives errors that SQLite has with a file that is none of its own, or
// is broken, the sentinel that they stand for.
func damaged(err error) error {
	switch sqlite.ErrCode(err).ToPrimary() {
	case sqlite.ResultNotADB:
		return fmt.Errorf("%w (%w)", ErrNotBackup, err)
	case sqlite.ResultCorrupt, sqlite.ResultIOErr:
		return fmt.Errorf("%w (%w)", ErrDamaged, err)
	}
	return err
}

func (a *Archive) check(tx *Tx, tick func(int64)) error {
	if err := tx.readSums(&a.BackupSummary); err != nil {
		return err
	}
	var err error
	if a.migrations, err = knownMigrations(tx); err != nil {
		return err
	}
	a.Schema = a.migrations[len(a.migrations)-1].name
	found, err := tx.damage("integrity_check")
	if err == nil && len(found) > 0 {
		err = fmt.Errorf("%w: %s", ErrDamaged, strings.Join(found, "; "))
	}
	if err != nil {
		return err
	}
	tables, err := tablesAfter(tx.ctx, a.migrations)
	if err != nil {
		return err
	}
	if err := tx.compare(tables, a.Tables, tick); err != nil {
		return err
	}
	a.Kind, err = kindOf(tx)
	return err
}

// compare reads tables and returns ErrDamaged unless they hold what sums say.
func (tx *Tx) compare(tables []table, sums []TableSum, tick func(int64)) error {
	var got []TableSum
	for i := range tables {
		sum, err := tx.sumTable(&tables[i], tick, nil)
		if err != nil {
			return err
		}
		got = append(got, sum)
		if !slices.Contains(sums, sum) {
			return fmt.Errorf("%w: table %s", ErrDamaged, sum.Table)
		}
	}
	if len(got) != len(sums) {
		return fmt.Errorf("%w: %d tables, want %d", ErrDamaged, len(got), len(sums))
	}
	return nil
}

// DB is the backup as a database, which cannot be written to. Its schema may be
// an earlier one.
func (a *Archive) DB() *DB { return a.db }

// Close ends the use of the backup.
func (a *Archive) Close() error { return a.db.Close() }

// Restore puts all of the backup into an empty database of either kind, compares
// what is there afterwards with the backup and brings the schema up to date, in
// one transaction. The database may have a schema, no later than the backup's,
// but no row: ErrNotEmpty otherwise. tick, which may be nil, is called with rows
// done, each twice: when copied and when compared.
func (a *Archive) Restore(ctx context.Context, to *DB, tick func(int64)) error {
	all, err := migrations(migrationFiles)
	if err != nil {
		return err
	}
	tables, err := tablesAfter(ctx, a.migrations)
	if err != nil {
		return err
	}
	err = to.engine.tx(ctx, migrateMode, func(c conn) error {
		tx := &Tx{ctx: ctx, conn: c}
		if err := a.prepare(tx); err != nil {
			return err
		}
		err := a.db.Read(ctx, func(from *Tx) error {
			for i := range tables {
				if _, err := from.copyTable(tx, &tables[i], orSilent(tick)); err != nil {
					return err
				}
			}
			return nil
		})
		if err == nil {
			err = tx.compare(tables, a.Tables, orSilent(tick))
		}
		if err != nil {
			return err
		}
		return tx.migrateAll(all)
	})
	return wrap(translate(err), "restore")
}

// Refuses returns why a database cannot take the backup; nil when it can.
func (a *Archive) Refuses(ctx context.Context, to *DB) error {
	return wrap(to.Read(ctx, func(tx *Tx) error {
		_, err := a.vacant(tx)
		return err
	}), "restore")
}

// vacant returns the tables of an empty database, or why it is no place for
// the backup.
func (a *Archive) vacant(tx *Tx) ([]table, error) {
	applied, err := appliedMigrations(tx)
	if err != nil || len(applied) == 0 {
		return nil, err
	}
	all, err := knownMigrations(tx)
	if err != nil {
		return nil, err
	}
	tables, err := tablesAfter(tx.ctx, all)
	if err != nil {
		return nil, err
	}
	for i := range tables {
		if empty, err := tx.empty(&tables[i]); err != nil {
			return nil, err
		} else if !empty {
			return nil, fmt.Errorf("%w: table %s holds rows", ErrNotEmpty, tables[i].name)
		}
	}
	if len(all) > len(a.migrations) {
		return nil, fmt.Errorf("%w: its schema is newer than the backup's: give one without a schema", ErrNotEmpty)
	}
	return tables, nil
}

// prepare gives an empty database the schema of the backup.
func (a *Archive) prepare(tx *Tx) error {
	tables, err := a.vacant(tx)
	if err != nil {
		return err
	}
	if tx.conn.dialect() == onPostgres && len(tables) > 0 {
		var names []string
		for _, t := range tables {
			names = append(names, quoted(t.name))
		}
		// Nobody may begin to fill it now, nor have begun.
		if err := tx.conn.script(tx.ctx, "LOCK TABLE "+strings.Join(names, ", ")+" IN EXCLUSIVE MODE"); err != nil {
			return fmt.Errorf("lock the tables: %w", err)
		}
		if _, err := a.vacant(tx); err != nil {
			return err
		}
	}
	return tx.migrateAll(a.migrations)
}
