package app_test

import (
	"context"
	"fmt"
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
		users := fill(b, a, corp, first, last)
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

// fill makes 100 members under the office rule with four punches a day.
func fill(b *testing.B, a *app.App, corp *app.Corp, first, last attendance.Day) (users []attendance.UserID) {
	ctx := context.Background()
	var members []app.Contact
	var punches []attendance.PunchRecord
	for i := range 100 {
		id := attendance.UserID(fmt.Sprintf("user%03d", i))
		users = append(users, id)
		members = append(members, app.Contact{ID: id, Depts: []attendance.DeptID{attendance.RootDept}})
		for d := first - 3; d <= last+2; d++ {
			for _, t := range []int64{8*3600 + 3000, 12 * 3600, 13 * 3600, 18*3600 + 600} {
				punches = append(punches, attendance.PunchRecord{User: id, Punch: attendance.Punch{
					At: corp.Zone.Midnight(d) + t + int64(i), Source: attendance.SourceDevice, Device: "door",
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
	if _, _, err := a.AddPunches(ctx, corp, punches); err != nil {
		b.Fatal(err)
	}
	return users
}
