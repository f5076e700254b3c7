package main

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
)

// memberRow is a member as it is printed, whichever source it came from.
type memberRow struct {
	UserID      string   `json:"userid"`
	Name        string   `json:"name"`
	Alias       string   `json:"alias"`
	Departments []int64  `json:"departments"`
	DeptNames   []string `json:"department_names"` // of Departments, in their order; "" = not told
	Tags        *[]int64 `json:"tags"`             // null from a server, which does not tell, as the next two
	Joined      *string  `json:"joined"`           // first day; "" = since ever
	Left        *string  `json:"left"`             // last day; "" = there is none
	State       string   `json:"state"`            // active, disabled, not activated or left
}

var memberStates = map[int64]string{0: "active", 1: "active", 2: "disabled", 4: "not activated", 5: "left"}

func localMember(c *app.Contact, names map[int64]string, today attendance.Day) memberRow {
	row := memberRow{UserID: string(c.ID), Name: c.Name, Alias: c.Alias, Departments: []int64{}, DeptNames: []string{}, State: "active"}
	for _, d := range c.Depts {
		row.addDept(int64(d), names)
	}
	tags, joined, left := []int64{}, "", ""
	for _, t := range c.Tags {
		tags = append(tags, int64(t))
	}
	if c.Joined != attendance.MinDay {
		joined = c.Joined.String()
	}
	if c.Left != attendance.MaxDay {
		left = c.Left.String()
	}
	row.Tags, row.Joined, row.Left = &tags, &joined, &left
	if c.Left < today {
		row.State = "left"
	}
	return row
}

func serverMember(u *wecom.User, names map[int64]string) memberRow {
	row := memberRow{UserID: u.UserID, Name: u.Name, Alias: u.Alias, Departments: []int64{}, DeptNames: []string{}, State: memberStates[u.Status]}
	for _, d := range u.Department {
		row.addDept(d, names)
	}
	return row
}

func (r *memberRow) addDept(id int64, names map[int64]string) {
	r.Departments, r.DeptNames = append(r.Departments, id), append(r.DeptNames, names[id])
}

// deptNames names departments: by the name alone, or where several have it by
// the path from the top.
func deptNames(depts []attendance.Department) map[int64]string {
	times := map[string]int{}
	for _, d := range depts {
		times[d.Name]++
	}
	paths, names := attendance.DeptPaths(depts), map[int64]string{}
	for _, d := range depts {
		names[int64(d.ID)] = d.Name
		if times[d.Name] > 1 {
			names[int64(d.ID)] = paths[d.ID]
		}
	}
	return names
}

// serverDeptNames names the departments that serverDepts lists.
func serverDeptNames(ctx context.Context, w *wecom.Client) (map[int64]string, error) {
	depts, err := serverDepts(ctx, w)
	return deptNames(depts), err
}

// serverDepts lists the departments that the app may see, those with names. Where a
// server does not tell names, or not to this app, there are none.
func serverDepts(ctx context.Context, w *wecom.Client) (depts []attendance.Department, err error) {
	all, err := w.Departments(ctx, 0)
	if _, refused := errors.AsType[*wecom.Error](err); refused {
		return nil, nil
	}
	if err != nil {
		return nil, failf("list the departments: %w", err)
	}
	for _, d := range all {
		if d.Name != "" && d.Name != strconv.FormatInt(d.ID, 10) {
			depts = append(depts, attendance.Department{ID: attendance.DeptID(d.ID), Parent: attendance.DeptID(d.ParentID), Name: d.Name})
		}
	}
	return depts, nil
}

// memberColumns are those of a database, or of a server, which tells less.
func memberColumns(all bool) []column {
	columns := []column{{head: "userid"}, {head: "name"}, {head: "alias"}, {head: "departments"}}
	if all {
		columns = append(columns, column{head: "tags"}, column{head: "joined"}, column{head: "last day"})
	}
	return append(columns, column{head: "state", words: true})
}

func (r memberRow) cells() []string {
	depts := make([]string, len(r.Departments))
	for i, id := range r.Departments {
		if depts[i] = r.DeptNames[i]; depts[i] == "" {
			depts[i] = strconv.FormatInt(id, 10)
		}
	}
	cells := []string{r.UserID, r.Name, r.Alias, strings.Join(depts, ", ")}
	if r.Tags != nil {
		tags := make([]string, len(*r.Tags))
		for i, id := range *r.Tags {
			tags[i] = strconv.FormatInt(id, 10)
		}
		cells = append(cells, strings.Join(tags, ", "), *r.Joined, *r.Left)
	}
	return append(cells, r.State)
}
