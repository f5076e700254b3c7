package qyapi_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/wecom"
)

func TestGetToken(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		secret := f.secrets[app.CheckinApp].Reveal()
		for _, tt := range []struct {
			name  string
			query url.Values
			want  wecom.Code
		}{
			{"nothing", nil, wecom.CodeMissingSecret},
			{"no secret", url.Values{"corpid": {"ww1"}}, wecom.CodeMissingSecret},
			{"no corpid", url.Values{"corpsecret": {secret}}, wecom.CodeMissingCorpID},
			{"another corpid", url.Values{"corpid": {"ww2"}, "corpsecret": {secret}}, wecom.CodeInvalidCorpID},
			{"a corpid that is no text", url.Values{"corpid": {"ww\xff"}, "corpsecret": {secret}}, wecom.CodeInvalidCorpID},
			{"a corpid with a NUL", url.Values{"corpid": {"ww1\x00"}, "corpsecret": {secret}}, wecom.CodeInvalidCorpID},
			{"another secret", url.Values{"corpid": {"ww1"}, "corpsecret": {secret + "x"}}, wecom.CodeInvalidSecret},
		} {
			_, text := f.do(http.MethodGet, wecom.TokenPath, tt.query, nil)
			code, errmsg, answer := opened(t, text)
			if code != tt.want || len(answer) != 2 || strings.Contains(errmsg, secret) {
				t.Errorf("%s: %s", tt.name, text)
			}
			if o := f.seen.Load(); o.Code != tt.want || o.Err == nil || strings.Contains(o.Err.Error(), secret) {
				t.Errorf("%s: observed %+v", tt.name, o)
			}
		}
		query := url.Values{"corpid": {"ww1"}, "corpsecret": {secret}, "debug": {"0"}}
		get := func() (token string, left int64) {
			_, text := f.do(http.MethodGet, wecom.TokenPath, query, nil)
			var answer wecom.TokenResponse
			must(t, json.Unmarshal(text, &answer))
			if answer.ErrCode != 0 || answer.ErrMsg != "ok" {
				t.Errorf("got %s", text)
			}
			return answer.AccessToken, answer.ExpiresIn
		}
		first, left := get()
		if left != 7200 {
			t.Errorf("expires in %d s, want 7200", left)
		}
		f.clock.Add(7199)
		if again, left := get(); again != first || left != 1 {
			t.Errorf("in the last second: another token %v, expires in %d s, want 1", again != first, left)
		}
		f.clock.Add(1)
		if next, left := get(); next == first || left != 7200 {
			t.Errorf("after its life: another token %v, expires in %d s", next != first, left)
		}
	})
}

// A token is checked before everything else, and an error keeps the arrays of
// its call, empty, and none of its scalars.
func TestTokens(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		call := func(path, token, body string) (*http.Response, wecom.Code, string, map[string]json.RawMessage) {
			query := url.Values{}
			if token != "" {
				query.Set("access_token", token)
			}
			resp, text := f.do(http.MethodPost, path, query, strings.NewReader(body))
			code, errmsg, answer := opened(t, text)
			return resp, code, errmsg, answer
		}
		live := f.token(app.CheckinApp)
		arrays := map[string]string{
			getData: "checkindata", dayData: "datas", monthData: "datas", "/cgi-bin/checkin/getcheckinoption": "info",
			"/cgi-bin/checkin/getcorpcheckinoption": "group", "/cgi-bin/checkin/getcheckinschedulist": "schedule_list",
			"/cgi-bin/hardware/get_hardware_checkin_data": "checkindata", "/cgi-bin/user/list_id": "dept_user",
			"/cgi-bin/user/simplelist": "userlist", "/cgi-bin/user/list": "userlist",
			"/cgi-bin/department/simplelist": "department_id", "/cgi-bin/department/list": "department", addRecord: "",
		}
		for path, array := range arrays {
			for token, want := range map[string]wecom.Code{"": wecom.CodeMissingToken, "nonsense": wecom.CodeInvalidToken, live + "x": wecom.CodeInvalidToken} {
				resp, code, errmsg, answer := call(path, token, `{"access_token":"`+live+`"`)
				if code != want || resp.StatusCode != 200 || resp.Header.Get("Error-Code") != codeText(want) || resp.Header.Get("Error-Msg") != errmsg {
					t.Errorf("%s %q: %d %s %v", path, token, code, errmsg, resp.Header)
				}
				if got := string(answer[array]); array != "" && got != "[]" || len(answer) != 2 && array == "" || len(answer) > 3 {
					t.Errorf("%s: answered %s", path, answer)
				}
				if text := want.Text() + ", hint: [mark], from ip: 127.0.0.1, more info at https://open.work.weixin.qq.com/devtool/query?e=" + codeText(want); errmsg != text {
					t.Errorf("%s: errmsg %q, want %q", path, errmsg, text)
				}
			}
		}
		// A header does not count.
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, f.url+getData, strings.NewReader("{}"))
		must(t, err)
		req.Header.Set("Authorization", "Bearer "+live)
		resp, err := http.DefaultClient.Do(req)
		must(t, err)
		defer resp.Body.Close()
		if got := resp.Header.Get("Error-Code"); got != "41001" {
			t.Errorf("a token in a header: errcode %s, want 41001", got)
		}
		f.clock.Add(7200)
		if _, code, _, _ := call(getData, live, "{}"); code != wecom.CodeExpiredToken {
			t.Errorf("after 7200 s: %d, want 42001", code)
		}
		_, err = f.app.RotateSecret(t.Context(), "ww1", 1000002)
		must(t, err)
		if _, code, _, _ := call(getData, live, "{}"); code != wecom.CodeInvalidToken {
			t.Errorf("revoked: %d, want 40014", code)
		}
	})
}

func codeText(c wecom.Code) string {
	text, _ := json.Marshal(int64(c))
	return string(text)
}

// Which kind of app may make which call, by its errcode.
func TestKindsOfApps(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		want := map[string]map[app.AppKind]wecom.Code{}
		for _, op := range checkin.Operations {
			for _, path := range op.Paths {
				want[path] = map[app.AppKind]wecom.Code{app.AdminApp: 48002, app.ContactApp: 48002}
			}
		}
		for _, path := range []string{"department/simplelist", "department/list"} {
			want["/cgi-bin/"+path] = map[app.AppKind]wecom.Code{app.AdminApp: 0, app.ContactApp: 0, app.CheckinApp: 0}
		}
		want["/cgi-bin/user/get"] = map[app.AppKind]wecom.Code{app.AdminApp: 41009, app.ContactApp: 41009, app.CheckinApp: 41009}
		want["/cgi-bin/user/list_id"] = map[app.AppKind]wecom.Code{app.AdminApp: 48002, app.ContactApp: 0, app.CheckinApp: 48002}
		for path, kinds := range want {
			got := map[app.AppKind]wecom.Code{}
			for kind := range kinds {
				got[kind], _, _ = f.rawAs(kind, path, "{}")
			}
			if diff := cmp.Diff(kinds, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", path, diff)
			}
		}
	})
}

// A path that is no call is a 404 without a body, with a token or without.
func TestUnknownPaths(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		for _, path := range []string{"/cgi-bin/", "/cgi-bin/checkin/getcheckindata/", "/cgi-bin/checkin/GetCheckinData", "/cgi-bin/none", "/"} {
			resp, text := f.do(http.MethodPost, path, url.Values{"access_token": {f.token(app.CheckinApp)}}, strings.NewReader("{}"))
			if resp.StatusCode != http.StatusNotFound || len(text) != 0 {
				t.Errorf("%s: %d %q", path, resp.StatusCode, text)
			}
		}
	})
}
