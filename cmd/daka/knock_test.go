package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/dakahq/daka/wecom"
)

// closedPort is the address of a port on which nothing listens.
func closedPort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return "http://" + l.Addr().String()
}

// Where nothing listens a client and a desk end with the first try: neither makes
// its four, and no pause is begun.
func TestFirstKnock(t *testing.T) {
	base := closedPort(t)
	var tries atomic.Int32
	k := &knock{refused: func() { tries.Add(1) }}
	w, err := wecom.New(wecom.CorpApp("ww1", wecom.NewSecret("app-secret")), wecom.WithBaseURL(base), wecom.WithHTTPClient(k.client()), wecom.WithClock(k))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Token(context.Background()); !errors.Is(err, syscall.ECONNREFUSED) || tries.Load() != 1 {
		t.Errorf("client: %v after %d tries, want a refused connection after 1", err, tries.Load())
	}
	t.Run("desk", func(t *testing.T) {
		o := remoteOptions{baseURL: base, corpID: "ww1", secretEnv: "DAKA_TEST_KNOCK", zone: "Asia/Shanghai"}
		ctx, stop := context.WithCancel(context.Background())
		defer stop()
		tries := 0
		t.Setenv("DAKA_TEST_KNOCK", "admin-secret")
		k := &knock{refused: func() { tries++; stop() }}
		d, err := o.desk(k)
		if err != nil {
			t.Fatal(err)
		}
		if err := k.failure(d.reach(ctx)); !errors.Is(err, syscall.ECONNREFUSED) || tries != 1 {
			t.Errorf("%v after %d tries, want a refused connection after 1", err, tries)
		}
	})
}

// A server that has answered is knocked at again when it is gone.
func TestKnockAfterAnswer(t *testing.T) {
	t.Parallel()
	s := httptest.NewServer(http.NotFoundHandler())
	k := &knock{refused: func() { t.Error("told as refused") }}
	for range 2 {
		req, err := http.NewRequest(http.MethodGet, s.URL, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := k.RoundTrip(req)
		if err == nil {
			resp.Body.Close()
		}
		s.CloseClientConnections()
		s.Close()
	}
	if err := k.Sleep(context.Background(), 1); err != nil {
		t.Errorf("the pause before the next try: %v", err)
	}
}
