package wecom_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/dakatest"
	"github.com/dakahq/daka/internal/rig"
	"github.com/dakahq/daka/wecom"
)

// A storm is many calls at once that all meet the same trouble with their
// token. Of each the same is wanted: every call succeeds, as many tokens are
// fetched as have ended, and no call carries a token known to be dead. Known is
// what a call that has returned was refused for, or whose life is over by the
// clock: no call that begins later may be sent with it, and no call twice.

// gate lets the calls of a storm go on once all of them are on their way, after
// the event that they are to meet.
type gate struct {
	mu    sync.Mutex
	left  int
	event func()
	open  chan struct{}
}

func newGate(calls int, event func()) *gate {
	return &gate{left: calls, event: event, open: make(chan struct{})}
}

func (g *gate) pass(r *http.Request) {
	g.mu.Lock()
	if g.left--; g.left == 0 {
		g.event()
		close(g.open)
	}
	g.mu.Unlock()
	select {
	case <-g.open:
	case <-r.Context().Done():
	}
}

// watch is the transport of a client in a storm.
type watch struct {
	*testing.T
	next  http.RoundTripper
	clock wecom.Clock
	gate  *gate // nil = none
	// shared says that other processes fetch tokens too, whose lives the watch
	// does not know.
	shared bool

	mu      sync.Mutex
	given   int                  // tokens that gettoken gave
	asked   int                  // gettokens sent
	ends    map[string]time.Time // of each token
	dead    map[string]bool      // known to be
	deadFor map[string][]string  // by call: those known when it began
	sent    map[string][]string  // by call: the tokens it was sent with
}

func newWatch(t *testing.T, next http.RoundTripper, clock wecom.Clock) *watch {
	return &watch{
		T: t, next: next, clock: clock, ends: map[string]time.Time{},
		dead: map[string]bool{}, deadFor: map[string][]string{}, sent: map[string][]string{},
	}
}

func (w *watch) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Path == wecom.TokenPath {
		return w.fetch(r)
	}
	w.check(r.URL.Query().Get("call"), r.URL.Query().Get("access_token"))
	if w.gate != nil {
		w.gate.pass(r)
	}
	return w.next.RoundTrip(r)
}

// check is done as a call is sent.
func (w *watch) check(call, token string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case slices.Contains(w.sent[call], token):
		w.Errorf("call %s is sent again with the token that it was refused for", call)
	case slices.Contains(w.deadFor[call], token):
		w.Errorf("call %s is sent with a token that an earlier call was refused for", call)
	case !w.shared && !w.clock.Now().Before(w.ends[token]):
		w.Errorf("call %s is sent with a token whose life is over", call)
	}
	w.sent[call] = append(w.sent[call], token)
}

// fetch passes a gettoken on and notes what it gives.
func (w *watch) fetch(r *http.Request) (*http.Response, error) {
	w.mu.Lock()
	w.asked++
	w.mu.Unlock()
	asked := w.clock.Now()
	resp, err := w.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	if err := resp.Body.Close(); err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(text))
	var answer wecom.TokenResponse
	if resp.StatusCode == http.StatusOK && json.Unmarshal(text, &answer) == nil && answer.AccessToken != "" {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.given++
		w.ends[answer.AccessToken] = asked.Add(time.Duration(answer.ExpiresIn) * time.Second)
	}
	return resp, nil
}

// calls makes calls at once, each named after its round.
func (w *watch) calls(c *wecom.Client, round string, n int) {
	w.Helper()
	var group sync.WaitGroup
	for i := range n {
		group.Go(func() {
			call := fmt.Sprintf("%s-%d", round, i)
			w.mu.Lock()
			for token := range w.dead {
				w.deadFor[call] = append(w.deadFor[call], token)
			}
			w.mu.Unlock()
			err := c.Get(w.Context(), "/cgi-bin/user/get", url.Values{"userid": {"zhangsan"}, "call": {call}}, &listAnswer{})
			if err != nil {
				w.Errorf("call %s: %v", call, err)
			}
			w.mu.Lock()
			defer w.mu.Unlock()
			if tokens := w.sent[call]; len(tokens) > 1 {
				w.dead[tokens[0]] = true // it was refused, or there would be no other
			}
		})
	}
	group.Wait()
}

// stormServer is what a storm breaks over.
type stormServer struct {
	transport http.RoundTripper
	clock     wecom.Clock
	client    func(*http.Client) *wecom.Client
	revoke    func()
	expire    func() // lets the time pass that every token lives
	slow      func() // gettoken
	failOnce  func() // gettoken
}

// clockScale is how much faster than the machine's a storm's clock runs, for
// pauses to be short.
const clockScale = 20

func onFake(t *testing.T) *stormServer {
	clock := rig.NewClock(nil)
	must(t, clock.SetScale(clockScale))
	f := &stormCorp{now: clock.Now}
	base := f.start(t)
	return &stormServer{
		transport: http.DefaultTransport, clock: clock, revoke: f.revoke,
		client: func(h *http.Client) *wecom.Client {
			return f.client(t, wecom.WithBaseURL(base), wecom.WithHTTPClient(h), wecom.WithClock(clock))
		},
		expire:   func() { must(t, clock.Advance(t.Context(), 2*time.Hour)) },
		slow:     func() { f.delay = 300 * time.Millisecond },
		failOnce: f.failOnce,
	}
}

func onDaka(t *testing.T) *stormServer {
	srv := dakatest.NewServer(t)
	srv.Clock.Scale(clockScale)
	srv.Members("zhangsan")
	transport := &http.Transport{MaxIdleConnsPerHost: 64}
	t.Cleanup(transport.CloseIdleConnections)
	return &stormServer{
		transport: transport, clock: srv.Clock, revoke: srv.Revoke,
		client: func(h *http.Client) *wecom.Client {
			c, err := srv.Client(srv.App).With(wecom.WithHTTPClient(h), wecom.WithRetry(wecom.Retry{}), wecom.WithLimiter(wecom.NewLimiter()))
			must(t, err)
			return c
		},
		expire: func() { srv.Clock.Advance(2 * time.Hour) },
		slow:   func() { srv.Fail(admin.Fault{Kind: admin.FaultDelay, Endpoint: "gettoken", Millis: 300}) },
		failOnce: func() {
			srv.Fail(admin.Fault{Kind: admin.FaultBadGateway, Endpoint: "gettoken", Times: 1})
		},
	}
}

// stormCase is a trouble to meet.
type stormCase struct {
	name   string
	before func(*stormServer)
	first  bool               // the storm finds a token that lives
	event  func(*stormServer) // on the way of all its calls
	given  int                // tokens in all
	asked  int                // gettokens in all
}

// A storm of 1,000 calls goes over daka too for one of the troubles; DAKA_FULL
// makes it all of them. With -short it is one of 200.
func TestStorms(t *testing.T) {
	t.Parallel()
	nothing := func(*stormServer) {}
	most := 1000
	if testing.Short() {
		most = 200
	}
	for _, tt := range []stormCase{
		{"no token yet", nothing, false, nil, 1, 1},
		{"revoked on their way", nothing, true, func(s *stormServer) { s.revoke() }, 2, 2},
		{"expired on their way", nothing, true, func(s *stormServer) { s.expire() }, 2, 2},
		{"slow gettoken", func(s *stormServer) { s.slow() }, false, nil, 1, 1},
		{"revoked, slow gettoken", func(s *stormServer) { s.slow() }, true, func(s *stormServer) { s.revoke() }, 2, 2},
		{"gettoken fails once", func(s *stormServer) { s.failOnce() }, false, nil, 1, 2},
		{"revoked, gettoken fails once", nothing, true, func(s *stormServer) { s.failOnce(); s.revoke() }, 2, 3},
	} {
		tt.run(t, "fake", onFake, 32)
		tt.run(t, "fake", onFake, most)
		tt.run(t, "daka", onDaka, 32)
		if tt.name == "revoked on their way" || os.Getenv("DAKA_FULL") != "" {
			tt.run(t, "daka", onDaka, most)
		}
	}
}

func (tt stormCase) run(t *testing.T, server string, on func(*testing.T) *stormServer, n int) {
	t.Run(fmt.Sprintf("%s/%s/%d", tt.name, server, n), func(t *testing.T) {
		t.Parallel()
		s := on(t)
		tt.before(s)
		w := newWatch(t, s.transport, s.clock)
		c := s.client(&http.Client{Transport: w, Timeout: time.Minute})
		if tt.first {
			w.calls(c, "before", 1)
		}
		if tt.event != nil {
			w.gate = newGate(n, func() { tt.event(s) })
		}
		w.calls(c, "storm", n)
		w.calls(c, "after", 32)
		if w.given != tt.given || w.asked != tt.asked {
			t.Errorf("%d gettokens gave %d tokens, want %d and %d", w.asked, w.given, tt.asked, tt.given)
		}
	})
}

// Storm after storm, with a revocation at any moment of each: every token that
// ended is replaced by one. A call may meet one revocation; so the next comes
// when the last is known.
func TestStormOfRevocations(t *testing.T) {
	t.Parallel()
	revocations := 20
	if testing.Short() {
		revocations = 5 // one for each pause before it
	}
	f := &stormCorp{now: time.Now}
	base := f.start(t)
	w := newWatch(t, http.DefaultTransport, realClock{})
	c := f.client(t, wecom.WithBaseURL(base), wecom.WithHTTPClient(&http.Client{Transport: w}))
	w.calls(c, "first", 1)
	for n := range revocations {
		var group sync.WaitGroup
		for part := range 4 {
			group.Go(func() { w.calls(c, fmt.Sprintf("%d-%d", n, part), 32) })
		}
		time.Sleep(time.Duration(n%5) * time.Millisecond)
		f.revoke()
		group.Wait()
		w.calls(c, fmt.Sprintf("%d-last", n), 1)
	}
	if w.given != 1+revocations || w.asked != w.given {
		t.Errorf("%d gettokens gave %d tokens, want %d", w.asked, w.given, 1+revocations)
	}
}
