package explain

import (
	"slices"

	"github.com/dakahq/daka/internal/attendance"
)

// writer makes the text of one day.
type writer struct {
	w     *words
	f     *attendance.Facts
	p     *attendance.Person
	r     *attendance.DayReport
	day   attendance.Day
	lines []Line // of the part at hand
	text  Text
}

// Day explains the report that the engine made of a member's day. The facts
// are those it was made from: of f, Zone, AsOf, Options and Calendar are used,
// and p must be the member whose punches, corrections and approvals the report
// refers to. A nil Calendar only leaves holidays without their names.
func Day(f *attendance.Facts, p *attendance.Person, r *attendance.DayReport, lang Lang) Text {
	w := newWriter(f, p, r.Day, lang)
	w.r = r
	w.part(PartDay, w.kind)
	w.part(PartPlan, w.plan)
	w.part(PartApprovals, w.approvals)
	w.part(PartTimeline, w.timeline)
	w.part(PartVerdicts, w.verdicts)
	w.part(PartHours, w.hours)
	w.part(PartOvertime, w.overtime)
	w.part(PartChanges, w.changes)
	return w.text
}

// InClosedMonth returns the text with a word on the day's month, which is closed:
// what would change a verdict is an adjustment then, and leaves the report alone.
func (t Text) InClosedMonth() Text {
	w := t.Lang.words()
	parts := slices.Clone(t.Parts)
	for i := range parts {
		switch p := &parts[i]; p.Name {
		case PartDay:
			p.Lines = append(slices.Clone(p.Lines), Line{Text: w.closed, Punch: -1})
		case PartChanges:
			p.Title = w.adjustTitle
			p.Lines = slices.Insert(slices.Clone(p.Lines), 0, Line{Text: w.adjust, Punch: -1})
		}
	}
	t.Parts = parts
	return t
}

// NoReport explains why a member has no report on a day. Of f, Zone and AsOf
// are used.
func NoReport(f *attendance.Facts, p *attendance.Person, day attendance.Day, lang Lang) Text {
	w := newWriter(f, p, day, lang)
	w.part(PartDay, func() {
		today, _ := f.Zone.DayAt(f.AsOf)
		why := w.w.noRuleNoPunch
		switch {
		case day < p.Joined:
			why = fill(w.w.beforeJoined, "joined", p.Joined.String())
		case day > p.Left:
			why = fill(w.w.afterLeft, "left", p.Left.String())
		case day > today:
			why = w.w.notBegun
		}
		w.say(fill(w.w.noReport, "why", why))
	})
	return w.text
}

func newWriter(f *attendance.Facts, p *attendance.Person, day attendance.Day, lang Lang) *writer {
	w := &writer{w: lang.words(), f: f, p: p, day: day}
	title := w.w.title
	if p.Name != "" {
		title = w.w.titleNamed
	}
	w.text = Text{User: p.ID, Date: day.String(), Lang: lang, Title: clean(fill(title,
		"user", string(p.ID), "name", p.Name, "day", day.String(), "weekday", w.w.weekdays[day.Weekday()],
		"asof", w.instant(f.AsOf), "zone", f.Zone.Name(),
	))}
	return w
}

// part adds a part of the lines that tell says, if any.
func (w *writer) part(name PartName, tell func()) {
	w.lines = nil
	tell()
	if len(w.lines) > 0 {
		w.text.Parts = append(w.text.Parts, Part{Name: name, Title: w.w.parts[name], Lines: w.lines})
	}
}

// say adds a line of text alone.
func (w *writer) say(text string) { w.add(Line{Text: text, Punch: -1}) }

func (w *writer) add(l Line) {
	l.Text = clean(l.Text)
	w.lines = append(w.lines, l)
}
