package engine_test

import (
	"slices"

	"github.com/dakahq/daka/internal/attendance"
	"pgregory.net/rapid"
)

const (
	hour   = 3600
	minute = 60
	day    = 24 * hour
)

// oracleStart is the first day asked about: a Thursday, so that a weekend and
// a change of week come soon.
var oracleStart = attendance.DayOf(2025, 9, 11)

// chance draws true once in n times, and false when a case is made smaller.
func chance(t *rapid.T, n int, label string) bool {
	return rapid.IntRange(0, n-1).Draw(t, label) == n-1
}

// pick draws one of a few values; a smaller case has the first.
func pick[V any](t *rapid.T, label string, values ...V) V {
	return rapid.SampledFrom(values).Draw(t, label)
}

// minutes draws a stretch of whole minutes, mostly round ones. It is put
// together from small numbers, because rapid prefers those.
func minutes(t *rapid.T, low, high int, label string) attendance.TimeOfDay {
	m := rapid.IntRange(low/60, high/60).Draw(t, label+" hours")*60 + rapid.IntRange(0, 3).Draw(t, label+" quarters")*15
	if chance(t, 4, label+" odd") {
		m += rapid.IntRange(1, 14).Draw(t, label+" minutes")
	}
	return attendance.TimeOfDay(max(low, min(m, high))) * minute
}

// drawOracleRule draws a fixed or a shift rule.
func drawOracleRule(t *rapid.T) *attendance.Rule {
	r := &attendance.Rule{
		ID: 7, Name: "drawn", Type: pick(t, "type", attendance.FixedRule, attendance.ShiftRule),
		Range:          attendance.Range{Users: []attendance.UserID{"u1"}},
		RestDayPunches: !chance(t, 4, "no rest day punches"),
		Places:         attendance.PlacePolicy(rapid.IntRange(0, 2).Draw(t, "places")),
		SyncOutside:    chance(t, 2, "sync outside"),
		Method:         pick(t, "method", attendance.OnePair, attendance.ManyPairs),
	}
	if chance(t, 3, "rest day cut") {
		r.RestDayStart = minutes(t, 0, 8*60, "cut")
	}
	next := attendance.SectionID(1)
	if r.Type == attendance.ShiftRule {
		for i := range rapid.IntRange(1, 3).Draw(t, "shifts") {
			r.Shifts = append(r.Shifts, attendance.Shift{ID: attendance.ShiftID(i + 1), DaySpec: drawSpec(t, true, &next)})
		}
	} else {
		drawWeeks(t, r, &next)
	}
	if chance(t, 4, "special off") {
		r.SpecialOff = []attendance.SpecialDay{drawSpecial(t)}
	}
	return r
}

// drawWeeks draws what belongs to fixed rules: weekdays, special days, holidays.
func drawWeeks(t *rapid.T, r *attendance.Rule, next *attendance.SectionID) {
	for range rapid.IntRange(1, 2).Draw(t, "items") {
		r.Workday = append(r.Workday, drawSpec(t, false, next))
	}
	r.Biweekly = chance(t, 4, "biweekly")
	for weekday := range 7 {
		item := int8(rapid.IntRange(0, len(r.Workday)-1).Draw(t, "item"))
		for week := range r.Weeks {
			r.Weeks[week][weekday] = item
			if chance(t, 4, "rest weekday") {
				r.Weeks[week][weekday] = -1
			}
		}
		if !r.Biweekly {
			r.Weeks[1] = r.Weeks[0]
		}
	}
	r.SyncHolidays = chance(t, 2, "sync holidays")
	if chance(t, 4, "special work") {
		s := drawSpecial(t)
		s.DaySpec = drawSpec(t, false, next)
		r.SpecialWork = []attendance.SpecialDay{s}
	}
}

func drawSpecial(t *rapid.T) attendance.SpecialDay {
	first := oracleStart + attendance.Day(rapid.IntRange(-16, 8).Draw(t, "special first"))
	step := pick(t, "special step", int32(1), 1, 14)
	return attendance.SpecialDay{First: first, Last: first + attendance.Day(rapid.IntRange(0, 3).Draw(t, "special length"))*attendance.Day(step), Step: step}
}

// drawSpec draws one to four sections whose windows do not meet, and how far a
// card may stray.
func drawSpec(t *rapid.T, shift bool, next *attendance.SectionID) attendance.DaySpec {
	n := rapid.IntRange(1, 4).Draw(t, "sections")
	on, lead := minutes(t, 4*60, 10*60, "on"), minutes(t, 1, 4*60, "lead")
	if shift {
		on = minutes(t, 0, 24*60, "on")
	}
	var spec attendance.DaySpec
	for i := range n {
		off := on + minutes(t, 2, 10*60/n, "length")
		if n == 1 && chance(t, 8, "round the clock") {
			off = min(on+minutes(t, 10*60, 24*60, "longest length"), 48*hour-2*minute)
		}
		gap := minutes(t, 3, 120, "gap")
		tail := minutes(t, 0, int(gap/minute)-2, "tail")
		if i == n-1 {
			tail = minutes(t, 0, 9*60, "last tail")
			if chance(t, 8, "long tail") { // windows may reach the day after the next
				tail = minutes(t, 9*60, 23*60, "longest tail")
			}
		}
		s := attendance.Section{
			ID: *next, On: on, Off: off,
			OnWindow:  attendance.Span{From: on - lead, To: off - minute},
			OffWindow: attendance.Span{From: on + minute, To: off + tail},
			OnOwed:    !chance(t, 6, "no on"), OffOwed: !chance(t, 6, "no off"),
		}
		if length := int((off - on) / minute); length > 2 && chance(t, 3, "narrow windows") {
			s.OnWindow.To = on + minutes(t, 1, length-1, "latest on")
			s.OffWindow.From = on + minutes(t, 1, length-1, "earliest off")
		}
		s.Rests = drawRests(t, on, off)
		*next++
		spec.Sections = append(spec.Sections, s)
		if i < n-1 {
			on, lead = off+gap, minutes(t, 1, int((gap-tail)/minute)-1, "next lead")
		}
	}
	spec.Flex, spec.LateRule = drawFlex(t)
	return spec
}

func drawRests(t *rapid.T, on, off attendance.TimeOfDay) (rests []attendance.Span) {
	for range rapid.IntRange(0, 2).Draw(t, "rests") {
		room := int((off - on) / minute)
		if room < 6 {
			break
		}
		from := on + minutes(t, 1, room-4, "rest from")
		to := min(from+minutes(t, 1, 60, "rest length"), off-minute)
		rests = append(rests, attendance.Span{From: from, To: to})
		on = to
	}
	return rests
}

func drawFlex(t *rapid.T) (flex attendance.Flex, steps []attendance.LateStep) {
	five := func(label string) int32 { return int32(rapid.IntRange(0, 24).Draw(t, label)) * 5 * minute }
	switch pick(t, "flex", 0, 1, 2) {
	case 1:
		flex = attendance.Flex{Late: five("tolerance on"), Early: five("tolerance off")}
	case 2:
		flex = attendance.Flex{ShiftEarly: five("shift early"), ShiftLate: five("shift late")}
	}
	if chance(t, 3, "late rule") {
		after, allow := int32(0), int32(0)
		for range rapid.IntRange(1, 3).Draw(t, "tiers") {
			after += int32(rapid.IntRange(1, 6).Draw(t, "after")) * 15 * minute
			allow += int32(rapid.IntRange(0, 6).Draw(t, "allow")) * 15 * minute
			steps = append(steps, attendance.LateStep{After: after, Allow: allow})
		}
	}
	return flex, steps
}

// anchors are the times of day at which judgements turn.
func anchors(r *attendance.Rule) []attendance.TimeOfDay {
	specs := slices.Clone(r.Workday)
	for _, s := range r.Shifts {
		specs = append(specs, s.DaySpec)
	}
	for _, s := range r.SpecialWork {
		specs = append(specs, s.DaySpec)
	}
	list := []attendance.TimeOfDay{r.RestDayStart}
	for _, spec := range specs {
		for _, s := range spec.Sections {
			list = append(list, s.On, s.Off, s.On, s.Off, s.OnWindow.From, s.OnWindow.To, s.OffWindow.From, s.OffWindow.To)
			for _, rest := range s.Rests {
				list = append(list, rest.From, rest.To)
			}
		}
		for _, step := range spec.LateRule {
			last := len(spec.Sections) - 1
			list = append(list, spec.Sections[last].Off+attendance.TimeOfDay(step.After), spec.Sections[0].On+attendance.TimeOfDay(step.Allow))
		}
		first := spec.Sections[0].On
		list = append(list, first+attendance.TimeOfDay(spec.Flex.Late), first+attendance.TimeOfDay(spec.Flex.ShiftLate), first-attendance.TimeOfDay(spec.Flex.ShiftEarly))
	}
	return list
}

// near draws a time of day on or close to one of the anchors.
func near(t *rapid.T, anchors []attendance.TimeOfDay) attendance.TimeOfDay {
	at := pick(t, "anchor", anchors...)
	switch pick(t, "off by", 0, 1, 2, 2, 2, 3) {
	case 1:
		at += attendance.TimeOfDay(rapid.IntRange(-61, 61).Draw(t, "seconds"))
	case 2:
		at += attendance.TimeOfDay(rapid.IntRange(-20, 20).Draw(t, "minutes"))*minute + attendance.TimeOfDay(rapid.IntRange(0, 59).Draw(t, "seconds"))
	case 3:
		at += attendance.TimeOfDay(rapid.IntRange(-24, 24).Draw(t, "quarters")) * 15 * minute
	}
	return at
}

// drawOracle draws a rule, a member's facts about days around oracleStart,
// and what is known of them.
func drawOracle(t *rapid.T, zone *attendance.Zone, days int) *oracle {
	o := &oracle{
		zone: zone, rule: drawOracleRule(t), opts: drawOptions(t),
		asOf:     zone.Midnight(oracleStart + attendance.Day(days) + 5),
		calendar: map[attendance.Day]attendance.Holiday{},
		schedule: map[attendance.Day]attendance.ShiftID{},
	}
	last := oracleStart + attendance.Day(days)
	for d := oracleStart - 20; d <= last+3; d++ {
		if chance(t, 8, "holiday") {
			o.calendar[d] = attendance.Holiday{Day: d, Off: chance(t, 2, "off"), Statutory: chance(t, 2, "statutory")}
		}
		if o.rule.Type == attendance.ShiftRule && !chance(t, 6, "unscheduled") {
			o.schedule[d] = attendance.ShiftID(rapid.IntRange(0, len(o.rule.Shifts)).Draw(t, "shift"))
			if chance(t, 20, "unknown shift") {
				o.schedule[d] = 99
			}
		}
	}
	times := anchors(o.rule)
	if chance(t, 3, "asked early") {
		o.asOf = zone.At(oracleStart+attendance.Day(rapid.IntRange(0, days).Draw(t, "asked on")), near(t, times))
	}
	for d := oracleStart - 3; d <= last; d++ {
		o.punches = append(o.punches, drawPunches(t, o, d, times)...)
	}
	attendance.SortPunches(o.punches)
	for i := range rapid.IntRange(0, 5).Draw(t, "corrections") {
		c := drawCorrection(t, o, days, times, int64(i))
		if i > 0 && chance(t, 2, "corrected again") {
			c.Day, c.Slot = o.corrections[i-1].Day, o.corrections[i-1].Slot
			c.At = zone.At(c.Day, near(t, []attendance.TimeOfDay{max(0, c.Slot)}))
		}
		o.corrections = append(o.corrections, c)
	}
	return o
}

func drawOptions(t *rapid.T) attendance.Options {
	opts := attendance.DefaultOptions()
	if chance(t, 6, "late base") {
		opts.LateBase = attendance.LateFromGrace
	}
	if chance(t, 6, "flex overflow") {
		opts.FlexOverflow = attendance.OverflowFromSchedule
	}
	if chance(t, 6, "tolerances") {
		opts.Tolerances = attendance.SumOfTolerances
	}
	if chance(t, 6, "absence") {
		opts.AbsentGranularity = attendance.AbsentWholeDay
	}
	if chance(t, 6, "late rule scope") {
		opts.LateRuleScope = attendance.NextWorkday
	}
	if chance(t, 6, "makeup day") {
		opts.MakeupDayTimes = attendance.AlwaysFirst
	}
	opts.ClipActual = chance(t, 6, "clip")
	return opts
}

// drawPunches draws the punches of a day: most of the ones it asks for, some
// that nobody asked for, and twins of the same second.
func drawPunches(t *rapid.T, o *oracle, d attendance.Day, times []attendance.TimeOfDay) (punches []attendance.Punch) {
	var due []attendance.TimeOfDay
	if !chance(t, 8, "diligent") {
		for _, s := range o.plan(d).Sections {
			due = append(due, s.On, s.Off)
		}
	}
	for i := range due {
		if rapid.IntRange(0, 7).Draw(t, "present") > 0 {
			punches = append(punches, drawPunch(t, o.zone.At(d, near(t, due[i:i+1]))))
		}
	}
	for rapid.IntRange(0, 4).Draw(t, "more") > 2 {
		punches = append(punches, drawPunch(t, o.zone.At(d, near(t, times))))
	}
	for _, p := range slices.Clone(punches) {
		if chance(t, 12, "twin") {
			p.Flags, p.Device = drawFlags(t), "twin"
			punches = append(punches, p)
		}
	}
	return punches
}

func drawPunch(t *rapid.T, at int64) attendance.Punch {
	p := attendance.Punch{At: at, KnownAt: at, Flags: drawFlags(t), Source: attendance.SourceDevice}
	if chance(t, 5, "typed") {
		p.Slot = pick(t, "slot", attendance.On, attendance.Off)
		// The section that a punch names decides only between overlapping windows.
		p.Section = attendance.SectionID(rapid.IntRange(0, 3).Draw(t, "section named"))
	}
	if chance(t, 8, "late upload") {
		p.KnownAt += int64(rapid.IntRange(1, 72).Draw(t, "upload")) * hour
	}
	return p
}

func drawFlags(t *rapid.T) attendance.PunchFlags {
	if !chance(t, 5, "flags") {
		return 0
	}
	return pick(t, "flag", attendance.Outside, attendance.OutOfRange, attendance.WrongWifi, attendance.NewDevice,
		attendance.OutOfRange|attendance.NewDevice, attendance.ApprovalPunch|attendance.ApprovalPending, attendance.Placeholder,
		attendance.Outside|attendance.ApprovalPending, attendance.OutOfRange|attendance.WrongWifi)
}

// drawCorrection draws a correction of a slot, or of none on a rest day. No
// two are known at the same second: the later one counts.
func drawCorrection(t *rapid.T, o *oracle, days int, times []attendance.TimeOfDay, nth int64) attendance.Correction {
	d := oracleStart + attendance.Day(rapid.IntRange(-1, days).Draw(t, "corrected day"))
	c := attendance.Correction{
		Day: d, Slot: attendance.NoTime, At: o.zone.At(d, near(t, times)), By: pick(t, "by", attendance.ByAPI, attendance.ByApproval),
		KnownAt: o.zone.Midnight(oracleStart) + int64(rapid.IntRange(0, days).Draw(t, "corrected on"))*day + nth,
	}
	if plan := o.plan(d); plan.workday {
		s := pick(t, "corrected section", plan.Sections...)
		c.Slot = pick(t, "corrected slot", s.On, s.Off, s.On+17)
	}
	return c
}
