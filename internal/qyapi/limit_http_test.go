package qyapi_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/qyapi"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/wecom"
)

// limited is the fixture's corporation behind a handler with limits.
type limited struct {
	*fixture
	handler http.Handler
}

func newLimited(t *testing.T, db *store.DB, limits qyapi.Limits) *limited {
	f := newFixture(t, db, false)
	return &limited{f, qyapi.New(f.app, qyapi.Options{Limits: limits})}
}

// call posts a body and returns the errcode and what else the answer holds.
func (l *limited) call(path, from string, query url.Values, body io.Reader) (wecom.Code, string) {
	r := httptest.NewRequest(http.MethodPost, path+"?"+query.Encode(), body)
	r.RemoteAddr = from + ":1234"
	w := httptest.NewRecorder()
	l.handler.ServeHTTP(w, r)
	code, errmsg, answer := opened(l.t, w.Body.Bytes())
	if len(answer) > 3 {
		l.t.Errorf("%s: %s", path, w.Body)
	}
	for name, value := range answer {
		if text := string(value); name != "errcode" && name != "errmsg" && text != "[]" && code == wecom.CodeRateLimit {
			l.t.Errorf("%s: a refusal with %s %s", path, name, text)
		}
	}
	return code, errmsg
}

// sealed is a body that nobody may read.
type sealed struct{ t *testing.T }

func (s sealed) Read([]byte) (int, error) {
	s.t.Error("the body of a refused call was read")
	return 0, io.EOF
}

// Every call of the contract, by every path, stops at its quota before its
// body is read, and goes on when its minute is over.
func TestCallsAreLimited(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		limits := qyapi.Limits{Calls: map[string]qyapi.Quota{}}
		for _, op := range checkin.Operations {
			limits.Calls[op.Name] = 2
		}
		l := newLimited(t, db, limits)
		query := url.Values{"access_token": {l.token(app.CheckinApp)}}
		for _, op := range checkin.Operations {
			for _, path := range op.Paths {
				for range 2 {
					if code, errmsg := l.call(path, "192.0.2.1", query, strings.NewReader("[")); code != wecom.CodeInvalidParameter {
						t.Errorf("%s: %d %s", path, code, errmsg)
					}
				}
				code, errmsg := l.call(path, "192.0.2.1", query, sealed{t})
				if want := "api freq out of limit: 2 calls of " + op.Name + " in 60 s by this corporation, again in 60 s"; code != wecom.CodeRateLimit || !strings.HasPrefix(errmsg, want) {
					t.Errorf("%s: %d %s, want %q", path, code, errmsg, want)
				}
				l.clock.Add(60)
			}
		}
		if code, _ := l.call(getData, "192.0.2.1", query, strings.NewReader("[")); code != wecom.CodeInvalidParameter {
			t.Errorf("a minute later: %d", code)
		}
	})
}

// Without a word about limits WeCom's hold: sixty reports of months a minute,
// five calls with debug=1. What a bad token asks for is nobody's call.
func TestLimitsAreOnByDefault(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		l := newLimited(t, db, qyapi.Limits{})
		query := url.Values{"access_token": {l.token(app.CheckinApp)}}
		for range 70 {
			if code, _ := l.call(monthData, "192.0.2.1", url.Values{"access_token": {"none"}}, sealed{t}); code != wecom.CodeInvalidToken {
				t.Fatalf("a bad token: %d", code)
			}
		}
		for i := range 120 {
			code, _ := l.call(monthData, "192.0.2.1", query, strings.NewReader("["))
			if passed := code == wecom.CodeInvalidParameter; passed != (i < 60) || !passed && code != wecom.CodeRateLimit {
				t.Fatalf("call %d: %d", i+1, code)
			}
		}
		query.Set("debug", "1")
		for i := range 7 {
			code, _ := l.call(getData, "192.0.2.1", query, strings.NewReader("["))
			if passed := code == wecom.CodeInvalidParameter; passed != (i < 5) || !passed && code != wecom.CodeRateLimit {
				t.Fatalf("call %d with debug=1: %d", i+1, code)
			}
		}
	})
}

// The fourth call from an address is refused whatever its token is, with the
// arrays of its call; gettoken counts for the corporation when its secret is
// right.
func TestAddressesAreLimited(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		l := newLimited(t, db, qyapi.Limits{AddressPerMinute: 3, Calls: map[string]qyapi.Quota{"gettoken": 2}})
		none := url.Values{"access_token": {"none"}}
		for range 3 {
			l.call(getData, "192.0.2.1", none, sealed{t})
		}
		for _, query := range []url.Values{none, {"access_token": {l.token(app.CheckinApp)}}} {
			if code, errmsg := l.call(getData, "192.0.2.1", query, sealed{t}); code != wecom.CodeRateLimit || !strings.Contains(errmsg, "3 calls of getcheckindata in 60 s from this address") {
				t.Errorf("%d %s", code, errmsg)
			}
		}
		if code, _ := l.call(getData, "192.0.2.2", none, sealed{t}); code != wecom.CodeInvalidToken {
			t.Errorf("another address: %d", code)
		}
		// Two wrong secrets and three right ones, from five addresses.
		secret := l.secrets[app.CheckinApp].Reveal()
		for i, want := range []wecom.Code{wecom.CodeInvalidSecret, wecom.CodeInvalidSecret, 0, 0, wecom.CodeRateLimit} {
			query := url.Values{"corpid": {"ww1"}, "corpsecret": {secret}}
			if want == wecom.CodeInvalidSecret {
				query.Set("corpsecret", "x")
			}
			r := httptest.NewRequest(http.MethodGet, wecom.TokenPath+"?"+query.Encode(), nil)
			r.RemoteAddr = "192.0.2." + string(rune('3'+i)) + ":1"
			w := httptest.NewRecorder()
			l.handler.ServeHTTP(w, r)
			if code, errmsg, answer := opened(t, w.Body.Bytes()); code != want || code != 0 && len(answer) != 2 {
				t.Errorf("gettoken %d: %d %s", i+1, code, errmsg)
			}
		}
	})
}

// gated is a body whose end is let through by the test.
type gated struct {
	reading chan struct{} // told that the call has begun to read
	end     chan struct{}
}

func (g *gated) Read([]byte) (int, error) {
	g.reading <- struct{}{}
	<-g.end
	return 0, io.EOF
}

// While two calls are being answered a third is refused, and is not counted.
func TestCallsAtOnceAreLimited(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		l := newLimited(t, db, qyapi.Limits{AtOnce: 2, Calls: map[string]qyapi.Quota{"getcheckindata": 3}})
		query := url.Values{"access_token": {l.token(app.CheckinApp)}}
		body := &gated{reading: make(chan struct{}), end: make(chan struct{})}
		var wait sync.WaitGroup
		for range 2 {
			wait.Go(func() { l.call(getData, "192.0.2.1", query, body) })
			<-body.reading
		}
		if code, _ := l.call(getData, "192.0.2.1", query, sealed{t}); code != wecom.CodeConcurrency {
			t.Errorf("the third: %d", code)
		}
		if code, _ := l.call(dayData, "192.0.2.1", query, strings.NewReader("[")); code != wecom.CodeInvalidParameter {
			t.Errorf("another call: %d", code)
		}
		close(body.end)
		wait.Wait()
		for _, want := range []wecom.Code{wecom.CodeInvalidParameter, wecom.CodeRateLimit} {
			if code, _ := l.call(getData, "192.0.2.1", query, strings.NewReader("[")); code != want {
				t.Errorf("afterwards: %d, want %d", code, want)
			}
		}
	})
}

// Of a hundred callers at the same time exactly as many pass as the quota has.
func TestLimitUnderLoad(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		l := newLimited(t, db, qyapi.Limits{})
		query := url.Values{"access_token": {l.token(app.CheckinApp)}}
		var passed, refused atomic.Int64
		var wait sync.WaitGroup
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		for range 100 {
			wait.Go(func() {
				r := httptest.NewRequest(http.MethodPost, monthData+"?"+query.Encode(), strings.NewReader("[")).WithContext(ctx)
				w := httptest.NewRecorder()
				l.handler.ServeHTTP(w, r)
				if w.Header().Get("Error-Code") == codeText(wecom.CodeRateLimit) {
					refused.Add(1)
				} else {
					passed.Add(1)
				}
			})
		}
		wait.Wait()
		if passed.Load() != 60 || refused.Load() != 40 {
			t.Errorf("%d passed and %d were refused, want 60 and 40", passed.Load(), refused.Load())
		}
	})
}
