package engine

import (
	"cmp"
	"slices"

	"github.com/dakahq/daka/internal/attendance"
)

// Prepared is a rule made ready for judging: every kind of day it has, made
// once and shared by everyone on the rule. It does not change.
type Prepared struct {
	rule        *attendance.Rule
	calendar    *attendance.Calendar
	opts        attendance.Options
	weekdays    [2][7]*attendance.DayKind // by even and odd week
	makeup      [7]*attendance.DayKind
	special     []specialKind
	shifts      []*attendance.DayKind // by shift id
	restShift   *attendance.DayKind
	holiday     *attendance.DayKind
	breakDay    *attendance.DayKind // a day of the break that the law does not name
	unscheduled *attendance.DayKind
	unknown     *attendance.DayKind
}

type specialKind struct {
	days *attendance.SpecialDay
	kind *attendance.DayKind
}

// Prepare makes a rule's kinds of days under the given options and calendar.
func Prepare(rule *attendance.Rule, opts *attendance.Options, calendar *attendance.Calendar) *Prepared {
	p := &Prepared{rule: rule, calendar: calendar, opts: *opts}
	rest := func(basis attendance.Basis, category attendance.Category) *attendance.DayKind {
		return p.restKind(basis, category)
	}
	if rule.Type == attendance.FixedRule {
		for i := range rule.SpecialWork {
			s := &rule.SpecialWork[i]
			kind := p.workKind(attendance.BasisSpecialWork, &s.DaySpec)
			kind.Notes = s.Notes
			p.special = append(p.special, specialKind{s, kind})
		}
	}
	for i := range rule.SpecialOff {
		s := &rule.SpecialOff[i]
		kind := rest(attendance.BasisSpecialOff, attendance.RestDay)
		kind.Notes = s.Notes
		p.special = append(p.special, specialKind{s, kind})
	}
	if rule.Type == attendance.ShiftRule {
		p.prepareShifts()
		return p
	}
	p.holiday = rest(attendance.BasisHoliday, attendance.HolidayDay)
	p.breakDay = p.holiday
	if opts.HolidayScope == attendance.StatutoryOnly {
		p.breakDay = rest(attendance.BasisHoliday, attendance.RestDay)
	}
	p.prepareWeek()
	return p
}

// Rule returns the rule that was prepared.
func (p *Prepared) Rule() *attendance.Rule { return p.rule }

func (p *Prepared) prepareShifts() {
	p.restShift = p.restKind(attendance.BasisRestShift, attendance.RestDay)
	p.unscheduled = p.restKind(attendance.BasisUnscheduled, attendance.RestDay)
	p.unknown = p.restKind(attendance.BasisUnknownShift, attendance.RestDay)
	for i := range p.rule.Shifts {
		s := &p.rule.Shifts[i]
		if s.ID == 0 {
			p.restShift.Shift = s
			continue
		}
		kind := p.workKind(attendance.BasisShift, &s.DaySpec)
		kind.Shift = s
		p.shifts = append(p.shifts, kind)
	}
	slices.SortFunc(p.shifts, func(a, b *attendance.DayKind) int { return cmp.Compare(a.Shift.ID, b.Shift.ID) })
}

func (p *Prepared) prepareWeek() {
	rest := p.restKind(attendance.BasisRestWeekday, attendance.RestDay)
	work := make([]*attendance.DayKind, len(p.rule.Workday))
	for i := range p.rule.Workday {
		work[i] = p.workKind(attendance.BasisWeekday, &p.rule.Workday[i])
	}
	for week := range p.weekdays {
		for day, item := range p.rule.Weeks[week] {
			p.weekdays[week][day] = rest
			if item >= 0 {
				p.weekdays[week][day] = work[item]
			}
		}
	}
	for day := range p.makeup {
		item := max(p.rule.Weeks[0][day], p.rule.Weeks[1][day], 0)
		if p.opts.MakeupDayTimes == attendance.AlwaysFirst {
			item = 0
		}
		var spec attendance.DaySpec
		if int(item) < len(p.rule.Workday) {
			spec = p.rule.Workday[item]
		}
		p.makeup[day] = p.workKind(attendance.BasisMakeup, &spec)
	}
}

func (p *Prepared) restKind(basis attendance.Basis, category attendance.Category) *attendance.DayKind {
	start := p.rule.RestDayStart
	if p.rule.Type == attendance.FreeRule {
		start = p.rule.DayStart
	}
	return &attendance.DayKind{Rule: p.rule, Basis: basis, Category: category, Window: wholeDay(start)}
}

func (p *Prepared) workKind(basis attendance.Basis, spec *attendance.DaySpec) *attendance.DayKind {
	k := &attendance.DayKind{
		Rule: p.rule, Basis: basis, Workday: true, Category: attendance.Workday,
		Flex: spec.Flex, LateRule: spec.LateRule,
	}
	if p.rule.Type == attendance.FreeRule {
		k.Window = wholeDay(p.rule.DayStart)
		k.Standard = max(0, p.rule.FreeStandard)
		return k
	}
	k.Sections = slices.Clone(spec.Sections)
	for i := range k.Sections {
		s := &k.Sections[i]
		s.OnWindow, s.OffWindow = wholeMinutes(s.OnWindow), wholeMinutes(s.OffWindow)
		first, last := min(s.OnWindow.From, s.OffWindow.From), max(s.OnWindow.To, s.OffWindow.To)
		if i == 0 {
			k.Window = attendance.Span{From: first, To: last}
		}
		k.Window.From, k.Window.To = min(k.Window.From, first), max(k.Window.To, last)
		k.Standard += s.Net()
	}
	if len(k.Sections) == 0 {
		k.Window = wholeDay(0)
	}
	return k
}

func wholeDay(start attendance.TimeOfDay) attendance.Span {
	return attendance.Span{From: start, To: start + attendance.SecondsPerDay - 1}
}

// wholeMinutes turns a window in minutes into the seconds of the punches that,
// cut down to their minute, lie in it.
func wholeMinutes(w attendance.Span) attendance.Span {
	return attendance.Span{From: (w.From + 59).Minute(), To: w.To.Minute() + 59}
}

// kind returns the kind of day that the rule has on d. The shift is the one
// scheduled; scheduled is false where there is none.
func (p *Prepared) kind(d attendance.Day, shift attendance.ShiftID, scheduled bool) *attendance.DayKind {
	for i := range p.special {
		if p.special[i].days.Covers(d) {
			return p.special[i].kind
		}
	}
	if p.rule.Type == attendance.ShiftRule {
		return p.shiftKind(shift, scheduled)
	}
	if p.rule.SyncHolidays {
		switch p.calendar.Mark(d) {
		case attendance.OffStatutory:
			return p.holiday
		case attendance.OffDay:
			return p.breakDay
		case attendance.MakeupDay:
			return p.makeup[d.Weekday()]
		}
	}
	return p.weekdays[weekParity(d)][d.Weekday()]
}

func (p *Prepared) shiftKind(shift attendance.ShiftID, scheduled bool) *attendance.DayKind {
	if !scheduled {
		return p.unscheduled
	}
	if shift == 0 {
		return p.restShift
	}
	for _, k := range p.shifts {
		if k.Shift.ID == shift {
			return k
		}
	}
	return p.unknown
}

// weekOne is the Monday of the week that counts as the first: 2024-01-01.
const weekOne attendance.Day = 19_723

// weekParity returns 1 in odd weeks and 0 in even ones.
func weekParity(d attendance.Day) int {
	weeks := int(d-weekOne) / 7
	if d < weekOne && (d-weekOne)%7 != 0 {
		weeks--
	}
	return (weeks + 1) & 1
}
