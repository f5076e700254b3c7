package engine

import (
	"cmp"
	"slices"

	"github.com/dakahq/daka/internal/attendance"
)

// Corp is what the members of a corporation share: its rules over time, its
// departments, its zone and the moment as of which everything is asked. It
// does not change once made; any number of Evaluators may use it at once.
type Corp struct {
	zone     *attendance.Zone
	calendar *attendance.Calendar
	opts     attendance.Options
	asOf     int64
	today    attendance.Day
	now      int64 // the wall clock at asOf
	noRule   *attendance.DayKind
	eras     []era // by first day
	depth    map[attendance.DeptID]int
	parent   map[attendance.DeptID]attendance.DeptID
	late     bool // some rule has a late_rule
	mixed    bool // see mixesOvertime
	hides    [attendance.Device + 1]bool
}

// era is a stretch of days on which no rule begins or ends.
type era struct {
	first attendance.Day
	users map[string][]*version // by folded userid
	depts map[attendance.DeptID][]*version
	tags  map[attendance.TagID][]*version
}

type version struct {
	*Prepared
	created int64
	number  int64
	exempt  map[string]bool // by folded userid
}

// later reports whether v was added after o: the rule added last wins a tie.
func (v *version) later(o *version) bool {
	return v.created > o.created || v.created == o.created && v.number > o.number
}

// NewCorp joins the facts that members share. prepared holds, for each of
// f.Rules, what Prepare made of it; nil for a deletion. f.People is not used.
func NewCorp(f *attendance.Facts, prepared []*Prepared) *Corp {
	c := &Corp{
		zone: f.Zone, calendar: f.Calendar, opts: f.Options, asOf: f.AsOf, now: f.Zone.Wall(f.AsOf),
		noRule: &attendance.DayKind{Basis: attendance.BasisNoRule, Category: attendance.RestDay, Window: wholeDay(0)},
		depth:  map[attendance.DeptID]int{},
		parent: map[attendance.DeptID]attendance.DeptID{},
	}
	c.today, _ = f.Zone.DayAt(f.AsOf)
	for _, code := range f.Options.ProvisionalHides {
		c.hides[code] = true
	}
	for _, d := range f.Depts {
		c.parent[d.ID] = d.Parent
	}
	for _, d := range f.Depts {
		c.depth[d.ID] = c.depthOf(d.ID)
	}
	for _, p := range prepared {
		c.late = c.late || p != nil && p.hasLateRule()
	}
	c.mixed = mixesOvertime(prepared)
	c.makeEras(f.Rules, prepared)
	return c
}

// hasLateRule asks the rule itself, not the kinds made of it: a makeup day may
// have times that no weekday has.
func (p *Prepared) hasLateRule() bool {
	r := p.rule
	return slices.ContainsFunc(r.Workday, func(s attendance.DaySpec) bool { return len(s.LateRule) > 0 }) ||
		slices.ContainsFunc(r.SpecialWork, func(s attendance.SpecialDay) bool { return len(s.LateRule) > 0 }) ||
		slices.ContainsFunc(r.Shifts, func(s attendance.Shift) bool { return len(s.LateRule) > 0 })
}

// depthOf counts the departments above id. A tree that bites its own tail ends
// where it would repeat.
func (c *Corp) depthOf(id attendance.DeptID) int {
	depth := 0
	for depth <= len(c.parent) {
		up, ok := c.parent[id]
		if !ok || up == 0 {
			break
		}
		id = up
		depth++
	}
	return depth
}

func (c *Corp) makeEras(rules []attendance.RuleVersion, prepared []*Prepared) {
	starts := []attendance.Day{attendance.MinDay - Before}
	for i := range rules {
		if rules[i].KnownAt <= c.asOf {
			starts = append(starts, rules[i].First, rules[i].Last+1)
		}
	}
	slices.Sort(starts)
	for _, first := range slices.Compact(starts) {
		c.eras = append(c.eras, c.newEra(first, rules, prepared))
	}
}

// newEra indexes the rules in force on a day by whom they name.
func (c *Corp) newEra(first attendance.Day, rules []attendance.RuleVersion, prepared []*Prepared) era {
	e := era{
		first: first,
		users: map[string][]*version{},
		depts: map[attendance.DeptID][]*version{},
		tags:  map[attendance.TagID][]*version{},
	}
	for _, i := range c.inForce(first, rules) {
		p := prepared[i]
		v := &version{Prepared: p, created: rules[i].Created, number: rules[i].Version, exempt: map[string]bool{}}
		for _, u := range p.rule.Exempt {
			v.exempt[u.Fold()] = true
		}
		for _, u := range p.rule.Range.Users {
			e.users[u.Fold()] = append(e.users[u.Fold()], v)
		}
		for _, d := range p.rule.Range.Depts {
			e.depts[d] = append(e.depts[d], v)
		}
		for _, t := range p.rule.Range.Tags {
			e.tags[t] = append(e.tags[t], v)
		}
	}
	return e
}

// inForce returns the indexes of the versions that hold on d: of each group
// the latest that covers the day, unless that one ends the group. A rule whose
// range names nobody holds for nobody.
func (c *Corp) inForce(d attendance.Day, rules []attendance.RuleVersion) []int {
	newest := map[attendance.GroupID]int{}
	for i := range rules {
		r := &rules[i]
		if r.KnownAt > c.asOf || d < r.First || d > r.Last {
			continue
		}
		if j, ok := newest[r.Group]; !ok || rules[j].Version < r.Version {
			newest[r.Group] = i
		}
	}
	var out []int
	for _, i := range newest {
		if !rules[i].Deleted {
			out = append(out, i)
		}
	}
	slices.SortFunc(out, func(a, b int) int {
		return cmp.Or(cmp.Compare(rules[b].Created, rules[a].Created), cmp.Compare(rules[b].Version, rules[a].Version))
	})
	return out
}

// eraOf returns the index of the era that d lies in.
func (c *Corp) eraOf(d attendance.Day) int {
	i, ok := slices.BinarySearchFunc(c.eras, d, func(e era, d attendance.Day) int { return cmp.Compare(e.first, d) })
	if !ok {
		i--
	}
	return i
}
