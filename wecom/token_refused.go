package wecom

import (
	"errors"
	"time"
)

// maxRefused is how many refused tokens are remembered: far more than a server
// lets an app have at a time.
const maxRefused = 64

// pardonTime is how long after its refusal a token is taken again from the
// source. Who gives a token out then knows better: one that was refused by
// mistake would stop the app for the rest of its life otherwise.
const pardonTime = 60 * time.Second

// refusedTokens are the latest tokens that a server refused.
type refusedTokens struct {
	list []refusedToken
	last int // how many there have been
}

type refusedToken struct {
	Token
	at time.Time
}

// add remembers a token.
func (r *refusedTokens) add(t Token, at time.Time) {
	if t.Reveal() == "" || r.seq(t) != 0 {
		return
	}
	r.last++
	if len(r.list) < maxRefused {
		r.list = append(r.list, refusedToken{t, at})
	} else {
		r.list[(r.last-1)%maxRefused] = refusedToken{t, at}
	}
}

// seq returns the place of a token among all that were refused, from 1 on; 0 is
// that it was not.
func (r *refusedTokens) seq(t Token) int {
	for i, other := range r.list {
		if other.Reveal() == t.Reveal() {
			return r.last - (r.last-1-i)%maxRefused
		}
	}
	return 0
}

// pardon forgets the refusal of a token that was asked for long after it. One
// from after that is of a clock that has been turned back.
func (r *refusedTokens) pardon(t Token, asked time.Time) bool {
	for i, other := range r.list {
		if since := asked.Sub(other.at); other.Reveal() == t.Reveal() && (since < 0 || since >= pardonTime) {
			r.list[i] = refusedToken{}
			return true
		}
	}
	return false
}

// pardoned reports whether a source may give a token that was refused.
func (t *tokens) pardoned(token Token, asked time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.refused.pardon(token, asked)
}

// refusals returns how many tokens have been refused.
func (t *tokens) refusals() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.refused.last
}

// refusedAs returns the place of a token among the refused, or 0.
func (t *tokens) refusedAs(token Token) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.refused.seq(token)
}

func (t *tokens) isRefused(token Token) bool { return t.refusedAs(token) != 0 }

// refusalTime is how long a server that refuses to give a token is not asked
// again: many wrong secrets ban an address for an hour.
const refusalTime = 10 * time.Second

// failure is the last refusal to give a token.
type failure struct {
	err error
	at  time.Time
}

// remember keeps a refusal that asking again at once would not change.
func (t *tokens) remember(err error, now time.Time) {
	if _, refused := errors.AsType[*Error](err); !refused || errors.Is(err, CodeBusy) || errors.Is(err, CodeConcurrency) {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.failure = failure{err, now}
}

// remembered returns the refusal that still counts. One from after now is of a
// clock that has been turned back.
func (t *tokens) remembered(now time.Time) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if f := t.failure; f.err != nil && !now.Before(f.at) && now.Before(f.at.Add(refusalTime)) {
		return f.err
	}
	return nil
}
