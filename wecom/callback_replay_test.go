package wecom_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"github.com/dakahq/daka/wecom"
)

// A call that comes again is answered as before and not handled again; it is,
// when it failed.
func TestCallbackReplay(t *testing.T) {
	t.Parallel()
	c := newCallback(t, suiteID)
	c.reply = []byte("<xml>reply</xml>")
	query, body := c.seal(createAuthXML)
	c.fail = errors.New("not now")
	for n := range 3 {
		if status, _ := c.call(http.MethodPost, query, body); status != 500 || len(c.told) != n+1 {
			t.Errorf("failing: %d, told %d times", status, len(c.told))
		}
	}
	c.fail = nil
	_, first := c.call(http.MethodPost, query, body)
	c.clock.Add(300)
	c.reply = nil
	if status, text := c.call(http.MethodPost, query, body); status != 200 || text != first || first == "" || len(c.told) != 4 {
		t.Errorf("again: %d %q, want %q; told %d times", status, text, first, len(c.told))
	}
	// The same event in a call of its own is another call.
	if status, text := c.push(createAuthXML); status != 200 || text != "success" || len(c.told) != 5 {
		t.Errorf("once more: %d %q, told %d times", status, text, len(c.told))
	}
}

// The signature covers the sorted values without what divides them, so a
// recorded call can be cut up another way under the same signature. It is the
// same call all the same.
func TestCallbackReplayCutUp(t *testing.T) {
	t.Parallel()
	c := newCallback(t, suiteID)
	now := c.clock.Load()
	stamp := strconv.FormatInt(now, 10)
	nonce := strconv.FormatInt(now+60, 10)
	query, envelope := c.Seal([]byte(createAuthXML), stamp, nonce)
	body, err := envelope.XML()
	must(t, err)
	swapped := query
	swapped.Timestamp, swapped.Nonce = nonce, stamp
	for name, q := range map[string]wecom.CallbackQuery{"as it came": query, "swapped": swapped} {
		if _, err := c.Open(q, body); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if status, text := c.call(http.MethodPost, q, body); status != 200 || text != "success" || len(c.told) != 1 {
			t.Errorf("%s: %d %q, told %d times", name, status, text, len(c.told))
		}
	}
}

// How long the function has: as long as WeCom waits, whether or not it hangs up.
func TestCallbackDeadline(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		receiver, message string
		want              time.Duration
	}{
		{suiteID, createAuthXML, time.Second},
		{"wpwLgYcwAAayDT6bUVnhZuKebVce4xxx", deviceXML, time.Second},
		{"ww1cSD21f1e9c0caaa", approvalXML, 5 * time.Second},
		{suiteID, approvalXML, time.Second},
	} {
		synctest.Test(t, func(t *testing.T) {
			sealer := newCallback(t, tt.receiver)
			query, body := sealer.seal(tt.message)
			begun := time.Now()
			var took time.Duration
			h := wecom.NewCallbackHandler(&sealer.Crypter, func(ctx context.Context, _ *wecom.Event) ([]byte, error) {
				<-ctx.Done()
				took = time.Since(begun)
				return nil, ctx.Err()
			}, wecom.WithCallbackClock(&sealer.clock))
			r := httptest.NewRequest(http.MethodPost, "/?"+query.Values().Encode(), bytes.NewReader(body))
			ctx, cancel := context.WithCancel(r.Context())
			cancel() // WeCom has hung up
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r.WithContext(ctx))
			if w.Code != 500 || took != tt.want {
				t.Errorf("%s: %d after %v, want %v", tt.receiver, w.Code, took, tt.want)
			}
		})
	}
}

// Two at once are one call.
func TestCallbackAtOnce(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		takes  time.Duration
		second int
	}{{time.Second, 200}, {4 * time.Second, 200}, {6 * time.Second, 503}} {
		synctest.Test(t, func(t *testing.T) {
			sealer := newCallback(t, "ww1cSD21f1e9c0caaa")
			query, body := sealer.seal(approvalXML)
			told := 0
			h := wecom.NewCallbackHandler(&sealer.Crypter, func(context.Context, *wecom.Event) ([]byte, error) {
				told++
				time.Sleep(tt.takes)
				return nil, nil
			}, wecom.WithCallbackClock(&sealer.clock))
			call := func() int {
				w := httptest.NewRecorder()
				h.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/?"+query.Values().Encode(), bytes.NewReader(body)))
				return w.Code
			}
			first := make(chan int)
			go func() { first <- call() }()
			synctest.Wait()
			if status := call(); status != tt.second {
				t.Errorf("the second: %d after %v", status, tt.takes)
			}
			if status := <-first; status != 200 || told != 1 {
				t.Errorf("the first: %d, told %d times", status, told)
			}
			if status := call(); status != 200 || told != 1 {
				t.Errorf("a third, later: %d, told %d times", status, told)
			}
		})
	}
}
