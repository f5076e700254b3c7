package store_test

import (
	"context"
	"testing"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

// An import of which one punch is there already stores all others, once each,
// and counts right; so does the same import again.
func TestBulkWithOneRepeat(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		const n = 10_000
		all := make([]attendance.PunchRecord, n)
		for i := range all {
			all[i] = punch("a", int64(i))
			all[i].Notes = "备注"
		}
		mustInsert(t, db, all[9000])
		for _, want := range [][2]int{{n - 1, 1}, {0, n}} {
			inserted, repeated, err := db.InsertPunches(context.Background(), corp, all)
			if err != nil || [2]int{inserted, repeated} != want {
				t.Errorf("%d inserted, %d repeated, %v; want %v", inserted, repeated, err, want)
			}
		}
		stored := records(t, db, "a")
		if len(stored) != n {
			t.Fatalf("%d punches, want %d", len(stored), n)
		}
		for i, r := range stored {
			repeats := int64(1)
			if i == 9000 {
				repeats = 2
			}
			if r.At != int64(i) || r.Repeats != repeats || r.Notes != "备注" {
				t.Fatalf("punch %d: %+v", i, r)
			}
		}
	})
}
