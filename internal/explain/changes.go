package explain

import (
	"strings"

	"github.com/dakahq/daka/internal/attendance"
)

// changes tells, for each verdict, what would make it another one: facts that
// may still come, settings of the rule, and the options that decide points
// which WeCom does not document.
func (w *writer) changes() {
	for i := range w.r.Findings {
		f := &w.r.Findings[i]
		name := w.w.findings[f.Code]
		if f.Reason.Scheduled != attendance.NoTime {
			name += " " + w.clock(f.Reason.Scheduled)
		}
		for _, text := range w.remedies(f) {
			w.add(about(f, fill(w.w.change, "finding", name, "what", text)))
		}
	}
	if len(w.r.Findings) == 0 {
		w.say(w.w.changeNothing)
	}
	w.otherOptions()
}

// remedies returns what would change a finding.
func (w *writer) remedies(f *attendance.Finding) []string {
	r := &f.Reason
	s := w.sectionOf(r.Section)
	switch r.Clause {
	case attendance.ClauseLate, attendance.ClauseLateFlexible, attendance.ClauseLateAfterApproval:
		return w.forLate(f, s)
	case attendance.ClauseEarly, attendance.ClauseEarlyBeforeApproval:
		return w.forEarly(f, s)
	case attendance.ClauseMissing:
		_, window, _ := end(s, r.Slot)
		texts := []string{
			fill(w.w.fixMissing, "slot", w.slotName(r.Slot, r.Scheduled), "window", w.window(window), "ask", w.ask(attendance.Missing)),
			fill(w.w.lateUpload, "window", w.window(window)),
			fill(w.w.leaveWhole, "span", w.span(attendance.Span{From: s.On, To: s.Off})),
		}
		if w.f.Options.AbsentGranularity == attendance.AbsentWholeDay && w.cardAt(attendance.On, s.On) == nil && w.cardAt(attendance.Off, s.Off) == nil {
			texts = append(texts, w.w.optAbsentDay)
		}
		return texts
	case attendance.ClauseAbsentSection:
		return []string{
			fill(w.w.fixAny, "slots", w.owedSlots([]attendance.Section{*s}), "ask", w.ask(attendance.Absent)),
			w.w.lateUploads,
			fill(w.w.leaveWhole, "span", w.span(attendance.Span{From: s.On, To: s.Off})),
			w.w.optAbsentHybrid,
		}
	case attendance.ClauseAbsentDay:
		return []string{
			fill(w.w.fixAny, "slots", w.owedSlots(w.r.Kind.Sections), "ask", w.ask(attendance.Absent)),
			w.w.lateUploads, w.w.leaveDay,
		}
	case attendance.ClauseAbsentFree:
		return []string{fill(w.w.freePunch, "window", w.window(w.r.Kind.Window), "ask", w.ask(attendance.Absent))}
	case attendance.ClauseOutOfRange:
		return w.forPlace(f, w.w.wantPlace)
	case attendance.ClauseNewDevice:
		return w.forPlace(f, w.w.wantDevice)
	case attendance.ClauseCorrectionRefused:
		return []string{w.w.askAgain[r.Err]}
	}
	return nil
}

func (w *writer) forLate(f *attendance.Finding, s *attendance.Section) (texts []string) {
	r, kind := &f.Reason, w.r.Kind
	minute := r.Card.Minute()
	by := int32(minute - r.Required)
	if s.OnOwed {
		texts = append(texts, fill(w.w.fixOn, "slot", w.slotName(attendance.On, r.Scheduled),
			"until", w.clock(r.Required+attendance.TimeOfDay(r.Tolerance)), "ask", w.ask(attendance.Late)))
	}
	from := r.Scheduled
	if r.Clause == attendance.ClauseLateAfterApproval {
		from = r.Required
	}
	texts = append(texts, fill(w.w.leaveOver, "span", w.span(attendance.Span{From: from, To: minute})))
	if r.Clause == attendance.ClauseLateAfterApproval {
		return texts
	}
	first := s.ID == kind.Sections[0].ID
	shifting := kind.Flex.ShiftEarly > 0 || kind.Flex.ShiftLate > 0
	switch wide := fiveMinutes(int32(minute - r.Scheduled)); {
	case !shifting && fiveMinutes(by) <= widest:
		texts = append(texts, fill(w.w.wantLateTolerance, "wide", w.long(int64(fiveMinutes(by)))))
	case shifting && first && wide <= widest:
		texts = append(texts, fill(w.w.wantFlex, "wide", w.long(int64(wide))))
	}
	if first {
		for _, step := range kind.LateRule {
			if step.Allow >= by {
				texts = append(texts, fill(w.w.wantStay, "after", w.long(int64(step.After)), "allow", w.long(int64(step.Allow))))
				break
			}
		}
	}
	return append(texts, w.lateOptions(f, first)...)
}

// lateOptions returns the options that decide an undocumented point of a
// lateness, with what else they would make of it.
func (w *writer) lateOptions(f *attendance.Finding, first bool) (texts []string) {
	r, kind, opts := &f.Reason, w.r.Kind, &w.f.Options
	texts = w.graceOption(f)
	if r.Clause == attendance.ClauseLateFlexible {
		other, seconds := attendance.OverflowFromSchedule, f.Seconds+int32(r.Required-r.Scheduled)
		if opts.FlexOverflow == attendance.OverflowFromSchedule {
			other, seconds = attendance.OverflowFromLimit, f.Seconds-int32(r.Required-r.Scheduled)
		}
		texts = append(texts, fill(w.w.optOverflow, "now", string(opts.FlexOverflow), "other", string(other), "seconds", w.long(int64(seconds))))
	}
	if first && kind.Flex.Late > 0 && w.r.Earned.Allow > 0 && opts.Tolerances == attendance.LargerTolerance {
		texts = append(texts, fill(w.w.optTolerances, "tolerance", w.long(int64(kind.Flex.Late+w.r.Earned.Allow))))
	}
	if first && len(kind.LateRule) > 0 && w.r.Earned == (attendance.Earned{}) && opts.LateRuleScope == attendance.NextCalendarDay {
		texts = append(texts, w.w.optScope)
	}
	return texts
}

// graceOption returns the option for what is counted beyond a tolerance.
func (w *writer) graceOption(f *attendance.Finding) []string {
	if f.Reason.Tolerance == 0 {
		return nil
	}
	now, other, seconds := attendance.LateFromSchedule, attendance.LateFromGrace, f.Seconds-f.Reason.Tolerance
	if w.f.Options.LateBase == attendance.LateFromGrace {
		now, other, seconds = other, now, f.Seconds+f.Reason.Tolerance
	}
	return []string{fill(w.w.optLateBase, "now", string(now), "other", string(other), "seconds", w.long(int64(seconds)))}
}

func (w *writer) forEarly(f *attendance.Finding, s *attendance.Section) (texts []string) {
	r, kind := &f.Reason, w.r.Kind
	minute := r.Card.Minute()
	if s.OffOwed {
		texts = append(texts, fill(w.w.fixOff, "slot", w.slotName(attendance.Off, r.Scheduled),
			"from", w.clock(r.Required-attendance.TimeOfDay(r.Tolerance)), "ask", w.ask(attendance.Early)))
	}
	to := r.Scheduled
	if r.Clause == attendance.ClauseEarlyBeforeApproval {
		to = r.Required
	}
	if minute < to {
		texts = append(texts, fill(w.w.leaveOver, "span", w.span(attendance.Span{From: minute, To: to})))
	}
	if r.Clause == attendance.ClauseEarlyBeforeApproval {
		return texts
	}
	wide := fiveMinutes(int32(r.Required - minute))
	if kind.Flex.ShiftEarly == 0 && kind.Flex.ShiftLate == 0 && wide <= widest {
		texts = append(texts, fill(w.w.wantEarlyTolerance, "wide", w.long(int64(wide))))
	}
	return append(texts, w.graceOption(f)...)
}

// forPlace returns what would change a finding about a card's place or device.
func (w *writer) forPlace(f *attendance.Finding, want string) (texts []string) {
	r := &f.Reason
	if r.Slot != attendance.NoSlot && r.Scheduled != attendance.NoTime {
		texts = append(texts, fill(w.w.fixCard, "slot", w.slotName(r.Slot, r.Scheduled), "ask", w.ask(f.Code)))
	}
	if c := w.cardAt(r.Slot, r.Scheduled); f.Code == attendance.Location && c != nil && c.Flags&attendance.WrongWifi == 0 {
		texts = append(texts, w.w.wantFieldWork)
	}
	return append(texts, want)
}

// owedSlots names the slots of sections that corrections may answer.
func (w *writer) owedSlots(sections []attendance.Section) string {
	var texts []string
	for i := range sections {
		for _, side := range []attendance.Slot{attendance.On, attendance.Off} {
			if due, _, owed := end(&sections[i], side); owed && !w.waived(&sections[i]) {
				texts = append(texts, w.slotName(side, due))
			}
		}
	}
	return strings.Join(texts, w.w.list)
}

// widest is the widest tolerance or flexible start that a rule can have, and
// fiveMinutes cuts up to the step in which they are set (WeCom document 98041).
const widest = 360 * 60

func fiveMinutes(seconds int32) int32 { return (seconds + 299) / 300 * 300 }

// otherOptions tells the options that decide undocumented points of the hours
// and the overtime.
func (w *writer) otherOptions() {
	kind, opts := w.r.Kind, &w.f.Options
	if kind.Rule == nil {
		return
	}
	conf := &kind.Rule.Overtime.Conf[kind.Category]
	if n := len(kind.Sections); n > 0 && w.r.Worked > 0 {
		on, off := w.cardAt(attendance.On, kind.Sections[0].On), w.cardAt(attendance.Off, kind.Sections[n-1].Off)
		early := on != nil && on.Time < kind.Sections[0].On
		if !opts.ClipActual && (early || off != nil && off.Time > kind.Sections[n-1].Off) {
			w.say(w.w.optClip)
		}
		if early && conf.Allowed && conf.By == attendance.ByPunches && conf.Range == attendance.AllDay && !opts.OvertimeBeforeWork {
			w.say(w.w.optBeforeWork)
		}
	}
	if h, ok := w.f.Calendar.On(w.day); ok && h.Off && !h.Statutory && kind.Basis == attendance.BasisHoliday {
		w.say(fill(w.w.optHoliday, "now", string(opts.HolidayScope), "category", w.w.categories[kind.Category]))
	}
}
