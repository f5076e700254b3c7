package app_test

import (
	"context"
	"testing"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/internal/wire"
)

// summary is what the as-of tests look at: the rule or shift of a day and what
// is wrong with it.
type summary struct {
	rule   attendance.GroupID
	shift  attendance.ShiftID
	absent int32
	late   int32
}

func summarise(r *attendance.DayReport) (s summary) {
	if r.Kind == nil {
		return s
	}
	if r.Kind.Rule != nil {
		s.rule = r.Kind.Rule.ID
	}
	if r.Kind.Shift != nil {
		s.shift = r.Kind.Shift.ID
	}
	for _, f := range r.Findings {
		switch f.Code {
		case attendance.Absent:
			s.absent = f.Seconds
		case attendance.Late:
			s.late = f.Seconds
		}
	}
	return s
}

// Each kind of fact changes the report of a past day from the moment at which
// it becomes known, and not before. The day is Wednesday 2025-09-10 with a late
// card of 09:30 and an off-card of 18:00; facts become known hour by hour from
// noon of the 11th.
func TestAsOfEveryFact(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		d := day(t, "2025-09-10")
		f.punch(t, "ZhangSan", "2025-09-10 09:30:00", "2025-09-10 18:00:00")
		hours := 0
		step := func(do func(known int64)) int64 {
			hours++
			f.clock.at = noon.Add(time.Duration(hours) * time.Hour)
			do(f.clock.at.Unix())
			return f.clock.at.Unix()
		}
		start := f.clock.at.Unix()
		leave := app.ApprovalEntry{User: "ZhangSan", Status: attendance.Passed, Approval: attendance.Approval{
			No: "1", Kind: attendance.LeaveApproval, From: at(t, "2025-09-10 09:00:00"), To: at(t, "2025-09-10 10:00:00"),
		}}
		approved := step(func(int64) { must(t, f.AddApprovals(ctx, f.corp, []app.ApprovalEntry{leave})) })
		leave.Status = attendance.Revoked
		revoked := step(func(int64) { must(t, f.AddApprovals(ctx, f.corp, []app.ApprovalEntry{leave})) })
		corrected := step(func(int64) {
			must(t, f.Correct(ctx, f.caller, app.CorrectionRequest{User: "ZhangSan", Day: d, Slot: 32400, At: at(t, "2025-09-10 09:10:00")}))
		})
		moved := step(func(known int64) {
			must(t, f.AddFacts(ctx, f.corp, app.FactSet{
				Departments: []app.DepartmentFact{{Department: attendance.Department{ID: 3, Parent: 1, Name: "夜班部"}}},
				Rules: []app.RuleFact{{Group: 9, RuleSpec: app.RuleSpec{Form: wire.FormRead, Doc: []byte(`{"grouptype":2,"groupname":"nights",
					"range":{"party_id":["3"]},"schedulelist":[{"schedule_id":7,"schedule_name":"夜班","time_section":[
					{"time_id":1,"work_sec":82800,"off_work_sec":108000}]}]}`)}}},
				Members: []app.MemberFact{{Contact: app.Contact{ID: "ZhangSan", Depts: []attendance.DeptID{3}}, From: d, KnownAt: known}},
			}))
		})
		scheduled := step(func(int64) {
			must(t, f.SetSchedules(ctx, f.corp, 9, []app.Assignment{{User: "ZhangSan", Day: d, Shift: 7}}, app.AnyDay))
		})
		edited := step(func(known int64) {
			must(t, f.AddFacts(ctx, f.corp, app.FactSet{Members: []app.MemberFact{{
				Contact: app.Contact{ID: "ZhangSan", Depts: []attendance.DeptID{2}}, From: d, KnownAt: known}},
				Rules: []app.RuleFact{{Group: 1, KnownAt: known, RuleSpec: app.RuleSpec{Form: wire.FormRead, First: d, Doc: []byte(`{"grouptype":1,"groupname":"later",
					"range":{"party_id":["1"]},"checkindate":[{"workdays":[3],"checkintime":[{"time_id":1,"work_sec":36000,"off_work_sec":64800}]}]}`)}}}}))
		})
		for _, tt := range []struct {
			name string
			asOf int64
			want summary
		}{
			{"at first: 30 min late", start, summary{rule: 1, late: 1800}},
			{"a second before the leave", approved - 1, summary{rule: 1, late: 1800}},
			{"leave until 10:00", approved, summary{rule: 1}},
			{"the leave is revoked", revoked, summary{rule: 1, late: 1800}},
			{"corrected to 09:10", corrected, summary{rule: 1, late: 600}},
			{"moved to a department on shifts, not scheduled", moved, summary{rule: 9}},
			{"scheduled for the night, without a card that fits", scheduled, summary{rule: 9, shift: 7, absent: 25200}},
			{"moved back, and the rule begins at 10:00", edited, summary{rule: 1}},
		} {
			r := f.dayReport(t, "ZhangSan", d, tt.asOf)
			if got := summarise(&r); got != tt.want {
				t.Errorf("%s: got %+v, want %+v", tt.name, got, tt.want)
			}
		}
	})
}
