package admin

import (
	"context"
	"encoding/json"
	"net/http"
)

// Facts is facts of any kind, each with the moment at which it became known; 0
// means now. They are stored in the order of the fields, all or none.
type Facts struct {
	Options     []OptionsFact    `json:"options,omitempty"`
	Holidays    []HolidaysFact   `json:"holidays,omitempty"`
	Departments []DepartmentFact `json:"departments,omitempty"`
	Members     []MemberFact     `json:"members,omitempty"`
	Rules       []RuleFact       `json:"rules,omitempty"`
	Schedules   []ScheduleFact   `json:"schedules,omitempty"`
	Punches     []PunchFact      `json:"punches,omitempty"`
	Corrections []CorrectionFact `json:"corrections,omitempty"`
	Approvals   []Approval       `json:"approvals,omitempty"`
}

// OptionsFact is engine options, as SetOptions takes them.
type OptionsFact struct {
	Options json.RawMessage `json:"options"`
	KnownAt int64           `json:"known_at,omitzero"`
}

// HolidaysFact is years of the public calendar, as SetHolidays takes them.
type HolidaysFact struct {
	Years   map[string]HolidayYear `json:"years"`
	KnownAt int64                  `json:"known_at,omitzero"`
}

// DepartmentFact is a department as it is from KnownAt on.
type DepartmentFact struct {
	Department
	KnownAt int64 `json:"known_at,omitzero"`
}

// MemberFact is a member who stands in the given departments from a day on.
type MemberFact struct {
	Member
	From    Day   `json:"from,omitzero"` // "" = from the start
	KnownAt int64 `json:"known_at,omitzero"`
}

// RuleFact is a version of a rule. GroupID 0 makes a new one.
type RuleFact struct {
	GroupID int64           `json:"groupid,omitzero"`
	Form    string          `json:"form"` // read (as K2 and K7 answer it) or write (as K11 takes it)
	Rule    json.RawMessage `json:"rule"`
	Created int64           `json:"created,omitzero"` // order among the groups; 0 = the last
	First   Day             `json:"first,omitzero"`   // first day in force; "" = from the start
	Last    Day             `json:"last,omitzero"`    // last day in force; "" = until further notice
	Agent   int64           `json:"agentid,omitzero"` // the app that made it; 0 = none
	KnownAt int64           `json:"known_at,omitzero"`
}

// ScheduleFact is a shift of a member on a day.
type ScheduleFact struct {
	UserID     string `json:"userid"`
	Day        Day    `json:"day"`
	ScheduleID int64  `json:"schedule_id"`      // 0 = rest
	GroupID    int64  `json:"groupid,omitzero"` // 0 = whichever rule the member is under
	KnownAt    int64  `json:"known_at,omitzero"`
}

// PunchFact is a punch.
type PunchFact struct {
	UserID   string   `json:"userid"`
	At       int64    `json:"at"`
	Source   string   `json:"source,omitzero"` // phone (the default), access, device, other or correction
	Device   string   `json:"device,omitzero"` // serial number; part of the punch's identity
	Flags    []string `json:"flags,omitempty"` // of PunchFlags
	Slot     string   `json:"slot,omitzero"`   // on or off; "" = not known
	Section  int64    `json:"section,omitzero"`
	Location string   `json:"location_title,omitzero"`
	Notes    string   `json:"notes,omitzero"`
	KnownAt  int64    `json:"known_at,omitzero"`
}

// PunchFlags are the words that say what is special about a punch.
var PunchFlags = []string{"outside", "out_of_range", "wrong_wifi", "new_device", "approval", "pending", "placeholder"}

// CorrectionFact is a correction.
type CorrectionFact struct {
	UserID  string `json:"userid"`
	Day     Day    `json:"day"`
	Slot    *int64 `json:"slot,omitzero"` // due time, seconds of the day; nil where there is none
	At      int64  `json:"at"`            // the punch it stands for
	By      string `json:"by,omitzero"`   // api (the default: judged like any punch) or approval
	Remark  string `json:"remark,omitzero"`
	KnownAt int64  `json:"known_at,omitzero"`
}

// Approval is a state that a member's request has reached. A request that
// changes is a later state with the same number.
type Approval struct {
	UserID   string          `json:"userid"`
	Number   string          `json:"sp_number"`
	Kind     string          `json:"kind"`            // leave, trip, outing or overtime
	ByDay    bool            `json:"by_day,omitzero"` // the ends name half days, both included
	From     int64           `json:"from"`            // by day: the midnight or noon that begins the first half
	To       int64           `json:"to"`              // by day: the midnight or noon that begins the last half
	Status   int64           `json:"sp_status"`       // 1 pending, 2 passed, 3 refused, 4 withdrawn, 6 revoked, 7 removed, 10 paid
	Slices   []ApprovalSlice `json:"slices,omitempty"`
	Vacation *Vacation       `json:"vacation,omitzero"` // of a leave
	KnownAt  int64           `json:"known_at,omitzero"`
	New      bool            `json:"new,omitzero"` // the number is a new one: Conflict where something goes by it
}

// ApprovalSlice is how much of a request falls on a day, in place of what would
// be computed.
type ApprovalSlice struct {
	Day     Day   `json:"day"`
	Seconds int64 `json:"seconds"`
}

// Vacation is a kind of leave.
type Vacation struct {
	ID           int64  `json:"id"`
	Name         string `json:"name"`
	WorkdaysOnly bool   `json:"workdays_only,omitzero"`
}

// ApprovalList is states of requests in the order in which they are stored.
type ApprovalList struct {
	Approvals []Approval `json:"approvals"`
}

// ApprovalCheck is what would become of a request.
type ApprovalCheck struct {
	Approval                 // as AddApprovals is to have it
	Days     []ApprovalSlice `json:"days"`              // what of it falls on which day
	Was      int64           `json:"was,omitzero"`      // sp_status of what goes by its number; 0 = nothing does
	Known    bool            `json:"known,omitzero"`    // nothing of it is new
	Overlaps string          `json:"overlaps,omitzero"` // sp_number of another of the kind that stands for some of the time
}

// ApprovalChecks is the answer of CheckApprovals, in the order of what was asked.
type ApprovalChecks struct {
	Approvals []ApprovalCheck `json:"approvals"`
}

// CorrectionCheck asks whether a correction could be applied now.
type CorrectionCheck struct {
	UserID string `json:"userid"`
	Day    Day    `json:"day"`
	Slot   *int64 `json:"slot,omitzero"` // due time, seconds of the day; nil where there is none
	Open   bool   `json:"open,omitzero"` // take the due time nearest to At instead of Slot
	At     int64  `json:"at"`
}

// CorrectionVerdict is the answer to a CorrectionCheck.
type CorrectionVerdict struct {
	Accepted bool   `json:"accepted"`
	ErrCode  int64  `json:"errcode,omitzero"` // with which punch_correction would refuse it
	Reason   string `json:"reason,omitzero"`
}

// AddFacts stores facts with the times at which they became known, as no
// ordinary door would. Test mode only.
func (c *Client) AddFacts(ctx context.Context, f Facts) error {
	_, err := call[none](ctx, c, http.MethodPost, "/daka/facts", f)
	return err
}

// AddApprovals stores states of requests, all or none. It fails with NotFound
// for an unknown member and with BadRequest for a request that cannot be.
func (c *Client) AddApprovals(ctx context.Context, list ApprovalList) error {
	_, err := call[none](ctx, c, http.MethodPost, "/daka/approvals", list)
	return err
}

// CheckApprovals says what AddApprovals would do, without storing it, and fills
// in what may be left out: the number, which is then a new one; of a vacation its
// id or its name; and beside a number the kind, for another state of what goes by
// it. It fails with NotFound for an unknown member or number and with BadRequest
// for a request that cannot be.
func (c *Client) CheckApprovals(ctx context.Context, list ApprovalList) (*ApprovalChecks, error) {
	return call[ApprovalChecks](ctx, c, http.MethodPost, "/daka/approvals/check", list)
}

// CheckCorrection says whether punch_correction would accept a correction,
// without storing it.
func (c *Client) CheckCorrection(ctx context.Context, q CorrectionCheck) (*CorrectionVerdict, error) {
	return call[CorrectionVerdict](ctx, c, http.MethodPost, "/daka/corrections/check", q)
}
