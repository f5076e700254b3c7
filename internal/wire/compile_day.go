package wire

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/dakahq/daka/internal/attendance"
)

// workdays sets r.Workday and r.Weeks from the checkindate items. In a free
// rule an item has weekdays only.
func (c *compiler) workdays(r *attendance.Rule, items []workdayDoc) {
	fixed := r.Type == attendance.FixedRule
	if fixed && len(items) == 0 {
		c.fail("checkindate", "a rule with fixed times needs a working day")
	}
	if len(items) > 127 {
		c.fail("checkindate", "%d items are more than 127", len(items))
		return
	}
	listed := make([]weekdays, len(items))
	for i := range items {
		path := fmt.Sprintf("checkindate[%d]", i)
		listed[i] = c.weekdays(path, &items[i])
		r.Biweekly = r.Biweekly || listed[i].biweekly
		var spec attendance.DaySpec
		if fixed {
			spec = c.daySpec(path, &items[i].dayDoc, path+".checkintime", items[i].CheckinTime)
			if len(items[i].CheckinTime) == 0 {
				c.fail(path+".checkintime", "a working day needs a section")
			}
		}
		r.Workday = append(r.Workday, spec)
	}
	for week := range r.Weeks {
		for weekday := range r.Weeks[week] {
			r.Weeks[week][weekday] = followed(listed, r.Biweekly, week, weekday)
		}
	}
}

// weekdays is which days of the week an item lists: for every week, and for
// the even [0] and odd [1] ones.
type weekdays struct {
	every    [7]bool
	week     [2][7]bool
	biweekly bool
}

func (c *compiler) weekdays(path string, item *workdayDoc) weekdays {
	var w weekdays
	c.mark(path+".workdays", item.Workdays, &w.every)
	if item.Biweekly.Enabled.or(false) {
		w.biweekly = true
		c.mark(path+".biweekly.even_workdays", item.Biweekly.Even, &w.week[0])
		c.mark(path+".biweekly.odd_workdays", item.Biweekly.Odd, &w.week[1])
	}
	return w
}

func (c *compiler) mark(path string, list []number, days *[7]bool) {
	for i, n := range list {
		if !n.set {
			continue
		}
		if n.v < 0 || n.v > 6 {
			c.fail(fmt.Sprintf("%s[%d]", path, i), "%d is no weekday: 0, Sunday, to 6, Saturday", n.v)
			return
		}
		days[n.v] = true
	}
}

// followed returns which item a weekday follows, -1 for none. Once one item is
// bi-weekly, only the bi-weekly lists make a day a working day, and workdays
// say no more than whose times it has.
func followed(items []weekdays, biweekly bool, week, weekday int) int8 {
	if !biweekly {
		return int8(slices.IndexFunc(items, func(w weekdays) bool { return w.every[weekday] }))
	}
	own := slices.IndexFunc(items, func(w weekdays) bool { return w.week[week][weekday] })
	if own < 0 {
		return -1
	}
	named := slices.IndexFunc(items, func(w weekdays) bool {
		return w.every[weekday] && (!w.biweekly || w.week[week][weekday])
	})
	if named >= 0 {
		return int8(named)
	}
	return int8(own)
}

func (c *compiler) shifts(items []shiftDoc) []attendance.Shift {
	var shifts []attendance.Shift
	seen := map[int64]bool{}
	for i := range items {
		path := fmt.Sprintf("schedulelist[%d]", i)
		id := c.number(path+".schedule_id", items[i].ID, 0, 0, maxID)
		if seen[id] {
			c.fail(path+".schedule_id", "%d is the id of another shift, too", id)
		}
		seen[id] = true
		s := attendance.Shift{ID: attendance.ShiftID(id), Name: string(items[i].Name)}
		if id != 0 { // 0 is rest, whatever else it says
			s.DaySpec = c.daySpec(path, &items[i].dayDoc, path+".time_section", items[i].TimeSection)
		}
		shifts = append(shifts, s)
	}
	return shifts
}

func (c *compiler) daySpec(path string, d *dayDoc, sectPath string, sections []sectDoc) attendance.DaySpec {
	spec := attendance.DaySpec{Sections: c.sections(sectPath, sections, c.limits(path, d))}
	if d.NoNeedOff.or(false) {
		for i := range spec.Sections {
			spec.Sections[i].OffOwed = false
		}
	}
	flexible := d.AllowFlex.or(c.form == FormRead || c.typ == attendance.ShiftRule)
	if flexible {
		spec.Flex = c.flex(path, d)
		spec.LateRule = c.lateRule(path+".late_rule", &d.LateRule)
	}
	return spec
}

// flex returns the tolerances. A pair that is not used is 0, or -1 in the
// older form, which gives one flex_time, in milliseconds, for both ends.
func (c *compiler) flex(path string, d *dayDoc) attendance.Flex {
	seconds := func(name string, n number) int32 {
		return int32(c.number(path+"."+name, n, -1, -1, attendance.SecondsPerDay))
	}
	f := attendance.Flex{
		Late:       seconds("flex_on_duty_time", d.FlexOn),
		Early:      seconds("flex_off_duty_time", d.FlexOff),
		ShiftEarly: max(0, seconds("max_allow_arrive_early", d.MaxEarly)),
		ShiftLate:  max(0, seconds("max_allow_arrive_late", d.MaxLate)),
	}
	shifts := f.ShiftEarly > 0 || f.ShiftLate > 0
	if f.Late == -1 && f.Early == -1 && !shifts {
		both := c.number(path+".flex_time", d.FlexTime, 0, 0, attendance.SecondsPerDay*1000) / 1000
		f.Late, f.Early = int32(both), int32(both)
	}
	f.Late, f.Early = max(0, f.Late), max(0, f.Early)
	return f
}

// lateRule returns the tiers in ascending order; of two tiers that begin at
// the same time the more generous one counts.
func (c *compiler) lateRule(path string, d *lateRuleDoc) []attendance.LateStep {
	if !d.Allow.or(false) {
		return nil
	}
	var steps []attendance.LateStep
	add := func(path string, after, onFlex number) {
		s := attendance.LateStep{
			After: int32(c.number(path+".offwork_after_time", after, 0, 0, attendance.SecondsPerDay)),
			Allow: int32(c.number(path+".onwork_flex_time", onFlex, 0, 0, attendance.SecondsPerDay)),
		}
		if s.Allow > 0 {
			steps = append(steps, s)
		}
	}
	for i, t := range d.TimeRules {
		add(fmt.Sprintf("%s.timerules[%d]", path, i), t.After, t.OnFlex)
	}
	if len(d.TimeRules) == 0 {
		add(path, d.After, d.OnFlex)
	}
	slices.SortFunc(steps, func(a, b attendance.LateStep) int {
		return cmp.Or(cmp.Compare(a.After, b.After), cmp.Compare(b.Allow, a.Allow))
	})
	return slices.CompactFunc(steps, func(a, b attendance.LateStep) bool { return a.After == b.After })
}
