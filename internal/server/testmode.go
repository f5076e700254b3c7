package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/qyapi"
	"github.com/dakahq/daka/internal/rig"
	"github.com/dakahq/daka/wecom"
)

// turned is what test mode puts around WeCom's calls: the faults that they
// meet, and the log of them. Daka's own operations are left alone, so that
// faults can always be taken back.
func (s *Server) turned(next http.Handler) http.Handler {
	if s.rig == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, "/cgi-bin/") {
			next.ServeHTTP(w, r)
			return
		}
		body := &tee{ReadCloser: r.Body}
		r.Body = body
		t := &turning{server: s, w: w, r: r, next: next, body: body}
		defer t.log()
		t.serve()
	})
}

// tee keeps the beginning of what is read of a body: enough to see that it is
// too long to be kept.
type tee struct {
	io.ReadCloser
	kept bytes.Buffer
}

// Read reads on.
func (t *tee) Read(p []byte) (int, error) {
	n, err := t.ReadCloser.Read(p)
	t.kept.Write(p[:min(n, max(rig.MaxBody+1-t.kept.Len(), 0))])
	return n, err
}

// turning is one call in test mode.
type turning struct {
	server *Server
	w      http.ResponseWriter
	r      *http.Request
	next   http.Handler
	body   *tee
	corp   attendance.CorpID
	fault  int64 // that acted
	broken bool  // the connection was
	logged bool
}

// log keeps the call, once, and before its client can know that it has ended.
func (t *turning) log() {
	if !t.logged {
		t.logged = true
		t.server.rig.Requests.Add(t.request(t.body.kept.Bytes()))
	}
}

func (t *turning) serve() {
	agent := t.caller()
	for _, f := range t.server.rig.Faults.Meet(string(t.corp), t.r.URL.Path, agent, t.server.app.Now()) {
		t.fault = f.ID
		if f.Kind != rig.Delay {
			t.act(f)
			return
		}
		select {
		case <-t.r.Context().Done():
		case <-time.After(time.Duration(f.Millis) * time.Millisecond):
		}
	}
	t.next.ServeHTTP(t.w, t.r)
}

// caller finds out whose call it is, as well as its query says.
func (t *turning) caller() (agent int64) {
	query := t.r.URL.Query()
	t.corp = attendance.CorpID(query.Get("corpid"))
	if token := query.Get("access_token"); token != "" && t.server.rig.Faults.Any() {
		if c, err := t.server.app.Caller(t.r.Context(), app.Token(token)); err == nil {
			t.corp, agent = c.Corp.ID, c.Agent
		}
	}
	return agent
}

// act lets the call fail, before it is done or after.
func (t *turning) act(f rig.Fault) {
	if f.After && f.Kind != rig.HalfBody {
		t.next.ServeHTTP(&held{header: http.Header{}}, t.r)
	}
	switch f.Kind {
	case rig.ErrCode:
		t.refuse(wecom.Code(f.Code))
	case rig.WrongJSON:
		t.w.Header().Set("Content-Type", "application/json; charset=UTF-8")
		_, _ = io.WriteString(t.w, `{"errcode":0,"errmsg":"ok",`)
	case rig.BadGateway:
		t.w.Header().Set("Content-Type", "text/html")
		t.w.WriteHeader(http.StatusBadGateway)
		_, _ = io.WriteString(t.w, "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>\n")
	case rig.HalfBody:
		t.half()
	case rig.Reset:
		t.reset()
	}
}

func (t *turning) refuse(code wecom.Code) {
	failure := &wecom.Error{Code: code, Hint: requestID(t.r.Context())}
	failure.FromIP, _, _ = net.SplitHostPort(t.r.RemoteAddr)
	observe(t.r.Context(), qyapi.Outcome{Corp: t.corp, Code: code, Err: errors.New("a fault rule says so")})
	h := t.w.Header()
	h.Set("Content-Type", "application/json; charset=UTF-8")
	h.Set("Error-Code", strconv.FormatInt(int64(code), 10))
	_ = json.NewEncoder(t.w).Encode(failure.Envelope())
}

// half lets the call be done and breaks the connection in the middle of its
// answer.
func (t *turning) half() {
	answer := &held{header: t.w.Header()}
	t.next.ServeHTTP(answer, t.r)
	text := answer.body.Bytes()
	t.w.Header().Set("Content-Length", strconv.Itoa(len(text)))
	t.w.WriteHeader(max(answer.status, http.StatusOK))
	_, _ = t.w.Write(text[:len(text)/2])
	_ = http.NewResponseController(t.w).Flush()
	t.broken = true
	panic(http.ErrAbortHandler)
}

// reset breaks the connection as a machine does that knows nothing of it.
func (t *turning) reset() {
	t.broken = true
	t.log()
	conn, _, err := http.NewResponseController(t.w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // nobody is told what fails here: the connection ends either way
	}
	_ = conn.Close()
}

// held is an answer that is not sent.
type held struct {
	header http.Header
	status int
	body   bytes.Buffer
}

// Header returns the header of the answer.
func (h *held) Header() http.Header { return h.header }

// WriteHeader keeps the status.
func (h *held) WriteHeader(status int) {
	if h.status == 0 {
		h.status = status
	}
}

// Write keeps a part of the body.
func (h *held) Write(p []byte) (int, error) { return h.body.Write(p) }

// request is the call for the log.
func (t *turning) request(body []byte) rig.Request {
	rec := recordOf(t.r.Context())
	out := rig.Request{
		At: t.server.app.Now(), Corp: string(t.corp), Method: t.r.Method, Path: app.HideSecrets(t.r.URL.Path),
		Query: app.HideSecrets(rig.RedactQuery(t.r.URL.RawQuery)), Body: app.HideSecrets(rig.RedactBody(body)), RequestID: rec.id,
		Code: int64(rec.outcome.Code), Called: rec.called, Fault: t.fault,
	}
	if rec.outcome.Corp != "" {
		out.Corp = string(rec.outcome.Corp)
	}
	if sw, ok := t.w.(*statusWriter); ok && !t.broken {
		out.Status = sw.status
	}
	for _, l := range rec.outcome.Liberties {
		out.Liberties = append(out.Liberties, rig.Liberty{Pointer: app.HideSecrets(string(l.Pointer)), What: l.What})
	}
	return out
}

// ticketPeriod is how often suites get a new ticket (document 90628).
const ticketPeriod = 10 * time.Minute

// schedule lets what is due by the clock be done when the clock is advanced. A
// provider that cannot be told does not stop the time.
func (s *Server) schedule(pusher *qyapi.Pusher) {
	s.rig.Clock.Every("suite tickets", ticketPeriod, func(ctx context.Context) error {
		if err := pusher.PushTickets(ctx); err != nil {
			s.logger.Warn("suite tickets", "error", err)
		}
		return ctx.Err()
	})
}

// App returns the use cases that the server answers from.
func (s *Server) App() *app.App { return s.app }

// Clock returns what the server takes for the time; nil outside test mode.
func (s *Server) Clock() *rig.Clock {
	if s.rig == nil {
		return nil
	}
	return s.rig.Clock
}

// TestCorp is a corporation made for tests.
type TestCorp struct {
	ID                      string
	Admin, Checkin, Contact TestApp
}

// TestApp is an app of a TestCorp.
type TestApp struct {
	Agent  int64
	Secret wecom.Secret
}

// CreateTestCorp makes a corporation with an app of each self-built kind on a
// test database. An empty id is a random one, an empty zone Asia/Shanghai.
func (s *Server) CreateTestCorp(ctx context.Context, id, zone string) (*TestCorp, error) {
	corp, made, err := s.app.CreateCorp(ctx, app.NewCorp{ID: attendance.CorpID(id), Zone: zone, Test: true})
	if err != nil {
		return nil, fmt.Errorf("create test corporation: %w", err)
	}
	contact, err := s.app.CreateApp(ctx, corp.ID, app.ContactApp, "")
	if err != nil {
		return nil, fmt.Errorf("create test corporation: %w", err)
	}
	return &TestCorp{string(corp.ID), testApp(made[0]), testApp(made[1]), testApp(contact)}, nil
}

func testApp(c app.Credential) TestApp {
	return TestApp{c.Agent, wecom.NewSecret(c.Secret.Reveal())}
}
