package engine

import (
	"github.com/dakahq/daka/internal/attendance"
)

// How many days of facts beside the days asked for an Evaluator needs: a punch
// may belong to the day before or after its date, a late_rule looks at the day
// before, and each of those days needs its own neighbours' windows.
const (
	Before attendance.Day = 3
	After  attendance.Day = 2
)

// lookBack is how far a late_rule that spans rest days looks for the last workday.
const lookBack attendance.Day = 14

// Margin returns how many days before and after the days asked for must be
// covered by the facts.
func (c *Corp) Margin() (before, after attendance.Day) {
	if c.opts.LateRuleScope == attendance.NextWorkday && c.late {
		return Before + lookBack, After
	}
	return Before, After
}

// plan is what a member owes on a day, and where its punches may lie on the
// wall clock, in seconds since 1970-01-01 00:00. A nil kind is a day without a row.
type plan struct {
	kind     *attendance.DayKind
	from, to int64 // both included
	onFrom   int64 // when the day's first window opens
	end      int64 // the scheduled end
}

// resolve fills e.plans for the days from first on: which rule applies to the
// member on each day, and what it asks.
func (e *Evaluator) resolve(p *attendance.Person, first attendance.Day) {
	c := e.corp
	var (
		found   *version
		exempt  bool
		next    = first // the day on which found must be asked for again
		placed  = -1
		shifts  scheduleCursor
		folded  = p.ID.Fold()
		eraHere = c.eraOf(first)
	)
	shifts.entries = p.Schedule
	for i := range e.plans {
		d := first + attendance.Day(i)
		if d < p.Joined || d > p.Left {
			e.plans[i] = plan{}
			continue
		}
		if d >= next {
			for eraHere+1 < len(c.eras) && c.eras[eraHere+1].first <= d {
				eraHere++
			}
			for placed+1 < len(p.Placements) && p.Placements[placed+1].From <= d {
				placed++
			}
			var at *attendance.Placement
			if placed >= 0 {
				at = &p.Placements[placed]
			}
			found, exempt = c.rule(&c.eras[eraHere], folded, at)
			next = attendance.MaxDay + 1
			if eraHere+1 < len(c.eras) {
				next = c.eras[eraHere+1].first
			}
			if placed+1 < len(p.Placements) {
				next = min(next, p.Placements[placed+1].From)
			}
		}
		e.plans[i] = c.plan(found, exempt, d, &shifts)
	}
}

func (c *Corp) plan(v *version, exempt bool, d attendance.Day, shifts *scheduleCursor) plan {
	if exempt {
		return plan{}
	}
	kind := c.noRule
	if v != nil {
		var shift attendance.ShiftID
		var scheduled bool
		if v.rule.Type == attendance.ShiftRule {
			shift, scheduled = shifts.on(d, v.rule.ID, c.asOf)
		}
		kind = v.kind(d, shift, scheduled)
	}
	midnight := int64(d) * attendance.SecondsPerDay
	pl := plan{kind: kind, from: midnight + int64(kind.Window.From), to: midnight + int64(kind.Window.To)}
	pl.onFrom, pl.end = pl.from, pl.to+1
	if n := len(kind.Sections); n > 0 {
		pl.onFrom = midnight + int64(kind.Sections[0].OnWindow.From)
		pl.end = midnight + int64(kind.Sections[n-1].Off)
	}
	return pl
}

// rule returns the rule that applies to a member who stands where at says.
// Named members come first, then tags (by option), then the deepest department;
// the rule added last wins a tie. exempt means that only white lists kept the
// member out of every rule.
func (c *Corp) rule(e *era, folded string, at *attendance.Placement) (found *version, exempt bool) {
	if v, skipped := latest(e.users[folded], folded); v != nil {
		return v, false
	} else if skipped {
		exempt = true
	}
	if at == nil {
		return nil, exempt
	}
	byTag, skipped := c.byTag(e, folded, at.Tags)
	exempt = exempt || skipped
	if byTag != nil && c.opts.TagRank == attendance.TagBetween {
		return byTag, false
	}
	byDept, skipped := c.byDept(e, folded, at.Depts)
	exempt = exempt || skipped
	switch {
	case byDept != nil:
		return byDept, false
	case byTag != nil:
		return byTag, false
	}
	return nil, exempt
}

func (c *Corp) byTag(e *era, folded string, tags []attendance.TagID) (best *version, exempt bool) {
	for _, t := range tags {
		v, skipped := latest(e.tags[t], folded)
		exempt = exempt || skipped
		if v != nil && (best == nil || v.later(best)) {
			best = v
		}
	}
	return best, exempt
}

func (c *Corp) byDept(e *era, folded string, depts []attendance.DeptID) (best *version, exempt bool) {
	depth := -1
	for _, id := range depts {
		for steps := 0; id != 0 && steps <= len(c.parent); steps++ {
			here := c.depth[id]
			v, skipped := latest(e.depts[id], folded)
			exempt = exempt || skipped
			if v != nil && (here > depth || here == depth && v.later(best)) {
				best, depth = v, here
			}
			id = c.parent[id]
		}
	}
	return best, exempt
}

// latest returns the first of the versions, which are ordered from the newest
// group to the oldest, whose white list does not name the member.
func latest(versions []*version, folded string) (v *version, exempt bool) {
	for _, v := range versions {
		if !v.exempt[folded] {
			return v, exempt
		}
		exempt = true
	}
	return nil, exempt
}

// scheduleCursor walks a member's schedule, which is in order of days.
type scheduleCursor struct {
	entries []attendance.Scheduled
}

// on returns the shift scheduled for d in a group: the entry known last. It is
// asked for rising days.
func (s *scheduleCursor) on(d attendance.Day, group attendance.GroupID, asOf int64) (shift attendance.ShiftID, ok bool) {
	for len(s.entries) > 0 && s.entries[0].Day < d {
		s.entries = s.entries[1:]
	}
	known := int64(-1 << 62)
	for i := 0; i < len(s.entries) && s.entries[i].Day == d; i++ {
		e := &s.entries[i]
		if e.KnownAt <= asOf && e.KnownAt >= known && (e.Group == group || e.Group == 0) {
			shift, ok, known = e.Shift, true, e.KnownAt
		}
	}
	return shift, ok
}

// Rule returns the rule that a member is under on a day; nil without one.
func (e *Evaluator) Rule(p *attendance.Person, d attendance.Day) *Prepared {
	if d < p.Joined || d > p.Left {
		return nil
	}
	var at *attendance.Placement
	for i := range p.Placements {
		if p.Placements[i].From <= d {
			at = &p.Placements[i]
		}
	}
	found, _ := e.corp.rule(&e.corp.eras[e.corp.eraOf(d)], p.ID.Fold(), at)
	if found == nil {
		return nil
	}
	return found.Prepared
}
