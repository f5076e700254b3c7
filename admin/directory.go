package admin

import (
	"context"
	"net/http"
	"net/url"
)

// Day is a civil date in the corporation's zone, as 2006-01-02.
type Day string

// Department is a department of the directory; the root is 1.
type Department struct {
	ID     int64  `json:"id"`
	Name   string `json:"name"`
	Parent int64  `json:"parentid"` // 0 for the root
	Order  int64  `json:"order,omitzero"`
}

// DepartmentList is departments; a parent comes before its children when they
// are put.
type DepartmentList struct {
	Departments []Department `json:"departments"`
}

// Member is a member of the directory.
type Member struct {
	UserID      string  `json:"userid"`
	Name        string  `json:"name,omitzero"`
	Alias       string  `json:"alias,omitzero"`
	Departments []int64 `json:"departments"`
	Tags        []int64 `json:"tags,omitempty"`
	Joined      Day     `json:"joined,omitzero"` // first day with a report; "" = not known
	Left        Day     `json:"left,omitzero"`   // last day with a report; "" = employed
}

// MemberList is members.
type MemberList struct {
	Members []Member `json:"members"`
}

// Erasure is what became of a person's facts. It is all that is left of them:
// the person's id is kept as a keyed hash alone.
type Erasure struct {
	Subject     string `json:"subject"` // keyed hash of the userid, as in the audit log
	At          int64  `json:"at"`
	Agent       int64  `json:"agentid"`
	Punches     int64  `json:"punches"`
	Schedules   int64  `json:"schedules"`
	Corrections int64  `json:"corrections"`
	Approvals   int64  `json:"approvals"`
	Reports     int64  `json:"reports"` // days in closed months
	Versions    int64  `json:"versions"`
}

// ErasureList is erasures in the order in which they were made.
type ErasureList struct {
	Erasures []Erasure `json:"erasures"`
}

// Departments returns all departments in the order of their ids.
func (c *Client) Departments(ctx context.Context) (*DepartmentList, error) {
	return call[DepartmentList](ctx, c, http.MethodGet, "/daka/departments", nil)
}

// PutDepartments adds departments, or puts new versions in the place of those
// that exist, all or none. It fails with BadRequest when a parent does not exist.
func (c *Client) PutDepartments(ctx context.Context, list DepartmentList) error {
	_, err := call[none](ctx, c, http.MethodPut, "/daka/departments", list)
	return err
}

// Members returns all members in the order of their userids.
func (c *Client) Members(ctx context.Context) (*MemberList, error) {
	return call[MemberList](ctx, c, http.MethodGet, "/daka/members", nil)
}

// PutMembers adds members, or puts new versions in the place of those that
// exist, all or none. It fails with BadRequest when a department does not exist.
func (c *Client) PutMembers(ctx context.Context, list MemberList) error {
	_, err := call[none](ctx, c, http.MethodPut, "/daka/members", list)
	return err
}

// EraseMember removes a person with all facts: punches and the files that they
// name, shifts, corrections, approvals, the face, the days of closed months, and
// the userid wherever a rule or an app's range names it. It cannot be undone.
// What is left is the Erasure and an entry of the audit log. A SQLite file is
// written anew, which takes ten to fifteen seconds for a gigabyte. For a member who
// was erased before it returns the Erasure of that time; it fails with NotFound
// for an id that was never a member's.
func (c *Client) EraseMember(ctx context.Context, userID string) (*Erasure, error) {
	return call[Erasure](ctx, c, http.MethodPost, "/daka/members/"+url.PathEscape(userID)+"/erase", nil)
}

// Erasures returns what is left of all who were erased.
func (c *Client) Erasures(ctx context.Context) (*ErasureList, error) {
	return call[ErasureList](ctx, c, http.MethodGet, "/daka/erasures", nil)
}
