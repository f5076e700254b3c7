package engine

import (
	"github.com/dakahq/daka/internal/attendance"
)

// Evaluator judges one member after another. It holds the buffers for that and
// so belongs to one goroutine.
type Evaluator struct {
	corp     *Corp
	plans    []plan
	wall     []int64           // of the member's punches
	owner    []int32           // index of the plan a punch belongs to
	slots    []slot            // of the day at hand: on and off of each section
	stream   []event           // of a day without sections
	pairs    []attendance.Span // of such a day, from on to off
	requests []request         // approved, of the member
	asked    []request
	away     []attendance.Span // of the day: approved absence
	covers   []cover           // of the day's sections; empty where nothing is covered
	spans    []attendance.Span // of the day: time that may be overtime
	report   attendance.DayReport
	stayed   attendance.Day // the last working day seen with an off-card
	stay     int32          // how long after its end that card was, in seconds
	before   counted        // overtime of the last day seen
	own      counted        // of the day at hand
}

// NewEvaluator returns an Evaluator for the members of a corporation.
func (c *Corp) NewEvaluator() *Evaluator { return &Evaluator{corp: c} }

// Days calls visit with the member's report of each day from first to last
// that has a row, in order. The report is good until visit returns. Days after
// the day of AsOf have no row, unless the options count them.
//
// The member's facts must cover Margin days on both sides: requests that touch
// them whole, with the shifts of all days of one that counts working days.
func (e *Evaluator) Days(p *attendance.Person, first, last attendance.Day, visit func(*attendance.DayReport)) {
	c := e.corp
	if !c.opts.MonthCountsFuture {
		last = min(last, c.today)
	}
	if first > last {
		return
	}
	before, after := c.Margin()
	start := first - before
	n := int(last-first+1) + int(before+after)
	if cap(e.plans) < n {
		e.plans = make([]plan, n)
	}
	e.plans = e.plans[:n]
	e.resolve(p, start)
	e.assign(p, start)
	e.approved(p)
	e.stayed, e.before.day = attendance.MinDay-1, attendance.MinDay-1
	from := first
	if c.late {
		from = first - before + Before - 1
	} else if c.mixed {
		from = first - 1
	}
	next := 0 // first punch that may still matter
	for d := from; d <= last; d++ {
		index := int32(d - start)
		for next < len(e.wall) && floorDay(e.wall[next]) < int64(d)-1 {
			next++
		}
		pl := &e.plans[index]
		if pl.kind == nil || d < first && len(pl.kind.Sections) == 0 && !(c.mixed && d == first-1) {
			continue
		}
		e.day(p, d, index, next)
		if d >= first && (pl.kind.Rule != nil || len(e.report.Uses) > 0 || e.report.Count > 0) {
			visit(&e.report)
		}
	}
}

// day makes e.report of one day. Punches before next cannot belong to it.
func (e *Evaluator) day(p *attendance.Person, d attendance.Day, index int32, next int) {
	pl := &e.plans[index]
	kind := pl.kind
	r := &e.report
	e.reset(p.ID, d, pl)
	if kind.Workday {
		r.Standard = kind.Standard
	}
	if len(e.requests) > 0 {
		e.mark(p)
	}
	if len(kind.Sections) > 0 {
		e.fillSections(p, d, index, next)
		e.correctSections(p, d)
		e.takeCards()
		e.overlay()
		e.judge(d)
	} else {
		e.collect(p, d, index, next)
		e.pair()
		e.judgeOpen()
	}
	r.RecordType = e.recordType()
	e.overtime(&e.plans[index-1], pl, &e.plans[index+1])
}

// reset empties the report for a day and keeps its buffers. Field by field: it
// is done for every day of everyone.
func (e *Evaluator) reset(user attendance.UserID, d attendance.Day, pl *plan) {
	r := &e.report
	r.User, r.Day, r.Kind = user, d, pl.kind
	r.Provisional = e.corp.now <= pl.to
	r.NoCalendar = pl.kind.Rule != nil && pl.kind.Rule.SyncHolidays && !e.corp.calendar.Knows(d)
	r.Cards, r.Findings, r.Uses = r.Cards[:0], r.Findings[:0], r.Uses[:0]
	r.Approvals, r.Waived = r.Approvals[:0], r.Waived[:0]
	r.Count, r.Earliest, r.Latest = 0, 0, 0
	r.Worked, r.Standard = 0, 0
	r.Flexed, r.Earned = 0, attendance.Earned{}
	r.FieldWork, r.Corrected, r.Approved = 0, 0, 0
	r.Overtime = attendance.Overtime{Short: r.Overtime.Short[:0]}
}

func (e *Evaluator) recordType() attendance.RecordType {
	r := &e.report
	if r.Kind.Rule == nil {
		return attendance.RecordNoRule
	}
	if t := e.corp.opts.RestDayPunchRecordType; t != 0 && !r.Kind.Workday && r.Count > 0 {
		return t
	}
	return ruleRecordType(r.Kind.Rule)
}

// dropped says why a punch takes no part in the day, or WhyNone. last is the
// punch before it that takes part, or nil.
func dropped(rule *attendance.Rule, punch, last *attendance.Punch) (attendance.Outcome, attendance.Why) {
	switch f := punch.Flags; {
	case f == 0: // the ordinary punch
	case f&attendance.Placeholder != 0:
		return attendance.Unmatched, attendance.WhyPlaceholder
	case f&attendance.ApprovalPending != 0:
		return attendance.Unmatched, attendance.WhyPending
	case f&attendance.Outside != 0 && rule != nil && !rule.SyncOutside:
		return attendance.Unmatched, attendance.WhyOutside
	case f&attendance.OutOfRange != 0 && rule != nil && rule.Places == attendance.PlaceRefused:
		return attendance.Unmatched, attendance.WhyRefused
	}
	if last != nil && last.At == punch.At && last.Kind() == punch.Kind() {
		return attendance.Superseded, attendance.WhyDuplicate
	}
	return 0, attendance.WhyNone
}

// note adds a punch to the report's account and returns its place there.
func (e *Evaluator) note(u attendance.PunchUse) int32 {
	e.report.Uses = append(e.report.Uses, u)
	return int32(len(e.report.Uses) - 1)
}

// each calls take for the day's punches in order, and accounts for those of
// the day's date that belong to no day.
func (e *Evaluator) each(p *attendance.Person, d attendance.Day, index int32, next int, take func(i int, t attendance.TimeOfDay)) {
	midnight := int64(d) * attendance.SecondsPerDay
	for i := next; i < len(e.wall); i++ {
		t := e.wall[i] - midnight
		if t >= 2*attendance.SecondsPerDay {
			return
		}
		switch {
		case e.owner[i] == index:
			take(i, attendance.TimeOfDay(t))
		case e.owner[i] == unassigned && t >= 0 && t < attendance.SecondsPerDay && p.Punches[i].KnownAt <= e.corp.asOf:
			e.note(attendance.PunchUse{Punch: i, Outcome: attendance.Unmatched, Why: attendance.WhyNoDay, Scheduled: attendance.NoTime})
		}
	}
}
