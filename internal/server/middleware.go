package server

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/dakahq/daka/internal/adminapi"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/qyapi"
	"github.com/dakahq/daka/wecom"
)

// record is what the log line of a request is made of.
type record struct {
	id      string
	called  bool // an edge has told its outcome
	outcome qyapi.Outcome
}

type recordKey struct{}

func recordOf(ctx context.Context) *record {
	if rec, ok := ctx.Value(recordKey{}).(*record); ok {
		return rec
	}
	return &record{}
}

// requestID returns the mark of the request that ctx belongs to.
func requestID(ctx context.Context) string { return recordOf(ctx).id }

// observe keeps what a call came to for its log line.
func observe(ctx context.Context, o qyapi.Outcome) {
	rec := recordOf(ctx)
	rec.called, rec.outcome = true, o
}

// observeAdmin is observe for daka's own operations, which have no errcode.
func observeAdmin(ctx context.Context, o adminapi.Outcome) {
	rec := recordOf(ctx)
	rec.outcome = qyapi.Outcome{Corp: o.Corp, Err: o.Err}
	if o.Status == http.StatusInternalServerError {
		rec.outcome.Code = wecom.CodeBusy
	}
}

// logged gives each request its mark and writes one line about it. The query,
// where tokens and secrets are, is never part of it.
func (s *Server) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rec := &record{id: rand.Text()}
		begun := time.Now() // how long it takes is no matter of the clock that is injected
		w.Header().Set("X-Request-Id", rec.id)
		sw := &statusWriter{ResponseWriter: w}
		defer func() {
			s.logger.LogAttrs(r.Context(), level(rec), "request", rec.attrs(r, sw.status, time.Since(begun))...)
		}()
		next.ServeHTTP(sw, r.WithContext(context.WithValue(r.Context(), recordKey{}, rec)))
	})
}

// level is Error for what the operator has to look at, a failure of ours.
func level(rec *record) slog.Level {
	if rec.outcome.Code == wecom.CodeBusy {
		return slog.LevelError
	}
	return slog.LevelInfo
}

func (rec *record) attrs(r *http.Request, status int, took time.Duration) []slog.Attr {
	attrs := []slog.Attr{
		slog.String("method", r.Method), slog.String("path", app.HideSecrets(r.URL.Path)), slog.Int("status", status),
		slog.Int64("ms", took.Milliseconds()), slog.String("request_id", rec.id),
	}
	if rec.called {
		attrs = append(attrs, slog.Int64("errcode", int64(rec.outcome.Code)))
	}
	if rec.outcome.Corp != "" {
		attrs = append(attrs, slog.String("corp", string(rec.outcome.Corp)))
	}
	if rec.outcome.Err != nil {
		text := app.HideSecrets(rec.outcome.Err.Error())
		attrs = append(attrs, slog.String("error", text[:min(len(text), maxErrorText)]))
	}
	return attrs
}

// maxErrorText bounds an error in the log, in bytes: it may quote what was
// sent, or hold a stack.
const maxErrorText = 8 << 10

// recovered answers -1 where a handler panics, and logs why.
func (s *Server) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			cause := recover()
			if cause == nil {
				return
			}
			if cause == http.ErrAbortHandler {
				panic(cause)
			}
			busy := &wecom.Error{Code: wecom.CodeBusy, Hint: requestID(r.Context())}
			busy.FromIP, _, _ = net.SplitHostPort(r.RemoteAddr)
			observe(r.Context(), qyapi.Outcome{Code: busy.Code, Err: fmt.Errorf("panic: %v\n%s", cause, debug.Stack())})
			w.Header().Set("Content-Type", "application/json; charset=UTF-8")
			w.Header().Set("Error-Code", "-1")
			_ = json.NewEncoder(w).Encode(busy.Envelope())
		}()
		next.ServeHTTP(w, r)
	})
}

// statusWriter remembers the status that was sent.
type statusWriter struct {
	http.ResponseWriter
	status int
}

// WriteHeader sends the header once; informational ones do not count.
func (w *statusWriter) WriteHeader(status int) {
	if w.status == 0 && status >= http.StatusOK {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write sends a part of the body.
func (w *statusWriter) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap gives http.ResponseController the writer below.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
