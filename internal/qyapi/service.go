package qyapi

import (
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
)

// serviceRoute is a call of a provider: it takes the token of a suite, or none,
// and no app's.
func serviceRoute(name string, call endpoint) route {
	return route{"/cgi-bin/service/" + name, kinds(), maxBody, call}
}

// open makes an endpoint of a call that takes no token at all.
func open[Req request, Resp any, P answerOf[Resp]](do func(*exchange, *Req) (P, error)) endpoint {
	return func(x *exchange) (wecom.Answer, error) {
		var req Req
		err := x.decode(&req)
		if err == nil {
			err = req.Validate()
		}
		if err != nil {
			return P(new(Resp)), err
		}
		return orEmpty(do(x, &req))
	}
}

// suitePost makes an endpoint of a call with a suite_access_token and a body.
func suitePost[Req request, Resp any, P answerOf[Resp]](do func(*exchange, *app.Suite, *Req) (P, error)) endpoint {
	return func(x *exchange) (wecom.Answer, error) {
		suite, err := x.requireSuite()
		if err != nil {
			return P(new(Resp)), err
		}
		return open(func(x *exchange, req *Req) (P, error) { return do(x, suite, req) })(x)
	}
}

// suiteGet makes an endpoint of a call with a suite_access_token alone.
func suiteGet[Resp any, P answerOf[Resp]](do func(*exchange, *app.Suite) (P, error)) endpoint {
	return func(x *exchange) (wecom.Answer, error) {
		suite, err := x.requireSuite()
		if err != nil {
			return P(new(Resp)), err
		}
		return orEmpty(do(x, suite))
	}
}

// requireSuite finds the calling suite.
func (x *exchange) requireSuite() (*app.Suite, error) {
	token := x.r.URL.Query().Get("suite_access_token")
	if token == "" {
		return nil, wecom.CodeMissingSuiteToken
	}
	suite, err := x.api.app.SuiteByToken(x.r.Context(), app.Token(token))
	return &suite, err
}

// getSuiteToken answers service/get_suite_token (document 90600).
func getSuiteToken(x *exchange, req *suiteTokenRequest) (*suiteTokenResponse, error) {
	token, life, err := x.api.app.SuiteToken(x.r.Context(), x.from(),
		app.SuiteID(req.SuiteID), app.Secret(req.SuiteSecret), app.Secret(req.SuiteTicket))
	return &suiteTokenResponse{SuiteAccessToken: token.Reveal(), ExpiresIn: life}, err
}

// getProviderToken answers service/get_provider_token (document 91200).
func getProviderToken(x *exchange, req *providerTokenRequest) (*providerTokenResponse, error) {
	token, life, err := x.api.app.ProviderToken(x.r.Context(), x.from(), attendance.CorpID(req.CorpID), app.Secret(req.ProviderSecret))
	return &providerTokenResponse{ProviderAccessToken: token.Reveal(), ExpiresIn: life}, err
}

// getPreAuthCode answers service/get_pre_auth_code (document 90601).
func getPreAuthCode(x *exchange, suite *app.Suite) (*preAuthResponse, error) {
	code, life, err := x.api.app.PreAuthCode(x.r.Context(), suite.ID)
	return &preAuthResponse{PreAuthCode: code.Reveal(), ExpiresIn: life}, err
}

// setSessionInfo answers service/set_session_info (document 90602).
func setSessionInfo(x *exchange, suite *app.Suite, req *sessionRequest) (*emptyResponse, error) {
	err := x.api.app.SetSession(x.r.Context(), suite.ID, app.Secret(req.PreAuthCode), req.SessionInfo.AuthType == testAuth)
	return &emptyResponse{}, err
}

// getCorpToken answers service/get_corp_token (document 90605).
func getCorpToken(x *exchange, suite *app.Suite, req *corpTokenRequest) (*wecom.TokenResponse, error) {
	token, life, err := x.api.app.CorpToken(x.r.Context(), x.from(), suite.ID, attendance.CorpID(req.AuthCorpID), app.Secret(req.PermanentCode))
	return &wecom.TokenResponse{AccessToken: token.Reveal(), ExpiresIn: life}, err
}
