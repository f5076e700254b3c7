package qyapi_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/wecom"
)

// What kind of app may make which call of the interface, over the wire.
func TestProvidersMayCall(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for _, kind := range []app.AppKind{app.SuiteApp, app.ProviderApp} {
			p := newProviderOf(t, db, attendance.CorpID("ww1"+kind), kind)
			token := p.suiteToken()
			granted := p.permanentCode(token, "", app.Authorization{})
			access := text(granted["access_token"])
			if kind == app.ProviderApp {
				made, _, err := p.app.Token(t.Context(), p.corp.ID, app.Secret(text(granted["permanent_code"])))
				must(t, err)
				access = made.Reveal()
			}
			for _, op := range checkin.Operations {
				needs := op.ThirdParty
				if kind == app.ProviderApp {
					needs = op.ProviderDeveloped
				}
				for _, path := range op.Paths {
					_, body := p.do(http.MethodPost, path, url.Values{"access_token": {access}}, strings.NewReader("{"))
					code, _, _ := opened(t, body)
					want := wecom.CodeInvalidParameter // the body is looked at
					if needs != checkin.Permission {
						want = wecom.CodeForbiddenAPI
					}
					if code != want {
						t.Errorf("%s %s: %d, want %d", kind, path, code, want)
					}
				}
			}
		}
	})
}

func TestUntrustedAddressAndBan(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		token := f.token(app.CheckinApp)
		ask := func(secret string) wecom.Code {
			_, body := f.do(http.MethodGet, wecom.TokenPath, url.Values{"corpid": {"ww1"}, "corpsecret": {secret}}, nil)
			code, _, _ := opened(t, body)
			return code
		}
		call := func() wecom.Code {
			_, body := f.do(http.MethodPost, getData, url.Values{"access_token": {token}}, strings.NewReader("{}"))
			code, _, _ := opened(t, body)
			return code
		}
		secret := f.secrets[app.CheckinApp].Reveal()
		set := func(networks ...netip.Prefix) {
			must(t, f.app.SetAccess(t.Context(), "ww1", 1000002, app.Access{Addresses: networks}))
		}
		set(netip.MustParsePrefix("192.0.2.0/24"))
		if got, want := []wecom.Code{ask(secret), call()}, []wecom.Code{60020, 60020}; !slices.Equal(got, want) {
			t.Errorf("untrusted: %v, want %v", got, want)
		}
		set(netip.MustParsePrefix("127.0.0.0/8"))
		if got, want := []wecom.Code{ask(secret), call()}, []wecom.Code{0, 40058}; !slices.Equal(got, want) {
			t.Errorf("trusted: %v, want %v", got, want)
		}
		for i := range app.DefaultWrongSecrets {
			if code := ask("x"); code != wecom.CodeInvalidSecret {
				t.Fatalf("wrong secret %d: %d, want 40001", i+1, code)
			}
		}
		if got, want := []wecom.Code{ask("x"), ask(secret), call()}, []wecom.Code{45009, 45009, 40058}; !slices.Equal(got, want) {
			t.Errorf("banned: %v, want %v: tokens in hand still count", got, want)
		}
		f.clock.Add(3600)
		if code := ask(secret); code != 0 {
			t.Errorf("an hour later: %d", code)
		}
	})
}

// Out of range and not there are answered alike, down to the text.
func TestOutOfRangeOnTheWire(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		must(t, f.app.SetAccess(t.Context(), "ww1", 1000002, app.Access{Range: app.Range{Depts: []attendance.DeptID{2}}}))
		for path, body := range map[string]string{
			getData:   fmt.Sprintf(`{"opencheckindatatype":3,"starttime":%d,"endtime":%d,"useridlist":["%%s"]}`, stamp(5, 0, 0), stamp(5, 1, 0)),
			dayData:   fmt.Sprintf(`{"starttime":%d,"endtime":%d,"useridlist":["%%s"]}`, stamp(5, 0, 0), stamp(5, 0, 0)),
			monthData: fmt.Sprintf(`{"starttime":%d,"endtime":%d,"useridlist":["%%s"]}`, stamp(5, 0, 0), stamp(5, 0, 0)),
			addRecord: punches("%s", stamp(5, 7, 0)),
		} {
			if code, _, _ := f.raw(path, fmt.Sprintf(body, "alice")); code != 0 {
				t.Errorf("%s: inside: %d", path, code)
			}
			out, outText, outAnswer := f.raw(path, fmt.Sprintf(body, "carol"))
			none, noneText, noneAnswer := f.raw(path, fmt.Sprintf(body, "darol"))
			if out != wecom.CodeCheckinUser || out != none || strings.Replace(outText, "carol", "darol", 1) != noneText || len(outAnswer) != len(noneAnswer) {
				t.Errorf("%s: outside %d %s, not there %d %s", path, out, outText, none, noneText)
			}
		}
		_, body := f.do(http.MethodGet, "/cgi-bin/department/simplelist", url.Values{"access_token": {f.token(app.CheckinApp)}}, nil)
		var depts wecom.DepartmentIDsResponse
		must(t, json.Unmarshal(body, &depts))
		if len(depts.DepartmentID) != 2 || depts.DepartmentID[0].ID != 2 || depts.DepartmentID[1].ID != 3 {
			t.Errorf("departments %s", body)
		}
		_, body = f.do(http.MethodGet, "/cgi-bin/user/get", url.Values{"access_token": {f.token(app.CheckinApp)}, "userid": {"carol"}}, nil)
		if code, _, _ := opened(t, body); code != wecom.CodeUserNotFound {
			t.Errorf("user/get: %d, want 60111", code)
		}
	})
}
