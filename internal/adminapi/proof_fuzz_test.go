package adminapi_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/server"
	"github.com/dakahq/daka/internal/store/storetest"
)

// FuzzOperations sends anything to any operation, with the token of an admin
// app; the targets FuzzLong… do it to one operation each, for a minute in the
// long runs.
func FuzzOperations(f *testing.F) {
	seeds := fuzzSeeds()
	for i, op := range admin.Operations {
		s := seeds[op.Call][0]
		f.Add(uint8(i), s.value, s.query, []byte(s.body))
	}
	w := newFuzzWorld(f)
	f.Fuzz(func(t *testing.T, which uint8, value, query string, body []byte) {
		w.call(t, admin.Operations[int(which)%len(admin.Operations)], value, query, body)
	})
}

// fuzzOperation sends anything to one operation; value is what its path names.
func fuzzOperation(f *testing.F, call string) {
	f.Helper()
	if testing.Short() {
		f.Skip("TestFuzzSeeds sends the seeds, too")
	}
	f.Add("", "", []byte(nil))
	f.Add("x", "", []byte(`{}`))
	f.Add("1", "", []byte(`[`))
	for _, s := range fuzzSeeds()[call] {
		f.Add(s.value, s.query, []byte(s.body))
	}
	w := newFuzzWorld(f)
	for _, op := range admin.Operations {
		if op.Call == call {
			f.Fuzz(func(t *testing.T, value, query string, body []byte) { w.call(t, op, value, query, body) })
			return
		}
	}
	f.Fatalf("%s is no operation", call)
}

// fuzzWorld is the server that a fuzz target calls, in test mode, with a
// corporation that has members, a rule, punches, a closed month and a snapshot.
type fuzzWorld struct {
	dsn    string
	server *server.Server
	token  string
	calls  int
}

const (
	// fuzzRenewal is after how many calls the world is made anew, so that what is
	// found depends on no more than those, and is not all erased before long.
	fuzzRenewal = 500
	// fuzzPatience is how long a call may take, on a machine that does other things.
	fuzzPatience = 5 * time.Second
)

// fuzzNoon is when the calls are made: noon of Thursday, 2025-09-11.
var fuzzNoon = shanghai(9, 11, 12, 0)

func newFuzzWorld(f *testing.F) *fuzzWorld {
	w := &fuzzWorld{dsn: ":memory:"}
	f.Cleanup(func() { w.close(f) })
	return w
}

func (w *fuzzWorld) close(t testing.TB) {
	if w.server != nil {
		must(t, w.server.Close())
	}
}

func (w *fuzzWorld) renew(t *testing.T) {
	ctx := context.Background()
	w.close(t)
	var err error
	w.server, err = server.OpenTest(ctx, w.dsn, server.Config{})
	must(t, err)
	w.stop(t)
	corp, err := w.server.CreateTestCorp(ctx, "ww1", "")
	must(t, err)
	token, _, err := w.server.App().Token(ctx, attendance.CorpID(corp.ID), app.Secret(corp.Admin.Secret.Reveal()))
	must(t, err)
	w.token = token.Reveal()
	for _, s := range []struct{ method, path, body string }{
		{"POST", "/daka/facts", fuzzFacts}, {"POST", "/daka/months/2025-08/close", `{"actor":"hr"}`}, {"POST", "/daka/snapshots/begun", ""},
		{"POST", "/daka/faults", `{"kind":"delay","millis":1}`},
	} {
		if answer := w.send(s.method, &url.URL{Path: s.path}, s.body); answer.Code != http.StatusOK {
			t.Fatalf("%s: %d %s", s.path, answer.Code, answer.Body)
		}
	}
}

// stop freezes the clock where all calls are made.
func (w *fuzzWorld) stop(t *testing.T) {
	must(t, w.server.Clock().SetScale(0))
	w.server.Clock().Set(fuzzNoon)
}

func (w *fuzzWorld) send(method string, target *url.URL, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "/", strings.NewReader(body))
	r.URL = target
	r.Header.Set("Authorization", "Bearer "+w.token)
	answer := httptest.NewRecorder()
	w.server.ServeHTTP(answer, r)
	return answer
}

var wildcard = regexp.MustCompile(`\{\w+\}`)

// call makes one call: no status from 500 on, JSON that says what is wrong, and
// no long wait.
func (w *fuzzWorld) call(t *testing.T, op admin.Operation, value, query string, body []byte) {
	if w.calls%fuzzRenewal == 0 {
		w.renew(t)
	}
	w.calls++
	target := &url.URL{
		Path:    wildcard.ReplaceAllLiteralString(op.Path, value),
		RawPath: wildcard.ReplaceAllLiteralString(op.Path, url.PathEscape(value)), RawQuery: query,
	}
	begun := time.Now()
	answer := w.send(op.Method, target, string(body))
	if took := time.Since(begun); took > fuzzPatience {
		t.Errorf("%s of %q?%s: %v", op.Call, value, query, took)
	}
	if problem := answerProblem(answer); problem != "" {
		t.Errorf("%s of %q?%s: status %d, %s: %.300s", op.Call, value, query, answer.Code, problem, answer.Body)
	}
	w.stop(t)
	if answer.Code == http.StatusUnauthorized {
		w.calls = 0 // the caller's own app has a new secret
	}
}

// answerProblem says what is wrong with an answer; "" = nothing.
func answerProblem(w *httptest.ResponseRecorder) string {
	var e admin.ErrorBody
	switch {
	case w.Code >= http.StatusInternalServerError:
		return "a failure of the server"
	case w.Code/100 == 3:
		return "" // a path with .. in it has another that is meant
	case json.Unmarshal(w.Body.Bytes(), &e) != nil || w.Body.Bytes()[0] != '{':
		return "no object"
	case w.Code != http.StatusOK && (e.Error == nil || e.Error.Code == "" || e.Error.Message == ""):
		return "no reason"
	}
	return ""
}

// The seeds, and names that not every database takes, on both databases.
func TestFuzzSeeds(t *testing.T) {
	t.Parallel()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		w := &fuzzWorld{dsn: dsn}
		defer func() { w.close(t) }()
		seeds := fuzzSeeds()
		for _, op := range admin.Operations {
			if op.Call == "RotateApp" || op.Call == "CreateCorp" {
				continue // a world is made once on a database that stays
			}
			for _, name := range []string{"\x00", "\xff", "\xed\xa0\x80", "a/b", "..", "9223372036854775808", strings.Repeat("x", 300)} {
				w.call(t, op, name, "after="+url.QueryEscape(name), nil)
			}
			for _, s := range seeds[op.Call] {
				w.call(t, op, s.value, s.query, []byte(strings.ReplaceAll(s.body, `":"`, `":"\u0000`)))
				w.call(t, op, s.value, s.query, []byte(s.body))
			}
		}
	})
}

var longTarget = regexp.MustCompile(`func FuzzLong(\w+)\(f \*testing\.F\)\s+\{\s+fuzzOperation\(f, "(\w+)"\)\s+\}`)

// Every operation has a target of its own and at least one seed.
func TestEveryOperationIsFuzzed(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("proof_fuzz_long_test.go")
	must(t, err)
	have, seeds := map[string]bool{}, fuzzSeeds()
	for _, m := range longTarget.FindAllSubmatch(source, -1) {
		have[string(m[2])] = string(m[1]) == string(m[2])
	}
	if n := bytes.Count(source, []byte("func FuzzLong")); n != len(have) || n != len(admin.Operations) {
		t.Errorf("%d targets, %d of them read, for %d operations", n, len(have), len(admin.Operations))
	}
	for _, op := range admin.Operations {
		if !have[op.Call] || len(seeds[op.Call]) == 0 {
			t.Errorf("%s: a target %v, %d seeds", op.Call, have[op.Call], len(seeds[op.Call]))
		}
	}
}
