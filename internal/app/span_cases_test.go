package app_test

import (
	"context"
	"testing"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/google/go-cmp/cmp"
)

// A leave that counts working days is as long as the shifts of all its days make
// it, whichever of them is asked: from 09-01 to 09-30 with a shift on all days
// but every third it takes 20 days, and so it says on the first day, in the
// middle, on the last, alone and in the whole.
func TestLengthOfLeaveOnAnyDay(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		group := f.install(t, nights)
		first, last := day(t, "2025-09-01"), day(t, "2025-09-30")
		var shifts []app.Assignment
		for d := first; d <= last; d++ {
			if (d-first)%3 < 2 {
				shifts = append(shifts, app.Assignment{User: "night1", Day: d, Shift: 7})
			}
		}
		must(t, f.SetSchedules(ctx, f.corp, group, shifts, app.AnyDay))
		must(t, f.AddApprovals(ctx, f.corp, []app.ApprovalEntry{{User: "night1", Status: attendance.Passed, Approval: attendance.Approval{
			No: "1", Kind: attendance.LeaveApproval, ByDay: true, Vacation: attendance.Vacation{ID: 1, Name: "年假", WorkdaysOnly: true},
			From: at(t, "2025-09-01 00:00:00"), To: at(t, "2025-09-30 12:00:00"),
		}}}))
		f.clock.at = noon.AddDate(0, 1, 0)
		for _, span := range [][2]attendance.Day{{first, first}, {first + 15, first + 15}, {last - 2, last}, {first, last}} {
			var seen int
			q := app.Query{Corp: f.corp, Users: []attendance.UserID{"ZhangSan", "night1"}, First: span[0], Last: span[1]}
			must(t, f.DayReports(ctx, q, func(_ *app.Member, r *attendance.DayReport) error {
				for _, m := range r.Approvals {
					if seen++; m.Total != 20*attendance.SecondsPerDay {
						t.Errorf("%s, asked with %s to %s: the leave takes %d s, want 20 days", r.Day, span[0], span[1], m.Total)
					}
				}
				return nil
			}))
			if seen == 0 {
				t.Errorf("%s to %s: no day of the leave", span[0], span[1])
			}
		}
	})
}

// A day report names the departments of its day, whichever days are asked for
// with it; a month those of its last day.
func TestDepartmentsOfTheDay(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		must(t, f.AddFacts(ctx, f.corp, app.FactSet{Members: []app.MemberFact{
			{Contact: app.Contact{ID: "ZhangSan", Name: "张三", Depts: []attendance.DeptID{1}}, From: day(t, "2025-09-10")},
		}}))
		q := app.Query{Corp: f.corp, Users: []attendance.UserID{"ZhangSan"}, First: day(t, "2025-09-09"), Last: day(t, "2025-09-10")}
		want := map[string]string{"2025-09-09": "有家企业/研发部", "2025-09-10": "有家企业", "month": "有家企业"}
		got := map[string]string{}
		must(t, f.DayReports(ctx, q, func(m *app.Member, r *attendance.DayReport) error {
			got[r.Day.String()] = m.Departs
			return nil
		}))
		must(t, f.MonthReports(ctx, q, func(m *app.Member, _ *attendance.MonthReport) error {
			got["month"] = m.Departs
			return nil
		}))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}
