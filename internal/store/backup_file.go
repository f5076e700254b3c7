package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"strings"

	"zombiezen.com/go/sqlite"
)

// mayWrite reports why a backup may not come under a name.
func (db *DB) mayWrite(file string, force bool) error {
	info, err := os.Stat(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if s, ok := db.engine.(*sqliteDB); ok && s.path != memory {
		if own, err := os.Stat(s.path); err == nil && os.SameFile(info, own) {
			return errors.New("it is the database itself")
		}
	}
	if _, err := os.Stat(file + "-wal"); err == nil {
		return errors.New("it is a database in use: there is a log beside it")
	}
	if !force || !info.Mode().IsRegular() {
		return fs.ErrExist
	}
	return nil
}

// settle gives a file its name. Without force it takes no name that is taken,
// not even by somebody at the same moment, as far as the file system can tell.
func settle(part, file string, force bool) error {
	if force {
		return os.Rename(part, file)
	}
	err := os.Link(part, file)
	if err == nil {
		return os.Remove(part)
	}
	if errors.Is(err, fs.ErrExist) {
		return fs.ErrExist
	}
	// Some file systems have no second names.
	if _, err := os.Lstat(file); err == nil {
		return fs.ErrExist
	}
	return os.Rename(part, file)
}

// withoutPart takes the hidden name, which nobody knows, out of an error of the
// file system: who reports it names the file that was to be made.
func withoutPart(err error) error {
	if bad, ok := errors.AsType[*fs.PathError](err); ok && strings.HasSuffix(bad.Path, ".part") {
		return bad.Err
	}
	if bad, ok := errors.AsType[*os.LinkError](err); ok {
		return bad.Err
	}
	return err
}

// syncFile has what was written to a file reach the disk.
func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// syncFolder has the names in a folder reach the disk. Windows does so itself
// and has no call for it.
func syncFolder(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// onFile fills an empty database file, in one transaction without a log: it is
// of no use to anybody until all of it is there.
func onFile(ctx context.Context, file string, fill func(*Tx) error) (err error) {
	c, err := sqlite.OpenConn(file, sqlite.OpenReadWrite)
	if err != nil {
		return err
	}
	defer func() {
		c.SetInterrupt(nil)
		err = errors.Join(err, c.Close())
	}()
	conn := &sqliteConn{c}
	for _, s := range []string{"PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "PRAGMA cache_size = -16000", "BEGIN"} {
		if err := conn.script(ctx, s); err != nil {
			return translate(err)
		}
	}
	c.SetInterrupt(ctx.Done())
	if err := fill(&Tx{ctx: ctx, conn: conn}); err != nil {
		return wrapInterrupt(ctx, translate(err))
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	c.SetInterrupt(nil)
	return translate(conn.script(ctx, "COMMIT"))
}

// keepSums writes into a backup what it holds.
func (tx *Tx) keepSums(s *BackupSummary) error {
	const sums = "CREATE TABLE backup_sums (\n  name TEXT NOT NULL PRIMARY KEY,\n  row_count BIGINT NOT NULL,\n  sha256 TEXT NOT NULL,\n  made BIGINT NOT NULL\n);"
	if err := tx.conn.script(tx.ctx, sums); err != nil {
		return fmt.Errorf("keep the sums: %w", err)
	}
	for _, t := range s.Tables {
		_, err := tx.exec("INSERT INTO backup_sums (name, row_count, sha256, made) VALUES ($1, $2, $3, $4)", t.Table, t.Rows, t.SHA256, s.Made)
		if err != nil {
			return fmt.Errorf("keep the sum of %s: %w", t.Table, err)
		}
	}
	return nil
}

// readSums fills in what a backup says that it holds, or returns ErrNotBackup.
func (tx *Tx) readSums(s *BackupSummary) error {
	found, err := tx.one("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'backup_sums'", func(row) error { return nil })
	if err == nil && !found {
		err = ErrNotBackup
	}
	if err != nil {
		return err
	}
	return tx.query("SELECT name, row_count, sha256, made FROM backup_sums ORDER BY name", func(r row) error {
		s.Tables = append(s.Tables, TableSum{r.text(0), r.int(1), r.text(2)})
		s.Made = r.int(3)
		return nil
	})
}
