package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Place is where a database is and how much of it there is.
type Place struct {
	Dir   string // folder of its file; "" when it has none or a server keeps it
	Bytes int64
	Log   int64 // bytes of the log beside the file
}

// Place returns where the database is.
func (db *DB) Place(ctx context.Context) (p Place, err error) {
	s, ok := db.engine.(*sqliteDB)
	if !ok {
		err = db.Read(ctx, func(tx *Tx) error {
			return tx.query("SELECT pg_database_size(current_database())", func(r row) error {
				p.Bytes = r.int(0)
				return nil
			})
		})
		return p, wrap(err, "size of the database")
	}
	if s.path == memory {
		return p, nil
	}
	p.Dir = filepath.Dir(s.path)
	for path, size := range map[string]*int64{s.path: &p.Bytes, s.path + "-wal": &p.Log} {
		info, err := os.Stat(path)
		if err == nil {
			*size = info.Size()
		} else if !errors.Is(err, fs.ErrNotExist) {
			return p, fmt.Errorf("size of the database: %w", err)
		}
	}
	return p, nil
}

// Damage returns what SQLite finds wrong with the file, nothing when it is
// whole. PostgreSQL has no such check.
func (db *DB) Damage(ctx context.Context) (found []string, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		if tx.conn.dialect() != onSQLite {
			return nil
		}
		found, err = tx.damage("quick_check")
		return err
	})
	return found, wrap(err, "check the database file")
}

// damage runs one of SQLite's checks.
func (tx *Tx) damage(check string) (found []string, err error) {
	err = tx.query("PRAGMA "+check, func(r row) error {
		if text := r.text(0); text != "ok" {
			found = append(found, text)
		}
		return nil
	})
	return found, err
}

// Ahead returns how far the clock of PostgreSQL is ahead of the machine's; 0
// for SQLite, which has none.
func (db *DB) Ahead(ctx context.Context) (ahead time.Duration, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		if tx.conn.dialect() != onPostgres {
			return nil
		}
		asked := time.Now()
		return tx.query("SELECT (date_part('epoch', clock_timestamp()) * 1000)::bigint", func(r row) error {
			now := time.Now()
			ahead = time.UnixMilli(r.int(0)).Sub(asked.Add(now.Sub(asked) / 2))
			return nil
		})
	})
	return ahead, wrap(err, "clock of the database")
}

// Unsafe returns the settings of PostgreSQL that let a crash lose what was
// acknowledged, or more.
func (db *DB) Unsafe(ctx context.Context) (names []string, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		if tx.conn.dialect() != onPostgres {
			return nil
		}
		return tx.query(`SELECT name FROM pg_settings
			WHERE name = ANY($1) AND setting = 'off' ORDER BY name`, func(r row) error {
			names = append(names, r.text(0))
			return nil
		}, []string{"fsync", "full_page_writes", "synchronous_commit"})
	})
	return names, wrap(err, "settings of the database")
}
