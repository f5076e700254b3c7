package wecom

import (
	"context"
	"net/http"
	"time"
)

// PreAuthCode begins an authorisation: it returns a code for the link that an
// administrator follows, and how long it counts, normally twenty minutes
// (document 90601). It fails as Call does.
func (s *Suite) PreAuthCode(ctx context.Context, c *Client) (code Secret, life time.Duration, err error) {
	const path = "/cgi-bin/service/get_pre_auth_code"
	var answer struct {
		Envelope
		PreAuthCode string `json:"pre_auth_code"`
		ExpiresIn   int64  `json:"expires_in"`
	}
	if err := s.Call(ctx, c, Request{Method: http.MethodGet, Path: path, Repeatable: true}, &answer); err != nil {
		return Secret{}, 0, err
	}
	if answer.PreAuthCode == "" {
		return Secret{}, 0, &TransportError{Endpoint: path, Status: http.StatusOK, Reason: "the answer has no pre_auth_code"}
	}
	return NewSecret(answer.PreAuthCode), time.Duration(answer.ExpiresIn) * time.Second, nil
}

// Session is how an authorisation goes on.
type Session struct {
	AppID    []int64 `json:"appid,omitempty"` // of old suites with several apps; none = all
	AuthType int64   `json:"auth_type"`       // 0 formal, 1 test: before the app is published
}

// SetSession says how the authorisation that a pre_auth_code begins goes on
// (document 90602). It fails with CodeInvalidPreAuthCode or CodeExpiredPreAuthCode
// for a code that does not count.
func (s *Suite) SetSession(ctx context.Context, c *Client, preAuthCode Secret, session Session) error {
	body := struct {
		PreAuthCode string  `json:"pre_auth_code"`
		SessionInfo Session `json:"session_info"`
	}{preAuthCode.Reveal(), session}
	return s.Call(ctx, c, Request{
		Path: "/cgi-bin/service/set_session_info", Body: body, Repeatable: true, Private: []Secret{preAuthCode},
	}, &Envelope{})
}

// Grant is what a corp has authorised.
type Grant struct {
	// PermanentCode is the credential of the suite in the corp: for SuiteCorp, or
	// for CorpApp where the provider developed the app for the corp. It is told
	// once and must be kept.
	PermanentCode Secret
	Corp          GrantCorp
	User          GrantUser     // who authorised; may be empty, as may each member
	Register      GrantRegister // empty unless installed through a promotion code
	State         string        // what the provider gave to the link
}

// GrantCorp is a corp that has authorised a suite.
type GrantCorp struct {
	CorpID string `json:"corpid"`
	Name   string `json:"corp_name"`
}

// GrantUser is the administrator who authorised a suite.
type GrantUser struct {
	UserID     string `json:"userid"`
	OpenUserID string `json:"open_userid"`
	Name       string `json:"name"`
	Avatar     string `json:"avatar"` // a URL
}

// GrantRegister is the promotion through which a suite was installed.
type GrantRegister struct {
	Code       string `json:"register_code"`
	TemplateID string `json:"template_id"`
	State      string `json:"state"`
}

// PermanentCode spends the auth_code of a CreateAuth, a ResetPermanentCode or a
// redirect (document 100776, v2). It fails with CodeInvalidAuthCode for one that
// is spent or too old. The call is not repeated when its answer is lost: the
// code may be spent by then, and the corp has to authorise again.
func (s *Suite) PermanentCode(ctx context.Context, c *Client, authCode Secret) (*Grant, error) {
	const path = "/cgi-bin/service/v2/get_permanent_code"
	var answer struct {
		Envelope
		PermanentCode string        `json:"permanent_code"`
		Corp          GrantCorp     `json:"auth_corp_info"`
		User          GrantUser     `json:"auth_user_info"`
		Register      GrantRegister `json:"register_code_info"`
		State         string        `json:"state"`
	}
	body := map[string]string{"auth_code": authCode.Reveal()}
	if err := s.Call(ctx, c, Request{Path: path, Body: body, Private: []Secret{authCode}}, &answer); err != nil {
		return nil, err
	}
	if answer.PermanentCode == "" || answer.Corp.CorpID == "" {
		return nil, &TransportError{Endpoint: path, Status: http.StatusOK, Reason: "the answer has no permanent_code or no corpid"}
	}
	return &Grant{NewSecret(answer.PermanentCode), answer.Corp, answer.User, answer.Register, answer.State}, nil
}
