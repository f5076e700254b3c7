package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/wecom"
)

// Who ends a sync with Ctrl-C is told that nothing is lost; with --every that is
// how it ends.
func TestSyncInterrupted(t *testing.T) {
	for _, tt := range []struct {
		name string
		args []string
		code int
		text string
	}{
		{"once", nil, exitFailure, "daka: interrupted; run it again and it goes on where it was\n"},
		{"in Chinese", []string{"--lang", "zh"}, exitFailure, "daka: 已中断；再次运行将从中断处继续\n"},
		{"every hour", []string{"--every", "1h"}, exitOK, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == wecom.TokenPath {
					_, _ = w.Write([]byte(`{"errcode":0,"errmsg":"ok","access_token":"t","expires_in":7200}`))
					return
				}
				cancel()
				<-r.Context().Done()
			}))
			defer server.Close()
			t.Setenv(secretVariable, "s")
			var stdout, stderr strings.Builder
			code := run(ctx, append([]string{
				"sync", "-q", "--base-url", server.URL, "--corp-id", "wwa", "--from", "2024-02", "--db", "sqlite:" + filepath.Join(t.TempDir(), "a.db"),
			}, tt.args...), &stdout, &stderr)
			if code != tt.code || stderr.String() != tt.text || stdout.String() != "" {
				t.Errorf("%d, %q, %q", code, stdout.String(), stderr.String())
			}
		})
	}
}

// A sync is about days that have begun, whatever the period.
func TestSyncDays(t *testing.T) {
	zone, err := attendance.LoadZone("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	now := today(zone)
	first, _ := now.Month()
	cmd := newSyncCommand()
	cmd.SetContext(t.Context())
	var stderr strings.Builder
	cmd.SetErr(&stderr)
	o := syncOptions{span: spanFlags{fallback: "this month"}}
	if err := o.span.take(cmd, nil); err != nil {
		t.Fatal(err)
	}
	opts, err := o.options(cmd, zone)
	if err != nil || opts.From != first || opts.To != 0 {
		t.Errorf("%+v, %v", opts, err)
	}
	if want := daysText(cmd, first, now) + ", Asia/Shanghai\n"; stderr.String() != want {
		t.Errorf("%q, want %q", stderr.String(), want)
	}
}

// With --every a failure that may pass is followed by another round, and none
// after which to ask again is of no use or brings a ban.
func TestSyncPassing(t *testing.T) {
	t.Parallel()
	refused := func(code wecom.Code) error { return &wecom.Error{Code: code} }
	for name, tt := range map[string]struct {
		err  error
		want bool
	}{
		"busy":           {refused(wecom.CodeBusy), true},
		"system":         {refused(wecom.CodeCheckinSystem), true},
		"silence":        {&wecom.TransportError{}, true},
		"secret":         {refused(wecom.CodeInvalidSecret), false},
		"corporation":    {refused(wecom.CodeInvalidCorpID), false},
		"other secret":   {refused(wecom.CodeIllegalSecret), false},
		"address":        {refused(wecom.CodeUntrustedIP), false},
		"authorisation":  {refused(wecom.CodeRevokedAuth), false},
		"another sync":   {app.ErrMirroring, true},
		"contacts":       {app.ErrShrunk, true},
		"database busy":  {store.ErrBusy, true},
		"disk full":      {store.ErrFull, false},
		"not known here": {context.DeadlineExceeded, false},
	} {
		if got := passing(tt.err); got != tt.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}
