package store_test

import (
	"bufio"
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

func TestLock(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) { testLock(t, db, db) })
}

// Another handle on the same database is as another process.
func TestLockBetweenHandles(t *testing.T) {
	t.Parallel()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		testLock(t, openLocked(t, dsn), openLocked(t, dsn))
	})
}

func openLocked(t *testing.T, dsn string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), dsn, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func testLock(t *testing.T, db, other *store.DB) {
	t.Helper()
	unlock, err := db.Lock(t.Context(), "sync-wwa")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.Lock(t.Context(), "sync-wwa"); !errors.Is(err, store.ErrLocked) {
		t.Errorf("a second holder: %v", err)
	}
	apart, err := other.Lock(t.Context(), "sync-wwb")
	if err != nil {
		t.Fatalf("another lock: %v", err)
	}
	for _, end := range []func() error{unlock, apart} {
		if err := end(); err != nil {
			t.Error(err)
		}
	}
	again, err := other.Lock(t.Context(), "sync-wwa")
	if err != nil {
		t.Fatalf("after it was given back: %v", err)
	}
	if err := again(); err != nil {
		t.Error(err)
	}
}

// lockVariable makes the test binary a process that holds a lock of the database
// that it names.
const lockVariable = "DAKA_TEST_LOCK"

// A lock dies with its process, however that ends.
func TestLockOfKilled(t *testing.T) {
	if dsn := os.Getenv(lockVariable); dsn != "" {
		if _, err := openLocked(t, dsn).Lock(t.Context(), "sync-wwa"); err != nil {
			t.Fatal(err)
		}
		_, _ = os.Stdout.WriteString("locked\n")
		time.Sleep(time.Minute)
		return
	}
	t.Parallel()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		db := openLocked(t, dsn)
		cmd := exec.Command(os.Args[0], "-test.run=^TestLockOfKilled$")
		cmd.Env = append(os.Environ(), lockVariable+"="+dsn)
		out, err := cmd.StdoutPipe()
		if err == nil {
			err = cmd.Start()
		}
		if err != nil {
			t.Fatal(err)
		}
		line, err := bufio.NewReader(out).ReadString('\n')
		if err != nil || strings.TrimSpace(line) != "locked" {
			t.Errorf("%q, %v", line, err)
		}
		if _, err := db.Lock(t.Context(), "sync-wwa"); !errors.Is(err, store.ErrLocked) {
			t.Errorf("beside the process: %v", err)
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Error(err)
		}
		_ = cmd.Wait() // it was killed
		var unlock func() error
		for range 100 { // a server hears of the end a little later
			if unlock, err = db.Lock(t.Context(), "sync-wwa"); err == nil {
				break
			}
			time.Sleep(50 * time.Millisecond)
		}
		if err != nil {
			t.Fatalf("after the process: %v", err)
		}
		if err := unlock(); err != nil {
			t.Error(err)
		}
	})
}
