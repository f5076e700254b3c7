package explain

import (
	"strings"

	"github.com/dakahq/daka/internal/attendance"
)

var findingKinds = map[attendance.FindingCode]Kind{
	attendance.Late: KindLate, attendance.Early: KindEarly, attendance.Missing: KindMissing, attendance.Absent: KindAbsent,
	attendance.Location: KindLocation, attendance.Device: KindDevice, attendance.Refused: KindRefused,
}

// verdicts tells what is wrong with the day, each with its arithmetic.
func (w *writer) verdicts() {
	for i := range w.r.Findings {
		f := &w.r.Findings[i]
		text := w.w.verdict
		if f.Reason.Slot != attendance.NoSlot {
			text = w.w.verdictAt
		}
		l := about(f, fill(text, "finding", w.name(f), "slot", w.slotName(f.Reason.Slot, f.Reason.Scheduled),
			"why", strings.Join(w.reasons(f), w.w.clause)))
		if f.Seconds > 0 {
			l.Seconds = new(f.Seconds)
		}
		w.add(l)
	}
	switch {
	case len(w.r.Findings) > 0:
	case w.r.Kind.Rule == nil:
		w.say(w.w.notJudged)
	case w.r.Provisional:
		w.say(w.w.fineSoFar)
	default:
		w.say(w.w.fine)
	}
}

// about returns a line about a finding.
func about(f *attendance.Finding, text string) Line {
	l := Line{Kind: findingKinds[f.Code], Time: mark(f.Reason.Card), Text: text, Punch: -1}
	if l.Time == "" {
		l.Time = mark(f.Reason.Scheduled)
	}
	return l
}

// name writes a finding with its duration.
func (w *writer) name(f *attendance.Finding) string {
	if f.Seconds == 0 {
		return w.w.findings[f.Code]
	}
	return w.w.findings[f.Code] + " " + w.long(int64(f.Seconds))
}

// reasons writes the clause behind a finding and its arithmetic.
func (w *writer) reasons(f *attendance.Finding) []string {
	r := &f.Reason
	texts := []string{w.w.clauses[r.Clause]}
	switch r.Clause {
	case attendance.ClauseLate, attendance.ClauseLateFlexible, attendance.ClauseLateAfterApproval,
		attendance.ClauseEarly, attendance.ClauseEarlyBeforeApproval:
		return append(texts, w.minutes(r)...)
	case attendance.ClauseMissing:
		_, window, _ := end(w.sectionOf(r.Section), r.Slot)
		return append(texts, fill(w.w.slotWindow, "window", w.window(window)))
	case attendance.ClauseAbsentDay:
		return append(texts, w.absence(f, w.r.Kind.Sections)...)
	case attendance.ClauseAbsentSection:
		return append(texts, w.absence(f, []attendance.Section{*w.sectionOf(r.Section)})...)
	case attendance.ClauseAbsentFree:
		return append(texts, fill(w.w.absentStandard, "standard", w.long(int64(f.Seconds))))
	case attendance.ClauseOutOfRange, attendance.ClauseNewDevice:
		return texts
	case attendance.ClauseCorrectionRefused:
		return append(texts, w.refusal(r.Err), w.refusedTimes(r))
	}
	return texts
}

// minutes writes how late or early a card is, by whole minutes.
func (w *writer) minutes(r *attendance.Reason) (texts []string) {
	minute, base, late := r.Card.Minute(), r.Required, r.Slot == attendance.On
	if minute != r.Card {
		texts = append(texts, fill(w.w.cut, "card", w.card(r.Card), "minute", w.clock(minute)))
	}
	approved := r.Clause == attendance.ClauseLateAfterApproval || r.Clause == attendance.ClauseEarlyBeforeApproval
	if r.Required != r.Scheduled {
		text := w.w.flexMoved
		if approved {
			text = w.w.approvalMoved
		}
		texts = append(texts, fill(text, "due", w.clock(r.Scheduled), "required", w.clock(r.Required)))
	}
	if r.Clause == attendance.ClauseLateFlexible && w.f.Options.FlexOverflow == attendance.OverflowFromSchedule {
		base = r.Scheduled
		texts = append(texts, w.w.overflowFromDue)
	}
	by := int64(minute - base)
	sum := w.clock(minute) + " - " + w.clock(base)
	if !late {
		by, sum = -by, w.clock(base)+" - "+w.clock(minute)
	}
	texts = append(texts, sum+" = "+w.long(by))
	tolerance := fill(w.w.beyondTolerance, "tolerance", w.long(int64(r.Tolerance)))
	switch {
	case r.Tolerance == 0:
		return append(texts, w.w.noTolerance)
	case w.f.Options.LateBase == attendance.LateFromGrace:
		return append(texts, tolerance, fill(w.w.lessTolerance, "by", number(by),
			"tolerance", number(int64(r.Tolerance)), "rest", w.long(by-int64(r.Tolerance))))
	}
	return append(texts, tolerance, w.w.fromDue)
}

// absence writes the net time of the sections that make an absence, and what
// of it approvals cover.
func (w *writer) absence(f *attendance.Finding, sections []attendance.Section) (texts []string) {
	var net int32
	for i := range sections {
		s := &sections[i]
		span := w.span(attendance.Span{From: s.On, To: s.Off})
		switch {
		case !s.OnOwed && !s.OffOwed:
		case w.waived(s):
			texts = append(texts, fill(w.w.absentWaived, "span", span))
		default:
			net += s.Net()
			texts = append(texts, fill(w.w.absentNet, "span", span, "rests", w.rests(s.Rests), "net", w.long(int64(s.Net()))))
		}
	}
	if covered := net - f.Seconds; covered > 0 {
		texts = append(texts, fill(w.w.absentCovered, "covered", w.long(int64(covered)),
			"net", number(int64(net)), "less", number(int64(covered)), "rest", w.long(int64(f.Seconds))))
	}
	return texts
}

// waived reports whether approvals leave nothing owed of a section.
func (w *writer) waived(s *attendance.Section) bool {
	for i := range w.r.Waived {
		if v := &w.r.Waived[i]; v.Section == s.ID && v.Whole {
			return true
		}
	}
	return false
}

// refusal writes why a correction was refused.
func (w *writer) refusal(err error) string {
	if text, ok := w.w.refusals[err]; ok || err == nil {
		return text
	}
	return err.Error()
}

// refusedTimes writes what a refused correction asked for, and what it might have.
func (w *writer) refusedTimes(r *attendance.Reason) string {
	var owed []string
	for i := range w.r.Kind.Sections {
		for _, side := range []attendance.Slot{attendance.On, attendance.Off} {
			if due, window, ok := end(&w.r.Kind.Sections[i], side); ok {
				owed = append(owed, fill(w.w.slotOwed, "slot", w.slotName(side, due), "window", w.window(window)))
			}
		}
	}
	if len(owed) == 0 {
		owed = append(owed, fill(w.w.slotWindow, "window", w.window(w.r.Kind.Window)))
	}
	asked := w.card(r.Card)
	if r.Scheduled != attendance.NoTime {
		asked += " / " + w.clock(r.Scheduled)
	}
	return fill(w.w.noneOfThese, "asked", asked, "slots", strings.Join(owed, w.w.list))
}
