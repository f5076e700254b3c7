package app_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/wire"
)

// The rules of a drawn corporation, of all three types. Whoever of the office
// leaves two hours late may come an hour late; the new office begins an hour later.
const (
	spanOffice = `{"grouptype":1,"groupname":"%s","sync_holidays":true,"allow_checkin_offworkday":true,"range":{"party_id":["1"]},
		"white_users":["u5"],"spe_offdays":[{"timestamp":%d,"notes":"moving house"}],
		"ot_info_v2":{"workdayconf":{"allow_ot":true,"type":0},"restdayconf":{"allow_ot":true,"type":1},"holidayconf":{"allow_ot":true,"type":1}},
		"checkindate":[{"workdays":[1,2,3,4,5],"allow_flex":true,"flex_on_duty_time":300,"flex_off_duty_time":300,
		"late_rule":{"allow_offwork_after_time":true,"timerules":[{"offwork_after_time":3600,"onwork_flex_time":1800},{"offwork_after_time":7200,"onwork_flex_time":3600}]},
		"checkintime":[{"time_id":1,"work_sec":%d,"off_work_sec":64800,"allow_rest":true,"rest_begin_time":43200,"rest_end_time":46800,
		"earliest_work_sec":14400,"latest_work_sec":64740,"earliest_off_work_sec":39660,"latest_off_work_sec":100740}]}]}`
	spanShifts = `{"grouptype":2,"groupname":"shifts","range":{"party_id":["3"]},"schedulelist":[
		{"schedule_id":0,"schedule_name":"休息","time_section":[]},
		{"schedule_id":1,"schedule_name":"白班","late_rule":{"allow_offwork_after_time":true,"timerules":[{"offwork_after_time":3600,"onwork_flex_time":1800}]},
		"time_section":[{"time_id":1,"work_sec":28800,"off_work_sec":57600,
		"earliest_work_sec":18000,"latest_work_sec":57540,"earliest_off_work_sec":28860,"latest_off_work_sec":72000}]},
		{"schedule_id":2,"schedule_name":"夜班","time_section":[{"time_id":2,"work_sec":79200,"off_work_sec":108000,
		"earliest_work_sec":64800,"latest_work_sec":107940,"earliest_off_work_sec":79260,"latest_off_work_sec":122400}]}]}`
	spanFree = `{"grouptype":3,"groupname":"free","range":{"tagid":[7]},"checkin_method_type":1,"span_day_time":18000,
		"standard_work_duration":28800,"checkindate":[{"workdays":[1,2,3,4,5]}]}`
)

// The days of a drawn corporation: the break of National Day 2025, 10-01 to
// 10-08, with the makeup days 09-28 and 10-11, and a month on either side.
var spanFirst, spanLast = attendance.DayOf(2025, 9, 15), attendance.DayOf(2025, 10, 25)

// spanZones are where drawn corporations are: clocks are turned on 2025-10-05 in
// Sydney, and back on 2025-10-25 in Gaza.
var spanZones = []string{"Asia/Shanghai", "Australia/Sydney", "Asia/Gaza"}

// drawn is a corporation with facts that a seed decides.
type drawn struct {
	*fixture
	*rand.Rand
	facts app.FactSet
	known int64 // from here on facts become known
}

// drawCorp makes a corporation: members who move, join and leave, rules that
// change, and facts of every kind, known at once or weeks later.
func drawCorp(t *testing.T, db *store.DB, seed uint64) *drawn {
	t.Helper()
	f := &fixture{clock: &clock{time.Unix(at(t, "2025-10-27 12:00:00"), 0)}}
	f.App = app.New(db, f.clock.now)
	corp, _, err := f.CreateCorp(context.Background(), app.NewCorp{
		ID: attendance.CorpID(fmt.Sprint("ww", seed)), Name: "公司", Zone: spanZones[seed%uint64(len(spanZones))],
	})
	must(t, err)
	f.corp = corp
	w := &drawn{fixture: f, Rand: rand.New(rand.NewPCG(seed, 20251001)), known: at(t, "2025-01-01 00:00:00")}
	w.facts.Options = []app.DocFact{
		{Doc: fmt.Appendf(nil, `{"late_rule_scope":%q,"tolerance_combine":%q}`, w.one("next_workday", "calendar_next_day"), w.one("max", "sum")), KnownAt: w.known},
		{Doc: []byte(`{"late_rule_scope":"next_workday","calibrate":"next_day"}`), KnownAt: at(t, "2025-10-12 12:00:00")},
	}
	w.facts.Departments = []app.DepartmentFact{
		{Department: attendance.Department{ID: 1, Name: "公司"}, KnownAt: w.known},
		{Department: attendance.Department{ID: 3, Parent: 1, Name: "车间"}, KnownAt: w.known},
		{Department: attendance.Department{ID: 4, Parent: 3, Name: "甲班"}, KnownAt: w.known},
	}
	w.drawMembers()
	w.drawRules()
	for u := 1; u <= 5; u++ {
		user := attendance.UserID(fmt.Sprint("u", u))
		w.drawPunches(user)
		w.drawShifts(user)
		w.drawRequests(user)
		w.drawCorrections(user)
	}
	must(t, f.AddFacts(context.Background(), f.corp, w.facts))
	return w
}

func (w *drawn) one(values ...string) string { return values[w.IntN(len(values))] }

// day draws a day of the span or a little beside it.
func (w *drawn) day() attendance.Day {
	return spanFirst - 3 + attendance.Day(w.IntN(int(spanLast-spanFirst)+6))
}

// later is when something of an instant becomes known: mostly at once.
func (w *drawn) later(at int64) int64 {
	if w.IntN(5) == 0 {
		return at + int64(w.IntN(20*attendance.SecondsPerDay))
	}
	return at
}

// drawMembers places five members: two stay, one moves twice, one joins, one leaves.
func (w *drawn) drawMembers() {
	add := func(id attendance.UserID, from attendance.Day, dept attendance.DeptID, change func(*app.MemberFact)) {
		m := app.MemberFact{Contact: app.Contact{ID: id, Name: string(id), Depts: []attendance.DeptID{dept}}, From: from, KnownAt: w.known}
		change(&m)
		w.facts.Members = append(w.facts.Members, m)
	}
	stay := func(*app.MemberFact) {}
	move := spanFirst + attendance.Day(w.IntN(20))
	add("u1", attendance.MinDay, 1, stay)
	add("u2", attendance.MinDay, 4, stay)
	add("u3", attendance.MinDay, 1, stay)
	add("u3", move, 3, func(m *app.MemberFact) { m.KnownAt = w.later(w.corp.Zone.Midnight(move)) })
	add("u3", move+attendance.Day(1+w.IntN(15)), 1, func(m *app.MemberFact) { m.Tags, m.KnownAt = []attendance.TagID{7}, w.corp.Zone.Midnight(move+20) })
	add("u4", attendance.MinDay, 3, func(m *app.MemberFact) { m.Joined = move })
	add("u5", attendance.MinDay, 1, func(m *app.MemberFact) { m.Left = w.day() })
}

// drawRules has the office rule change once or twice, some changes known late.
func (w *drawn) drawRules() {
	rule := func(group attendance.GroupID, doc string, first attendance.Day, known int64) {
		w.facts.Rules = append(w.facts.Rules, app.RuleFact{Group: group, KnownAt: known, RuleSpec: app.RuleSpec{Doc: []byte(doc), Form: wire.FormRead, First: first}})
	}
	office := func(name string, on int) string {
		return fmt.Sprintf(spanOffice, name, w.corp.Zone.Midnight(attendance.DayOf(2025, 10, 14)), on)
	}
	rule(11, office("office", 9*3600), attendance.MinDay, w.known)
	rule(12, spanShifts, attendance.DayOf(2024, 2, 1), w.known)
	rule(13, spanFree, attendance.MinDay, w.known)
	for i := range 1 + w.IntN(2) {
		d := w.day()
		rule(11, office(fmt.Sprint("office", i), (9+w.IntN(2))*3600), d, w.later(w.corp.Zone.Midnight(d)))
	}
}

// drawPunches has a member come and go about when the rules ask it, and now and
// then at any time.
func (w *drawn) drawPunches(user attendance.UserID) {
	seen := map[int64]bool{}
	for d := spanFirst - 18; d <= spanLast+2; d++ {
		times := []int{9, 18}
		if w.IntN(2) == 0 {
			times = [][]int{{8, 16}, {22, 30}, {10, 20}, {9, 12, 13, 21}, {9}, nil}[w.IntN(6)]
		}
		if w.IntN(6) == 0 {
			times = append(slices.Clone(times), w.IntN(28))
		}
		for _, hour := range times {
			when := w.corp.Zone.At(d, attendance.TimeOfDay(hour*3600+w.IntN(5400)-2700))
			if seen[when] || when > w.clock.at.Unix() {
				continue
			}
			seen[when] = true
			p := attendance.PunchRecord{User: user, Punch: attendance.Punch{At: when, KnownAt: w.later(when), Source: attendance.SourceDevice, Device: "door"}}
			if w.IntN(12) == 0 {
				p.Flags = attendance.OutOfRange
			}
			w.facts.Punches = append(w.facts.Punches, p)
		}
	}
}

// drawShifts gives a member a rota with a long stretch off, and changes to it.
func (w *drawn) drawShifts(user attendance.UserID) {
	off := w.day()
	add := func(d attendance.Day, shift, known int64) {
		w.facts.Schedules = append(w.facts.Schedules, app.ScheduleFact{Group: 12, KnownAt: known, Assignment: app.Assignment{User: user, Day: d, Shift: attendance.ShiftID(shift)}})
	}
	for d := spanFirst - 60; d <= spanLast+30; d++ {
		shift := []int64{1, 1, 2, 2, 0}[int(d)%5]
		if d >= off && d < off+10 {
			shift = 0
		}
		add(d, shift, w.known)
	}
	for range 3 {
		d := w.day()
		add(d, int64(w.IntN(3)), w.later(w.corp.Zone.Midnight(d)))
	}
}

// drawRequests has a member on leave for working days from a month before to
// some weeks after, for halves of days, out by the hour and over time, one of
// them taken back.
func (w *drawn) drawRequests(user attendance.UserID) {
	zone := w.corp.Zone
	add := func(a attendance.Approval, states ...attendance.ApprovalStatus) {
		a.No = fmt.Sprint(len(w.facts.Approvals)+1, user)
		known := w.later(a.From - attendance.SecondsPerDay)
		for i, s := range states {
			w.facts.Approvals = append(w.facts.Approvals, app.ApprovalEntry{User: user, Approval: a, Status: s, KnownAt: known + int64(i)*5*attendance.SecondsPerDay})
		}
	}
	annual := attendance.Vacation{ID: 1, Name: "年假", WorkdaysOnly: true}
	d := w.day()
	add(attendance.Approval{Kind: attendance.LeaveApproval, ByDay: true, Vacation: annual, From: zone.Midnight(d - 30), To: zone.At(d+attendance.Day(w.IntN(9)), 43200)}, attendance.Passed)
	d = w.day()
	add(attendance.Approval{Kind: attendance.LeaveApproval, ByDay: true, From: zone.At(d, 43200), To: zone.Midnight(d + attendance.Day(1+w.IntN(3)))}, attendance.Passed, attendance.Revoked)
	d = w.day()
	add(attendance.Approval{Kind: attendance.OutingApproval, From: zone.At(d, 16*3600), To: zone.At(d+1, 10*3600)}, attendance.Pending, attendance.Passed)
	d = w.day()
	add(attendance.Approval{Kind: attendance.OvertimeApproval, From: zone.At(d, 18*3600), To: zone.At(d, 26*3600)}, attendance.Passed)
	d = w.day()
	add(attendance.Approval{Kind: attendance.TripApproval, From: zone.At(d-40, 9*3600), To: zone.At(d, 12*3600), Slices: []attendance.ApprovalSlice{
		{Day: d - 40, Seconds: 3600}, {Day: d, Seconds: 7200}, {Day: d + 2, Seconds: 360}}}, attendance.Passed)
}

// drawCorrections has late arrivals and lost off-cards corrected, days later.
func (w *drawn) drawCorrections(user attendance.UserID) {
	for range 4 {
		d, slot := w.day(), attendance.TimeOfDay([]int{9, 10, 18, 8, 16}[w.IntN(5)]*3600)
		c := attendance.Correction{Day: d, Slot: slot, At: w.corp.Zone.At(d, slot+attendance.TimeOfDay(w.IntN(10800)-3600)), By: attendance.ByAPI}
		c.KnownAt = w.later(w.corp.Zone.Midnight(d + 1))
		if w.IntN(3) == 0 {
			c.Withdrawn = c.KnownAt + 3*attendance.SecondsPerDay
		}
		w.facts.Corrections = append(w.facts.Corrections, app.CorrectionFact{User: user, Correction: c})
	}
}
