package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"github.com/klauspost/compress/gzhttp"

	"github.com/dakahq/daka/internal/adminapi"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/qyapi"
	"github.com/dakahq/daka/internal/rig"
	"github.com/dakahq/daka/internal/store"
)

// Config is what a Server is made of.
type Config struct {
	DB     *store.DB        // open and migrated; needed
	Now    func() time.Time // the only source of time; nil means the machine's clock
	Logger *slog.Logger     // nil means no log
	Strict bool             // bodies that take liberties are refused, see qyapi.Options
	Limits qyapi.Limits     // the zero value is WeCom's
	// TestMode lets admin apps turn the clock, which begins as Now, and let
	// calls fail. It needs a database made for tests.
	TestMode bool
	// Proxies are the networks whose X-Forwarded-For is believed.
	Proxies []netip.Prefix
	// Key seals what suites need again; without one suites are not served.
	Key app.Key
}

// Server is the handler of all of daka's surfaces.
type Server struct {
	db      *store.DB
	app     *app.App
	rig     *rig.Rig // nil outside test mode
	logger  *slog.Logger
	proxies []netip.Prefix
	handler http.Handler
	// background is the work that goes on beside the requests, each until its
	// context ends.
	background []func(context.Context)
}

// New wires a Server. It starts nothing and does not close the database. It
// fails without one, and with app.ErrLive in test mode on a live one.
func New(c Config) (*Server, error) {
	if c.DB == nil {
		return nil, errors.New("new server: a database is needed")
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	s := &Server{db: c.DB, logger: c.Logger, proxies: c.Proxies}
	if c.TestMode {
		s.rig = rig.New(c.Now)
		c.Now = s.rig.Clock.Now
	}
	s.app = app.New(c.DB, c.Now, app.WithKey(c.Key))
	if c.TestMode {
		if err := s.app.RequireTest(context.Background()); err != nil {
			return nil, fmt.Errorf("new server in test mode: %w", err)
		}
	}
	api := qyapi.New(s.app, qyapi.Options{Strict: c.Strict, Limits: c.Limits, RequestID: requestID, Observe: observe})
	pusher := qyapi.NewPusher(s.app)
	s.background = append(s.background, func(ctx context.Context) {
		pusher.Run(ctx, func(err error) { s.logger.Warn("suite tickets", "error", err) })
	})
	if s.rig != nil {
		s.schedule(pusher)
	}
	mux := http.NewServeMux()
	mux.Handle("/cgi-bin/", api)
	mux.Handle("/daka/", adminapi.New(s.app, adminapi.Options{Rig: s.rig, RequestID: requestID, Observe: observeAdmin}))
	mux.HandleFunc("GET /healthz", s.healthz)
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) })
	compress, err := gzhttp.NewWrapper(gzhttp.EnableZstd(true))
	if err != nil {
		return nil, fmt.Errorf("new server: %w", err)
	}
	s.handler = s.behind(s.logged(s.turned(compress(s.recovered(http.MaxBytesHandler(mux, maxBody))))))
	return s, nil
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// maxBody is the most that any edge takes, in bytes: a media file. The edges
// have limits of their own below it.
const maxBody = 22 << 20

// maxHeader bounds the head of a request, its query included, in bytes.
const maxHeader = 64 << 10

// How long a client may take. There is no limit on writing: a large answer on
// a slow line is no fault.
const (
	headerTimeout = 10 * time.Second
	readTimeout   = 60 * time.Second
	idleTimeout   = 120 * time.Second
	graceTimeout  = 20 * time.Second
)

// Serve answers what comes in at l, and pushes tickets to suites, until ctx ends, then takes no more, lets
// what is under way end for up to 20 seconds, and returns nil. It closes l. It
// fails when l does, and with context.DeadlineExceeded when requests had to be
// cut off.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	srv := &http.Server{
		Handler: s, ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, IdleTimeout: idleTimeout,
		MaxHeaderBytes: maxHeader, ErrorLog: slog.NewLogLogger(s.logger.Handler(), slog.LevelWarn),
	}
	work, stop := context.WithCancel(ctx)
	var background sync.WaitGroup
	for _, do := range s.background {
		background.Go(func() { do(work) })
	}
	defer background.Wait()
	defer stop()
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(l) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve %s: %w", l.Addr(), err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), graceTimeout)
	defer cancel()
	if err := srv.Shutdown(grace); err != nil {
		return errors.Join(fmt.Errorf("shut down: %w", err), srv.Close())
	}
	return nil
}

// healthz says to callers on this machine whether the database answers.
func (s *Server) healthz(w http.ResponseWriter, r *http.Request) {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if ip := net.ParseIP(host); err != nil || ip == nil || !ip.IsLoopback() {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	err = s.db.Read(r.Context(), func(tx *store.Tx) error {
		_, err := tx.Corps()
		return err
	})
	if err != nil {
		s.logger.Error("healthz: the database does not answer", "error", err)
		http.Error(w, "database", http.StatusServiceUnavailable)
		return
	}
	_, _ = w.Write([]byte("ok\n"))
}
