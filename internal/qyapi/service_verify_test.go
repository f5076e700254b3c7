package qyapi_test

import (
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/wecom"
)

// echoed answers as a provider does that takes receiver for the receiveid.
func (p *provider) echoed(receiver string) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, r *http.Request) {
		crypter, err := wecom.NewCrypter(wecom.NewSecret(p.suite.CallbackToken.Reveal()), wecom.NewSecret(p.suite.EncodingAESKey.Reveal()), receiver)
		must(p.t, err)
		text, err := crypter.OpenEcho(wecom.ParseCallbackQuery(r.URL.Query()))
		if err != nil || r.URL.Query().Get("tenant") != "7" {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		_, _ = w.Write(text)
	}
}

// The GET that tries a callback URL out (document 91116): its echostr is
// answered decrypted, as it stands, within a second.
func TestVerifyCallback(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := newProvider(t, db, app.SuiteApp)
		right := p.echoed(string(p.suite.ID))
		for _, tt := range []struct {
			name, receiver string
			echo           func(http.ResponseWriter, *http.Request)
			want           string // in the error; "" = none
		}{
			{"the suite receives", "", right, ""},
			{"the provider receives", "ww1", p.echoed("ww1"), ""},
			{"the suite is expected", "ww1", right, "status 403"},
			{"the provider is expected", "", p.echoed("ww1"), "status 403"},
			{"a line more", "", func(w http.ResponseWriter, r *http.Request) { right(w, r); fmt.Fprintln(w) }, "echostr"},
			{"quoted", "", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, `"`); right(w, r); fmt.Fprint(w, `"`) }, "echostr"},
			{"success", "", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "success") }, "echostr"},
			{"a redirect", "", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/", http.StatusFound) }, "status 302"},
			{"too late", "", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, "no answer in time"},
			{"nobody there", "", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "call the callback"},
		} {
			p.mu.Lock()
			p.echo = tt.echo
			p.mu.Unlock()
			err := p.pusher.Verify(t.Context(), p.suite.ID, tt.receiver)
			if (err == nil) != (tt.want == "") || err != nil && (!strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), string(p.suite.ID))) {
				t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
			}
			if err != nil && (strings.Contains(err.Error(), "tenant") || strings.Contains(err.Error(), p.suite.CallbackToken.Reveal())) {
				t.Errorf("%s: the URL or the token is in the error: %v", tt.name, err)
			}
		}
		quiet, err := p.app.AddSuite(t.Context(), app.NewSuite{Suite: app.Suite{Kind: app.SuiteApp}})
		must(t, err)
		if err := p.pusher.Verify(t.Context(), quiet.ID, ""); err == nil || !strings.Contains(err.Error(), "it has none") {
			t.Errorf("without a URL: %v", err)
		}
	})
}

// A permanent code that is reset: the provider is told, fetches the new one,
// and the old one is dead (document 94758).
func TestResetPush(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := newProvider(t, db, app.ProviderApp)
		token := p.suiteToken()
		old := text(p.permanentCode(token, "v2/", app.Authorization{})["permanent_code"])
		event, err := p.app.ResetPermanentCode(t.Context(), p.corp.ID, p.suite.ID)
		must(t, err)
		must(t, p.pusher.Push(t.Context(), event))
		told := p.last("SuiteId", "AuthCode", "InfoType", "TimeStamp")
		if told["InfoType"] != "reset_permanent_code" || told["SuiteId"] != string(p.suite.ID) {
			t.Errorf("pushed %v", told)
		}
		fresh := text(p.good("v2/get_permanent_code", token, map[string]string{"auth_code": told["AuthCode"]})["permanent_code"])
		for code, want := range map[string]wecom.Code{old: wecom.CodeInvalidSecret, fresh: 0} {
			_, body := p.do(http.MethodGet, wecom.TokenPath, url.Values{"corpid": {string(p.corp.ID)}, "corpsecret": {code}}, nil)
			if got, _, _ := opened(t, body); got != want {
				t.Errorf("gettoken with the fresh code %v: %d, want %d", code == fresh, got, want)
			}
		}
	})
}

// The older get_permanent_code answers its code to an address that the app does
// not trust, without the token: the auth_code counts once.
func TestPermanentCodeV1FromElsewhere(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := newProvider(t, db, app.SuiteApp)
		token := p.suiteToken()
		p.permanentCode(token, "", app.Authorization{})
		_, err := p.app.ChangeSuite(t.Context(), p.corp.ID, p.suite.ID, app.Access{Addresses: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}})
		must(t, err)
		granted := p.permanentCode(token, "", app.Authorization{})
		code := text(granted["permanent_code"])
		if code == "" || granted["access_token"] != nil || granted["expires_in"] != nil {
			t.Errorf("granted a code %v, a token %v", code != "", granted["access_token"] != nil)
		}
		if got, _ := p.service("get_corp_token", token, map[string]string{"auth_corpid": "ww1", "permanent_code": code}); got != wecom.CodeUntrustedIP {
			t.Errorf("get_corp_token: %d, want 60020", got)
		}
	})
}

// The permission 审批 is asked for by the calls about approvals, of the apps of
// providers, as 打卡 is by the others; each sees its range.
func TestApprovalPermission(t *testing.T) {
	t.Parallel()
	window := fmt.Sprintf(`{"starttime":"%d","endtime":"%d"}`, stamp(6, 0, 0), stamp(6, 23, 59))
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for _, kind := range []app.AppKind{app.SuiteApp, app.ProviderApp} {
			p := newProviderOf(t, db, attendance.CorpID("ww1"+kind), kind)
			p.approvals()
			permanent := app.Secret(text(p.permanentCode(p.suiteToken(), "v2/", app.Authorization{})["permanent_code"]))
			grant := func(r app.Range, permissions ...app.Permission) {
				_, err := p.app.ChangeSuite(t.Context(), p.corp.ID, p.suite.ID, app.Access{Range: r, Permissions: permissions})
				must(t, err)
			}
			ask := func(method, path, body string) (wecom.Code, string) {
				token, _, err := p.app.CorpToken(t.Context(), netip.Addr{}, p.suite.ID, p.corp.ID, permanent)
				if kind == app.ProviderApp {
					token, _, err = p.app.Token(t.Context(), p.corp.ID, permanent)
				}
				must(t, err)
				_, answer := p.do(method, path, url.Values{"access_token": {token.Reveal()}}, strings.NewReader(body))
				code, _, members := opened(t, answer)
				return code, string(members["sp_no_list"])
			}
			for _, call := range []struct{ method, path, body string }{
				{http.MethodPost, formsPath, window},
				{http.MethodPost, formPath, `{"sp_no":"202601060001"}`},
				{http.MethodGet, vacationPath, ""},
			} {
				grant(app.Range{}, app.CheckinPermission, app.DevicePermission)
				if code, _ := ask(call.method, call.path, call.body); code != wecom.CodeForbiddenAPI {
					t.Errorf("%s %s without the permission: %d, want 48002", kind, call.path, code)
				}
				grant(app.Range{}, app.ApprovalPermission)
				if code, _ := ask(call.method, call.path, call.body); code != 0 {
					t.Errorf("%s %s with the permission: %d", kind, call.path, code)
				}
			}
			if code, _ := ask(http.MethodPost, getData, "{}"); code != wecom.CodeForbiddenAPI {
				t.Errorf("%s: punches with the permission for approvals alone: %d, want 48002", kind, code)
			}
			grant(app.Range{Users: []attendance.UserID{"carol"}}, app.ApprovalPermission)
			if code, numbers := ask(http.MethodPost, formsPath, window); code != 0 || numbers != `["202601060003"]` {
				t.Errorf("%s: carol's forms: %d %s", kind, code, numbers)
			}
			if code, _ := ask(http.MethodPost, formPath, `{"sp_no":"202601060001"}`); code != wecom.CodeInvalidParameter {
				t.Errorf("%s: alice's form: %d, want 40058", kind, code)
			}
		}
	})
}
