package engine_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/dakahq/daka/internal/attendance"
	"pgregory.net/rapid"
)

// The properties of section 15 of the attendance specification.

// The order in which punches, corrections and approvals arrived does not matter.
func TestOrderOfArrivalDoesNotMatter(t *testing.T) {
	t.Parallel()
	zone := shanghai(t)
	rapid.Check(t, func(rt *rapid.T) {
		w := drawWorld(rt, zone)
		want := texts(w.all(), 0)
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "order"), 1))
		m := &w.member
		rng.Shuffle(len(m.Punches), func(i, j int) { m.Punches[i], m.Punches[j] = m.Punches[j], m.Punches[i] })
		attendance.SortPunches(m.Punches)
		rng.Shuffle(len(m.Corrections), func(i, j int) { m.Corrections[i], m.Corrections[j] = m.Corrections[j], m.Corrections[i] })
		rng.Shuffle(len(m.Approvals), func(i, j int) { m.Approvals[i], m.Approvals[j] = m.Approvals[j], m.Approvals[i] })
		equal(rt, "shuffled", want, texts(w.all(), 0))
	})
}

// Computing again gives the same rows, whoever the evaluator judged in between,
// and whether days are asked for together or one by one.
func TestComputingAgainGivesTheSame(t *testing.T) {
	t.Parallel()
	zone := shanghai(t)
	rapid.Check(t, func(rt *rapid.T) {
		w := drawWorld(rt, zone)
		other := drawWorld(rt, zone)
		want := texts(w.all(), 0)
		e := w.corp().NewEvaluator()
		e.Days(&other.member, oracleStart, oracleStart+oracleDays-1, func(*attendance.DayReport) {})
		equal(rt, "again", want, texts(w.reports(e, oracleStart, oracleStart+oracleDays-1), 0))
		var single []attendance.DayReport
		for d := oracleStart; d < oracleStart+oracleDays; d++ {
			single = append(single, w.reports(e, d, d)...)
		}
		equal(rt, "day by day", want, texts(single, 0))
	})
}

// A report as of an instant does not know what became known later.
func TestLaterFactsDoNotExist(t *testing.T) {
	t.Parallel()
	zone := shanghai(t)
	rapid.Check(t, func(rt *rapid.T) {
		w := drawWorld(rt, zone)
		want := texts(w.all(), 0)
		m := &w.member
		// Later punches stay, so that the others keep their places in the
		// account, but say something else.
		for i := range m.Punches {
			if p := &m.Punches[i]; p.KnownAt > w.asOf {
				p.Flags, p.Slot = attendance.OutOfRange, attendance.On
			}
		}
		m.Corrections = slices.DeleteFunc(m.Corrections, func(c attendance.Correction) bool { return c.KnownAt > w.asOf })
		for i := range m.Approvals {
			a := &m.Approvals[i]
			a.States = slices.DeleteFunc(slices.Clone(a.States), func(s attendance.ApprovalState) bool { return s.KnownAt > w.asOf })
		}
		equal(rt, "without later facts", want, texts(w.all(), 0))
	})
}

// Two weeks later the same facts give the same days.
func TestShiftByTwoWeeks(t *testing.T) {
	t.Parallel()
	zone := shanghai(t)
	rapid.Check(t, func(rt *rapid.T) {
		w := drawWorld(rt, zone)
		clear(w.calendar)
		want := texts(w.all(), 0)
		const moved = attendance.Day(14)
		w.later(moved)
		last := oracleStart + moved + oracleDays - 1
		equal(rt, "two weeks later", want, texts(w.reports(w.corp().NewEvaluator(), oracleStart+moved, last), moved))
	})
}

// later moves all dated facts by some days.
func (w *world) later(days attendance.Day) {
	seconds := int64(days) * day
	w.asOf += seconds
	m := &w.member
	for i := range m.Punches {
		m.Punches[i].At += seconds
		m.Punches[i].KnownAt += seconds
	}
	for i := range m.Corrections {
		c := &m.Corrections[i]
		c.Day, c.At, c.KnownAt = c.Day+days, c.At+seconds, c.KnownAt+seconds
	}
	for i := range m.Schedule {
		m.Schedule[i].Day += days
	}
	for i := range m.Approvals {
		a := &m.Approvals[i]
		a.From, a.To = a.From+seconds, a.To+seconds
		for j := range a.States {
			a.States[j].KnownAt += seconds
		}
	}
	for _, list := range [][]attendance.SpecialDay{w.rule.SpecialWork, w.rule.SpecialOff} {
		for i := range list {
			list[i].First, list[i].Last = list[i].First+days, list[i].Last+days
		}
	}
}

// An approved leave, trip or outing never adds to the exceptions 1 to 4 of a day.
func TestApprovalNeverAddsExceptions(t *testing.T) {
	t.Parallel()
	zone := shanghai(t)
	rapid.Check(t, func(rt *rapid.T) {
		w := drawWorld(rt, zone)
		// Where a section without cards is not absent by itself, waiving the only
		// section with cards leaves a day that is: 4.4 says so.
		w.opts.AbsentGranularity = attendance.AbsentHybrid
		before := w.all()
		kind := pick(rt, "added", attendance.LeaveApproval, attendance.TripApproval, attendance.OutingApproval)
		added := drawApproval(rt, w, kind, "9")
		w.member.Approvals = append(w.member.Approvals, added)
		for i, after := range w.all() {
			was, is := verdict(&before[i]), verdict(&after)
			for code := attendance.Late; code <= attendance.Absent; code++ {
				if is.Findings[code].Count > was.Findings[code].Count || is.Findings[code].Seconds > was.Findings[code].Seconds {
					rt.Fatalf("%s: %s was %v, is %v with %+v\n%s", after.Day, code, was.Findings[code], is.Findings[code], added, w.describe(after.Day))
				}
			}
		}
	})
}

// Another punch never turns a day absent.
func TestPunchNeverMakesAbsent(t *testing.T) {
	t.Parallel()
	zone := shanghai(t)
	rapid.Check(t, func(rt *rapid.T) {
		w := drawWorld(rt, zone)
		before := w.all()
		d := oracleStart + attendance.Day(rapid.IntRange(0, oracleDays-1).Draw(rt, "added on"))
		added := drawPunch(rt, zone.At(d, near(rt, w.times)))
		if n := len(w.member.Punches); n > 0 && chance(rt, 2, "twin of another") {
			added = w.member.Punches[rapid.IntRange(0, n-1).Draw(rt, "twin of")]
			added.Source, added.Slot = attendance.SourcePhone, pick(rt, "twin typed", attendance.NoSlot, attendance.On, attendance.Off)
		}
		w.member.Punches = append(w.member.Punches, added)
		attendance.SortPunches(w.member.Punches)
		for i, after := range w.all() {
			if wholeDay(before[i]) || !wholeDay(after) {
				continue
			}
			rt.Fatalf("%s: absent with one more punch at %s, typed %s, flags %#x\n%s", after.Day, w.tod(after.Day, added.At), added.Slot, added.Flags, w.describe(after.Day))
		}
	})
}

// wholeDay reports whether a day is absent as a whole.
func wholeDay(r attendance.DayReport) bool {
	return slices.ContainsFunc(r.Findings, func(f attendance.Finding) bool {
		return f.Code == attendance.Absent && f.Reason.Clause != attendance.ClauseAbsentSection
	})
}

// What no day may say, whatever the facts.
func TestDaysAreSound(t *testing.T) {
	t.Parallel()
	zone := shanghai(t)
	rapid.Check(t, func(rt *rapid.T) {
		w := drawWorld(rt, zone)
		used := map[int]attendance.Day{}
		for _, r := range w.all() {
			if fault := unsound(&r); fault != "" {
				rt.Fatalf("%s: %s\n%+v\n%s", r.Day, fault, r.Findings, w.describe(r.Day))
			}
			for _, c := range r.Cards {
				if d, twice := used[c.Punch]; c.Punch >= 0 && twice {
					rt.Fatalf("%s: punch %d is a card of %s too", r.Day, c.Punch, d)
				}
				used[c.Punch] = r.Day
			}
		}
	})
}

// unsound names what a report contradicts itself in, or returns "".
func unsound(r *attendance.DayReport) string {
	whole := map[attendance.SectionID]bool{}
	for _, waiver := range r.Waived {
		whole[waiver.Section] = waiver.Whole
	}
	missing, absent, day := map[attendance.SectionID]bool{}, map[attendance.SectionID]bool{}, wholeDay(*r)
	for _, f := range r.Findings {
		switch {
		case f.Code <= attendance.Early && (f.Seconds%60 != 0 || f.Seconds <= 0 || f.Seconds >= 24*hour):
			return "late and early are whole minutes of less than a day"
		case f.Code == attendance.Absent && f.Seconds < 0, f.Code > attendance.Absent && f.Seconds != 0:
			return "no such duration"
		case f.Code <= attendance.Absent && whole[f.Reason.Section]:
			return "a waived section has no exception"
		}
		missing[f.Reason.Section] = missing[f.Reason.Section] || f.Code == attendance.Missing
		absent[f.Reason.Section] = absent[f.Reason.Section] || f.Code == attendance.Absent
		if day && f.Code == attendance.Missing || missing[f.Reason.Section] && absent[f.Reason.Section] {
			return "3 and 4 describe the same section"
		}
	}
	switch o := &r.Overtime; {
	case r.Worked < 0 || r.Standard < 0:
		return "negative hours"
	case o.Seconds < 0 || o.Counted < 0 || o.Rest > max(0, o.Counted):
		return "overtime out of bounds"
	case int(r.Count) != len(r.Cards) || r.Earliest > r.Latest:
		return "cards do not add up"
	}
	return ""
}

// A month is the sum of its days wherever it is cut, credits do not exceed the
// overtime, and the days under a rule are work days and rest days.
func TestMonthIsTheSumOfItsDays(t *testing.T) {
	t.Parallel()
	zone := shanghai(t)
	rapid.Check(t, func(rt *rapid.T) {
		w := drawWorld(rt, zone)
		days := w.all()
		cut := rapid.IntRange(0, len(days)).Draw(rt, "cut")
		whole, left, right := fold(days), fold(days[:cut]), fold(days[cut:])
		if got := int(whole.WorkDays + whole.RestDays); got != len(days) {
			rt.Fatalf("%d work and rest days of %d", got, len(days))
		}
		if whole.WorkDays != whole.RegularDays+whole.ExceptDays {
			rt.Fatalf("%d work days, %d regular, %d exceptional", whole.WorkDays, whole.RegularDays, whole.ExceptDays)
		}
		var byHand attendance.MonthReport
		for _, r := range days {
			byHand.Worked += int64(r.Worked)
			byHand.Overtime[r.Kind.Category].Total += int64(r.Overtime.Seconds)
		}
		if byHand.Worked != whole.Worked || whole.Worked != left.Worked+right.Worked || whole.Standard != left.Standard+right.Standard {
			rt.Fatalf("worked %d of %d, by hand %d", whole.Worked, whole.Standard, byHand.Worked)
		}
		if whole.Punches.Total() != left.Punches.Total()+right.Punches.Total() {
			rt.Fatalf("%+v punches, of the parts %+v and %+v", whole.Punches, left.Punches, right.Punches)
		}
		for category, o := range whole.Overtime {
			l, r := left.Overtime[category], right.Overtime[category]
			sum := attendance.OvertimeTally{Total: l.Total + r.Total, AsTimeOff: l.AsTimeOff + r.AsTimeOff, AsPay: l.AsPay + r.AsPay}
			if o != sum || o.Total != byHand.Overtime[category].Total || o.AsTimeOff+o.AsPay > o.Total {
				rt.Fatalf("overtime of category %d is %+v, of the parts %+v, by hand %d", category, o, sum, byHand.Overtime[category].Total)
			}
		}
		for code, f := range whole.Findings {
			l, r := left.Findings[code], right.Findings[code]
			if f != (attendance.Tally{Count: l.Count + r.Count, Seconds: l.Seconds + r.Seconds}) {
				rt.Fatalf("finding %d is %v, of the parts %v and %v", code, f, l, r)
			}
		}
		for _, q := range whole.Requests {
			var sum attendance.Tally
			for _, part := range slices.Concat(left.Requests, right.Requests) {
				if part.Kind == q.Kind && part.Vacation.ID == q.Vacation.ID {
					sum.Count += part.Count
					sum.Seconds += part.Seconds
				}
			}
			if sum != q.Tally {
				rt.Fatalf("requests of kind %d are %v, of the parts %v", q.Kind, q.Tally, sum)
			}
		}
	})
}
