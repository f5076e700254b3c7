package server

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/wecom"
)

// lines is a log that tests read.
type lines struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// last returns the latest line.
func (l *lines) last(t *testing.T) (line map[string]any) {
	t.Helper()
	all := strings.Split(strings.TrimSpace(l.String()), "\n")
	must(t, json.Unmarshal([]byte(all[len(all)-1]), &line))
	return line
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// start returns a server with a corporation on it, its log and the query with a
// check-in app's token.
func start(t *testing.T, db *store.DB) (s *Server, log *lines, query string) {
	t.Helper()
	log = &lines{}
	s, err := New(Config{DB: db, Logger: slog.New(slog.NewJSONHandler(log, nil))})
	must(t, err)
	a := app.New(db, nil)
	corp, credentials, err := a.CreateCorp(t.Context(), app.NewCorp{ID: "ww1"})
	must(t, err)
	var members []app.Contact
	for i := range 200 {
		members = append(members, app.Contact{ID: attendance.UserID(fmt.Sprintf("user%d", i)), Name: "员工", Depts: []attendance.DeptID{1}})
	}
	must(t, a.AddMembers(t.Context(), corp, members))
	token, _, err := a.Token(t.Context(), "ww1", credentials[1].Secret)
	must(t, err)
	return s, log, "?access_token=" + token.Reveal()
}

func serve(s http.Handler, method, target string, header http.Header, body io.Reader) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, body)
	r.Header = header
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

func TestNewNeedsADatabase(t *testing.T) {
	t.Parallel()
	if _, err := New(Config{}); err == nil {
		t.Error("a server without a database")
	}
}

// One line for each request, with everything but the query.
func TestLogLine(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s, log, query := start(t, db)
		token := strings.TrimPrefix(query, "?access_token=")
		for _, tt := range []struct {
			target string
			status float64
			code   any
			corp   any
		}{
			{"/cgi-bin/checkin/getcheckindata" + query, 200, 40058.0, "ww1"},
			{"/cgi-bin/checkin/getcorpcheckinoption" + query, 200, 0.0, "ww1"},
			{"/cgi-bin/checkin/getcheckindata?access_token=none", 200, 40014.0, nil},
			{"/cgi-bin/gettoken?corpid=ww1&corpsecret=hunter2", 200, 40001.0, nil},
			{"/cgi-bin/none" + query, 404, nil, nil},
			{"/favicon.ico" + query, 404, nil, nil},
		} {
			w := serve(s, http.MethodPost, tt.target, nil, strings.NewReader(""))
			line := log.last(t)
			path, _, _ := strings.Cut(tt.target, "?")
			if line["method"] != "POST" || line["path"] != path || line["status"] != tt.status || line["errcode"] != tt.code || line["corp"] != tt.corp {
				t.Errorf("%s: %v", path, line)
			}
			id := w.Header().Get("X-Request-Id")
			if _, ok := line["ms"].(float64); !ok || id == "" || line["request_id"] != id {
				t.Errorf("%s: request %q in %v", path, id, line)
			}
			if w.Code == http.StatusNotFound && w.Body.Len() != 0 {
				t.Errorf("%s: a 404 with %q", path, w.Body)
			}
			if code, ok := tt.code.(float64); ok && code != 0 && !strings.Contains(w.Body.String(), "hint: ["+id+"]") {
				t.Errorf("%s: the hint is not %s: %s", path, id, w.Body)
			}
		}
		if text := log.String(); strings.Contains(text, token) || strings.Contains(text, "hunter2") || strings.Contains(text, "access_token=") {
			t.Errorf("the log holds a credential:\n%s", text)
		}
		if n := strings.Count(log.String(), "\n"); n != 6 {
			t.Errorf("%d lines, want one for each of 6 requests", n)
		}
	})
}

// What fails below is -1 to the caller, and told in the log alone.
func TestInternalErrors(t *testing.T) {
	t.Parallel()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		log := &lines{}
		db, err := store.Open(t.Context(), dsn, store.Options{})
		must(t, err)
		must(t, db.Close())
		s, err := New(Config{DB: db, Logger: slog.New(slog.NewJSONHandler(log, nil))})
		must(t, err)
		w := serve(s, http.MethodPost, "/cgi-bin/checkin/getcheckindata?access_token=x", nil, nil)
		if body := w.Body.String(); w.Code != 200 || !strings.Contains(body, `"errcode":-1`) || !strings.Contains(body, "system busy, hint: [") || strings.Contains(body, "close") {
			t.Errorf("%d %s", w.Code, body)
		}
		if line := log.last(t); line["level"] != "ERROR" || line["errcode"] != -1.0 || !strings.Contains(fmt.Sprint(line["error"]), "closed") {
			t.Errorf("logged %v", line)
		}
		r := httptest.NewRequest(http.MethodGet, "/healthz", nil)
		r.RemoteAddr = "127.0.0.1:5"
		health := httptest.NewRecorder()
		s.ServeHTTP(health, r)
		if health.Code != http.StatusServiceUnavailable {
			t.Errorf("healthz: %d, want 503", health.Code)
		}
	})
}

func TestPanics(t *testing.T) {
	t.Parallel()
	log := &lines{}
	s := &Server{logger: slog.New(slog.NewJSONHandler(log, nil))}
	h := s.logged(s.recovered(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("the roof is on fire") })))
	w := serve(h, http.MethodPost, "/cgi-bin/x", nil, nil)
	var e wecom.Envelope
	must(t, json.Unmarshal(w.Body.Bytes(), &e))
	if w.Code != 200 || e.ErrCode != -1 || !strings.Contains(e.ErrMsg, w.Header().Get("X-Request-Id")) || strings.Contains(e.ErrMsg, "fire") {
		t.Errorf("%d %+v", w.Code, e)
	}
	if line := log.last(t); line["errcode"] != -1.0 || !strings.Contains(fmt.Sprint(line["error"]), "server_test.go") {
		t.Errorf("logged %v", line)
	}
}

func TestHealthz(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s, err := New(Config{DB: db})
		must(t, err)
		for remote, want := range map[string]int{"127.0.0.1:5": 200, "[::1]:5": 200, "192.0.2.1:5": 404, "": 404} {
			r := httptest.NewRequest(http.MethodGet, "/healthz", nil)
			r.RemoteAddr = remote
			w := httptest.NewRecorder()
			s.ServeHTTP(w, r)
			if w.Code != want {
				t.Errorf("from %q: %d, want %d", remote, w.Code, want)
			}
		}
	})
}

// Large answers are compressed for those who take it, small ones are not.
func TestCompression(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s, _, query := start(t, db)
		large := "/cgi-bin/user/simplelist" + query + "&department_id=1"
		plain := serve(s, http.MethodGet, large, nil, nil).Body.String()
		open := map[string]func(io.Reader) (io.Reader, error){
			"gzip": func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
			"zstd": func(r io.Reader) (io.Reader, error) { return zstd.NewReader(r) },
		}
		for encoding, opened := range open {
			w := serve(s, http.MethodGet, large, http.Header{"Accept-Encoding": {encoding}}, nil)
			if got := w.Header().Get("Content-Encoding"); got != encoding || w.Body.Len() > len(plain)/2 {
				t.Errorf("%s: got %q, %d bytes of %d", encoding, got, w.Body.Len(), len(plain))
			}
			r, err := opened(w.Body)
			must(t, err)
			text, err := io.ReadAll(r)
			must(t, err)
			if string(text) != plain {
				t.Errorf("%s: another text", encoding)
			}
			small := serve(s, http.MethodGet, "/cgi-bin/department/simplelist"+query, http.Header{"Accept-Encoding": {encoding}}, nil)
			if got := small.Header().Get("Content-Encoding"); got != "" {
				t.Errorf("a small answer came as %s", got)
			}
		}
	})
}

// Serve lets a request end that is under way when ctx ends, and takes no more.
func TestServeEndsGracefully(t *testing.T) {
	t.Parallel()
	begun, end := make(chan struct{}), make(chan struct{})
	s := &Server{logger: slog.New(slog.DiscardHandler), handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(begun)
		<-end
		_, _ = io.WriteString(w, "done")
	})}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- s.Serve(ctx, l) }()
	answered := make(chan string, 1)
	go func() {
		resp, err := http.Get("http://" + l.Addr().String())
		if err != nil {
			answered <- err.Error()
			return
		}
		defer resp.Body.Close()
		text, _ := io.ReadAll(resp.Body)
		answered <- string(text)
	}()
	<-begun
	cancel()
	for deadline := time.Now().Add(5 * time.Second); ; time.Sleep(time.Millisecond) {
		conn, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			break
		}
		conn.Close()
		if time.Now().After(deadline) {
			t.Fatal("the listener is still open")
		}
	}
	close(end)
	if text := <-answered; text != "done" {
		t.Errorf("the request under way ended with %q", text)
	}
	if err := <-served; err != nil {
		t.Errorf("Serve: %v", err)
	}
}

func TestServeFailsWithItsListener(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	must(t, l.Close())
	s := &Server{logger: slog.New(slog.DiscardHandler), handler: http.NotFoundHandler()}
	if err := s.Serve(t.Context(), l); err == nil {
		t.Error("no error for a closed listener")
	}
}

// Through everything a server puts around it, a gigabyte is still refused at
// once and its connection closed.
func TestHugeBody(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s, _, query := start(t, db)
		server := httptest.NewServer(s)
		defer server.Close()
		address, err := url.Parse(server.URL)
		must(t, err)
		conn, err := net.Dial("tcp", address.Host)
		must(t, err)
		defer conn.Close()
		must(t, conn.SetDeadline(time.Now().Add(20*time.Second)))
		fmt.Fprintf(conn, "POST /cgi-bin/checkin/getcheckindata%s HTTP/1.1\r\nHost: daka\r\nAccept-Encoding: gzip\r\nContent-Length: 1073741824\r\n\r\n{", query)
		resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
		must(t, err)
		text, err := io.ReadAll(resp.Body)
		must(t, err)
		if !resp.Close || !strings.Contains(string(text), `"errcode":40058`) {
			t.Errorf("closing %v: %s", resp.Close, text)
		}
	})
}
