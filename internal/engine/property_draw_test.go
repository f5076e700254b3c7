package engine_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/engine"
	"pgregory.net/rapid"
)

// world is a corporation of one member with everything that the engine
// judges: the facts of the oracle, approvals and overtime, free rules too.
type world struct {
	*oracle
	member attendance.Person
	times  []attendance.TimeOfDay // at which judgements turn
}

func shanghai(tb testing.TB) *attendance.Zone {
	tb.Helper()
	zone, err := attendance.LoadZone("")
	if err != nil {
		tb.Fatal(err)
	}
	return zone
}

// drawWorld draws the facts of some days, asked for after all of them unless
// the oracle's draw says otherwise.
func drawWorld(t *rapid.T, zone *attendance.Zone) *world {
	w := &world{oracle: drawOracle(t, zone, oracleDays)}
	w.times = anchors(w.rule)
	drawFree(t, w.rule)
	drawOvertime(t, &w.rule.Overtime)
	w.member = w.person()
	for i := range rapid.IntRange(0, 4).Draw(t, "approvals") {
		kind := pick(t, "kind", attendance.LeaveApproval, attendance.TripApproval, attendance.OutingApproval, attendance.OvertimeApproval)
		w.member.Approvals = append(w.member.Approvals, drawApproval(t, w, kind, fmt.Sprint(i+1)))
	}
	return w
}

// drawFree makes a free rule of some fixed ones.
func drawFree(t *rapid.T, r *attendance.Rule) {
	if r.Type == attendance.FixedRule && chance(t, 4, "free") {
		r.Type, r.DayStart = attendance.FreeRule, r.RestDayStart
		r.FreeStandard = pick(t, "standard", int32(8*hour), 4*hour, -1)
		r.OffInterval = int32(rapid.IntRange(0, 3).Draw(t, "interval")) * 300
		r.Method = attendance.PunchMethod(rapid.IntRange(0, 2).Draw(t, "free method"))
		r.SpecialWork = nil
		for i := range r.Workday {
			r.Workday[i] = attendance.DaySpec{}
		}
	}
}

func drawOvertime(t *rapid.T, o *attendance.OvertimeRules) {
	for i := range o.Conf {
		if chance(t, 3, "no overtime") {
			continue
		}
		quarters := func(label string) int32 { return int32(rapid.IntRange(0, 8).Draw(t, label)) * 900 }
		o.Conf[i] = attendance.OvertimeConf{
			Allowed: true, By: attendance.OvertimeBy(rapid.IntRange(0, 2).Draw(t, "by")),
			Start: quarters("start"), Min: quarters("min"), Max: 4*hour + quarters("max"),
			Range:  attendance.OvertimeRange(rapid.IntRange(0, 2).Draw(t, "range")),
			Credit: attendance.OvertimeCredit(rapid.IntRange(0, 2).Draw(t, "credit")),
		}
		switch pick(t, "overtime rest", 0, 1, 2) {
		case 1:
			from := minutes(t, 12*60, 20*60, "fixed rest")
			o.Conf[i].Rest.Fixed = []attendance.Span{{From: from, To: from + hour}}
		case 2:
			o.Conf[i].Rest.ByLength = []attendance.RestStep{{Length: hour, Rest: 10 * minute}, {Length: 3 * hour, Rest: 2 * hour}}
		}
	}
	o.Unit = attendance.OvertimeUnit{
		Days: chance(t, 4, "in days"), PerDay: 8 * hour, Method: attendance.Rounding(rapid.IntRange(1, 3).Draw(t, "rounding")),
		Precision: int32(rapid.IntRange(0, 1).Draw(t, "precision")), Step: 1800,
	}
}

// drawApproval draws a request that passed, or one on another way of its life.
func drawApproval(t *rapid.T, w *world, kind attendance.ApprovalKind, no string) attendance.Approval {
	d := oracleStart + attendance.Day(rapid.IntRange(-1, oracleDays).Draw(t, "approved from"))
	a := attendance.Approval{No: no, Kind: kind, ByDay: chance(t, 2, "by day")}
	if kind == attendance.LeaveApproval {
		a.Vacation = attendance.Vacation{ID: int64(rapid.IntRange(1, 2).Draw(t, "vacation")), WorkdaysOnly: chance(t, 2, "workdays only")}
	}
	if a.ByDay {
		first := rapid.IntRange(0, 1).Draw(t, "first half")
		last := first + rapid.IntRange(0, 5).Draw(t, "halves")
		a.From, a.To = w.zone.At(d, attendance.TimeOfDay(first)*12*hour), w.zone.At(d, attendance.TimeOfDay(last)*12*hour)
	} else {
		from := near(t, w.times).Minute()
		to := from + minutes(t, 1, 30*60, "for")
		if chance(t, 2, "to an anchor") {
			to = max(from+minute, near(t, w.times).Minute())
		}
		if chance(t, 6, "odd seconds") {
			from, to = from+7, to+43
		}
		a.From, a.To = w.zone.At(d, from), w.zone.At(d, to)
	}
	applied := w.zone.Midnight(oracleStart) + int64(rapid.IntRange(-3, 9).Draw(t, "approved on"))*day
	for i, status := range pick(t, "states",
		[]attendance.ApprovalStatus{attendance.Passed},
		[]attendance.ApprovalStatus{attendance.Pending, attendance.Passed},
		[]attendance.ApprovalStatus{attendance.Passed, attendance.Revoked},
		[]attendance.ApprovalStatus{attendance.Pending, attendance.Refuse}) {
		a.States = append(a.States, attendance.ApprovalState{KnownAt: applied + int64(i)*day, Status: status})
	}
	return a
}

// reports returns the member's days, each kept apart from the evaluator's buffers.
func (w *world) reports(e *engine.Evaluator, first, last attendance.Day) (out []attendance.DayReport) {
	e.Days(&w.member, first, last, func(r *attendance.DayReport) { out = append(out, keep(r)) })
	return out
}

// keep copies a report out of the evaluator's buffers.
func keep(r *attendance.DayReport) attendance.DayReport {
	k := *r
	k.Cards, k.Findings, k.Uses = slices.Clone(r.Cards), slices.Clone(r.Findings), slices.Clone(r.Uses)
	k.Approvals, k.Waived = slices.Clone(r.Approvals), slices.Clone(r.Waived)
	k.Overtime.Short, k.Overtime.Spans = slices.Clone(r.Overtime.Short), slices.Clone(r.Overtime.Spans)
	return k
}

// all returns the days that worlds are drawn about.
func (w *world) all() []attendance.DayReport {
	return w.reports(w.corp().NewEvaluator(), oracleStart, oracleStart+oracleDays-1)
}

// fold adds reports up.
func fold(days []attendance.DayReport) attendance.MonthReport {
	var m engine.Month
	for i := range days {
		m.Add(&days[i], true)
	}
	report, _ := m.Report()
	return report
}

// texts writes days down so that they can be compared, whichever evaluator
// made them: what is moved by some days is moved back, and the order in which
// refused corrections are listed is not part of a report.
func texts(days []attendance.DayReport, moved attendance.Day) (list []string) {
	for _, r := range days {
		r = keep(&r)
		kind := r.Kind
		marks := ""
		for _, m := range r.Approvals {
			marks += fmt.Sprintf(" %s:%d/%d", m.Approval.No, m.Seconds, m.Total)
		}
		r.Kind, r.Approvals, r.Day = nil, nil, r.Day-moved
		for i := range r.Cards {
			r.Cards[i].At -= int64(moved) * day
		}
		slices.SortStableFunc(r.Findings, func(a, b attendance.Finding) int {
			return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.Reason.Scheduled, b.Reason.Scheduled), cmp.Compare(a.Reason.Card, b.Reason.Card))
		})
		list = append(list, fmt.Sprintf("%+v basis %d workday %v category %d requests%s", r, kind.Basis, kind.Workday, kind.Category, marks))
	}
	return list
}

// equal fails the case when two lists of days differ, and shows the first day
// that does.
func equal(t *rapid.T, what string, want, got []string) {
	for i := range max(len(want), len(got)) {
		if i >= len(want) || i >= len(got) {
			t.Fatalf("%s: %d days, want %d", what, len(got), len(want))
		}
		if want[i] != got[i] {
			t.Fatalf("%s:\ngot  %s\nwant %s", what, got[i], want[i])
		}
	}
}
