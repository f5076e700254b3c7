package app

import (
	"fmt"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/engine"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/wire"
)

// ruleKey names a rule version that is kept prepared under some settings. A
// version's document never changes, so neither does what was made of it.
type ruleKey struct {
	version  int64
	settings string // of one corporation
}

// maxPrepared bounds the rules that are kept; past it all are made again.
const maxPrepared = 10_000

// rule returns a prepared rule version, compiling it if it is not at hand.
func (a *App) rule(tx *store.Tx, corp *Corp, set *settings, v *store.RuleVersion) (*engine.Prepared, error) {
	key := ruleKey{v.Version, set.key}
	a.mu.Lock()
	p := a.prepared[key]
	a.mu.Unlock()
	if p != nil {
		return p, nil
	}
	doc, err := tx.RuleDoc(corp.ID, v.Version)
	if err != nil {
		return nil, err
	}
	compiled, err := wire.CompileRule(doc, wire.RuleForm(v.Form), corp.Zone)
	if err != nil {
		return nil, fmt.Errorf("rule %d: %w", v.Group, err)
	}
	compiled.ID = v.Group
	p = engine.Prepare(compiled, &set.opts, set.calendar)
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.prepared) >= maxPrepared {
		clear(a.prepared)
	}
	a.prepared[key] = p
	return p, nil
}

// shared is what all members of a corporation have in common at a moment.
type shared struct {
	corp   *engine.Corp
	rules  []store.RuleVersion // without their documents
	byRule []*engine.Prepared  // parallel to rules; nil for deletions
	depts  []attendance.Department
	names  map[attendance.DeptID]string // of depts, as paths gives them; set where members are described
	closed *closedDays                  // of the members at hand; nil when no month asked for is closed
	*settings
}

// share reads the rules and departments of a corporation as known at asOf.
func (a *App) share(tx *store.Tx, corp *Corp, asOf int64) (*shared, error) {
	set, err := a.settings(tx, corp, asOf)
	if err != nil {
		return nil, err
	}
	s := &shared{settings: set}
	if s.rules, err = tx.RuleHeads(corp.ID, asOf); err != nil {
		return nil, err
	}
	if s.depts, err = tx.Departments(corp.ID, asOf); err != nil {
		return nil, err
	}
	facts := attendance.Facts{Zone: corp.Zone, AsOf: asOf, Options: set.opts, Calendar: set.calendar, Depts: s.depts}
	for i := range s.rules {
		v := &s.rules[i]
		var p *engine.Prepared
		if !v.Deleted {
			if p, err = a.rule(tx, corp, set, v); err != nil {
				return nil, err
			}
		}
		facts.Rules = append(facts.Rules, versionOf(v, p))
		s.byRule = append(s.byRule, p)
	}
	s.corp = engine.NewCorp(&facts, s.byRule)
	return s, nil
}

// resolve returns the given userids in the contacts' spelling, each once and
// in the order given; nil means all members. One that names nobody, or nobody
// whom the caller sees, is an ErrUnknownUser.
func resolve(tx *store.Tx, corp *Corp, users []attendance.UserID, asOf int64) ([]attendance.UserID, error) {
	if users == nil {
		return corp.usersAt(tx, asOf)
	}
	known, err := corp.usersIn(tx, users)
	if err != nil {
		return nil, err
	}
	out := make([]attendance.UserID, 0, len(users))
	seen := make(map[attendance.UserID]bool, len(users))
	for _, u := range users {
		id, ok := known[u.Fold()]
		if !ok {
			return nil, fmt.Errorf("userid %q: %w", u, attendance.ErrUnknownUser)
		}
		if !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out, nil
}

// paths returns the full path of each department, with "/" between the names.
func paths(depts []attendance.Department) map[attendance.DeptID]string {
	return attendance.DeptPaths(depts)
}
