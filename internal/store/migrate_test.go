package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// The steps are made so that a second run of either fails.
var twoSteps = fstest.MapFS{
	"migrations/0001_a.sql": {Data: []byte("CREATE TABLE a (\n  n BIGINT NOT NULL PRIMARY KEY\n);\nINSERT INTO a VALUES (1);")},
	"migrations/0002_b.sql": {Data: []byte("INSERT INTO a VALUES (2);\nCREATE TABLE b (\n  n SMALLINT NOT NULL PRIMARY KEY\n) /* clustered */;")},
}

// openFile opens a fresh file without a schema.
func openFile(t testing.TB, opts Options) (db *DB, path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "test.db")
	db, err := Open(context.Background(), "sqlite:"+path, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db, path
}

func TestMigrateStepByStep(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	db, _ := openFile(t, Options{Relaxed: true})
	broken := fstest.MapFS{
		"migrations/0001_a.sql": twoSteps["migrations/0001_a.sql"],
		"migrations/0002_b.sql": {Data: []byte("INSERT INTO a VALUES (2);\nCREATE nonsense;")},
	}
	if err := db.migrate(ctx, broken); err == nil {
		t.Fatal("a broken step succeeded")
	}
	// The first step is kept, the second one left nothing behind.
	if err := db.migrate(ctx, twoSteps); err != nil {
		t.Fatal(err)
	}
	if err := db.migrate(ctx, twoSteps); err != nil {
		t.Errorf("nothing to do: %v", err)
	}
}

func TestNewerSchemaIsRefused(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	db, _ := openFile(t, Options{Relaxed: true})
	all, err := migrations(migrationFiles)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, m := range all {
		want = append(want, m.name)
	}
	if names, err := db.Pending(ctx); err != nil || !cmp.Equal(names, want) {
		t.Errorf("empty database: %v, %v", names, err)
	}
	if err := db.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	if names, err := db.Pending(ctx); err != nil || len(names) != 0 {
		t.Errorf("migrated database: %v, %v", names, err)
	}
	err = db.Write(ctx, func(tx *Tx) error {
		_, err := tx.exec("INSERT INTO schema_migrations (version, name) VALUES ($1, '9999_later')", int64(len(all)+1))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Pending(ctx); !errors.Is(err, ErrNewerSchema) {
		t.Errorf("Pending: %v", err)
	}
	if err := db.Migrate(ctx); !errors.Is(err, ErrNewerSchema) {
		t.Errorf("Migrate: %v", err)
	}
}

func TestOpenRefusesAnotherFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "letter.txt")
	if err := os.WriteFile(path, []byte("Dear database, this is a letter and no database, though it is long enough to be one.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if db, err := Open(context.Background(), "sqlite:"+path, Options{}); err == nil {
		t.Error("a text file was opened")
		db.Close()
	}
}
