package store_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

// The company of the benchmarks: of its members the first 100 are asked about,
// for one month of three.
const (
	staff     = 1000
	asked     = 100
	benchDays = 93
)

func staffID(i int) attendance.UserID { return attendance.UserID(fmt.Sprintf("user%04d", i)) }

// fill stores four punches a day, two requests and a correction a month for
// each member, and returns those asked about.
func fill(b *testing.B, db *store.DB, zone *attendance.Zone, first attendance.Day) (users []attendance.UserID) {
	b.Helper()
	write(b, db, func(tx *store.Tx) error {
		var members []store.Member
		var all []attendance.PunchRecord
		for i := range staff {
			id := staffID(i)
			members = append(members, store.Member{ID: id, Left: attendance.MaxDay})
			all = all[:0]
			for d := range benchDays {
				for _, tod := range []attendance.TimeOfDay{32000, 43300, 46700, 65000} {
					all = append(all, punch(id, zone.At(first+attendance.Day(d), tod)))
				}
			}
			if _, _, err := tx.InsertPunches(corp, all); err != nil {
				return err
			}
			if err := fillForms(tx, id, first); err != nil {
				return err
			}
			if i < asked {
				users = append(users, id)
			}
		}
		return tx.AddMembers(corp, members)
	})
	return users
}

func fillForms(tx *store.Tx, id attendance.UserID, first attendance.Day) error {
	for n := range benchDays / 15 {
		d := first + attendance.Day(15*n)
		a := store.Approval{User: id, First: d, Last: d, KnownAt: int64(1000 * n), Status: attendance.Passed}
		a.No, a.Kind = fmt.Sprintf("%s-%d", id, n), attendance.LeaveApproval
		if err := tx.AddApprovals(corp, []store.Approval{a}); err != nil {
			return err
		}
		if n%2 == 0 {
			c := store.Correction{User: id, Correction: attendance.Correction{Day: d, Slot: 32400, KnownAt: int64(1000 * n), By: attendance.ByApproval}}
			if err := tx.AddCorrections(corp, []store.Correction{c}); err != nil {
				return err
			}
		}
	}
	return nil
}

// BenchmarkFacts reads what a month's report of 100 members needs.
// BenchmarkFactsBare is what to hold it against.
func BenchmarkFacts(b *testing.B) {
	storetest.Bench(b, func(b *testing.B, db *store.DB) {
		zone, first := shanghai(b), day(b, "2026-01-01")
		users := fill(b, db, zone, first)
		b.ReportAllocs()
		for b.Loop() {
			people := get(b, db, func(tx *store.Tx) ([]attendance.Person, error) {
				return tx.Facts(corp, users, first+31, first+61, 1<<40, zone)
			})
			if len(people) != asked || len(people[asked-1].Punches) != 31*4 {
				b.Fatal("not all of the facts")
			}
		}
	})
}

// BenchmarkFactsBare reads the same rows in one plain query, by the driver
// alone, and keeps nothing of them.
func BenchmarkFactsBare(b *testing.B) {
	path := filepath.Join(b.TempDir(), "bare.db")
	db, err := store.Open(context.Background(), "sqlite:"+path, store.Options{Relaxed: true})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	if err := db.Migrate(context.Background()); err != nil {
		b.Fatal(err)
	}
	zone, first := shanghai(b), day(b, "2026-01-01")
	fill(b, db, zone, first)
	c, err := sqlite.OpenConn(path, sqlite.OpenReadOnly)
	if err != nil {
		b.Fatal(err)
	}
	defer c.Close()
	for b.Loop() {
		var rows, sum int64
		err := sqlitex.Execute(c, `SELECT user_id, at, known_at, section, flags, slot, source, device FROM punches
			WHERE corp_id = ? AND user_id BETWEEN ? AND ? AND at >= ? AND at < ?`, &sqlitex.ExecOptions{
			Args: []any{string(corp), string(staffID(0)), string(staffID(asked - 1)), zone.Midnight(first + 31), zone.Midnight(first + 62)},
			ResultFunc: func(stmt *sqlite.Stmt) error {
				rows++
				for col := 1; col < 7; col++ {
					sum += stmt.ColumnInt64(col)
				}
				return nil
			},
		})
		if err != nil || rows != asked*31*4 || sum == 0 {
			b.Fatal(rows, err)
		}
	}
}

// BenchmarkImport stores punches in the order of their keys in transactions of
// 10,000.
func BenchmarkImport(b *testing.B) {
	storetest.Bench(b, func(b *testing.B, db *store.DB) {
		const bulk = 10_000
		all := make([]attendance.PunchRecord, bulk)
		user := 0
		for b.Loop() {
			user++
			id := attendance.UserID(fmt.Sprintf("%08d", user))
			for i := range all {
				all[i] = punch(id, int64(i))
				all[i].Device = "CKEH204360019"
			}
			write(b, db, func(tx *store.Tx) error {
				_, _, err := tx.InsertPunches(corp, all)
				return err
			})
		}
		b.ReportMetric(float64(b.N)*bulk/b.Elapsed().Seconds(), "rows/s")
	})
}
