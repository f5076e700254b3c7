package app

import (
	"context"
	"fmt"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/engine"
	"github.com/dakahq/daka/internal/store"
)

// Trial holds the facts of some members in memory, so that their days can be
// judged again and again, under other options and as known at other moments.
// It changes nothing, and knows no closed months: a day of one is judged like
// any other.
//
// Of another moment only requests and corrections are what they were then: of
// the rest a mirror knows when it was read, and not when it came about, so it
// counts as known all along.
type Trial struct {
	corp        *Corp
	first, last attendance.Day
	facts       attendance.Facts // without People
	users       []attendance.UserID
	people      map[attendance.UserID]*attendance.Person
	names       map[attendance.DeptID]string
}

// Trial reads the facts of a query. All members of the query are in memory
// until the Trial is dropped, so it is asked for some at a time. It returns
// attendance.ErrUnknownUser.
func (a *App) Trial(ctx context.Context, q Query) (*Trial, error) {
	if q.AsOf == 0 {
		q.AsOf = a.Now()
	}
	t := &Trial{corp: q.Corp, first: q.First, last: q.Last, people: map[attendance.UserID]*attendance.Person{}}
	err := a.db.Read(ctx, func(tx *store.Tx) (err error) {
		if t.users, err = resolve(tx, q.Corp, q.Users, q.AsOf); err != nil {
			return err
		}
		s, err := a.share(tx, q.Corp, q.AsOf)
		if err != nil {
			return err
		}
		t.facts = attendance.Facts{Zone: q.Corp.Zone, AsOf: q.AsOf, Options: s.opts, Calendar: s.calendar, Depts: s.depts}
		for i := range s.rules {
			v := versionOf(&s.rules[i], s.byRule[i])
			v.KnownAt -= q.AsOf
			t.facts.Rules = append(t.facts.Rules, v)
		}
		t.names = paths(s.depts)
		// The option that looks back furthest says how far the facts must reach.
		widest := s.opts
		widest.LateRuleScope = attendance.NextWorkday
		before, after := t.corpUnder(&widest, q.AsOf).Margin()
		people, err := tx.Facts(q.Corp.ID, t.users, q.First-before, q.Last+after, q.AsOf, q.Corp.Zone)
		for i := range people {
			p := &people[i]
			for i := range p.Punches {
				p.Punches[i].KnownAt -= q.AsOf
			}
			for i := range p.Schedule {
				p.Schedule[i].KnownAt -= q.AsOf // their order is kept
			}
			t.people[p.ID] = p
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read facts for a trial: %w", err)
	}
	return t, nil
}

// versionOf is a rule version as the engine takes it; p is nil for a deletion.
func versionOf(v *store.RuleVersion, p *engine.Prepared) attendance.RuleVersion {
	version := attendance.RuleVersion{
		Group: v.Group, Version: v.Version, Created: v.Created, First: v.First, Last: v.Last, KnownAt: v.KnownAt, Deleted: v.Deleted,
	}
	if p != nil {
		version.Rule = p.Rule()
	}
	return version
}

// corpUnder prepares the rules under options.
func (t *Trial) corpUnder(opts *attendance.Options, asOf int64) *engine.Corp {
	facts := t.facts
	facts.Options, facts.AsOf = *opts, asOf
	prepared := make([]*engine.Prepared, len(facts.Rules))
	for i := range facts.Rules {
		if rule := facts.Rules[i].Rule; rule != nil {
			prepared[i] = engine.Prepare(rule, opts, facts.Calendar)
		}
	}
	return engine.NewCorp(&facts, prepared)
}

// Options returns the options in force.
func (t *Trial) Options() attendance.Options { return t.facts.Options }

// AsOf returns the moment up to which the facts were read, in Unix seconds.
func (t *Trial) AsOf() int64 { return t.facts.AsOf }

// Users returns the members, in the order asked for.
func (t *Trial) Users() []attendance.UserID { return t.users }

// Member describes a member as of a day; nil for none of the Trial.
func (t *Trial) Member(user attendance.UserID, d attendance.Day) *Member {
	p := t.people[user]
	if p == nil {
		return nil
	}
	return member(p, d, t.names)
}

// Person returns the facts of a member, which are not to be changed; nil for
// none of the Trial.
func (t *Trial) Person(user attendance.UserID) *attendance.Person { return t.people[user] }

// Under returns a judge of the Trial's days by the given options. It is for one
// goroutine; the Trial may have any number of them.
func (t *Trial) Under(opts attendance.Options) *Judge {
	return &Judge{t: t, opts: opts, at: map[int64]*engine.Evaluator{}}
}

// Judge judges the days of a Trial by options of its own.
type Judge struct {
	t    *Trial
	opts attendance.Options
	at   map[int64]*engine.Evaluator // by the moment asked for
}

// Days calls visit with a member's reports from first to last, which are days
// of the Trial, as known at an instant no later than the Trial's (Unix seconds;
// 0 = the Trial's). A report is good until visit returns.
func (j *Judge) Days(user attendance.UserID, first, last attendance.Day, asOf int64, visit func(*attendance.DayReport)) {
	if p := j.t.people[user]; p != nil {
		j.DaysOf(p, first, last, asOf, visit)
	}
}

// DaysOf is Days for facts of a member that may be others than the Trial's:
// what if there were one more?
func (j *Judge) DaysOf(p *attendance.Person, first, last attendance.Day, asOf int64, visit func(*attendance.DayReport)) {
	if asOf == 0 {
		asOf = j.t.facts.AsOf
	}
	e := j.at[asOf]
	if e == nil {
		e = j.t.corpUnder(&j.opts, asOf).NewEvaluator()
		j.at[asOf] = e
	}
	e.Days(p, max(first, j.t.first), min(last, j.t.last), visit)
}

// Day returns a member's report of a day, as Days would, or nil; it is good
// until the Judge is asked again.
func (j *Judge) Day(user attendance.UserID, d attendance.Day, asOf int64) (report *attendance.DayReport) {
	j.Days(user, d, d, asOf, func(r *attendance.DayReport) { report = r })
	return report
}

// MonthOf returns the fold of a member's days from first to last, by facts as
// DaysOf takes them, and false when there are none.
func (j *Judge) MonthOf(p *attendance.Person, first, last attendance.Day, asOf int64) (attendance.MonthReport, bool) {
	var m engine.Month
	j.DaysOf(p, first, last, asOf, func(r *attendance.DayReport) { m.Add(r, j.opts.MonthExceptPlaces) })
	return m.Report()
}

// Facts returns what explains the reports that the Judge makes: the zone, the
// moment (0 = the Trial's), the options and the calendar.
func (j *Judge) Facts(asOf int64) attendance.Facts {
	f := attendance.Facts{Zone: j.t.facts.Zone, AsOf: asOf, Options: j.opts, Calendar: j.t.facts.Calendar}
	if asOf == 0 {
		f.AsOf = j.t.facts.AsOf
	}
	return f
}
