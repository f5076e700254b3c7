package wecom

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"time"
)

// TokenSource is how an app comes by its access_token. A Client asks it when it
// has none that lives, once whatever the number of its callers, and keeps what
// it gets. CorpApp, SuiteCorp and StaticToken return those of WeCom; a company
// that hands tokens out from one place writes its own.
type TokenSource interface {
	// Key tells the app from others in a TokenStore. It holds no secret.
	Key() string
	// Fetch returns a token and how long it lives from now on. It may call
	// through c, with Request.NoToken: any other call would wait for itself. A
	// refusal that it returns, an *Error, counts for 10 s, in which it is not
	// asked again; but CodeBusy and CodeConcurrency pass.
	Fetch(ctx context.Context, c *Client) (Token, time.Duration, error)
}

// TokenPath is where the token of an app is fetched, with TokenRequest in the
// query.
const TokenPath = "/cgi-bin/gettoken"

// TokenRequest is the query of gettoken (document 91039).
type TokenRequest struct {
	CorpID     string // corpid
	CorpSecret Secret // corpsecret
}

// Query returns r as gettoken takes it.
func (r TokenRequest) Query() url.Values {
	return url.Values{"corpid": {r.CorpID}, "corpsecret": {r.CorpSecret.Reveal()}}
}

// TokenResponse is the answer of gettoken. Unlike a Token it travels, and
// prints, in clear.
type TokenResponse struct {
	Envelope
	AccessToken string `json:"access_token,omitzero"`
	ExpiresIn   int64  `json:"expires_in,omitzero"` // seconds, normally 7200
}

// CorpApp is a self-built app of a corp, by its secret (document 91039), or one
// that a provider developed for it, by its permanent code in place of a secret
// (document 97164).
func CorpApp(corpID string, secret Secret) TokenSource {
	return corpApp{TokenRequest{corpID, secret}}
}

type corpApp struct{ TokenRequest }

func (a corpApp) Key() string { return tokenKey("app", a.CorpID, a.CorpSecret) }

func (a corpApp) Fetch(ctx context.Context, c *Client) (Token, time.Duration, error) {
	var answer TokenResponse
	err := c.Call(ctx, Request{
		Method: http.MethodGet, Path: TokenPath, Query: a.Query(),
		Repeatable: true, NoToken: true, Private: []Secret{a.CorpSecret},
	}, &answer)
	if err != nil {
		return Token{}, 0, err
	}
	return tokenOf(TokenPath, answer.AccessToken, answer.ExpiresIn)
}

// maxLife is the longest life of a token that is believed.
const maxLife = 24 * time.Hour

// tokenOf makes a token of an answer that has one.
func tokenOf(path, token string, seconds int64) (Token, time.Duration, error) {
	if token == "" || seconds <= 0 {
		return Token{}, 0, &TransportError{Endpoint: path, Status: http.StatusOK, Reason: "the answer has no token or no expires_in"}
	}
	return NewToken(token), time.Duration(min(seconds, int64(maxLife/time.Second))) * time.Second, nil
}

// tokenKey names the token of a credential. The secret goes in as a hash, which
// tells the credentials of one id apart and nothing else.
func tokenKey(kind, id string, secret Secret) string {
	sum := sha256.Sum256([]byte("daka token\x00" + kind + "\x00" + id + "\x00" + secret.Reveal()))
	return kind + " " + id + " " + hex.EncodeToString(sum[:8])
}
