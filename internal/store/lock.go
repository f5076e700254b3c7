package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/gofrs/flock"
	"github.com/jackc/pgx/v5"
)

// ErrLocked is returned for a lock that somebody else has.
var ErrLocked = errors.New("it is locked")

// lockKey is the first half of the advisory locks on PostgreSQL; the second half
// names the schema and what is locked.
const lockKey = 0xdacb

// Lock takes a lock of the database for what lasts longer than a transaction,
// such as "sync-ww1": one holder at a time among all processes. It does not wait:
// it fails with ErrLocked. The lock ends with unlock, or with the process, or
// where the connection to PostgreSQL breaks. A database in memory, which is one
// process's, has its locks there. A name is letters, digits, - and _, for SQLite
// keeps it in a file of its own beside the database, which stays.
func (db *DB) Lock(ctx context.Context, name string) (unlock func() error, err error) {
	unlock, err = db.engine.lock(ctx, name)
	if err != nil {
		return nil, fmt.Errorf("lock %s: %w", name, translate(err))
	}
	return unlock, nil
}

func (db *sqliteDB) lock(_ context.Context, name string) (func() error, error) {
	if db.path == memory {
		if _, taken := db.locks.LoadOrStore(name, true); taken {
			return nil, ErrLocked
		}
		return func() error { db.locks.Delete(name); return nil }, nil
	}
	path, err := filepath.EvalSymlinks(db.path)
	if err != nil {
		return nil, err
	}
	file := flock.New(path+"."+name+".lock", flock.SetPermissions(0o600))
	switch ok, err := file.TryLock(); {
	case err != nil:
		return nil, err
	case !ok:
		return nil, errors.Join(ErrLocked, file.Close())
	}
	return file.Close, nil
}

// lock has a connection of its own: that of a pool may be closed when it idles.
func (db *postgresDB) lock(ctx context.Context, name string) (_ func() error, err error) {
	c, err := pgx.ConnectConfig(ctx, db.pool.Config().ConnConfig)
	if err != nil {
		return nil, fmt.Errorf("connect to database: %w", saidOnce(err))
	}
	unlock := func() error {
		// The end of the connection would do, but some time after it was closed here.
		_, err := c.Exec(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock_all()")
		return errors.Join(err, c.Close(context.WithoutCancel(ctx)))
	}
	taken := false
	row := c.QueryRow(ctx, "SELECT pg_try_advisory_lock($1, hashtext(current_schema() || ' ' || $2))", lockKey, name)
	if err = row.Scan(&taken); err == nil && !taken {
		err = ErrLocked
	}
	if err != nil {
		return nil, errors.Join(err, unlock())
	}
	return unlock, nil
}
