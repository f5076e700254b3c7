package app

import (
	"slices"
	"strings"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// deptTree finds departments by their paths, and plans those that there are not.
type deptTree struct {
	depts     []attendance.Department
	names     [][]string                   // of depts, each from the root's on
	found     map[string]attendance.DeptID // by the path with "/" between the names
	next      attendance.DeptID
	now       int64
	made      []store.DepartmentVersion // parents before their children
	madePaths []string
}

func readTree(tx *store.Tx, corp *Corp, now int64) (*deptTree, error) {
	depts, err := tx.Departments(corp.ID, now)
	if err != nil {
		return nil, err
	}
	t := &deptTree{depts: depts, found: map[string]attendance.DeptID{}, now: now}
	byID := paths(depts)
	for _, d := range depts {
		t.names = append(t.names, strings.Split(byID[d.ID], "/"))
	}
	t.next, err = tx.NextDepartmentID(corp.ID)
	return t, err
}

// ensure returns the department of a path. The path may leave out what is above
// its first department, where only one department fits; what fits none is planned,
// below the root or below as much of the path as there is.
func (t *deptTree) ensure(path []string) (attendance.DeptID, error) {
	key := strings.Join(path, "/")
	if id, ok := t.found[key]; ok {
		return id, nil
	}
	id, err := t.match(path)
	if err != nil {
		return 0, err
	}
	if id == 0 {
		if id, err = t.plan(path); err != nil {
			return 0, err
		}
	}
	t.found[key] = id
	return id, nil
}

// match returns the department that a path means; 0 = none. A path from the
// root, with its name or without, counts before one that begins below.
func (t *deptTree) match(path []string) (attendance.DeptID, error) {
	var below []int
	for i, d := range t.depts {
		names := t.names[i]
		if slices.Equal(names, path) || slices.Equal(names[1:], path) {
			return d.ID, nil
		}
		if n := len(names) - len(path); n > 1 && slices.Equal(names[n:], path) {
			below = append(below, i)
		}
	}
	switch len(below) {
	case 0:
		return 0, nil
	case 1:
		return t.depts[below[0]].ID, nil
	}
	var all []string
	for _, i := range below[:min(len(below), 3)] {
		all = append(all, strings.Join(t.names[i], "/"))
	}
	return 0, faultf("%d departments are called that: %s", len(below), strings.Join(all, ", "))
}

func (t *deptTree) plan(path []string) (attendance.DeptID, error) {
	last := len(path) - 1
	if err := checkDeptName(path[last]); err != nil {
		return 0, faultf("department %q: %v", path[last], err)
	}
	parent := attendance.RootDept
	if last > 0 {
		var err error
		if parent, err = t.ensure(path[:last]); err != nil {
			return 0, err
		}
	}
	d := attendance.Department{ID: t.next, Parent: parent, Name: path[last]}
	t.next++
	above := slices.IndexFunc(t.depts, func(o attendance.Department) bool { return o.ID == parent })
	names := append(slices.Clone(t.names[max(above, 0)]), d.Name)
	t.depts, t.names = append(t.depts, d), append(t.names, names)
	t.made = append(t.made, store.DepartmentVersion{Department: d, KnownAt: t.now})
	t.madePaths = append(t.madePaths, strings.Join(names, "/"))
	return d.ID, nil
}
