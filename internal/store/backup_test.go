package store_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/sample"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/google/go-cmp/cmp"
)

// must ends the test on an error.
func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func openAt(t testing.TB, dsn string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), dsn, store.Options{Relaxed: true})
	must(t, err)
	t.Cleanup(func() { db.Close() })
	return db
}

// company is the sample company, with rows in every table.
func company(t testing.TB, db *store.DB) {
	t.Helper()
	ctx := t.Context()
	today := attendance.DayOf(2026, time.October, 8)
	a := app.New(db, func() time.Time { return time.Date(2026, 10, 8, 13, 0, 0, 0, time.FixedZone("", 8*3600)) })
	_, err := sample.Build(ctx, a, sample.Spec{Seed: 1, People: 6, Months: 1, Today: today})
	must(t, err)
	must(t, db.FillEmptyTables(ctx))
}

func sumsOf(t testing.TB, db *store.DB) []store.TableSum {
	t.Helper()
	sums, err := store.SumsOf(t.Context(), db)
	must(t, err)
	return sums
}

func restore(t testing.TB, file string, to *store.DB) {
	t.Helper()
	a, err := store.OpenBackup(t.Context(), file, nil)
	must(t, err)
	defer a.Close()
	must(t, a.Refuses(t.Context(), to))
	must(t, a.Restore(t.Context(), to, nil))
}

// A company goes from SQLite into a backup, from there into a database of either
// kind, into a backup again and back into SQLite: every row of every table
// arrives, and the audit log is whole.
func TestBackupRoundTrip(t *testing.T) {
	t.Parallel()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		ctx, dir := t.Context(), t.TempDir()
		first := openAt(t, "sqlite:"+filepath.Join(dir, "first.db"))
		must(t, first.Migrate(ctx))
		company(t, first)
		want := sumsOf(t, first)
		for _, s := range want {
			if s.Rows == 0 {
				t.Errorf("table %s is empty: it proves nothing", s.Table)
			}
		}
		there, back := filepath.Join(dir, "there.bak"), filepath.Join(dir, "back.bak")
		summary, err := first.Backup(ctx, there, store.BackupOptions{})
		must(t, err)
		if diff := cmp.Diff(want, summary.Tables); diff != "" || summary.Kind != store.Test {
			t.Errorf("the summary, of a %s database: %s", summary.Kind, diff)
		}
		second := openAt(t, dsn)
		restore(t, there, second)
		if diff := cmp.Diff(want, sumsOf(t, second)); diff != "" {
			t.Errorf("restored: %s", diff)
		}
		_, err = second.Backup(ctx, back, store.BackupOptions{})
		must(t, err)
		third := openAt(t, "sqlite:"+filepath.Join(dir, "third.db"))
		restore(t, back, third)
		if diff := cmp.Diff(want, sumsOf(t, third)); diff != "" {
			t.Errorf("and back: %s", diff)
		}
		a := app.New(third, nil)
		corp, err := a.Corp(ctx, "wwdakasample")
		must(t, err)
		state, err := a.CheckAudit(ctx, corp)
		if err != nil || state.Broken != 0 || state.Entries == 0 {
			t.Errorf("audit log: %+v, %v", state, err)
		}
	})
}

// What others commit meanwhile is in a backup as a whole or not at all.
func TestBackupBesideWriters(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, stop := context.WithCancel(t.Context())
		var writers sync.WaitGroup
		for w := range 3 {
			writers.Go(func() {
				for i := int64(1); ctx.Err() == nil; i++ {
					// One act is two rows of two tables.
					err := db.Write(ctx, func(tx *store.Tx) error {
						id := int64(w)*1_000_000 + i
						v := store.DepartmentVersion{Department: attendance.Department{ID: attendance.DeptID(id)}}
						return errors.Join(tx.AddDepartments(corp, []store.DepartmentVersion{v}), tx.AddErasure(corp, store.Erasure{At: id}))
					})
					if err != nil && ctx.Err() == nil && !errors.Is(err, store.ErrBusy) {
						t.Error(err)
					}
				}
			})
		}
		for range 3 {
			s, err := db.Backup(t.Context(), filepath.Join(t.TempDir(), "x.bak"), store.BackupOptions{})
			must(t, err)
			rows := map[string]int64{}
			for _, table := range s.Tables {
				rows[table.Table] = table.Rows
			}
			if rows["departments"] != rows["erasures"] {
				t.Errorf("%d departments, %d erasures: half of an act", rows["departments"], rows["erasures"])
			}
		}
		stop()
		writers.Wait()
	})
}

// A backup of a database that an earlier binary made is of its schema, and is
// brought up to date where it is restored.
func TestBackupOfEarlierSchema(t *testing.T) {
	t.Parallel()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		ctx, dir := t.Context(), t.TempDir()
		old := openAt(t, "sqlite:"+filepath.Join(dir, "old.db"))
		must(t, old.MigrateTo(ctx, 2))
		must(t, old.Exec(ctx, "INSERT INTO corps (corp_id, name, zone, created) VALUES ('ww1', '旧', 'UTC', 7)"))
		file := filepath.Join(dir, "old.bak")
		s, err := old.Backup(ctx, file, store.BackupOptions{})
		must(t, err)
		if s.Schema != "0002_approvals" {
			t.Errorf("schema %s", s.Schema)
		}
		to := openAt(t, dsn)
		restore(t, file, to)
		if pending, err := to.Pending(ctx); err != nil || len(pending) > 0 {
			t.Errorf("pending: %v, %v", pending, err)
		}
		if c := get(t, to, func(tx *store.Tx) (store.Corp, error) { return tx.Corp("ww1") }); c.Name != "旧" {
			t.Errorf("corporation: %+v", c)
		}
		// Where something is already, nothing is done.
		a, err := store.OpenBackup(ctx, file, nil)
		must(t, err)
		defer a.Close()
		before := sumsOf(t, to)
		if err := a.Restore(ctx, to, nil); !errors.Is(err, store.ErrNotEmpty) || !errors.Is(a.Refuses(ctx, to), store.ErrNotEmpty) {
			t.Errorf("into a database with rows: %v", err)
		}
		if diff := cmp.Diff(before, sumsOf(t, to)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestRestoreFailsWhole(t *testing.T) {
	t.Parallel()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		dir := t.TempDir()
		from := openAt(t, "sqlite:"+filepath.Join(dir, "a.db"))
		must(t, from.Migrate(t.Context()))
		must(t, from.FillEmptyTables(t.Context()))
		file := filepath.Join(dir, "a.bak")
		_, err := from.Backup(t.Context(), file, store.BackupOptions{})
		must(t, err)
		a, err := store.OpenBackup(t.Context(), file, nil)
		must(t, err)
		defer a.Close()
		ctx, cancel := context.WithCancel(t.Context())
		done := int64(0)
		to := openAt(t, dsn)
		err = a.Restore(ctx, to, func(n int64) {
			if done += n; done == 40 {
				cancel()
			}
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled in the middle: %v", err)
		}
		if pending, err := to.Pending(t.Context()); err != nil || len(pending) == 0 {
			t.Errorf("a schema was left: %v, %v", pending, err)
		}
		must(t, to.Migrate(t.Context())) // empty, with a schema
		restore(t, file, to)
	})
}

func TestBackupFiles(t *testing.T) {
	t.Parallel()
	ctx, dir := t.Context(), t.TempDir()
	path := filepath.Join(dir, "x.db")
	db := openAt(t, "sqlite:"+path)
	if _, err := db.Backup(ctx, filepath.Join(dir, "none.bak"), store.BackupOptions{}); err == nil {
		t.Error("a database without a schema was kept")
	}
	must(t, db.Migrate(ctx))
	must(t, db.FillEmptyTables(ctx))
	other := openAt(t, "sqlite:"+filepath.Join(dir, "y.db"))
	must(t, other.Migrate(ctx))
	file := filepath.Join(dir, "x.bak")
	_, err := db.Backup(ctx, file, store.BackupOptions{})
	must(t, err)
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if _, err := db.Backup(ctx, file, store.BackupOptions{}); !errors.Is(err, fs.ErrExist) {
		t.Errorf("over a file: %v", err)
	}
	if _, err := db.Backup(ctx, file, store.BackupOptions{Force: true}); err != nil {
		t.Errorf("forced: %v", err)
	}
	for name, path := range map[string]string{"itself": path, "one in use": filepath.Join(dir, "y.db"), "a folder": dir} {
		if _, err := db.Backup(ctx, path, store.BackupOptions{Force: true}); err == nil {
			t.Errorf("over %s", name)
		}
	}
	cancelled, cancel := context.WithCancel(ctx)
	_, err = db.Backup(cancelled, filepath.Join(dir, "z.bak"), store.BackupOptions{Tick: func(int64) { cancel() }})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	left, err := os.ReadDir(dir)
	must(t, err)
	var names []string
	for _, f := range left {
		names = append(names, f.Name())
	}
	if want := []string{"x.bak", "x.db", "x.db-shm", "x.db-wal", "y.db", "y.db-shm", "y.db-wal"}; !cmp.Equal(names, want) {
		t.Errorf("left: %v", names)
	}
}
