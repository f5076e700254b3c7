package store_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

const corp attendance.CorpID = "ww1"

// write and read run f in a transaction that must succeed.
func write(t testing.TB, db *store.DB, f func(tx *store.Tx) error) {
	t.Helper()
	if err := db.Write(context.Background(), f); err != nil {
		t.Fatal(err)
	}
}

func read(t testing.TB, db *store.DB, f func(tx *store.Tx) error) {
	t.Helper()
	if err := db.Read(context.Background(), f); err != nil {
		t.Fatal(err)
	}
}

// get returns the answer of one reading call that must succeed.
func get[T any](t testing.TB, db *store.DB, f func(tx *store.Tx) (T, error)) (v T) {
	t.Helper()
	read(t, db, func(tx *store.Tx) (err error) {
		v, err = f(tx)
		return err
	})
	return v
}

func day(t testing.TB, text string) attendance.Day {
	t.Helper()
	d, err := attendance.ParseDay(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	for _, dsn := range []string{
		"", "daka.db", "sqlite:", "mysql://u:hunter2@h/d",
		"postgres://u:hunter2@h:notaport/d", "postgres://u:hunter2/x@h/d?sslmode=nonsense",
		"postgres://u:hunter2@127.0.0.1:1/d", "postgres://127.0.0.1:1/d?user=u&password=hunter2",
		"sqlite:" + filepath.Join(t.TempDir(), "no", "such", "folder", "x.db"),
	} {
		db, err := store.Open(context.Background(), dsn, store.Options{})
		if err == nil {
			t.Errorf("Open(%q) succeeded", dsn)
			db.Close()
		} else if strings.Contains(err.Error(), "hunter2") {
			t.Errorf("the error tells the password: %v", err)
		}
	}
}

func TestMemory(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	db, err := store.Open(ctx, "sqlite::memory:", store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	write(t, db, func(tx *store.Tx) error { return tx.AddCorp(store.Corp{ID: corp}) })
	read(t, db, func(tx *store.Tx) error {
		if err := tx.AddCorp(store.Corp{ID: "ww2"}); !errors.Is(err, store.ErrReadOnly) {
			t.Errorf("a write while reading: %v", err)
		}
		return nil
	})
	if all := get(t, db, (*store.Tx).Corps); len(all) != 1 || all[0].ID != corp {
		t.Errorf("corps: %v", all)
	}
	if err := errors.Join(db.Close(), db.Close()); err != nil {
		t.Error(err)
	}
	if err := db.Ping(ctx); !errors.Is(err, store.ErrClosed) {
		t.Errorf("after Close: %v", err)
	}
}

func TestTransactions(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		broken := errors.New("broken")
		add := func(tx *store.Tx) error { return tx.AddCorp(store.Corp{ID: corp}) }
		if err := db.Write(ctx, func(tx *store.Tx) error { return errors.Join(add(tx), broken) }); !errors.Is(err, broken) {
			t.Errorf("got %v", err)
		}
		func() {
			defer func() { _ = recover() }()
			_ = db.Write(ctx, func(tx *store.Tx) error {
				_ = add(tx)
				panic("in the middle")
			})
		}()
		cancelled, cancel := context.WithCancel(ctx)
		err := db.Write(cancelled, func(tx *store.Tx) error {
			cancel()
			return add(tx)
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled: %v", err)
		}
		if all := get(t, db, (*store.Tx).Corps); len(all) != 0 {
			t.Errorf("left behind: %v", all)
		}
		write(t, db, add)
		if err := db.Write(ctx, add); !errors.Is(err, store.ErrConflict) {
			t.Errorf("second time: %v", err)
		}
		bad := store.Corp{ID: "ww2", Name: "a\x00b"}
		if err := db.Write(ctx, func(tx *store.Tx) error { return tx.AddCorp(bad) }); !errors.Is(err, store.ErrInvalid) {
			t.Errorf("a zero byte: %v", err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if err := db.Write(ctx, add); !errors.Is(err, store.ErrClosed) {
			t.Errorf("after Close: %v", err)
		}
	})
}

// Each of the writers reads the number before it writes the next, so one that
// did not see another's number would lose it.
func TestWritesAreSerialisable(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		const writers = 8
		var wait sync.WaitGroup
		for range writers {
			wait.Go(func() {
				err := db.Write(context.Background(), func(tx *store.Tx) error {
					id, err := tx.NextGroupID(corp)
					if err != nil {
						return err
					}
					_, err = tx.AddRuleVersion(corp, store.RuleVersion{Group: id, Form: store.FormRead, Doc: []byte("{}")})
					return err
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		all := get(t, db, func(tx *store.Tx) ([]store.RuleVersion, error) { return tx.RuleVersions(corp, 0) })
		if len(all) != writers {
			t.Fatalf("%d versions, want %d", len(all), writers)
		}
		for i, v := range all {
			if n := int64(i + 1); v.Version != n || v.Created != n || v.Group != attendance.GroupID(n) {
				t.Errorf("version %d: %+v", n, v)
			}
		}
	})
}

// A snapshot does not see what is written after it began.
func TestReadIsASnapshot(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		read(t, db, func(tx *store.Tx) error {
			before, err := tx.Corps()
			if err != nil {
				return err
			}
			write(t, db, func(tx *store.Tx) error { return tx.AddCorp(store.Corp{ID: corp}) })
			after, err := tx.Corps()
			if len(before) != 0 || len(after) != 0 {
				t.Errorf("corps before %v and after %v", before, after)
			}
			return err
		})
	})
}

func TestReadOnlyDatabase(t *testing.T) {
	t.Parallel()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		ctx := context.Background()
		if strings.HasPrefix(dsn, "sqlite:") {
			if _, err := store.Open(ctx, dsn, store.Options{ReadOnly: true}); err == nil {
				t.Error("a file that is missing was opened for reading")
			}
		}
		db, err := store.Open(ctx, dsn, store.Options{Relaxed: true})
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if err := db.Migrate(ctx); err != nil {
			t.Fatal(err)
		}
		reader, err := store.Open(ctx, dsn, store.Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		defer reader.Close()
		if names, err := reader.Pending(ctx); err != nil || len(names) != 0 {
			t.Errorf("pending: %v, %v", names, err)
		}
		err = reader.Write(ctx, func(tx *store.Tx) error { return tx.AddCorp(store.Corp{ID: corp}) })
		if !errors.Is(err, store.ErrReadOnly) {
			t.Errorf("write: %v", err)
		}
		_, _, err = reader.InsertPunches(ctx, corp, []attendance.PunchRecord{punch("u", 1)})
		if !errors.Is(err, store.ErrReadOnly) {
			t.Errorf("insert: %v", err)
		}
	})
}

// Two processes that start at once migrate once.
func TestMigrateTogether(t *testing.T) {
	t.Parallel()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		ctx := context.Background()
		var wait sync.WaitGroup
		for range 4 {
			wait.Go(func() {
				db, err := store.Open(ctx, dsn, store.Options{Relaxed: true})
				if err != nil {
					t.Error(err)
					return
				}
				defer db.Close()
				if err := db.Migrate(ctx); err != nil {
					t.Error(err)
				}
				if names, err := db.Pending(ctx); err != nil || len(names) != 0 {
					t.Errorf("pending: %v, %v", names, err)
				}
			})
		}
		wait.Wait()
	})
}
