package wecom

import (
	"fmt"
	"time"
)

// The kinds of events that Event.Parse knows.
const (
	KindSuiteTicket        = "suite_ticket"
	KindCreateAuth         = "create_auth"
	KindChangeAuth         = "change_auth"
	KindCancelAuth         = "cancel_auth"
	KindResetPermanentCode = "reset_permanent_code"
	KindApprovalChange     = "sys_approval_change"
	KindDeviceCheckin      = "device_checkin_data_report"
	KindDeviceAuthChange   = "device_data_auth_change"
)

// SuiteTicket brings a suite's newest suite_ticket, every ten minutes (document
// 90628). See WithTickets.
type SuiteTicket struct {
	SuiteID string
	Ticket  Secret
	At      time.Time
}

// CreateAuth says that a corp has authorised a suite (document 90642). Which
// one, Suite.PermanentCode tells.
type CreateAuth struct {
	SuiteID   string
	AuthCode  Secret // counts once, for ten minutes
	State     string // what the provider gave to the authorisation's link
	ExtraInfo string
	At        time.Time
}

// ChangeAuth says that a corp has changed what a suite may (document 90642).
type ChangeAuth struct {
	SuiteID    string
	AuthCorpID string
	State      string
	ExtraInfo  string
	At         time.Time
}

// CancelAuth says that a corp has taken its authorisation back (document
// 90642): its permanent code is dead, and its data are to be deleted.
type CancelAuth struct {
	SuiteID    string
	AuthCorpID string
	At         time.Time
}

// ResetPermanentCode says that a corp wants another permanent code for a
// provider-developed app (document 94758).
type ResetPermanentCode struct {
	SuiteID  string
	AuthCode Secret // for Suite.PermanentCode, once, within ten minutes
	At       time.Time
}

// DeviceAuthChange says that a corp has changed which devices a suite may read
// (document 96103).
type DeviceAuthChange struct {
	SuiteID    string
	AuthCorpID string
	AgentID    int64
	At         time.Time
}

// Parse returns e as what it is: a *SuiteTicket, *CreateAuth, *ChangeAuth,
// *CancelAuth, *ResetPermanentCode, *DeviceAuthChange, *ApprovalChange or
// *DeviceCheckin; any other event is returned as it is, an *Event. It fails
// where one of the eight lacks what makes it one.
func (e *Event) Parse() (any, error) {
	suite, corp := member{"SuiteId", e.SuiteID}, member{"AuthCorpId", e.AuthCorpID}
	code := member{"AuthCode", e.AuthCode.Reveal()}
	switch e.Kind() {
	case KindSuiteTicket:
		v := &SuiteTicket{SuiteID: e.SuiteID, Ticket: e.ticket, At: e.At}
		made := ""
		if !e.At.IsZero() {
			made = e.At.String()
		}
		return e.with(v, suite, member{"SuiteTicket", e.ticket.Reveal()}, member{"TimeStamp", made})
	case KindCreateAuth:
		v := &CreateAuth{SuiteID: e.SuiteID, AuthCode: e.AuthCode, State: e.State, ExtraInfo: e.ExtraInfo, At: e.At}
		return e.with(v, suite, code)
	case KindChangeAuth:
		v := &ChangeAuth{SuiteID: e.SuiteID, AuthCorpID: e.AuthCorpID, State: e.State, ExtraInfo: e.ExtraInfo, At: e.At}
		return e.with(v, suite, corp)
	case KindCancelAuth:
		return e.with(&CancelAuth{SuiteID: e.SuiteID, AuthCorpID: e.AuthCorpID, At: e.At}, suite, corp)
	case KindResetPermanentCode:
		return e.with(&ResetPermanentCode{SuiteID: e.SuiteID, AuthCode: e.AuthCode, At: e.At}, suite, code)
	case KindDeviceAuthChange:
		v := &DeviceAuthChange{SuiteID: e.SuiteID, AuthCorpID: e.AuthCorpID, AgentID: e.AgentID, At: e.At}
		return e.with(v, suite, corp)
	case KindApprovalChange:
		return e.approvalChange()
	case KindDeviceCheckin:
		return e.deviceCheckin()
	}
	return e, nil
}

// member is a member of a message by its name.
type member struct{ name, value string }

// with returns v when e has all that it needs.
func (e *Event) with(v any, needs ...member) (any, error) {
	for _, m := range needs {
		if m.value == "" {
			return nil, fmt.Errorf("callback: %s has no %s", e.Kind(), m.name)
		}
	}
	return v, nil
}
