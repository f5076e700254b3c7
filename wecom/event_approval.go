package wecom

import (
	"encoding/xml"
	"fmt"
	"time"
)

// ApprovalChange says that something was done with an approval form (document
// 91815): to a self-built or provider-developed app as its own event, to a
// third-party app (document 92633) through the callback of its suite.
type ApprovalChange struct {
	CorpID  string
	AgentID int64
	At      time.Time
	Change  ApprovalAction
	// Approval is the form after the change, without its ApplyData: see
	// Client.ApprovalDetail.
	Approval Approval
}

// ApprovalAction is what was done with an approval form (StatuChangeEvent).
type ApprovalAction int64

// The actions of document 91815. Others may come.
const (
	ApprovalActionSubmit   ApprovalAction = 1
	ApprovalActionPass     ApprovalAction = 2
	ApprovalActionRefuse   ApprovalAction = 3
	ApprovalActionTransfer ApprovalAction = 4 // to another approver
	ApprovalActionUrge     ApprovalAction = 5
	ApprovalActionWithdraw ApprovalAction = 6
	ApprovalActionRevoke   ApprovalAction = 8 // after it had passed
	ApprovalActionComment  ApprovalAction = 10
	ApprovalActionSendBack ApprovalAction = 11 // to an approver before
	ApprovalActionAdd      ApprovalAction = 12 // an approver
	ApprovalActionPassAdd  ApprovalAction = 13 // pass and add an approver
	ApprovalActionHandle   ApprovalAction = 14 // not to third-party apps
	ApprovalActionHandOver ApprovalAction = 15 // not to third-party apps
)

func (e *Event) approvalChange() (any, error) {
	var message struct {
		Info struct {
			Approval
			NoStr  string         `xml:"SpNoStr"` // some forms have this one alone
			Change ApprovalAction `xml:"StatuChangeEvent"`
		} `xml:"ApprovalInfo"`
	}
	if err := e.decodeXML(&message); err != nil {
		return nil, err
	}
	info := &message.Info
	if info.NoStr != "" {
		info.SPNo = info.NoStr
	}
	change := &ApprovalChange{CorpID: e.ToUserName, AgentID: e.AgentID, At: e.At, Change: info.Change, Approval: info.Approval}
	return e.with(change, member{"SpNo", info.SPNo})
}

// decodeXML decodes the message into a pointer. Its error does not quote.
func (e *Event) decodeXML(v any) error {
	if e.JSON || xml.Unmarshal(e.Raw, v) != nil {
		return fmt.Errorf("callback: %s is not of the XML that its document shows", e.Kind())
	}
	return nil
}
