package wecom_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/dakahq/daka/wecom"
)

const secretText = "corp+secret/0123456789"

// fakeCorp is a server with tokens to revoke: the n-th fetched is "token/n".
type fakeCorp struct {
	mu       sync.Mutex
	fetched  int
	revoked  int // tokens up to this number are dead
	calls    []string
	deadCode wecom.Code
	answer   http.HandlerFunc
}

func (f *fakeCorp) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	f.mu.Lock()
	defer f.mu.Unlock()
	if r.URL.Path == wecom.TokenPath {
		if query.Get("corpid") != "ww1" || query.Get("corpsecret") != secretText {
			fmt.Fprint(w, `{"errcode":40001,"errmsg":"invalid credential"}`)
			return
		}
		f.fetched++
		fmt.Fprintf(w, `{"errcode":0,"errmsg":"ok","access_token":"token/%d","expires_in":7200}`, f.fetched)
		return
	}
	body, _ := io.ReadAll(r.Body)
	f.calls = append(f.calls, r.Method+" "+r.URL.Path+" "+string(body))
	var n int
	if _, err := fmt.Sscanf(query.Get("access_token"), "token/%d", &n); err != nil || n <= f.revoked {
		fmt.Fprintf(w, `{"errcode":%d,"errmsg":"dead","list":["stale"]}`, f.deadCode)
		return
	}
	f.answer(w, r)
}

func (f *fakeCorp) revoke() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.revoked = f.fetched
}

// serve starts the server and returns its base URL.
func (f *fakeCorp) serve(t *testing.T) string {
	t.Helper()
	if f.answer == nil {
		f.answer = func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"list":["a"]}`) }
	}
	if f.deadCode == 0 {
		f.deadCode = wecom.CodeInvalidToken
	}
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	return server.URL
}

func (f *fakeCorp) start(t *testing.T, opts ...wecom.Option) *wecom.Client {
	t.Helper()
	opts = append([]wecom.Option{wecom.WithBaseURL(f.serve(t)), wecom.WithRetry(wecom.Retry{First: 1, Longest: 1})}, opts...)
	c, err := wecom.New(wecom.CorpApp("ww1", wecom.NewSecret(secretText)), opts...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

type listAnswer struct {
	wecom.Envelope
	List []string `json:"list"`
}

func TestPostReplaysOnce(t *testing.T) {
	t.Parallel()
	for _, code := range []wecom.Code{wecom.CodeInvalidToken, wecom.CodeExpiredToken} {
		t.Run(code.Text(), func(t *testing.T) {
			t.Parallel()
			f := &fakeCorp{deadCode: code}
			c := f.start(t)
			var answer listAnswer
			if _, err := c.Token(t.Context()); err != nil {
				t.Fatal(err)
			}
			f.revoke()
			if err := c.Post(t.Context(), "/cgi-bin/x", map[string]int{"n": 1}, &answer); err != nil {
				t.Fatal(err)
			}
			// No errcode in the second answer: the first refusal must be forgotten.
			if len(answer.List) != 1 || answer.List[0] != "a" || answer.ErrCode != 0 {
				t.Errorf("got %+v", answer)
			}
			const call = `POST /cgi-bin/x {"n":1}`
			if f.fetched != 2 || len(f.calls) != 2 || f.calls[0] != call || f.calls[1] != call {
				t.Errorf("%d tokens fetched, calls %q", f.fetched, f.calls)
			}
		})
	}
}

// What a try left in the answer before it failed is not there after the next.
func TestAnswerOfTheLastTryAlone(t *testing.T) {
	t.Parallel()
	for name, first := range map[string]http.HandlerFunc{
		"cut":     says(`{"cursor":"stale","list":["stale"`),
		"refused": says(`{"cursor":"stale","errcode":-1}`),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := &fakeCorp{answer: script(first, fine)}
			answer := struct {
				listAnswer
				Cursor string `json:"cursor"`
				Own    int
			}{Own: 7}
			if err := f.start(t).Get(t.Context(), "/cgi-bin/x", nil, &answer); err != nil {
				t.Fatal(err)
			}
			if answer.Cursor != "" || len(answer.List) != 1 || answer.Own != 7 {
				t.Errorf("got %+v", answer)
			}
		})
	}
}

func TestDeadTokenIsReportedAfterOneReplay(t *testing.T) {
	t.Parallel()
	f := &fakeCorp{revoked: 1 << 30}
	c := f.start(t)
	err := c.Get(t.Context(), "/cgi-bin/x", nil, &listAnswer{})
	if !errors.Is(err, wecom.CodeInvalidToken) || len(f.calls) != 2 {
		t.Errorf("got %v after %d calls, want 40014 after 2", err, len(f.calls))
	}
}

// The first caller gives up; the second must still get the token it waits for.
func TestTokenOutlivesItsFirstCaller(t *testing.T) {
	t.Parallel()
	asked, release := make(chan struct{}), make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked <- struct{}{}
		<-release
		fmt.Fprint(w, `{"access_token":"t","expires_in":7200}`)
	}))
	t.Cleanup(server.Close)
	c, err := wecom.New(wecom.CorpApp("ww1", wecom.NewSecret(secretText)), wecom.WithBaseURL(server.URL))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	first := make(chan error, 1)
	go func() { _, err := c.Token(ctx); first <- err }()
	<-asked
	cancel()
	if err := <-first; !errors.Is(err, context.Canceled) {
		t.Errorf("first caller: %v", err)
	}
	second := make(chan error, 1)
	go func() { _, err := c.Token(t.Context()); second <- err }()
	close(release)
	if err := <-second; err != nil {
		t.Errorf("second caller: %v", err)
	}
}

func TestRefusalIsTyped(t *testing.T) {
	t.Parallel()
	f := &fakeCorp{answer: func(w http.ResponseWriter, r *http.Request) {
		token := r.URL.Query().Get("access_token")
		w.Header().Set("X-Request-Id", "r1 "+token)
		// The shape of list is wrong; the refusal counts all the same.
		fmt.Fprintf(w, `{"errcode":301024,"errmsg":"bad span with %s, hint: [9], from ip: %s, more","list":7}`, token, token)
	}}
	err := f.start(t).Get(t.Context(), "/cgi-bin/x", nil, &listAnswer{})
	var e *wecom.Error
	if !errors.As(err, &e) {
		t.Fatalf("got %v", err)
	}
	want := wecom.Error{Code: 301024, Msg: "bad span with [redacted]", Hint: "9", FromIP: "[redacted]", Endpoint: "/cgi-bin/x", RequestID: "r1 [redacted]"}
	if *e != want {
		t.Errorf("got %+v, want %+v", *e, want)
	}
}

// Whatever goes wrong, neither token nor secret nor a query gets into the error.
func TestTransportErrors(t *testing.T) {
	t.Parallel()
	echo := func(w http.ResponseWriter, r *http.Request) { fmt.Fprintf(w, "<html>%s</html>", r.URL) }
	tests := []struct {
		name   string
		answer http.HandlerFunc
		status int
	}{
		{"HTML", echo, 200},
		{"wrong type", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintf(w, `{"list":%q}`, r.URL.String()) }, 200},
		{"an array", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `[1]`) }, 200},
		{"empty", func(http.ResponseWriter, *http.Request) {}, 200},
		{"404", http.NotFound, 404},
		{"502", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(502); echo(w, r) }, 502},
		{"redirect", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://127.0.0.1:1/?"+r.URL.RawQuery, http.StatusMovedPermanently)
		}, 301},
		{"connection closed", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := &fakeCorp{answer: tt.answer}
			err := f.start(t).Get(t.Context(), "/cgi-bin/x", url.Values{"q": {"v"}}, &listAnswer{})
			var e *wecom.TransportError
			if !errors.As(err, &e) || e.Status != tt.status || e.Endpoint != "/cgi-bin/x" {
				t.Fatalf("got %#v", err)
			}
			wantNothingPrivate(t, err)
		})
	}
}

func wantNothingPrivate(t *testing.T, err error) {
	t.Helper()
	for e := err; e != nil; e = errors.Unwrap(e) {
		for _, private := range []string{"token/1", url.QueryEscape("token/1"), secretText, url.QueryEscape(secretText), "access_token=", "corpsecret="} {
			if strings.Contains(e.Error(), private) {
				t.Errorf("%q is in %q", private, e)
			}
		}
	}
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestTokenErrorsHideTheSecret(t *testing.T) {
	t.Parallel()
	quotesURL := roundTripper(func(r *http.Request) (*http.Response, error) {
		return nil, fmt.Errorf("proxy refused %s", r.URL)
	})
	for name, opts := range map[string][]wecom.Option{
		"no server":  {wecom.WithBaseURL("http://127.0.0.1:1")},
		"quoted URL": {wecom.WithHTTPClient(&http.Client{Transport: quotesURL})},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, err := wecom.New(wecom.CorpApp("ww1", wecom.NewSecret(secretText)), opts...)
			if err != nil {
				t.Fatal(err)
			}
			err = c.Post(t.Context(), "/cgi-bin/x", struct{}{}, &listAnswer{})
			var e *wecom.TransportError
			if !errors.As(err, &e) || e.Endpoint != wecom.TokenPath {
				t.Fatalf("got %#v", err)
			}
			for _, private := range []string{secretText, url.QueryEscape(secretText)} {
				if strings.Contains(err.Error(), private) {
					t.Errorf("%q is in %q", private, err)
				}
			}
		})
	}
}

func TestCallEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	f := &fakeCorp{answer: func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	}}
	if err := f.start(t).Get(ctx, "/cgi-bin/x", nil, &listAnswer{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestWrongSecretIsNotRetried(t *testing.T) {
	t.Parallel()
	f := &fakeCorp{}
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	c, err := wecom.New(wecom.CorpApp("ww1", wecom.NewSecret("other")), wecom.WithBaseURL(server.URL))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Get(t.Context(), "/cgi-bin/x", nil, &listAnswer{}); !errors.Is(err, wecom.CodeInvalidSecret) || len(f.calls) != 0 {
		t.Errorf("got %v after %d calls", err, len(f.calls))
	}
}

func TestRequestCarriesWhatItIsGiven(t *testing.T) {
	t.Parallel()
	f := &fakeCorp{}
	var got *http.Request
	f.answer = func(w http.ResponseWriter, r *http.Request) {
		got = r
		fmt.Fprint(w, `{"anything":1}`)
	}
	c := f.start(t, wecom.WithUserAgent("tester"))
	query := url.Values{"id": {"7"}, "access_token": {"forged"}}
	var raw map[string]json.RawMessage
	if err := c.Get(t.Context(), "/cgi-bin/a?b", query, &raw); err != nil {
		t.Fatal(err)
	}
	if q := got.URL.Query(); got.URL.Path != "/cgi-bin/a?b" || q.Get("id") != "7" || q["access_token"][0] != "token/1" || got.UserAgent() != "tester" {
		t.Errorf("got %s from %s", got.URL, got.UserAgent())
	}
	if query.Get("access_token") != "forged" || string(raw["anything"]) != "1" {
		t.Errorf("query %v, answer %v", query, raw)
	}
}

func TestNewRefusesBaseURLs(t *testing.T) {
	t.Parallel()
	for _, base := range []string{"", "qyapi.weixin.qq.com", "ftp://host", "http://u:hunter2@host", "http://host?x=1", "http://host/\x7f"} {
		if _, err := wecom.New(wecom.CorpApp("ww1", wecom.Secret{}), wecom.WithBaseURL(base)); err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%q: %v", base, err)
		}
	}
}

// The token of one server is not for another.
func TestWithAnotherServer(t *testing.T) {
	t.Parallel()
	one, other := &fakeCorp{}, &fakeCorp{}
	c := one.start(t)
	call := func(c *wecom.Client) {
		t.Helper()
		if err := c.Post(t.Context(), "/x", nil, nil); err != nil {
			t.Error(err)
		}
	}
	call(c)
	one.revoke()
	call(c) // with token/2, which the other has not given out
	same, err := c.With(wecom.WithUserAgent("another"))
	if err != nil {
		t.Fatal(err)
	}
	call(same)
	there, err := c.With(wecom.WithBaseURL(other.serve(t)))
	if err != nil {
		t.Fatal(err)
	}
	call(there)
	if one.fetched != 2 || other.fetched != 1 || len(other.calls) != 1 {
		t.Errorf("%d and %d tokens fetched, calls at the other: %q", one.fetched, other.fetched, other.calls)
	}
}

func TestNoAnswerWanted(t *testing.T) {
	t.Parallel()
	corp := &fakeCorp{}
	c := corp.start(t)
	if err := c.Post(t.Context(), "/x", nil, nil); err != nil {
		t.Error(err)
	}
	corp.answer = func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"errcode":60011,"errmsg":"no"}`) }
	if err := c.Post(t.Context(), "/x", nil, nil); !errors.Is(err, wecom.CodeNoPrivilege) {
		t.Errorf("refused: %v", err)
	}
	corp.answer = func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `<html>`) }
	if _, ok := errors.AsType[*wecom.TransportError](c.Post(t.Context(), "/x", nil, nil)); !ok {
		t.Error("a page is taken for an answer")
	}
}

func TestNilOptions(t *testing.T) {
	t.Parallel()
	for name, opt := range map[string]wecom.Option{
		"WithHTTPClient": wecom.WithHTTPClient(nil), "WithClock": wecom.WithClock(nil), "WithTokenStore": wecom.WithTokenStore(nil),
	} {
		if _, err := wecom.New(nil, opt); err == nil {
			t.Errorf("%s takes nil", name)
		}
	}
}

// The end of an answer may come after its JSON; the connection serves again.
func TestStreamKeepsItsConnection(t *testing.T) {
	t.Parallel()
	var connections atomic.Int64
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"errcode":0,"list":["a"]}`)
		w.(http.Flusher).Flush()
		time.Sleep(5 * time.Millisecond) // then comes the last chunk
	}))
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			connections.Add(1)
		}
	}
	server.Start()
	t.Cleanup(server.Close)
	c, err := wecom.New(wecom.StaticToken(wecom.NewToken("token/1")), wecom.WithBaseURL(server.URL), wecom.WithHTTPClient(&http.Client{Transport: &http.Transport{}}))
	if err != nil {
		t.Fatal(err)
	}
	for range 10 {
		for _, err := range wecom.Stream[string](t.Context(), c, wecom.Request{Path: "/x"}, "list") {
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	if n := connections.Load(); n != 1 {
		t.Errorf("%d connections for 10 calls, one after the other", n)
	}
}
