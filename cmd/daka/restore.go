package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"

	"github.com/dakahq/daka/internal/store"
	"github.com/spf13/cobra"
)

func newRestoreCommand() *cobra.Command {
	var o backupOptions
	cmd := &cobra.Command{
		Use:   "restore FILE",
		Short: "Put a backup into an empty database",
		Long: `Puts what "daka backup" wrote into an empty database, of either kind: a SQLite file
that is made, or a PostgreSQL database. Nothing is ever written over: a database
with a row in it is refused. So this also moves a company from SQLite to PostgreSQL
and back.

The file is checked from end to end before, and what is in the database compared
with it afterwards. All is done, or nothing. A backup of an earlier daka is brought
up to date, one of a later daka is refused. A live database stays live, a test
database a test one; tokens and secrets go on, so stop the server of the old
database first.

A backup whose audit log was tampered with is refused unless --force is given.

` + exitHelp,
		Example: "  daka restore daka-2026-10-08.bak --db postgres://daka@localhost/daka",
		Args:    oneArg("FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runRestore(cmd, args[0], &o)
		},
	}
	o.bind(cmd)
	return cmd
}

func runRestore(cmd *cobra.Command, file string, o *backupOptions) (err error) {
	ctx := cmd.Context()
	if strings.HasSuffix(o.db, ":memory:") {
		return usagef("--db %s: what is restored into memory is gone at once", o.db)
	}
	p := newProgress(cmd, "check", -1)
	archive, err := store.OpenBackup(ctx, file, byThousands(p))
	p.done()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, archive.Close()) }()
	audit, err := auditOutcomes(ctx, archive.DB(), &archive.BackupSummary)
	if err != nil {
		return err
	}
	for _, a := range audit {
		if a.Broken != 0 && !o.force {
			return failf("backup %q: the audit log of %s is broken at entry %d: --force restores it as it is", file, a.CorpID, a.Broken)
		}
	}
	fresh := missing(o.db)
	if !fresh {
		if err := mayTake(ctx, archive, o.db); err != nil {
			return err
		}
	}
	if err := planned(cmd, &o.writeOptions, say(cmd, "put the %d rows of %s into database %s", archive.Rows(), file, shown(o.db))); err != nil {
		return err
	}
	p = newProgress(cmd, "restore", 2*archive.Rows())
	err = fill(ctx, archive, o.db, byThousands(p))
	p.done()
	if err != nil {
		if fresh {
			removeDatabase(o.db)
		}
		return err
	}
	text := say(cmd, "database %s holds the %d rows of %s: compared", shown(o.db), archive.Rows(), file)
	return writeObject(cmd, o.output, backupOut(file, o.db, &archive.BackupSummary, audit), text+auditText(cmd, audit))
}

// missing reports whether a database is a file that is not there yet.
func missing(dsn string) bool {
	path, isFile := strings.CutPrefix(dsn, "sqlite:")
	_, err := os.Lstat(path)
	return isFile && errors.Is(err, fs.ErrNotExist)
}

// removeDatabase removes a file that was made a moment ago and holds nothing.
func removeDatabase(dsn string) {
	path := strings.TrimPrefix(dsn, "sqlite:")
	for _, end := range []string{"", "-wal", "-shm"} {
		_ = os.Remove(path + end) // what stays is empty
	}
}

// mayTake reports why a database cannot take a backup, and writes nothing.
func mayTake(ctx context.Context, archive *store.Archive, dsn string) error {
	db, err := store.Open(ctx, dsn, store.Options{ReadOnly: true})
	if err != nil {
		return databaseError{err}
	}
	return inDatabase(dsn, errors.Join(archive.Refuses(ctx, db), db.Close()))
}

func fill(ctx context.Context, archive *store.Archive, dsn string, tick func(int64)) error {
	db, err := store.Open(ctx, dsn, store.Options{})
	if err != nil {
		return databaseError{err}
	}
	return inDatabase(dsn, errors.Join(archive.Restore(ctx, db, tick), db.Close()))
}

func inDatabase(dsn string, err error) error {
	if err == nil {
		return nil
	}
	return failf("database %s: %w", shown(dsn), err)
}
