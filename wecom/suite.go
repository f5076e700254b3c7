package wecom

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"time"
)

// Suite is a provider's app (第三方应用 or 代开发应用模板) by its own
// credential. Its suite_access_token is fetched once for all corps that use
// the app. It is safe for concurrent use.
type Suite struct {
	id      string
	secret  Secret
	tickets TicketSource
	tokens  *tokens
}

// TicketSource has the suite_ticket that WeCom pushes every ten minutes and
// that counts for half an hour (document 90628).
type TicketSource interface {
	// Ticket returns the newest. It fails when none is known that still counts.
	Ticket(ctx context.Context) (Secret, error)
}

// NewSuite returns the suite with an id, its secret and its tickets.
func NewSuite(suiteID string, secret Secret, tickets TicketSource) *Suite {
	s := &Suite{id: suiteID, secret: secret, tickets: tickets}
	s.tokens = newTokens(suiteToken{s})
	return s
}

// Call makes a call of the suite's own through c, of which it takes server,
// clock and limits: with suite_access_token in the query, and no access_token.
// It is made once more with another token when it was refused because the
// suite's was dead. It fails as Client.Call does, and as TicketSource.
func (s *Suite) Call(ctx context.Context, c *Client, r Request, answer any) error {
	for replayed := false; ; replayed = true {
		token, err := s.tokens.get(ctx, c)
		if err != nil {
			return err
		}
		call := r
		call.NoToken = true
		call.Query = url.Values{}
		maps.Copy(call.Query, r.Query)
		call.Query.Set("suite_access_token", token.Reveal())
		call.Private = append([]Secret{Secret(token)}, r.Private...)
		err = c.Call(ctx, call, answer)
		if !isDeadSuiteToken(err) {
			return err
		}
		s.tokens.reject(token, c.clock.Now())
		if replayed {
			return err
		}
	}
}

func isDeadSuiteToken(err error) bool {
	return isDeadToken(err) || errors.Is(err, CodeInvalidSuiteToken) || errors.Is(err, CodeExpiredSuiteToken)
}

// suiteToken is where a suite's own token comes from.
type suiteToken struct{ *Suite }

func (s suiteToken) Key() string { return tokenKey("suite", s.id, s.secret) }

// Fetch calls service/get_suite_token (document 90600).
func (s suiteToken) Fetch(ctx context.Context, c *Client) (Token, time.Duration, error) {
	const path = "/cgi-bin/service/get_suite_token"
	ticket, err := s.tickets.Ticket(ctx)
	if err != nil {
		return Token{}, 0, fmt.Errorf("suite %s: suite_ticket: %w", s.id, err)
	}
	var answer struct {
		Envelope
		SuiteAccessToken string `json:"suite_access_token"`
		ExpiresIn        int64  `json:"expires_in"`
	}
	err = c.Call(ctx, Request{
		Method: http.MethodPost, Path: path, Repeatable: true, NoToken: true, Private: []Secret{s.secret, ticket},
		Body: map[string]string{"suite_id": s.id, "suite_secret": s.secret.Reveal(), "suite_ticket": ticket.Reveal()},
	}, &answer)
	if err != nil {
		return Token{}, 0, err
	}
	return tokenOf(path, answer.SuiteAccessToken, answer.ExpiresIn)
}

// SuiteCorp is a third-party app in a corp that has authorised it, by the
// permanent code that it got from that (document 90605). A provider-developed
// app (代开发) has a permanent code too, which goes to CorpApp.
func SuiteCorp(suite *Suite, corpID string, permanentCode Secret) TokenSource {
	return suiteCorp{suite, corpID, permanentCode}
}

type suiteCorp struct {
	suite         *Suite
	corpID        string
	permanentCode Secret
}

func (s suiteCorp) Key() string { return tokenKey("suite "+s.suite.id, s.corpID, s.permanentCode) }

// Fetch calls service/get_corp_token.
func (s suiteCorp) Fetch(ctx context.Context, c *Client) (Token, time.Duration, error) {
	const path = "/cgi-bin/service/get_corp_token"
	var answer TokenResponse
	err := s.suite.Call(ctx, c, Request{
		Method: http.MethodPost, Path: path, Repeatable: true, Private: []Secret{s.permanentCode},
		Body: map[string]string{"auth_corpid": s.corpID, "permanent_code": s.permanentCode.Reveal()},
	}, &answer)
	if err != nil {
		return Token{}, 0, err
	}
	return tokenOf(path, answer.AccessToken, answer.ExpiresIn)
}
