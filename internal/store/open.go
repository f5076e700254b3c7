package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// Options say how a database is opened.
type Options struct {
	// Relaxed gives up durability for speed: a crash may lose the latest
	// writes. It is for stores that are thrown away.
	Relaxed bool
	// ReadOnly refuses every write with ErrReadOnly and creates nothing. An SQLite
	// file that cannot be written, nor its folder, can be read where no log is beside
	// it; with one Open returns ErrUnfolded.
	ReadOnly bool
}

// DB is an open database. It is safe for use by many goroutines.
type DB struct {
	engine engine
	group  *group
}

// Open opens the database that dsn names:
//
//	sqlite:FILE                      a file, made when it is missing
//	sqlite::memory: or :memory:      a database that lives as long as the DB
//	postgres://user@host/database    PostgreSQL, with the parameters of libpq
//
// It does not change the schema: see Pending and Migrate. Errors never hold a
// password.
func Open(ctx context.Context, dsn string, opts Options) (*DB, error) {
	var e engine
	var err error
	switch scheme, rest, _ := strings.Cut(dsn, ":"); {
	case dsn == memory:
		e, err = openSQLite(ctx, memory, opts)
	case scheme == "sqlite" && rest != "":
		e, err = openSQLite(ctx, rest, opts)
	case scheme == "postgres", scheme == "postgresql":
		e, err = openPostgres(ctx, dsn, opts)
	default:
		return nil, errors.New("open database: name it as sqlite:FILE, :memory: or postgres://user@host/database")
	}
	if err != nil {
		return nil, translate(err)
	}
	return &DB{engine: e, group: newGroup(e)}, nil
}

// Close waits for running transactions and closes the database. Calls after it
// fail with ErrClosed.
func (db *DB) Close() error { return db.engine.close() }

// Read runs f on one unchanging snapshot of the database. f must not write,
// must not keep the Tx, and must not begin another transaction.
func (db *DB) Read(ctx context.Context, f func(*Tx) error) error {
	return db.engine.tx(ctx, readMode, func(c conn) error {
		return f(&Tx{ctx: ctx, conn: c, reading: true})
	})
}

// Write runs f in one serialisable transaction, which is kept when f returns
// nil. On PostgreSQL f is run again when the transaction collided with
// another: it must have no effects but those on its Tx. An error of a method
// of Tx ends the transaction: f must return it. f must not keep the Tx and
// must not begin another transaction.
func (db *DB) Write(ctx context.Context, f func(*Tx) error) error {
	return db.engine.tx(ctx, writeMode, func(c conn) error {
		return f(&Tx{ctx: ctx, conn: c})
	})
}

// Ping reports whether the database answers.
func (db *DB) Ping(ctx context.Context) error {
	return db.Read(ctx, func(tx *Tx) error {
		if err := tx.query("SELECT 1", func(row) error { return nil }); err != nil {
			return fmt.Errorf("ping database: %w", err)
		}
		return nil
	})
}
