package app

import (
	"context"
	"fmt"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// Contact is a member of the directory.
type Contact struct {
	ID     attendance.UserID
	Name   string
	Alias  string
	Depts  []attendance.DeptID
	Tags   []attendance.TagID
	Joined attendance.Day // MinDay when not known
	Left   attendance.Day // MaxDay while employed
}

// AddDepartments adds departments, or new versions of those that exist, in
// their order: a parent comes before its children.
func (a *App) AddDepartments(ctx context.Context, corp *Corp, depts []attendance.Department) error {
	now := a.Now()
	return a.db.Write(ctx, func(tx *store.Tx) error {
		have, err := tx.Departments(corp.ID, now)
		if err != nil {
			return err
		}
		known := map[attendance.DeptID]bool{}
		for _, d := range have {
			known[d.ID] = true
		}
		versions := make([]store.DepartmentVersion, 0, len(depts))
		for i, d := range depts {
			if d.ID <= 0 || d.Name == "" {
				return badInput("department %d: an id above 0 and a name are needed", i)
			}
			if d.ID != attendance.RootDept && !known[d.Parent] {
				return badInput("department %d: parent %d does not exist", d.ID, d.Parent)
			}
			known[d.ID] = true
			versions = append(versions, store.DepartmentVersion{Department: d, KnownAt: now})
		}
		if err := tx.AddDepartments(corp.ID, versions); err != nil {
			return err
		}
		return a.note(ctx, tx, corp.ID, act{action: "departments.put", detail: depts})
	})
}

// AddMembers adds members, or new versions of those that exist, all or none.
func (a *App) AddMembers(ctx context.Context, corp *Corp, members []Contact) error {
	now := a.Now()
	return a.db.Write(ctx, func(tx *store.Tx) error {
		depts, err := tx.Departments(corp.ID, now)
		if err != nil {
			return err
		}
		known := map[attendance.DeptID]bool{}
		for _, d := range depts {
			known[d.ID] = true
		}
		versions := make([]store.Member, 0, len(members))
		for i := range members {
			m := &members[i]
			if err := checkContact(m, known); err != nil {
				return fmt.Errorf("member %d: %w", i, err)
			}
			versions = append(versions, store.Member{
				ID: m.ID, KnownAt: now, From: attendance.MinDay, Name: m.Name, Alias: m.Alias,
				Depts: m.Depts, Tags: m.Tags, Joined: m.Joined, Left: m.Left,
			})
		}
		if err := tx.AddMembers(corp.ID, versions); err != nil {
			return err
		}
		users := make([]string, len(members))
		for i := range members {
			users[i] = userSubject(members[i].ID)
		}
		return a.note(ctx, tx, corp.ID, act{"members.put", users, members})
	})
}

func checkContact(m *Contact, depts map[attendance.DeptID]bool) error {
	if !m.ID.Valid() {
		return badInput("userid %q: 1 to 64 letters, digits and _-@., the first a letter or digit", m.ID)
	}
	if len(m.Depts) == 0 {
		return badInput("userid %q: a department is needed", m.ID)
	}
	for _, d := range m.Depts {
		if !depts[d] {
			return badInput("userid %q: department %d does not exist", m.ID, d)
		}
	}
	if m.Left == 0 {
		m.Left = attendance.MaxDay
	}
	if m.Left < m.Joined {
		return badInput("userid %q: leaves on %s, before joining on %s", m.ID, m.Left, m.Joined)
	}
	return nil
}

// Departments returns the departments of a corporation in the order of their ids.
func (a *App) Departments(ctx context.Context, corp *Corp) (depts []attendance.Department, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) (err error) {
		depts, err = tx.Departments(corp.ID, a.Now())
		return err
	})
	return corp.deptsIn(depts), err
}

// Contacts returns the members of a corporation in the order of their userids;
// nil users means all. It returns attendance.ErrUnknownUser.
func (a *App) Contacts(ctx context.Context, corp *Corp, users []attendance.UserID) (contacts []Contact, err error) {
	now := a.Now()
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		if users != nil || corp.scope != nil {
			if users, err = resolve(tx, corp, users, now); err != nil {
				return err
			}
		}
		members, err := tx.Members(corp.ID, now, users)
		for _, m := range members {
			contacts = append(contacts, Contact{
				ID: m.ID, Name: m.Name, Alias: m.Alias, Depts: m.Depts, Tags: m.Tags, Joined: m.Joined, Left: m.Left,
			})
		}
		return err
	})
	return contacts, err
}
