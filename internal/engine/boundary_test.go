package engine_test

import (
	"maps"
	"testing"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/engine"
)

// office is a rule of 9:00 to 18:00 with a rest at noon, Monday to Friday.
func office() *attendance.Rule {
	r := &attendance.Rule{
		ID: 1, Name: "office", Type: attendance.FixedRule, Method: attendance.OnePair, RestDayPunches: true,
		Range: attendance.Range{Depts: []attendance.DeptID{attendance.RootDept}},
		Workday: []attendance.DaySpec{{Sections: []attendance.Section{{
			ID: 1, On: 9 * hour, Off: 18 * hour, OnOwed: true, OffOwed: true,
			OnWindow:  attendance.Span{From: 4 * hour, To: 18*hour - minute},
			OffWindow: attendance.Span{From: 9*hour + minute, To: 28*hour - minute},
			Rests:     []attendance.Span{{From: 12 * hour, To: 13 * hour}},
		}}}},
	}
	for week := range r.Weeks {
		r.Weeks[week] = [7]int8{-1, 0, 0, 0, 0, 0, -1}
	}
	return r
}

// Where an option or a moment decides, it decides at exactly that moment. The
// last of the days punched on is judged; the first is oracleStart, a Thursday.
func TestBoundaries(t *testing.T) {
	t.Parallel()
	zone := shanghai(t)
	friday, monday := oracleStart+1, oracleStart+4
	leave := func(w *world, approved int64) {
		w.member.Approvals = []attendance.Approval{{
			No: "1", Kind: attendance.LeaveApproval, ByDay: true, From: zone.Midnight(oracleStart), To: zone.At(oracleStart, 12*hour),
			States: []attendance.ApprovalState{{KnownAt: approved, Status: attendance.Passed}},
		}}
	}
	stayedLate := func(w *world) {
		w.rule.Workday[0].LateRule = []attendance.LateStep{{After: hour, Allow: 1800}}
		w.punch(friday, 9*hour, 19*hour)
	}
	corrected := func(w *world, after int64) {
		w.asOf = zone.At(friday, 12*hour)
		w.punch(oracleStart, 9*hour)
		w.member.Corrections = []attendance.Correction{{Day: oracleStart, Slot: 18 * hour, At: zone.At(oracleStart, 18*hour), KnownAt: w.asOf + after, By: attendance.ByAPI}}
	}
	both := func(w *world, on attendance.TimeOfDay) {
		stayedLate(w)
		w.opts.Tolerances, w.rule.Workday[0].Flex.Late = attendance.SumOfTolerances, 600
		w.rule.Weeks[0][6], w.rule.Weeks[1][6] = 0, 0
		w.punch(friday+1, on, 18*hour)
	}
	late := func(seconds int64) map[attendance.FindingCode]attendance.Tally {
		return map[attendance.FindingCode]attendance.Tally{attendance.Late: {Count: 1, Seconds: seconds}}
	}
	absent := map[attendance.FindingCode]attendance.Tally{attendance.Absent: {Count: 1, Seconds: 8 * hour}}
	tests := []struct {
		name  string
		facts func(*world)
		day   attendance.Day
		want  map[attendance.FindingCode]attendance.Tally
	}{
		{"sum of tolerances: 600 and 1800 let 2400 pass", func(w *world) { both(w, 9*hour+40*minute) }, friday + 1, nil},
		{"sum of tolerances: not 2460", func(w *world) { both(w, 9*hour+41*minute) }, friday + 1, late(41 * minute)},
		{"leaving late on Friday earns nothing on Monday", func(w *world) {
			stayedLate(w)
			w.punch(monday, 9*hour+30*minute, 18*hour)
		}, monday, late(30 * minute)},
		{"leaving late on Friday earns on the next workday", func(w *world) {
			stayedLate(w)
			w.opts.LateRuleScope = attendance.NextWorkday
			w.punch(monday, 9*hour+30*minute, 18*hour)
		}, monday, nil},
		{"leaving late earns on a makeup day, though no other day has a late_rule", func(w *world) {
			late := w.rule.Workday[0]
			late.LateRule = []attendance.LateStep{{After: hour, Allow: 1800}}
			w.rule.Workday = []attendance.DaySpec{late, w.rule.Workday[0]}
			w.rule.Weeks[0] = [7]int8{-1, 1, 1, 1, 1, 1, -1}
			w.rule.Weeks[1] = w.rule.Weeks[0]
			w.rule.SyncHolidays = true
			w.calendar = map[attendance.Day]attendance.Holiday{friday + 1: {Day: friday + 1}}
			w.punch(friday, 9*hour, 19*hour)
			w.punch(friday+1, 9*hour+30*minute, 18*hour)
		}, friday + 1, nil},
		{"an approval of the 11th counts from the midnight after", func(w *world) {
			w.opts.Calibrate, w.asOf = attendance.CalibrateNextDay, zone.Midnight(friday+1)
			leave(w, zone.At(friday, 10*hour))
		}, oracleStart, nil},
		{"an approval of the 11th does not count on the 11th", func(w *world) {
			w.opts.Calibrate, w.asOf = attendance.CalibrateNextDay, zone.Midnight(friday+1)-1
			leave(w, zone.At(friday, 10*hour))
		}, oracleStart, absent},
		{"a correction known at the moment asked for", func(w *world) { corrected(w, 0) }, oracleStart, nil},
		{"a correction known a second later", func(w *world) { corrected(w, 1) }, oracleStart, map[attendance.FindingCode]attendance.Tally{attendance.Missing: {Count: 1}}},
		{"a punch uploaded at the moment asked for", func(w *world) {
			w.asOf = zone.At(friday, 12*hour)
			w.punch(oracleStart, 9*hour, 18*hour)
			w.member.Punches[1].KnownAt = w.asOf
		}, oracleStart, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := &world{oracle: &oracle{zone: zone, rule: office(), opts: attendance.DefaultOptions(), asOf: zone.Midnight(monday + 5)}}
			w.member = w.person()
			tt.facts(w)
			days := w.reports(w.corp().NewEvaluator(), tt.day, tt.day)
			if len(days) != 1 {
				t.Fatalf("%d reports", len(days))
			}
			if got := verdict(&days[0]).Findings; !maps.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

// punch adds punches of a day, known when they were made.
func (w *world) punch(d attendance.Day, times ...attendance.TimeOfDay) {
	for _, t := range times {
		at := w.zone.At(d, t)
		w.member.Punches = append(w.member.Punches, attendance.Punch{At: at, KnownAt: at, Source: attendance.SourceDevice})
	}
	attendance.SortPunches(w.member.Punches)
}

// A day whose only findings are location or device is exceptional by option.
func TestMonthExceptPlaces(t *testing.T) {
	t.Parallel()
	zone := shanghai(t)
	w := &world{oracle: &oracle{zone: zone, rule: office(), opts: attendance.DefaultOptions(), asOf: zone.Midnight(oracleStart + 9)}}
	w.member = w.person()
	w.punch(oracleStart, 9*hour, 18*hour)
	w.member.Punches[0].Flags = attendance.OutOfRange
	days := w.reports(w.corp().NewEvaluator(), oracleStart, oracleStart)
	for places, want := range map[bool]int32{true: 1, false: 0} {
		var m engine.Month
		m.Add(&days[0], places)
		report, _ := m.Report()
		if report.ExceptDays != want {
			t.Errorf("places %v: %d exceptional days, want %d", places, report.ExceptDays, want)
		}
	}
}
