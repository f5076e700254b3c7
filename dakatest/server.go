package dakatest

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/server"
	"github.com/dakahq/daka/wecom"
)

// Server is a daka server with one corporation. Its methods end the test that
// it was made for when they fail, and may be used by one goroutine at a time;
// its clients by many.
type Server struct {
	URL     string // without a slash at its end
	CorpID  string
	Contact App // contact sync: reads and edits the directory
	App     App // the check-in app, that Checkin and WeCom call for

	Checkin *checkin.Client // the check-in interface
	WeCom   *wecom.Client   // any other call of WeCom's; see Client
	Admin   *admin.Client   // daka's own operations
	Clock   *Clock          // what the server, and the clients, take for the time

	t    testing.TB
	http *http.Client
}

// App is a credential.
type App struct {
	Agent  int64
	Secret wecom.Secret
}

// Option changes a Server under construction.
type Option func(*settings)

type settings struct {
	dsn    string
	at     time.Time
	zone   string
	strict bool
	limits bool
	people int
	months int
}

// At freezes the clock at an instant. Without it the clock runs with the
// machine's.
func At(t time.Time) Option { return func(s *settings) { s.at = t } }

// InZone gives the corporation a zone by its IANA name, in place of
// Asia/Shanghai.
func InZone(name string) Option { return func(s *settings) { s.zone = name } }

// Strict lets the server refuse bodies that WeCom's documents do not allow.
func Strict() Option { return func(s *settings) { s.strict = true } }

// Limited lets the server refuse calls past WeCom's quotas. Without it any
// number is answered, for a frozen clock would never end a minute.
func Limited() Option { return func(s *settings) { s.limits = true } }

// OnDatabase keeps the facts in an empty database, as sqlite:FILE or
// postgres://user@host/database, in place of one in memory.
func OnDatabase(dsn string) Option { return func(s *settings) { s.dsn = dsn } }

// WithSample fills the corporation with the made-up company of daka demo: so
// many people, and full months of history with what followed until the last noon
// that the clock has passed, in Asia/Shanghai.
func WithSample(people, months int) Option {
	return func(s *settings) { s.people, s.months = people, months }
}

// NewServer starts a server, which ends with the test. Any number of them may
// run side by side.
func NewServer(t testing.TB, opts ...Option) *Server {
	t.Helper()
	set := settings{dsn: ":memory:"}
	for _, opt := range opts {
		opt(&set)
	}
	config := server.Config{Strict: set.strict}
	config.Limits.Off = !set.limits
	srv, err := server.OpenTest(t.Context(), set.dsn, config)
	if err != nil {
		t.Fatalf("dakatest: %v", err)
	}
	s := &Server{t: t, Clock: &Clock{t, srv}}
	t.Cleanup(func() {
		if err := srv.Close(); err != nil {
			t.Errorf("dakatest: %v", err)
		}
	})
	if !set.at.IsZero() {
		s.Clock.Freeze()
		s.Clock.Set(set.at)
	}
	secret := s.corporation(srv, &set)
	h := httptest.NewServer(srv)
	t.Cleanup(h.Close)
	s.URL = h.URL
	transport := &http.Transport{MaxIdleConnsPerHost: 64}
	t.Cleanup(transport.CloseIdleConnections)
	s.http = &http.Client{Transport: transport, Timeout: time.Minute}
	s.WeCom = s.Client(s.App)
	s.Checkin = checkin.NewClient(s.WeCom)
	s.Admin, err = admin.New(s.URL, s.CorpID, secret, admin.WithHTTPClient(s.http), admin.WithClock(s.Clock))
	s.must(err)
	return s
}

// corporation makes the corporation and returns the secret of its admin app.
func (s *Server) corporation(srv *server.Server, set *settings) wecom.Secret {
	s.t.Helper()
	if set.people > 0 {
		return s.sample(srv, set)
	}
	corp, err := srv.CreateTestCorp(s.t.Context(), "", set.zone)
	s.must(err)
	s.CorpID, s.App, s.Contact = corp.ID, App(corp.Checkin), App(corp.Contact)
	return corp.Admin.Secret
}

// Client returns a client that calls for an app of the corporation. It shows
// every failure at once, for a frozen clock would never end a wait: it makes no
// call again, and keeps to no quota. Its With turns that on.
func (s *Server) Client(app App) *wecom.Client {
	s.t.Helper()
	c, err := wecom.New(wecom.CorpApp(s.CorpID, app.Secret), wecom.WithBaseURL(s.URL), wecom.WithHTTPClient(s.http), wecom.WithClock(s.Clock),
		wecom.WithRetry(wecom.Retry{Sends: 1, Windows: -1}), wecom.WithLimiter(nil))
	s.must(err)
	return c
}

func (s *Server) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatalf("dakatest: %v", err)
	}
}
