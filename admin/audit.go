package admin

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
)

// Device is a device that punches came from.
type Device struct {
	Source  string `json:"source"` // phone, access, device, other or correction
	Device  string `json:"device"` // serial number or name; "" where none was given
	Punches int64  `json:"punches"`
	First   int64  `json:"first"` // its earliest punch
	Last    int64  `json:"last"`  // its latest punch
}

// DeviceList is devices in the order of sources and names.
type DeviceList struct {
	Devices []Device `json:"devices"`
}

// AuditEntry is one act. It holds hashes where people or contents are meant.
type AuditEntry struct {
	Seq      int64    `json:"seq"` // from 1, without gaps
	At       int64    `json:"at"`
	Agent    int64    `json:"agentid"`  // the app that acted; 0 = whoever can open the database
	Action   string   `json:"action"`   // such as rule.add
	Subjects []string `json:"subjects"` // keyed hashes of ids, at most 100
	Count    int64    `json:"count"`    // how many subjects there were
	Detail   string   `json:"detail"`   // keyed hash of what was done
	Prev     string   `json:"prev"`     // hash of the entry before
	Hash     string   `json:"hash"`     // of all of the above
}

// AuditList is entries in their order.
type AuditList struct {
	Entries []AuditEntry `json:"entries"`
}

// AuditState says what a whole chain comes to. Kept elsewhere, Head proves
// later that no entry was taken from the end.
type AuditState struct {
	Entries int64  `json:"entries"`
	Head    string `json:"head"`            // hash of the last entry; "" without any
	Broken  int64  `json:"broken,omitzero"` // first entry that does not fit; 0 = the chain is whole
}

// Devices returns the devices that the punches came from.
func (c *Client) Devices(ctx context.Context) (*DeviceList, error) {
	return call[DeviceList](ctx, c, http.MethodGet, "/daka/devices", nil)
}

// Audit returns up to limit entries after a place in the log; 0 means 1,000,
// which is also the most.
func (c *Client) Audit(ctx context.Context, after, limit int64) (*AuditList, error) {
	path := query("/daka/audit", "after", strconv.FormatInt(after, 10), "limit", strconv.FormatInt(limit, 10))
	return call[AuditList](ctx, c, http.MethodGet, path, nil)
}

// MemberAudit is Audit for the entries that are about a member, who may have
// been erased since. An act on more subjects than its entry lists is among them.
func (c *Client) MemberAudit(ctx context.Context, userID string, after, limit int64) (*AuditList, error) {
	path := query("/daka/members/"+url.PathEscape(userID)+"/audit", "after", strconv.FormatInt(after, 10), "limit", strconv.FormatInt(limit, 10))
	return call[AuditList](ctx, c, http.MethodGet, path, nil)
}

// CheckAudit computes the whole chain anew.
func (c *Client) CheckAudit(ctx context.Context) (*AuditState, error) {
	return call[AuditState](ctx, c, http.MethodGet, "/daka/audit/check", nil)
}
