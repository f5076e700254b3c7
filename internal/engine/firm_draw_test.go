package engine_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/engine"
	"pgregory.net/rapid"
)

// firmDays is how many days of a firm are asked about, from oracleStart on.
const firmDays = 6

// firm is a corporation as it lives: several groups with rules of all types that
// change, and members who join, move and leave.
type firm struct {
	facts attendance.Facts
	corp  *engine.Corp
	plans []*world // a rule version each, for what is drawn of its days
	rare  bool     // leaving late counts on special days alone
}

// prepare joins the firm's rules.
func (f *firm) prepare() {
	prepared := make([]*engine.Prepared, len(f.facts.Rules))
	for i := range f.facts.Rules {
		if rule := f.facts.Rules[i].Rule; rule != nil {
			prepared[i] = engine.Prepare(rule, &f.facts.Options, f.facts.Calendar)
		}
	}
	f.corp = engine.NewCorp(&f.facts, prepared)
}

// about draws a day close to those asked about.
func about(t *rapid.T, low, high int, label string) attendance.Day {
	return oracleStart + attendance.Day(rapid.IntRange(low, high).Draw(t, label))
}

func drawFirm(t *rapid.T, zone *attendance.Zone) *firm {
	f := &firm{facts: attendance.Facts{
		Zone: zone, Options: drawAllOptions(t), AsOf: zone.Midnight(oracleStart + firmDays + 5),
		Calendar: attendance.NewCalendar(drawBreak(t), 2025),
		Depts:    []attendance.Department{{ID: 1}, {ID: 2, Parent: 1}, {ID: 3, Parent: 2}, {ID: 4, Parent: 1}},
	}}
	if chance(t, 3, "asked early") {
		f.facts.AsOf = zone.At(about(t, 0, firmDays, "asked on"), minutes(t, 0, 24*60, "asked at"))
	}
	f.rare = chance(t, 3, "late rules are rare")
	for group := range rapid.IntRange(2, 4).Draw(t, "groups") {
		f.drawGroup(t, attendance.GroupID(group+1))
	}
	f.prepare()
	for _, id := range []attendance.UserID{"u1", "u2"} {
		f.facts.People = append(f.facts.People, f.drawPerson(t, id))
	}
	return f
}

// drawAllOptions draws every option there is.
func drawAllOptions(t *rapid.T) attendance.Options {
	opts := drawOptions(t)
	opts.LateRuleScope = pick(t, "late rule reaches", attendance.NextCalendarDay, attendance.NextWorkday)
	opts.ProvisionalHides = pick(t, "hides", opts.ProvisionalHides, nil, []attendance.FindingCode{attendance.Late, attendance.Early})
	opts.HolidayScope = pick(t, "holiday scope", attendance.WholeBreak, attendance.StatutoryOnly)
	opts.TagRank = pick(t, "tag rank", attendance.TagBetween, attendance.TagBelow)
	opts.Calibrate = pick(t, "calibrate", attendance.CalibrateAtOnce, attendance.CalibrateNextDay)
	opts.HalfDay = pick(t, "half day", attendance.HalfAtShiftMidpoint, attendance.HalfAtNoon)
	opts.OvertimeBeforeWork = chance(t, 2, "overtime before work")
	opts.MonthCountsFuture = chance(t, 3, "counts future")
	opts.MonthExceptPlaces = chance(t, 2, "places except")
	opts.RestDayPunchRecordType = pick(t, "rest day record", attendance.RecordOvertime, 0)
	if chance(t, 3, "overtime order") {
		slices.Reverse(opts.OvertimeOrder[:])
	}
	return opts
}

// drawBreak draws a calendar with one long break and a makeup day or two.
func drawBreak(t *rapid.T) (days []attendance.Holiday) {
	first := about(t, -16, firmDays, "break")
	for i := range attendance.Day(rapid.IntRange(0, 14).Draw(t, "break length")) {
		days = append(days, attendance.Holiday{Day: first + i, Off: true, Statutory: i < 3})
	}
	for range rapid.IntRange(0, 2).Draw(t, "makeups") {
		days = append(days, attendance.Holiday{Day: about(t, -16, firmDays, "makeup")})
	}
	return days
}

// drawGroup draws the versions of a rule: the first holds for ever, later ones
// from or until days inside the span or beside it.
func (f *firm) drawGroup(t *rapid.T, group attendance.GroupID) {
	created := int64(rapid.IntRange(1, 3).Draw(t, "created"))
	for i := range rapid.IntRange(1, 3).Draw(t, "versions") {
		n := int64(len(f.facts.Rules) + 1)
		v := attendance.RuleVersion{Group: group, Version: n, Created: created, First: attendance.MinDay, Last: attendance.MaxDay}
		if i > 0 {
			v.First = about(t, -4, firmDays+2, "version first")
			v.Deleted = chance(t, 6, "deleted")
			if chance(t, 3, "known late") {
				v.KnownAt = f.facts.Zone.At(about(t, -4, firmDays+6, "version known"), 12*hour)
			}
		}
		if chance(t, 4, "ends") {
			v.Last = about(t, -4, firmDays+2, "version last")
		}
		if !v.Deleted {
			v.Rule = drawOracleRule(t)
			f.thin(v.Rule)
			v.Rule.ID, v.Rule.Name = group, fmt.Sprint(n)
			drawRange(t, v.Rule)
			f.addPlan(*v.Rule)
			v.Rule.Workday = slices.Clone(v.Rule.Workday)
			drawFree(t, v.Rule)
			drawOvertime(t, &v.Rule.Overtime)
		}
		f.facts.Rules = append(f.facts.Rules, v)
	}
}

// thin takes late rules away where they are to be rare: one that few days have
// must not be forgotten.
func (f *firm) thin(r *attendance.Rule) {
	if !f.rare {
		return
	}
	for i := range r.Workday {
		r.Workday[i].LateRule = nil
	}
	for i := range r.Shifts {
		r.Shifts[i].LateRule = nil
	}
}

// addPlan keeps a rule, as it is with times, to draw by.
func (f *firm) addPlan(rule attendance.Rule) {
	o := &oracle{zone: f.facts.Zone, asOf: f.facts.AsOf, opts: f.facts.Options, rule: &rule, calendar: map[attendance.Day]attendance.Holiday{}}
	for _, h := range f.facts.Calendar.Days() {
		o.calendar[h.Day] = h
	}
	f.plans = append(f.plans, &world{oracle: o, times: anchors(&rule)})
}

// drawRange draws whom a rule names, in any spelling, and whom it spares.
func drawRange(t *rapid.T, r *attendance.Rule) {
	r.Range = attendance.Range{}
	switch rapid.IntRange(0, 5).Draw(t, "range") {
	case 0:
		r.Range.Users = []attendance.UserID{pick(t, "named", attendance.UserID("U1"), "u2")}
	case 1:
		r.Range.Tags = []attendance.TagID{attendance.TagID(rapid.IntRange(1, 2).Draw(t, "range tag"))}
	default:
		r.Range.Depts = []attendance.DeptID{attendance.DeptID(rapid.IntRange(1, 4).Draw(t, "range department"))}
	}
	if chance(t, 8, "white list") {
		r.Exempt = []attendance.UserID{pick(t, "spared", attendance.UserID("u1"), "U2")}
	}
}

// drawPerson draws a member with facts from well before the span to its end.
func (f *firm) drawPerson(t *rapid.T, id attendance.UserID) attendance.Person {
	p := attendance.Person{ID: id, Joined: attendance.MinDay, Left: attendance.MaxDay}
	if chance(t, 6, "joins") {
		p.Joined = about(t, -16, firmDays-1, "joined")
	}
	if chance(t, 6, "leaves") {
		p.Left = about(t, -2, firmDays+1, "left")
	}
	from := attendance.MinDay
	for range rapid.IntRange(1, 3).Draw(t, "placements") {
		at := attendance.Placement{From: from, Depts: []attendance.DeptID{attendance.DeptID(rapid.IntRange(1, 4).Draw(t, "department"))}}
		if chance(t, 3, "tagged") {
			at.Tags = []attendance.TagID{attendance.TagID(rapid.IntRange(1, 2).Draw(t, "tag"))}
		}
		p.Placements = append(p.Placements, at)
		from = max(from+1, about(t, -16, firmDays, "moved"))
	}
	p.Schedule = f.drawSchedule(t)
	shifts := map[attendance.Day]attendance.ShiftID{}
	for _, s := range p.Schedule {
		shifts[s.Day] = s.Shift
	}
	for _, w := range f.plans {
		w.schedule = shifts
	}
	f.drawMemberFacts(t, &p)
	return p
}

// drawSchedule draws a rota with changes and with a stretch off, some of it known
// only after the moment of the question.
func (f *firm) drawSchedule(t *rapid.T) (entries []attendance.Scheduled) {
	rota := rapid.SliceOfN(rapid.IntRange(0, 4), 2, 5).Draw(t, "rota") // 4 is no shift
	off := about(t, -16, firmDays, "off from")
	back := off + attendance.Day(rapid.IntRange(0, 12).Draw(t, "off for"))
	for d := oracleStart - 45; d <= oracleStart+30; d++ {
		s := attendance.Scheduled{Day: d, Shift: attendance.ShiftID(rota[int(d)%len(rota)])}
		if d >= off && d < back {
			s.Shift = 0
		}
		if s.Shift < 4 {
			entries = append(entries, s)
		}
	}
	for range rapid.IntRange(0, 3).Draw(t, "changes") {
		entries = append(entries, attendance.Scheduled{
			Day: about(t, -4, firmDays+2, "changed"), Shift: attendance.ShiftID(rapid.IntRange(0, 3).Draw(t, "changed to")),
			Group: attendance.GroupID(rapid.IntRange(0, 4).Draw(t, "changed in")), KnownAt: f.facts.AsOf + pick(t, "change known", int64(0), 1),
		})
	}
	slices.SortStableFunc(entries, func(a, b attendance.Scheduled) int { return int(a.Day - b.Day) })
	return entries
}

// drawMemberFacts draws punches as one rule or another asks for them,
// corrections and requests, some of which began long ago.
func (f *firm) drawMemberFacts(t *rapid.T, p *attendance.Person) {
	for d := oracleStart - 17; d < oracleStart+firmDays+2; d++ {
		if d < oracleStart-2 && chance(t, 2, "nothing of old") {
			continue
		}
		w := pick(t, "punches of", f.plans...)
		p.Punches = append(p.Punches, drawPunches(t, w.oracle, d, w.times)...)
	}
	attendance.SortPunches(p.Punches)
	p.Punches = slices.CompactFunc(p.Punches, func(a, b attendance.Punch) bool { return attendance.ComparePunches(a, b) == 0 })
	for i := range rapid.IntRange(0, 3).Draw(t, "corrections") {
		w := pick(t, "correction of", f.plans...)
		p.Corrections = append(p.Corrections, drawCorrection(t, w.oracle, firmDays, w.times, int64(i)))
	}
	slices.SortStableFunc(p.Corrections, func(a, b attendance.Correction) int { return int(a.Day - b.Day) })
	for i := range rapid.IntRange(0, 3).Draw(t, "approvals") {
		kind := pick(t, "kind", attendance.LeaveApproval, attendance.TripApproval, attendance.OutingApproval, attendance.OvertimeApproval)
		a := drawApproval(t, pick(t, "approval of", f.plans...), kind, fmt.Sprint(i+1))
		if chance(t, 3, "long") {
			a.From -= int64(rapid.IntRange(1, 40).Draw(t, "began")) * day
			a.To += int64(rapid.IntRange(0, 20).Draw(t, "goes on")) * day
		}
		if chance(t, 6, "sliced") {
			a.Slices = []attendance.ApprovalSlice{{Day: about(t, -20, firmDays, "slice"), Seconds: hour}, {Day: about(t, 0, firmDays, "slice"), Seconds: 2 * hour}}
		}
		p.Approvals = append(p.Approvals, a)
	}
}

// days returns a member's reports of some days.
func (f *firm) days(e *engine.Evaluator, p *attendance.Person, first, last attendance.Day) (out []attendance.DayReport) {
	e.Days(p, first, last, func(r *attendance.DayReport) { out = append(out, keep(r)) })
	return out
}

// told is texts with the rule and shift of each day.
func told(days []attendance.DayReport) []string {
	list := texts(days, 0)
	for i := range days {
		k := days[i].Kind
		if k.Rule != nil {
			list[i] += " rule " + k.Rule.Name
		}
		if k.Shift != nil {
			list[i] += fmt.Sprint(" shift ", k.Shift.ID)
		}
	}
	return list
}

// describe tells the shrunk case.
func (f *firm) describe(p *attendance.Person) string {
	var b strings.Builder
	for i := range f.facts.Rules {
		v := f.facts.Rules[i]
		fmt.Fprintf(&b, "%d.%d %s to %s known %d: %+v\n", v.Group, v.Version, v.First, v.Last, v.KnownAt, v.Rule)
	}
	fmt.Fprintf(&b, "as of %d, options %+v, %+v", f.facts.AsOf, f.facts.Options, p)
	return b.String()
}
