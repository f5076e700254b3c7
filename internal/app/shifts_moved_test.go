package app_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

// Who moves to another group on the 10th, whose plan is of the whole month, was
// on duty by the plan of the old one until then.
func TestShiftsOfWhoMovedOn(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		in := func(dept string) string {
			return strings.Replace(nights, `{"userid":["night1"]}`, `{"party_id":[`+dept+`]}`, 1)
		}
		must(t, f.AddDepartments(ctx, f.corp, []attendance.Department{{ID: 3, Parent: 1, Name: "车间"}, {ID: 4, Parent: 1, Name: "仓库"}}))
		old, group := f.install(t, in("3")), f.install(t, in("4"))
		must(t, f.AddFacts(ctx, f.corp, app.FactSet{Members: []app.MemberFact{
			{Contact: app.Contact{ID: "mover", Name: "赵六", Depts: []attendance.DeptID{3}}},
			{Contact: app.Contact{ID: "mover", Name: "赵六", Depts: []attendance.DeptID{4}}, From: day(t, "2025-09-10")},
		}}))
		first := day(t, "2025-09-09")
		must(t, f.SetSchedules(ctx, f.corp, old, []app.Assignment{{User: "mover", Day: first, Shift: 7}, {User: "mover", Day: first + 1, Shift: 0}}, app.AnyDay))
		f.clock.at = noon.Add(time.Hour)
		must(t, f.SetSchedules(ctx, f.corp, group, []app.Assignment{{User: "mover", Day: first, Shift: 0}, {User: "mover", Day: first + 1, Shift: 7}}, app.AnyDay))
		f.clock.at = noon.AddDate(0, 0, 2)
		for d, want := range map[attendance.Day]attendance.GroupID{first: old, first + 1: group} {
			if r := f.dayReport(t, "mover", d, 0); r.Kind.Rule.ID != want || r.Kind.Shift == nil || r.Kind.Shift.ID != 7 {
				t.Errorf("%s: %+v", d, r.Kind)
			}
		}
		shifts, err := f.Schedules(ctx, f.corp, []attendance.UserID{"mover"}, first, first+1)
		if err != nil || len(shifts) != 2 || shifts[0].Shift.ID != 7 || shifts[0].Rule.ID != old || shifts[1].Shift.ID != 7 || shifts[1].Rule.ID != group {
			t.Errorf("shifts %+v, %v", shifts, err)
		}
	})
}
