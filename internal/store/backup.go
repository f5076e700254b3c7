package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// The errors of backups, which callers tell apart with errors.Is.
var (
	ErrNotBackup = errors.New("not a backup")
	ErrDamaged   = errors.New("the backup is damaged or was changed since it was made")
	ErrNotEmpty  = errors.New("the database is not empty")
)

// BackupOptions say how a backup is made.
type BackupOptions struct {
	Force bool        // replaces a file that is there
	Tick  func(int64) // called with rows done, each twice: when copied and when checked; may be nil
}

// BackupSummary is what a backup holds.
type BackupSummary struct {
	Made   int64      // Unix seconds
	Schema string     // its latest migration
	Kind   Kind       // of the database; "" when that was never said
	Tables []TableSum // in the order of their names
}

// Rows counts the rows of all tables.
func (s *BackupSummary) Rows() (n int64) {
	for _, t := range s.Tables {
		n += t.Rows
	}
	return n
}

// Backup writes the database as it is at one moment into a new SQLite file,
// while others may write. The file is a database itself, of the same schema
// whichever kind the source is, with a table more that holds a hash of each.
//
// It comes under its name when it has been read again and found to hold the
// same rows, and is on disk: never half. Of a process that was killed a hidden
// file ending in .part remains beside it. It fails with fs.ErrExist when the
// file exists, and with Force too where the file is this or another database
// in use.
func (db *DB) Backup(ctx context.Context, file string, o BackupOptions) (s BackupSummary, err error) {
	defer func() { err = wrap(withoutPart(err), "backup to %q", file) }()
	if err := db.mayWrite(file, o.Force); err != nil {
		return s, err
	}
	f, err := os.CreateTemp(filepath.Dir(file), "."+filepath.Base(file)+".*.part")
	if err != nil {
		return s, err
	}
	part := f.Name()
	defer func() { _ = os.Remove(part) }() // gone already when all went well
	if err := f.Close(); err != nil {
		return s, err
	}
	if s, err = db.writeBackup(ctx, part, o.tick()); err != nil {
		return s, err
	}
	read, err := OpenBackup(ctx, part, o.Tick)
	if err != nil {
		return s, err
	}
	if err := read.Close(); err != nil {
		return s, err
	}
	if !slices.Equal(read.Tables, s.Tables) {
		return s, fmt.Errorf("the file does not hold what was read: %w", ErrDamaged)
	}
	if err := syncFile(part); err != nil {
		return s, err
	}
	if err := settle(part, file, o.Force); err != nil {
		return s, err
	}
	return s, syncFolder(filepath.Dir(file))
}

func (o *BackupOptions) tick() func(int64) { return orSilent(o.Tick) }

func orSilent(tick func(int64)) func(int64) {
	if tick == nil {
		return func(int64) {}
	}
	return tick
}

// writeBackup fills an empty file. Nothing of it has to survive a failure.
func (db *DB) writeBackup(ctx context.Context, file string, tick func(int64)) (s BackupSummary, err error) {
	s.Made = time.Now().Unix()
	err = onFile(ctx, file, func(to *Tx) error {
		return db.Read(ctx, func(from *Tx) error {
			s.Tables = nil
			var all []migration
			if all, err = knownMigrations(from); err != nil {
				return err
			}
			s.Schema = all[len(all)-1].name
			tables, err := tablesAfter(ctx, all)
			if err != nil {
				return err
			}
			if err := to.migrateAll(all); err != nil {
				return err
			}
			for i := range tables {
				sum, err := from.copyTable(to, &tables[i], tick)
				if err != nil {
					return err
				}
				s.Tables = append(s.Tables, sum)
			}
			if s.Kind, err = kindOf(from); err != nil {
				return err
			}
			return to.keepSums(&s)
		})
	})
	return s, err
}

// knownMigrations returns the migrations that a database has, of those that
// this binary knows; ErrNewerSchema when it has others.
func knownMigrations(tx *Tx) ([]migration, error) {
	all, err := migrations(migrationFiles)
	if err != nil {
		return nil, err
	}
	applied, err := appliedMigrations(tx)
	if err != nil {
		return nil, err
	}
	if len(applied) == 0 {
		return nil, errors.New("the database has no schema: there is nothing to keep")
	}
	if _, err := pendingMigrations(all, applied); err != nil {
		return nil, err
	}
	return all[:len(applied)], nil
}

func kindOf(tx *Tx) (Kind, error) {
	meta, err := tx.Meta()
	if errors.Is(err, ErrNotFound) {
		err = nil
	}
	return meta.Kind, err
}
