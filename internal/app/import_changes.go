package app

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// FieldChange is what a table changes of a member who exists. Several values have
// semicolons between them; none is "".
type FieldChange struct {
	Index   int // of the row, from 0
	User    attendance.UserID
	Field   string // as in RowIssue, or rule: the one that the member is under today
	Was, Is string
}

// moved is a member whose departments or tags change.
type moved struct {
	index    int
	old, new *store.Member
}

// tell notes what a row changes of a member.
func (p *membersPlan) tell(i int, old, m *store.Member) {
	for _, f := range []FieldChange{
		{Field: "name", Was: old.Name, Is: m.Name},
		{Field: "alias", Was: old.Alias, Is: m.Alias},
		{Field: "department", Was: p.tree.said(old.Depts), Is: p.tree.said(m.Depts)},
		{Field: "tags", Was: list(old.Tags), Is: list(m.Tags)},
		{Field: "joined", Was: dayUnless(old.Joined, attendance.MinDay), Is: dayUnless(m.Joined, attendance.MinDay)},
		{Field: "left", Was: dayUnless(old.Left, attendance.MaxDay), Is: dayUnless(m.Left, attendance.MaxDay)},
	} {
		if f.Was != f.Is {
			f.Index, f.User = i, m.ID
			p.Changes = append(p.Changes, f)
		}
	}
	if !sameSet(old.Depts, m.Depts) || !sameSet(old.Tags, m.Tags) {
		p.moved = append(p.moved, moved{i, old, m})
	}
}

// tellRules notes whom the table brings under another rule.
func (p *membersPlan) tellRules(a *App, tx *store.Tx, corp *Corp) error {
	if len(p.moved) == 0 {
		return nil
	}
	s, err := a.share(tx, corp, p.now)
	if err != nil {
		return err
	}
	rules := s.corp.NewEvaluator()
	under := func(m *store.Member) string {
		at := attendance.Placement{From: attendance.MinDay, Tags: m.Tags}
		for _, id := range m.Depts {
			at.Depts = append(at.Depts, p.tree.standing(id))
		}
		person := attendance.Person{ID: m.ID, Joined: attendance.MinDay, Left: attendance.MaxDay, Placements: []attendance.Placement{at}}
		if rule := rules.Rule(&person, p.today); rule != nil {
			return rule.Rule().Name
		}
		return ""
	}
	for _, m := range p.moved {
		if was, is := under(m.old), under(m.new); was != is {
			p.Changes = append(p.Changes, FieldChange{m.index, m.new.ID, "rule", was, is})
		}
	}
	slices.SortStableFunc(p.Changes, func(a, b FieldChange) int { return cmp.Compare(a.Index, b.Index) })
	return nil
}

// said names departments by their paths.
func (t *deptTree) said(ids []attendance.DeptID) string {
	var names []string
	for _, id := range ids {
		if at := t.index(id); at >= 0 {
			names = append(names, strings.Join(t.names[at], "/"))
		}
	}
	return strings.Join(names, "; ")
}

// standing returns the lowest department above a planned one that there is already.
func (t *deptTree) standing(id attendance.DeptID) attendance.DeptID {
	for slices.ContainsFunc(t.made, func(d store.DepartmentVersion) bool { return d.ID == id }) {
		id = t.depts[t.index(id)].Parent
	}
	return id
}

func (t *deptTree) index(id attendance.DeptID) int {
	return slices.IndexFunc(t.depts, func(d attendance.Department) bool { return d.ID == id })
}

func list(tags []attendance.TagID) string {
	return strings.Join(strings.Fields(strings.Trim(fmt.Sprint(tags), "[]")), "; ")
}

func dayUnless(d, none attendance.Day) string {
	if d == none {
		return ""
	}
	return d.String()
}
