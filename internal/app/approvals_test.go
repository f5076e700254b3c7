package app_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/google/go-cmp/cmp"
)

// officeOvertime is office with overtime by requests alone, as they are.
const officeOvertime = `{"grouptype":1,"groupname":"office","range":{"party_id":["1"]},
	"checkindate":[{"workdays":[1,2,3,4,5],"checkintime":[{"time_id":1,"work_sec":32400,"off_work_sec":64800,
	"allow_rest":true,"rest_begin_time":43200,"rest_end_time":46800}]}],
	"ot_info_v2":{"workdayconf":{"allow_ot":true,"type":2},"restdayconf":{"allow_ot":false,"type":2},"holidayconf":{"allow_ot":false,"type":2}}}`

func asked(t *testing.T, user attendance.UserID, kind attendance.ApprovalKind, from, to string) app.ApprovalEntry {
	t.Helper()
	return app.ApprovalEntry{User: user, Status: attendance.Passed, Approval: attendance.Approval{Kind: kind, From: at(t, from), To: at(t, to)}}
}

func leaveByDay(t *testing.T, user attendance.UserID, vacation string, from, to string) app.ApprovalEntry {
	t.Helper()
	e := asked(t, user, attendance.LeaveApproval, from, to)
	e.ByDay, e.Vacation.Name = true, vacation
	return e
}

// enter stores entries as they are checked.
func (f *fixture) enter(t *testing.T, entries ...app.ApprovalEntry) []app.ApprovalCheck {
	t.Helper()
	checks, err := f.CheckApprovals(context.Background(), f.corp, entries)
	must(t, err)
	for _, c := range checks {
		must(t, f.AddApprovals(context.Background(), f.corp, []app.ApprovalEntry{c.ApprovalEntry}))
	}
	return checks
}

// Requests of a company that has no WeCom, by hand: Wednesday, 2025-09-10, has no
// cards, so that 18:00 - 09:00 less an hour of rest is missed, 28,800 s; a day of
// leave excuses it. On Tuesday the first card is of 11:00, 7,200 s late; leave until
// then excuses that. On Monday two hours of overtime are asked for, and by the rule
// count as they are.
func TestRequestsCount(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db)
		f.install(t, officeOvertime)
		f.punch(t, "ZhangSan", "2025-09-09 11:00:00", "2025-09-09 18:00:00", "2025-09-08 09:00:00", "2025-09-08 18:00:00")
		wednesday, tuesday, monday := day(t, "2025-09-10"), day(t, "2025-09-09"), day(t, "2025-09-08")
		verdicts := func(d attendance.Day) (all []string) {
			r := f.dayReport(t, "ZhangSan", d, 0)
			for _, v := range r.Findings {
				all = append(all, fmt.Sprintf("%d %d", v.Code, v.Seconds))
			}
			return append(all, fmt.Sprint("overtime ", r.Overtime.Seconds))
		}
		want := func(what string, d attendance.Day, want ...string) {
			t.Helper()
			if diff := cmp.Diff(want, verdicts(d)); diff != "" {
				t.Errorf("%s, -want +got:\n%s", what, diff)
			}
		}
		want("before", wednesday, fmt.Sprintf("%d 28800", attendance.Absent), "overtime 0")
		want("before", tuesday, fmt.Sprintf("%d 7200", attendance.Late), "overtime 0")
		want("before", monday, "overtime 0")

		morning := asked(t, "ZhangSan", attendance.LeaveApproval, "2025-09-09 09:00:00", "2025-09-09 11:00:00")
		morning.Vacation.ID = 2
		checks := f.enter(t, leaveByDay(t, "zhangsan", "年假", "2025-09-10 00:00:00", "2025-09-10 12:00:00"), morning,
			asked(t, "ZhangSan", attendance.OvertimeApproval, "2025-09-08 19:00:00", "2025-09-08 21:00:00"))
		var got []string
		for _, c := range checks {
			got = append(got, fmt.Sprintf("%s %s %v %v %d %v %q", c.User, c.No, c.Vacation, c.Days, c.Was, c.Known, c.Overlaps))
		}
		if diff := cmp.Diff([]string{
			"ZhangSan 202509110001 {1 年假 false} [{2025-09-10 86400}] 0 false \"\"",
			"ZhangSan 202509110002 {2 事假 false} [{2025-09-09 7200}] 0 false \"\"",
			"ZhangSan 202509110003 {0  false} [{2025-09-08 7200}] 0 false \"\"",
		}, got); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
		want("a day of leave", wednesday, "overtime 0")
		want("two hours of leave", tuesday, "overtime 0")
		want("two hours of overtime", monday, "overtime 7200")

		// Withdrawn, it no longer counts.
		restate := app.ApprovalEntry{Status: attendance.Revoked}
		restate.No = "202509110001"
		if c := f.enter(t, restate); c[0].Was != attendance.Passed || c[0].User != "ZhangSan" || len(c[0].Days) != 1 {
			t.Errorf("%+v", c)
		}
		want("withdrawn", wednesday, fmt.Sprintf("%d 28800", attendance.Absent), "overtime 0")
		if c := f.enter(t, restate); !c[0].Known || c[0].Was != attendance.Revoked {
			t.Errorf("withdrawn again: %+v", c)
		}
	})
}

func TestCheckApprovals(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		taken := leaveByDay(t, "night1", "事假", "2025-09-15 12:00:00", "2025-09-16 00:00:00")
		taken.No = "202509110041"
		f.enter(t, taken)
		for name, tt := range map[string]struct {
			change   func(e *app.ApprovalEntry)
			overlaps string
		}{
			"the same":                       {func(*app.ApprovalEntry) {}, taken.No},
			"the half before":                {func(e *app.ApprovalEntry) { e.From = at(t, "2025-09-15 00:00:00"); e.To = e.From }, ""},
			"the half after":                 {func(e *app.ApprovalEntry) { e.From = at(t, "2025-09-16 12:00:00"); e.To = e.From }, ""},
			"hours in it":                    {func(e *app.ApprovalEntry) { e.ByDay, e.To = false, at(t, "2025-09-15 12:00:01") }, taken.No},
			"hours until noon":               {func(e *app.ApprovalEntry) { e.ByDay, e.From, e.To = false, at(t, "2025-09-15 09:00:00"), e.From }, ""},
			"a trip":                         {func(e *app.ApprovalEntry) { e.Kind = attendance.TripApproval }, ""},
			"of another member":              {func(e *app.ApprovalEntry) { e.User = "ZhangSan" }, ""},
			"refused":                        {func(e *app.ApprovalEntry) { e.Status = attendance.Refuse }, ""},
			"another state of the same form": {func(e *app.ApprovalEntry) { e.No, e.Status = taken.No, attendance.Paid }, ""},
		} {
			e := leaveByDay(t, "night1", "年假", "2025-09-15 12:00:00", "2025-09-16 00:00:00")
			tt.change(&e)
			checks, err := f.CheckApprovals(ctx, f.corp, []app.ApprovalEntry{e})
			must(t, err)
			if c := checks[0]; c.Overlaps != tt.overlaps || e.No == "" && c.No != "202509110042" {
				t.Errorf("%s: %+v", name, c)
			}
		}
		// Two that are checked together get numbers of their own, and see each other.
		e := leaveByDay(t, "night1", "年假", "2025-09-18 00:00:00", "2025-09-18 12:00:00")
		checks, err := f.CheckApprovals(ctx, f.corp, []app.ApprovalEntry{e, e})
		must(t, err)
		if checks[0].Overlaps != "" || checks[1].No != "202509110043" || checks[1].Overlaps != "202509110042" {
			t.Errorf("%+v", checks)
		}
		for name, tt := range map[string]struct {
			change func(e *app.ApprovalEntry)
			want   error
		}{
			"nobody":      {func(e *app.ApprovalEntry) { e.User = "none" }, attendance.ErrUnknownUser},
			"no vacation": {func(e *app.ApprovalEntry) { e.Vacation.Name = "丧假" }, app.ErrNoVacation},
			"no id":       {func(e *app.ApprovalEntry) { e.Vacation = attendance.Vacation{ID: 9} }, app.ErrNoVacation},
			"backwards":   {func(e *app.ApprovalEntry) { e.To = e.From - 86400 }, app.ErrBadInput},
			"no number":   {func(e *app.ApprovalEntry) { e.Kind = 0 }, app.ErrNoForm},
			"of others":   {func(e *app.ApprovalEntry) { e.Kind, e.No, e.User = 0, taken.No, "ZhangSan" }, app.ErrNoForm},
		} {
			e := e
			tt.change(&e)
			if _, err := f.CheckApprovals(ctx, f.corp, []app.ApprovalEntry{e}); !errors.Is(err, tt.want) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// Friday to Monday of a kind of leave of which working days count is two days;
// later requests of the kind follow.
func TestWorkdaysOnly(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db)
		e := leaveByDay(t, "ZhangSan", "", "2025-09-12 00:00:00", "2025-09-15 12:00:00")
		e.Vacation = attendance.Vacation{ID: 9, Name: "育儿假", WorkdaysOnly: true}
		friday, monday := day(t, "2025-09-12"), day(t, "2025-09-15")
		want := []attendance.ApprovalSlice{{Day: friday, Seconds: 86400}, {Day: monday, Seconds: 86400}}
		if diff := cmp.Diff(want, f.enter(t, e)[0].Days); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
		checks := f.enter(t, leaveByDay(t, "night1", "育儿假", "2025-09-12 00:00:00", "2025-09-13 12:00:00"))
		if c := checks[0]; !c.Vacation.WorkdaysOnly || c.Vacation.ID != 9 || len(c.Days) != 1 {
			t.Errorf("%+v", c)
		}
	})
}

func TestImportApprovals(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		row := func(e app.ApprovalEntry) app.ApprovalRow {
			return app.ApprovalRow{User: e.User, Approval: e.Approval, Status: e.Status}
		}
		leave := row(leaveByDay(t, "zhangsan", "年假", "2025-09-10 00:00:00", "2025-09-10 12:00:00"))
		trip := row(asked(t, "", attendance.TripApproval, "2025-09-09 09:00:00", "2025-09-09 18:00:00"))
		trip.Name, trip.No, trip.Status = "李四", "202509010003", attendance.Pending
		rows := []app.ApprovalRow{leave, trip}
		source := app.ImportFile{Name: "leave.csv", SHA256: "aa"}
		for i, want := range []*app.ImportPlan{{Added: 2}, {Unchanged: 2}} {
			plan, err := f.PlanApprovals(ctx, f.corp, rows)
			must(t, err)
			done, err := f.ImportApprovals(ctx, f.corp, source, rows)
			must(t, err)
			if diff := cmp.Diff([]*app.ImportPlan{want, want}, []*app.ImportPlan{counts(plan), counts(done)}); diff != "" {
				t.Errorf("run %d, -want +got:\n%s", i, diff)
			}
		}
		if r := f.dayReport(t, "ZhangSan", day(t, "2025-09-10"), 0); len(r.Findings) > 0 {
			t.Errorf("a day of leave: %+v", r.Findings)
		}
		// What the kind of leave is called or counts by later changes nothing.
		f.clock.at = noon.Add(time.Hour)
		again := leaveByDay(t, "night1", "", "2025-09-22 00:00:00", "2025-09-22 12:00:00")
		again.Vacation = attendance.Vacation{ID: 1, Name: "带薪年假", WorkdaysOnly: true}
		f.enter(t, again)
		rows[0].Vacation = attendance.Vacation{ID: 1}
		rows[1].Status = attendance.Passed
		plan, err := f.ImportApprovals(ctx, f.corp, source, rows)
		must(t, err)
		if diff := cmp.Diff(&app.ImportPlan{Changed: 1, Unchanged: 1}, counts(plan)); diff != "" {
			t.Errorf("the trip has passed, -want +got:\n%s", diff)
		}
		form, err := f.Form(ctx, f.corp, trip.No)
		must(t, err)
		if form.Status != attendance.Passed || form.User != "night1" {
			t.Errorf("the trip: %+v", form)
		}

		none, unnamed, twice, nobody, later := leave, leave, trip, leave, trip
		later.No, later.To = "", at(t, "2025-09-09 19:00:00")
		none.Vacation, unnamed.Vacation, nobody.User = attendance.Vacation{}, attendance.Vacation{Name: "丧假"}, "x"
		rows[0].From = at(t, "2025-09-09 12:00:00") // overlaps what is there
		plan, err = f.ImportApprovals(ctx, f.corp, source, []app.ApprovalRow{rows[0], none, unnamed, nobody, trip, twice, later})
		if !errors.Is(err, app.ErrBadInput) {
			t.Errorf("got %v", err)
		}
		const kinds = "1 带薪年假, 2 事假, 3 病假, 4 调休假, 5 婚假, 6 产假, 7 陪产假, 8 其他"
		if diff := cmp.Diff([]string{
			"0 from: ZhangSan has asked for some of that time already: 202509110001",
			"1 vacation: of which kind is the leave? There are " + kinds,
			"2 vacation: there is no such kind of leave: there are " + kinds + "; a new one is written as 9=育儿假",
			"3 userid: there is no such member",
			"5 number: an earlier row is of the same request",
			"6 from: an earlier row asks for some of that time",
		}, faults(plan)); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	})
}

// Of two requests that were given the same new number one is stored, and the
// other is told.
func TestNewNumberTaken(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db)
		ctx := context.Background()
		ask := func(user attendance.UserID) app.ApprovalEntry {
			checks, err := f.CheckApprovals(ctx, f.corp, []app.ApprovalEntry{{
				User: user, Status: attendance.Passed,
				Approval: attendance.Approval{Kind: attendance.TripApproval, From: at(t, "2025-09-10 09:00:00"), To: at(t, "2025-09-10 12:00:00")},
			}})
			must(t, err)
			return checks[0].ApprovalEntry
		}
		first, second := ask("ZhangSan"), ask("ZhangSan")
		if first.No != second.No {
			t.Fatalf("numbers %s and %s, want the same", first.No, second.No)
		}
		must(t, f.AddApprovals(ctx, f.corp, []app.ApprovalEntry{first}))
		if err := f.AddApprovals(ctx, f.corp, []app.ApprovalEntry{second}); !errors.Is(err, app.ErrNumberTaken) {
			t.Errorf("the second: %v", err)
		}
		second.New = false // a newer state of it
		must(t, f.AddApprovals(ctx, f.corp, []app.ApprovalEntry{second}))
	})
}
