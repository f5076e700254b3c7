package wecom

import (
	"context"
	"time"
)

// StaticToken is a token from elsewhere, for a program that is handed one. It is
// never fetched nor put into a TokenStore: once the server refuses it, calls
// fail with CodeInvalidToken.
func StaticToken(token Token) TokenSource { return staticToken{token} }

type staticToken struct{ token Token }

func (staticToken) Key() string { return "static" }

func (s staticToken) Fetch(context.Context, *Client) (Token, time.Duration, error) {
	if s.token.Reveal() == "" {
		return Token{}, 0, Errorf(CodeMissingToken, "the client has no access_token")
	}
	return s.token, maxLife, nil
}
