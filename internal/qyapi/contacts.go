package qyapi

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strconv"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
)

// departmentSimpleList answers department/simplelist (document 95350).
func (api *API) departmentSimpleList(ctx context.Context, c *app.Caller, query url.Values) (*wecom.DepartmentIDsResponse, error) {
	depts, err := api.below(ctx, c.Corp, query)
	if err != nil {
		return nil, err
	}
	answer := &wecom.DepartmentIDsResponse{}
	for _, d := range depts {
		answer.DepartmentID = append(answer.DepartmentID, wecom.DepartmentID{ID: int64(d.ID), ParentID: int64(d.Parent), Order: d.Order})
	}
	return answer, nil
}

// departmentList answers department/list (document 90208).
func (api *API) departmentList(ctx context.Context, c *app.Caller, query url.Values) (*wecom.DepartmentsResponse, error) {
	depts, err := api.below(ctx, c.Corp, query)
	if err != nil {
		return nil, err
	}
	answer := &wecom.DepartmentsResponse{}
	for _, d := range depts {
		answer.Department = append(answer.Department, wecom.Department{ID: int64(d.ID), Name: d.Name, ParentID: int64(d.Parent), Order: d.Order})
	}
	return answer, nil
}

// below returns the department that the query names and all under it, or all
// departments when it names none.
func (api *API) below(ctx context.Context, corp *app.Corp, query url.Values) ([]attendance.Department, error) {
	depts, err := api.app.Departments(ctx, corp)
	if err != nil || query.Get("id") == "" {
		return depts, err
	}
	top, err := departmentNamed(depts, query.Get("id"))
	if err != nil {
		return nil, err
	}
	in := map[attendance.DeptID]bool{top: true}
	for grown := true; grown; {
		grown = false
		for _, d := range depts {
			if !in[d.ID] && in[d.Parent] {
				in[d.ID], grown = true, true
			}
		}
	}
	return slices.DeleteFunc(depts, func(d attendance.Department) bool { return !in[d.ID] }), nil
}

// departmentNamed reads the id of a department that exists: 60123 for one that is
// no number, 60003 for one that is none of ours.
func departmentNamed(depts []attendance.Department, text string) (attendance.DeptID, error) {
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0, wecom.CodeInvalidDepartment
	}
	if !slices.ContainsFunc(depts, func(d attendance.Department) bool { return int64(d.ID) == id }) {
		return 0, wecom.CodeNoSuchDepartment
	}
	return attendance.DeptID(id), nil
}

// userSimpleList answers user/simplelist (document 90200): the members of one
// department, not of those under it.
func (api *API) userSimpleList(ctx context.Context, c *app.Caller, query url.Values) (*wecom.MembersResponse, error) {
	contacts, err := api.membersOf(ctx, c, query)
	if err != nil {
		return nil, err
	}
	answer := &wecom.MembersResponse{}
	for i := range contacts {
		m := &contacts[i]
		answer.UserList = append(answer.UserList, wecom.Member{UserID: string(m.ID), Name: m.Name, Department: deptIDs(m), OpenUserID: openUserID(c, m)})
	}
	return answer, nil
}

// userList answers user/list (document 90201).
func (api *API) userList(ctx context.Context, c *app.Caller, query url.Values) (*wecom.UsersResponse, error) {
	contacts, err := api.membersOf(ctx, c, query)
	if err != nil {
		return nil, err
	}
	answer := &wecom.UsersResponse{}
	for i := range contacts {
		answer.UserList = append(answer.UserList, api.user(c, &contacts[i]))
	}
	return answer, nil
}

func (api *API) membersOf(ctx context.Context, c *app.Caller, query url.Values) ([]app.Contact, error) {
	depts, err := api.app.Departments(ctx, c.Corp)
	if err != nil {
		return nil, err
	}
	id, err := departmentNamed(depts, query.Get("department_id"))
	if err != nil {
		return nil, err
	}
	contacts, err := api.contacts(ctx, c, nil)
	return slices.DeleteFunc(contacts, func(m app.Contact) bool { return !slices.Contains(m.Depts, id) }), err
}

// contacts returns members as the caller may know them: from a third-party app
// names are withheld, and the userid stands for one.
func (api *API) contacts(ctx context.Context, c *app.Caller, users []attendance.UserID) ([]app.Contact, error) {
	contacts, err := api.app.Contacts(ctx, c.Corp, users)
	if c.Kind == app.SuiteApp {
		for i := range contacts {
			contacts[i].Name, contacts[i].Alias = string(contacts[i].ID), ""
		}
	}
	return contacts, err
}

// userGet answers user/get (document 90196).
func (api *API) userGet(ctx context.Context, c *app.Caller, query url.Values) (*wecom.UserResponse, error) {
	id := attendance.UserID(query.Get("userid"))
	if id == "" {
		return nil, wecom.CodeMissingUserID
	}
	err := attendance.ErrUnknownUser
	var contacts []app.Contact
	if id.Valid() {
		contacts, err = api.contacts(ctx, c, []attendance.UserID{id})
	}
	if errors.Is(err, attendance.ErrUnknownUser) {
		return nil, wecom.Errorf(wecom.CodeUserNotFound, "invalid string value %q. userid not found", string(id))
	}
	if err != nil {
		return nil, err
	}
	return &wecom.UserResponse{User: api.user(c, &contacts[0])}, nil
}

// The kinds of wecom.User.Status that occur here.
const (
	statusActive = 1
	statusLeft   = 5
)

func (api *API) user(c *app.Caller, m *app.Contact) wecom.User {
	today, _ := c.Corp.Zone.DayAt(api.app.Now())
	u := wecom.User{
		UserID: string(m.ID), OpenUserID: openUserID(c, m), Name: m.Name, Alias: m.Alias, Department: deptIDs(m), Status: statusActive,
		Order: make(wecom.List[int64], len(m.Depts)), IsLeaderInDept: make(wecom.List[int64], len(m.Depts)),
	}
	if len(m.Depts) > 0 {
		u.MainDepartment = int64(m.Depts[0])
	}
	if m.Left < today {
		u.Status = statusLeft
	}
	return u
}

// openUserID is what only third-party apps are told of a member: the userid
// again, which is its own open_userid here.
func openUserID(c *app.Caller, m *app.Contact) string {
	if c.Kind != app.SuiteApp {
		return ""
	}
	return string(m.ID)
}

func deptIDs(m *app.Contact) (ids wecom.List[int64]) {
	for _, d := range m.Depts {
		ids = append(ids, int64(d))
	}
	return ids
}
