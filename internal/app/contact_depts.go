package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// DeptEdit is a change of a department. What is nil stays as it is.
type DeptEdit struct {
	ID     attendance.DeptID // 0 asks for a new one
	Name   *string
	Parent *attendance.DeptID
	Order  *int64
}

// CreateDepartment adds a department and returns its id, which no department
// had before unless the edit names it (document 90205). It returns
// ErrUnknownDept for a parent that does not exist, ErrDeptPlace for an id in
// use, and ErrBadInput.
func (a *App) CreateDepartment(ctx context.Context, corp *Corp, e DeptEdit) (id attendance.DeptID, err error) {
	if e.Name == nil || e.Parent == nil {
		return 0, badInput("name and parentid: both are needed")
	}
	if e.ID < 0 {
		return 0, badInput("id %d: above 0", e.ID)
	}
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		depts, err := tx.Departments(corp.ID, a.Now())
		if err != nil {
			return err
		}
		d := attendance.Department{ID: e.ID}
		if d.ID == 0 {
			if d.ID, err = tx.NextDepartmentID(corp.ID); err != nil {
				return err
			}
		} else if _, err := departmentOf(depts, d.ID); err == nil {
			return fmt.Errorf("id %d is in use: %w", d.ID, ErrDeptPlace)
		}
		id = d.ID
		return a.putDepartment(ctx, tx, corp, depts, d, e)
	})
	return id, err
}

// UpdateDepartment changes a department (document 90206). It returns
// ErrUnknownDept, ErrDeptPlace for a parent below the department itself or for
// the root's, and ErrBadInput.
func (a *App) UpdateDepartment(ctx context.Context, corp *Corp, e DeptEdit) error {
	return a.db.Write(ctx, func(tx *store.Tx) error {
		depts, err := tx.Departments(corp.ID, a.Now())
		if err != nil {
			return err
		}
		d, err := departmentOf(depts, e.ID)
		if err != nil {
			return err
		}
		return a.putDepartment(ctx, tx, corp, depts, d, e)
	})
}

// putDepartment adds what an edit makes of a department, and notes the act.
func (a *App) putDepartment(ctx context.Context, tx *store.Tx, corp *Corp, depts []attendance.Department, d attendance.Department, e DeptEdit) error {
	if err := e.apply(depts, &d); err != nil {
		return err
	}
	return a.addDeptVersion(ctx, tx, corp, "department.put", store.DepartmentVersion{Department: d})
}

func (a *App) addDeptVersion(ctx context.Context, tx *store.Tx, corp *Corp, action string, v store.DepartmentVersion) error {
	v.KnownAt = a.Now()
	if err := tx.AddDepartments(corp.ID, []store.DepartmentVersion{v}); err != nil {
		return err
	}
	return a.note(ctx, tx, corp.ID, act{action, []string{fmt.Sprintf("department:%d", v.ID)}, v})
}

// apply makes of d what the edit says of it.
func (e *DeptEdit) apply(depts []attendance.Department, d *attendance.Department) error {
	if e.Name != nil {
		d.Name = *e.Name
		if err := checkDeptName(d.Name); err != nil {
			return err
		}
	}
	if e.Order != nil {
		if d.Order = *e.Order; d.Order < 0 || d.Order > maxDeptOrder {
			return badInput("order %d: from 0 to %d", d.Order, int64(maxDeptOrder))
		}
	}
	if e.Parent != nil && *e.Parent != d.Parent {
		d.Parent = *e.Parent
		if err := checkParent(depts, d.ID, d.Parent); err != nil {
			return err
		}
	}
	namesake := func(o attendance.Department) bool { return o.ID != d.ID && o.Parent == d.Parent && o.Name == d.Name }
	if (e.Name != nil || e.Parent != nil) && slices.ContainsFunc(depts, namesake) {
		return badInput("name: department %d has one of that name already", d.Parent)
	}
	return nil
}

func checkDeptName(name string) error {
	// The names of a path are joined by "/".
	if strings.ContainsAny(name, `\/:*?"<>|`) {
		return badInput(`name: none of \/:*?"<>| may be in it`)
	}
	return checkName("name", name, 1)
}

func checkParent(depts []attendance.Department, id, parent attendance.DeptID) error {
	if id == attendance.RootDept {
		return fmt.Errorf("department %d has no parent: %w", id, ErrDeptPlace)
	}
	if _, err := departmentOf(depts, parent); err != nil {
		return err
	}
	under := scope{Range: Range{Depts: []attendance.DeptID{id}}}
	if under.below(depts)[parent] {
		return fmt.Errorf("department %d under %d: %w", id, parent, ErrDeptPlace)
	}
	return nil
}

// DeleteDepartment ends a department that has neither members nor departments
// (document 90207). It returns ErrUnknownDept, ErrDeptPlace for the root, and
// ErrBadInput for one that is not empty.
func (a *App) DeleteDepartment(ctx context.Context, corp *Corp, id attendance.DeptID) error {
	return a.db.Write(ctx, func(tx *store.Tx) error {
		depts, err := tx.Departments(corp.ID, a.Now())
		if err != nil {
			return err
		}
		d, err := departmentOf(depts, id)
		if err != nil {
			return err
		}
		if id == attendance.RootDept {
			return fmt.Errorf("department %d is the root: %w", id, ErrDeptPlace)
		}
		if slices.ContainsFunc(depts, func(o attendance.Department) bool { return o.Parent == id }) {
			return badInput("department %d: it has departments", id)
		}
		members, err := tx.Members(corp.ID, a.Now(), nil)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(members, func(m store.Member) bool { return slices.Contains(m.Depts, id) }) {
			return badInput("department %d: it has members", id)
		}
		return a.addDeptVersion(ctx, tx, corp, "department.delete", store.DepartmentVersion{Department: d, Deleted: true})
	})
}

func departmentOf(depts []attendance.Department, id attendance.DeptID) (attendance.Department, error) {
	for _, d := range depts {
		if d.ID == id {
			return d, nil
		}
	}
	return attendance.Department{}, fmt.Errorf("department %d: %w", id, ErrUnknownDept)
}
