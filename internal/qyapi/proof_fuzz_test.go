package qyapi_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/qyapi"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/wecom"
)

// FuzzEndpoints sends any query and body to any path; the targets FuzzLong… do
// it to one call each, for a minute in the long runs.
func FuzzEndpoints(f *testing.F) {
	for path, seeds := range fuzzSeeds() {
		f.Add(path, seeds[0].query, []byte(seeds[0].body))
	}
	w := newFuzzWorld(f)
	f.Fuzz(w.call)
}

// fuzzCall sends any query and body to one call.
func fuzzCall(f *testing.F, path string) {
	f.Helper()
	if testing.Short() {
		f.Skip("TestFuzzSeeds sends the seeds, too")
	}
	f.Add("", []byte(nil))
	f.Add("", []byte(`{}`))
	f.Add("", []byte(`[`))
	for _, s := range fuzzSeeds()[path] {
		f.Add(s.query, []byte(s.body))
	}
	w := newFuzzWorld(f)
	f.Fuzz(func(t *testing.T, query string, body []byte) { w.call(t, path, query, body) })
}

// fuzzWorld is the server that a fuzz target calls: a corporation with rules,
// punches, approvals and a file, and a suite that it has authorised.
type fuzzWorld struct {
	dsn      string
	db       *store.DB
	app      *app.App
	suite    app.SuiteID
	handler  http.Handler
	words    []string // of seeds, each followed by what it stands for
	tokens   string   // as parameters of a check-in app and the suite
	contacts string   // the same with the contact app's token
	calls    int
}

// fuzzRenewal is after how many calls the world is made anew, so that what is
// found depends on no more than those, and is not all deleted before long.
const fuzzRenewal = 1000

// fuzzPatience is how long a call may take, on a machine that does other things.
const fuzzPatience = 5 * time.Second

func newFuzzWorld(f *testing.F) *fuzzWorld {
	w := &fuzzWorld{dsn: ":memory:"}
	f.Cleanup(func() { w.close(f) })
	return w
}

func (w *fuzzWorld) close(t testing.TB) {
	if w.db != nil {
		must(t, w.db.Close())
	}
}

// renew makes the world. What it starts ends with t; the handler does not need it.
func (w *fuzzWorld) renew(t *testing.T) {
	ctx := context.Background()
	w.close(t)
	db, err := store.Open(ctx, w.dsn, store.Options{Relaxed: true})
	must(t, err)
	must(t, db.Migrate(ctx))
	f := newFixture(t, db, false)
	key, err := app.ParseKey(app.NewKey())
	must(t, err)
	f.app = app.New(db, f.app.Instant, app.WithKey(key))
	suite, err := f.app.AddSuite(ctx, app.NewSuite{Suite: app.Suite{Kind: app.SuiteApp}})
	must(t, err)
	f.addRule(officeRule)
	f.addRule(shiftRule)
	f.approvals()
	f.raw(addRecord, punches("alice", stamp(5, 9, 5), stamp(5, 18, 0), stamp(6, 8, 59)))
	must(t, f.app.AddFacts(ctx, f.corp, app.FactSet{
		Schedules: []app.ScheduleFact{{Assignment: app.Assignment{User: "carol", Day: attendance.DayOf(2026, 1, 6), Shift: 1}}},
		Punches:   []attendance.PunchRecord{{User: "carol", Punch: attendance.Punch{At: stamp(6, 8, 1), Source: attendance.SourceDevice, Device: "SN1"}}},
	}))
	_, file := f.upload("file", "a.txt", []byte("0123456789"))
	ticket, err := f.app.NewTicket(ctx, suite.ID)
	must(t, err)
	suiteToken, _, err := f.app.SuiteToken(ctx, netip.Addr{}, suite.ID, suite.Secret, ticket.Ticket)
	must(t, err)
	provider, err := f.app.MakeProvider(ctx, f.corp.ID)
	must(t, err)
	event, err := f.app.AuthorizeSuite(ctx, f.corp.ID, suite.ID, app.Authorization{User: "alice"})
	must(t, err)
	grant, err := f.app.PermanentCode(ctx, suite.ID, event.AuthCode)
	must(t, err)
	w.db, w.app, w.suite = db, f.app, suite.ID
	w.handler = qyapi.New(f.app, qyapi.Options{Limits: qyapi.LimitsOff})
	w.words = []string{
		"$corpsecret", f.secrets[app.CheckinApp].Reveal(), "$provider_secret", provider.Reveal(),
		"$suite_id", string(suite.ID), "$suite_secret", suite.Secret.Reveal(), "$suite_ticket", ticket.Ticket.Reveal(),
		"$permanent_code", grant.PermanentCode.Reveal(), "$media_id", strings.Trim(file["media_id"], `"`),
	}
	tokens := "&suite_access_token=" + suiteToken.Reveal() + "&access_token="
	w.tokens, w.contacts = tokens+f.token(app.CheckinApp), tokens+f.token(app.ContactApp)
}

// say puts what they stand for in the place of the words of a seed.
func (w *fuzzWorld) say(t *testing.T, text string) string {
	if !strings.Contains(text, "$") {
		return text
	}
	words := w.words
	if strings.Contains(text, "$pre_auth_code") {
		code, _, err := w.app.PreAuthCode(t.Context(), w.suite)
		must(t, err)
		words = append(words[:len(words):len(words)], "$pre_auth_code", code.Reveal())
	}
	if strings.Contains(text, "$auth_code") { // counts once
		event, err := w.app.AuthorizeSuite(t.Context(), "ww1", w.suite, app.Authorization{User: "alice", State: "s"})
		must(t, err)
		words = append(words[:len(words):len(words)], "$auth_code", event.AuthCode.Reveal())
	}
	return strings.NewReplacer(words...).Replace(text)
}

// call makes one call: no panic, no status but 200 (404 for what is no call), an
// envelope that does not blame the server, and no long wait.
func (w *fuzzWorld) call(t *testing.T, path, query string, body []byte) {
	if w.calls%fuzzRenewal == 0 {
		w.renew(t)
	}
	w.calls++
	method := http.MethodPost
	if len(body) == 0 {
		method = http.MethodGet
	}
	text := w.say(t, string(body))
	r := httptest.NewRequestWithContext(t.Context(), method, "/", strings.NewReader(text))
	tokens := w.tokens
	if strings.HasPrefix(path, "/cgi-bin/user/") || strings.HasPrefix(path, "/cgi-bin/department/") {
		tokens = w.contacts
	}
	r.URL = &url.URL{Path: path, RawQuery: w.say(t, query) + tokens}
	// Who sends wrong secrets is banned: each call comes from elsewhere.
	r.RemoteAddr = fmt.Sprintf("10.%d.%d.%d:1", w.calls>>16&255, w.calls>>8&255, w.calls&255)
	if path == uploadPath {
		r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	}
	answer := httptest.NewRecorder()
	begun := time.Now()
	w.handler.ServeHTTP(answer, r)
	if took := time.Since(begun); took > fuzzPatience {
		t.Errorf("%s %s?%s: %v", method, path, query, took)
	}
	if problem := answerProblem(path, answer); problem != "" {
		t.Errorf("%s %s?%s: status %d, %s: %.300s", method, path, query, answer.Code, problem, answer.Body)
	}
}

// answerProblem says what is wrong with an answer; "" = nothing.
func answerProblem(path string, w *httptest.ResponseRecorder) string {
	var e struct {
		Code *wecom.Code `json:"errcode"`
		Msg  *string     `json:"errmsg"`
	}
	isJSON := strings.HasPrefix(w.Header().Get("Content-Type"), "application/json")
	switch {
	case w.Code == http.StatusNotFound && w.Body.Len() == 0:
		return "" // no such call
	case w.Code != http.StatusOK:
		return "no status of a call"
	case path == mediaPath && !isJSON:
		return "" // the file
	case !isJSON:
		return "no JSON by its header"
	case json.NewDecoder(bytes.NewReader(w.Body.Bytes())).Decode(&e) != nil || e.Code == nil || e.Msg == nil || !json.Valid(w.Body.Bytes()):
		return "no envelope"
	case *e.Code == wecom.CodeBusy:
		return "the request is blamed on the server"
	}
	return ""
}

// The seeds, and queries that not every database takes, on both databases.
func TestFuzzSeeds(t *testing.T) {
	t.Parallel()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		w := &fuzzWorld{dsn: dsn}
		defer func() { w.close(t) }()
		var hostile []string
		for _, text := range []string{"%00", "%ff", "%ed%a0%80", "9223372036854775807", "-1", strings.Repeat("x", 300)} {
			query := ""
			for _, name := range []string{"corpid", "corpsecret", "id", "userid", "department_id", "media_id", "type"} {
				query += "&" + name + "=" + text
			}
			hostile = append(hostile, query, query+"&access_token="+text+"&suite_access_token="+text)
		}
		for path, seeds := range fuzzSeeds() {
			for _, query := range hostile {
				w.call(t, path, query, nil)
			}
			for _, s := range seeds {
				w.call(t, path, s.query, []byte(strings.ReplaceAll(s.body, `":"`, `":"\u0000`)))
				w.call(t, path, s.query, []byte(s.body))
			}
		}
	})
}

var longTarget = regexp.MustCompile(`func FuzzLong\w+\(f \*testing\.F\)\s+\{\s+fuzzCall\(f, "([^"]+)"\)\s+\}`)

// Every call has a target of its own and at least one seed.
func TestEveryCallIsFuzzed(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("proof_fuzz_long_test.go")
	must(t, err)
	have, seeds := map[string]bool{}, fuzzSeeds()
	for _, m := range longTarget.FindAllSubmatch(source, -1) {
		have[string(m[1])] = true
	}
	paths := qyapi.Paths()
	if len(paths) < 40 || len(have) != bytes.Count(source, []byte("func FuzzLong")) {
		t.Errorf("%d calls, %d targets", len(paths), len(have))
	}
	for _, path := range paths {
		if !have[path] || len(seeds[path]) == 0 {
			t.Errorf("%s: a target %v, %d seeds", path, have[path], len(seeds[path]))
		}
		delete(have, path)
	}
	for path := range have {
		t.Errorf("%s is fuzzed and is no call", path)
	}
}
