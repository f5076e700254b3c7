package wecom

import (
	"context"
	"encoding/json"
	"net/http"
)

// ApprovalDetailRequest asks for an approval form by its number.
type ApprovalDetailRequest struct {
	SPNo string `json:"sp_no"`
}

// ApprovalDetailResponse is the answer of getapprovaldetail.
type ApprovalDetailResponse struct {
	Envelope
	Info *Approval `json:"info,omitempty"`
}

// Approval is an approval form (审批单).
type Approval struct {
	SPNo       string                `json:"sp_no"`
	SPName     string                `json:"sp_name"`
	SPStatus   int64                 `json:"sp_status"` // ApprovalPending and so on
	TemplateID string                `json:"template_id"`
	ApplyTime  int64                 `json:"apply_time"` // Unix seconds
	Applyer    ApprovalApplicant     `json:"applyer"`
	SPRecord   List[ApprovalStep]    `json:"sp_record"`
	Notifyer   List[ApprovalMember]  `json:"notifyer"`
	ApplyData  ApprovalData          `json:"apply_data"`
	Comments   List[ApprovalComment] `json:"comments"`
}

// ApprovalApplicant is who handed a form in.
type ApprovalApplicant struct {
	UserID  string `json:"userid"`
	PartyID string `json:"partyid"` // a department, in decimal
}

// ApprovalMember is a member whom a form names.
type ApprovalMember struct {
	UserID string `json:"userid"`
}

// ApprovalStep is a step of the approval with those who decide on it.
type ApprovalStep struct {
	SPStatus     int64             `json:"sp_status"`
	ApproverAttr int64             `json:"approverattr"` // 1 one of them is enough, 2 all of them
	Details      List[ApprovalAct] `json:"details"`
}

// ApprovalAct is what one approver did at a step.
type ApprovalAct struct {
	Approver ApprovalMember `json:"approver"`
	Speech   string         `json:"speech"`
	SPStatus int64          `json:"sp_status"`
	SPTime   ApprovalTime   `json:"sptime"`
	MediaID  List[string]   `json:"media_id"`
}

// ApprovalTime is when an approver acted, in Unix seconds; 0 is not yet.
type ApprovalTime int64

// UnmarshalJSON takes a number, or "" for 0 as document 91983 shows it.
func (t *ApprovalTime) UnmarshalJSON(text []byte) error {
	if string(text) == `""` {
		*t = 0
		return nil
	}
	return json.Unmarshal(text, (*int64)(t))
}

// ApprovalComment is a comment on a form.
type ApprovalComment struct {
	CommentUserInfo ApprovalMember `json:"commentUserInfo"`
	CommentTime     int64          `json:"commenttime"` // Unix seconds
	CommentContent  string         `json:"commentcontent"`
	CommentID       string         `json:"commentid"`
	MediaID         List[string]   `json:"media_id"`
}

// ApprovalDetail returns an approval form by its number, at most 600 times a
// minute (document 91983). It fails with CodeInvalidParameter for a number that
// no form has.
func (c *Client) ApprovalDetail(ctx context.Context, spNo string) (*Approval, error) {
	const path = "/cgi-bin/oa/getapprovaldetail"
	var answer ApprovalDetailResponse
	req := Request{Path: path, Body: ApprovalDetailRequest{SPNo: spNo}, Quota: approvalQuota, Repeatable: true}
	if err := c.Call(ctx, req, &answer); err != nil {
		return nil, err
	}
	if answer.Info == nil {
		return nil, &TransportError{Endpoint: path, Status: http.StatusOK, Reason: "the answer has no info"}
	}
	return answer.Info, nil
}
