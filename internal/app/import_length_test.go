package app_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/google/go-cmp/cmp"
)

// counts is a plan without what it tells of its rows.
func counts(p *app.ImportPlan) *app.ImportPlan {
	c := *p
	c.Requests, c.Changes = nil, nil
	return &c
}

// What a request comes to is told before it is stored. The office works Monday to
// Friday, and 2025-09-12 is a Friday: four days to the Monday, two of them off. From
// 09:00 on the 10th to 18:00 on the 11th are 15 + 18 = 33 hours.
func TestImportTellsLengths(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		row := func(e app.ApprovalEntry) app.ApprovalRow {
			return app.ApprovalRow{User: e.User, Approval: e.Approval, Status: e.Status}
		}
		timed := row(asked(t, "ZhangSan", attendance.LeaveApproval, "2025-09-10 09:00:00", "2025-09-11 18:00:00"))
		timed.Vacation = attendance.Vacation{Name: "调休"}
		must(t, f.AddMembers(ctx, f.corp, []app.Contact{{ID: "late", Name: "后来", Depts: []attendance.DeptID{1}, Joined: day(t, "2025-10-01"), Left: attendance.MaxDay}}))
		none, err := f.PlanApprovals(ctx, f.corp, []app.ApprovalRow{row(leaveByDay(t, "late", "年假", "2025-09-12 00:00:00", "2025-09-15 12:00:00"))})
		must(t, err)
		if r := none.Requests[0]; r.Seconds != 345_600 || r.DaysOff != 0 {
			t.Errorf("of whom no rule says which days are off: %+v", r)
		}
		rows := []app.ApprovalRow{
			row(leaveByDay(t, "ZhangSan", "年假", "2025-09-12 00:00:00", "2025-09-15 12:00:00")), timed,
			row(leaveByDay(t, "night1", "事", "2025-09-15 00:00:00", "2025-09-15 00:00:00")),
		}
		told := func(p *app.ImportPlan) (all []string) {
			for _, r := range p.Requests {
				all = append(all, fmt.Sprint(r.Index, " ", r.User, " ", r.Name, " ", r.Vacation.Name, " ", r.Seconds, " off ", r.DaysOff))
			}
			return all
		}
		plan, err := f.PlanApprovals(ctx, f.corp, rows)
		must(t, err)
		want := []string{"0 ZhangSan 张三 年假 345600 off 172800", "1 ZhangSan 张三 调休假 118800 off 0", "2 night1 李四 事假 43200 off 0"}
		if diff := cmp.Diff(want, told(plan)); diff != "" || len(plan.Issues) > 0 {
			t.Errorf("%v, -want +got:\n%s", faults(plan), diff)
		}
		_, err = f.ImportApprovals(ctx, f.corp, app.ImportFile{Name: "a.csv", SHA256: "aa"}, rows)
		must(t, err)

		// The same for working days alone is another thing, and that it was asked for
		// before is not.
		rows[0].Vacation.WorkdaysOnly = true
		for i, want := range []*app.ImportPlan{{Changed: 1, Unchanged: 2}, {Unchanged: 3}} {
			plan, err = f.ImportApprovals(ctx, f.corp, app.ImportFile{Name: "b.csv", SHA256: "bb"}, rows)
			must(t, err)
			if diff := cmp.Diff(want, counts(plan)); diff != "" {
				t.Errorf("working days, run %d, -want +got:\n%s", i, diff)
			}
			if i == 0 {
				if diff := cmp.Diff([]string{"0 ZhangSan 张三 年假 172800 off 0"}, told(plan)); diff != "" {
					t.Errorf("working days, -want +got:\n%s", diff)
				}
			}
		}
		rows[0].Vacation.WorkdaysOnly = false
		plan, err = f.PlanApprovals(ctx, f.corp, rows)
		must(t, err)
		if diff := cmp.Diff(&app.ImportPlan{Unchanged: 3}, counts(plan)); diff != "" {
			t.Errorf("without asking for it, -want +got:\n%s", diff)
		}
	})
}

// What a table says of a request's length and the request itself are to be the
// same, but for what tables round: 100 minutes are 1.67 hours. From 09:05 on one day
// to 18:01 on the next are 14:55 + 18:01 = 32.93 hours, and 15.0 + 18.1 = 33.1 in the
// tenths of an hour to which reports round each day up.
func TestImportChecksLengths(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db)
		const alone = "; or leave the column alone with --map duration=-"
		for _, tt := range []struct {
			from, to string // a time of 00:00 is a morning, by days
			days     float64
			hours    float64
			want     string
		}{
			{"2025-09-10 00:00:00", "2025-09-10 12:00:00", 1, 0, ""},
			{"2025-09-10 12:00:00", "2025-09-10 12:00:00", 0.5, 0, ""},
			{"2025-09-10 00:00:00", "2025-09-10 12:00:00", 0.5, 0, "the table says 0.5 d, and it is 1 d: mend one of the two" + alone},
			{"2025-09-12 00:00:00", "2025-09-15 12:00:00", 2, 0, "the table says 2 d, and it is 4 d: mend one of the two" + alone},
			{"2025-09-10 00:00:00", "2025-09-10 12:00:00", 0, 8, "the table says 8 h, and without times it counts days, 1 d: write both ends with times" + alone},
			{"2025-09-10 09:00:00", "2025-09-10 18:00:00", 0, 9, ""},
			{"2025-09-10 09:00:00", "2025-09-10 18:00:00", 0, 8, "the table says 8 h, and all the time from the one to the other counts, 9 h: mend one of the two" + alone},
			{"2025-09-10 09:00:00", "2025-09-10 18:00:00", 1, 0, "the table says 1 d, and with times it counts hours, 9 h: write both ends as days or halves of them" + alone},
			{"2025-09-10 09:00:00", "2025-09-10 10:40:00", 0, 1.67, ""},
			{"2025-09-10 09:00:00", "2025-09-10 10:40:00", 0, 1.7, ""},
			{"2025-09-10 09:05:00", "2025-09-11 18:01:00", 0, 32.93, ""},
			{"2025-09-10 09:05:00", "2025-09-11 18:01:00", 0, 33.1, ""},
			{"2025-09-10 09:05:00", "2025-09-11 18:01:00", 0, 33, "the table says 33 h, and all the time from the one to the other counts, 32.93 h: mend one of the two" + alone},
			{"2025-09-10 09:00:00", "2025-09-10 10:40:00", 0, 1.8, "the table says 1.8 h, and all the time from the one to the other counts, 1.67 h: mend one of the two" + alone},
		} {
			byDay := tt.from[14:] == "00:00" && tt.from[11:] != "09:00:00"
			row := app.ApprovalRow{User: "ZhangSan", Status: attendance.Passed, Approval: attendance.Approval{
				Kind: attendance.LeaveApproval, ByDay: byDay, From: at(t, tt.from), To: at(t, tt.to), Vacation: attendance.Vacation{ID: 1},
			}}
			if tt.days > 0 {
				row.Days = &tt.days
			} else {
				row.Hours = &tt.hours
			}
			plan, err := f.PlanApprovals(t.Context(), f.corp, []app.ApprovalRow{row})
			must(t, err)
			var want []string
			if tt.want != "" {
				want = []string{"0 duration: " + tt.want}
			}
			if diff := cmp.Diff(want, faults(plan)); diff != "" {
				t.Errorf("%s to %s, -want +got:\n%s", tt.from, tt.to, diff)
			}
		}
	})
}
