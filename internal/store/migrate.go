package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migration is one step of the schema. Its version is its place in the order
// of the files' names, from 1.
type migration struct{ name, sql string }

func migrations(files fs.FS) ([]migration, error) {
	names, err := fs.Glob(files, "migrations/*.sql")
	if err != nil {
		return nil, fmt.Errorf("list migrations: %w", err)
	}
	var all []migration
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read migration: %w", err)
		}
		all = append(all, migration{strings.TrimSuffix(path.Base(name), ".sql"), string(text)})
	}
	return all, nil
}

// Migrate brings the schema up to this binary's, one transaction a step. Of
// several that call it at once each step is done by one. It fails with
// ErrNewerSchema on a database of a newer binary.
func (db *DB) Migrate(ctx context.Context) error {
	return db.migrate(ctx, migrationFiles)
}

func (db *DB) migrate(ctx context.Context, files fs.FS) error {
	all, err := migrations(files)
	if err != nil {
		return err
	}
	for done := false; !done; {
		err := db.engine.tx(ctx, migrateMode, func(c conn) error {
			done, err = step(&Tx{ctx: ctx, conn: c}, all)
			return err
		})
		if err != nil {
			return fmt.Errorf("migrate: %w", err)
		}
	}
	return nil
}

// step applies the first migration that is missing; done reports that there
// was none.
func step(tx *Tx, all []migration) (done bool, err error) {
	applied, err := appliedMigrations(tx)
	if err != nil {
		return false, err
	}
	pending, err := pendingMigrations(all, applied)
	if err != nil || len(pending) == 0 {
		return true, err
	}
	if len(applied) == 0 {
		const log = "CREATE TABLE schema_migrations (\n  version BIGINT NOT NULL PRIMARY KEY,\n  name TEXT NOT NULL\n);"
		if err := tx.conn.script(tx.ctx, log); err != nil {
			return false, fmt.Errorf("create the list of migrations: %w", err)
		}
	}
	next := pending[0]
	if err := tx.conn.script(tx.ctx, next.sql); err != nil {
		return false, fmt.Errorf("%s: %w", next.name, err)
	}
	_, err = tx.exec("INSERT INTO schema_migrations (version, name) VALUES ($1, $2)", int64(len(applied)+1), next.name)
	return false, err
}

// Pending returns the names of the migrations that the database lacks, in
// their order, or ErrNewerSchema.
func (db *DB) Pending(ctx context.Context) (names []string, err error) {
	all, err := migrations(migrationFiles)
	if err != nil {
		return nil, err
	}
	var applied []string
	err = db.Read(ctx, func(tx *Tx) error {
		applied, err = appliedMigrations(tx)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the schema: %w", err)
	}
	pending, err := pendingMigrations(all, applied)
	for _, m := range pending {
		names = append(names, m.name)
	}
	return names, err
}

func appliedMigrations(tx *Tx) (names []string, err error) {
	catalog := "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema_migrations'"
	if tx.conn.dialect() == onPostgres {
		catalog = "SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'schema_migrations'"
	}
	found, err := tx.one(catalog, func(row) error { return nil })
	if err != nil || !found {
		return nil, err
	}
	err = tx.query("SELECT name FROM schema_migrations ORDER BY version", func(r row) error {
		names = append(names, r.text(0))
		return nil
	})
	return names, err
}

func pendingMigrations(all []migration, applied []string) ([]migration, error) {
	for i, name := range applied {
		if i >= len(all) || all[i].name != name {
			return nil, fmt.Errorf("%w: it has migration %s, which this one does not know", ErrNewerSchema, name)
		}
	}
	return all[len(applied):], nil
}
