package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"
)

// SyncTime writes n times and waits each time until it is on disk: beside a
// SQLite file into a file that is removed again, on PostgreSQL as commits that
// leave nothing in any table. It returns the median; 0 for a database in
// memory.
func (db *DB) SyncTime(ctx context.Context, n int) (time.Duration, error) {
	once := func() error { return db.commitNothing(ctx) }
	if s, ok := db.engine.(*sqliteDB); ok {
		if s.path == memory {
			return 0, nil
		}
		place, err := db.Place(ctx)
		if err != nil {
			return 0, err
		}
		f, err := os.CreateTemp(place.Dir, ".daka-sync-*")
		if err != nil {
			return 0, fmt.Errorf("time a write to disk: %w", err)
		}
		defer func() { _ = errors.Join(f.Close(), os.Remove(f.Name())) }() // it held nothing
		once = func() error { return writeThrough(f) }
	}
	var times []time.Duration
	for range max(n, 1) {
		begun := time.Now()
		if err := errors.Join(ctx.Err(), once()); err != nil {
			return 0, fmt.Errorf("time a write to disk: %w", err)
		}
		times = append(times, time.Since(begun))
	}
	slices.Sort(times)
	return times[len(times)/2], nil
}

// writeThrough adds a page to a file.
func writeThrough(f *os.File) error {
	if _, err := f.Write(make([]byte, 4096)); err != nil {
		return err
	}
	return f.Sync()
}

// commitNothing commits a message in PostgreSQL's log that nobody reads: that
// is a write to disk and changes no table.
func (db *DB) commitNothing(ctx context.Context) error {
	return db.engine.tx(ctx, writeMode, func(c conn) error {
		return c.query(ctx, "SELECT pg_logical_emit_message(true, 'daka', '') IS NULL", func(row) error { return nil })
	})
}
