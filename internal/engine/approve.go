package engine

import (
	"cmp"
	"slices"

	"github.com/dakahq/daka/internal/attendance"
)

// half is the length of a half day in requests that name half days.
const half = attendance.SecondsPerDay / 2

// request is an approved request on the wall clock: the seconds [from, to)
// since 1970-01-01 00:00.
type request struct {
	approval *attendance.Approval
	from, to int64
	total    int64 // seconds of the whole request; -1 until asked for
}

// approved fills e.requests with the member's requests that count at AsOf.
func (e *Evaluator) approved(p *attendance.Person) {
	e.requests = e.requests[:0]
	for i := range p.Approvals {
		a := &p.Approvals[i]
		if !a.CountsAt(e.corp.asOf, e.corp.zone, e.corp.opts.Calibrate) {
			continue
		}
		r := request{approval: a, from: e.corp.zone.Wall(a.From), to: e.corp.zone.Wall(a.To), total: -1}
		if a.ByDay {
			r.from = r.from / half * half
			r.to = r.to/half*half + half
		}
		if r.from < r.to {
			e.requests = append(e.requests, r)
		}
	}
	slices.SortStableFunc(e.requests, func(a, b request) int {
		return cmp.Or(cmp.Compare(b.approval.No, a.approval.No), cmp.Compare(a.from, b.from))
	})
}

// mark lists the requests that touch the day, each with its part of it.
func (e *Evaluator) mark(p *attendance.Person) {
	r := &e.report
	for i := range e.requests {
		q := &e.requests[i]
		seconds := q.on(r.Day, r.Kind.Workday)
		if seconds == 0 {
			continue
		}
		if q.total < 0 {
			q.total = e.total(p, q)
		}
		r.Approvals = append(r.Approvals, attendance.ApprovalMark{Approval: q.approval, Seconds: seconds, Total: q.total})
	}
}

// on returns how much of the request falls on a day: what its slices say, else
// its half days, else the time of the natural day rounded up to tenths of an hour.
func (q *request) on(d attendance.Day, workday bool) int32 {
	if len(q.approval.Slices) > 0 {
		for _, s := range q.approval.Slices {
			if s.Day == d {
				return s.Seconds
			}
		}
		return 0
	}
	midnight := int64(d) * attendance.SecondsPerDay
	seconds := min(q.to, midnight+attendance.SecondsPerDay) - max(q.from, midnight)
	switch {
	case seconds <= 0, q.approval.ByDay && q.approval.Vacation.WorkdaysOnly && !workday:
		return 0
	case q.approval.ByDay:
		return int32(seconds)
	}
	const tenth = 360
	return int32((seconds + tenth - 1) / tenth * tenth)
}

// longest is the longest request whose days are added up, in days.
const longest = 3 * 366

// total returns the seconds of a whole request.
func (e *Evaluator) total(p *attendance.Person, q *request) (sum int64) {
	if len(q.approval.Slices) > 0 {
		for _, s := range q.approval.Slices {
			sum += int64(s.Seconds)
		}
		return sum
	}
	first, last := attendance.Day(floorDay(q.from)), attendance.Day(floorDay(q.to-1))
	aside := Evaluator{corp: e.corp}
	for d := first; d <= min(last, first+longest); d++ {
		workday := true
		if q.approval.Vacation.WorkdaysOnly {
			kind := aside.kindOn(p, d)
			workday = kind != nil && kind.Workday
		}
		sum += int64(q.on(d, workday))
	}
	return sum
}

// cover is what approvals leave of a section's duty.
type cover struct {
	waived bool
	on     attendance.TimeOfDay // moved on time, or NoTime
	off    attendance.TimeOfDay // moved off time, or NoTime
	net    int32                // seconds of working time covered
}

// overlay fills e.covers, one for each section of the day, or leaves it empty
// when no leave, trip or outing touches the sections.
func (e *Evaluator) overlay() {
	e.covers, e.away = e.covers[:0], e.away[:0]
	if len(e.requests) == 0 {
		return
	}
	kind := e.report.Kind
	full := e.absences(kind)
	if !full && len(e.away) == 0 {
		return
	}
	slices.SortFunc(e.away, func(a, b attendance.Span) int { return cmp.Compare(a.From, b.From) })
	for i := range kind.Sections {
		c := cover{waived: true, on: attendance.NoTime, off: attendance.NoTime}
		if !full {
			c = e.coverOf(&kind.Sections[i])
		}
		e.covers = append(e.covers, c)
		if c.waived || c.on != attendance.NoTime || c.off != attendance.NoTime {
			e.report.Waived = append(e.report.Waived, attendance.Waiver{
				Section: kind.Sections[i].ID, Whole: c.waived, RequiredOn: c.on, RequiredOff: c.off,
			})
		}
	}
}

// absences gathers in e.away the stretches of the day's clock that approvals
// cover, and reports whether both halves of the day are approved.
func (e *Evaluator) absences(kind *attendance.DayKind) (full bool) {
	midnight := int64(e.report.Day) * attendance.SecondsPerDay
	const far = 3 * attendance.SecondsPerDay
	var morning, afternoon bool
	for i := range e.requests {
		q := &e.requests[i]
		from, to := q.from-midnight, q.to-midnight
		switch {
		case q.approval.Kind == attendance.OvertimeApproval:
		case q.approval.ByDay:
			morning = morning || from <= 0 && to >= half
			afternoon = afternoon || from <= half && to >= 2*half
		case to > -far && from < far:
			e.away = append(e.away, attendance.Span{
				From: attendance.TimeOfDay(max(from, -far)), To: attendance.TimeOfDay(min(to, far)),
			})
		}
	}
	if morning && !afternoon {
		e.away = append(e.away, attendance.Span{From: -far, To: e.corp.halfway(kind)})
	}
	if afternoon && !morning {
		e.away = append(e.away, attendance.Span{From: e.corp.halfway(kind), To: far})
	}
	return morning && afternoon
}

// halfway returns where a day's two halves meet: at noon, or for a day that
// noon is no part of where half of its net time is done, cut to its minute.
func (c *Corp) halfway(kind *attendance.DayKind) attendance.TimeOfDay {
	const noon = attendance.TimeOfDay(half)
	first, last := &kind.Sections[0], &kind.Sections[len(kind.Sections)-1]
	if first.On < noon && noon < last.Off || c.opts.HalfDay == attendance.HalfAtNoon {
		return noon
	}
	left := kind.Standard / 2
	for i := range kind.Sections {
		s := &kind.Sections[i]
		from := s.On
		for _, rest := range s.Rests {
			if int32(rest.From-from) >= left {
				return (from + attendance.TimeOfDay(left)).Minute()
			}
			left -= int32(rest.From - from)
			from = rest.To
		}
		if int32(s.Off-from) >= left {
			return (from + attendance.TimeOfDay(left)).Minute()
		}
		left -= int32(s.Off - from)
	}
	return last.Off
}

// coverOf says what the stretches of e.away, joined where only a rest lies
// between them, leave of a section.
func (e *Evaluator) coverOf(sec *attendance.Section) cover {
	c := cover{on: attendance.NoTime, off: attendance.NoTime}
	for i := 0; i < len(e.away); {
		span := e.away[i]
		for i++; i < len(e.away) && joins(sec, span.To, e.away[i].From); i++ {
			span.To = max(span.To, e.away[i].To)
		}
		c.add(sec, span)
	}
	return c
}

// joins reports whether nothing but rest lies between two moments.
func joins(sec *attendance.Section, end, begin attendance.TimeOfDay) bool {
	if begin <= end {
		return true
	}
	for _, r := range sec.Rests {
		if r.From <= end && begin <= r.To {
			return true
		}
	}
	return false
}

func (c *cover) add(sec *attendance.Section, span attendance.Span) {
	inside := attendance.Span{From: max(span.From, sec.On), To: min(span.To, sec.Off)}
	if inside.From >= inside.To {
		return
	}
	c.net += int32(inside.To - inside.From)
	for _, r := range sec.Rests {
		c.net -= r.Overlap(inside)
	}
	// Requests may end within a minute; cards are compared by whole ones (4.2).
	if span.From <= sec.On {
		c.on = span.To.Minute()
		for _, r := range sec.Rests {
			if r.From <= c.on && c.on < r.To {
				c.on = r.To
			}
		}
	}
	if span.To >= sec.Off {
		c.off = span.From.Minute()
		for _, r := range sec.Rests {
			if r.From < c.off && c.off <= r.To {
				c.off = r.From
			}
		}
	}
	c.waived = c.waived || c.on != attendance.NoTime && c.on >= sec.Off || c.off != attendance.NoTime && c.off <= sec.On
}
