package wecom

import (
	"context"
	"net/http"
	"net/url"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"
)

// TokenPath is where tokens are fetched, with TokenRequest in the query.
const TokenPath = "/cgi-bin/gettoken"

// TokenRequest is the query of gettoken (document 91039).
type TokenRequest struct {
	CorpID     string // corpid
	CorpSecret Secret // corpsecret
}

// TokenResponse is the answer of gettoken. Unlike a Token it travels, and
// prints, in clear.
type TokenResponse struct {
	Envelope
	AccessToken string `json:"access_token,omitzero"`
	ExpiresIn   int64  `json:"expires_in,omitzero"` // seconds, normally 7200
}

// Query returns r as gettoken takes it.
func (r TokenRequest) Query() url.Values {
	return url.Values{"corpid": {r.CorpID}, "corpsecret": {r.CorpSecret.Reveal()}}
}

// tokens caches the one token of an app.
type tokens struct {
	mu      sync.Mutex
	token   Token
	expires time.Time
	flight  singleflight.Group
}

func (t *tokens) get(now time.Time) (Token, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.token, now.Before(t.expires)
}

func (t *tokens) set(token Token, expires time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.token, t.expires = token, expires
}

// drop forgets the token that failed, but not one fetched since.
func (t *tokens) drop(failed Token) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.token.Reveal() == failed.Reveal() {
		t.expires = time.Time{}
	}
}

// Token returns the app's access_token, fetching one (document 91039) when
// there is none or it is about to expire. However many callers wait, one fetch
// is under way; a caller whose ctx ends leaves it to the others.
func (c *Client) Token(ctx context.Context) (Token, error) {
	if token, ok := c.tokens.get(c.now()); ok {
		return token, nil
	}
	fetched := c.tokens.flight.DoChan("", func() (any, error) {
		// Whoever asked while the last fetch was ending finds its token here.
		if token, ok := c.tokens.get(c.now()); ok {
			return token, nil
		}
		fetchCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), fetchTimeout)
		defer cancel()
		return c.fetchToken(fetchCtx)
	})
	select {
	case r := <-fetched:
		if r.Err != nil {
			return Token{}, r.Err
		}
		return r.Val.(Token), nil
	case <-ctx.Done():
		return Token{}, &TransportError{Endpoint: TokenPath, Err: ctx.Err()}
	}
}

const fetchTimeout = 30 * time.Second

func (c *Client) fetchToken(ctx context.Context) (Token, error) {
	asked := c.now()
	query := TokenRequest{CorpID: c.corpID, CorpSecret: c.secret}.Query()
	var answer TokenResponse
	if err := c.send(ctx, http.MethodGet, TokenPath, query, nil, &answer); err != nil {
		return Token{}, err
	}
	if answer.AccessToken == "" || answer.ExpiresIn <= 0 {
		return Token{}, &TransportError{Endpoint: TokenPath, Status: http.StatusOK, Reason: "the answer has no access_token or expires_in"}
	}
	token := NewToken(answer.AccessToken)
	life := time.Duration(min(answer.ExpiresIn, 86_400)) * time.Second
	// A token is given up early, so that none expires on its way.
	c.tokens.set(token, asked.Add(life-min(life/10, 5*time.Minute)))
	return token, nil
}

// Forget gives up a token that a server refused, so that the next call fetches
// another. A token fetched since then stays.
func (c *Client) Forget(refused Token) { c.tokens.drop(refused) }
