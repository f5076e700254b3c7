package wecom_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/dakahq/daka/wecom"
)

// realClock is the machine's.
type realClock struct{}

func (realClock) Now() time.Time { return time.Now() }

func (realClock) Sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// stormCorp is a server with tokens and nothing else, which gives the same
// token as long as it lives.
type stormCorp struct {
	now      func() time.Time
	delay    time.Duration // of gettoken, by the machine's clock
	gate     *gate         // for calls; nil = none
	mu       sync.Mutex
	failures int         // gettokens that fail
	tokens   []time.Time // when each ends; "token/n" is the n-th
	asked    int
}

func (f *stormCorp) start(t *testing.T) (base string) {
	t.Helper()
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	return server.URL
}

func (f *stormCorp) client(t *testing.T, opts ...wecom.Option) *wecom.Client {
	t.Helper()
	c, err := wecom.New(wecom.CorpApp("ww1", wecom.NewSecret(secretText)), opts...)
	must(t, err)
	return c
}

// revoke ends the token that lives.
func (f *stormCorp) revoke() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if n := len(f.tokens); n > 0 {
		f.tokens[n-1] = time.Time{}
	}
}

// expire ends the life of the token at once, as for a client whose clock is slow.
func (f *stormCorp) expire() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.tokens[len(f.tokens)-1] = f.now()
}

// failOnce lets the next gettoken fail.
func (f *stormCorp) failOnce() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.failures = 1
}

func (f *stormCorp) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == wecom.TokenPath {
		time.Sleep(f.delay)
		f.give(w)
		return
	}
	if f.gate != nil {
		f.gate.pass(r)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	var n int
	_, err := fmt.Sscanf(r.URL.Query().Get("access_token"), "token/%d", &n)
	switch {
	case err != nil || n < 1 || n > len(f.tokens) || f.tokens[n-1].IsZero():
		fmt.Fprint(w, `{"errcode":40014,"errmsg":"invalid access_token"}`)
	case !f.now().Before(f.tokens[n-1]):
		fmt.Fprint(w, `{"errcode":42001,"errmsg":"access_token expired"}`)
	default:
		fmt.Fprint(w, `{"errcode":0,"errmsg":"ok","list":[]}`)
	}
}

func (f *stormCorp) give(w http.ResponseWriter) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asked++
	if f.failures > 0 {
		f.failures--
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	now := f.now()
	n := len(f.tokens)
	if n == 0 || !now.Before(f.tokens[n-1]) {
		f.tokens = append(f.tokens, now.Add(2*time.Hour))
		n++
	}
	left := int64(f.tokens[n-1].Sub(now) / time.Second)
	fmt.Fprintf(w, `{"errcode":0,"errmsg":"ok","access_token":"token/%d","expires_in":%d}`, n, max(left, 1))
}
