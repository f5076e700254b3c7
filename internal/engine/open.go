package engine

import (
	"cmp"
	"slices"

	"github.com/dakahq/daka/internal/attendance"
)

// event is a punch, or a correction without a slot, on a day without sections:
// a rest day, a free rule's day, or a day without a rule.
type event struct {
	punch   int   // -1 for a correction
	use     int32 // -1 for a correction
	at      int64
	time    attendance.TimeOfDay
	flags   attendance.PunchFlags
	excused bool
}

// rank orders the events of one second, whatever the order they arrived in:
// punches, then approved corrections, then the others.
func (e *event) rank() int {
	switch {
	case e.punch >= 0:
		return 0
	case e.excused:
		return 1
	}
	return 2
}

// collect gathers the day's punches and corrections in the order of their times.
func (e *Evaluator) collect(p *attendance.Person, d attendance.Day, index int32, next int) {
	e.stream = e.stream[:0]
	var last *attendance.Punch
	e.each(p, d, index, next, func(i int, t attendance.TimeOfDay) {
		punch := &p.Punches[i]
		use := attendance.PunchUse{Punch: i, Scheduled: attendance.NoTime}
		if use.Outcome, use.Why = dropped(e.report.Kind.Rule, punch, last); use.Outcome != 0 {
			e.note(use)
			return
		}
		last = punch
		use.Outcome, use.Why = attendance.Superseded, attendance.WhyMiddle
		e.stream = append(e.stream, event{punch: i, use: e.note(use), at: punch.At, time: t, flags: punch.Flags})
	})
	plain := len(e.stream)
	for i := range p.Corrections {
		c := &p.Corrections[i]
		if c.Day != d || !c.Stands(e.corp.asOf) {
			continue
		}
		t := e.corp.timeOn(d, c.At)
		if _, _, err := e.corp.correctionSlot(e.report.Kind, c, t); err != nil {
			e.refuse(c, t, err)
			continue
		}
		e.countCorrection(c)
		e.stream = append(e.stream, event{punch: -1, use: -1, at: c.At, time: t, excused: c.By == attendance.ByApproval})
	}
	if len(e.stream) > plain {
		slices.SortStableFunc(e.stream, func(a, b event) int {
			return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.rank(), b.rank()))
		})
	}
}

// pair makes cards of the day's events by the rule's method. A member without
// a rule has the first and the last punch of the day.
func (e *Evaluator) pair() {
	rule := e.report.Kind.Rule
	e.pairs = e.pairs[:0]
	method, interval := attendance.OnePair, int64(0)
	if rule != nil {
		method, interval = rule.Method, int64(rule.OffInterval)
	}
	var worked int64
	switch method {
	case attendance.RecordOnly:
		for i := range e.stream {
			e.openCard(&e.stream[i], attendance.NoSlot)
		}
	case attendance.ManyPairs:
		worked = e.manyPairs(interval)
	default:
		worked = e.onePair(interval)
	}
	if rule != nil && rule.Type == attendance.FreeRule {
		e.report.Worked = int32(min(worked, 1<<31-1))
	}
}

// onePair takes the first event as on and the last one as off, if it follows
// by at least the interval.
func (e *Evaluator) onePair(interval int64) (worked int64) {
	if len(e.stream) == 0 {
		return 0
	}
	on, off := &e.stream[0], (*event)(nil)
	e.openCard(on, attendance.On)
	for i := 1; i < len(e.stream); i++ {
		ev := &e.stream[i]
		if ev.at-on.at < interval {
			e.tooSoon(ev)
			continue
		}
		off = ev
	}
	if off == nil {
		return 0
	}
	e.openCard(off, attendance.Off)
	e.pairs = append(e.pairs, attendance.Span{From: on.time, To: off.time})
	return off.at - on.at
}

// manyPairs takes the events as on, off, on, off …; an event that follows its
// on by less than the interval is passed over, and an open on has no hours.
func (e *Evaluator) manyPairs(interval int64) (worked int64) {
	var on *event
	for i := range e.stream {
		ev := &e.stream[i]
		switch {
		case on == nil:
			on = ev
			e.openCard(ev, attendance.On)
		case ev.at-on.at < interval:
			e.tooSoon(ev)
		default:
			worked += ev.at - on.at
			e.pairs = append(e.pairs, attendance.Span{From: on.time, To: ev.time})
			on = nil
			e.openCard(ev, attendance.Off)
		}
	}
	return worked
}

func (e *Evaluator) tooSoon(ev *event) {
	if ev.use >= 0 {
		e.supersede(ev.use, attendance.WhyTooSoon)
	}
}

func (e *Evaluator) openCard(ev *event, side attendance.Slot) {
	if ev.use >= 0 {
		u := &e.report.Uses[ev.use]
		u.Outcome, u.Why, u.Slot = attendance.Used, attendance.WhyNone, side
	}
	s := slot{filled: true, punch: int32(ev.punch), time: ev.time, at: ev.at, flags: ev.flags, excused: ev.excused}
	e.addCard(0, side, attendance.NoTime, &s)
}

// judgeOpen finds the one thing that can be wrong with a day without sections:
// a free rule's working day without a card. What approvals cover of its
// standard hours is not owed.
func (e *Evaluator) judgeOpen() {
	r := &e.report
	if !r.Kind.Workday || r.Kind.Rule.Type != attendance.FreeRule || r.Count > 0 {
		return
	}
	covered, whole := e.openCover()
	if whole || covered > 0 && covered >= r.Standard {
		return
	}
	e.find(attendance.Absent, r.Standard-covered, attendance.Reason{
		Clause: attendance.ClauseAbsentFree,
		Card:   attendance.NoTime, Scheduled: attendance.NoTime, Required: attendance.NoTime,
	})
}

// openCover returns how much of a free day's standard hours leave, trips and
// outings cover, and whether they take the whole day.
func (e *Evaluator) openCover() (covered int32, whole bool) {
	r := &e.report
	midnight := int64(r.Day) * attendance.SecondsPerDay
	var morning, afternoon bool
	e.away = e.away[:0]
	for i := range e.requests {
		q := &e.requests[i]
		from, to := max(q.from-midnight, 0), min(q.to-midnight, attendance.SecondsPerDay)
		switch {
		case q.approval.Kind == attendance.OvertimeApproval || from >= to:
		case q.approval.ByDay:
			morning = morning || from == 0
			afternoon = afternoon || to == attendance.SecondsPerDay
		default:
			e.away = append(e.away, attendance.Span{From: attendance.TimeOfDay(from), To: attendance.TimeOfDay(to)})
		}
	}
	if morning != afternoon {
		covered = r.Standard / 2
	}
	return covered + union(e.away), morning && afternoon
}

// union returns the seconds that stretches of a day cover, which it sorts.
func union(spans []attendance.Span) (seconds int32) {
	slices.SortFunc(spans, func(a, b attendance.Span) int { return cmp.Compare(a.From, b.From) })
	for i, end := 0, attendance.TimeOfDay(0); i < len(spans); i++ {
		s := spans[i]
		if i == 0 {
			end = s.From // which may be on the day before
		}
		seconds += int32(max(0, s.To-max(s.From, end)))
		end = max(end, s.To)
	}
	return seconds
}
