package wecom

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/singleflight"
)

// tokens holds the one token of a source for all who call with it.
//
// A token that lives is read without a lock. When it nears its end one fetch
// looks for another while everybody goes on with it; when there is none, all
// wait for one fetch.
type tokens struct {
	source TokenSource
	held   atomic.Pointer[held] // nil = none
	flight singleflight.Group

	mu      sync.Mutex // for writing held, and for what follows
	refused refusedTokens
	failure failure
}

// held is a token in use. It is never changed, only replaced.
type held struct {
	token   Token
	expires time.Time
	until   time.Time     // when it is given up: a little early, so that none expires on its way
	due     time.Time     // when another is looked for in the background
	pause   time.Duration // before that is tried again
}

// Limits of what is called early.
const (
	maxAhead  = 5 * time.Minute
	maxMargin = 5 * time.Second
)

// hold looks ahead in the life of a token: another is due in the first half of
// its last tenth, not at the same moment for every process, and it is given up
// in the last fortieth.
func hold(s StoredToken, now time.Time) *held {
	ahead := min(s.Expires.Sub(now)/10, maxAhead)
	return &held{
		token: s.Token, expires: s.Expires,
		until: s.Expires.Add(-min(ahead/4, maxMargin)),
		due:   s.Expires.Add(-ahead + jitter(ahead/2)),
		pause: ahead / 16,
	}
}

func (h *held) lives(now time.Time) bool { return h != nil && now.Before(h.until) }

func newTokens(source TokenSource) *tokens {
	if source == nil {
		source = StaticToken(Token{})
	}
	return &tokens{source: source}
}

// Token returns the app's access_token, fetching one when there is none that
// lives. However many callers wait, one fetch is under way, of 30 s at most; a
// caller whose ctx ends leaves it to the others. It fails as Call does, and for
// a while with what the server last said where it refuses to give a token.
func (c *Client) Token(ctx context.Context) (Token, error) { return c.tokens.get(ctx, c) }

// Reject says that a server refused a token. It is not used again, unless its
// source still gives it out a minute later: the next call takes another from the
// store or fetches one. Another token, fetched since, stays.
func (c *Client) Reject(refused Token) { c.tokens.reject(refused, c.clock.Now()) }

// fetchTimeout bounds a fetch, whoever waits for it.
const fetchTimeout = 30 * time.Second

// maxFetches is how often one caller waits for tokens that are dead when they
// come.
const maxFetches = 3

func (t *tokens) get(ctx context.Context, c *Client) (Token, error) {
	for range maxFetches {
		now := c.clock.Now()
		if h := t.held.Load(); h.lives(now) {
			if !now.Before(h.due) {
				t.renewAhead(ctx, c, h)
			}
			return h.token, nil
		}
		h, err := t.wait(ctx, c)
		if err != nil {
			return Token{}, err
		}
		// It may have been refused, or its life be over, since it was fetched.
		if !t.isRefused(h.token) && c.clock.Now().Before(h.expires) {
			return h.token, nil
		}
	}
	return Token{}, &TransportError{Endpoint: TokenPath, Reason: "the tokens that come are dead already"}
}

// wait returns what the fetch under way brings, or one that it begins.
func (t *tokens) wait(ctx context.Context, c *Client) (*held, error) {
	fetched := t.flight.DoChan("", func() (any, error) {
		// Whoever asked while the last fetch was ending finds its token here.
		h := t.held.Load()
		if h.lives(c.clock.Now()) {
			return h, nil
		}
		return t.renew(ctx, c, h)
	})
	select {
	case r := <-fetched:
		if r.Err != nil {
			return nil, r.Err
		}
		return r.Val.(*held), nil
	case <-ctx.Done():
		return nil, &TransportError{Endpoint: TokenPath, Err: ctx.Err()}
	}
}

// renewAhead looks for another token than h in the background, unless somebody
// does. Where there is none, h stays for now.
func (t *tokens) renewAhead(ctx context.Context, c *Client, h *held) {
	begun := *h
	begun.due = h.expires // nobody else looks meanwhile
	if !t.swap(h, &begun) {
		return
	}
	t.flight.DoChan("", func() (any, error) {
		next, err := t.renew(ctx, c, &begun)
		if err != nil {
			later := begun
			later.due = c.clock.Now().Add(h.pause/2 + jitter(h.pause/2))
			later.pause = 2 * h.pause
			t.swap(&begun, &later)
		}
		return next, err
	})
}

// swap replaces what is held, if that is still old.
func (t *tokens) swap(old, next *held) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.held.CompareAndSwap(old, next)
}

// keep holds a token from now on, unless it has been refused.
func (t *tokens) keep(h *held) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.refused.seq(h.token) == 0 {
		t.held.Store(h)
	}
}

// reject forgets the token that failed, but not one fetched since.
func (t *tokens) reject(failed Token, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.refused.add(failed, now)
	if h := t.held.Load(); h != nil && h.token.Reveal() == failed.Reveal() {
		t.held.Store(nil)
	}
}
