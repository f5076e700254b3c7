package wecom_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/dakahq/daka/wecom"
)

// source is a TokenSource that a test writes. Its first fetch is number 1.
type source struct {
	fetches atomic.Int64
	fetch   func(n int) (string, time.Duration, error)
}

func (s *source) Key() string { return "test" }

func (s *source) Fetch(context.Context, *wecom.Client) (wecom.Token, time.Duration, error) {
	text, life, err := s.fetch(int(s.fetches.Add(1)))
	return wecom.NewToken(text), life, err
}

// numbered gives another token each time, which lives for life.
func numbered(life time.Duration) *source {
	return &source{fetch: func(n int) (string, time.Duration, error) { return fmt.Sprintf("t%d", n), life, nil }}
}

// holder is a client whose tokens a test looks at. Its time is that of a bubble
// of synctest, in which nothing takes time but waiting.
type holder struct {
	*testing.T
	*wecom.Client
	source *source
	begun  time.Time
}

func newHolder(t *testing.T, s *source, opts ...wecom.Option) *holder {
	t.Helper()
	c, err := wecom.New(s, opts...)
	if err != nil {
		t.Fatal(err)
	}
	return &holder{t, c, s, time.Now()}
}

// want checks the token at a time since the beginning, and how many fetches
// there have been when all that it has set off is done.
func (h *holder) want(at time.Duration, token string, fetches int64) {
	h.Helper()
	time.Sleep(time.Until(h.begun.Add(at)))
	got, err := h.Token(h.T.Context())
	if err != nil || got.Reveal() != token {
		h.Errorf("after %v: token %q, %v; want %q", at, got.Reveal(), err, token)
	}
	h.wantFetches(fetches)
}

// wantError is want for a failure of a kind.
func (h *holder) wantError(at time.Duration, kind error, fetches int64) {
	h.Helper()
	time.Sleep(time.Until(h.begun.Add(at)))
	if got, err := h.Token(h.T.Context()); !errors.Is(err, kind) {
		h.Errorf("after %v: token %q, %v; want %v", at, got.Reveal(), err, kind)
	}
	h.wantFetches(fetches)
}

func (h *holder) wantFetches(want int64) {
	h.Helper()
	synctest.Wait()
	if got := h.source.fetches.Load(); got != want {
		h.Errorf("after %v: %d fetches, want %d", time.Since(h.begun), got, want)
	}
}

// bubble runs a parallel test in a time of its own.
func bubble(t *testing.T, f func(*testing.T)) {
	t.Helper()
	t.Parallel()
	synctest.Test(t, f)
}

const second = time.Second

// The last tenth of 7,200 s would be 720 s, of which at most 300 s count: another
// token is looked for from a moment between 6,900 s and 7,050 s on.
func TestTokenIsRenewedAhead(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := newHolder(t, numbered(7200*second))
		h.want(0, "t1", 1)
		h.want(6899*second, "t1", 1)
		h.want(7050*second, "t1", 2) // nobody waits
		h.want(7050*second, "t2", 2)
		h.want((7050+6899)*second, "t2", 2)
	})
}

func TestTokenIsRenewedOnceAhead(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := &source{fetch: func(n int) (string, time.Duration, error) {
			time.Sleep(2 * second)
			return fmt.Sprintf("t%d", n), 7200 * second, nil
		}}
		h := newHolder(t, s)
		h.want(0, "t1", 1)
		time.Sleep(7050 * second)
		var group sync.WaitGroup
		for range 100 {
			group.Go(func() {
				for range 3 {
					if token, err := h.Token(t.Context()); err != nil || token.Reveal() != "t1" {
						t.Errorf("got %q, %v; want t1", token.Reveal(), err)
					}
					time.Sleep(second / 2)
				}
			})
		}
		group.Wait()
		h.want(7060*second, "t2", 2)
	})
}

// After a failure at 7,052 s the next look is 18.75 s later (300 s / 16), less up
// to half of that, whoever calls meanwhile; and the one after that, which fails
// at 7,073 s, 37.5 s.
func TestTokenIsKeptWhileRenewalFails(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := newHolder(t, &source{fetch: func(n int) (string, time.Duration, error) {
			if n == 2 || n == 3 {
				time.Sleep(2 * second)
				return "", 0, &wecom.TransportError{Reason: "no answer"}
			}
			return fmt.Sprintf("t%d", n), 7200 * second, nil
		}})
		h.want(0, "t1", 1)
		h.want(7050*second, "t1", 2)
		h.want(7051*second, "t1", 2)
		h.want(7053*second, "t1", 2)
		h.want(7061*second, "t1", 2)
		h.want(7071*second, "t1", 3)
		h.want(7072*second, "t1", 3)
		h.want(7091*second, "t1", 3)
		h.want(7111*second, "t1", 4)
		h.want(7111*second, "t4", 4)
	})
}

// A token is given up 5 s before its end, and then a fetch that fails is the
// caller's failure.
func TestTokenIsGivenUp(t *testing.T) {
	bubble(t, func(t *testing.T) {
		down := errors.New("down")
		h := newHolder(t, &source{fetch: func(n int) (string, time.Duration, error) {
			if n > 1 {
				return "", 0, down
			}
			return "t1", 7200 * second, nil
		}})
		h.want(0, "t1", 1)
		h.want(7050*second, "t1", 2)
		h.want(7194*second, "t1", 3)
		h.wantError(7195*second, down, 4)
		h.wantError(7195*second, down, 5) // it is no refusal: it is asked again
	})
}

// A server that gives the same token within its life, whatever it says of what
// is left of it: no token is used after its end, nor fetched often.
func TestSameTokenAgain(t *testing.T) {
	t.Parallel()
	const life = 7200 * second
	for name, left := range map[string]func(since time.Duration) time.Duration{
		"what is left":   func(since time.Duration) time.Duration { return life - since%life },
		"the whole life": func(time.Duration) time.Duration { return life },
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				begun := time.Now()
				current := func() string { return fmt.Sprintf("t%d", time.Since(begun)/life) }
				h := newHolder(t, &source{fetch: func(int) (string, time.Duration, error) { return current(), left(time.Since(begun)), nil }})
				for time.Since(begun) < 3*life {
					if token, err := h.Token(t.Context()); err != nil || token.Reveal() != current() {
						t.Fatalf("after %v: %q, %v; want %q", time.Since(begun), token.Reveal(), err, current())
					}
					time.Sleep(second / 4)
				}
				// Of 300 s a look leaves 15 to 30 s, the next 0.75 to 3 s, and so on by a
				// tenth or less: at most 0.3 and 0.03 s, where a call comes every 0.25 s. With
				// the first, which may be the look after the last one's end, it is 6 in a life.
				if n := h.source.fetches.Load(); n > 3*6 {
					t.Errorf("%d fetches in 3 lives", n)
				}
			})
		})
	}
}

// Calls every hundredth of a life, for ten lives. A token is replaced after 0.90
// to 0.96 of it: that makes 10/0.96 = 10.4 to 10/0.90 = 11.1 times, after the first.
func TestShortLives(t *testing.T) {
	t.Parallel()
	for _, life := range []time.Duration{second, 30 * second} {
		t.Run(life.String(), func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				ends := map[string]time.Time{}
				h := newHolder(t, &source{fetch: func(n int) (string, time.Duration, error) {
					text := fmt.Sprintf("t%d", n)
					ends[text] = time.Now().Add(life)
					return text, life, nil
				}})
				for range 1000 {
					token, err := h.Token(t.Context())
					synctest.Wait()
					if err != nil || !time.Now().Before(ends[token.Reveal()]) {
						t.Fatalf("after %v: %q, which ends at %v; %v", time.Since(h.begun), token.Reveal(), ends[token.Reveal()].Sub(h.begun), err)
					}
					time.Sleep(life / 100)
				}
				if n := h.source.fetches.Load(); n < 11 || n > 12 {
					t.Errorf("%d fetches, want 11 or 12", n)
				}
			})
		})
	}
}

// A token that takes longer to come than it lives is of no use to anybody.
func TestTokenDeadOnArrival(t *testing.T) {
	bubble(t, func(t *testing.T) {
		late := 3
		h := newHolder(t, &source{fetch: func(n int) (string, time.Duration, error) {
			if n <= late {
				time.Sleep(2 * second)
			}
			return fmt.Sprintf("t%d", n), second, nil
		}})
		if _, err := h.Token(t.Context()); !isTransport(err) {
			t.Errorf("got %v", err)
		}
		h.wantFetches(3)
		late = 4
		h.want(6*second, "t5", 5)
	})
}

func isTransport(err error) bool {
	_, ok := errors.AsType[*wecom.TransportError](err)
	return ok
}

func TestRejectComparesBeforeItClears(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := newHolder(t, numbered(7200*second), wecom.WithTokenStore(&brokenStore{})) // which keeps nothing
		h.want(0, "t1", 1)
		first := wecom.NewToken("t1")
		for range 1000 {
			h.Reject(first)
		}
		h.want(0, "t2", 2)
		h.Reject(first)
		h.Reject(wecom.Token{})
		h.want(0, "t2", 2)
	})
}

// A source that has no other token than the refused one is asked once in 10 s.
func TestRefusedTokenIsNotUsedAgain(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := newHolder(t, &source{fetch: func(n int) (string, time.Duration, error) {
			if n == 4 {
				return "other", 7200 * second, nil
			}
			return "same", 7200 * second, nil
		}})
		h.want(0, "same", 1)
		h.Reject(wecom.NewToken("same"))
		for range 1000 {
			h.wantError(0, wecom.CodeInvalidToken, 2)
		}
		h.wantError(9999*time.Millisecond, wecom.CodeInvalidToken, 2)
		h.wantError(10*second, wecom.CodeInvalidToken, 3)
		h.want(20*second, "other", 4)
	})
}

// A minute after its refusal the source is believed: asked 60 s after it, not
// 50 s. One that is refused once more is so for another minute.
func TestRefusedTokenIsPardoned(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := newHolder(t, &source{fetch: func(int) (string, time.Duration, error) { return "same", 7200 * second, nil }})
		h.want(0, "same", 1)
		h.Reject(wecom.NewToken("same"))
		h.wantError(50*second, wecom.CodeInvalidToken, 2)
		h.want(60*second, "same", 3)
		h.Reject(wecom.NewToken("same"))
		h.wantError(119*second, wecom.CodeInvalidToken, 4)
		h.want(129*second, "same", 5)
	})
}

// turnedBack is an hour behind the machine's clock once it is turned.
type turnedBack struct {
	wecom.Clock
	turned bool
}

func (c *turnedBack) Now() time.Time {
	if c.turned {
		return time.Now().Add(-time.Hour)
	}
	return time.Now()
}

// A refusal from after now is of no more use: it would hold for an hour.
func TestRefusedTokenIsPardonedWhenTheClockIsTurnedBack(t *testing.T) {
	bubble(t, func(t *testing.T) {
		clock := &turnedBack{}
		h := newHolder(t, &source{fetch: func(int) (string, time.Duration, error) { return "same", 7200 * second, nil }}, wecom.WithClock(clock))
		h.want(0, "same", 1)
		h.Reject(wecom.NewToken("same"))
		h.wantError(0, wecom.CodeInvalidToken, 2)
		clock.turned = true
		h.want(1*second, "same", 3)
	})
}

// The latest 64 refused tokens are remembered: of r0 to r99, those from r36 on.
func TestManyRefusedTokens(t *testing.T) {
	t.Parallel()
	for token, refused := range map[string]bool{"r35": false, "r36": true, "r63": true, "r64": true, "r99": true} {
		t.Run(token, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				h := newHolder(t, &source{fetch: func(int) (string, time.Duration, error) { return token, 7200 * second, nil }})
				for n := range 100 {
					h.Reject(wecom.NewToken(fmt.Sprintf("r%d", n)))
				}
				if refused {
					h.wantError(0, wecom.CodeInvalidToken, 1)
				} else {
					h.want(0, token, 1)
				}
			})
		})
	}
}

// A fetch that was under way when its token was refused says nothing of what
// the server would give by now.
func TestTokenRefusedWhileItIsFetched(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := newHolder(t, &source{fetch: func(n int) (string, time.Duration, error) {
			if n == 2 {
				time.Sleep(2 * second)
			}
			return []string{"t1", "t1", "t2"}[n-1], 7200 * second, nil
		}})
		h.want(0, "t1", 1)
		time.Sleep(7050 * second)
		if _, err := h.Token(t.Context()); err != nil {
			t.Fatal(err)
		}
		h.wantFetches(2) // the second is under way
		h.Reject(wecom.NewToken("t1"))
		h.want(7050*second, "t2", 3)
	})
}

// A storm of callers with a wrong secret makes one fetch in 10 s.
func TestRefusalIsRemembered(t *testing.T) {
	t.Parallel()
	for _, code := range []wecom.Code{wecom.CodeInvalidSecret, wecom.CodeIllegalSecret, wecom.CodeInvalidCorpID, wecom.CodeUntrustedIP} {
		t.Run(code.Text(), func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				h := newHolder(t, &source{fetch: func(int) (string, time.Duration, error) {
					time.Sleep(second)
					return "", 0, wecom.Errorf(code, "")
				}})
				var group sync.WaitGroup
				for range 1000 {
					group.Go(func() {
						if _, err := h.Token(t.Context()); !errors.Is(err, code) {
							t.Errorf("got %v, want %v", err, code)
						}
					})
				}
				group.Wait()
				h.wantError(second, code, 1)
				h.wantError(10999*time.Millisecond, code, 1)
				h.wantError(11*second, code, 2)
			})
		})
	}
}

func TestPassingFailureIsNotRemembered(t *testing.T) {
	t.Parallel()
	for name, failure := range map[string]error{
		"busy":       wecom.Errorf(wecom.CodeBusy, ""),
		"at once":    wecom.Errorf(wecom.CodeConcurrency, ""),
		"no answer":  &wecom.TransportError{Reason: "no answer"},
		"other kind": errors.New("no ticket"),
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				h := newHolder(t, &source{fetch: func(n int) (string, time.Duration, error) {
					if n == 1 {
						return "", 0, failure
					}
					return "t2", 7200 * second, nil
				}})
				h.wantError(0, failure, 1)
				h.want(0, "t2", 2)
			})
		})
	}
}

// A fetch that does not end is given up after 30 s; who does not wait so long
// leaves before.
func TestFetchIsBounded(t *testing.T) {
	bubble(t, func(t *testing.T) {
		c, err := wecom.New(endless{})
		if err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), 5*second)
		defer cancel()
		if _, err := c.Token(ctx); !errors.Is(err, context.DeadlineExceeded) || time.Since(begun) != 5*second {
			t.Errorf("after %v: %v", time.Since(begun), err)
		}
		if _, err := c.Token(t.Context()); !errors.Is(err, context.DeadlineExceeded) || time.Since(begun) != 30*second {
			t.Errorf("after %v: %v", time.Since(begun), err)
		}
	})
}

type endless struct{}

func (endless) Key() string { return "endless" }

func (endless) Fetch(ctx context.Context, _ *wecom.Client) (wecom.Token, time.Duration, error) {
	<-ctx.Done()
	return wecom.Token{}, 0, ctx.Err()
}

// An answer that gives no token, or one without a life, is no success.
func TestHalfATokenIsAFailure(t *testing.T) {
	t.Parallel()
	for _, answer := range []string{`{}`, `{"access_token":"t"}`, `{"expires_in":7200}`, `{"access_token":"t","expires_in":-1}`} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, answer) }))
		t.Cleanup(server.Close)
		c, err := wecom.New(wecom.CorpApp("ww1", wecom.NewSecret(secretText)), wecom.WithBaseURL(server.URL))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.Token(t.Context()); !isTransport(err) {
			t.Errorf("%s: %v", answer, err)
		}
	}
}

func TestEmptyTokenIsAFailure(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := newHolder(t, &source{fetch: func(int) (string, time.Duration, error) { return "", second, nil }})
		if _, err := h.Token(t.Context()); err == nil {
			t.Error("it is taken")
		}
	})
}

// A token from elsewhere is final: the call that it is refused to is its last.
func TestStaticToken(t *testing.T) {
	t.Parallel()
	f := &fakeCorp{fetched: 1}
	kept := &brokenStore{}
	c, err := wecom.New(wecom.StaticToken(wecom.NewToken("token/1")), wecom.WithBaseURL(f.serve(t)), wecom.WithTokenStore(kept))
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if err := c.Get(t.Context(), "/cgi-bin/x", nil, &listAnswer{}); err != nil {
			t.Error(err)
		}
	}
	f.revoke()
	for range 3 {
		if err := c.Get(t.Context(), "/cgi-bin/x", nil, &listAnswer{}); !errors.Is(err, wecom.CodeInvalidToken) {
			t.Errorf("got %v", err)
		}
	}
	if f.fetched != 1 || len(f.calls) != 3+1 || kept.asked.Load() != 0 {
		t.Errorf("%d fetches, calls %q, store asked %d times", f.fetched-1, f.calls, kept.asked.Load())
	}
}

func TestNoSource(t *testing.T) {
	t.Parallel()
	f := &fakeCorp{}
	c, err := wecom.New(nil, wecom.WithBaseURL(f.serve(t)))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Get(t.Context(), "/cgi-bin/x", nil, &listAnswer{}); !errors.Is(err, wecom.CodeMissingToken) || len(f.calls) != 0 {
		t.Errorf("got %v after %d calls", err, len(f.calls))
	}
}
