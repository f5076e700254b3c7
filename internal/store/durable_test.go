package store_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

// BenchmarkDurablePunches stores one punch a call, each answered when it is on
// the disk, by 1, 64 and 512 callers. Between its rounds, which are short since
// a disk's speed changes, a bare loop appends a record of the same size to a file
// and waits for the disk: x-bare is how many punches are stored in the time of
// one such append, the median of the rounds.
func BenchmarkDurablePunches(b *testing.B) {
	storetest.BenchDSN(b, func(b *testing.B, dsn string) {
		db, err := store.Open(context.Background(), dsn, store.Options{})
		if err != nil {
			b.Fatal(err)
		}
		defer db.Close()
		if err := db.Migrate(context.Background()); err != nil {
			b.Fatal(err)
		}
		log, err := os.Create(filepath.Join(b.TempDir(), "log"))
		if err != nil {
			b.Fatal(err)
		}
		defer log.Close()
		clock := new(atomic.Int64)
		storeTogether(b, db, clock, 512, 40_000) // the file and its log have grown, the connections are open
		for _, callers := range []int{1, 64, 512} {
			b.Run(fmt.Sprint(callers), func(b *testing.B) { benchDurable(b, db, log, clock, callers) })
		}
	})
}

func benchDurable(b *testing.B, db *store.DB, log *os.File, clock *atomic.Int64, callers int) {
	const appends = 64 // they take about as long as a round of punches
	var ratios []float64
	var bare time.Duration
	b.ResetTimer()
	for left := b.N; left > 0; {
		n := min(left, appends*callers, 4096)
		left -= n
		b.StopTimer()
		loop := appendSynced(b, log, appends)
		b.StartTimer()
		took := storeTogether(b, db, clock, callers, n)
		bare += loop
		ratios = append(ratios, float64(loop)/appends/(float64(took)/float64(n)))
	}
	slices.Sort(ratios)
	b.ReportMetric(ratios[len(ratios)/2], "x-bare")
	b.ReportMetric(float64(bare)/float64(len(ratios)*appends), "ns/append")
}

// storeTogether stores n punches by as many callers at once, each of a second
// of its own, and returns how long it took.
func storeTogether(b *testing.B, db *store.DB, clock *atomic.Int64, callers, n int) time.Duration {
	left := new(atomic.Int64)
	left.Store(int64(n))
	begun := time.Now()
	var wait sync.WaitGroup
	for range callers {
		wait.Go(func() {
			for left.Add(-1) >= 0 {
				at := clock.Add(1)
				inserted, _, err := db.InsertPunches(context.Background(), corp, []attendance.PunchRecord{punch(staffID(int(at%staff)), at)})
				if err != nil || inserted != 1 {
					b.Errorf("%d inserted, %v", inserted, err)
				}
			}
		})
	}
	wait.Wait()
	return time.Since(begun)
}

// appendSynced appends n records to a file, waits for the disk after each, and
// returns how long it took.
func appendSynced(b *testing.B, f *os.File, n int) time.Duration {
	record := make([]byte, 100)
	begun := time.Now()
	for range n {
		if _, err := f.Write(record); err != nil {
			b.Fatal(err)
		}
		if err := datasync(f); err != nil {
			b.Fatal(err)
		}
	}
	return time.Since(begun)
}
