package server

import (
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

// A live database cannot be turned, and a server that is not in test mode
// offers none of it.
func TestTestModeNeedsATestDatabase(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		a := app.New(db, nil)
		_, credentials, err := a.CreateCorp(t.Context(), app.NewCorp{ID: "ww1"})
		must(t, err)
		if _, err := New(Config{DB: db, TestMode: true}); !errors.Is(err, app.ErrLive) {
			t.Errorf("test mode on a live database: %v", err)
		}
		log := &lines{}
		s, err := New(Config{DB: db, Logger: slog.New(slog.NewJSONHandler(log, nil))})
		must(t, err)
		if s.Clock() != nil {
			t.Error("a clock to turn")
		}
		token, _, err := a.Token(t.Context(), "ww1", credentials[0].Secret)
		must(t, err)
		header := http.Header{"Authorization": {"Bearer " + token.Reveal()}}
		for _, call := range []string{"POST /daka/facts", "PUT /daka/clock", "POST /daka/faults", "POST /daka/corps", "POST /daka/reset", "GET /daka/requests"} {
			method, path, _ := strings.Cut(call, " ")
			w := serve(s, method, path, header, strings.NewReader("{}"))
			if w.Code != http.StatusForbidden || !strings.Contains(w.Body.String(), "test_mode_off") {
				t.Errorf("%s: %d %s", call, w.Code, w.Body)
			}
		}
		if w := serve(s, "GET", "/daka/apps", header, nil); w.Code != http.StatusOK {
			t.Errorf("apps: %d %s", w.Code, w.Body)
		}
		if line := log.last(t); line["path"] != "/daka/apps" || line["corp"] != "ww1" || line["errcode"] != nil || line["status"] != 200.0 {
			t.Errorf("logged %v", line)
		}
		if strings.Contains(log.String(), token.Reveal()) {
			t.Error("the log holds the token")
		}
	})
}

// What fails below an operation is told in the log alone.
func TestAdminInternalErrors(t *testing.T) {
	t.Parallel()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		log := &lines{}
		db, err := store.Open(t.Context(), dsn, store.Options{})
		must(t, err)
		must(t, db.Close())
		s, err := New(Config{DB: db, Logger: slog.New(slog.NewJSONHandler(log, nil))})
		must(t, err)
		w := serve(s, "GET", "/daka/apps", http.Header{"Authorization": {"Bearer x"}}, nil)
		if w.Code != 500 || !strings.Contains(w.Body.String(), `"code":"internal"`) || !strings.Contains(w.Body.String(), w.Header().Get("X-Request-Id")) || strings.Contains(w.Body.String(), "close") {
			t.Errorf("%d %s", w.Code, w.Body)
		}
		if line := log.last(t); line["level"] != "ERROR" || !strings.Contains(line["error"].(string), "closed") {
			t.Errorf("logged %v", line)
		}
	})
}

// Advancing the clock by 35 minutes pushes the tickets that are due at 10, 20
// and 30, with the clock at those times.
func TestAdvancePushesTickets(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		key, err := app.ParseKey(app.NewKey())
		must(t, err)
		s, err := New(Config{DB: db, TestMode: true, Key: key})
		must(t, err)
		must(t, s.Clock().SetScale(0))
		begun := s.Clock().Now()
		var pushed atomic.Int64
		provider := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			n := pushed.Add(1)
			if at := s.Clock().Now().Sub(begun).Round(time.Second); at != time.Duration(n)*10*time.Minute {
				t.Errorf("push %d after %s", n, at)
			}
			if n == 2 {
				w.WriteHeader(http.StatusBadGateway) // time goes on all the same
			}
			_, _ = w.Write([]byte("success"))
		}))
		defer provider.Close()
		_, err = s.App().AddSuite(t.Context(), app.NewSuite{Suite: app.Suite{Kind: app.SuiteApp, Name: "应用", CallbackURL: provider.URL}})
		must(t, err)
		must(t, s.Clock().Advance(t.Context(), 35*time.Minute))
		if n := pushed.Load(); n != 3 || s.Clock().Now().Sub(begun) != 35*time.Minute {
			t.Errorf("%d pushes in %s", n, s.Clock().Now().Sub(begun))
		}
	})
}
