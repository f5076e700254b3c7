package store_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

// punch is a plain punch from a phone, known when it was made.
func punch(user attendance.UserID, at int64) attendance.PunchRecord {
	return attendance.PunchRecord{User: user, Punch: attendance.Punch{At: at, KnownAt: at, Source: attendance.SourcePhone}}
}

func mustInsert(t testing.TB, db *store.DB, records ...attendance.PunchRecord) {
	t.Helper()
	n, repeated, err := db.InsertPunches(context.Background(), corp, records)
	if err != nil || n != len(records) || repeated != 0 {
		t.Fatalf("%d inserted, %d repeated of %d: %v", n, repeated, len(records), err)
	}
}

func records(t testing.TB, db *store.DB, users ...attendance.UserID) []attendance.PunchRecord {
	t.Helper()
	return get(t, db, func(tx *store.Tx) ([]attendance.PunchRecord, error) {
		return tx.Records(corp, users, 0, 1<<40)
	})
}

func TestRecordRoundTrip(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		full := attendance.PunchRecord{
			User: "a",
			Punch: attendance.Punch{At: 1000, KnownAt: 2000, Section: 3, Flags: attendance.Outside | attendance.Placeholder,
				Slot: attendance.Off, Source: attendance.SourceOther, Device: "机-1"},
			PunchDetail: attendance.PunchDetail{DeviceName: "汉王", LocationTitle: "T", LocationDetail: "D", WifiName: "w",
				WifiMAC: "00:11:22:33:44:55", Notes: "\"引\"", MediaIDs: []string{"m1", "m2"}, HasPosition: true, Lat: 0, Lng: -7},
			LastReceived: 2000,
		}
		plain := punch("a", 999)
		plain.LastReceived = 999
		mustInsert(t, db, full, plain)
		if diff := cmp.Diff([]attendance.PunchRecord{plain, full}, records(t, db, "a")); diff != "" {
			t.Error(diff)
		}
	})
}

func TestRepeatedPunches(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		first := punch("a", 1000)
		first.Notes = "the first"
		again := punch("a", 1000)
		again.KnownAt, again.Notes = 5000, "again"
		earlier := punch("a", 1000)
		earlier.KnownAt = 10
		device, source := first, first
		device.Device = "x"
		source.Source = attendance.SourceDevice
		mustInsert(t, db, first)
		for _, tt := range []struct {
			name               string
			records            []attendance.PunchRecord
			inserted, repeated int
		}{
			{"once more", []attendance.PunchRecord{again}, 0, 1},
			{"known before", []attendance.PunchRecord{earlier}, 0, 1},
			{"another source and device", []attendance.PunchRecord{device, source}, 2, 0},
			{"twice in one call", []attendance.PunchRecord{punch("b", 7), punch("b", 7), punch("b", 7)}, 1, 2},
			{"new and known", []attendance.PunchRecord{punch("c", 7), first}, 1, 1},
			{"nothing", nil, 0, 0},
		} {
			inserted, repeated, err := db.InsertPunches(ctx, corp, tt.records)
			if inserted != tt.inserted || repeated != tt.repeated || err != nil {
				t.Errorf("%s: %d inserted, %d repeated, %v", tt.name, inserted, repeated, err)
			}
		}
		// The first one stays as it was; three came after it, the latest at 5000.
		first.Repeats, first.LastReceived = 3, 5000
		device.LastReceived, source.LastReceived = 1000, 1000
		b := punch("b", 7)
		b.Repeats, b.LastReceived = 2, 7
		want := []attendance.PunchRecord{first, device, source, b}
		if diff := cmp.Diff(want, records(t, db, "b", "a")); diff != "" {
			t.Error(diff)
		}
	})
}

// More rows than one statement takes, a part of them there already.
func TestInsertMany(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		const n, known = 5000, 70
		var all []attendance.PunchRecord
		for i := range n {
			all = append(all, punch(attendance.UserID(fmt.Sprintf("u%d", i%7)), int64(i)))
		}
		mustInsert(t, db, all[1000:1000+known]...)
		write(t, db, func(tx *store.Tx) error {
			inserted, repeated, err := tx.InsertPunches(corp, all)
			if inserted != n-known || repeated != known {
				t.Errorf("%d inserted, %d repeated", inserted, repeated)
			}
			return err
		})
		inserted, repeated, err := db.InsertPunches(context.Background(), corp, all)
		if inserted != 0 || repeated != n || err != nil {
			t.Errorf("again: %d inserted, %d repeated, %v", inserted, repeated, err)
		}
		// 5000 = 714 x 7 + 2: u0 and u1 have one more.
		if got := records(t, db, "u0", "u6"); len(got) != 715+714 {
			t.Errorf("%d records", len(got))
		}
	})
}

func TestInsertAllOrNothing(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for name, spoil := range map[string]func(*attendance.PunchRecord){
			"no user":      func(r *attendance.PunchRecord) { r.User = "" },
			"no source":    func(r *attendance.PunchRecord) { r.Source = 0 },
			"before 1970":  func(r *attendance.PunchRecord) { r.At = -1 },
			"device":       func(r *attendance.PunchRecord) { r.Device = "\xff" },
			"long device":  func(r *attendance.PunchRecord) { r.Device = strings.Repeat("x", 257) },
			"unknown slot": func(r *attendance.PunchRecord) { r.Slot = 3 },
		} {
			bad := punch("a", 2)
			spoil(&bad)
			_, _, err := db.InsertPunches(context.Background(), corp, []attendance.PunchRecord{punch("a", 1), bad})
			if !errors.Is(err, store.ErrInvalid) || !strings.Contains(err.Error(), "2 of 2") {
				t.Errorf("%s: %v", name, err)
			}
		}
		if got := records(t, db, "a"); len(got) != 0 {
			t.Errorf("left behind: %v", got)
		}
	})
}

// Many callers at once, each with punches of its own and one that all of them
// send: it is new to one of them.
func TestInsertTogether(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		const callers, rounds = 24, 5
		var mu sync.Mutex
		var inserted, repeated int
		var wait sync.WaitGroup
		for c := range callers {
			wait.Go(func() {
				user := attendance.UserID(fmt.Sprintf("u%d", c))
				for r := range rounds {
					n, again, err := db.InsertPunches(context.Background(), corp,
						[]attendance.PunchRecord{punch(user, int64(10+r)), punch("shared", 1)})
					if err != nil {
						t.Error(err)
					}
					mu.Lock()
					inserted, repeated = inserted+n, repeated+again
					mu.Unlock()
				}
			})
		}
		wait.Wait()
		// 24 x 5 of their own and the shared one; the other 119 are repeats.
		if inserted != callers*rounds+1 || repeated != callers*rounds-1 {
			t.Errorf("%d inserted, %d repeated", inserted, repeated)
		}
		if got := records(t, db, "shared"); len(got) != 1 || got[0].Repeats != callers*rounds-1 {
			t.Errorf("shared: %+v", got)
		}
		if got := records(t, db, "u0", "u23"); len(got) != 2*rounds {
			t.Errorf("%d records", len(got))
		}
	})
}

func TestDeviceRecords(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		make := func(at, known int64, source attendance.Source) attendance.PunchRecord {
			r := punch("a", at)
			r.KnownAt, r.LastReceived, r.Source = known, known, source
			return r
		}
		phone, early := make(100, 100, attendance.SourcePhone), make(100, 900, attendance.SourceAccess)
		device, other := make(200, 200, attendance.SourceDevice), make(300, 300, attendance.SourceOther)
		mustInsert(t, db, phone, early, device, other, make(300, 300, attendance.SourceCorrection))
		for _, tt := range []struct {
			name     string
			from, to int64
			byUpload bool
			want     []attendance.PunchRecord
		}{
			{"by time, ends included", 100, 200, false, []attendance.PunchRecord{early, device}},
			{"by upload", 300, 900, true, []attendance.PunchRecord{early, other}},
			{"none", 201, 299, false, nil},
		} {
			got := get(t, db, func(tx *store.Tx) ([]attendance.PunchRecord, error) {
				return tx.DeviceRecords(corp, []attendance.UserID{"a", "nobody"}, tt.from, tt.to, tt.byUpload)
			})
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s: %s", tt.name, diff)
			}
		}
		if got := get(t, db, func(tx *store.Tx) ([]attendance.PunchRecord, error) {
			return tx.Records("ww2", []attendance.UserID{"a"}, 0, 1000)
		}); got != nil {
			t.Errorf("another corp sees %v", got)
		}
	})
}
