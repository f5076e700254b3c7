package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/dakahq/daka/internal/attendance"
)

func migrated(t testing.TB) *DB {
	t.Helper()
	db, _ := openFile(t, Options{Relaxed: true})
	if err := db.Migrate(context.Background()); err != nil {
		t.Fatal(err)
	}
	return db
}

func newWaiter(user string, at int64) *waiter {
	return &waiter{
		addition: addition{rows: []punchRow{{corp: "c", user: user, at: at, source: 1}}},
		done:     make(chan struct{}),
	}
}

func countPunches(t *testing.T, db *DB, users ...attendance.UserID) (n int) {
	t.Helper()
	err := db.Read(context.Background(), func(tx *Tx) error {
		all, err := tx.Records("c", users, 0, 1<<40)
		n = len(all)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// A row that only the database refuses spoils its own caller's punches alone.
func TestGroupSparesTheOthers(t *testing.T) {
	t.Parallel()
	db := migrated(t)
	good, bad, last := newWaiter("good", 1), newWaiter("bad", 1), newWaiter("last", 1)
	bad.rows = append(bad.rows, punchRow{corp: "c", user: "bad", at: -1, source: 1})
	db.group.commit([]*waiter{good, bad, last})
	if good.err != nil || last.err != nil || good.inserted != 1 || last.inserted != 1 {
		t.Errorf("good: %v, last: %v", good.err, last.err)
	}
	if !errors.Is(bad.err, ErrInvalid) {
		t.Errorf("bad: %v", bad.err)
	}
	if n := countPunches(t, db, "good", "bad", "last"); n != 2 {
		t.Errorf("%d punches stored, want 2", n)
	}
}

// While one commits, the others wait: one who gives up leaves nothing behind,
// and the ones who stay are served together.
func TestGroupCancelledCaller(t *testing.T) {
	t.Parallel()
	db := migrated(t)
	db.group.lead <- struct{}{} // somebody is committing
	ctx, cancel := context.WithCancel(context.Background())
	results := map[string]chan error{"gone": make(chan error, 1), "stays": make(chan error, 1), "too": make(chan error, 1)}
	for name, result := range results {
		c := context.Background()
		if name == "gone" {
			c = ctx
		}
		go func() {
			_, _, err := db.InsertPunches(c, "c", []attendance.PunchRecord{{
				User: attendance.UserID(name), Punch: attendance.Punch{At: 1, Source: attendance.SourcePhone}}})
			result <- err
		}()
	}
	waitFor(t, func() bool {
		db.group.mu.Lock()
		defer db.group.mu.Unlock()
		return len(db.group.waiting) == 3
	})
	cancel()
	if err := <-results["gone"]; !errors.Is(err, context.Canceled) {
		t.Errorf("the cancelled caller got %v", err)
	}
	<-db.group.lead
	for _, name := range []string{"stays", "too"} {
		if err := <-results[name]; err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := countPunches(t, db, "gone", "stays", "too"); n != 2 {
		t.Errorf("%d punches stored, want 2", n)
	}
	_, _, err := db.InsertPunches(ctx, "c", []attendance.PunchRecord{{User: "late", Punch: attendance.Punch{Source: 1}}})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled before the call: %v", err)
	}
}

func TestGroupTakesTheFirstOnes(t *testing.T) {
	t.Parallel()
	g := newGroup(nil)
	big := &waiter{addition: addition{rows: make([]punchRow, maxGroup+1)}}
	small := []*waiter{newWaiter("a", 1), newWaiter("b", 1)}
	g.waiting = []*waiter{big, small[0], small[1]}
	for i, want := range []int{1, 2, 0} {
		if got := g.next(); len(got) != want {
			t.Errorf("batch %d has %d callers, want %d", i, len(got), want)
		}
	}
}

// The log of a lone caller is written over, so that a commit needs no new
// blocks: what is appended does not make it longer without end.
func TestLogOfALoneCaller(t *testing.T) {
	t.Parallel()
	db, path := openFile(t, Options{Relaxed: true})
	ctx := context.Background()
	if err := db.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	const frame = 24 + 4096 // each commit writes one at least
	for i := range 2 * foldAppends {
		records := []attendance.PunchRecord{{User: "u", Punch: attendance.Punch{At: int64(i), Source: attendance.SourcePhone}}}
		if _, _, err := db.InsertPunches(ctx, "c", records); err != nil {
			t.Fatal(err)
		}
	}
	log, err := os.Stat(path + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	if log.Size() < foldAppends*frame || log.Size() > foldAppends*frame*3/2 {
		t.Errorf("%d bytes of log after %d commits", log.Size(), 2*foldAppends)
	}
}

// A full disk is one clear error, and the database works again afterwards.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	db := migrated(t)
	ctx := context.Background()
	limit := func(pages int64) {
		t.Helper()
		err := db.engine.tx(ctx, writeMode, func(c conn) error {
			return c.script(ctx, fmt.Sprintf("PRAGMA max_page_count = %d", pages))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	limit(1) // SQLite takes the present size instead
	var records []attendance.PunchRecord
	for i := range 20_000 {
		records = append(records, attendance.PunchRecord{User: "u", Punch: attendance.Punch{At: int64(i), Source: 1}})
	}
	if _, _, err := db.InsertPunches(ctx, "c", records); !errors.Is(err, ErrFull) {
		t.Errorf("got %v", err)
	}
	limit(1 << 30)
	if n, _, err := db.InsertPunches(ctx, "c", records); n != len(records) || err != nil {
		t.Errorf("with room again: %d, %v", n, err)
	}
}

func waitFor(t *testing.T, ready func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !ready(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("waited for 10 s")
		}
	}
}
