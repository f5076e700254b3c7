package wecom_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/server"
	"github.com/dakahq/daka/wecom"
)

// ticketFunc is a TicketSource.
type ticketFunc func(context.Context) (wecom.Secret, error)

func (f ticketFunc) Ticket(ctx context.Context) (wecom.Secret, error) { return f(ctx) }

func oneTicket(context.Context) (wecom.Secret, error) { return wecom.NewSecret("ticket+1"), nil }

const (
	suiteTokenPath = "/cgi-bin/service/get_suite_token"
	corpTokenPath  = "/cgi-bin/service/get_corp_token"
)

// fakeSuite answers a provider: its n-th suite_access_token is "suite/n".
type fakeSuite struct {
	mu     sync.Mutex
	paths  []string
	issued int
	dead   int // suite tokens up to this number
	code   wecom.Code
	refuse wecom.Code // of get_suite_token
}

func (f *fakeSuite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.paths = append(f.paths, r.URL.Path)
	var body map[string]string
	_ = json.NewDecoder(r.Body).Decode(&body) // a GET has none
	query := r.URL.Query()
	switch r.URL.Path {
	case suiteTokenPath:
		if f.refuse != 0 || body["suite_id"] != "ws1" || body["suite_secret"] != secretText || body["suite_ticket"] != "ticket+1" || len(query) != 0 {
			fmt.Fprintf(w, `{"errcode":%d,"errmsg":"no suite for %s and %s"}`, f.refuse, body["suite_secret"], body["suite_ticket"])
			return
		}
		f.issued++
		fmt.Fprintf(w, `{"suite_access_token":"suite/%d","expires_in":7200}`, f.issued) // and no errcode, as documented
	case corpTokenPath:
		var n int
		if _, err := fmt.Sscanf(query.Get("suite_access_token"), "suite/%d", &n); err != nil || n <= f.dead || len(query) != 1 {
			fmt.Fprintf(w, `{"errcode":%d,"errmsg":"dead %s"}`, f.code, query.Get("suite_access_token"))
			return
		}
		fmt.Fprintf(w, `{"access_token":"%s by %s","expires_in":7200}`, body["auth_corpid"], body["permanent_code"])
	}
}

func (f *fakeSuite) start(t *testing.T, tickets wecom.TicketSource) (*wecom.Suite, func(corp string) *wecom.Client) {
	t.Helper()
	h := httptest.NewServer(f)
	t.Cleanup(h.Close)
	suite := wecom.NewSuite("ws1", wecom.NewSecret(secretText), tickets)
	return suite, func(corp string) *wecom.Client {
		c, err := wecom.New(wecom.SuiteCorp(suite, corp, wecom.NewSecret("code+1")), wecom.WithBaseURL(h.URL))
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
}

// 20 corps, each with a client of its own, share one suite_access_token.
func TestSuiteTokenIsShared(t *testing.T) {
	t.Parallel()
	f := &fakeSuite{}
	_, client := f.start(t, ticketFunc(oneTicket))
	var group sync.WaitGroup
	for n := range 20 {
		corp := fmt.Sprintf("ww%d", n)
		c := client(corp)
		for range 5 {
			group.Go(func() {
				if token, err := c.Token(t.Context()); err != nil || token.Reveal() != corp+" by code+1" {
					t.Errorf("%s: %q, %v", corp, token.Reveal(), err)
				}
			})
		}
	}
	group.Wait()
	if f.issued != 1 || len(f.paths) != 1+20 {
		t.Errorf("%d suite tokens, %d calls; want 1, 21", f.issued, len(f.paths))
	}
}

// A dead suite_access_token is replaced once.
func TestDeadSuiteToken(t *testing.T) {
	t.Parallel()
	for _, code := range []wecom.Code{wecom.CodeInvalidSuiteToken, wecom.CodeExpiredSuiteToken, wecom.CodeInvalidToken, wecom.CodeExpiredToken} {
		t.Run(code.Text(), func(t *testing.T) {
			t.Parallel()
			f := &fakeSuite{code: code, dead: 1}
			_, client := f.start(t, ticketFunc(oneTicket))
			if _, err := client("ww1").Token(t.Context()); err != nil || f.issued != 2 || len(f.paths) != 4 {
				t.Errorf("%v after %d suite tokens and %q", err, f.issued, f.paths)
			}
			f.dead = 1 << 30
			_, err := client("ww2").Token(t.Context())
			if !errors.Is(err, code) || f.issued != 3 || len(f.paths) != 4+3 {
				t.Errorf("%v after %d suite tokens and %q", err, f.issued, f.paths)
			}
			wantNoSuiteSecret(t, err)
		})
	}
}

func wantNoSuiteSecret(t *testing.T, err error) {
	t.Helper()
	for _, private := range []string{secretText, "ticket+1", "code+1", "suite/"} {
		if strings.Contains(err.Error(), private) || strings.Contains(err.Error(), url.QueryEscape(private)) {
			t.Errorf("%q is in %q", private, err)
		}
	}
}

func TestSuiteWithoutTicket(t *testing.T) {
	t.Parallel()
	none := errors.New("none has come yet")
	f := &fakeSuite{}
	have := false
	_, client := f.start(t, ticketFunc(func(ctx context.Context) (wecom.Secret, error) {
		if !have {
			return wecom.Secret{}, none
		}
		return oneTicket(ctx)
	}))
	c := client("ww1")
	if _, err := c.Token(t.Context()); !errors.Is(err, none) || !strings.Contains(err.Error(), "ws1") || len(f.paths) != 0 {
		t.Errorf("%v after %q", err, f.paths)
	}
	have = true // and is not forgotten to be asked for
	if _, err := c.Token(t.Context()); err != nil {
		t.Error(err)
	}
}

// A refused suite, too, is not asked for again by the next caller.
func TestRefusedSuite(t *testing.T) {
	t.Parallel()
	for _, code := range []wecom.Code{wecom.CodeInvalidSuiteSecret, wecom.CodeInvalidSuiteTicket, wecom.CodeInvalidSuiteID} {
		f := &fakeSuite{refuse: code}
		_, client := f.start(t, ticketFunc(oneTicket))
		for n := range 10 {
			_, err := client(fmt.Sprintf("ww%d", n)).Token(t.Context())
			if !errors.Is(err, code) || len(f.paths) != 1 {
				t.Errorf("%v after %q", err, f.paths)
			}
			wantNoSuiteSecret(t, err)
		}
	}
}

// A suite calls for itself through a client that has no token of its own.
func TestSuiteCall(t *testing.T) {
	t.Parallel()
	f := &fakeSuite{dead: 1, code: wecom.CodeExpiredSuiteToken}
	h := httptest.NewServer(f)
	t.Cleanup(h.Close)
	c, err := wecom.New(nil, wecom.WithBaseURL(h.URL))
	if err != nil {
		t.Fatal(err)
	}
	suite := wecom.NewSuite("ws1", wecom.NewSecret(secretText), ticketFunc(oneTicket))
	var answer wecom.TokenResponse
	forged := url.Values{"suite_access_token": {"forged"}}
	body := map[string]string{"auth_corpid": "ww1", "permanent_code": "p"}
	err = suite.Call(t.Context(), c, wecom.Request{Path: corpTokenPath, Query: forged, Body: body}, &answer)
	if err != nil || answer.AccessToken != "ww1 by p" || forged.Get("suite_access_token") != "forged" {
		t.Errorf("%q, %v, %v", answer.AccessToken, forged, err)
	}
}

// suiteServer is daka as WeCom with a suite that two corps have authorised.
type suiteServer struct {
	*server.Server
	suite   *wecom.Suite
	clients []*wecom.Client
	mu      sync.Mutex
	calls   map[string]int
}

func newSuiteServer(t *testing.T) *suiteServer {
	t.Helper()
	key, err := app.ParseKey(app.NewKey())
	must(t, err)
	srv, err := server.OpenTest(t.Context(), ":memory:", server.Config{Key: key})
	must(t, err)
	t.Cleanup(func() { must(t, srv.Close()) })
	s := &suiteServer{Server: srv, calls: map[string]int{}}
	h := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.calls[r.URL.Path]++
		s.mu.Unlock()
		srv.ServeHTTP(w, r)
	}))
	t.Cleanup(h.Close)
	cred, err := srv.App().AddSuite(t.Context(), app.NewSuite{Suite: app.Suite{Kind: app.SuiteApp, Name: "app", CallbackURL: h.URL}})
	must(t, err)
	s.suite = wecom.NewSuite(string(cred.ID), wecom.NewSecret(cred.Secret.Reveal()), ticketFunc(func(ctx context.Context) (wecom.Secret, error) {
		event, err := srv.App().NewTicket(ctx, cred.ID)
		return wecom.NewSecret(event.Ticket.Reveal()), err
	}))
	for range 2 {
		corp, err := srv.CreateTestCorp(t.Context(), "", "")
		must(t, err)
		event, err := srv.App().AuthorizeSuite(t.Context(), attendance.CorpID(corp.ID), cred.ID, app.Authorization{})
		must(t, err)
		grant, err := srv.App().PermanentCode(t.Context(), cred.ID, event.AuthCode)
		must(t, err)
		c, err := wecom.New(wecom.SuiteCorp(s.suite, corp.ID, wecom.NewSecret(grant.PermanentCode.Reveal())), wecom.WithBaseURL(h.URL))
		must(t, err)
		s.clients = append(s.clients, c)
	}
	return s
}

func (s *suiteServer) want(t *testing.T, suiteTokens, corpTokens int) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.calls[suiteTokenPath] != suiteTokens || s.calls[corpTokenPath] != corpTokens {
		t.Errorf("%v, want %d suite tokens and %d corp tokens", s.calls, suiteTokens, corpTokens)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// The whole chain against daka. Two hours pass for the server alone, so that
// every token is dead where the clients believe it alive: each corp's call is
// refused, then its get_corp_token once for the suite's token, and a new one
// serves both.
func TestSuiteChain(t *testing.T) {
	t.Parallel()
	s := newSuiteServer(t)
	read := func() {
		t.Helper()
		for _, c := range s.clients {
			must(t, c.Get(t.Context(), "/cgi-bin/department/simplelist", nil, &listAnswer{}))
		}
	}
	read()
	read()
	s.want(t, 1, 2)
	must(t, s.Clock().Advance(t.Context(), 2*time.Hour))
	read()
	s.want(t, 2, 2+1+2)
}
