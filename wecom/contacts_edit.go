package wecom

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
)

// UserEdit is what user/create and user/update say of a member. What is nil or
// empty is left as it is.
type UserEdit struct {
	UserID           string          `json:"userid"`
	Name             *string         `json:"name,omitzero"` // needed to create; 1 to 64 characters
	Alias            *string         `json:"alias,omitzero"`
	Mobile           *string         `json:"mobile,omitzero"`
	Department       []int64         `json:"department,omitempty"` // at most 100
	Order            []int64         `json:"order,omitempty"`      // one for each department
	Position         *string         `json:"position,omitzero"`
	Gender           *string         `json:"gender,omitzero"` // "1" male, "2" female
	Email            *string         `json:"email,omitzero"`
	BizMail          *string         `json:"biz_mail,omitzero"`
	IsLeaderInDept   []int64         `json:"is_leader_in_dept,omitempty"` // one for each department
	DirectLeader     []string        `json:"direct_leader,omitempty"`
	Enable           *int64          `json:"enable,omitzero"` // 1 enabled, 0 disabled
	AvatarMediaID    *string         `json:"avatar_mediaid,omitzero"`
	Telephone        *string         `json:"telephone,omitzero"`
	Address          *string         `json:"address,omitzero"`
	MainDepartment   *int64          `json:"main_department,omitzero"`
	ExtAttr          json.RawMessage `json:"extattr,omitempty"`
	ToInvite         *bool           `json:"to_invite,omitzero"` // create only
	ExternalPosition *string         `json:"external_position,omitzero"`
	ExternalProfile  json.RawMessage `json:"external_profile,omitempty"`
}

// DepartmentEdit is what department/create and department/update say of a
// department. What is nil is left as it is.
type DepartmentEdit struct {
	ID       int64   `json:"id,omitzero"` // to create: 0 asks for a new one
	Name     *string `json:"name,omitzero"`
	NameEN   *string `json:"name_en,omitzero"`
	ParentID *int64  `json:"parentid,omitzero"` // needed to create
	Order    *int64  `json:"order,omitzero"`    // below 2^32, larger first
}

// CreateDepartmentResponse is the answer of department/create.
type CreateDepartmentResponse struct {
	Envelope
	ID int64 `json:"id,omitzero"`
}

// CreateUser adds a member (document 90195). This and the calls below are for
// the contact-sync app: others fail with CodeForbiddenAPI.
func (c *Client) CreateUser(ctx context.Context, user UserEdit) error {
	return c.Post(ctx, "/cgi-bin/user/create", user, &Envelope{})
}

// UpdateUser changes a member (document 90197). It fails with CodeUserNotFound.
func (c *Client) UpdateUser(ctx context.Context, user UserEdit) error {
	return c.Post(ctx, "/cgi-bin/user/update", user, &Envelope{})
}

// DeleteUser takes a member out of the contacts (document 90198). It fails with
// CodeUserNotFound.
func (c *Client) DeleteUser(ctx context.Context, userID string) error {
	req := Request{Method: http.MethodGet, Path: "/cgi-bin/user/delete", Query: url.Values{"userid": {userID}}}
	return c.Call(ctx, req, &Envelope{})
}

// CreateDepartment adds a department and returns its id (document 90205). It
// fails with CodeNoSuchDepartment for its parent.
func (c *Client) CreateDepartment(ctx context.Context, department DepartmentEdit) (int64, error) {
	var answer CreateDepartmentResponse
	err := c.Post(ctx, "/cgi-bin/department/create", department, &answer)
	return answer.ID, err
}

// UpdateDepartment changes a department (document 90206). It fails with
// CodeNoSuchDepartment.
func (c *Client) UpdateDepartment(ctx context.Context, department DepartmentEdit) error {
	return c.Post(ctx, "/cgi-bin/department/update", department, &Envelope{})
}

// DeleteDepartment ends a department without members and departments (document
// 90207). It fails with CodeNoSuchDepartment.
func (c *Client) DeleteDepartment(ctx context.Context, id int64) error {
	req := Request{Method: http.MethodGet, Path: "/cgi-bin/department/delete", Query: url.Values{"id": {strconv.FormatInt(id, 10)}}}
	return c.Call(ctx, req, &Envelope{})
}
