package app_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/internal/wire"
)

var september = app.MonthOf{Year: 2025, Month: 9}

// rows are the wire forms of a member's days, for comparing.
func (f *fixture) rows(t *testing.T, user attendance.UserID, first, last attendance.Day) []string {
	t.Helper()
	var rows []string
	q := app.Query{Corp: f.corp, Users: []attendance.UserID{user}, First: first, Last: last}
	must(t, f.DayReports(context.Background(), q, func(m *app.Member, r *attendance.DayReport) error {
		row, err := json.Marshal(wire.DayDataOut(f.corp.Zone, r, wire.Who{Name: m.Name, Departs: m.Departs}))
		rows = append(rows, string(row))
		return err
	}))
	return rows
}

// A punch that comes in after the closing changes nothing but the list of
// adjustments; reopened, the month follows it.
func TestCloseMonth(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		f.punch(t, "ZhangSan", "2025-09-10 09:05:30", "2025-09-10 18:30:00")
		must(t, f.Correct(ctx, f.caller, app.CorrectionRequest{User: "ZhangSan", Day: day(t, "2025-09-09"), Slot: 32400, At: at(t, "2025-09-09 08:55:00")}))
		if err := f.CloseMonth(ctx, f.corp, september, "hr", "payroll"); !errors.Is(err, app.ErrMonthRunning) {
			t.Fatalf("a running month: %v", err)
		}
		// 2025-10-01 03:59 is the end of the last day's windows.
		f.clock.at = time.Date(2025, 10, 1, 3, 0, 0, 0, noon.Location())
		if err := f.CloseMonth(ctx, f.corp, september, "hr", "payroll"); !errors.Is(err, app.ErrMonthRunning) {
			t.Fatalf("the last day is still provisional: %v", err)
		}
		f.clock.at = time.Date(2025, 10, 3, 9, 0, 0, 0, noon.Location())
		first, last, err := september.Days()
		must(t, err)
		before := f.rows(t, "ZhangSan", first-3, last+3)
		must(t, f.CloseMonth(ctx, f.corp, september, "hr", "payroll"))
		if err := f.CloseMonth(ctx, f.corp, september, "hr", "again"); !errors.Is(err, app.ErrMonthClosed) {
			t.Errorf("closed twice: %v", err)
		}
		f.clock.at = f.clock.at.Add(time.Minute)
		f.punch(t, "ZhangSan", "2025-09-10 08:50:00", "2025-09-30 09:00:00", "2025-09-30 18:00:00")
		after := f.rows(t, "ZhangSan", first-3, last+3)
		if len(before) != len(after) {
			t.Fatalf("%d rows before, %d after", len(before), len(after))
		}
		for i := range before {
			if before[i] != after[i] {
				t.Errorf("closed row changed:\n%s\n%s", before[i], after[i])
			}
		}
		adjustments, err := f.Adjustments(ctx, f.corp, september)
		must(t, err)
		if len(adjustments) != 2 || adjustments[0].Day != day(t, "2025-09-10") || adjustments[1].Day != last {
			t.Fatalf("adjustments %+v", adjustments)
		}
		if a := adjustments[0]; a.Name != "张三" || len(a.Closed.ExceptionInfos) != 1 || len(a.Now.ExceptionInfos) != 0 {
			t.Errorf("the 10th was late as closed and is not now: %+v", a)
		}
		must(t, f.ReopenMonth(ctx, f.corp, september, "hr", "late upload"))
		if r := f.dayReport(t, "ZhangSan", day(t, "2025-09-10"), 0); len(r.Findings) != 0 {
			t.Errorf("reopened: %+v", r.Findings)
		}
		if err := f.ReopenMonth(ctx, f.corp, september, "hr", "again"); !errors.Is(err, app.ErrMonthOpen) {
			t.Errorf("reopened twice: %v", err)
		}
		states, err := f.MonthStates(ctx, f.corp)
		if err != nil || len(states) != 2 || !states[0].Closed || states[1].Closed || states[1].Reason != "late upload" {
			t.Errorf("states %+v, %v", states, err)
		}
	})
}

// A closed month keeps the reasons of its findings and the use of its punches.
func TestClosedMonthKeepsReasons(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db)
		f.punch(t, "ZhangSan", "2025-09-10 09:05:30", "2025-09-10 12:00:00", "2025-09-10 18:30:00")
		f.clock.at = time.Date(2025, 10, 3, 9, 0, 0, 0, noon.Location())
		must(t, f.CloseMonth(context.Background(), f.corp, september, "hr", ""))
		r := f.dayReport(t, "ZhangSan", day(t, "2025-09-10"), 0)
		if len(r.Findings) != 1 || r.Findings[0].Reason.Clause != attendance.ClauseLate || r.Findings[0].Reason.Card != 32730 {
			t.Errorf("findings %+v", r.Findings)
		}
		if len(r.Uses) != 3 || r.Uses[1].Why != attendance.WhyUpdated || len(r.Kind.Sections) != 1 || r.Kind.Rule.Name != "office" {
			t.Errorf("report %+v", r)
		}
	})
}
