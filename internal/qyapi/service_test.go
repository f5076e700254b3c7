package qyapi_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/qyapi"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/wecom"
)

// provider is somebody else's server: it has a suite, and keeps what is pushed.
type provider struct {
	*fixture
	app    *app.App // with a key
	pusher *qyapi.Pusher
	suite  app.SuiteCredential
	reply  func(http.ResponseWriter)
	echo   func(http.ResponseWriter, *http.Request) // answers the GET that tries the URL out

	mu     sync.Mutex
	events []map[string]string // members of the pushed XML, by name
	bodies []string            // of all that came
}

func newProvider(t *testing.T, db *store.DB, kind app.AppKind) *provider {
	t.Helper()
	return newProviderOf(t, db, "ww1", kind)
}

// newProviderOf is newProvider for one of several corporations in a database.
func newProviderOf(t *testing.T, db *store.DB, corp attendance.CorpID, kind app.AppKind) *provider {
	t.Helper()
	p := &provider{fixture: newCorp(t, db, corp, false), reply: func(w http.ResponseWriter) { fmt.Fprint(w, "success") }}
	key, err := app.ParseKey(app.NewKey())
	must(t, err)
	p.app = app.New(db, func() time.Time { return time.Unix(p.clock.Load(), 0) }, app.WithKey(key))
	p.pusher = qyapi.NewPusher(p.app)
	server := httptest.NewServer(p)
	t.Cleanup(server.Close)
	p.suite, err = p.app.AddSuite(t.Context(), app.NewSuite{Suite: app.Suite{Kind: kind, Name: "应用", CallbackURL: server.URL + "/callback?tenant=7"}})
	must(t, err)
	return p
}

// ServeHTTP is the callback.
func (p *provider) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodGet {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.echo(w, r)
		return
	}
	body, err := io.ReadAll(r.Body)
	must(p.t, err)
	crypter, err := wecom.NewCrypter(wecom.NewSecret(p.suite.CallbackToken.Reveal()), wecom.NewSecret(p.suite.EncodingAESKey.Reveal()), string(p.suite.ID))
	must(p.t, err)
	message, err := crypter.Open(wecom.ParseCallbackQuery(r.URL.Query()), body)
	if err != nil || r.Method != http.MethodPost || r.URL.Query().Get("tenant") != "7" {
		p.t.Errorf("%s %s: %v", r.Method, r.URL.Path, err)
	}
	var event struct {
		Members []struct {
			XMLName xml.Name
			Text    string `xml:",chardata"`
		} `xml:",any"`
	}
	must(p.t, xml.Unmarshal(message, &event))
	members := map[string]string{}
	for _, m := range event.Members {
		members[m.XMLName.Local] = m.Text
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.events, p.bodies = append(p.events, members), append(p.bodies, string(body))
	p.reply(w)
}

// pushed returns the bodies that came.
func (p *provider) pushed() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.bodies)
}

// last returns the latest event, whose members' names are checked.
func (p *provider) last(names ...string) map[string]string {
	p.t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.events) == 0 {
		p.t.Fatal("nothing was pushed")
	}
	event := p.events[len(p.events)-1]
	var got []string
	for name := range event {
		got = append(got, name)
	}
	slices.Sort(got)
	slices.Sort(names)
	if diff := cmp.Diff(names, got); diff != "" {
		p.t.Errorf("pushed (-want +got):\n%s", diff)
	}
	return event
}

// service makes a call of a provider.
func (p *provider) service(path, suiteToken string, body any) (wecom.Code, map[string]json.RawMessage) {
	p.t.Helper()
	query := url.Values{}
	if suiteToken != "" {
		query.Set("suite_access_token", suiteToken)
	}
	text, err := json.Marshal(body)
	must(p.t, err)
	_, answer := p.do(http.MethodPost, "/cgi-bin/service/"+path, query, bytes.NewReader(text))
	code, _, members := opened(p.t, answer)
	return code, members
}

// good is service for a call that succeeds.
func (p *provider) good(path, suiteToken string, body any) map[string]json.RawMessage {
	p.t.Helper()
	code, members := p.service(path, suiteToken, body)
	if code != 0 {
		p.t.Fatalf("%s: %d %s", path, code, members["errmsg"])
	}
	return members
}

func text(raw json.RawMessage) (s string) {
	_ = json.Unmarshal(raw, &s) // "" for what is no text
	return s
}

// suiteToken has a ticket pushed and returns the token that it fetches.
func (p *provider) suiteToken() string {
	p.t.Helper()
	must(p.t, p.pusher.PushTickets(p.t.Context()))
	ticket := p.last("SuiteId", "InfoType", "TimeStamp", "SuiteTicket")
	if ticket["SuiteId"] != string(p.suite.ID) || ticket["InfoType"] != "suite_ticket" || ticket["TimeStamp"] != fmt.Sprint(p.clock.Load()) {
		p.t.Errorf("pushed %v", ticket)
	}
	answer := p.good("get_suite_token", "", map[string]string{
		"suite_id": string(p.suite.ID), "suite_secret": p.suite.Secret.Reveal(), "suite_ticket": ticket["SuiteTicket"],
	})
	if string(answer["expires_in"]) != "7200" {
		p.t.Errorf("a suite token for %s s", answer["expires_in"])
	}
	return text(answer["suite_access_token"])
}

// permanentCode goes from a suite token to a permanent code, by the event.
func (p *provider) permanentCode(token, version string, auth app.Authorization) map[string]json.RawMessage {
	p.t.Helper()
	event, err := p.app.AuthorizeSuite(p.t.Context(), p.corp.ID, p.suite.ID, auth)
	must(p.t, err)
	must(p.t, p.pusher.Push(p.t.Context(), event))
	created := p.last("SuiteId", "AuthCode", "InfoType", "TimeStamp", "State", "ExtraInfo")
	if created["InfoType"] != "create_auth" || created["State"] != auth.State {
		p.t.Errorf("pushed %v", created)
	}
	return p.good(version+"get_permanent_code", token, map[string]string{"auth_code": created["AuthCode"]})
}

// The whole chain over HTTP: a ticket, a suite token, an authorisation, a
// permanent code, the corporation's token, a day report.
func TestSuiteChain(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := newProvider(t, db, app.SuiteApp)
		token := p.suiteToken()
		_, answer := p.do(http.MethodGet, "/cgi-bin/service/get_pre_auth_code", url.Values{"suite_access_token": {token}}, nil)
		_, _, pre := opened(t, answer)
		if string(pre["expires_in"]) != "1200" {
			t.Errorf("a pre-auth code: %s", answer)
		}
		p.good("set_session_info", token, map[string]any{
			"pre_auth_code": text(pre["pre_auth_code"]), "session_info": map[string]any{"appid": []int{1, 2, 3}, "auth_type": 1},
		})
		auth := app.Authorization{PreAuthCode: app.Secret(text(pre["pre_auth_code"])), User: "alice", State: "state001"}
		granted := p.permanentCode(token, "v2/", auth)
		want := map[string]string{
			"auth_corp_info": `{"corpid":"ww1","corp_name":"大卡"}`,
			"auth_user_info": `{"userid":"alice","open_userid":"alice","name":"爱丽丝","avatar":""}`,
			"state":          `"state001"`, "errcode": "0", "errmsg": `"ok"`,
		}
		code := text(granted["permanent_code"])
		delete(granted, "permanent_code")
		for name, value := range granted {
			if string(value) != want[name] {
				t.Errorf("%s is %s, want %s", name, value, want[name])
			}
		}
		corp := p.good("get_corp_token", token, map[string]string{"auth_corpid": "ww1", "permanent_code": code})
		p.raw(addRecord, punches("alice", stamp(5, 7, 30)))
		body := fmt.Sprintf(`{"starttime":%d,"endtime":%d,"useridlist":["alice"]}`, stamp(5, 0, 0), stamp(5, 0, 0))
		call := func(path, query, token, body string) (wecom.Code, map[string]json.RawMessage) {
			_, text := p.do(http.MethodPost, path, url.Values{query: {token}}, strings.NewReader(body))
			code, _, members := opened(t, text)
			return code, members
		}
		data := fmt.Sprintf(`{"opencheckindatatype":3,"starttime":%d,"endtime":%d,"useridlist":["alice"]}`, stamp(5, 7, 0), stamp(5, 8, 0))
		errcode, members := call(getData, "access_token", text(corp["access_token"]), data)
		var punched []checkin.Record
		if err := json.Unmarshal(members["checkindata"], &punched); errcode != 0 || err != nil || len(punched) != 1 || punched[0].CheckinTime != stamp(5, 7, 30) {
			t.Errorf("punches: %d %s, %v", errcode, members["checkindata"], err)
		}
		if errcode, _ := call(getData, "access_token", token, data); errcode != wecom.CodeInvalidToken {
			t.Errorf("a suite_access_token at getcheckindata: %d, want 40014", errcode)
		}
		errcode, members = call(dayData, "access_token", text(corp["access_token"]), body)
		var rows []checkin.DayData
		if err := json.Unmarshal(members["datas"], &rows); errcode != 0 || err != nil || len(rows) != 1 {
			t.Errorf("day report: %d %s, %v", errcode, members["datas"], err)
		}
		errcode, members = call("/cgi-bin/agent/get_permissions", "access_token", text(corp["access_token"]), "")
		if errcode != 0 || string(members["app_permissions"]) != `["checkin:app:base"]` {
			t.Errorf("permissions: %d %s", errcode, members["app_permissions"])
		}
		if errcode, _ := call(dayData, "access_token", token, body); errcode != wecom.CodeInvalidToken {
			t.Errorf("a suite_access_token as access_token: %d, want 40014", errcode)
		}
		if errcode, _ := call(dayData, "suite_access_token", token, body); errcode != wecom.CodeMissingToken {
			t.Errorf("a suite_access_token as such: %d, want 41001", errcode)
		}
		_, answer = p.do(http.MethodGet, "/cgi-bin/user/get", url.Values{"access_token": {text(corp["access_token"])}, "userid": {"alice"}}, nil)
		if _, _, user := opened(t, answer); text(user["name"]) != "alice" || text(user["alias"]) != "" {
			t.Errorf("a third-party app is told the name: %s", answer)
		}
		event, err := p.app.CancelSuite(t.Context(), "ww1", p.suite.ID)
		must(t, err)
		must(t, p.pusher.Push(t.Context(), event))
		p.last("SuiteId", "InfoType", "TimeStamp", "AuthCorpId")
		if errcode, _ := call(dayData, "access_token", text(corp["access_token"]), body); errcode != wecom.CodeInvalidToken {
			t.Errorf("cancelled: %d, want 40014", errcode)
		}
		if errcode, _ := p.service("get_corp_token", token, map[string]string{"auth_corpid": "ww1", "permanent_code": code}); errcode != 48004 {
			t.Errorf("cancelled: %d, want 48004", errcode)
		}
		for _, body := range p.pushed() {
			if strings.Contains(body, "SuiteTicket") || strings.Contains(body, "AuthCode") {
				t.Errorf("pushed in clear: %s", body)
			}
		}
	})
}

// The older get_permanent_code brings the corporation's token along, but for a
// provider-developed app, whose permanent code goes to gettoken.
func TestPermanentCodeV1(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for kind, has := range map[app.AppKind]bool{app.SuiteApp: true, app.ProviderApp: false} {
			p := newProviderOf(t, db, attendance.CorpID("ww1"+kind), kind)
			token := p.suiteToken()
			granted := p.permanentCode(token, "", app.Authorization{User: "bob", Range: app.Range{Depts: []attendance.DeptID{2}, Users: []attendance.UserID{"carol"}}})
			var info struct {
				Agent []struct {
					Name      string
					Privilege struct {
						Party []int64  `json:"allow_party"`
						User  []string `json:"allow_user"`
						Tag   []int64  `json:"allow_tag"`
					}
				}
			}
			must(t, json.Unmarshal(granted["auth_info"], &info))
			if len(info.Agent) != 1 || info.Agent[0].Name != "应用" || info.Agent[0].Privilege.Tag == nil ||
				!slices.Equal(info.Agent[0].Privilege.Party, []int64{2}) || !slices.Equal(info.Agent[0].Privilege.User, []string{"carol"}) {
				t.Errorf("%s: auth_info %s", kind, granted["auth_info"])
			}
			documented(t, "service.get_permanent_code.response.json", granted)
			access := text(granted["access_token"])
			if (access != "") != has || (granted["expires_in"] != nil) != has {
				t.Errorf("%s: a token %v, want %v", kind, access != "", has)
			}
			permanent := text(granted["permanent_code"])
			code, answer := p.service("get_corp_token", token, map[string]string{"auth_corpid": string(p.corp.ID), "permanent_code": permanent})
			if has && (code != 0 || text(answer["access_token"]) != access) || !has && code != wecom.CodeForbiddenAPI {
				t.Errorf("%s at get_corp_token: %d", kind, code)
			}
			_, body := p.do(http.MethodGet, wecom.TokenPath, url.Values{"corpid": {string(p.corp.ID)}, "corpsecret": {permanent}}, nil)
			if code, _, _ := opened(t, body); code != 0 && !has || code != wecom.CodeInvalidSecret && has {
				t.Errorf("%s at gettoken: %d", kind, code)
			}
		}
	})
}

// documented checks that every member of an answer is one of the documented
// example's, at the top and one level below.
func documented(t *testing.T, name string, answer map[string]json.RawMessage) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("../../../shared/spec/payloads", name))
	if errors.Is(err, os.ErrNotExist) {
		t.Logf("%s is not here: its members are not compared", name)
		return
	}
	must(t, err)
	var example map[string]json.RawMessage
	must(t, json.Unmarshal(raw, &example))
	for member, value := range answer {
		if example[member] == nil {
			t.Errorf("%s: %s is not documented", name, member)
		}
		var ours, theirs map[string]json.RawMessage
		if json.Unmarshal(value, &ours) == nil && json.Unmarshal(example[member], &theirs) == nil {
			for inner := range theirs {
				if ours[inner] == nil {
					t.Errorf("%s: %s.%s is missing", name, member, inner)
				}
			}
		}
	}
}
