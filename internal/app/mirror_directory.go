package app

import (
	"context"
	"fmt"
	"reflect"
	"slices"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// MirrorDirectory makes the departments and members of a corporation those that
// are given, and returns how many it found changed. A member who is not among
// them any more has left, yesterday at the latest, and keeps the history. One
// who was erased stays so.
func (a *App) MirrorDirectory(ctx context.Context, corp *Corp, depts []attendance.Department, members []Contact) (changed int, err error) {
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		d := directoryMirror{tx: tx, corp: corp, now: a.Now()}
		today, _ := corp.Zone.DayAt(d.now)
		newDepts, err := d.departments(depts)
		if err != nil {
			return err
		}
		newMembers, err := d.members(members, today)
		if err != nil {
			return err
		}
		if changed = len(newDepts) + len(newMembers); changed == 0 {
			return nil
		}
		if err := tx.AddDepartments(corp.ID, newDepts); err != nil {
			return err
		}
		if err := tx.AddMembers(corp.ID, newMembers); err != nil {
			return err
		}
		subjects := userSubjects(len(newMembers), func(i int) attendance.UserID { return newMembers[i].ID })
		return a.note(ctx, tx, corp.ID, act{"directory.mirror", subjects, []any{newDepts, newMembers}})
	})
	return changed, err
}

// directoryMirror compares a directory with the one that is known.
type directoryMirror struct {
	tx   *store.Tx
	corp *Corp
	now  int64
}

func (d *directoryMirror) departments(depts []attendance.Department) (changed []store.DepartmentVersion, err error) {
	have, err := d.tx.Departments(d.corp.ID, d.now)
	if err != nil {
		return nil, err
	}
	for _, dept := range depts {
		if dept.ID <= 0 {
			return nil, badInput("department %d: an id above 0 is needed", dept.ID)
		}
		if !slices.Contains(have, dept) {
			changed = append(changed, store.DepartmentVersion{Department: dept, KnownAt: d.now})
		}
	}
	for _, dept := range have {
		gone := !slices.ContainsFunc(depts, func(n attendance.Department) bool { return n.ID == dept.ID })
		if gone && dept.ID != attendance.RootDept {
			changed = append(changed, store.DepartmentVersion{Department: dept, KnownAt: d.now, Deleted: true})
		}
	}
	return changed, nil
}

func (d *directoryMirror) members(members []Contact, today attendance.Day) (changed []store.Member, err error) {
	have, err := d.tx.Members(d.corp.ID, d.now, nil)
	if err != nil {
		return nil, err
	}
	known := make(map[string]*store.Member, len(have))
	for i := range have {
		known[have[i].ID.Fold()] = &have[i]
	}
	erased, err := d.erased()
	if err != nil {
		return nil, err
	}
	there := map[string]bool{}
	for i := range members {
		c := &members[i]
		if !c.ID.Valid() {
			return nil, badInput("userid %q: 1 to 64 letters, digits and _-@., the first a letter or digit", c.ID)
		}
		if there[c.ID.Fold()] || erased(c.ID) {
			continue
		}
		there[c.ID.Fold()] = true
		if m := newerMember(known[c.ID.Fold()], c, today, d.now); m != nil {
			changed = append(changed, *m)
		}
	}
	for _, m := range have {
		if !there[m.ID.Fold()] && m.Left >= today {
			m.KnownAt, m.Left = d.now, today-1
			changed = append(changed, m)
		}
	}
	return changed, nil
}

// newerMember returns the version of a member that a directory now gives; nil
// when it is the one that is known. The departments of a member who was not
// known hold from the start: since when is not told.
func newerMember(known *store.Member, c *Contact, today attendance.Day, now int64) *store.Member {
	m := &store.Member{
		ID: c.ID, KnownAt: now, From: attendance.MinDay, Name: c.Name, Alias: c.Alias,
		Depts: c.Depts, Tags: c.Tags, Joined: attendance.MinDay, Left: attendance.MaxDay,
	}
	if known == nil {
		return m
	}
	m.ID, m.From, m.Joined = known.ID, known.From, known.Joined
	if !slices.Equal(known.Depts, m.Depts) {
		m.From = today
	}
	was, is := *known, *m
	was.KnownAt, is.KnownAt = 0, 0
	was.Tags, is.Tags = nil, nil // tags are not told
	m.Tags = known.Tags
	if reflect.DeepEqual(was, is) {
		return nil
	}
	return m
}

// erased returns what tells who was erased.
func (d *directoryMirror) erased() (func(attendance.UserID) bool, error) {
	all, err := d.tx.Erasures(d.corp.ID)
	if err != nil {
		return nil, err
	}
	key, err := auditKey(d.tx, d.corp.ID)
	if err != nil {
		return nil, fmt.Errorf("who was erased: %w", err)
	}
	subjects := map[string]bool{}
	for _, e := range all {
		subjects[e.Subject] = true
	}
	return func(u attendance.UserID) bool { return len(subjects) > 0 && subjects[keyedHash(key, userSubject(u))] }, nil
}
