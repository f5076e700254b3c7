package wecom_test

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/dakahq/daka/wecom"
)

// noting notes with which token each call came.
func noting(sent *[]string, then http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		*sent = append(*sent, r.URL.Query().Get("access_token"))
		then(w, r)
	}
}

// A replay goes out with another token and the whole body, and is no repeat:
// it does not use up the sends, nor is it held back from a write.
func TestReplay(t *testing.T) {
	t.Parallel()
	for _, dead := range []wecom.Code{wecom.CodeInvalidToken, wecom.CodeExpiredToken} {
		for _, repeatable := range []bool{true, false} {
			t.Run(fmt.Sprint(dead, repeatable), func(t *testing.T) {
				t.Parallel()
				var sent []string
				f := &fakeCorp{}
				f.answer = noting(&sent, script(refuses(dead), fine))
				c := f.start(t, wecom.WithRetry(wecom.Retry{Sends: 1}))
				if err := c.Call(t.Context(), wecom.Request{Path: "/cgi-bin/x", Body: [1]int{7}, Repeatable: repeatable}, &listAnswer{}); err != nil {
					t.Fatal(err)
				}
				if len(sent) != 2 || sent[0] != "token/1" || sent[1] != "token/2" || f.calls[0] != f.calls[1] || f.calls[1] != "POST /cgi-bin/x [7]" {
					t.Errorf("sent %q with %q", f.calls, sent)
				}
			})
		}
	}
}

// A write that was refused for its token, then met by a failure that may have
// come after the fact, is not sent a third time; a read is.
func TestReplayThenFailure(t *testing.T) {
	t.Parallel()
	for repeatable, want := range map[bool]int{true: 3, false: 2} {
		f := &fakeCorp{answer: script(refuses(wecom.CodeExpiredToken), status(502), fine)}
		err := f.start(t).Call(t.Context(), wecom.Request{Path: "/cgi-bin/x", Repeatable: repeatable}, &listAnswer{})
		if (err == nil) != repeatable || len(f.sent()) != want {
			t.Errorf("repeatable %t: %v after %d calls", repeatable, err, len(f.sent()))
		}
	}
}

// What fails to fetch a token is tried again by its source alone: four times.
func TestTokenFailureIsNotRepeatedTwice(t *testing.T) {
	t.Parallel()
	var fetches atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fetches.Add(1)
		w.WriteHeader(http.StatusBadGateway)
	}))
	t.Cleanup(server.Close)
	c, err := wecom.New(wecom.CorpApp("ww1", wecom.NewSecret(secretText)), wecom.WithBaseURL(server.URL), wecom.WithClock(newJumpClock()))
	if err != nil {
		t.Fatal(err)
	}
	var broken *wecom.TransportError
	err = c.Get(t.Context(), "/cgi-bin/x", nil, &listAnswer{})
	if !errors.As(err, &broken) || broken.Endpoint != wecom.TokenPath || broken.Status != http.StatusBadGateway || fetches.Load() != 4 {
		t.Errorf("%v after %d fetches", err, fetches.Load())
	}
}

// dialer connects, but for its first tries.
type dialer struct {
	mu     sync.Mutex
	before []func(addr string) (net.Conn, error)
	dials  int
}

func (d *dialer) dial(ctx context.Context, network, addr string) (net.Conn, error) {
	d.mu.Lock()
	n := d.dials
	d.dials++
	d.mu.Unlock()
	if n < len(d.before) {
		return d.before[n](addr)
	}
	return new(net.Dialer).DialContext(ctx, network, addr)
}

func refused(addr string) (net.Conn, error) {
	return nil, &net.OpError{Op: "dial", Net: "tcp", Err: errors.New("connection refused to " + addr)}
}

// hungUp is a connection whose other end is gone.
func hungUp(string) (net.Conn, error) {
	here, there := net.Pipe()
	return here, there.Close()
}

// A write is made again when no connection came about, and only then.
func TestWriteThatNeverWentOut(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		secure bool
		before []func(string) (net.Conn, error)
		dials  int // for the write
		good   bool
	}{
		{"nothing wrong", false, nil, 1, true},
		{"refused twice", false, []func(string) (net.Conn, error){refused, refused}, 3, true},
		{"refused for good", false, []func(string) (net.Conn, error){refused, refused, refused, refused}, 4, false},
		{"hung up in the handshake", true, []func(string) (net.Conn, error){hungUp, hungUp}, 3, true},
		{"hung up after the connection", false, []func(string) (net.Conn, error){hungUp}, 1, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var arrived atomic.Int64
			handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				arrived.Add(1)
				fine(w, r)
			})
			server := httptest.NewUnstartedServer(handler)
			if tt.secure {
				server.StartTLS()
			} else {
				server.Start()
			}
			t.Cleanup(server.Close)
			d := &dialer{before: tt.before}
			transport := &http.Transport{DialContext: d.dial, DisableKeepAlives: true, TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}
			c, err := wecom.New(wecom.StaticToken(wecom.NewToken("static/token")), wecom.WithBaseURL(server.URL),
				wecom.WithHTTPClient(&http.Client{Transport: transport}), wecom.WithClock(newJumpClock()))
			if err != nil {
				t.Fatal(err)
			}
			err = c.Post(t.Context(), "/cgi-bin/x", [1]int{7}, &listAnswer{})
			if (err == nil) != tt.good || d.dials != tt.dials || arrived.Load() != map[bool]int64{true: 1}[tt.good] {
				t.Errorf("%v after %d dials, %d arrived", err, d.dials, arrived.Load())
			}
		})
	}
}

// A server that cannot prove who it is is not asked again, and a transport
// that says nothing of its connections is not trusted to have sent nothing.
func TestFailuresWithoutHope(t *testing.T) {
	t.Parallel()
	untrusted := httptest.NewUnstartedServer(fine)
	untrusted.Config.ErrorLog = log.New(io.Discard, "", 0)
	untrusted.StartTLS()
	t.Cleanup(untrusted.Close)
	d := &dialer{}
	tries := 0
	for name, h := range map[string]*http.Client{
		"certificate": {Transport: &http.Transport{DialContext: d.dial}},
		"transport":   {Transport: roundTripper(func(*http.Request) (*http.Response, error) { tries++; return nil, io.EOF })},
	} {
		c, err := wecom.New(wecom.StaticToken(wecom.NewToken("static/token")), wecom.WithBaseURL(untrusted.URL), wecom.WithHTTPClient(h), wecom.WithClock(newJumpClock()))
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Post(t.Context(), "/cgi-bin/x", nil, &listAnswer{}); err == nil {
			t.Errorf("%s: no failure", name)
		}
	}
	if d.dials != 1 || tries != 1 {
		t.Errorf("%d dials, %d tries", d.dials, tries)
	}
}

// The transport repeats a GET by itself when a connection that it used before
// breaks. It must not: the call may write, and each sending needs a slot.
func TestGetIsNotRepeatedByTheTransport(t *testing.T) {
	t.Parallel()
	for sends, want := range map[int]int{1: 2, 2: 3} {
		f := &fakeCorp{answer: script(fine, reset, fine)}
		c := f.start(t, wecom.WithRetry(wecom.Retry{Sends: sends, First: 1}))
		err1, err2 := c.Get(t.Context(), "/cgi-bin/x", nil, &listAnswer{}), c.Get(t.Context(), "/cgi-bin/x", nil, &listAnswer{})
		if err1 != nil || (err2 == nil) != (sends == 2) || len(f.sent()) != want {
			t.Errorf("%d sends: %v, %v after %d calls", sends, err1, err2, len(f.sent()))
		}
	}
}

// A streamed answer that stalls is given up, and asked for again as long as
// nothing of it has been yielded. It does not look like the caller's doing.
func TestStreamThatStalls(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		first string // of the first answer, before it stalls
		want  string
		good  bool
	}{
		{"before the head", "", "ab", true},
		{"before the first element", `{"errcode":0,"list":[`, "ab", true},
		{"after an element", `{"errcode":0,"list":["a",`, "a", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var asked atomic.Int64
			release := make(chan struct{})
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if asked.Add(1) > 1 {
					says(`{"list":["a","b"]}`)(w, r)
					return
				}
				if tt.first != "" {
					fmt.Fprint(w, tt.first)
					_ = http.NewResponseController(w).Flush()
				}
				<-release
			}))
			t.Cleanup(server.Close)
			defer close(release)
			c, err := wecom.New(wecom.StaticToken(wecom.NewToken("static/token")), wecom.WithBaseURL(server.URL),
				wecom.WithHTTPClient(&http.Client{Timeout: 200 * time.Millisecond}), wecom.WithClock(newJumpClock()))
			if err != nil {
				t.Fatal(err)
			}
			got, failure := "", error(nil)
			for element, err := range wecom.Stream[string](t.Context(), c, wecom.Request{Path: "/cgi-bin/x", Repeatable: true}, "list") {
				got, failure = got+element, err
			}
			if got != tt.want || (failure == nil) != tt.good || (asked.Load() > 1) != tt.good {
				t.Errorf("got %q, %v after %d calls", got, failure, asked.Load())
			}
			if broken, ok := errors.AsType[*wecom.TransportError](failure); !tt.good && (!ok || !errors.Is(broken, os.ErrDeadlineExceeded)) {
				t.Errorf("%v", failure)
			}
		})
	}
}
