package app

import (
	"slices"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// scope is the part of a corporation that a caller sees. What lies outside is
// treated as if it were not there, so that its existence cannot be found out.
type scope struct {
	Range
	now int64 // who is in it is judged as of the call
}

// usersIn returns which of the userids name members whom the caller sees, in
// the contacts' spelling, by their folded form.
func (c *Corp) usersIn(tx *store.Tx, users []attendance.UserID) (map[string]attendance.UserID, error) {
	known, err := tx.ResolveUsers(c.ID, users)
	if err != nil || c.scope == nil {
		return known, err
	}
	sees, err := c.scope.reader(tx, c.ID)
	if err != nil {
		return nil, err
	}
	ids := make([]attendance.UserID, 0, len(known))
	for _, id := range known {
		ids = append(ids, id)
	}
	members, err := tx.Members(c.ID, c.scope.now, ids)
	if err != nil {
		return nil, err
	}
	seen := make(map[string]attendance.UserID, len(members))
	for i := range members {
		if sees(&members[i]) {
			seen[members[i].ID.Fold()] = known[members[i].ID.Fold()]
		}
	}
	return seen, nil
}

// usersAt returns all members that were known at an instant and whom the
// caller sees.
func (c *Corp) usersAt(tx *store.Tx, asOf int64) (users []attendance.UserID, err error) {
	members, err := tx.Members(c.ID, asOf, nil)
	if err != nil {
		return nil, err
	}
	users = make([]attendance.UserID, len(members)) // never nil, which would mean all
	for i := range members {
		users[i] = members[i].ID
	}
	if c.scope == nil {
		return users, nil
	}
	seen, err := c.usersIn(tx, users)
	return slices.DeleteFunc(users, func(u attendance.UserID) bool { return seen[u.Fold()] == "" }), err
}

// deptsIn returns those of the departments that the caller sees.
func (c *Corp) deptsIn(depts []attendance.Department) []attendance.Department {
	if c.scope == nil {
		return depts
	}
	in := c.scope.below(depts)
	return slices.DeleteFunc(slices.Clone(depts), func(d attendance.Department) bool { return !in[d.ID] })
}

// seesTag reports whether the caller sees all who have a tag.
func (c *Corp) seesTag(tag attendance.TagID) bool {
	return c.scope == nil || slices.Contains(c.scope.Tags, tag)
}

// reader returns what tells whether a member is in the scope.
func (s *scope) reader(tx *store.Tx, corp attendance.CorpID) (func(*store.Member) bool, error) {
	depts, err := tx.Departments(corp, s.now)
	if err != nil {
		return nil, err
	}
	in := s.below(depts)
	users := map[string]bool{}
	for _, u := range s.Users {
		users[u.Fold()] = true
	}
	return func(m *store.Member) bool {
		return users[m.ID.Fold()] ||
			slices.ContainsFunc(m.Depts, func(d attendance.DeptID) bool { return in[d] }) ||
			slices.ContainsFunc(m.Tags, func(t attendance.TagID) bool { return slices.Contains(s.Tags, t) })
	}, nil
}

// below returns the departments of the scope with all that lie below them.
func (s *scope) below(depts []attendance.Department) map[attendance.DeptID]bool {
	children := map[attendance.DeptID][]attendance.DeptID{}
	for _, d := range depts {
		children[d.Parent] = append(children[d.Parent], d.ID)
	}
	in := map[attendance.DeptID]bool{}
	next := slices.Clone(s.Depts)
	for len(next) > 0 {
		id := next[len(next)-1]
		next = next[:len(next)-1]
		if !in[id] {
			in[id] = true
			next = append(next, children[id]...)
		}
	}
	return in
}
