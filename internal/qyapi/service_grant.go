package qyapi

import (
	"context"
	"errors"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
)

// permanentCodeResponse answers v2/get_permanent_code.
type permanentCodeResponse struct {
	wecom.Envelope
	PermanentCode string    `json:"permanent_code,omitzero"`
	AuthCorpInfo  *authCorp `json:"auth_corp_info,omitempty"`
	AuthUserInfo  *authUser `json:"auth_user_info,omitempty"`
	State         string    `json:"state,omitzero"`
}

type authCorp struct {
	CorpID   string `json:"corpid"`
	CorpName string `json:"corp_name"`
}

type authUser struct {
	UserID     string `json:"userid"`
	OpenUserID string `json:"open_userid"`
	Name       string `json:"name"`
	Avatar     string `json:"avatar"`
}

// permanentCodeV1Response answers the older get_permanent_code.
type permanentCodeV1Response struct {
	wecom.Envelope
	AccessToken   string      `json:"access_token,omitzero"`
	ExpiresIn     int64       `json:"expires_in,omitzero"`
	PermanentCode string      `json:"permanent_code,omitzero"`
	AuthCorpInfo  *authCorpV1 `json:"auth_corp_info,omitempty"`
	AuthInfo      *authInfo   `json:"auth_info,omitempty"`
	AuthUserInfo  *authUser   `json:"auth_user_info,omitempty"`
}

// authCorpV1 is a corporation in full. What daka does not know of it is empty.
type authCorpV1 struct {
	authCorp
	CorpType          string `json:"corp_type"`
	CorpSquareLogoURL string `json:"corp_square_logo_url"`
	CorpUserMax       int64  `json:"corp_user_max"`
	CorpAgentMax      int64  `json:"corp_agent_max"`
	CorpFullName      string `json:"corp_full_name"`
	VerifiedEndTime   int64  `json:"verified_end_time"`
	SubjectType       int64  `json:"subject_type"`
	CorpWXQRCode      string `json:"corp_wxqrcode"`
	CorpScale         string `json:"corp_scale"`
	CorpIndustry      string `json:"corp_industry"`
	CorpSubIndustry   string `json:"corp_sub_industry"`
	Location          string `json:"location"`
	AuthType          int64  `json:"auth_type"`
}

type authInfo struct {
	Agent wecom.List[authAgent] `json:"agent"`
}

type authAgent struct {
	AgentID       int64     `json:"agentid"`
	Name          string    `json:"name"`
	RoundLogoURL  string    `json:"round_logo_url"`
	SquareLogoURL string    `json:"square_logo_url"`
	AppID         int64     `json:"appid"`
	AuthMode      int64     `json:"auth_mode"`
	Privilege     privilege `json:"privilege"`
}

type privilege struct {
	Level      int64                         `json:"level"`
	AllowParty wecom.List[attendance.DeptID] `json:"allow_party"`
	AllowUser  wecom.List[attendance.UserID] `json:"allow_user"`
	AllowTag   wecom.List[attendance.TagID]  `json:"allow_tag"`
	ExtraParty wecom.List[int64]             `json:"extra_party"`
	ExtraUser  wecom.List[string]            `json:"extra_user"`
	ExtraTag   wecom.List[int64]             `json:"extra_tag"`
}

// getPermanentCode answers service/v2/get_permanent_code (document 100776).
func getPermanentCode(x *exchange, suite *app.Suite, req *permanentCodeRequest) (*permanentCodeResponse, error) {
	g, err := x.api.app.PermanentCode(x.r.Context(), suite.ID, app.Secret(req.AuthCode))
	if err != nil {
		return nil, err
	}
	return &permanentCodeResponse{
		PermanentCode: g.PermanentCode.Reveal(), AuthCorpInfo: authCorpOf(g), AuthUserInfo: authUserOf(g), State: g.State,
	}, nil
}

// getPermanentCodeV1 answers service/get_permanent_code (document 90603). A
// provider-developed app has no access token in it: that comes from gettoken.
func getPermanentCodeV1(x *exchange, suite *app.Suite, req *permanentCodeRequest) (*permanentCodeV1Response, error) {
	g, err := x.api.app.PermanentCode(x.r.Context(), suite.ID, app.Secret(req.AuthCode))
	if err != nil {
		return nil, err
	}
	answer := &permanentCodeV1Response{
		PermanentCode: g.PermanentCode.Reveal(), AuthUserInfo: authUserOf(g),
		AuthCorpInfo: &authCorpV1{authCorp: *authCorpOf(g), CorpFullName: g.Corp.Name, AuthType: formalAuth},
		AuthInfo:     &authInfo{Agent: wecom.List[authAgent]{authAgentOf(g)}},
	}
	if g.Test {
		answer.AuthCorpInfo.AuthType = testAuth
	}
	if g.Kind == app.SuiteApp {
		token, life, err := x.api.app.CorpToken(x.r.Context(), x.from(), suite.ID, g.Corp.ID, g.PermanentCode)
		switch {
		case err == nil:
			answer.AccessToken, answer.ExpiresIn = token.Reveal(), life
		case !errors.Is(err, app.ErrUntrusted) && !errors.Is(err, app.ErrBanned):
			return nil, err
		} // the auth_code is spent: the permanent code must not be lost for the token's sake
	}
	return answer, nil
}

func authCorpOf(g *app.Grant) *authCorp { return &authCorp{string(g.Corp.ID), g.Corp.Name} }

// authUserOf is nil where it was not said who authorises. A userid is its own
// open_userid.
func authUserOf(g *app.Grant) *authUser {
	if g.User == "" {
		return nil
	}
	return &authUser{UserID: string(g.User), OpenUserID: string(g.User), Name: g.UserName}
}

func authAgentOf(g *app.Grant) authAgent {
	r := g.Access.Range
	if r.Everybody() {
		r.Depts = []attendance.DeptID{attendance.RootDept}
	}
	return authAgent{
		AgentID: g.Agent, Name: g.Name, AppID: 1,
		Privilege: privilege{Level: 1, AllowParty: r.Depts, AllowUser: r.Users, AllowTag: r.Tags},
	}
}

// getPermissions answers agent/get_permissions (document 99052).
func getPermissions(_ *API, _ context.Context, c *app.Caller, _ *permissionsRequest) (*permissionsResponse, error) {
	return &permissionsResponse{AppPermissions: c.Permissions()}, nil
}
