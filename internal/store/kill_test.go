package store_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

// The variables by which a process of this test binary is told to store
// punches until it is killed: where, and after which second of each user.
const (
	killDSN  = "DAKA_TEST_KILL_DSN"
	killFrom = "DAKA_TEST_KILL_FROM"
	killSeed = "DAKA_TEST_KILL_SEED" // repeats a run of TestKilled
)

// killUsers is how many users punch at once, each second after second.
const killUsers = 24

func killUser(i int) attendance.UserID { return attendance.UserID("u" + strconv.Itoa(i)) }

func TestMain(m *testing.M) {
	if dsn := os.Getenv(killDSN); dsn != "" {
		fmt.Fprintln(os.Stderr, acknowledge(dsn, os.Getenv(killFrom)))
		os.Exit(1) // it was to be killed
	}
	os.Exit(m.Run())
}

// acknowledge stores punches, one a call, and writes a line with the user and
// the second of each that it was told is stored. It ends with an error alone.
func acknowledge(dsn, from string) error {
	db, err := store.Open(context.Background(), dsn, store.Options{})
	if err != nil {
		return err
	}
	failed := make(chan error, killUsers)
	for i, text := range strings.Fields(from) {
		at, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return err
		}
		go func() {
			for {
				at++
				_, _, err := db.InsertPunches(context.Background(), corp, []attendance.PunchRecord{punch(killUser(i), at)})
				if err == nil {
					// One write of a few bytes goes into a pipe as a whole.
					_, err = fmt.Fprintf(os.Stdout, "%d %d\n", i, at)
				}
				if err != nil {
					failed <- err
					return
				}
			}
		}()
	}
	return <-failed
}

// A process that acknowledges punches is killed at a random moment, again and
// again, and started anew with what it had not acknowledged. No punch that was
// acknowledged is lost, and none is stored twice.
func TestKilled(t *testing.T) {
	t.Parallel()
	rounds, seed := 5, rand.Uint64()
	switch {
	case os.Getenv("DAKA_FULL") != "":
		rounds = 50
	case testing.Short():
		rounds = 2
	}
	if text := os.Getenv(killSeed); text != "" {
		if _, err := fmt.Sscan(text, &seed); err != nil {
			t.Fatalf("%s: %v", killSeed, err)
		}
	}
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		t.Logf("%d rounds with %s=%d", rounds, killSeed, seed)
		migrate(t, dsn)
		rng := rand.New(rand.NewPCG(seed, 0))
		var acked [killUsers]int64
		for round := range rounds {
			runAndKill(t, dsn, &acked, time.Duration(rng.Int64N(int64(150*time.Millisecond))))
			if checkKilled(t, dsn, &acked, int64(round+1)); t.Failed() {
				t.Fatalf("round %d, %v acknowledged", round+1, acked)
			}
		}
	})
}

func migrate(t *testing.T, dsn string) {
	t.Helper()
	db, err := store.Open(t.Context(), dsn, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// runAndKill runs acknowledge in a process of its own, kills it a while after
// its first acknowledgement, and moves acked to the last one of each user.
func runAndKill(t *testing.T, dsn string, acked *[killUsers]int64, after time.Duration) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), killDSN+"="+dsn, killFrom+"="+strings.Trim(fmt.Sprint(*acked), "[]"))
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var once sync.Once
	killed := make(chan error, 1)
	kill := func() { killed <- cmd.Process.Kill() }
	// Lines end with the process, and none is cut: see acknowledge.
	for lines := bufio.NewScanner(out); lines.Scan(); {
		once.Do(func() { time.AfterFunc(after, kill) })
		var user int
		var at int64
		if _, err := fmt.Sscan(lines.Text(), &user, &at); err != nil {
			t.Fatalf("line %q: %v", lines.Text(), err)
		}
		if at != acked[user]+1 {
			t.Errorf("user %d: %d acknowledged after %d", user, at, acked[user])
		}
		acked[user] = at
	}
	_ = cmd.Wait() // it says that the process was killed
	if stderr.Len() > 0 {
		t.Fatalf("the process failed by itself: %s", stderr.Bytes())
	}
	if err := <-killed; err != nil {
		t.Fatal(err)
	}
}

// checkKilled compares what is stored with what was acknowledged in so many
// rounds. One punch of each user may have been stored without its
// acknowledgement each time: the last one, or one that was then sent again.
func checkKilled(t *testing.T, dsn string, acked *[killUsers]int64, rounds int64) {
	t.Helper()
	db, err := store.Open(t.Context(), dsn, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for i, last := range acked {
		all := records(t, db, killUser(i))
		if n := int64(len(all)); n != last && n != last+1 {
			t.Errorf("user %d: %d punches stored, %d acknowledged", i, n, last)
		}
		var repeats int64
		for second, r := range all {
			if r.At != int64(second+1) {
				t.Fatalf("user %d: punch %d is of second %d", i, second+1, r.At)
			}
			repeats += int64(r.Repeats)
		}
		if repeats >= rounds {
			t.Errorf("user %d: %d repeats in %d rounds", i, repeats, rounds)
		}
	}
}
