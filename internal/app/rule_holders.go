package app

import (
	"context"
	"slices"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/engine"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/wire"
)

// RuleHolders returns how many members are under each rule on a day.
func (a *App) RuleHolders(ctx context.Context, corp *Corp, day attendance.Day) (held map[attendance.GroupID]int, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		s, err := a.share(tx, corp, a.Now())
		if err != nil {
			return err
		}
		held = map[attendance.GroupID]int{}
		return a.eachRule(tx, corp, day, []*engine.Corp{s.corp}, func(groups []attendance.GroupID) {
			if groups[0] != 0 {
				held[groups[0]]++
			}
		})
	})
	return held, err
}

// NewRuleHolders returns how many members a rule that is to be installed would
// hold on a day, by the rule that holds for them without it; 0 stands for none.
// It returns a *RuleError.
func (a *App) NewRuleHolders(ctx context.Context, corp *Corp, spec RuleSpec, day attendance.Day) (taken map[attendance.GroupID]int, err error) {
	compiled, err := wire.CompileRule(spec.Doc, spec.Form, corp.Zone)
	if err != nil {
		return nil, &RuleError{err}
	}
	now := a.Now()
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		s, err := a.share(tx, corp, now)
		if err != nil {
			return err
		}
		added := store.RuleVersion{Version: 1, Created: 1, First: spec.First, Last: attendance.MaxDay, KnownAt: now}
		if added.Group, err = tx.NextGroupID(corp.ID); err != nil {
			return err
		}
		compiled.ID = added.Group
		facts := attendance.Facts{Zone: corp.Zone, AsOf: now, Options: s.opts, Calendar: s.calendar, Depts: s.depts}
		for i := range s.rules {
			v := &s.rules[i]
			added.Version, added.Created = max(added.Version, v.Version+1), max(added.Created, v.Created+1)
			facts.Rules = append(facts.Rules, versionOf(v, s.byRule[i]))
		}
		p := engine.Prepare(compiled, &s.opts, s.calendar)
		facts.Rules = append(facts.Rules, versionOf(&added, p))
		with := engine.NewCorp(&facts, append(slices.Clone(s.byRule), p))
		taken = map[attendance.GroupID]int{}
		return a.eachRule(tx, corp, day, []*engine.Corp{s.corp, with}, func(groups []attendance.GroupID) {
			if groups[1] == added.Group {
				taken[groups[0]]++
			}
		})
	})
	return taken, err
}

// eachRule calls visit for each member who is there on a day, with the group of
// the rule that holds in each of some worlds; 0 = none.
func (a *App) eachRule(tx *store.Tx, corp *Corp, day attendance.Day, worlds []*engine.Corp, visit func(groups []attendance.GroupID)) error {
	now := a.Now()
	users, err := corp.usersAt(tx, now)
	if err != nil {
		return err
	}
	people, err := tx.Facts(corp.ID, users, day, day, now, corp.Zone)
	if err != nil {
		return err
	}
	groups := make([]attendance.GroupID, len(worlds))
	var judges []*engine.Evaluator
	for _, w := range worlds {
		judges = append(judges, w.NewEvaluator())
	}
	for i := range people {
		p := &people[i]
		if day < p.Joined || day > p.Left {
			continue
		}
		for j, e := range judges {
			groups[j] = 0
			if rule := e.Rule(p, day); rule != nil {
				groups[j] = rule.Rule().ID
			}
		}
		visit(groups)
	}
	return nil
}
