package wecom

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"
)

// storeTimeout is how long a fetch waits for its turn at the store: for another
// process that fetches, or for a store that is out of reach.
const storeTimeout = 15 * time.Second

// renew finds a token in place of old, which may be nil, and holds it. It goes
// on when the caller that began it has left.
func (t *tokens) renew(ctx context.Context, c *Client, old *held) (*held, error) {
	if err := t.remembered(c.clock.Now()); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), fetchTimeout)
	defer cancel()
	next, err := t.another(ctx, c, old)
	if err != nil {
		t.remember(err, c.clock.Now())
		return nil, err
	}
	h := hold(next, c.clock.Now())
	t.keep(h)
	return h, nil
}

// another takes a token from the store, where another process may have left
// one, or else from the source. A store that fails is told of and done without.
func (t *tokens) another(ctx context.Context, c *Client, old *held) (StoredToken, error) {
	if _, static := t.source.(staticToken); static {
		return t.fetch(ctx, c, old)
	}
	// The token of one server is nothing to another.
	key := c.base.String() + " " + t.source.Key()
	usable := func(s StoredToken) bool {
		return s.Token.Reveal() != "" && c.clock.Now().Before(s.Expires) && !t.isRefused(s.Token) &&
			(old == nil || old.token.Reveal() != s.Token.Reveal())
	}
	store := impatientStore{c.store}
	waiting, cancel := context.WithTimeout(ctx, storeTimeout)
	defer cancel()
	got, err := store.load(waiting, key)
	if err != nil {
		c.storeFailed(fmt.Errorf("token store: load: %w", err))
	} else if usable(got) {
		return got, nil
	}
	m, err := store.update(waiting, ctx, key, func(was StoredToken) (StoredToken, error) {
		if usable(was) {
			return was, nil
		}
		return t.fetch(ctx, c, old)
	})
	if err != nil && m.err == nil {
		c.storeFailed(fmt.Errorf("token store: update: %w", err))
	}
	if !m.ran {
		return t.fetch(ctx, c, old)
	}
	return m.token, m.err
}

// fetch takes a token from the source.
func (t *tokens) fetch(ctx context.Context, c *Client, old *held) (StoredToken, error) {
	refusals := t.refusals()
	asked := c.clock.Now()
	token, life, err := t.source.Fetch(ctx, c)
	if err != nil {
		return StoredToken{}, err
	}
	if token.Reveal() == "" {
		return StoredToken{}, errors.New("token source: it returned an empty token and no error")
	}
	// One that was refused after it was asked for is for get to judge: there may
	// be another by now.
	if seq := t.refusedAs(token); seq != 0 && seq <= refusals && !t.pardoned(token, asked) {
		return StoredToken{}, Errorf(CodeInvalidToken, "the server has refused this token, and its source gives no other")
	}
	expires := asked.Round(0).Add(life) // by the wall: a machine that sleeps stops its monotonic clock
	// Within its life gettoken may hand the same token out again, and does not
	// say whether expires_in counts from now on.
	if old != nil && old.token.Reveal() == token.Reveal() && asked.Before(old.expires) && old.expires.Before(expires) {
		expires = old.expires
	}
	return StoredToken{Token: token, Expires: expires}, nil
}

// jitter returns a random duration from 0 up to below d.
func jitter(d time.Duration) time.Duration { return rand.N(max(d, 1)) }
