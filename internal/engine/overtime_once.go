package engine

import (
	"cmp"
	"slices"

	"github.com/dakahq/daka/internal/attendance"
)

// Overtime by punches stays with the day of its cards past midnight, and
// approved time counts on its own date. Where a corporation has both, the same
// minutes could count on two days: they count on the first.

// counted is what the overtime of a day counts, on its clock and in order.
type counted struct {
	day   attendance.Day
	spans []attendance.Span
}

// mixesOvertime reports whether some kinds of days count approved time as it is
// and others what was punched.
func mixesOvertime(prepared []*Prepared) bool {
	var approved, punched bool
	for _, p := range prepared {
		if p == nil {
			continue
		}
		for i := range p.rule.Overtime.Conf {
			conf := &p.rule.Overtime.Conf[i]
			approved = approved || conf.Allowed && conf.By == attendance.ByRequests
			punched = punched || conf.Allowed && conf.By != attendance.ByRequests
		}
	}
	return approved && punched
}

// countOnce takes off what the day before has counted, and keeps what this one
// counts for the next: as it would be without the day before, so that a day
// depends on one other and no more.
func (e *Evaluator) countOnce(conf *attendance.OvertimeConf, unit *attendance.OvertimeUnit) {
	o := &e.report.Overtime
	e.own.day, e.own.spans = e.report.Day, e.own.spans[:0]
	switch {
	case o.Seconds == 0:
	case len(e.spans) == 0 && conf.By == attendance.ByPunches: // what exceeds a free day's hours is at its end
		end := e.report.Latest - attendance.TimeOfDay(e.limited())
		e.own.spans = append(e.own.spans, attendance.Span{From: end - attendance.TimeOfDay(o.Counted-e.limited()), To: end})
	default:
		e.own.spans = firstOf(joined(append(e.own.spans, e.spans...)), o.Counted-e.limited())
	}
	if e.before.day == e.report.Day-1 {
		if twice := e.takeOff(e.before.spans); twice > 0 {
			o.Twice = min(twice, o.Counted)
			e.overtimeSteps(conf, unit, o.Counted-o.Twice)
		}
	}
	e.before, e.own = e.own, e.before
}

// limited returns how much of what was counted the rule's minimum and maximum
// took away: that time may still count on the next day.
func (e *Evaluator) limited() (seconds int32) {
	o := &e.report.Overtime
	left := o.Counted
	for i, step := range e.corp.opts.OvertimeOrder {
		if step == attendance.OvertimeMinStep || step == attendance.OvertimeMaxStep {
			seconds += left - o.After[i]
		}
		left = o.After[i]
	}
	return seconds
}

// takeOff takes out of e.spans what lies in spans of the day before, and returns
// how long that is.
func (e *Evaluator) takeOff(before []attendance.Span) (seconds int32) {
	all := union(e.spans)
	for _, b := range before {
		from, to := b.From-attendance.SecondsPerDay, b.To-attendance.SecondsPerDay
		for i := len(e.spans) - 1; i >= 0; i-- {
			s := e.spans[i]
			if s.To <= from || to <= s.From {
				continue
			}
			e.spans = slices.Delete(e.spans, i, i+1)
			if to < s.To {
				e.spans = slices.Insert(e.spans, i, attendance.Span{From: to, To: s.To})
			}
			if s.From < from {
				e.spans = slices.Insert(e.spans, i, attendance.Span{From: s.From, To: from})
			}
		}
	}
	return all - union(e.spans)
}

// joined sorts spans and makes one of those that touch, in place.
func joined(spans []attendance.Span) []attendance.Span {
	slices.SortFunc(spans, func(a, b attendance.Span) int { return cmp.Compare(a.From, b.From) })
	out := spans[:0]
	for _, s := range spans {
		if n := len(out) - 1; n >= 0 && s.From <= out[n].To {
			out[n].To = max(out[n].To, s.To)
			continue
		}
		out = append(out, s)
	}
	return out
}

// firstOf returns the first so many seconds, one at least, of spans.
func firstOf(spans []attendance.Span, seconds int32) []attendance.Span {
	for i := range spans {
		s := &spans[i]
		if length := int32(s.To - s.From); length < seconds {
			seconds -= length
			continue
		}
		s.To = s.From + attendance.TimeOfDay(seconds)
		return spans[:i+1]
	}
	return spans
}
