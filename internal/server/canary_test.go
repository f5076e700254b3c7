package server

import (
	"encoding/base64"
	"encoding/hex"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/qyapi"
)

// Every secret, token, code, key and picture that there is appears nowhere but
// in the answers that hand it out: not in the log at its most talkative, in any
// other answer or header, in the audit log, the log of requests or the database,
// whatever is called and wherever a client put it.
func TestSecretsCanary(t *testing.T) {
	t.Parallel()
	c := newCanaries(t)
	c.credentials()
	c.misuse()
	c.use()
	c.fail()
	c.operate()
	c.misuse() // what is revoked or erased by now is no less secret
	c.good(asked{http.MethodGet, "/daka/requests", "", c.admin, ""})
	c.search("log", c.log.String())
	c.search("answers", c.answers.String())
	c.search("database", c.database())
	if n := strings.Count(c.log.String(), "\n"); n < 1000 || c.answers.Len() < 100_000 {
		t.Errorf("no more than %d log lines and %d bytes of answers", n, c.answers.Len())
	}
	t.Run("a search finds what is there", c.find)
}

// canaries are a server in test mode with all that must not be seen of it.
type canaries struct {
	t       *testing.T
	server  *Server
	http    *httptest.Server
	client  *http.Client
	log     *lines
	answers strings.Builder // bodies and headers, but for those that hand out
	folder  string
	secret  map[string]string // canaries by what they are
	admin   string            // the token of the admin app
	token   string            // that of the check-in app
	suite   app.SuiteCredential
}

func newCanaries(t *testing.T) *canaries {
	t.Helper()
	c := &canaries{t: t, log: &lines{}, folder: t.TempDir(), secret: map[string]string{}}
	c.secret["seal key"] = app.NewKey().Reveal()
	key, err := app.ParseKey(app.Secret(c.secret["seal key"]))
	must(t, err)
	c.server, err = OpenTest(t.Context(), "sqlite:"+filepath.Join(c.folder, "canary.db"), Config{
		Logger: slog.New(slog.NewJSONHandler(c.log, &slog.HandlerOptions{Level: slog.LevelDebug, AddSource: true})),
		Limits: qyapi.LimitsOff, Key: key,
	})
	must(t, err)
	t.Cleanup(func() { must(t, c.server.Close()) })
	must(t, c.server.Clock().SetScale(0))
	c.server.Clock().Set(time.Date(2026, 1, 12, 0, 0, 0, 0, time.UTC))
	c.http = httptest.NewServer(c.server)
	t.Cleanup(c.http.Close)
	c.client = &http.Client{Transport: &http.Transport{}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	t.Cleanup(c.client.CloseIdleConnections)
	return c
}

// asked is a request that is made as it stands.
type asked struct {
	method, path, query, bearer, body string
}

// ask makes a request and keeps the answer; one that breaks off is no matter.
func (c *canaries) ask(r asked) (status int, body string) {
	c.t.Helper()
	status, header, body := c.send(r)
	c.answers.WriteString(header + body + "\n")
	return status, body
}

// fetch is ask for an answer that hands out what is named there. Those of the
// calls that do are all of its callers'.
func (c *canaries) fetch(r asked, names ...string) map[string]string {
	c.t.Helper()
	status, header, body := c.send(r)
	c.answers.WriteString(header)
	got := texts(c.t, body)
	for _, name := range names {
		if status != http.StatusOK || len(got[name]) < 32 {
			c.t.Fatalf("%s %s: status %d, %s of %d bytes", r.method, r.path, status, name, len(got[name]))
		}
		c.secret[name+" of "+r.path+" "+shorten(r.query+r.body)] = got[name]
	}
	return got
}

func (c *canaries) send(r asked) (status int, header, body string) {
	c.t.Helper()
	req, err := http.NewRequestWithContext(c.t.Context(), r.method, c.http.URL, strings.NewReader(r.body))
	must(c.t, err)
	req.URL.Path, req.URL.RawQuery = r.path, r.query
	if r.bearer != "" {
		req.Header.Set("Authorization", "Bearer "+r.bearer)
	}
	resp, err := c.client.Do(req)
	if err != nil {
		return 0, "", ""
	}
	defer resp.Body.Close()
	text, _ := io.ReadAll(resp.Body) // as much of it as came
	var all strings.Builder
	must(c.t, resp.Header.Write(&all))
	return resp.StatusCode, all.String(), string(text)
}

// shorten leaves of a request what tells it from others and is not secret.
func shorten(s string) string {
	s = app.HideSecrets(s)
	return s[:min(len(s), 80)]
}

// search reports every canary that is in a text, in any of its forms.
func (c *canaries) search(place, text string) {
	c.t.Helper()
	for name, canary := range c.secret {
		if form := seen(text, canary); form != "" {
			i := strings.Index(text, form)
			c.t.Errorf("%s: the %s is there: …%s", place, name, text[max(0, i-200):min(len(text), i+80)])
		}
	}
}

// seen returns the form in which the beginning or the end of a canary is in a
// text; "" = it is not.
func seen(text, canary string) string {
	for _, part := range []string{canary[:24], canary[len(canary)-24:]} {
		for _, form := range forms(part) {
			if strings.Contains(text, form) {
				return form
			}
		}
	}
	return ""
}

// forms are the ways in which a text may be written: as it is, in URLs, in
// hexadecimal, and in base64 wherever its first byte falls.
func forms(s string) []string {
	all := []string{s, url.QueryEscape(s), url.PathEscape(s), hex.EncodeToString([]byte(s)), strings.ToUpper(hex.EncodeToString([]byte(s)))}
	for skip := range 3 {
		whole := s[skip : skip+(len(s)-skip)/3*3] // what stands beside it does not show in whole groups of three
		all = append(all, base64.StdEncoding.EncodeToString([]byte(whole)), base64.URLEncoding.EncodeToString([]byte(whole)))
	}
	return all
}

// database is all that lies in the files.
func (c *canaries) database() string {
	var all strings.Builder
	files, err := filepath.Glob(filepath.Join(c.folder, "canary.db*"))
	must(c.t, err)
	for _, file := range files {
		text, err := os.ReadFile(file)
		must(c.t, err)
		all.Write(text)
	}
	if all.Len() < 100_000 {
		c.t.Errorf("a database of %d bytes in %d files", all.Len(), len(files))
	}
	return all.String()
}

// find plants each canary in a log line of its own, in each form, and wants
// each found.
func (c *canaries) find(t *testing.T) {
	for name, canary := range c.secret {
		for i, form := range forms("<" + canary + ">") {
			log := &lines{}
			slog.New(slog.NewJSONHandler(log, nil)).Info("request", "error", "no such thing: "+form)
			if seen(log.String(), canary) == "" {
				t.Errorf("the %s is not found in form %d", name, i)
			}
		}
	}
	if len(c.secret) < 25 {
		t.Errorf("no more than %d canaries", len(c.secret))
	}
}
