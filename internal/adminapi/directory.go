package adminapi

import (
	"fmt"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
)

func (c *call) departments() (any, error) {
	depts, err := c.api.app.Departments(c.ctx(), c.corp())
	var list admin.DepartmentList
	for _, d := range depts {
		list.Departments = append(list.Departments, admin.Department{ID: int64(d.ID), Name: d.Name, Parent: int64(d.Parent), Order: d.Order})
	}
	return list, err
}

func (c *call) putDepartments(list *admin.DepartmentList) (any, error) {
	depts := make([]attendance.Department, len(list.Departments))
	for i, d := range list.Departments {
		depts[i] = departmentIn(d)
	}
	return done{}, c.api.app.AddDepartments(c.ctx(), c.corp(), depts)
}

func departmentIn(d admin.Department) attendance.Department {
	return attendance.Department{ID: attendance.DeptID(d.ID), Name: d.Name, Parent: attendance.DeptID(d.Parent), Order: d.Order}
}

func (c *call) members() (any, error) {
	contacts, err := c.api.app.Contacts(c.ctx(), c.corp(), nil)
	var list admin.MemberList
	for i := range contacts {
		m := &contacts[i]
		out := admin.Member{
			UserID: string(m.ID), Name: m.Name, Alias: m.Alias,
			Joined: dayOut(m.Joined, attendance.MinDay), Left: dayOut(m.Left, attendance.MaxDay),
		}
		for _, id := range m.Depts {
			out.Departments = append(out.Departments, int64(id))
		}
		for _, id := range m.Tags {
			out.Tags = append(out.Tags, int64(id))
		}
		list.Members = append(list.Members, out)
	}
	return list, err
}

func (c *call) putMembers(list *admin.MemberList) (any, error) {
	members := make([]app.Contact, len(list.Members))
	for i := range list.Members {
		var err error
		if members[i], err = memberIn(&list.Members[i], fmt.Sprintf("/members/%d", i)); err != nil {
			return nil, err
		}
	}
	return done{}, c.api.app.AddMembers(c.ctx(), c.corp(), members)
}

func memberIn(m *admin.Member, at string) (app.Contact, error) {
	out := app.Contact{ID: attendance.UserID(m.UserID), Name: m.Name, Alias: m.Alias}
	for _, id := range m.Departments {
		out.Depts = append(out.Depts, attendance.DeptID(id))
	}
	for _, id := range m.Tags {
		out.Tags = append(out.Tags, attendance.TagID(id))
	}
	var err error
	if out.Joined, err = day(m.Joined, at+"/joined", attendance.MinDay); err != nil {
		return out, err
	}
	out.Left, err = day(m.Left, at+"/left", attendance.MaxDay)
	return out, err
}

func (c *call) eraseMember() (any, error) {
	e, err := c.api.app.Erase(c.ctx(), c.corp(), attendance.UserID(c.r.PathValue("userid")))
	if e != (app.Erasure{}) && c.rig() != nil {
		c.rig().Requests.Forget(string(c.corp().ID))
	}
	return erasureOut(e), err
}

func (c *call) erasures() (any, error) {
	all, err := c.api.app.Erasures(c.ctx(), c.corp())
	var list admin.ErasureList
	for _, e := range all {
		list.Erasures = append(list.Erasures, erasureOut(e))
	}
	return list, err
}

func erasureOut(e app.Erasure) admin.Erasure {
	return admin.Erasure{
		Subject: e.Subject, At: e.At, Agent: int64(e.Agent), Punches: e.Punches, Schedules: e.Schedules,
		Corrections: e.Corrections, Approvals: e.Approvals, Reports: e.Reports, Versions: e.Versions,
	}
}
