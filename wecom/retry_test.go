package wecom_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/dakahq/daka/wecom"
)

// jumpClock is a clock on which every wait is over at once. It is for one call
// after the other.
type jumpClock struct {
	mu     sync.Mutex
	now    time.Time
	sleeps []time.Duration
}

func newJumpClock() *jumpClock { return &jumpClock{now: time.Unix(1_700_000_000, 0)} }

func (c *jumpClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *jumpClock) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if d > 0 {
		c.now = c.now.Add(d)
		c.sleeps = append(c.sleeps, d)
	}
	return ctx.Err()
}

// sent returns the calls that came in, whether or not they were answered.
func (f *fakeCorp) sent() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.calls)
}

// script answers one call after the other, and the last way for ever.
func script(answers ...http.HandlerFunc) http.HandlerFunc {
	n := -1
	return func(w http.ResponseWriter, r *http.Request) {
		n = min(n+1, len(answers)-1)
		answers[n](w, r)
	}
}

func says(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, text) }
}

func refuses(code wecom.Code) http.HandlerFunc {
	return says(fmt.Sprintf(`{"errcode":%d,"errmsg":"no"}`, code))
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

var fine = says(`{"list":["a"]}`)

func reset(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

func half(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "100")
	fmt.Fprint(w, `{"list":["a"`)
}

// What fails for a while is made again if it may be; what stands is not.
func TestRepeats(t *testing.T) {
	t.Parallel()
	const never, reads, always = 1, 2, 3
	tests := []struct {
		name   string
		answer http.HandlerFunc
		again  int
	}{
		{"-1", refuses(wecom.CodeBusy), reads},
		{"301022 try again", refuses(wecom.CodeCheckinSystem), reads},
		{"301026 try again", refuses(wecom.CodeApprovalSystem), reads},
		{"301064 try again", refuses(wecom.CodeVacationSystem), reads},
		{"301070 try again later", refuses(wecom.CodeCheckinRetry), reads},
		{"45033", refuses(wecom.CodeConcurrency), always},
		{"500", status(500), reads},
		{"502", status(502), reads},
		{"503", status(503), reads},
		{"429", status(429), reads},
		{"reset", reset, reads},
		{"half body", half, reads},
		{"HTML", says("<html>"), reads},
		{"cut", says(`{"list":["a"`), reads},
		{"empty", says(""), reads},
		{"45009", refuses(wecom.CodeRateLimit), always},
		{"48002", refuses(wecom.CodeForbiddenAPI), never},
		{"301021", refuses(wecom.CodeCheckinUser), never},
		{"45036", refuses(wecom.CodeAbnormalTraffic), never},
		{"404", status(404), never},
		{"301", status(301), never},
		{"another type", says(`{"list":{}}`), never},
	}
	for _, tt := range tests {
		for _, call := range []struct {
			name       string
			repeatable bool
			ctx        context.Context
			req        wecom.Request
		}{
			{"read", true, t.Context(), wecom.Request{Repeatable: true}},
			{"write", false, t.Context(), wecom.Request{}},
			{"write with GET", false, t.Context(), wecom.Request{Method: http.MethodGet}},
			{"write that is allowed", true, wecom.AllowRepeats(t.Context()), wecom.Request{}},
		} {
			t.Run(tt.name+" "+call.name, func(t *testing.T) {
				t.Parallel()
				f := &fakeCorp{answer: script(tt.answer, fine)}
				c := f.start(t, wecom.WithClock(newJumpClock()))
				call.req.Path, call.req.Body = "/cgi-bin/x", map[string]int{"n": 1}
				err := c.Call(call.ctx, call.req, &listAnswer{})
				again := tt.again == always || tt.again == reads && call.repeatable
				if (err == nil) != again || len(f.sent()) != map[bool]int{true: 2, false: 1}[again] {
					t.Errorf("%d calls, %v", len(f.sent()), err)
				}
				for _, sent := range f.sent() {
					if !strings.HasSuffix(sent, `/cgi-bin/x {"n":1}`) && call.req.Method == "" {
						t.Errorf("sent %s", sent)
					}
				}
			})
		}
	}
}

// The documents allow three repeats. The pauses are random up to 0.5 s, 1 s and
// 2 s; the error is the last.
func TestRepeatsEnd(t *testing.T) {
	t.Parallel()
	busy := refuses(wecom.CodeBusy)
	for _, tt := range []struct {
		name  string
		retry wecom.Retry
		sends int
		most  []time.Duration // pauses
	}{
		{"by default", wecom.Retry{}, 4, []time.Duration{time.Second / 2, time.Second, 2 * time.Second}},
		{"once", wecom.Retry{Sends: 1}, 1, nil},
		{"capped", wecom.Retry{Sends: 5, First: 4 * time.Second, Longest: 10 * time.Second}, 5,
			[]time.Duration{4 * time.Second, 8 * time.Second, 10 * time.Second, 10 * time.Second}},
		{"at once", wecom.Retry{Sends: 40, Longest: 1}, 40, make([]time.Duration, 39)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := &fakeCorp{answer: script(status(502), busy)}
			clock := newJumpClock()
			err := f.start(t, wecom.WithClock(clock), wecom.WithRetry(tt.retry)).Get(t.Context(), "/cgi-bin/x", nil, &listAnswer{})
			if errors.Is(err, wecom.CodeBusy) != (tt.sends > 1) || err == nil || len(f.sent()) != tt.sends {
				t.Errorf("%v after %d calls, want %d", err, len(f.sent()), tt.sends)
			}
			for i, d := range clock.sleeps {
				if i >= len(tt.most) || d > max(tt.most[i], 1) {
					t.Errorf("slept %v, want at most %v", clock.sleeps, tt.most)
				}
			}
		})
	}
}

// Of a thousand pauses up to a second some are short and some long.
func TestPausesAreSpread(t *testing.T) {
	t.Parallel()
	clock := newJumpClock()
	busy := roundTripper(func(r *http.Request) (*http.Response, error) { // no network for 1,001 calls
		w := httptest.NewRecorder()
		refuses(wecom.CodeBusy)(w, r)
		return w.Result(), nil
	})
	c, err := wecom.New(wecom.StaticToken(wecom.NewToken("static/token")), wecom.WithHTTPClient(&http.Client{Transport: busy}),
		wecom.WithClock(clock), wecom.WithRetry(wecom.Retry{Sends: 1001, First: time.Second, Longest: time.Second}), wecom.WithLimiter(nil))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Get(t.Context(), "/cgi-bin/x", nil, &listAnswer{}); !errors.Is(err, wecom.CodeBusy) {
		t.Fatal(err)
	}
	var sum time.Duration
	tenths := map[time.Duration]bool{}
	for _, d := range clock.sleeps {
		sum += d
		tenths[d/(time.Second/10)] = true
	}
	// The mean of 1,000 is 500 s, with a deviation of 1000^0.5 x 0.29 = 9 s.
	if sum < 450*time.Second || sum > 550*time.Second || len(tenths) != 10 {
		t.Errorf("%v in %d tenths", sum, len(tenths))
	}
}

// A call waits three windows out unless told otherwise.
func TestWindowsWaitedOut(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		refused int
		windows int
		sends   int
		good    bool
	}{
		{"one", 1, 0, 2, true},
		{"three", 3, 0, 4, true},
		{"four", 4, 0, 4, false},
		{"an hour", 60, 60, 61, true},
		{"no patience", 1, -1, 1, false},
	} {
		for _, limiter := range []*wecom.Limiter{nil, wecom.NewLimiter()} {
			t.Run(fmt.Sprint(tt.name, ", limiter ", limiter != nil), func(t *testing.T) {
				t.Parallel()
				f := &fakeCorp{answer: script(append(slices.Repeat([]http.HandlerFunc{refuses(wecom.CodeRateLimit)}, tt.refused), fine)...)}
				clock := newJumpClock()
				c := f.start(t, wecom.WithRetry(wecom.Retry{Windows: tt.windows}), wecom.WithLimiter(limiter), wecom.WithClock(clock))
				err := c.Post(t.Context(), "/cgi-bin/x", nil, &listAnswer{})
				if errors.Is(err, wecom.CodeRateLimit) == tt.good || len(f.sent()) != tt.sends {
					t.Errorf("%v after %d calls, want %d", err, len(f.sent()), tt.sends)
				}
				if waited := clock.now.Sub(newJumpClock().now); waited != time.Duration(tt.sends-1)*time.Minute {
					t.Errorf("waited for %v", waited)
				}
			})
		}
	}
}

// By the machine's clock a call waits as many windows out as its deadline
// allows: after ten refusals 600 s have passed. The one that the deadline would
// cut short is not begun.
func TestWindowsWithinADeadline(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		within, waited time.Duration
		windows, sends int
		good           bool
	}{
		{601 * time.Second, 600 * time.Second, 0, 11, true},
		{599 * time.Second, 540 * time.Second, 0, 10, false},
		{59 * time.Second, 0, 0, 1, false},
		{601 * time.Second, 0, -1, 1, false},
	} {
		for _, limited := range []bool{true, false} {
			synctest.Test(t, func(t *testing.T) {
				sends := 0
				transport := roundTripper(func(r *http.Request) (*http.Response, error) {
					w := httptest.NewRecorder()
					if sends++; sends <= 10 {
						refuses(wecom.CodeRateLimit)(w, r)
					} else {
						fine(w, r)
					}
					return w.Result(), nil
				})
				opts := []wecom.Option{wecom.WithHTTPClient(&http.Client{Transport: transport}), wecom.WithRetry(wecom.Retry{Windows: tt.windows})}
				if !limited {
					opts = append(opts, wecom.WithLimiter(nil))
				}
				c, err := wecom.New(wecom.StaticToken(wecom.NewToken("static/token")), opts...)
				if err != nil {
					t.Fatal(err)
				}
				ctx, cancel := context.WithTimeout(t.Context(), tt.within)
				defer cancel()
				begun := time.Now()
				err = c.Post(ctx, "/cgi-bin/x", nil, &listAnswer{})
				if waited := time.Since(begun); errors.Is(err, wecom.CodeRateLimit) == tt.good || sends != tt.sends || waited != tt.waited {
					t.Errorf("within %v, limiter %t: %v after %d calls and %v, want %d and %v", tt.within, limited, err, sends, waited, tt.sends, tt.waited)
				}
			})
		}
	}
}

// A pause that the context cannot outlive is not begun, and one that it ends is
// left: the failure is the server's.
func TestPausesEndWithTheContext(t *testing.T) {
	t.Parallel()
	for _, deadline := range []bool{true, false} {
		f := &fakeCorp{}
		c := f.start(t, wecom.WithRetry(wecom.Retry{First: 1000 * time.Hour, Longest: 1000 * time.Hour}))
		ctx, cancel := context.WithCancel(t.Context())
		if deadline {
			ctx, cancel = context.WithTimeout(t.Context(), 30*time.Minute)
		}
		defer cancel()
		f.answer = func(w http.ResponseWriter, r *http.Request) {
			refuses(wecom.CodeBusy)(w, r)
			if !deadline {
				time.AfterFunc(5*time.Millisecond, cancel)
			}
		}
		if err := c.Get(ctx, "/cgi-bin/x", nil, &listAnswer{}); !errors.Is(err, wecom.CodeBusy) && !errors.Is(err, context.Canceled) || len(f.sent()) != 1 {
			t.Errorf("%v after %d calls", err, len(f.sent()))
		}
	}
}
