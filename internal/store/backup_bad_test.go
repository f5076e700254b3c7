package store_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/dakahq/daka/internal/store"
)

// Of a file with any damage nothing is restored, and what it is is said.
func TestBackupDamage(t *testing.T) {
	t.Parallel()
	ctx, dir := t.Context(), t.TempDir()
	path := filepath.Join(dir, "x.db")
	db := openAt(t, "sqlite:"+path)
	must(t, db.Migrate(ctx))
	must(t, db.FillEmptyTables(ctx))
	good := filepath.Join(dir, "good.bak")
	_, err := db.Backup(ctx, good, store.BackupOptions{})
	must(t, err)
	content, err := os.ReadFile(good)
	must(t, err)
	must(t, db.Close()) // folds the log into the file
	plain, err := os.ReadFile(path)
	must(t, err)
	name := []byte("Zürich") // in a row, where SQLite itself would not miss it
	for label, tt := range map[string]struct {
		content []byte
		want    error
	}{
		"a letter":     {bytes.Replace(content, name, []byte("Zurrich"), 1), store.ErrDamaged},
		"cut short":    {content[:len(content)*2/3], store.ErrDamaged},
		"zeros":        {append(append([]byte{}, content[:8192]...), make([]byte, len(content)-8192)...), store.ErrDamaged},
		"empty":        {nil, store.ErrNotBackup},
		"text":         {bytes.Repeat([]byte("This is a letter and no database. "), 100), store.ErrNotBackup},
		"a database":   {plain, store.ErrNotBackup},
		"as it was":    {content, nil},
		"newer":        {edited(t, content, "INSERT INTO schema_migrations (version, name) VALUES (9999, '9999_later')"), store.ErrNewerSchema},
		"used":         {edited(t, content, "DELETE FROM quarantine"), store.ErrDamaged},
		"without sums": {edited(t, content, "DELETE FROM backup_sums WHERE name = 'audit'"), store.ErrDamaged},
	} {
		file := filepath.Join(dir, "bad.bak")
		must(t, os.WriteFile(file, tt.content, 0o600))
		a, err := store.OpenBackup(ctx, file, nil)
		if !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", label, err, tt.want)
		}
		if err == nil {
			must(t, a.Close())
		}
	}
	if _, err := store.OpenBackup(ctx, filepath.Join(dir, "missing"), nil); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing: %v", err)
	}
}

// edited returns a database file after a statement.
func edited(t *testing.T, content []byte, sql string) []byte {
	t.Helper()
	file := filepath.Join(t.TempDir(), "edited.db")
	must(t, os.WriteFile(file, content, 0o600))
	db, err := store.Open(t.Context(), "sqlite:"+file, store.Options{})
	must(t, err)
	must(t, errors.Join(db.Exec(t.Context(), sql), db.Close()))
	content, err = os.ReadFile(file)
	must(t, err)
	return content
}

// backupDSN tells a process of this test binary which database to back up, to
// a file beside it, and to stop in the middle.
const backupDSN = "DAKA_TEST_BACKUP_DSN"

func TestBackupKilled(t *testing.T) {
	t.Parallel()
	if path := os.Getenv(backupDSN); path != "" {
		db := openAt(t, "sqlite:"+path)
		_, err := db.Backup(context.Background(), path+".bak", store.BackupOptions{Tick: func(int64) {
			fmt.Println("begun")
			select {} // until it is killed
		}})
		t.Fatal(err)
	}
	ctx, path := t.Context(), filepath.Join(t.TempDir(), "x.db")
	db := openAt(t, "sqlite:"+path)
	must(t, db.Migrate(ctx))
	must(t, db.FillEmptyTables(ctx))
	c := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestBackupKilled$")
	c.Env = append(os.Environ(), backupDSN+"="+path)
	out, err := c.StdoutPipe()
	must(t, err)
	must(t, c.Start())
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "begun\n" {
		t.Errorf("%q, %v", line, err)
	}
	must(t, c.Process.Kill())
	if err := c.Wait(); err == nil {
		t.Error("it ended by itself")
	}
	if _, err := os.Stat(path + ".bak"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file under the final name: %v", err)
	}
	if _, err := db.Backup(ctx, path+".bak", store.BackupOptions{}); err != nil {
		t.Errorf("after it: %v", err)
	}
}
