package app

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/engine"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/wire"
)

// RuleSpec is a rule document to be put in force.
type RuleSpec struct {
	Doc   []byte
	Form  wire.RuleForm
	First attendance.Day // first day in force
	Agent int64          // the app that makes it; 0 = none
}

// RuleError is a rule document that cannot be used: what is wrong, and where.
type RuleError struct{ Err error }

func (e *RuleError) Error() string { return e.Err.Error() }

// Unwrap returns what is wrong.
func (e *RuleError) Unwrap() error { return e.Err }

// firstDay is the day from which a change made now is in force: today with
// effective_now, else tomorrow.
func (a *App) firstDay(corp *Corp, effectiveNow bool) attendance.Day {
	today, _ := corp.Zone.DayAt(a.Now())
	if effectiveNow {
		return today
	}
	return today + 1
}

// AddRule makes a rule for the calling app from a document in the write form,
// from today or tomorrow on. It returns a *RuleError,
// attendance.ErrOutOfScope for a range that names nobody known, or
// attendance.ErrRangeConflict.
func (a *App) AddRule(ctx context.Context, caller *Caller, doc []byte, effectiveNow bool) (attendance.GroupID, error) {
	return a.InstallRule(ctx, caller.Corp, RuleSpec{
		Doc: doc, Form: wire.FormWrite, First: a.firstDay(caller.Corp, effectiveNow), Agent: caller.Agent,
	})
}

// InstallRule makes a rule from a document of either form, from any day on.
// Its errors are those of AddRule.
func (a *App) InstallRule(ctx context.Context, corp *Corp, spec RuleSpec) (group attendance.GroupID, err error) {
	compiled, err := wire.CompileRule(spec.Doc, spec.Form, corp.Zone)
	if err != nil {
		return 0, &RuleError{err}
	}
	now := a.Now()
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		if err := a.checkRange(tx, corp, compiled, 0, now); err != nil {
			return err
		}
		if group, err = freeGroup(tx, corp, spec.Form, compiled.ID, now); err != nil {
			return err
		}
		_, err = tx.AddRuleVersion(corp.ID, store.RuleVersion{
			Group: group, First: spec.First, Last: attendance.MaxDay, KnownAt: now,
			Form: store.RuleForm(spec.Form), Doc: spec.Doc, App: store.AgentID(spec.Agent), CreatedAt: now,
		})
		if err != nil {
			return err
		}
		return a.note(by(ctx, spec.Agent), tx, corp.ID, act{"rule.add", []string{ruleSubject(group)}, spec.Doc})
	})
	return group, err
}

// freeGroup returns the id for a new rule: the one that a document of the read
// form brings along, if no rule ever had it here, else the next.
func freeGroup(tx *store.Tx, corp *Corp, form wire.RuleForm, brought attendance.GroupID, now int64) (attendance.GroupID, error) {
	if form == wire.FormRead && brought > 0 {
		versions, err := tx.RuleHeads(corp.ID, now)
		taken := slices.ContainsFunc(versions, func(v store.RuleVersion) bool { return v.Group == brought })
		if err != nil || !taken {
			return brought, err
		}
	}
	return tx.NextGroupID(corp.ID)
}

// checkRange sees to it that the range of a rule, which is to be group or a new
// one with 0, names known members and departments, and no member whom another
// rule names.
func (a *App) checkRange(tx *store.Tx, corp *Corp, rule *attendance.Rule, group attendance.GroupID, now int64) error {
	known, err := corp.usersIn(tx, slices.Concat(rule.Range.Users, rule.Exempt))
	if err != nil {
		return err
	}
	for _, u := range slices.Concat(rule.Range.Users, rule.Exempt) {
		if _, ok := known[u.Fold()]; !ok {
			return fmt.Errorf("range: userid %q: %w", u, attendance.ErrOutOfScope)
		}
	}
	s, err := a.share(tx, corp, now)
	if err != nil {
		return err
	}
	depts := corp.deptsIn(s.depts)
	for _, d := range rule.Range.Depts {
		if !slices.ContainsFunc(depts, func(have attendance.Department) bool { return have.ID == d }) {
			return fmt.Errorf("range: department %d: %w", d, attendance.ErrOutOfScope)
		}
	}
	for _, tag := range rule.Range.Tags {
		if !corp.seesTag(tag) {
			return fmt.Errorf("range: tag %d: %w", tag, attendance.ErrOutOfScope)
		}
	}
	for _, i := range s.standing() {
		if s.rules[i].Group == group {
			continue
		}
		for _, u := range s.byRule[i].Rule().Range.Users {
			if slices.ContainsFunc(rule.Range.Users, func(mine attendance.UserID) bool { return mine.Fold() == u.Fold() }) {
				return fmt.Errorf("range: userid %q is named by rule %d: %w", u, s.rules[i].Group, attendance.ErrRangeConflict)
			}
		}
	}
	return nil
}

// standing returns the indexes of the newest version of each rule that has not
// been deleted, in the order of their groups.
func (s *shared) standing() []int {
	newest := map[attendance.GroupID]int{}
	for i := range s.rules {
		newest[s.rules[i].Group] = i
	}
	var out []int
	for _, i := range newest {
		if !s.rules[i].Deleted {
			out = append(out, i)
		}
	}
	slices.Sort(out)
	return out
}

// ownRule returns the newest version of a rule that the calling app made, or
// attendance.ErrUnknownGroup or ErrForeignRule. Agent 0, whoever can open the
// database, may change every rule.
func (a *App) ownRule(tx *store.Tx, caller *Caller, group attendance.GroupID, now int64) (*store.RuleVersion, error) {
	s, err := a.share(tx, caller.Corp, now)
	if err != nil {
		return nil, err
	}
	v, err := s.version(group)
	if err == nil && caller.Agent != 0 && v.App != store.AgentID(caller.Agent) {
		err = fmt.Errorf("rule %d: %w", group, attendance.ErrForeignRule)
	}
	return v, err
}

// DeleteRule ends a rule from today or tomorrow on. Only the app that made it
// may. It returns attendance.ErrUnknownGroup or ErrForeignRule.
func (a *App) DeleteRule(ctx context.Context, caller *Caller, group attendance.GroupID, effectiveNow bool) error {
	now := a.Now()
	return a.db.Write(ctx, func(tx *store.Tx) error {
		v, err := a.ownRule(tx, caller, group, now)
		if err != nil {
			return err
		}
		_, err = tx.AddRuleVersion(caller.Corp.ID, store.RuleVersion{
			Group: group, First: a.firstDay(caller.Corp, effectiveNow), Last: attendance.MaxDay, KnownAt: now,
			Deleted: true, Form: v.Form, Doc: []byte("{}"), App: v.App, CreatedAt: v.CreatedAt,
		})
		if err != nil {
			return err
		}
		return a.note(by(ctx, caller.Agent), tx, caller.Corp.ID, act{action: "rule.delete", subjects: []string{ruleSubject(group)}})
	})
}

// version returns the newest version of a rule that has not been deleted, or
// attendance.ErrUnknownGroup.
func (s *shared) version(group attendance.GroupID) (*store.RuleVersion, error) {
	for _, i := range s.standing() {
		if s.rules[i].Group == group {
			return &s.rules[i], nil
		}
	}
	return nil, fmt.Errorf("rule %d: %w", group, attendance.ErrUnknownGroup)
}

// CorpRules returns all rules of a corporation in the read form.
func (a *App) CorpRules(ctx context.Context, corp *Corp) (docs []json.RawMessage, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		s, err := a.share(tx, corp, a.Now())
		if err != nil {
			return err
		}
		for _, i := range s.standing() {
			doc, err := ruleOut(tx, corp, &s.rules[i], true)
			if err != nil {
				return err
			}
			docs = append(docs, doc)
		}
		return nil
	})
	return docs, err
}

// MemberRule is the rule of a member on a day, in the read form.
type MemberRule struct {
	User attendance.UserID
	Doc  json.RawMessage
}

// RulesOf returns the rules that members are under on a day, in the order
// asked for; a member without one is left out. It returns
// attendance.ErrUnknownUser.
func (a *App) RulesOf(ctx context.Context, corp *Corp, users []attendance.UserID, day attendance.Day) (rules []MemberRule, err error) {
	now := a.Now()
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		ids, err := resolve(tx, corp, users, now)
		if err != nil {
			return err
		}
		s, err := a.share(tx, corp, now)
		if err != nil {
			return err
		}
		people, err := tx.Facts(corp.ID, ids, day, day, now, corp.Zone)
		if err != nil {
			return err
		}
		docs := map[*engine.Prepared]json.RawMessage{}
		e := s.corp.NewEvaluator()
		for i := range people {
			p := e.Rule(&people[i], day)
			if p == nil {
				continue
			}
			if docs[p] == nil {
				v := &s.rules[slices.Index(s.byRule, p)]
				if docs[p], err = ruleOut(tx, corp, v, false); err != nil {
					return err
				}
			}
			rules = append(rules, MemberRule{people[i].ID, docs[p]})
		}
		return nil
	})
	return rules, err
}

// ruleOut returns a version's document in the read form; whole adds what only
// the list of all rules shows.
func ruleOut(tx *store.Tx, corp *Corp, v *store.RuleVersion, whole bool) (json.RawMessage, error) {
	doc, err := tx.RuleDoc(corp.ID, v.Version)
	if err != nil {
		return nil, err
	}
	head := wire.RuleHead{Group: v.Group, CreateTime: v.CreatedAt, UpdateTime: v.KnownAt, CreateUser: v.CreateUser, UpdateUser: v.CreateUser}
	answer, err := wire.RuleOut(doc, wire.RuleForm(v.Form), head)
	if err == nil && !whole {
		answer, err = wire.MemberRule(answer)
	}
	if err != nil {
		return nil, fmt.Errorf("rule %d: %w", v.Group, err)
	}
	return answer, nil
}
