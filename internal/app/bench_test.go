package app_test

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/internal/wire"
)

// BenchmarkDayReports is the most that one getcheckin_daydata may ask: 100
// members and 31 days of four punches, from the database to the reports.
// "read" only reads the same rows and is the yardstick.
func BenchmarkDayReports(b *testing.B) {
	storetest.Bench(b, func(b *testing.B, db *store.DB) {
		ctx := context.Background()
		now := time.Date(2025, 9, 11, 12, 0, 0, 0, time.FixedZone("", 8*3600))
		a := app.New(db, func() time.Time { return now })
		corp, _, err := a.CreateCorp(ctx, app.NewCorp{ID: "ww1"})
		if err != nil {
			b.Fatal(err)
		}
		first := attendance.DayOf(2025, 8, 1)
		last := first + 30
		users := fill(b, a, corp, 100, first, last)
		b.Run("read", func(b *testing.B) {
			for b.Loop() {
				err := db.Read(ctx, func(tx *store.Tx) error {
					people, err := tx.Facts(corp.ID, users, first-3, last+2, now.Unix(), corp.Zone)
					if err == nil && len(people) != len(users) {
						err = fmt.Errorf("%d people", len(people))
					}
					return err
				})
				if err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("reports", func(b *testing.B) {
			for b.Loop() {
				days := 0
				q := app.Query{Corp: corp, Users: users, First: first, Last: last}
				err := a.DayReports(ctx, q, func(*app.Member, *attendance.DayReport) error { days++; return nil })
				if err != nil || days != len(users)*31 {
					b.Fatalf("%d days, %v", days, err)
				}
			}
		})
	})
}

// BenchmarkCompany is a month of a whole company, 30 days of four punches each,
// from the database to day and month reports; heap-MB is the most that was in
// use at the end of a tenth of the members. It has 1,000 members, and 10,000 with
// DAKA_FULL=1.
func BenchmarkCompany(b *testing.B) {
	people := 1000
	if os.Getenv("DAKA_FULL") != "" {
		people = 10_000
	}
	storetest.Bench(b, func(b *testing.B, db *store.DB) {
		ctx := context.Background()
		now := time.Date(2025, 9, 11, 12, 0, 0, 0, time.FixedZone("", 8*3600))
		a := app.New(db, func() time.Time { return now })
		corp, _, err := a.CreateCorp(ctx, app.NewCorp{ID: "ww1"})
		if err != nil {
			b.Fatal(err)
		}
		first := attendance.DayOf(2025, 8, 1)
		last := first + 29
		fill(b, a, corp, people, first, last)
		var heap uint64
		b.Run("days and months", func(b *testing.B) {
			for b.Loop() {
				days, months := 0, 0
				q := app.Query{Corp: corp, First: first, Last: last}
				err := a.DayReports(ctx, q, func(*app.Member, *attendance.DayReport) error {
					if days++; days%(people*3) == 0 {
						var m runtime.MemStats
						runtime.ReadMemStats(&m)
						heap = max(heap, m.HeapInuse)
					}
					return nil
				})
				if err != nil || days != people*30 {
					b.Fatalf("%d days, %v", days, err)
				}
				err = a.MonthReports(ctx, q, func(*app.Member, *attendance.MonthReport) error { months++; return nil })
				if err != nil || months != people {
					b.Fatalf("%d months, %v", months, err)
				}
			}
			b.ReportMetric(float64(heap)/1e6, "heap-MB")
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*people*30), "µs/person-day")
		})
	})
}

// fill makes members under the office rule with four punches a day.
func fill(b *testing.B, a *app.App, corp *app.Corp, people int, first, last attendance.Day) (users []attendance.UserID) {
	ctx := context.Background()
	var members []app.Contact
	var punches []attendance.PunchRecord
	for i := range people {
		id := attendance.UserID(fmt.Sprintf("user%05d", i))
		users = append(users, id)
		members = append(members, app.Contact{ID: id, Depts: []attendance.DeptID{attendance.RootDept}})
		for d := first - 3; d <= last+2; d++ {
			for _, t := range []int64{8*3600 + 3000, 12 * 3600, 13 * 3600, 18*3600 + 600} {
				punches = append(punches, attendance.PunchRecord{User: id, Punch: attendance.Punch{
					At: corp.Zone.Midnight(d) + t + int64(i%100), Source: attendance.SourceDevice, Device: "door",
				}})
			}
		}
	}
	if err := a.AddMembers(ctx, corp, members); err != nil {
		b.Fatal(err)
	}
	if _, err := a.InstallRule(ctx, corp, app.RuleSpec{Doc: []byte(office), Form: wire.FormRead}); err != nil {
		b.Fatal(err)
	}
	for part := range slices.Chunk(punches, 50_000) {
		if _, _, err := a.AddPunches(ctx, corp, part); err != nil {
			b.Fatal(err)
		}
	}
	return users
}
