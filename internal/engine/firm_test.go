package engine_test

import (
	"cmp"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/internal/attendance"
	"pgregory.net/rapid"
)

const firmLast = firmDays - 1

// What a day says depends neither on the days nor on the members asked with it.
func TestFirmDaysStandAlone(t *testing.T) {
	t.Parallel()
	zone := shanghai(t)
	rapid.Check(t, func(rt *rapid.T) {
		f := drawFirm(rt, zone)
		last := oracleStart + firmLast
		e := f.corp.NewEvaluator()
		whole := map[attendance.UserID][]string{}
		for i := range f.facts.People {
			p := &f.facts.People[i]
			whole[p.ID] = told(f.days(e, p, oracleStart, last))
		}
		for i := range f.facts.People {
			p := &f.facts.People[len(f.facts.People)-1-i]
			equal(rt, "the other way round", whole[p.ID], told(f.days(e, p, oracleStart, last)))
			cut := about(rt, 0, firmLast, "cut")
			parts := slices.Concat(f.days(e, p, oracleStart, cut), f.days(e, p, cut+1, last))
			equal(rt, "in two parts", whole[p.ID], told(parts))
			var single []attendance.DayReport
			for d := last; d >= oracleStart; d-- {
				single = slices.Concat(f.days(e, p, d, d), single)
			}
			equal(rt, "day by day", whole[p.ID], told(single))
		}
	})
}

// Facts further away than the margin change nothing, as Evaluator.Days says it.
func TestFirmNeedsNoMoreThanMargin(t *testing.T) {
	t.Parallel()
	zone := shanghai(t)
	rapid.Check(t, func(rt *rapid.T) {
		f := drawFirm(rt, zone)
		before, after := f.corp.Margin()
		first := about(rt, 0, firmLast, "first")
		last := first + attendance.Day(rapid.IntRange(0, firmLast).Draw(rt, "days more"))
		for i := range f.facts.People {
			p := &f.facts.People[i]
			near, dropped := f.within(p, first-before, last+after)
			got := f.days(f.corp.NewEvaluator(), near, first, last)
			for i := range got {
				renumber(&got[i], dropped)
			}
			equal(rt, "without facts far away", told(f.days(f.corp.NewEvaluator(), p, first, last)), told(got))
		}
	})
}

// within returns a member with the facts of some days alone, and how many
// punches were before them. Requests that touch the days stay whole, and the
// shifts of their days with them.
func (f *firm) within(p *attendance.Person, first, last attendance.Day) (near *attendance.Person, dropped int) {
	n := *p
	n.Punches, n.Corrections, n.Approvals, n.Schedule = nil, nil, nil, nil
	from, until := f.facts.Zone.Midnight(first), f.facts.Zone.Midnight(last+1)
	for _, punch := range p.Punches {
		switch {
		case punch.At < from:
			dropped++
		case punch.At < until:
			n.Punches = append(n.Punches, punch)
		}
	}
	for _, c := range p.Corrections {
		if c.Day >= first && c.Day <= last {
			n.Corrections = append(n.Corrections, c)
		}
	}
	shiftsFrom, shiftsTo := first, last
	for _, a := range p.Approvals {
		begins, _ := f.facts.Zone.DayAt(a.From)
		ends, _ := f.facts.Zone.DayAt(a.To)
		for _, s := range a.Slices {
			begins, ends = min(begins, s.Day), max(ends, s.Day)
		}
		if ends >= first && begins <= last {
			n.Approvals = append(n.Approvals, a)
			if a.ByDay && a.Vacation.WorkdaysOnly {
				shiftsFrom, shiftsTo = min(shiftsFrom, begins), max(shiftsTo, ends)
			}
		}
	}
	for _, s := range p.Schedule {
		if s.Day >= shiftsFrom && s.Day <= shiftsTo {
			n.Schedule = append(n.Schedule, s)
		}
	}
	return &n, dropped
}

// renumber counts the punches of a report as if there were some more before them.
func renumber(r *attendance.DayReport, more int) {
	for i := range r.Uses {
		r.Uses[i].Punch += more
	}
	for i := range r.Cards {
		if r.Cards[i].Punch >= 0 {
			r.Cards[i].Punch += more
		}
	}
}

// What became known after the moment of the question is as if it were not.
func TestFirmLaterFactsDoNotExist(t *testing.T) {
	t.Parallel()
	zone := shanghai(t)
	rapid.Check(t, func(rt *rapid.T) {
		f := drawFirm(rt, zone)
		asOf := f.facts.AsOf
		last := oracleStart + firmLast
		p := &f.facts.People[0]
		want := told(f.days(f.corp.NewEvaluator(), p, oracleStart, last))
		f.facts.Rules = slices.DeleteFunc(f.facts.Rules, func(v attendance.RuleVersion) bool { return v.KnownAt > asOf })
		p.Schedule = slices.DeleteFunc(p.Schedule, func(s attendance.Scheduled) bool { return s.KnownAt > asOf })
		p.Corrections = slices.DeleteFunc(p.Corrections, func(c attendance.Correction) bool { return c.KnownAt > asOf })
		f.prepare()
		equal(rt, "without later facts", want, told(f.days(f.corp.NewEvaluator(), p, oracleStart, last)))
	})
}

// Every punch known is accounted for once, by one day, and is a card of one slot
// at most. Only a day without a row has punches that no day speaks of.
func TestFirmAccountsForEveryPunch(t *testing.T) {
	t.Parallel()
	zone := shanghai(t)
	rapid.Check(t, func(rt *rapid.T) {
		f := drawFirm(rt, zone)
		first, last := oracleStart-20, oracleStart+firmDays+4
		today, _ := zone.DayAt(f.facts.AsOf)
		if !f.facts.Options.MonthCountsFuture {
			last = min(last, today)
		}
		for i := range f.facts.People {
			p := &f.facts.People[i]
			days := f.days(f.corp.NewEvaluator(), p, first, last)
			spoken, cards := make([]int, len(p.Punches)), make([]int, len(p.Punches))
			for _, r := range days {
				for _, u := range r.Uses {
					spoken[u.Punch]++
				}
				for _, c := range r.Cards {
					if c.Punch >= 0 {
						cards[c.Punch]++
					}
				}
			}
			for j, punch := range p.Punches {
				d, _ := zone.DayAt(punch.At)
				known := punch.KnownAt <= f.facts.AsOf
				owed := known && d > first && d < last && f.hasRow(p, d)
				if spoken[j] > 1 || cards[j] > 1 || owed && spoken[j] == 0 || !known && spoken[j] > 0 {
					rt.Fatalf("punch %d of %s at %s: accounted for %d times, a card %d times\n%s", j, p.ID, d, spoken[j], cards[j], f.describe(p))
				}
			}
		}
	})
}

// hasRow reports whether a member's day surely has a row if there is a punch:
// white lists apart, every day of employment has.
func (f *firm) hasRow(p *attendance.Person, d attendance.Day) bool {
	return d >= p.Joined && d <= p.Left && !slices.ContainsFunc(f.facts.Rules, func(v attendance.RuleVersion) bool {
		return v.Rule != nil && len(v.Rule.Exempt) > 0
	})
}

// A month is the sum of its days and of any two parts of it, under rules that
// change, and its rule is the last day's that has one.
func TestFirmMonthIsTheSumOfItsDays(t *testing.T) {
	t.Parallel()
	zone := shanghai(t)
	rapid.Check(t, func(rt *rapid.T) {
		f := drawFirm(rt, zone)
		p := &f.facts.People[0]
		days := f.days(f.corp.NewEvaluator(), p, oracleStart, oracleStart+firmLast)
		var sum attendance.MonthReport
		for i := range days {
			sum = plus(sum, fold(days[i:i+1]))
		}
		cut := rapid.IntRange(0, len(days)).Draw(rt, "cut")
		for what, got := range map[string]attendance.MonthReport{
			"whole": fold(days), "in two parts": plus(fold(days[:cut]), fold(days[cut:])),
		} {
			if diff := gocmp.Diff(figures(sum), figures(got)); diff != "" {
				rt.Fatalf("%s: sum of the days (-), month (+):\n%s", what, diff)
			}
		}
		var rule *attendance.Rule
		for i := range days {
			if r := days[i].Kind.Rule; r != nil {
				rule = r
			}
		}
		if got := fold(days); got.Rule != rule || got.WorkDays != got.RegularDays+got.ExceptDays {
			rt.Fatalf("rule %+v, want %+v; %d work days, %d regular, %d exceptional", got.Rule, rule, got.WorkDays, got.RegularDays, got.ExceptDays)
		}
	})
}

// figures is what of a month is a sum.
func figures(m attendance.MonthReport) attendance.MonthReport {
	m.User, m.First, m.Last, m.Rule, m.RecordType = "", 0, 0, nil, 0
	slices.SortFunc(m.Requests, func(a, b attendance.RequestTally) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Vacation.ID, b.Vacation.ID))
	})
	return m
}

// plus adds two months up, figure by figure.
func plus(a, b attendance.MonthReport) attendance.MonthReport {
	a.WorkDays += b.WorkDays
	a.RegularDays += b.RegularDays
	a.ExceptDays += b.ExceptDays
	a.RestDays += b.RestDays
	a.Worked += b.Worked
	a.Standard += b.Standard
	a.FieldWork += b.FieldWork
	a.Corrected += b.Corrected
	a.Approved += b.Approved
	a.NoCalendar += b.NoCalendar
	a.Punches.Used += b.Punches.Used
	a.Punches.Superseded += b.Punches.Superseded
	a.Punches.Unmatched += b.Punches.Unmatched
	for i := range a.Findings {
		a.Findings[i].Count += b.Findings[i].Count
		a.Findings[i].Seconds += b.Findings[i].Seconds
	}
	for i := range a.Overtime {
		a.Overtime[i].Total += b.Overtime[i].Total
		a.Overtime[i].AsTimeOff += b.Overtime[i].AsTimeOff
		a.Overtime[i].AsPay += b.Overtime[i].AsPay
	}
	a.Requests = slices.Clone(a.Requests)
	for _, q := range b.Requests {
		at := slices.IndexFunc(a.Requests, func(r attendance.RequestTally) bool { return r.Kind == q.Kind && r.Vacation.ID == q.Vacation.ID })
		if at < 0 {
			a.Requests = append(a.Requests, q)
			continue
		}
		r := &a.Requests[at]
		r.Count, r.Seconds, r.ByDay = r.Count+q.Count, r.Seconds+q.Seconds, r.ByDay && q.ByDay
	}
	return a
}
