package wecom_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/dakahq/daka/wecom"
)

// deafStore hangs where it is told to, whatever becomes of its context, until
// it is released.
type deafStore struct {
	at      string // load, before or after what is updated
	release chan struct{}
}

func (s *deafStore) hang(at string) {
	if s.at == at {
		<-s.release
	}
}

func (s *deafStore) Load(context.Context, string) (wecom.StoredToken, error) {
	s.hang("load")
	return wecom.StoredToken{}, nil
}

func (s *deafStore) Update(_ context.Context, _ string, f func(wecom.StoredToken) (wecom.StoredToken, error)) error {
	s.hang("before")
	_, err := f(wecom.StoredToken{})
	s.hang("after")
	return err
}

// A store that hangs and does not hear that its context has ended stops nobody:
// the turn at the store is waited for for 15 s, and for the token to be kept 30 s
// at most, which is how long a fetch may take. When it goes on at last, it
// fetches nothing.
func TestStoreThatHangsStopsNobody(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		at    string
		told  int
		after time.Duration
	}{
		{"load", 2, 15 * second},
		{"before", 1, 15 * second},
		{"after", 1, 30 * second},
	} {
		t.Run(tt.at, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				store := &deafStore{tt.at, make(chan struct{})}
				told := 0
				h := newHolder(t, numbered(7200*second), wecom.WithTokenStore(store), wecom.OnTokenStoreError(func(err error) {
					if told++; !errors.Is(err, context.DeadlineExceeded) {
						t.Errorf("told %v", err)
					}
				}))
				ctx, cancel := context.WithTimeout(t.Context(), 5*second)
				defer cancel()
				if _, err := h.Token(ctx); !errors.Is(err, context.DeadlineExceeded) || time.Since(h.begun) != 5*second {
					t.Errorf("who waits 5 s has after %v: %v", time.Since(h.begun), err)
				}
				h.want(6*second, "t1", 1)
				if since := time.Since(h.begun); since != tt.after || told != tt.told {
					t.Errorf("after %v, told %d times; want %v and %d", since, told, tt.after, tt.told)
				}
				close(store.release)
				synctest.Wait()
				h.want(100*second, "t1", 1)
			})
		})
	}
}
