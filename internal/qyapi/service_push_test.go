package qyapi_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/qyapi"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

// A push that nobody takes is tried three times, one that is refused once.
func TestPushFailures(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := newProvider(t, db, app.SuiteApp)
		for _, tt := range []struct {
			name  string
			reply func(http.ResponseWriter)
			tries int
		}{
			{"another text", func(w http.ResponseWriter) { fmt.Fprint(w, "ok") }, 1},
			{"an error", func(w http.ResponseWriter) { w.WriteHeader(http.StatusBadGateway) }, 1},
			{"a redirect", func(w http.ResponseWriter) { w.Header().Set("Location", "/"); w.WriteHeader(http.StatusFound) }, 1},
			{"a line cut off", func(http.ResponseWriter) { panic(http.ErrAbortHandler) }, 3},
		} {
			p.mu.Lock()
			p.reply, p.bodies = tt.reply, nil
			p.mu.Unlock()
			p.clock.Add(600)
			err := p.pusher.PushTickets(t.Context())
			if err == nil || !strings.Contains(err.Error(), string(p.suite.ID)) || strings.Contains(err.Error(), "tenant") {
				t.Errorf("%s: %v", tt.name, err)
			}
			if n := len(p.pushed()); n != tt.tries {
				t.Errorf("%s: %d tries, want %d", tt.name, n, tt.tries)
			}
		}
		if err := qyapi.NewPusher(p.fixture.app).Push(t.Context(), app.SuiteEvent{Suite: p.suite.ID}); !errors.Is(err, app.ErrNoKey) {
			t.Errorf("without a key: %v", err)
		}
		var reported []error
		p.clock.Add(600)
		qyapi.NewPusher(p.fixture.app).Run(t.Context(), func(err error) { reported = append(reported, err) })
		if len(reported) != 1 || !errors.Is(reported[0], app.ErrNoKey) {
			t.Errorf("run without a key: %v", reported)
		}
	})
}
