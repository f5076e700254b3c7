package wecom

import (
	"context"
	"sync/atomic"
)

// impatientStore ends the wait for a TokenStore with a context even where the
// store does not: its files may be on a server that is gone. What was asked of
// it goes on by itself then, and changes nothing any more for who has left.
type impatientStore struct{ TokenStore }

// load is Load.
func (s impatientStore) load(ctx context.Context, key string) (StoredToken, error) {
	type loaded struct {
		token StoredToken
		err   error
	}
	done := make(chan loaded, 1)
	go func() {
		token, err := s.Load(ctx, key)
		done <- loaded{token, err}
	}()
	select {
	case l := <-done:
		return l.token, l.err
	case <-ctx.Done():
		return StoredToken{}, ctx.Err()
	}
}

// made is what became of the function of an update.
type made struct {
	ran   bool // false = it did not run, and will not
	token StoredToken
	err   error
}

// update is Update. It waits until waiting ends for f to begin, for f as long as
// that takes, and until ctx ends for what f made to be kept. err is how the store
// fared.
func (s impatientStore) update(waiting, ctx context.Context, key string, f func(StoredToken) (StoredToken, error)) (made, error) {
	if err := waiting.Err(); err != nil {
		return made{}, err
	}
	var (
		m     made
		taken atomic.Bool // by f, or by who gives up waiting for it
		over  = make(chan struct{})
		kept  = make(chan error, 1)
	)
	go func() {
		kept <- s.Update(waiting, key, func(was StoredToken) (StoredToken, error) {
			if taken.Swap(true) {
				return was, context.Canceled
			}
			defer close(over)
			m.ran = true
			m.token, m.err = f(was)
			return m.token, m.err
		})
	}()
	select {
	case err := <-kept:
		return m, err
	case <-waiting.Done():
	}
	if !taken.Swap(true) {
		return made{}, waiting.Err()
	}
	<-over
	select {
	case err := <-kept:
		return m, err
	case <-ctx.Done():
		return m, ctx.Err()
	}
}
