package app_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

// A day comes with what it was judged by: 09:05 is 300 s late by what was known
// then, and for good once its month is closed; without it the day is absent.
func TestDayBasis(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		wednesday := day(t, "2025-09-10")
		f.punch(t, "zhangsan", "2025-09-10 09:05:30", "2025-09-10 18:00:00")
		first := func(asOf int64) attendance.Finding {
			t.Helper()
			b, err := f.DayBasis(ctx, f.corp, "zhangsan", wednesday, asOf)
			must(t, err)
			if b.Person.ID != "ZhangSan" || len(b.Person.Punches) < len(b.Report.Uses) || b.Facts.Calendar == nil {
				t.Errorf("got %+v", b)
			}
			return b.Report.Findings[0]
		}
		if got := first(0); got.Code != attendance.Late || got.Seconds != 300 {
			t.Errorf("got %+v", got)
		}
		f.clock.at = time.Date(2025, 10, 8, 12, 0, 0, 0, noon.Location())
		must(t, f.CloseMonth(ctx, f.corp, app.MonthOf{Year: 2025, Month: 9}, "boss", ""))
		closing := f.clock.at.Unix()
		f.clock.at = f.clock.at.Add(time.Hour)
		must(t, f.AddFacts(ctx, f.corp, app.FactSet{Punches: []attendance.PunchRecord{
			{User: "ZhangSan", Punch: attendance.Punch{At: at(t, "2025-09-10 08:00:00"), Source: attendance.SourceDevice, Device: "door"}},
		}}))
		b, err := f.DayBasis(ctx, f.corp, "zhangsan", wednesday, 0)
		must(t, err)
		if !b.Closed || b.Facts.AsOf != closing || len(b.Report.Uses) != 2 || b.Report.Findings[0].Seconds != 300 {
			t.Errorf("closed: got %+v", b)
		}
		must(t, f.ReopenMonth(ctx, f.corp, app.MonthOf{Year: 2025, Month: 9}, "boss", "a punch was late"))
		b, err = f.DayBasis(ctx, f.corp, "zhangsan", wednesday, 0)
		must(t, err)
		if b.Closed || len(b.Report.Findings) != 0 || len(b.Report.Uses) != 3 {
			t.Errorf("reopened: got %+v", b)
		}
		b, err = f.DayBasis(ctx, f.corp, "zhangsan", wednesday+60, 0)
		must(t, err)
		if b.Report != nil {
			t.Errorf("a day to come has a report: %+v", b.Report)
		}
		for user, asOf := range map[attendance.UserID]int64{"nobody": 0, "zhangsan": 1} {
			if _, err := f.DayBasis(ctx, f.corp, user, wednesday, asOf); !errors.Is(err, attendance.ErrUnknownUser) {
				t.Errorf("%s as of %d: got %v", user, asOf, err)
			}
		}
	})
}
