package wecom

import (
	"context"
	"net/http"

	"github.com/go-json-experiment/json"
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

// Approval is an approval form (审批单), as getapprovaldetail answers it in
// JSON or an ApprovalChange tells of it in XML.
type Approval struct {
	SPNo       string            `json:"sp_no" xml:"SpNo"`
	SPName     string            `json:"sp_name" xml:"SpName"`
	SPStatus   int64             `json:"sp_status" xml:"SpStatus"` // ApprovalPending and so on
	TemplateID string            `json:"template_id" xml:"TemplateId"`
	ApplyTime  int64             `json:"apply_time" xml:"ApplyTime"` // Unix seconds
	Applyer    ApprovalApplicant `json:"applyer" xml:"Applyer"`
	// BatchApplyer are those for whom a form was handed in together; Applyer is
	// empty then.
	BatchApplyer List[ApprovalMember] `json:"batch_applyer,omitempty" xml:"-"`
	SPRecord     List[ApprovalStep]   `json:"sp_record" xml:"SpRecord"`
	// ProcessList is what newer forms have in the place of SPRecord.
	ProcessList *ApprovalProcess      `json:"process_list,omitempty" xml:"-"`
	Notifyer    List[ApprovalMember]  `json:"notifyer" xml:"Notifyer"`
	ApplyData   ApprovalData          `json:"apply_data" xml:"-"`
	Comments    List[ApprovalComment] `json:"comments" xml:"Comments"`
}

// ApprovalApplicant is who handed a form in.
type ApprovalApplicant struct {
	UserID  string `json:"userid" xml:"UserId"`
	PartyID string `json:"partyid" xml:"Party"` // a department, in decimal
}

// ApprovalMember is a member whom a form names.
type ApprovalMember struct {
	UserID string `json:"userid" xml:"UserId"`
}

// ApprovalStep is a step of the approval with those who decide on it.
type ApprovalStep struct {
	SPStatus     int64             `json:"sp_status" xml:"SpStatus"`
	ApproverAttr int64             `json:"approverattr" xml:"ApproverAttr"` // 1 one of them is enough, 2 all of them
	Details      List[ApprovalAct] `json:"details" xml:"Details"`
}

// ApprovalAct is what one approver did at a step.
type ApprovalAct struct {
	Approver ApprovalMember `json:"approver" xml:"Approver"`
	Speech   string         `json:"speech" xml:"Speech"`
	SPStatus int64          `json:"sp_status" xml:"SpStatus"`
	SPTime   ApprovalTime   `json:"sptime" xml:"SpTime"`
	MediaID  List[string]   `json:"media_id" xml:"Attach"`
}

// ApprovalProcess is how a newer form was decided.
type ApprovalProcess struct {
	NodeList List[ApprovalNode] `json:"node_list"`
}

// ApprovalNode is a step of an ApprovalProcess.
type ApprovalNode struct {
	NodeType    int64                 `json:"node_type"` // 1 they decide, 2 they are told, 3 they carry it out
	SPStatus    int64                 `json:"sp_status"`
	ApvRel      int64                 `json:"apv_rel"` // 1 all of them decide, 2 one of them is enough, 3 one after the other
	SubNodeList List[ApprovalNodeAct] `json:"sub_node_list"`
}

// ApprovalNodeAct is what one member did at a step.
type ApprovalNodeAct struct {
	UserID   string       `json:"userid"`
	Speech   string       `json:"speech"`
	SPYJ     int64        `json:"sp_yj"` // as an SPStatus
	SPTime   ApprovalTime `json:"sptime"`
	MediaIDs List[string] `json:"media_ids"`
}

// ApprovalTime is when an approver acted, in Unix seconds; 0 is not yet.
type ApprovalTime int64

// UnmarshalJSON takes a number, in quotes or not, or "" for 0 as document 91983
// shows it.
func (t *ApprovalTime) UnmarshalJSON(text []byte) error {
	if string(text) == `""` {
		*t = 0
		return nil
	}
	return json.Unmarshal(text, (*int64)(t), tolerant)
}

// ApprovalComment is a comment on a form.
type ApprovalComment struct {
	CommentUserInfo ApprovalMember `json:"commentUserInfo" xml:"CommentUserInfo"`
	CommentTime     int64          `json:"commenttime" xml:"CommentTime"` // Unix seconds
	CommentContent  string         `json:"commentcontent" xml:"CommentContent"`
	CommentID       string         `json:"commentid" xml:"CommentId"`
	MediaID         List[string]   `json:"media_id" xml:"Attach"`
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
