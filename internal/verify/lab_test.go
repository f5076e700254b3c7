package verify_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/wire"
)

// The parts of rule documents.
const (
	rested = `{"time_id":1,"work_sec":32400,"off_work_sec":64800,"allow_rest":true,"rest_begin_time":43200,"rest_end_time":46800,
		"earliest_work_sec":14400,"latest_work_sec":64740,"earliest_off_work_sec":32460,"latest_off_work_sec":100740}`
	short = `{"time_id":2,"work_sec":32400,"off_work_sec":43200,
		"earliest_work_sec":14400,"latest_work_sec":43140,"earliest_off_work_sec":32460,"latest_off_work_sec":100740}`
	morning = `{"time_id":1,"work_sec":32400,"off_work_sec":43200,
		"earliest_work_sec":14400,"latest_work_sec":43140,"earliest_off_work_sec":32460,"latest_off_work_sec":46740}`
	afternoon = `{"time_id":2,"work_sec":50400,"off_work_sec":64800,
		"earliest_work_sec":46800,"latest_work_sec":64740,"earliest_off_work_sec":50460,"latest_off_work_sec":100740}`
	overnight = `{"time_id":1,"work_sec":79200,"off_work_sec":108000,
		"earliest_work_sec":64800,"latest_work_sec":107940,"earliest_off_work_sec":79260,"latest_off_work_sec":122400}`
	stayLate = `"late_rule":{"allow_offwork_after_time":true,"timerules":[{"offwork_after_time":3600,"onwork_flex_time":1800}]}`
)

// fixed is a rule of fixed times from Monday to Friday.
func fixed(sections, flex, more string) string {
	if flex != "" {
		flex = "," + flex
	}
	return fmt.Sprintf(`{"grouptype":1,"groupname":"r","sync_holidays":true,"allow_checkin_offworkday":true,
		"checkindate":[{"workdays":[1,2,3,4,5],"checkintime":[%s]%s}]%s}`, sections, flex, more)
}

// subject is a member of the laboratory with a rule of the member's own, under
// which some option shows.
type subject struct {
	user    attendance.UserID
	rule    string
	punches string // "2025-09-10 09:00", with commas
	flags   attendance.PunchFlags
}

var subjects = []subject{
	// 09:11 is 660 s late, or 60 s beyond the grace.
	{user: "graced", rule: fixed(rested, `"allow_flex":true,"flex_on_duty_time":600`, ""), punches: "2025-09-10 09:11,2025-09-10 18:00"},
	// 10:30 is 1,800 s after the latest flexible start and 5,400 s after 09:00.
	{user: "flexed", rule: fixed(rested, `"allow_flex":true,"max_allow_arrive_early":1800,"max_allow_arrive_late":3600`, ""),
		punches: "2025-09-10 10:30,2025-09-10 19:30"},
	// Leaving at 19:10 gives 1,800 s; with the 600 s of the rule 09:40 is in time.
	{user: "stayed", rule: fixed(rested, `"allow_flex":true,"flex_on_duty_time":600,`+stayLate, ""),
		punches: "2025-09-10 09:00,2025-09-10 19:10,2025-09-11 09:40,2025-09-11 18:00"},
	// Friday to Monday.
	{user: "friday", rule: fixed(rested, `"allow_flex":true,`+stayLate, ""), punches: "2025-09-12 09:00,2025-09-12 21:00,2025-09-15 09:30,2025-09-15 18:00"},
	// The morning without a card.
	{user: "halved", rule: fixed(morning+","+afternoon, "", ""), punches: "2025-09-10 14:00,2025-09-10 18:00"},
	// An hour and a half outside the shift.
	{user: "clipped", rule: fixed(rested, "", ""), punches: "2025-09-10 08:30,2025-09-10 19:00"},
	{user: "resting", rule: fixed(rested, "", ""), punches: "2025-09-13 10:00,2025-09-13 16:00"},
	// 5 October is in the break, and no statutory day: time off, or pay.
	{user: "holiday", rule: fixed(rested, "", `,"ot_info_v2":{"restdayconf":{"allow_ot":true,"type":1,"ot_trans_enable":true,"ot_trans_type":1},
		"holidayconf":{"allow_ot":true,"type":1,"ot_trans_enable":true,"ot_trans_type":2}}`), punches: "2025-10-05 09:00,2025-10-05 13:00"},
	// Saturday 11 October is a make-up workday: as a Saturday, or as the first item.
	{user: "makeup", rule: `{"grouptype":1,"groupname":"r","sync_holidays":true,"checkindate":[
		{"workdays":[1,2,3,4,5],"checkintime":[` + rested + `]},{"workdays":[6],"checkintime":[` + short + `]}]}`,
		punches: "2025-10-11 09:00,2025-10-11 12:00"},
	// A morning off: until 02:00, half of the night, or until 12:00.
	{user: "night", rule: `{"grouptype":2,"groupname":"r","schedulelist":[{"schedule_id":23,"schedule_name":"night","time_section":[` + overnight + `]}]}`,
		punches: "2025-09-11 02:00,2025-09-11 06:00"},
	// 07:00 is two hours before work.
	{user: "early", rule: fixed(rested, "", `,"ot_info_v2":{"workdayconf":{"allow_ot":true,"type":1,"ot_time_range":0}}`),
		punches: "2025-09-10 07:00,2025-09-10 20:00"},
	// Two hours later on both ends: an hour of overtime, or three.
	{user: "later", rule: fixed(rested, `"allow_flex":true,"max_allow_arrive_early":1800,"max_allow_arrive_late":7200`,
		`,"ot_info_v2":{"workdayconf":{"allow_ot":true,"type":1}}`), punches: "2025-09-10 11:00,2025-09-10 21:30"},
	// 2:30 after work, at least 2:00, an hour of rest: none, or 1:30.
	{user: "ordered", rule: fixed(rested, "", `,"ot_info_v2":{"workdayconf":{"allow_ot":true,"type":1,"checkin":{"ot_time_start":0,"ot_time_min":7200,
		"restinfo":{"type":2,"cal_ottime_rule":{"items":[{"ot_time":7200,"rest_time":3600}]}}}},
		"time_unit_config":{"ot_time_unit":2,"rounding_method":3,"step_size":1800}}`),
		punches: "2025-09-10 09:00,2025-09-10 20:30"},
	// Four hours are half a day of eight.
	{user: "days", rule: fixed(rested, "", `,"ot_info_v2":{"restdayconf":{"allow_ot":true,"type":1,"checkin":{"ot_time_max":43200}},
		"time_unit_config":{"ot_time_unit":3,"perday_duration_secs":28800,"rounding_method":1,"rounding_precision":1}}`),
		punches: "2025-09-13 09:00,2025-09-13 13:00"},
	{user: "away", rule: fixed(rested, "", ""), punches: "2025-09-10 09:00,2025-09-10 18:00", flags: attendance.OutOfRange},
	{user: "asked", rule: fixed(rested, "", "")},
}

// laboratory makes a corporation whose subjects show every option. It is
// Monday 13 October 2025, 19:00.
func laboratory(t *testing.T, db *store.DB) *mirrored {
	t.Helper()
	ctx := context.Background()
	now := moment(t, "2025-10-13 19:00")
	m := &mirrored{App: app.New(db, func() time.Time { return time.Unix(now, 0) })}
	corp, _, err := m.CreateCorp(ctx, app.NewCorp{ID: "wwlab", Name: "lab"})
	must(t, err)
	m.corp, m.first, m.last = corp, attendance.DayOf(2025, 9, 8), attendance.DayOf(2025, 10, 31)
	f := app.FactSet{Departments: []app.DepartmentFact{{Department: attendance.Department{ID: 2, Parent: 1, Name: "d"}}}}
	member := func(u attendance.UserID, c app.Contact) {
		c.ID, c.Name = u, string(u)
		f.Members = append(f.Members, app.MemberFact{Contact: c})
	}
	for i, s := range subjects {
		member(s.user, app.Contact{Depts: []attendance.DeptID{1}})
		f.Rules = append(f.Rules, ruleFor(i+1, s.rule, fmt.Sprintf(`{"userid":[%q]}`, s.user)))
		for text := range strings.SplitSeq(s.punches, ",") {
			if text != "" {
				f.Punches = append(f.Punches, attendance.PunchRecord{User: s.user, Punch: attendance.Punch{
					At: moment(t, text), Source: attendance.SourcePhone, Device: "d", Flags: s.flags,
				}})
			}
		}
	}
	// Which of two rules holds is a matter of rank.
	member("tagged", app.Contact{Depts: []attendance.DeptID{2}, Tags: []attendance.TagID{7}})
	f.Rules = append(f.Rules, ruleFor(101, fixed(rested, "", ""), `{"tagid":[7]}`), ruleFor(102, fixed(short, "", ""), `{"party_id":["2"]}`))
	f.Schedules = []app.ScheduleFact{{Assignment: app.Assignment{User: "night", Day: attendance.DayOf(2025, 9, 10), Shift: 23}}}
	f.Approvals = []app.ApprovalEntry{
		leave("night", "1", moment(t, "2025-09-10 00:00"), moment(t, "2025-09-09 10:00")),
		leave("asked", "2", moment(t, "2025-10-10 00:00"), moment(t, "2025-10-13 10:00")),
	}
	must(t, m.AddFacts(ctx, corp, f))
	return m
}

// leave is a morning that somebody had approved.
func leave(user attendance.UserID, no string, at, known int64) app.ApprovalEntry {
	return app.ApprovalEntry{User: user, Status: attendance.Passed, KnownAt: known, Approval: attendance.Approval{
		No: no, Kind: attendance.LeaveApproval, ByDay: true, From: at, To: at,
	}}
}

func ruleFor(group int, rule, who string) app.RuleFact {
	return app.RuleFact{Group: attendance.GroupID(group), RuleSpec: app.RuleSpec{
		Doc: []byte(strings.TrimSuffix(rule, "}") + `,"range":` + who + "}"), Form: wire.FormWrite, First: attendance.MinDay,
	}}
}

func moment(t *testing.T, text string) int64 {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", text, time.FixedZone("", 8*3600))
	must(t, err)
	return at.Unix()
}
