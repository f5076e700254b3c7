// Package storetest runs a test on every database that daka supports. A test
// that uses it does not know on which one it runs.
package storetest

import (
	"context"
	"crypto/rand"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/dakahq/daka/internal/store"
	"github.com/jackc/pgx/v5"
)

// Variable names the environment variable with the address of a PostgreSQL
// database in which the tests may make and drop schemas of their own.
const Variable = "DAKA_TEST_POSTGRES"

// Each runs f as a parallel subtest on an empty, migrated database of each
// kind. Without the Variable the PostgreSQL half is skipped, or fails when
// CI is "true".
func Each(t *testing.T, f func(t *testing.T, db *store.DB)) {
	t.Helper()
	EachDSN(t, func(t *testing.T, dsn string) { f(t, migrated(t, dsn)) })
}

// EachDSN is Each for a test that opens the database itself. Nothing has been
// stored at dsn, not even a schema.
func EachDSN(t *testing.T, f func(t *testing.T, dsn string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		f(t, sqlite(t))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		f(t, postgres(t))
	})
}

// Bench is Each for a benchmark.
func Bench(b *testing.B, f func(b *testing.B, db *store.DB)) {
	b.Helper()
	BenchDSN(b, func(b *testing.B, dsn string) { f(b, migrated(b, dsn)) })
}

// BenchDSN is EachDSN for a benchmark.
func BenchDSN(b *testing.B, f func(b *testing.B, dsn string)) {
	b.Helper()
	b.Run("sqlite", func(b *testing.B) { f(b, sqlite(b)) })
	b.Run("postgres", func(b *testing.B) { f(b, postgres(b)) })
}

// migrated opens a database of its own and migrates it; where that is a file it
// begins as a copy of one that was.
func migrated(tb testing.TB, dsn string) *store.DB {
	tb.Helper()
	if file, local := strings.CutPrefix(dsn, "sqlite:"); local {
		content, err := blank()
		if err == nil {
			err = os.WriteFile(file, content, 0o600)
		}
		if err != nil {
			tb.Fatal(err)
		}
	}
	db, err := open(dsn)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := db.Close(); err != nil {
			tb.Error(err)
		}
	})
	return db
}

// blank returns an empty, migrated SQLite file, made once a process: migrating
// takes fifty times as long as copying, and more with the race detector.
var blank = sync.OnceValues(func() (content []byte, err error) {
	dir, err := os.MkdirTemp("", "daka-storetest")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "blank.db")
	db, err := open("sqlite:" + file)
	if err != nil {
		return nil, err
	}
	if err := db.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(file)
})

// open opens and migrates. What tests write need not survive a crash.
func open(dsn string) (*store.DB, error) {
	db, err := store.Open(context.Background(), dsn, store.Options{Relaxed: true})
	if err != nil {
		return nil, err
	}
	if err := db.Migrate(context.Background()); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

func sqlite(tb testing.TB) string { return "sqlite:" + filepath.Join(tb.TempDir(), "test.db") }

// postgres makes a schema and returns the address that leads into it.
func postgres(tb testing.TB) string {
	tb.Helper()
	dsn := os.Getenv(Variable)
	if dsn == "" {
		if os.Getenv("CI") == "true" {
			tb.Fatalf("%s is not set, and CI tests both databases", Variable)
		}
		tb.Skipf("%s is not set: not tested on PostgreSQL", Variable)
	}
	address, err := url.Parse(dsn)
	if err != nil {
		tb.Fatalf("%s is not of the form postgres://user@host/database", Variable)
	}
	schema := "test_" + strings.ToLower(rand.Text())
	run(tb, dsn, "CREATE SCHEMA "+pgx.Identifier{schema}.Sanitize())
	tb.Cleanup(func() { run(tb, dsn, "DROP SCHEMA "+pgx.Identifier{schema}.Sanitize()+" CASCADE") })
	query := address.Query()
	query.Set("search_path", schema)
	address.RawQuery = query.Encode()
	return address.String()
}

func run(tb testing.TB, dsn, sql string) {
	tb.Helper()
	ctx := context.Background()
	c, err := pgx.Connect(ctx, dsn)
	if err != nil {
		tb.Fatalf("connect to the database of %s: %v", Variable, err)
	}
	defer c.Close(ctx)
	if _, err := c.Exec(ctx, sql); err != nil {
		tb.Fatal(err)
	}
}
