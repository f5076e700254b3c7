package wecom_test

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/dakahq/daka/wecom"
)

// A 429 or 503 of something on the way says when to come again: no earlier is
// the call made again, and not at all if that is more than five minutes off. The
// pause that is drawn otherwise is 1 ns here.
func TestRetryAfter(t *testing.T) {
	t.Parallel()
	now := newJumpClock().now
	date := func(after time.Duration) string { return now.Add(after).UTC().Format(http.TimeFormat) }
	for _, tt := range []struct {
		name   string
		status int
		header string
		date   string // of the answer; "" = none
		waited time.Duration
		sends  int
	}{
		{"seconds", 429, "17", "", 17 * time.Second, 2},
		{"seconds of a 503", 503, "17", "", 17 * time.Second, 2},
		{"five minutes", 429, "300", "", 300 * time.Second, 2},
		{"more", 429, "301", "", 0, 1},
		{"far more", 429, "99999999999999999999", "", 0, 1},
		{"a date", 503, date(20 * time.Second), "", 20 * time.Second, 2},
		{"a date by the server's clock", 503, date(time.Hour + 20*time.Second), date(time.Hour), 20 * time.Second, 2},
		{"a date that is past", 503, date(-time.Hour), "", 0, 2},
		{"none", 429, "", "", 0, 2},
		{"nonsense", 429, "soon", "", 0, 2},
		{"below zero", 429, "-5", "", 0, 2},
		{"another status", 502, "17", "", 0, 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := &fakeCorp{answer: script(func(w http.ResponseWriter, _ *http.Request) {
				w.Header()["Date"] = nil
				if tt.date != "" {
					w.Header().Set("Date", tt.date)
				}
				w.Header().Set("Retry-After", tt.header)
				w.WriteHeader(tt.status)
			}, fine)}
			clock := newJumpClock()
			err := f.start(t, wecom.WithClock(clock)).Get(t.Context(), "/cgi-bin/x", nil, &listAnswer{})
			if (err == nil) != (tt.sends == 2) || len(f.sent()) != tt.sends {
				t.Errorf("%v after %d calls, want %d", err, len(f.sent()), tt.sends)
			}
			if waited := clock.now.Sub(now); waited.Truncate(time.Second) != tt.waited {
				t.Errorf("waited for %v, want %v", waited, tt.waited)
			}
			if broken, ok := errors.AsType[*wecom.TransportError](err); err != nil && (!ok || broken.Status != tt.status) {
				t.Errorf("it fails with %v", err)
			}
		})
	}
}
