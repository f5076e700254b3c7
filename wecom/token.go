package wecom

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"
)

// tokens caches the one token of an app.
type tokens struct {
	source  TokenSource
	mu      sync.Mutex
	token   Token
	expires time.Time
	flight  singleflight.Group
}

func newTokens(source TokenSource) *tokens { return &tokens{source: source} }

func (t *tokens) cached(now time.Time) (Token, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.token, now.Before(t.expires)
}

func (t *tokens) set(token Token, expires time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.token, t.expires = token, expires
}

// reject forgets the token that failed, but not one fetched since.
func (t *tokens) reject(failed Token) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.token.Reveal() == failed.Reveal() {
		t.expires = time.Time{}
	}
}

// Token returns the app's access_token, fetching one when there is none or it
// is about to expire. However many callers wait, one fetch is under way; a
// caller whose ctx ends leaves it to the others.
func (c *Client) Token(ctx context.Context) (Token, error) { return c.tokens.get(ctx, c) }

func (t *tokens) get(ctx context.Context, c *Client) (Token, error) {
	if token, ok := t.cached(c.clock.Now()); ok {
		return token, nil
	}
	fetched := t.flight.DoChan("", func() (any, error) {
		// Whoever asked while the last fetch was ending finds its token here.
		if token, ok := t.cached(c.clock.Now()); ok {
			return token, nil
		}
		fetchCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), fetchTimeout)
		defer cancel()
		return t.fetch(fetchCtx, c)
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

func (t *tokens) fetch(ctx context.Context, c *Client) (Token, error) {
	asked := c.clock.Now()
	token, life, err := t.source.Fetch(ctx, c)
	if err != nil {
		return Token{}, err
	}
	// A token is given up early, so that none expires on its way.
	t.set(token, asked.Add(life-min(life/10, 5*time.Minute)))
	return token, nil
}

// Reject says that a server refused a token, so that the next call fetches
// another. A token fetched since then stays.
func (c *Client) Reject(refused Token) { c.tokens.reject(refused) }
