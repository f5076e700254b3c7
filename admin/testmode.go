package admin

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
)

// The operations of this file are those of a server in test mode. On any other
// they fail with TestModeOnly.

// NewCorp describes a corporation to be made.
type NewCorp struct {
	ID   string `json:"corpid,omitzero"` // "" = a random one
	Name string `json:"name,omitzero"`
	Zone string `json:"zone,omitzero"` // IANA name; "" = Asia/Shanghai
}

// Corp is a corporation that was made, with the secrets of its apps.
type Corp struct {
	ID   string `json:"corpid"`
	Name string `json:"name"`
	Zone string `json:"zone"`
	Apps []App  `json:"apps"` // the admin app, then the check-in app
}

// Clock is what a server takes for the time.
type Clock struct {
	Now   float64 `json:"now"`   // Unix seconds
	Scale float64 `json:"scale"` // how much faster than the world it runs; 0 = frozen
}

// ClockChange turns a clock. What is nil stays.
type ClockChange struct {
	Now   *int64   `json:"now,omitzero"`
	Scale *float64 `json:"scale,omitzero"` // 0 freezes; at most 1,000,000
}

// ClockAdvance is how far a clock is moved, in seconds.
type ClockAdvance struct {
	Seconds int64 `json:"seconds"`
}

// FaultKind is what a fault does to a call.
type FaultKind string

// The kinds of faults.
const (
	FaultErrCode    FaultKind = "errcode"     // the call is refused with ErrCode, nothing done
	FaultDelay      FaultKind = "delay"       // the call waits Millis first
	FaultReset      FaultKind = "reset"       // the connection breaks, nothing done
	FaultHalfBody   FaultKind = "half_body"   // the call is done, and half its answer sent, with After or without
	FaultWrongJSON  FaultKind = "wrong_json"  // an answer that is no JSON, nothing done
	FaultBadGateway FaultKind = "bad_gateway" // a proxy's 502 page, nothing done
)

// Fault is a rule by which calls of the corporation's apps under /cgi-bin fail.
// Of several that meet a call the oldest acts; a delay lets the next act too.
type Fault struct {
	ID          int64     `json:"id,omitzero"` // given by the server
	Kind        FaultKind `json:"kind"`
	After       bool      `json:"after,omitzero"`       // the call is done first, and its answer lost to the fault
	Endpoint    string    `json:"endpoint,omitzero"`    // a path, or its last part; "" = every call
	Agent       int64     `json:"agentid,omitzero"`     // 0 = every app; gettoken has none
	Nth         int64     `json:"nth,omitzero"`         // only the nth call it meets; 0 = each
	Times       int64     `json:"times,omitzero"`       // how often it acts; 0 = no limit
	Probability float64   `json:"probability,omitzero"` // 0 = always
	Seed        uint64    `json:"seed,omitzero"`        // of the chance
	TTL         int64     `json:"ttl,omitzero"`         // seconds of the server's clock; 0 = until cleared
	ErrCode     int64     `json:"errcode,omitzero"`
	Millis      int64     `json:"millis,omitzero"` // of a delay, at most 60,000
	Met         int64     `json:"met,omitzero"`    // calls it has met
	Acted       int64     `json:"acted,omitzero"`  // calls it acted on
}

// FaultList is fault rules in the order of their ids.
type FaultList struct {
	Faults []Fault `json:"faults"`
}

// TokenRevocation says whose tokens end.
type TokenRevocation struct {
	Agent int64 `json:"agentid,omitzero"` // 0 = every app's but the caller's
}

// Revoked counts tokens.
type Revoked struct {
	Tokens int64 `json:"tokens"`
}

// Request is a call as it came in and what it came to. Secrets, tokens and
// images are never part of it.
type Request struct {
	Seq       int64     `json:"seq"`
	At        int64     `json:"at"`
	Method    string    `json:"method"`
	Path      string    `json:"path"`
	Query     string    `json:"query,omitzero"`
	Body      string    `json:"body,omitzero"` // JSON, long texts cut; "" where it is none or too long
	Status    int       `json:"status"`        // 0 = the connection was broken
	ErrCode   *int64    `json:"errcode,omitzero"`
	RequestID string    `json:"request_id"`
	Fault     int64     `json:"fault,omitzero"` // the fault that acted
	Liberties []Liberty `json:"liberties,omitempty"`
}

// Liberty is one thing about a body that WeCom's documents do not allow and
// that was accepted, or with --strict refused.
type Liberty struct {
	Pointer string `json:"pointer"`
	What    string `json:"what"`
}

// RequestList is requests in the order in which they ended.
type RequestList struct {
	Requests []Request `json:"requests"`
}

// CreateCorp makes a corporation, and returns the secrets of its two apps. It
// fails with Conflict when the id is taken.
func (c *Client) CreateCorp(ctx context.Context, n NewCorp) (*Corp, error) {
	return call[Corp](ctx, c, http.MethodPost, "/daka/corps", n)
}

// Clock returns the server's clock.
func (c *Client) Clock(ctx context.Context) (*Clock, error) {
	return call[Clock](ctx, c, http.MethodGet, "/daka/clock", nil)
}

// SetClock sets, freezes or scales the server's clock, for all corporations.
// Nothing that is due between is done: see AdvanceClock.
func (c *Client) SetClock(ctx context.Context, change ClockChange) (*Clock, error) {
	return call[Clock](ctx, c, http.MethodPut, "/daka/clock", change)
}

// AdvanceClock moves the server's clock on by up to ten years and does on the
// way, in order and each at its time, what is due.
func (c *Client) AdvanceClock(ctx context.Context, seconds int64) (*Clock, error) {
	return call[Clock](ctx, c, http.MethodPost, "/daka/clock/advance", ClockAdvance{seconds})
}

// Faults returns the corporation's fault rules with what they have done.
func (c *Client) Faults(ctx context.Context) (*FaultList, error) {
	return call[FaultList](ctx, c, http.MethodGet, "/daka/faults", nil)
}

// AddFault adds a fault rule and returns it with its id.
func (c *Client) AddFault(ctx context.Context, f Fault) (*Fault, error) {
	return call[Fault](ctx, c, http.MethodPost, "/daka/faults", f)
}

// ClearFaults removes all fault rules of the corporation.
func (c *Client) ClearFaults(ctx context.Context) error {
	_, err := call[none](ctx, c, http.MethodDelete, "/daka/faults", nil)
	return err
}

// RevokeTokens ends tokens before their time.
func (c *Client) RevokeTokens(ctx context.Context, r TokenRevocation) (*Revoked, error) {
	return call[Revoked](ctx, c, http.MethodPost, "/daka/tokens/revoke", r)
}

// Snapshot keeps the corporation's facts under a name of 1 to 32 letters,
// digits, - and _, over an earlier snapshot of that name. Apps, tokens and the
// audit log are no part of it.
func (c *Client) Snapshot(ctx context.Context, name string) error {
	_, err := call[none](ctx, c, http.MethodPost, "/daka/snapshots/"+url.PathEscape(name), nil)
	return err
}

// Restore puts a snapshot in the place of the corporation's facts. It fails
// with NotFound when there is none of that name.
func (c *Client) Restore(ctx context.Context, name string) error {
	_, err := call[none](ctx, c, http.MethodPost, "/daka/snapshots/"+url.PathEscape(name)+"/restore", nil)
	return err
}

// Reset removes the corporation's facts, but for its root department.
func (c *Client) Reset(ctx context.Context) error {
	_, err := call[none](ctx, c, http.MethodPost, "/daka/reset", nil)
	return err
}

// Requests returns the latest calls under /cgi-bin of the corporation, and
// those that named none, after a place in the log.
func (c *Client) Requests(ctx context.Context, after int64) (*RequestList, error) {
	return call[RequestList](ctx, c, http.MethodGet, query("/daka/requests", "after", strconv.FormatInt(after, 10)), nil)
}
