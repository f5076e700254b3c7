package qyapi

import (
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/wecom"
)

type emptyResponse struct{ wecom.Envelope }

type suiteTokenRequest struct {
	SuiteID     string `json:"suite_id"`
	SuiteSecret string `json:"suite_secret"`
	SuiteTicket string `json:"suite_ticket"`
}

// Validate refuses what is missing: 41021, 41024, 41023.
func (r suiteTokenRequest) Validate() error {
	switch {
	case r.SuiteID == "":
		return wecom.CodeMissingSuiteID
	case r.SuiteSecret == "":
		return wecom.CodeMissingSuiteSecret
	case r.SuiteTicket == "":
		return wecom.CodeMissingSuiteTicket
	}
	return nil
}

type suiteTokenResponse struct {
	wecom.Envelope
	SuiteAccessToken string `json:"suite_access_token,omitzero"`
	ExpiresIn        int64  `json:"expires_in,omitzero"`
}

type providerTokenRequest struct {
	CorpID         string `json:"corpid"`
	ProviderSecret string `json:"provider_secret"`
}

// Validate refuses what is missing: 41004, 41002, in gettoken's order.
func (r providerTokenRequest) Validate() error {
	switch {
	case r.ProviderSecret == "":
		return wecom.CodeMissingSecret
	case r.CorpID == "":
		return wecom.CodeMissingCorpID
	}
	return nil
}

type providerTokenResponse struct {
	wecom.Envelope
	ProviderAccessToken string `json:"provider_access_token,omitzero"`
	ExpiresIn           int64  `json:"expires_in,omitzero"`
}

type preAuthResponse struct {
	wecom.Envelope
	PreAuthCode string `json:"pre_auth_code,omitzero"`
	ExpiresIn   int64  `json:"expires_in,omitzero"`
}

// The kinds of authorisations, auth_type.
const (
	formalAuth = 0
	testAuth   = 1
)

type sessionRequest struct {
	PreAuthCode string `json:"pre_auth_code"`
	SessionInfo struct {
		AppID    []int64 `json:"appid"` // of old suites with several apps
		AuthType int64   `json:"auth_type"`
	} `json:"session_info"`
}

// Validate refuses an auth_type that there is not (40058) and an appid that can
// be none (40086).
func (r sessionRequest) Validate() error {
	for _, id := range r.SessionInfo.AppID {
		if id <= 0 {
			return wecom.CodeInvalidSuiteApp
		}
	}
	if t := r.SessionInfo.AuthType; t != formalAuth && t != testAuth {
		return wecom.Errorf(wecom.CodeInvalidParameter, "body.session_info.auth_type is %d, want 0 or 1. invalid Request Parameter", t)
	}
	return nil
}

type permanentCodeRequest struct {
	AuthCode string `json:"auth_code"`
}

// Validate leaves it to the use case: an empty code is as wrong as another.
func (permanentCodeRequest) Validate() error { return nil }

type corpTokenRequest struct {
	AuthCorpID    string `json:"auth_corpid"`
	PermanentCode string `json:"permanent_code"`
}

// Validate refuses what is missing: 41025, 41002.
func (r corpTokenRequest) Validate() error {
	switch {
	case r.PermanentCode == "":
		return wecom.CodeMissingPermanent
	case r.AuthCorpID == "":
		return wecom.CodeMissingCorpID
	}
	return nil
}

// permissionsRequest has no members, and may be no body at all.
type permissionsRequest struct{}

func (*permissionsRequest) mayBeEmpty() {}

// Validate has nothing to refuse.
func (permissionsRequest) Validate() error { return nil }

type permissionsResponse struct {
	wecom.Envelope
	AppPermissions wecom.List[app.Permission] `json:"app_permissions"`
}
