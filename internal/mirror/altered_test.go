package mirror_test

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/mirror"
	"github.com/dakahq/daka/wecom"
)

// call is one call of a client.
type call struct {
	path  string // behind /cgi-bin/, such as checkin/getcheckindata
	query url.Values
	body  []byte
}

// altered is a source whose answers are others than the server's on their way to
// the client, with a mirror of it.
type altered struct {
	*source
	mirror *mirror.Mirror
	app    *app.App
	corp   *app.Corp

	mu sync.Mutex
	// alter returns what the client is answered in the place of an answer, or nil
	// to leave it. It is called by one goroutine at a time; set it between runs.
	alter func(c call, answer []byte) []byte
	calls map[string]int // by path
}

// newAltered makes a source and a mirror of it, from the source's first day on;
// options may change what that one is given.
func newAltered(t *testing.T, people, months int, options ...func(*mirror.Options)) *altered {
	t.Helper()
	if testing.Short() {
		t.Skip("one answer after another: the race detector has nothing to find here that TestMirror does not show it")
	}
	x := &altered{source: newSource(t, people, months), calls: map[string]int{}}
	x.app = openApp(t, "sqlite:"+filepath.Join(t.TempDir(), "mirror.db"), x.Clock.Now)
	var err error
	x.corp, err = x.app.MirrorCorp(t.Context(), app.NewCorp{ID: x.source.corp.ID})
	must(t, err)
	x.mirror = x.with(t, options...)
	return x
}

// with returns another mirror into the same database.
func (x *altered) with(t *testing.T, options ...func(*mirror.Options)) *mirror.Mirror {
	t.Helper()
	w, err := x.WeCom.With(wecom.WithHTTPClient(&http.Client{Transport: x}))
	must(t, err)
	o := mirror.Options{From: x.first, Overlap: 3, Clock: x.Clock}
	for _, change := range options {
		change(&o)
	}
	m, err := mirror.New(x.app, x.corp, w, o)
	must(t, err)
	return m
}

// RoundTrip asks the server, and alters what it says.
func (x *altered) RoundTrip(r *http.Request) (*http.Response, error) {
	c := call{path: strings.TrimPrefix(r.URL.Path, "/cgi-bin/"), query: r.URL.Query()}
	if r.Body != nil {
		var err error
		if c.body, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
		r.Body = io.NopCloser(bytes.NewReader(c.body))
	}
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	if err := resp.Body.Close(); err != nil {
		return nil, err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.calls[c.path]++
	if x.alter != nil {
		if other := x.alter(c, answer); other != nil {
			answer = other
			resp.StatusCode = http.StatusOK
		}
	}
	resp.Body, resp.ContentLength = io.NopCloser(bytes.NewReader(answer)), int64(len(answer))
	resp.Header.Del("Content-Length")
	return resp, nil
}
