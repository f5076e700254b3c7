package explain

import (
	"github.com/dakahq/daka/internal/attendance"
)

// plan says what the rule asks for on the day.
func (w *writer) plan() {
	kind := w.r.Kind
	switch {
	case kind.Rule == nil:
		w.say(w.w.plainDay)
	case len(kind.Sections) > 0:
		for i := range kind.Sections {
			w.section(&kind.Sections[i])
		}
		w.tolerances(kind)
		w.say(fill(w.w.standard, "standard", w.long(int64(w.r.Standard))))
	default:
		w.openDay(kind)
	}
}

func (w *writer) section(s *attendance.Section) {
	w.say(fill(w.w.section, "span", w.span(attendance.Span{From: s.On, To: s.Off}),
		"rests", w.rests(s.Rests), "net", w.long(int64(s.Net()))))
	for _, side := range []attendance.Slot{attendance.On, attendance.Off} {
		due, window, owed := end(s, side)
		text := w.w.slotFree
		if owed {
			text = w.w.slotOwed
		}
		w.add(Line{Time: mark(due), Punch: -1, Text: fill(text, "slot", w.slotName(side, due), "window", w.window(window))})
	}
}

// end returns the due time and window of an end of a section, and whether a
// card is owed there.
func end(s *attendance.Section, side attendance.Slot) (due attendance.TimeOfDay, window attendance.Span, owed bool) {
	if side == attendance.Off {
		return s.Off, s.OffWindow, s.OffOwed
	}
	return s.On, s.OnWindow, s.OnOwed
}

// tolerances says how far cards may stray, and what moved today's times.
func (w *writer) tolerances(kind *attendance.DayKind) {
	flex := &kind.Flex
	if flex.Late > 0 || flex.Early > 0 {
		w.say(fill(w.w.tolerance, "late", w.long(int64(flex.Late)), "early", w.long(int64(flex.Early))))
	}
	if flex.ShiftEarly > 0 || flex.ShiftLate > 0 {
		w.say(fill(w.w.shifting, "early", w.long(int64(flex.ShiftEarly)), "late", w.long(int64(flex.ShiftLate))))
	}
	if by := attendance.TimeOfDay(w.r.Flexed); by != 0 {
		first, last := kind.Sections[0].On, kind.Sections[len(kind.Sections)-1].Off
		w.say(fill(w.w.moved, "on", w.clock(first), "newon", w.clock(first+by), "off", w.clock(last), "newoff", w.clock(last+by)))
	}
	for _, step := range kind.LateRule {
		w.say(fill(w.w.lateStep, "after", w.long(int64(step.After)), "allow", w.long(int64(step.Allow))))
	}
	if len(kind.LateRule) > 0 {
		text := w.w.notEarned
		if w.r.Earned.Allow > 0 {
			text = w.w.earned
		}
		w.say(fill(text, "stay", w.long(int64(w.r.Earned.Stay)), "allow", w.long(int64(w.r.Earned.Allow)), "on", w.clock(kind.Sections[0].On)))
	}
}

// openDay says what counts on a day without sections.
func (w *writer) openDay(kind *attendance.DayKind) {
	rule := kind.Rule
	text := w.w.restNoPunch
	switch {
	case kind.Workday:
		text = w.w.freeDay
	case rule.RestDayPunches || rule.Type == attendance.FreeRule:
		text = w.w.restPunch
	}
	w.say(fill(text, "window", w.window(kind.Window)))
	w.say(w.w.methods[rule.Method])
	if rule.OffInterval > 0 && rule.Method != attendance.RecordOnly {
		w.say(fill(w.w.interval, "interval", w.long(int64(rule.OffInterval))))
	}
	switch {
	case kind.Workday && rule.FreeStandard < 0:
		w.say(w.w.freeUnlimited)
	case kind.Workday:
		w.say(fill(w.w.standard, "standard", w.long(int64(w.r.Standard))))
	}
}
