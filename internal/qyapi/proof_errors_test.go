package qyapi_test

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/qyapi"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/wecom"
)

// raised is a call and the code that it must raise.
type raised struct {
	code wecom.Code
	call func() wecom.Code
}

// neverRaised are the codes of protocol section 9 that no call of this server
// raises, with why.
var neverRaised = map[wecom.Code]string{
	wecom.CodeCheckinSystem:       "a failing database is reported with -1 by every call",
	wecom.CodeCheckinRetry:        "the same",
	wecom.CodeApprovalClash:       "of the approval app, which is not served",
	wecom.CodeRuleTooMany:         "the number of rules is not limited",
	wecom.CodeRuleConcurrent:      "rules are made one after the other",
	wecom.CodeCorrectionApproval:  "punches by approval do not exist",
	wecom.CodeInvalidUserID:       "contacts answer 60111, check-in 301021",
	wecom.CodeInvalidUserList:     "the same",
	wecom.CodeInvalidListParam:    "40058 names the parameter",
	wecom.CodeInvalidAgentID:      "no call takes an agentid",
	wecom.CodeInvalidCallbackURL:  "no call takes a callback",
	wecom.CodeEmptyParameter:      "40058 names the parameter",
	wecom.CodeInvalidPartyList:    "60003 and 60123 say which",
	wecom.CodeInvalidTagID:        "301090 says which",
	wecom.CodeIllegalSecret:       "40001 does not say that the secret is another corporation's",
	wecom.CodeInvalidDeviceToken:  "of devices",
	wecom.CodeExpiredDeviceToken:  "of devices",
	wecom.CodeInvalidMediaRange:   "files are not stored encrypted in pieces",
	wecom.CodeMediaPieceTooLarge:  "a file is sent whole",
	wecom.CodeAnswerTooLarge:      "answers are not limited but by their requests",
	wecom.CodeDataConflict:        "writes wait for each other",
	wecom.CodeAbnormalTraffic:     "45009 is the only judgement of traffic",
	wecom.CodeNoSuchUser:          "60111 is raised instead",
	wecom.CodeUnauthorizedAPI:     "48002 is raised instead",
	wecom.CodeRetiredAPI:          "no call is retired",
	wecom.CodeUnusedAPI:           "rights are not withdrawn for want of use",
	wecom.CodeNewContactsIP:       "addresses are judged by 60020",
	wecom.CodeTLSVersion:          "TLS ends before this edge",
	wecom.CodeRedirectDomain:      "no call redirects",
	wecom.CodeUserOutOfScope:      "60111 and 301021 do not say that a member is elsewhere",
	wecom.CodeUserNotVisible:      "the same",
	wecom.CodeNoPrivilege:         "the same",
	wecom.CodeAppDisabled:         "a disabled app's secret is 40001, its token 40014",
	wecom.CodeWrongAgent:          "48002 is raised instead",
	wecom.CodeCorpUnavailable:     "corporations are not suspended",
	wecom.CodeRequestParameter:    "40058 is raised instead",
	wecom.CodeAccountNotActivated: "there are no licences",
	wecom.CodeNoLicence:           "the same",
	wecom.CodeApprovalSystem:      "a failing database is reported with -1 by every call",
	wecom.CodeApprovalForbidden:   "48002 is raised instead, and 40058 for a form that the app does not see",
	wecom.CodeApprovalOff:         "every corporation has forms",
	wecom.CodeVacationForbidden:   "48002 is raised instead",
	wecom.CodeVacationParameter:   "the call takes no parameter",
	wecom.CodeVacationSystem:      "a failing database is reported with -1 by every call",
	wecom.CodeApprovalWindow:      "any number of forms is listed, page by page",
}

// restricted are corrections of kinds that buka_restriction closes (bits 1
// missing, 2 late, 4 early, 8 other), by members who each have a rule of their
// own: 09:00 to 18:00 on Monday, 5 January.
func (p *proof) restricted(t *testing.T) (rows []raised) {
	for i, tt := range []struct {
		code      wecom.Code
		closed    int
		on, off   int // minutes of the day; 0 = no punch
		elsewhere bool
		due       int
	}{
		{301099, 2, 570, 1080, false, 32400},
		{301101, 4, 540, 1020, false, 64800},
		{301102, 1, 0, 1080, false, 32400},
		{301103, 8, 535, 1080, true, 32400},
		{301104, 10, 570, 1080, true, 32400},
		{301105, 12, 540, 1020, true, 64800},
	} {
		user := attendance.UserID(fmt.Sprintf("restricted%d", i))
		must(t, p.fixture.app.AddMembers(t.Context(), p.corp, []app.Contact{{ID: user, Depts: []attendance.DeptID{1}}}))
		_, err := p.fixture.app.InstallRule(t.Context(), p.corp, app.RuleSpec{Form: "read", Doc: fmt.Appendf(nil,
			`{"grouptype":1,"groupname":%q,"buka_restriction":%d,"range":{"userid":[%q]},"checkindate":[{"workdays":[1],
			"checkintime":[{"time_id":1,"work_sec":32400,"off_work_sec":64800}]}]}`, user, tt.closed, user)})
		must(t, err)
		var flags attendance.PunchFlags
		if tt.elsewhere {
			flags = attendance.OutOfRange
		}
		for _, minute := range []int{tt.on, tt.off} {
			if minute > 0 {
				_, _, err := p.fixture.app.AddPunches(t.Context(), p.corp, []attendance.PunchRecord{{User: user,
					Punch: attendance.Punch{At: stamp(5, 0, minute), Flags: flags, Source: attendance.SourcePhone}}})
				must(t, err)
			}
		}
		body := fmt.Sprintf(`{"userid":%q,"schedule_date_time":%d,"schedule_checkin_time":%d,"checkin_time":%d}`,
			user, stamp(5, 0, 0), tt.due, stamp(5, 0, 0)+int64(tt.due))
		rows = append(rows, p.post(tt.code, correct, body))
	}
	return rows
}

// Every code of the contract is raised by a call here, or has a reason why not.
func TestEveryCode(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := &proof{newProvider(t, db, app.SuiteApp)}
		office, shifts := p.addRule(officeRule), p.addRule(shiftRule)
		other, err := p.fixture.app.CreateApp(t.Context(), "ww1", app.CheckinApp, "another")
		must(t, err)
		p.secrets["other"] = other.Secret
		p.raw(facePath, face("bob", pngOf(8, 8, 1)))
		p.clock.Store(stamp(11, 12, 0)) // Sunday
		rows := append(p.reads(), p.writes(shifts)...)
		rows = append(rows, p.rules(office)...)
		rows = append(rows, p.credentials()...)
		rows = append(rows, p.contactsAndMedia()...)
		rows = append(rows, p.limits()...)
		rows = append(rows, p.chain()...)
		rows = append(rows, p.restricted(t)...)
		rows = append(rows, p.endings()...)
		seen := map[wecom.Code]bool{wecom.CodeOK: true}
		for i, row := range rows {
			if code := row.call(); code != row.code {
				t.Errorf("row %d: %d, want %d", i, code, row.code)
			}
			seen[row.code] = true
		}
		for name, code := range knownCodes(t) {
			if seen[code] == (neverRaised[code] != "") {
				t.Errorf("%s %d: raised %v, never raised because %q", name, code, seen[code], neverRaised[code])
			}
		}
	})
}

// knownCodes reads the constants of package wecom by their names.
func knownCodes(t *testing.T) map[string]wecom.Code {
	t.Helper()
	tree, err := parser.ParseFile(token.NewFileSet(), "../../wecom/codes.go", nil, 0)
	must(t, err)
	found := map[string]wecom.Code{}
	ast.Inspect(tree, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			return true
		}
		if lit, ok := spec.Values[0].(*ast.BasicLit); ok {
			code, err := strconv.ParseInt(lit.Value, 10, 64)
			must(t, err)
			found[spec.Names[0].Name] = wecom.Code(code)
		}
		return true
	})
	if len(found) < 80 {
		t.Fatalf("only %d codes are in wecom/codes.go", len(found))
	}
	return found
}

// proof is a provider whose calls are made into rows.
type proof struct{ *provider }

func (p *proof) post(code wecom.Code, path, body string) raised {
	return p.as(app.CheckinApp, code, path, body)
}

func (p *proof) as(kind app.AppKind, code wecom.Code, path, body string) raised {
	return raised{code, func() wecom.Code {
		got, _, _ := p.rawAs(kind, path, body)
		return got
	}}
}

// get makes a row of a call with a query, to which an app's token is added
// where it has none.
func (p *proof) get(kind app.AppKind, code wecom.Code, path string, query url.Values) raised {
	return raised{code, func() wecom.Code {
		all := url.Values{"access_token": {p.fixture.token(kind)}}
		maps.Copy(all, query)
		_, body := p.do(http.MethodGet, path, all, nil)
		got, _, _ := opened(p.t, body)
		return got
	}}
}

func (p *proof) provide(code wecom.Code, path, suiteToken string, body any) raised {
	return raised{code, func() wecom.Code {
		got, _ := p.service(path, suiteToken, body)
		return got
	}}
}

func (p *proof) reads() []raised {
	from := stamp(5, 0, 0)
	window := func(start, end int64, users string) string {
		return fmt.Sprintf(`{"opencheckindatatype":3,"starttime":%d,"endtime":%d,"useridlist":%s}`, start, end, users)
	}
	return []raised{
		p.post(301021, getData, window(from, from+1, `["zed"]`)),
		p.post(301021, dayData, window(from, from, `["zed"]`)),
		p.post(301021, monthData, window(from, from, `["zed"]`)),
		p.post(301023, getData, window(from, from+1, users(101))),
		p.post(301023, dayData, window(from, from, `[]`)),
		p.post(301024, getData, window(from, from, `["alice"]`)),
		p.post(301024, monthData, window(from, from+30*86400+1, `["alice"]`)),
		p.post(40058, getData, `{"starttime":`),
		p.post(40058, formPath, `{"sp_no":"none"}`),
		p.post(301025, formsPath, `{"starttime":"1","endtime":"2","filters":[{"key":"sp_status","value":"6"},{"key":"sp_status","value":"7"}]}`),
	}
}

func (p *proof) writes(shifts int64) []raised {
	plan := func(group int64, user string, day, shift int) string {
		return fmt.Sprintf(`{"groupid":%d,"yearmonth":202601,"items":[{"userid":%q,"day":%d,"schedule_id":%d}]}`, group, user, day, shift)
	}
	card := func(day, due, hour int) string {
		return fmt.Sprintf(`{"userid":"alice","schedule_date_time":%d,"schedule_checkin_time":%d,"checkin_time":%d}`, stamp(day, 0, 0), due, stamp(day, hour, 0))
	}
	return []raised{
		p.post(301021, facePath, `{"userid":"alice"}`),
		p.post(301069, facePath, face("zed", pngOf(8, 8, 2))),
		p.post(301071, facePath, face("alice", pngOf(8, 8, 1))),
		p.post(301072, facePath, face("alice", gifOf())),
		p.post(301073, setSchedule, plan(shifts, "carol", 5, 1)),
		p.post(301075, setSchedule, plan(shifts, "carol", 12, 9)),
		p.post(301080, correct, card(5, 36000, 10)),
		p.post(301081, correct, card(5, 64800, 14)),
		p.post(301082, correct, card(10, 64800, 18)),
		p.post(301083, correct, card(12, 32400, 9)),
		p.post(301089, setSchedule, plan(99, "carol", 12, 1)),
		p.post(301021, addRecord, punches("zed", stamp(5, 7, 0))),
	}
}

func (p *proof) rules(office int64) []raised {
	const add, del = "/cgi-bin/checkin/add_checkin_option", "/cgi-bin/checkin/del_checkin_option"
	changed := func(old, replacement string) string {
		return `{"group":` + strings.Replace(officeRule, old, replacement, 1) + `}`
	}
	return []raised{
		p.post(301089, del, `{"groupid":99}`),
		p.post(301090, add, changed(`"userid":[]`, `"userid":["zed"]`)),
		p.post(301091, add, changed(`"party_id":["2"],"userid":[]`, `"party_id":[],"userid":["carol"]`)),
		p.as("other", 301092, del, fmt.Sprintf(`{"groupid":%d}`, office)),
		p.post(301093, add, changed(`"grouptype":1`, `"grouptype":9`)),
		p.post(301094, add, changed(`"grouptype":1`, `"grouptype":1,"span_day_time":14400`)),
		p.post(301097, "/cgi-bin/checkin/clear_checkin_option_array_field", fmt.Sprintf(`{"groupid":%d,"clear_field":[4]}`, office)),
	}
}

func (p *proof) credentials() []raised {
	secret := p.secrets[app.CheckinApp].Reveal()
	ask := func(code wecom.Code, corp, secret string) raised {
		return p.get(app.CheckinApp, code, wecom.TokenPath, url.Values{"corpid": {corp}, "corpsecret": {secret}})
	}
	return []raised{
		ask(40001, "ww1", secret+"x"),
		ask(40013, "ww2", secret),
		ask(41002, "", secret),
		ask(41004, "ww1", ""),
		p.get(app.CheckinApp, 41001, getData, url.Values{"access_token": nil}),
		p.get(app.CheckinApp, 40014, getData, url.Values{"access_token": {"none"}}),
		p.as(app.ContactApp, 48002, getData, "{}"),
	}
}

func (p *proof) contactsAndMedia() []raised {
	send := func(code wecom.Code, mediaType string, content []byte) raised {
		return raised{code, func() wecom.Code {
			got, _ := p.upload(mediaType, "a", content)
			return got
		}}
	}
	return []raised{
		p.get(app.ContactApp, 41009, "/cgi-bin/user/get", nil),
		p.get(app.ContactApp, 60111, "/cgi-bin/user/get", url.Values{"userid": {"zed"}}),
		p.get(app.ContactApp, 60003, "/cgi-bin/user/list", url.Values{"department_id": {"9"}}),
		p.get(app.ContactApp, 60123, "/cgi-bin/user/list", url.Values{"department_id": {"x"}}),
		p.get(app.CheckinApp, 41006, mediaPath, nil),
		p.get(app.CheckinApp, 40007, mediaPath, url.Values{"media_id": {"none"}}),
		send(40004, "image", []byte("hello world")),
		send(40005, "picture", pngOf(4, 4, 1)),
		send(40006, "file", []byte("12345")),
		send(44001, "file", nil),
		send(45001, "voice", append([]byte("#!AMR\n"), make([]byte, 2<<20)...)),
	}
}

func (p *proof) chain() []raised {
	token := p.provider.suiteToken()
	ticket := p.last("SuiteId", "InfoType", "TimeStamp", "SuiteTicket")["SuiteTicket"]
	other, err := p.app.AddSuite(p.t.Context(), app.NewSuite{Suite: app.Suite{Kind: app.SuiteApp}})
	must(p.t, err)
	theirs, err := p.app.AuthorizeSuite(p.t.Context(), "ww1", other.ID, app.Authorization{})
	must(p.t, err)
	grant, err := p.app.PermanentCode(p.t.Context(), other.ID, theirs.AuthCode)
	must(p.t, err)
	suite := func(id, secret, ticket string) map[string]string {
		return map[string]string{"suite_id": id, "suite_secret": secret, "suite_ticket": ticket}
	}
	corp := func(corp, code string) map[string]string {
		return map[string]string{"auth_corpid": corp, "permanent_code": code}
	}
	early, _, err := p.app.PreAuthCode(p.t.Context(), p.suite.ID)
	must(p.t, err)
	id, secret := string(p.suite.ID), p.suite.Secret.Reveal()
	return []raised{
		p.provide(41021, "get_suite_token", "", suite("", secret, ticket)),
		p.provide(41024, "get_suite_token", "", suite(id, "", ticket)),
		p.provide(41023, "get_suite_token", "", suite(id, secret, "")),
		p.provide(40083, "get_suite_token", "", suite("ww9", secret, ticket)),
		p.provide(40080, "get_suite_token", "", suite(id, "x", ticket)),
		p.provide(40085, "get_suite_token", "", suite(id, secret, "x")),
		p.provide(41022, "get_pre_auth_code", "", nil),
		p.provide(40082, "get_pre_auth_code", "x", nil),
		p.provide(40077, "set_session_info", token, map[string]string{"pre_auth_code": "x"}),
		p.provide(40086, "set_session_info", token, map[string]any{"pre_auth_code": early.Reveal(), "session_info": map[string]any{"appid": []int{0}}}),
		p.provide(40078, "v2/get_permanent_code", token, map[string]string{"auth_code": "x"}),
		p.provide(41025, "get_corp_token", token, corp("ww1", "")),
		p.provide(41002, "get_corp_token", token, corp("", "x")),
		p.provide(40084, "get_corp_token", token, corp("ww1", "x")),
		p.provide(48003, "get_corp_token", token, corp("ww1", grant.PermanentCode.Reveal())),
		{40014, func() wecom.Code { // a suite's token is none for check-in
			_, body := p.do(http.MethodPost, getData, url.Values{"access_token": {token}}, strings.NewReader("{}"))
			code, _, _ := opened(p.t, body)
			return code
		}},
		{48004, func() wecom.Code {
			mine := text(p.permanentCode(token, "v2/", app.Authorization{})["permanent_code"])
			_, err := p.app.CancelSuite(p.t.Context(), "ww1", p.suite.ID)
			must(p.t, err)
			code, _ := p.service("get_corp_token", token, corp("ww1", mine))
			return code
		}},
		{42007, func() wecom.Code {
			p.clock.Add(1200)
			code, _ := p.service("set_session_info", token, map[string]string{"pre_auth_code": early.Reveal()})
			return code
		}},
		{42009, func() wecom.Code {
			p.clock.Add(7200)
			code, _ := p.service("get_pre_auth_code", token, nil)
			return code
		}},
	}
}

// limits come from a handler that has some, and -1 from a caller who is gone
// when the database is asked.
func (p *proof) limits() []raised {
	query := url.Values{"access_token": {p.fixture.token(app.CheckinApp)}}
	l := &limited{p.fixture, qyapi.New(p.fixture.app, qyapi.Options{Limits: qyapi.Limits{AtOnce: 1, Calls: map[string]qyapi.Quota{"getcheckindata": 1}}})}
	return []raised{
		{45033, func() wecom.Code {
			body := &gated{reading: make(chan struct{}), end: make(chan struct{})}
			done := make(chan struct{})
			go func() {
				defer close(done)
				l.call(getData, "192.0.2.1", query, body)
			}()
			<-body.reading
			code, _ := l.call(getData, "192.0.2.1", query, http.NoBody)
			close(body.end)
			<-done
			return code
		}},
		{45009, func() wecom.Code {
			code, _ := l.call(getData, "192.0.2.1", query, http.NoBody)
			return code
		}},
		{wecom.CodeBusy, func() wecom.Code {
			ctx, cancel := context.WithCancel(p.t.Context())
			cancel()
			w := httptest.NewRecorder()
			l.handler.ServeHTTP(w, httptest.NewRequestWithContext(ctx, http.MethodPost, dayData+"?"+query.Encode(), http.NoBody))
			code, _, _ := opened(p.t, w.Body.Bytes())
			return code
		}},
	}
}

// endings come last: after them the app's token is dead and its address strange.
func (p *proof) endings() []raised {
	var token string
	call := func() wecom.Code {
		_, body := p.do(http.MethodPost, getData, url.Values{"access_token": {token}}, strings.NewReader("{}"))
		code, _, _ := opened(p.t, body)
		return code
	}
	return []raised{
		{60020, func() wecom.Code {
			token = p.fixture.token(app.CheckinApp)
			must(p.t, p.app.SetAccess(p.t.Context(), attendance.CorpID("ww1"), 1000002, app.Access{Addresses: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}}))
			defer func() { must(p.t, p.app.SetAccess(p.t.Context(), "ww1", 1000002, app.Access{})) }()
			return call()
		}},
		{42001, func() wecom.Code {
			p.clock.Add(7200)
			return call()
		}},
		{40014, func() wecom.Code {
			_, err := p.app.RotateSecret(p.t.Context(), "ww1", 1000002)
			must(p.t, err)
			return call()
		}},
	}
}
