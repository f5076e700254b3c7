package app_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/google/go-cmp/cmp"
)

// A number is of one form. Another member's request for the very same may share
// it, one for anything else is refused, whichever way it comes in.
func TestNumberOfAnother(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db)
		ctx := context.Background()
		const held = `sp_no "S1" is the number of another request, of ZhangSan`
		mine := leaveByDay(t, "ZhangSan", "年假", "2025-09-10 00:00:00", "2025-09-10 12:00:00")
		mine.No = "S1"
		f.enter(t, mine)
		for name, change := range map[string]func(e *app.ApprovalEntry){
			"another kind of leave": func(e *app.ApprovalEntry) { e.Vacation.Name = "事假" },
			"a trip":                func(e *app.ApprovalEntry) { e.Kind, e.Vacation = attendance.TripApproval, attendance.Vacation{} },
			"a half day less":       func(e *app.ApprovalEntry) { e.To = e.From },
			"a day later":           func(e *app.ApprovalEntry) { e.From, e.To = e.From+86400, e.To+86400 },
		} {
			e := mine
			e.User = "night1"
			change(&e)
			_, err := f.CheckApprovals(ctx, f.corp, []app.ApprovalEntry{e})
			if !errors.Is(err, app.ErrBadInput) || !strings.HasSuffix(err.Error(), held) {
				t.Errorf("%s: %v", name, err)
			}
			if e.Vacation.Name != "" {
				e.Vacation.ID = map[string]int64{"年假": 1, "事假": 2}[e.Vacation.Name]
			}
			if err := f.AddApprovals(ctx, f.corp, []app.ApprovalEntry{e}); !errors.Is(err, app.ErrBadInput) || !strings.HasSuffix(err.Error(), held) {
				t.Errorf("%s, stored: %v", name, err)
			}
		}
		both := mine
		both.User = "night1"
		f.enter(t, both)
		later := mine
		later.From, later.To = later.From+86400, later.To+86400
		if _, err := f.CheckApprovals(ctx, f.corp, []app.ApprovalEntry{later}); !errors.Is(err, app.ErrBadInput) {
			t.Errorf("a collective form changed for one member: %v", err)
		}
		other := later
		other.User = "night1"
		checks, err := f.CheckApprovals(ctx, f.corp, []app.ApprovalEntry{later, other})
		must(t, err)
		must(t, f.AddApprovals(ctx, f.corp, []app.ApprovalEntry{checks[0].ApprovalEntry, checks[1].ApprovalEntry}))
		forms, err := f.FormsNumbered(ctx, f.corp, "S1")
		must(t, err)
		var got []string
		for _, form := range forms {
			got = append(got, string(form.User)+" "+form.Days[0].Day.String())
		}
		if diff := cmp.Diff([]string{"ZhangSan 2025-09-11", "night1 2025-09-11"}, got); diff != "" {
			t.Errorf("forms, -want +got:\n%s", diff)
		}
		if _, err := f.FormsNumbered(ctx, f.corp, "none"); !errors.Is(err, app.ErrNoForm) {
			t.Errorf("no such number: %v", err)
		}
	})
}

// Between the rows of a table the first has the number; a table that changes a
// collective form for all who share it is taken.
func TestImportNumberOfAnother(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db)
		ctx := context.Background()
		row := func(user attendance.UserID, vacation, from, to string) app.ApprovalRow {
			e := leaveByDay(t, user, vacation, from, to)
			e.No = "S1"
			return app.ApprovalRow{User: user, Approval: e.Approval, Status: attendance.Passed}
		}
		rows := []app.ApprovalRow{
			row("ZhangSan", "年假", "2025-09-10 00:00:00", "2025-09-10 12:00:00"), row("night1", "事假", "2025-09-11 00:00:00", "2025-09-12 12:00:00"),
		}
		const held = "S1 is the number of another request, of ZhangSan: members share one only where it asks for the same of each"
		for range 2 { // between rows, then beside what is stored
			plan, err := f.PlanApprovals(ctx, f.corp, rows)
			must(t, err)
			if diff := cmp.Diff([]string{"1 number: " + held}, faults(plan)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			_, err = f.ImportApprovals(ctx, f.corp, app.ImportFile{Name: "a.csv"}, rows[:1])
			must(t, err)
		}
		rows[1] = row("night1", "年假", "2025-09-10 00:00:00", "2025-09-10 12:00:00")
		plan, err := f.ImportApprovals(ctx, f.corp, app.ImportFile{Name: "a.csv"}, rows)
		must(t, err)
		if plan.Added != 1 || plan.Unchanged != 1 {
			t.Errorf("a collective form: %+v", plan)
		}
		for i := range rows {
			rows[i].To = at(t, "2025-09-11 12:00:00")
		}
		if plan, err = f.PlanApprovals(ctx, f.corp, rows[:1]); err != nil || len(plan.Issues) != 1 {
			t.Errorf("changed for one: %+v, %v", plan, err)
		}
		plan, err = f.ImportApprovals(ctx, f.corp, app.ImportFile{Name: "a.csv"}, rows)
		must(t, err)
		if plan.Changed != 2 || plan.Requests[1].Was == nil || plan.Requests[1].Was.To != at(t, "2025-09-10 12:00:00") {
			t.Errorf("changed for both: %+v", plan)
		}
	})
}

// Requests that came to share a number before can each be given another state.
func TestNumberSharedBefore(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db)
		ctx := context.Background()
		one, other := asked(t, "ZhangSan", attendance.TripApproval, "2025-09-10 09:00:00", "2025-09-10 12:00:00"),
			asked(t, "night1", attendance.OutingApproval, "2025-09-10 09:00:00", "2025-09-10 12:00:00")
		one.No, other.No = "S1", "S1"
		must(t, f.AddFacts(ctx, f.corp, app.FactSet{Approvals: []app.ApprovalEntry{one, other}}))
		restate := app.ApprovalEntry{Status: attendance.Revoked}
		restate.No = "S1"
		for _, c := range f.enter(t, restate) {
			if c.Was != attendance.Passed {
				t.Errorf("%+v", c)
			}
		}
	})
}

// By hand as in a table 调休 is 调休假.
func TestVacationCalledShort(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db)
		for _, name := range []string{"调休", "调休假"} {
			e := leaveByDay(t, "ZhangSan", name, "2025-09-10 00:00:00", "2025-09-10 12:00:00")
			checks, err := f.CheckApprovals(context.Background(), f.corp, []app.ApprovalEntry{e})
			if err != nil || checks[0].Vacation.ID != 4 || checks[0].Vacation.Name != "调休假" {
				t.Errorf("%s: %+v, %v", name, checks, err)
			}
		}
	})
}
