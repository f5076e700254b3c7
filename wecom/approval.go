package wecom

import "context"

// Limits of getapprovalinfo (document 91816).
const (
	MaxApprovalSpan = 31 * 86_400 // seconds from StartTime to EndTime
	MaxApprovalPage = 100         // also what no Size stands for
)

// The keys of ApprovalFilter.
const (
	ApprovalByTemplate   = "template_id"
	ApprovalByCreator    = "creator" // a userid
	ApprovalByDepartment = "department"
	ApprovalByStatus     = "sp_status"   // ApprovalPending and so on
	ApprovalByKind       = "record_type" // ApprovalLeave and so on
)

// What a form asks for: record_type of a filter and, from leave to overtime,
// the type of an AttendanceValue.
const (
	ApprovalLeave       = 1 // 请假
	ApprovalCorrection  = 2 // 补卡
	ApprovalTrip        = 3 // 出差
	ApprovalOuting      = 4 // 外出
	ApprovalOvertime    = 5 // 加班
	ApprovalShiftSwap   = 6
	ApprovalMeetingRoom = 7
	ApprovalRefund      = 8
	ApprovalRedPacket   = 9
)

// Where a form stands (sp_status).
const (
	ApprovalPending   = 1
	ApprovalPassed    = 2
	ApprovalRefused   = 3
	ApprovalWithdrawn = 4
	ApprovalRevoked   = 6 // withdrawn after it had passed
	ApprovalDeleted   = 7
	ApprovalPaid      = 10
)

// ApprovalInfoRequest asks for a page of the numbers of approval forms. Its
// times are decimal strings.
type ApprovalInfoRequest struct {
	StartTime string           `json:"starttime"`     // when the form was handed in, Unix seconds
	EndTime   string           `json:"endtime"`       // at most MaxApprovalSpan later
	NewCursor string           `json:"new_cursor"`    // "" for the first page
	Size      int64            `json:"size,omitzero"` // 1 to MaxApprovalPage
	Filters   []ApprovalFilter `json:"filters,omitempty"`
}

// ApprovalFilter keeps the forms that fit it. A form must fit the filters of
// every key. ApprovalByDepartment alone may be given several times, and fits with
// any of its values; another key that comes twice is refused with
// CodeApprovalParameter (document 91816): it takes a call for each value.
type ApprovalFilter struct {
	Key   string `json:"key"`   // ApprovalByTemplate and so on
	Value string `json:"value"` // numbers in decimal
}

// ApprovalInfoResponse is the answer of getapprovalinfo.
type ApprovalInfoResponse struct {
	Envelope
	SPNoList      List[string] `json:"sp_no_list"`
	NewNextCursor string       `json:"new_next_cursor,omitzero"` // NewCursor of the next page; absent on the last
}

// ApprovalNumbers returns a page of the numbers of the approval forms handed in
// within 31 days, at most 600 times a minute (document 91816). It fails with
// CodeApprovalWindow when the window has to be narrower, and with
// CodeInvalidParameter or CodeApprovalParameter; AllApprovalNumbers needs neither
// window nor page.
func (c *Client) ApprovalNumbers(ctx context.Context, req ApprovalInfoRequest) (*ApprovalInfoResponse, error) {
	var answer ApprovalInfoResponse
	if err := c.Call(ctx, Request{Path: approvalInfoPath, Body: req, Quota: approvalQuota, Repeatable: true}, &answer); err != nil {
		return nil, err
	}
	return &answer, nil
}

const approvalInfoPath = "/cgi-bin/oa/getapprovalinfo"

// approvalQuota is how often each call about forms and kinds of leave may be made.
var approvalQuota = Quota{PerMinute: 600}
