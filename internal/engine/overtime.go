package engine

import (
	"cmp"
	"slices"

	"github.com/dakahq/daka/internal/attendance"
)

// overtime judges the day's overtime. pl is the day's plan, between those of
// the days beside it.
func (e *Evaluator) overtime(prev, pl, next *plan) {
	r := &e.report
	if r.Kind.Rule == nil {
		return
	}
	rules := &r.Kind.Rule.Overtime
	conf := &rules.Conf[r.Kind.Category]
	if !conf.Allowed {
		return
	}
	e.spans = e.spans[:0]
	counted := int32(0)
	r.Overtime.Moved = e.overtimeMoved()
	switch conf.By {
	case attendance.ByPunches:
		counted = e.punchedOvertime(conf)
	case attendance.ByRequests:
		counted = e.requestedOvertime()
	case attendance.ByBoth:
		counted = e.overtimeInBoth(conf, border(prev, pl), border(pl, next))
	}
	e.overtimeSteps(conf, &rules.Unit, counted)
	if e.corp.mixed {
		e.countOnce(conf, &rules.Unit)
	}
	switch {
	case len(r.Overtime.Short) > 0:
		r.Overtime.Status = attendance.ShortOvertime
	case r.Overtime.Seconds > 0:
		r.Overtime.Status = attendance.NormalOvertime
	}
}

// overtimeSteps makes of what was counted what is reported.
func (e *Evaluator) overtimeSteps(conf *attendance.OvertimeConf, unit *attendance.OvertimeUnit, counted int32) {
	o := &e.report.Overtime
	o.Counted, o.Spans = counted, e.spans
	for i, step := range e.corp.opts.OvertimeOrder {
		counted = e.overtimeStep(step, conf, unit, counted)
		o.After[i] = counted
	}
	o.Seconds, o.Credit = counted, conf.Credit
}

func (e *Evaluator) overtimeStep(step attendance.OvertimeStep, conf *attendance.OvertimeConf, unit *attendance.OvertimeUnit, seconds int32) int32 {
	punches := conf.By == attendance.ByPunches
	switch step {
	case attendance.OvertimeRestStep:
		rest := min(seconds, e.overtimeRest(&conf.Rest, seconds))
		e.report.Overtime.Rest = rest
		return seconds - rest
	case attendance.OvertimeMinStep:
		if punches && seconds < conf.Min {
			return 0
		}
	case attendance.OvertimeMaxStep:
		if punches {
			return min(seconds, conf.Max)
		}
	case attendance.OvertimeRoundStep:
		return roundOvertime(unit, seconds, e.corp.opts.OvertimeDaySeconds)
	}
	return seconds
}

// overtimeMoved returns by how much the flexible start moved the ends of the
// day. What the member owes for having come late is no overtime.
func (e *Evaluator) overtimeMoved() int32 {
	if e.report.Flexed == 0 || e.corp.opts.OvertimeFlex == attendance.OvertimeFromSchedule ||
		len(e.covers) > 0 && e.firstMoved() {
		return 0
	}
	return e.report.Flexed
}

// presence puts into e.spans when the member was there outside the shift.
func (e *Evaluator) presence(before, after bool) {
	kind := e.report.Kind
	if len(kind.Sections) == 0 {
		if !kind.Workday {
			e.spans = append(e.spans, e.pairs...)
		}
		return
	}
	final := len(kind.Sections) - 1
	moved := attendance.TimeOfDay(e.report.Overtime.Moved)
	start, end := kind.Sections[0].On+moved, kind.Sections[final].Off+moved
	if on := &e.slots[0]; before && on.filled && on.time < start {
		e.spans = append(e.spans, attendance.Span{From: on.time, To: start})
	}
	if off := &e.slots[2*final+1]; after && off.filled && off.time > end {
		e.spans = append(e.spans, attendance.Span{From: end, To: off.time})
	}
}

// punchedOvertime counts presence outside the shift. After work it begins when
// the start offset has passed; a free rule's working day counts what exceeds
// its standard hours.
func (e *Evaluator) punchedOvertime(conf *attendance.OvertimeConf) (counted int32) {
	r := &e.report
	if r.Kind.Workday && len(r.Kind.Sections) == 0 {
		if r.Standard == 0 {
			return 0
		}
		return max(0, r.Worked-r.Standard-conf.Start)
	}
	before := conf.Range == attendance.BeforeWork || conf.Range == attendance.AllDay && e.corp.opts.OvertimeBeforeWork
	e.presence(before, conf.Range != attendance.BeforeWork)
	for i := range e.spans {
		s := &e.spans[i]
		if r.Kind.Workday && s.From == r.Kind.Sections[len(r.Kind.Sections)-1].Off+attendance.TimeOfDay(r.Overtime.Moved) {
			s.From = min(s.From+attendance.TimeOfDay(conf.Start), s.To)
		}
		counted += int32(e.elapsed(*s))
	}
	return counted
}

// requestedOvertime counts what was approved for the day, worked or not.
func (e *Evaluator) requestedOvertime() (counted int32) {
	r := &e.report
	midnight := int64(r.Day) * attendance.SecondsPerDay
	for _, m := range r.Approvals {
		if m.Approval.Kind == attendance.OvertimeApproval {
			counted += m.Seconds
		}
	}
	for i := range e.requests {
		if q := &e.requests[i]; q.approval.Kind == attendance.OvertimeApproval {
			e.clip(q, midnight, midnight, midnight+attendance.SecondsPerDay)
		}
	}
	return max(0, counted-e.overlap())
}

// clip adds to e.spans the part of a request between two moments of the wall clock.
func (e *Evaluator) clip(q *request, midnight, from, to int64) (seconds int64) {
	from, to = max(q.from, from), min(q.to, to)
	if from >= to {
		return 0
	}
	e.spans = append(e.spans, attendance.Span{From: attendance.TimeOfDay(from - midnight), To: attendance.TimeOfDay(to - midnight)})
	return to - from
}

// border returns the moment from which the later of two neighbouring days has
// a punch, as takesOver decides.
func border(earlier, later *plan) int64 {
	switch {
	case later.kind == nil:
		return earlier.to + 1
	case earlier.kind == nil || !earlier.kind.Workday:
		return later.from
	case !later.kind.Workday:
		return max(later.from, earlier.to+1)
	}
	return max(later.from, min(earlier.to+1, max(earlier.end, later.onFrom)))
}

// overtimeInBoth counts the approved time at which the member was there, and
// notes what each request lacks, the earliest first. Of a request the part
// between the day's borders is owed to it.
func (e *Evaluator) overtimeInBoth(conf *attendance.OvertimeConf, begin, until int64) (counted int32) {
	r := &e.report
	midnight := int64(r.Day) * attendance.SecondsPerDay
	e.presence(conf.Range != attendance.AfterWork, conf.Range != attendance.BeforeWork)
	there := len(e.spans)
	for i := range e.inOrder() {
		q := &e.asked[i]
		due := max(0, min(q.to, until)-max(q.from, begin))
		sliced := len(q.approval.Slices) > 0
		if sliced {
			due = int64(q.on(r.Day, r.Kind.Workday))
			if due == 0 {
				continue
			}
		}
		var present int64
		for _, s := range e.spans[:there] {
			present += e.clip(q, midnight, midnight+int64(s.From), midnight+int64(s.To))
		}
		if sliced {
			present = min(present, due)
		}
		counted += int32(present)
		if due > present {
			r.Overtime.Short = append(r.Overtime.Short, attendance.Shortage{Approval: q.approval, Seconds: int32(due - present)})
		}
	}
	e.spans = append(e.spans[:0], e.spans[there:]...)
	return counted - e.overlap()
}

// overlap returns how much of e.spans is there more than once: requests are
// counted by their union. Where slices say how much a request is worth, sums
// stand.
func (e *Evaluator) overlap() (seconds int32) {
	for i := range e.requests {
		if a := e.requests[i].approval; a.Kind == attendance.OvertimeApproval && len(a.Slices) > 0 {
			return 0
		}
	}
	for _, s := range e.spans {
		seconds += int32(s.To - s.From)
	}
	return seconds - union(e.spans)
}

// inOrder fills e.asked with the requests for overtime, the earliest first.
func (e *Evaluator) inOrder() []request {
	e.asked = e.asked[:0]
	for _, q := range e.requests {
		if q.approval.Kind == attendance.OvertimeApproval {
			e.asked = append(e.asked, q)
		}
	}
	slices.SortStableFunc(e.asked, func(a, b request) int { return cmp.Compare(a.from, b.from) })
	return e.asked
}

// overtimeRest returns what rest takes off: the fixed stretches that e.spans
// overlap, or the amount of the longest step reached.
func (e *Evaluator) overtimeRest(rest *attendance.OvertimeRest, seconds int32) (off int32) {
	for _, fixed := range rest.Fixed {
		for _, s := range e.spans {
			off += fixed.Overlap(s)
		}
	}
	for _, step := range rest.ByLength {
		if seconds >= step.Length {
			off = step.Rest
		}
	}
	return off
}

// roundOvertime rounds to the unit. A rule that counts in days makes a day of
// PerDay seconds, which is then reported as daySeconds.
func roundOvertime(unit *attendance.OvertimeUnit, seconds, daySeconds int32) int32 {
	value, scale := int64(seconds), int64(1)
	whole := int64(3600)
	if unit.Days && unit.PerDay > 0 {
		value, scale, whole = value*attendance.SecondsPerDay, int64(unit.PerDay), attendance.SecondsPerDay
	}
	step := int64(unit.Step)
	if unit.Method == attendance.RoundHalfUp {
		step = whole
		if unit.Precision > 0 {
			step = whole / 10
		}
	}
	if step > 0 {
		step *= scale
		switch unit.Method {
		case attendance.RoundUp:
			value = (value + step - 1) / step * step
		case attendance.RoundDown:
			value = value / step * step
		default:
			value = (value + step/2) / step * step
		}
	}
	value /= scale
	if unit.Days {
		value = value * int64(daySeconds) / attendance.SecondsPerDay
	}
	return int32(value)
}
