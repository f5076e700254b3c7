package qyapi_test

import (
	"strings"
	"testing"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/wecom"
)

// Each code of the chain, in the order of section 2.2 of the protocol.
func TestSuiteErrors(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := newProvider(t, db, app.SuiteApp)
		token := p.suiteToken()
		ticket := p.last("SuiteId", "InfoType", "TimeStamp", "SuiteTicket")["SuiteTicket"]
		other, err := p.app.AddSuite(t.Context(), app.NewSuite{Suite: app.Suite{Kind: app.SuiteApp}})
		must(t, err)
		theirs, err := p.app.AuthorizeSuite(t.Context(), "ww1", other.ID, app.Authorization{})
		must(t, err)
		grant, err := p.app.PermanentCode(t.Context(), other.ID, theirs.AuthCode)
		must(t, err)
		suite := func(id, secret, ticket string) map[string]string {
			return map[string]string{"suite_id": id, "suite_secret": secret, "suite_ticket": ticket}
		}
		corp := func(corp, code string) map[string]string {
			return map[string]string{"auth_corpid": corp, "permanent_code": code}
		}
		session := func(code string, info map[string]any) map[string]any {
			return map[string]any{"pre_auth_code": code, "session_info": info}
		}
		id, secret := string(p.suite.ID), p.suite.Secret.Reveal()
		early, _, err := p.app.PreAuthCode(t.Context(), p.suite.ID)
		must(t, err)
		for _, tt := range []struct {
			name, path, token string
			body              any
			want              wecom.Code
		}{
			{"no suite_id", "get_suite_token", "", suite("", secret, ticket), 41021},
			{"no suite_secret", "get_suite_token", "", suite(id, "", ticket), 41024},
			{"no suite_ticket", "get_suite_token", "", suite(id, secret, ""), 41023},
			{"an unknown suite", "get_suite_token", "", suite("ww9", secret, ticket), 40083},
			{"a wrong secret", "get_suite_token", "", suite(id, "x", ticket), 40080},
			{"a wrong ticket", "get_suite_token", "", suite(id, secret, "x"), 40085},
			{"another's ticket", "get_suite_token", "", suite(string(other.ID), other.Secret.Reveal(), ticket), 40085},
			{"no suite token", "get_pre_auth_code", "", nil, 41022},
			{"a wrong suite token", "get_pre_auth_code", "x", nil, 40082},
			{"an access token", "get_pre_auth_code", p.fixture.token(app.CheckinApp), nil, 40082},
			{"the token goes first", "get_corp_token", "x", "no object", 40082},
			{"a wrong pre-auth code", "set_session_info", token, session("x", nil), 40077},
			{"no pre-auth code", "set_session_info", token, map[string]any{}, 40077},
			{"an appid of none", "set_session_info", token, session(early.Reveal(), map[string]any{"appid": []int{0}}), 40086},
			{"an auth_type of none", "set_session_info", token, session(early.Reveal(), map[string]any{"auth_type": 2}), 40058},
			{"a wrong auth_code", "v2/get_permanent_code", token, map[string]string{"auth_code": "x"}, 40078},
			{"the same before v2", "get_permanent_code", token, map[string]string{"auth_code": "x"}, 40078},
			{"no auth_code", "v2/get_permanent_code", token, map[string]string{}, 40078},
			{"an auth_code used", "v2/get_permanent_code", token, map[string]string{"auth_code": theirs.AuthCode.Reveal()}, 40078},
			{"no permanent_code", "get_corp_token", token, corp("ww1", ""), 41025},
			{"no auth_corpid", "get_corp_token", token, corp("", "x"), 41002},
			{"a wrong permanent_code", "get_corp_token", token, corp("ww1", "x"), 40084},
			{"no such corporation", "get_corp_token", token, corp("ww9", grant.PermanentCode.Reveal()), 40084},
			{"another suite's", "get_corp_token", token, corp("ww1", grant.PermanentCode.Reveal()), 48003},
			{"no provider_secret", "get_provider_token", "", map[string]string{"corpid": "ww1"}, 41004},
			{"no corpid", "get_provider_token", "", map[string]string{"provider_secret": "x"}, 41002},
			{"no provider", "get_provider_token", "", map[string]string{"corpid": "ww1", "provider_secret": "x"}, 40013},
		} {
			code, answer := p.service(tt.path, tt.token, tt.body)
			if code != tt.want || len(answer) != 2 {
				t.Errorf("%s: %d %s, want %d", tt.name, code, answer["errmsg"], tt.want)
			}
			for _, private := range []string{secret, ticket, token, grant.PermanentCode.Reveal()} {
				if o := p.seen.Load(); strings.Contains(o.Err.Error(), private) || strings.Contains(string(answer["errmsg"]), private) {
					t.Errorf("%s: a secret is in the error", tt.name)
				}
			}
		}
	})
}

// What counts for a while, after that while.
func TestSuiteExpiry(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := newProvider(t, db, app.SuiteApp)
		token := p.suiteToken()
		early, _, err := p.app.PreAuthCode(t.Context(), p.suite.ID)
		must(t, err)
		p.clock.Add(1200)
		if code, _ := p.service("set_session_info", token, map[string]string{"pre_auth_code": early.Reveal()}); code != 42007 {
			t.Errorf("a pre-auth code after 20 minutes: %d, want 42007", code)
		}
		p.clock.Add(6000)
		if code, _ := p.service("get_pre_auth_code", token, nil); code != 42009 {
			t.Errorf("a suite token after two hours: %d, want 42009", code)
		}
	})
}

func TestGetProviderToken(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := newProvider(t, db, app.SuiteApp)
		providerSecret, err := p.app.MakeProvider(t.Context(), "ww1")
		must(t, err)
		answer := p.good("get_provider_token", "", map[string]string{"corpid": "ww1", "provider_secret": providerSecret.Reveal()})
		if len(text(answer["provider_access_token"])) == 0 || string(answer["expires_in"]) != "7200" {
			t.Errorf("provider token for %s s", answer["expires_in"])
		}
		if code, _ := p.service("get_provider_token", "", map[string]string{"corpid": "ww1", "provider_secret": "x"}); code != 40001 {
			t.Errorf("a wrong provider_secret: %d, want 40001", code)
		}
	})
}
