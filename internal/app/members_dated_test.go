package app_test

import (
	"context"
	"errors"
	"testing"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

// reported returns the days of a member that have a row, and those of them that
// are under the rule of the office.
func (f *fixture) reported(t *testing.T, user attendance.UserID, first, last attendance.Day) (days []string, ruled int) {
	t.Helper()
	q := app.Query{Corp: f.corp, Users: []attendance.UserID{user}, First: first, Last: last}
	must(t, f.DayReports(context.Background(), q, func(_ *app.Member, r *attendance.DayReport) error {
		days = append(days, r.Day.String())
		if r.Kind.Rule != nil {
			ruled++
		}
		return nil
	}))
	return days, ruled
}

// Who is entered late has been there, in the department and under its rule, from
// the first day on; who is to come is not there before it.
func TestFirstDay(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f, ctx := newFixture(t, db), context.Background()
		early, later := day(t, "2025-09-03"), day(t, "2025-09-15")
		edit := func(user attendance.UserID, first attendance.Day) app.MemberEdit {
			return app.MemberEdit{User: user, Name: new("新"), Depts: []attendance.DeptID{2}, First: &first}
		}
		must(t, f.CreateMember(ctx, f.corp, edit("early", early)))
		must(t, f.CreateMember(ctx, f.corp, edit("later", later)))
		// 3 to 11 September, the day that it is.
		if days, ruled := f.reported(t, "early", day(t, "2025-09-01"), day(t, "2025-09-11")); len(days) != 9 || days[0] != "2025-09-03" || ruled != 9 {
			t.Errorf("early: %v, %d under the rule", days, ruled)
		}
		if days, _ := f.reported(t, "later", day(t, "2025-09-01"), day(t, "2025-09-11")); len(days) != 0 {
			t.Errorf("later: %v", days)
		}
		f.clock.at = f.clock.at.AddDate(0, 0, 6) // 17 September
		if days, ruled := f.reported(t, "later", day(t, "2025-09-01"), day(t, "2025-09-17")); len(days) != 3 || days[0] != "2025-09-15" || ruled != 3 {
			t.Errorf("later, on 17 September: %v, %d under the rule", days, ruled)
		}
	})
}

// A last day ends the reports, and keeps those until then.
func TestLastDay(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f, ctx := newFixture(t, db), context.Background()
		must(t, f.EndMember(ctx, f.corp, "zhangsan", day(t, "2025-09-05")))
		if days, ruled := f.reported(t, "ZhangSan", day(t, "2025-09-01"), day(t, "2025-09-11")); len(days) != 5 || ruled != 5 || days[4] != "2025-09-05" {
			t.Errorf("%v, %d under the rule", days, ruled)
		}
		contacts, err := f.Contacts(ctx, f.corp, []attendance.UserID{"ZhangSan"})
		must(t, err)
		if c := contacts[0]; c.Left != day(t, "2025-09-05") || len(c.Depts) != 1 || c.Depts[0] != 2 {
			t.Errorf("%+v", c)
		}
		first := day(t, "2025-09-03")
		must(t, f.CreateMember(ctx, f.corp, app.MemberEdit{User: "new", Name: new("新"), First: &first}))
		if err := f.EndMember(ctx, f.corp, "new", first-1); !errors.Is(err, app.ErrBadInput) {
			t.Errorf("before the first day: %v", err)
		}
		if err := f.EndMember(ctx, f.corp, "nobody", first); !errors.Is(err, attendance.ErrUnknownUser) {
			t.Errorf("nobody: %v", err)
		}
		// Who is deleted is in no report of now any more, not even of days before.
		must(t, f.DeleteMember(ctx, f.corp, "new"))
		q := app.Query{Corp: f.corp, Users: []attendance.UserID{"new"}, First: first, Last: first}
		if err := f.DayReports(ctx, q, nil); !errors.Is(err, attendance.ErrUnknownUser) {
			t.Errorf("deleted: %v", err)
		}
	})
}
