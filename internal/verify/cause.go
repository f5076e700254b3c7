package verify

import (
	"slices"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/attendance"
)

// Cause is why reports differ: the field itself, or what all that differs on
// the day comes from.
type Cause string

// The causes. The first ones, as far as CauseCorrection, draw all other
// differences of their day to them.
const (
	CauseNoReport    Cause = "no_report"    // WeCom has a report, and we have none
	CauseNoVerdict   Cause = "no_verdict"   // we have a report, and WeCom was asked and has none
	CauseRule        Cause = "rule"         // another rule
	CauseShift       Cause = "shift"        // another shift
	CauseDayKind     Cause = "day_kind"     // working day or not, due times, hours owed
	CauseRequest     Cause = "request"      // a leave, trip, outing or overtime request
	CauseCorrection  Cause = "correction"   // another number of corrections
	CauseNoRecord    Cause = "no_record"    // apart: a card that no record shows, and nothing else
	CauseStrangeCard Cause = "strange_card" // a card that no record shows, and more
	CauseIdentity    Cause = "identity"     // the verdict is of another member or day
	CauseRecordType  Cause = "record_type"  // the kind of the report
	CauseCards       Cause = "cards"        // number or times of the cards
	CauseHours       Cause = "hours"
	CauseLate        Cause = "late"
	CauseEarly       Cause = "early"
	CauseMissing     Cause = "missing" // missing cards and absence
	CausePlace       Cause = "place"
	CauseDevice      Cause = "device"
	CauseOvertime    Cause = "overtime"
	CauseFieldWork   Cause = "field_work"  // field work and approved punches
	CauseDays        Cause = "days"        // of a month: working days and rest days
	CauseExceptional Cause = "exceptional" // of a month: regular and exceptional days
	CauseOfDays      Cause = "of_days"     // a month, by the differences of its days
	CauseNames       Cause = "names"       // apart: the contacts tell present names alone
	CauseWording     Cause = "wording"     // apart: how WeCom words an approval
)

// Apart reports whether differences of a cause are counted apart, because the
// interface does not expose what they come from: they make no report unequal.
func (c Cause) Apart() bool { return c == CauseNames || c == CauseWording || c == CauseNoRecord }

// roots are the causes that draw the others to them, the strongest first.
var roots = []Cause{CauseNoReport, CauseRule, CauseShift, CauseDayKind, CauseRequest, CauseCorrection}

// attribute gives the differences of a day the cause that they come from. Those
// of names and wording keep theirs.
func attribute(zone *attendance.Zone, p *attendance.Person, day attendance.Day, theirs *checkin.DayData, found []Difference) {
	root := Cause("")
	for _, c := range roots {
		if slices.ContainsFunc(found, func(d Difference) bool { return d.cause == c }) {
			root = c
			break
		}
	}
	if root == "" && unseen(zone, p, day, theirs, found) {
		root = CauseStrangeCard
	}
	if root == "" {
		return
	}
	for i := range found {
		if c := found[i].cause; !c.Apart() && c != CauseIdentity {
			found[i].cause = root
		}
	}
}

// unseen reports whether WeCom's first or last card of a day differs from ours
// and is at a second at which no record has a punch: a correction that an app
// made, which the interface does not show.
func unseen(zone *attendance.Zone, p *attendance.Person, day attendance.Day, theirs *checkin.DayData, found []Difference) bool {
	first, last := unrecorded(zone, p, day, theirs, found)
	return first != attendance.NoTime || last != attendance.NoTime
}

// unrecorded returns the times of WeCom's first and last card of a day where
// they differ from ours and no record is at them; else NoTime.
func unrecorded(zone *attendance.Zone, p *attendance.Person, day attendance.Day, theirs *checkin.DayData, found []Difference) (first, last attendance.TimeOfDay) {
	first, last = attendance.NoTime, attendance.NoTime
	s := &theirs.SummaryInfo
	if s.CheckinCount == 0 {
		return first, last
	}
	for i := range found {
		switch found[i].Path {
		case "summary_info.earliest_time":
			first = unrecordedAt(zone, p, day, s.EarliestTime)
		case "summary_info.lastest_time":
			last = unrecordedAt(zone, p, day, s.LatestTime)
		}
	}
	return first, last
}

func unrecordedAt(zone *attendance.Zone, p *attendance.Person, day attendance.Day, t int64) attendance.TimeOfDay {
	if t <= 0 || t > 3*attendance.SecondsPerDay || recorded(p, zone.At(day, attendance.TimeOfDay(t))) {
		return attendance.NoTime
	}
	return attendance.TimeOfDay(t)
}

// recorded reports whether a member has a punch or a correction at an instant.
func recorded(p *attendance.Person, at int64) bool {
	return slices.ContainsFunc(p.Punches, func(q attendance.Punch) bool { return q.At == at }) ||
		slices.ContainsFunc(p.Corrections, func(q attendance.Correction) bool { return q.Withdrawn == 0 && q.At == at })
}
