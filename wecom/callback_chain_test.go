package wecom_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/qyapi"
	"github.com/dakahq/daka/internal/server"
	"github.com/dakahq/daka/wecom"
)

func wantNothingOf(t *testing.T, err error, private ...string) {
	t.Helper()
	for _, p := range private {
		if p != "" && strings.Contains(err.Error(), p) {
			t.Errorf("%q is in %q", p, err)
		}
	}
}

// The life of a third-party app with daka as WeCom: its callback URL is tried
// out, a ticket comes in, a corp authorises it, its permanent code calls for the
// corp, and the authorisation is taken back.
func TestCallbackChain(t *testing.T) {
	t.Parallel()
	key, err := app.ParseKey(app.NewKey())
	must(t, err)
	srv, err := server.OpenTest(t.Context(), ":memory:", server.Config{Key: key})
	must(t, err)
	t.Cleanup(func() { must(t, srv.Close()) })
	daka := httptest.NewServer(srv)
	t.Cleanup(daka.Close)

	var callback http.Handler
	ours := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { callback.ServeHTTP(w, r) }))
	t.Cleanup(ours.Close)
	cred, err := srv.App().AddSuite(t.Context(), app.NewSuite{Suite: app.Suite{Kind: app.SuiteApp, Name: "app", CallbackURL: ours.URL + "/callback?tenant=7"}})
	must(t, err)
	crypter, err := wecom.NewCrypter(wecom.NewSecret(cred.CallbackToken.Reveal()), wecom.NewSecret(cred.EncodingAESKey.Reveal()), string(cred.ID))
	must(t, err)
	tickets := wecom.NewTickets(newFileStore(t, t.TempDir())).By(srv.Clock())
	events := make(chan any, 8)
	callback = wecom.NewCallbackHandler(crypter, func(_ context.Context, e *wecom.Event) ([]byte, error) {
		parsed, err := e.Parse()
		events <- parsed
		return nil, err
	}, wecom.WithTickets(tickets), wecom.WithCallbackClock(srv.Clock()), wecom.OnCallbackError(func(err error) { t.Error(err) }),
		wecom.WithReceivers(func(id string) bool { return id == "wwprovider" }))

	pusher := qyapi.NewPusher(srv.App())
	must(t, pusher.Verify(t.Context(), cred.ID, ""))
	must(t, pusher.Verify(t.Context(), cred.ID, "wwprovider"))
	must(t, pusher.PushTickets(t.Context()))
	if got, ok := (<-events).(*wecom.SuiteTicket); !ok || got.SuiteID != string(cred.ID) || got.At.Unix() > srv.Clock().Now().Unix() {
		t.Errorf("told of %+v", got)
	}

	c, err := wecom.New(nil, wecom.WithBaseURL(daka.URL))
	must(t, err)
	suite := wecom.NewSuite(string(cred.ID), wecom.NewSecret(cred.Secret.Reveal()), tickets.Of(string(cred.ID)))
	pre, _, err := suite.PreAuthCode(t.Context(), c)
	must(t, err)
	must(t, suite.SetSession(t.Context(), c, pre, wecom.Session{AuthType: 1}))

	corp, err := srv.CreateTestCorp(t.Context(), "", "")
	must(t, err)
	corpID := attendance.CorpID(corp.ID)
	event, err := srv.App().AuthorizeSuite(t.Context(), corpID, cred.ID, app.Authorization{PreAuthCode: app.Secret(pre.Reveal()), State: "state001"})
	must(t, err)
	must(t, pusher.Push(t.Context(), event))
	created, ok := (<-events).(*wecom.CreateAuth)
	if !ok || created.State != "state001" || created.SuiteID != string(cred.ID) {
		t.Fatalf("told of %+v", created)
	}
	grant, err := suite.PermanentCode(t.Context(), c, created.AuthCode)
	must(t, err)
	if grant.Corp.CorpID != corp.ID || grant.State != "state001" {
		t.Errorf("granted by %+v, state %q", grant.Corp, grant.State)
	}
	forCorp, err := wecom.New(wecom.SuiteCorp(suite, grant.Corp.CorpID, grant.PermanentCode), wecom.WithBaseURL(daka.URL))
	must(t, err)
	if _, err := forCorp.DepartmentIDs(t.Context(), 0); err != nil {
		t.Error(err)
	}
	event, err = srv.App().CancelSuite(t.Context(), corpID, cred.ID)
	must(t, err)
	must(t, pusher.Push(t.Context(), event))
	if got, ok := (<-events).(*wecom.CancelAuth); !ok || got.AuthCorpID != corp.ID {
		t.Errorf("told of %+v", got)
	}
}
