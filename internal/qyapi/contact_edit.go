package qyapi

import (
	"context"
	"errors"
	"net/url"
	"strconv"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
)

// userEdit is wecom.UserEdit with its limits. Of what it says of a member the
// name, the alias and the departments are kept.
type userEdit struct{ wecom.UserEdit }

// Validate refuses a missing userid (41009).
func (r userEdit) Validate() error {
	if r.UserID == "" {
		return wecom.CodeMissingUserID
	}
	return nil
}

func (r *userEdit) edit() app.MemberEdit {
	e := app.MemberEdit{User: attendance.UserID(r.UserID), Name: r.Name, Alias: r.Alias}
	for _, d := range r.Department {
		e.Depts = append(e.Depts, attendance.DeptID(d))
	}
	return e
}

// userCreate answers user/create (document 90195).
func (api *API) userCreate(ctx context.Context, c *app.Caller, req *userEdit) (*checkin.EmptyResponse, error) {
	return &checkin.EmptyResponse{}, api.app.CreateMember(app.As(ctx, c.Agent), c.Corp, req.edit())
}

// userUpdate answers user/update (document 90197).
func (api *API) userUpdate(ctx context.Context, c *app.Caller, req *userEdit) (*checkin.EmptyResponse, error) {
	err := api.app.UpdateMember(app.As(ctx, c.Agent), c.Corp, req.edit())
	return &checkin.EmptyResponse{}, notFound(req.UserID, err)
}

// userDelete answers user/delete (document 90198).
func (api *API) userDelete(ctx context.Context, c *app.Caller, query url.Values) (*checkin.EmptyResponse, error) {
	id := query.Get("userid")
	if id == "" {
		return nil, wecom.CodeMissingUserID
	}
	err := attendance.ErrUnknownUser
	if user := attendance.UserID(id); user.Valid() {
		err = api.app.DeleteMember(app.As(ctx, c.Agent), c.Corp, user)
	}
	return &checkin.EmptyResponse{}, notFound(id, err)
}

// notFound gives an unknown member the code of the contacts (60111), which is
// not that of check-in.
func notFound(user string, err error) error {
	if errors.Is(err, attendance.ErrUnknownUser) {
		return wecom.Errorf(wecom.CodeUserNotFound, "invalid string value %q. userid not found", user)
	}
	return err
}

// deptEdit is wecom.DepartmentEdit with its limits.
type deptEdit struct{ wecom.DepartmentEdit }

// Validate refuses an id below 0 (60123).
func (r deptEdit) Validate() error {
	if r.ID < 0 {
		return wecom.CodeInvalidDepartment
	}
	return nil
}

// edit takes a parentid of 0, which SDKs send for one that is not meant, for none.
func (r *deptEdit) edit() app.DeptEdit {
	e := app.DeptEdit{ID: attendance.DeptID(r.ID), Name: r.Name, Order: r.Order}
	if r.ParentID != nil && *r.ParentID != 0 {
		parent := attendance.DeptID(*r.ParentID)
		e.Parent = &parent
	}
	return e
}

// departmentCreate answers department/create (document 90205).
func (api *API) departmentCreate(ctx context.Context, c *app.Caller, req *deptEdit) (*wecom.CreateDepartmentResponse, error) {
	id, err := api.app.CreateDepartment(app.As(ctx, c.Agent), c.Corp, req.edit())
	return &wecom.CreateDepartmentResponse{ID: int64(id)}, err
}

// departmentUpdate answers department/update (document 90206).
func (api *API) departmentUpdate(ctx context.Context, c *app.Caller, req *deptEdit) (*checkin.EmptyResponse, error) {
	if req.ID == 0 {
		return nil, wecom.CodeInvalidDepartment
	}
	return &checkin.EmptyResponse{}, api.app.UpdateDepartment(app.As(ctx, c.Agent), c.Corp, req.edit())
}

// departmentDelete answers department/delete (document 90207).
func (api *API) departmentDelete(ctx context.Context, c *app.Caller, query url.Values) (*checkin.EmptyResponse, error) {
	id, err := strconv.ParseInt(query.Get("id"), 10, 64)
	if err != nil {
		return nil, wecom.CodeInvalidDepartment
	}
	return &checkin.EmptyResponse{}, api.app.DeleteDepartment(app.As(ctx, c.Agent), c.Corp, attendance.DeptID(id))
}
