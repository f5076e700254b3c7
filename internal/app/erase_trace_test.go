package app_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

// raw returns all bytes that an open database has on the disk, in lower case,
// or what its tables hold when it is not in files of its own.
func raw(t *testing.T, dsn string) (all []byte) {
	t.Helper()
	file, ok := strings.CutPrefix(dsn, "sqlite:")
	if !ok {
		return everything(t, dsn)
	}
	for _, suffix := range []string{"", "-wal", "-shm"} {
		text, err := os.ReadFile(file + suffix)
		must(t, err)
		all = append(all, bytes.ToLower(text)...)
	}
	return all
}

// canaries are what only one member's facts hold.
var canaries = []string{"canary7", "金丝雀", "sncanary", "canary street"}

// crowd stores a month of punches of many members, day by day, so that the
// pages of the database are split again and again, one of them the canary.
func (f *fixture) crowd(t *testing.T) {
	t.Helper()
	ctx := context.Background()
	members := []app.Contact{{ID: "u150-Canary7", Name: "金丝雀", Depts: []attendance.DeptID{1}}}
	for i := range 300 {
		members = append(members, app.Contact{ID: attendance.UserID(fmt.Sprintf("u%03d", i)), Name: "n", Depts: []attendance.DeptID{1}})
	}
	must(t, f.AddMembers(ctx, f.corp, members))
	for d := range 30 {
		var punches []attendance.PunchRecord
		for i := range members {
			p := attendance.PunchRecord{User: members[i].ID, Punch: attendance.Punch{
				At: at(t, "2025-08-01 09:00:00") + int64(d)*86400, Source: attendance.SourceDevice, Device: "SN1",
			}, PunchDetail: attendance.PunchDetail{LocationTitle: "the street of all the others"}}
			if i == 0 {
				p.Device, p.LocationTitle = "SNcanary", "Canary Street"
			}
			punches = append(punches, p)
		}
		_, _, err := f.AddPunches(ctx, f.corp, punches)
		must(t, err)
	}
}

// After an erasure the files of a database hold no byte of the person: neither
// the database's nor its log's, free pages and gaps included. The database
// stays open all the while, and is used afterwards.
func TestEraseLeavesNoTrace(t *testing.T) {
	t.Parallel()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		ctx := context.Background()
		db, err := store.Open(ctx, dsn, store.Options{Relaxed: true})
		must(t, err)
		defer db.Close()
		must(t, db.Migrate(ctx))
		f := newFixture(t, db)
		f.crowd(t)
		before := raw(t, dsn)
		for _, word := range canaries {
			if !bytes.Contains(before, []byte(word)) {
				t.Fatalf("the search does not find %q before the erasure", word)
			}
		}
		cancelled, cancel := context.WithTimeout(ctx, time.Minute)
		defer cancel()
		left, err := f.Erase(cancelled, f.corp, "u150-canary7")
		must(t, err)
		if left.Punches != 30 {
			t.Errorf("erased %+v", left)
		}
		after := raw(t, dsn)
		for _, word := range canaries {
			if i := bytes.Index(after, []byte(word)); i >= 0 {
				t.Errorf("byte %d: %q", i, after[max(0, i-60):min(len(after), i+60)])
			}
		}
		f.punch(t, "u150", "2025-09-10 09:00:00")
		records, err := f.DeviceRecords(ctx, f.corp, []attendance.UserID{"u150"}, 0, 1<<40, false)
		if err != nil || len(records) != 31 {
			t.Errorf("%d punches of another member, %v", len(records), err)
		}
	})
}
