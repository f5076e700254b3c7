package wecom

import (
	"context"
	"net/url"
	"strconv"
)

// RootDepartment is the department at the top of every corp.
const RootDepartment = 1

// DepartmentIDsResponse is the answer of department/simplelist.
type DepartmentIDsResponse struct {
	Envelope
	DepartmentID List[DepartmentID] `json:"department_id"`
}

// DepartmentID is a department without its name.
type DepartmentID struct {
	ID       int64 `json:"id"`
	ParentID int64 `json:"parentid"` // 0 for the root
	Order    int64 `json:"order"`    // below 2^32, larger first
}

// DepartmentsResponse is the answer of department/list.
type DepartmentsResponse struct {
	Envelope
	Department List[Department] `json:"department"`
}

// Department is a department of the corp.
type Department struct {
	ID               int64    `json:"id"`
	Name             string   `json:"name"`
	NameEN           string   `json:"name_en,omitzero"`
	DepartmentLeader []string `json:"department_leader,omitempty"` // userids
	ParentID         int64    `json:"parentid"`                    // 0 for the root
	Order            int64    `json:"order"`                       // below 2^32, larger first
}

// MembersResponse is the answer of user/simplelist.
type MembersResponse struct {
	Envelope
	UserList List[Member] `json:"userlist"`
}

// Member is a member by name.
type Member struct {
	UserID     string      `json:"userid"`
	Name       string      `json:"name"` // the userid again for a third-party app
	Department List[int64] `json:"department"`
	OpenUserID string      `json:"open_userid,omitzero"` // third-party apps only
}

// UsersResponse is the answer of user/list.
type UsersResponse struct {
	Envelope
	UserList List[User] `json:"userlist"`
}

// UserResponse is the answer of user/get.
type UserResponse struct {
	Envelope
	User
}

// User is a member in full, as far as check-in can care. What the app may not
// see is empty.
type User struct {
	UserID           string       `json:"userid,omitzero"`
	Name             string       `json:"name,omitzero"`
	Department       List[int64]  `json:"department"`
	Order            List[int64]  `json:"order"`
	Position         string       `json:"position,omitzero"`
	Mobile           string       `json:"mobile,omitzero"`
	Gender           string       `json:"gender,omitzero"` // "0" unknown, "1" male, "2" female
	Email            string       `json:"email,omitzero"`
	IsLeaderInDept   List[int64]  `json:"is_leader_in_dept"`
	DirectLeader     List[string] `json:"direct_leader"`
	Avatar           string       `json:"avatar,omitzero"`
	ThumbAvatar      string       `json:"thumb_avatar,omitzero"`
	Telephone        string       `json:"telephone,omitzero"`
	Alias            string       `json:"alias,omitzero"`
	Address          string       `json:"address,omitzero"`
	OpenUserID       string       `json:"open_userid,omitzero"` // third-party apps only
	MainDepartment   int64        `json:"main_department,omitzero"`
	Status           int64        `json:"status,omitzero"` // 1 active, 2 disabled, 4 not activated, 5 left
	ExternalPosition string       `json:"external_position,omitzero"`
}

// UserIDsRequest asks for a page of user/list_id.
type UserIDsRequest struct {
	Cursor string `json:"cursor,omitzero"` // NextCursor of the page before
	Limit  int64  `json:"limit,omitzero"`  // 1 to 10000
}

// UserIDsResponse is the answer of user/list_id.
type UserIDsResponse struct {
	Envelope
	NextCursor string         `json:"next_cursor,omitzero"` // empty on the last page
	DeptUser   List[DeptUser] `json:"dept_user"`
}

// DeptUser says that a member is in a department.
type DeptUser struct {
	UserID     string `json:"userid"`
	Department int64  `json:"department"`
}

// DepartmentIDs returns the department id and all below it (document 95350); 0
// asks for all that the app may see.
func (c *Client) DepartmentIDs(ctx context.Context, id int64) ([]DepartmentID, error) {
	var answer DepartmentIDsResponse
	err := c.Get(ctx, "/cgi-bin/department/simplelist", number("id", id), &answer)
	return answer.DepartmentID, err
}

// Departments returns the department id and all below it with their names
// (document 90208), slowly; 0 asks for all that the app may see.
func (c *Client) Departments(ctx context.Context, id int64) ([]Department, error) {
	var answer DepartmentsResponse
	err := c.Get(ctx, "/cgi-bin/department/list", number("id", id), &answer)
	return answer.Department, err
}

// Members returns the members of one department, not of those below it
// (document 90200). It fails with CodeNoPrivilege where the app may not look.
func (c *Client) Members(ctx context.Context, department int64) ([]Member, error) {
	var answer MembersResponse
	err := c.Get(ctx, "/cgi-bin/user/simplelist", number("department_id", department), &answer)
	return answer.UserList, err
}

// Users returns the members of one department in full (document 90201).
func (c *Client) Users(ctx context.Context, department int64) ([]User, error) {
	var answer UsersResponse
	err := c.Get(ctx, "/cgi-bin/user/list", number("department_id", department), &answer)
	return answer.UserList, err
}

// User returns one member (document 90196). It fails with CodeUserNotFound
// outside the app's visible range as well.
func (c *Client) User(ctx context.Context, userID string) (*User, error) {
	var answer UserResponse
	if err := c.Get(ctx, "/cgi-bin/user/get", url.Values{"userid": {userID}}, &answer); err != nil {
		return nil, err
	}
	return &answer.User, nil
}

// UserIDs returns a page of userids, one element for each department a member
// is in (document 96067). Only the contact-sync app may call it: others fail
// with CodeForbiddenAPI.
func (c *Client) UserIDs(ctx context.Context, req UserIDsRequest) (*UserIDsResponse, error) {
	var answer UserIDsResponse
	if err := c.Call(ctx, Request{Path: "/cgi-bin/user/list_id", Body: req, Repeatable: true}, &answer); err != nil {
		return nil, err
	}
	return &answer, nil
}

// number returns the query name=n, or an empty one for 0.
func number(name string, n int64) url.Values {
	if n == 0 {
		return nil
	}
	return url.Values{name: {strconv.FormatInt(n, 10)}}
}
