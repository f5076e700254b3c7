package app_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/google/go-cmp/cmp"
)

// Forms go by the days that they are for, not by when they were handed in, which is
// on 2025-09-11 for all of them.
func TestFormsOn(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		f.install(t, officeOvertime)
		workdays := leaveByDay(t, "night1", "年假", "2025-08-29 12:00:00", "2025-09-01 12:00:00") // a Friday's afternoon to a Monday
		workdays.Vacation.WorkdaysOnly = true
		f.enter(t, leaveByDay(t, "ZhangSan", "病假", "2025-08-31 00:00:00", "2025-09-01 00:00:00"), // to its morning
			asked(t, "ZhangSan", attendance.OvertimeApproval, "2025-08-30 22:00:00", "2025-08-31 00:00:00"), // not on the 31st
			asked(t, "ZhangSan", attendance.OutingApproval, "2025-09-01 23:00:00", "2025-09-02 01:00:00"),
			workdays)
		on := func(first, last string, users ...attendance.UserID) (got []string) {
			t.Helper()
			forms, err := f.FormsOn(ctx, f.corp, users, day(t, first), day(t, last))
			must(t, err)
			for _, x := range forms {
				got = append(got, fmt.Sprintf("%s %s %d %s %d", x.User, x.Name, x.Kind, x.Request.Vacation.Name, x.Seconds))
			}
			return got
		}
		// half a day of Friday and a day of Monday; a day and a half; two hours
		annual, sick := "night1 李四 1 年假 129600", "ZhangSan 张三 1 病假 129600"
		over, out := "ZhangSan 张三 5  7200", "ZhangSan 张三 4  7200"
		for _, tt := range []struct {
			first, last string
			users       []attendance.UserID
			want        []string
		}{
			{"2025-08-30", "2025-08-30", nil, []string{over, annual}},
			{"2025-08-31", "2025-08-31", nil, []string{sick, annual}},
			{"2025-09-01", "2025-09-01", nil, []string{sick, out, annual}},
			{"2025-09-02", "2025-09-02", nil, []string{out}},
			{"2025-09-03", "2025-09-30", nil, nil},
			{"2025-08-01", "2025-08-28", nil, nil},
			{"2025-08-01", "2025-09-30", []attendance.UserID{"NIGHT1"}, []string{annual}},
		} {
			if diff := cmp.Diff(tt.want, on(tt.first, tt.last, tt.users...)); diff != "" {
				t.Errorf("%s to %s, -want +got:\n%s", tt.first, tt.last, diff)
			}
		}

		entered, err := f.FormsEntered(ctx, f.corp, nil, at(t, "2025-09-11 00:00:00"), at(t, "2025-09-11 23:59:59"))
		if err != nil || len(entered) != 4 || entered[0].Seconds != 129600 {
			t.Errorf("entered on 2025-09-11: %+v, %v", entered, err)
		}
		if entered, err = f.FormsEntered(ctx, f.corp, nil, at(t, "2025-08-01 00:00:00"), at(t, "2025-09-10 23:59:59")); err != nil || entered != nil {
			t.Errorf("entered before: %+v, %v", entered, err)
		}

		// One that is for other days now is no longer for those that it was for.
		moved := asked(t, "ZhangSan", attendance.OutingApproval, "2025-10-01 09:00:00", "2025-10-01 11:00:00")
		forms, err := f.FormsOn(ctx, f.corp, nil, day(t, "2025-09-02"), day(t, "2025-09-02"))
		must(t, err)
		moved.No = forms[0].No
		f.enter(t, moved)
		if got := on("2025-09-02", "2025-09-02"); got != nil {
			t.Errorf("moved away: %q", got)
		}
		if diff := cmp.Diff([]string{out}, on("2025-10-01", "2025-10-01")); diff != "" {
			t.Errorf("moved, -want +got:\n%s", diff)
		}
	})
}
