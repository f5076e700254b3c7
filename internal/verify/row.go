package verify

import (
	"slices"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/wire"
)

// row is a report of WeCom's: of a day, or of a window where month is set. With
// neither it stands for a day that WeCom has no report of.
type row struct {
	user        attendance.UserID
	first, last attendance.Day
	fetchedAt   int64 // Unix seconds
	day         *checkin.DayData
	month       *checkin.MonthData

	settled bool // it was fetched when all of its days were over
	over    bool // they are by now
	// recent says that a request for the days was decided on the day on which
	// the verdict was fetched or later, so the verdict may not know it.
	recent bool
	ofDays bool // a month of which a day differs
	untold bool // the punches of its days were not fetched
	// supposed are corrections that the verdicts on the member show and no record
	// does. They explain differences, and make no report of ours.
	supposed []attendance.Correction
}

// settle finds out how the verdict stands in time. late is the report of the
// last day, nil where we have none.
func (w *row) settle(t *app.Trial, zone *attendance.Zone, late *attendance.DayReport) {
	w.settled = isOver(zone, w.last, late, w.fetchedAt)
	w.over = w.settled || isOver(zone, w.last, late, t.AsOf())
	today, _ := zone.DayAt(w.fetchedAt)
	since := zone.Midnight(today)
	from, to := zone.Midnight(w.first-1), zone.Midnight(w.last+2)
	w.recent = slices.ContainsFunc(t.Person(w.user).Approvals, func(a attendance.Approval) bool {
		return a.From < to && a.To >= from && slices.ContainsFunc(a.States, func(s attendance.ApprovalState) bool { return s.KnownAt >= since })
	})
}

// isOver reports whether a day, of which we have a report or nil, was over at an
// instant: its last punch might have come.
func isOver(zone *attendance.Zone, d attendance.Day, report *attendance.DayReport, at int64) bool {
	until := attendance.TimeOfDay(attendance.SecondsPerDay)
	if report != nil {
		until = report.Kind.Window.To
	}
	return zone.Wall(at) > int64(d)*attendance.SecondsPerDay+int64(until)
}

// outcome is what comparing a row gave.
type outcome struct {
	fields int
	found  []Difference
	reason reason
	later  bool // it is equal as of the moment when it was fetched, and not now
}

// equal reports whether nothing differs but what is counted apart.
func (o *outcome) equal() bool { return counts(o.found) == 0 }

// apart reports whether a card that no record shows is all that differs.
func (o *outcome) apart() bool {
	return o.equal() && slices.ContainsFunc(o.found, func(d Difference) bool { return d.cause == CauseNoRecord })
}

// bench compares rows with the reports that a judge makes.
type bench struct {
	zone  *attendance.Zone
	trial *app.Trial
	judge *app.Judge
	// texts says that names are compared and reasons noted; what is only
	// counted goes without.
	texts bool
}

// compare compares a row with our report as known now. Where the verdict may
// not know all of that, it is as good if it is equal to our report as known when
// it was fetched.
func (b *bench) compare(w *row) outcome {
	now := b.at(w, 0)
	if now.equal() || w.settled && !w.recent || w.fetchedAt > b.trial.AsOf() {
		return now
	}
	then := b.at(w, w.fetchedAt)
	if !then.equal() {
		return now
	}
	then.later = w.settled
	return then
}

// at compares a row with our report as known at a moment. What is equal with
// the corrections that are supposed is counted apart.
func (b *bench) at(w *row, asOf int64) outcome {
	p := b.trial.Person(w.user)
	told := b.by(w, p, asOf)
	if len(w.supposed) == 0 || told.equal() {
		return told
	}
	o := b.by(w, supposing(p, w.supposed), asOf)
	for _, d := range told.found {
		if !slices.ContainsFunc(o.found, func(left Difference) bool { return left.Path == d.Path }) {
			d.cause = CauseNoRecord
			o.found = append(o.found, d)
		}
	}
	o.reason = told.reason
	return o
}

// supposing returns a member's facts with more corrections.
func supposing(p *attendance.Person, more []attendance.Correction) *attendance.Person {
	q := *p
	q.Corrections = slices.Concat(p.Corrections, more)
	return &q
}

// by compares a row with our report by a member's facts.
func (b *bench) by(w *row, p *attendance.Person, asOf int64) outcome {
	if w.month != nil {
		return b.ofMonth(w, p, asOf)
	}
	switch r := b.report(w, p, asOf); {
	case r == nil && w.day == nil:
		return outcome{fields: 1} // known now, and not then
	case r == nil:
		return missingReport(w)
	case w.day == nil:
		return outcome{fields: 1, found: []Difference{{Ours: "a report", cause: CauseNoVerdict}}, reason: reasonOf(r)}
	default:
		return b.ofDay(w, p, r)
	}
}

// report returns our report of a row's day, or nil. It is good until the next.
func (b *bench) report(w *row, p *attendance.Person, asOf int64) (report *attendance.DayReport) {
	b.judge.DaysOf(p, w.first, w.first, asOf, func(r *attendance.DayReport) { report = r })
	return report
}

// ofDay compares a row with the report of its day.
func (b *bench) ofDay(w *row, p *attendance.Person, r *attendance.DayReport) outcome {
	var c comparer
	ours := wire.DayDataOut(b.zone, r, b.who(w, w.day.BaseInfo.Name, w.day.BaseInfo.NameEx, w.day.BaseInfo.DepartsName))
	c.day(&ours, w.day)
	o := outcome{fields: c.fields, found: c.found}
	if len(o.found) > 0 {
		attribute(b.zone, p, w.first, w.day, o.found)
		if b.texts {
			o.reason = reasonOf(r)
		}
	}
	return o
}

func (b *bench) ofMonth(w *row, p *attendance.Person, asOf int64) outcome {
	r, ok := b.judge.MonthOf(p, w.first, w.last, asOf)
	if !ok {
		return missingReport(w)
	}
	var c comparer
	ours := wire.MonthDataOut(&r, b.who(w, w.month.BaseInfo.Name, w.month.BaseInfo.NameEx, w.month.BaseInfo.DepartsName))
	c.month(&ours, w.month)
	o := outcome{fields: c.fields, found: c.found}
	for i := range o.found {
		if w.ofDays && !o.found[i].cause.Apart() {
			o.found[i].cause = CauseOfDays
		}
	}
	if b.texts && r.Rule != nil {
		o.reason.rule = ruleTypes[r.Rule.Type]
	}
	return o
}

// missingReport is the outcome of a verdict on days that we have no report of.
func missingReport(w *row) outcome {
	return outcome{fields: 1, found: []Difference{{Theirs: "a report", cause: CauseNoReport}}}
}

// who returns what the contacts say of a member; what the verdict says, where
// that is not compared.
func (b *bench) who(w *row, name, alias, departs string) wire.Who {
	if !b.texts {
		return wire.Who{Name: name, Alias: alias, Departs: departs}
	}
	m := b.trial.Member(w.user, w.last)
	return wire.Who{Name: m.Name, Alias: m.Alias, Departs: m.Departs}
}
