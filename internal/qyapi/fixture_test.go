package qyapi_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync/atomic"
	"testing"
	"time"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/qyapi"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/wecom"
)

var china = time.FixedZone("UTC+8", 8*3600)

// stamp returns a moment of January 2026, whose fifth is a Monday, in Unix seconds.
func stamp(day, hour, minute int) int64 {
	return time.Date(2026, 1, day, hour, minute, 0, 0, china).Unix()
}

// fixture is a corporation on a server: department 2 below the root, alice and
// bob in it, carol in the root, and a clock that begins on Monday at 08:00.
type fixture struct {
	t       testing.TB
	app     *app.App
	corp    *app.Corp
	clock   *atomic.Int64
	url     string
	secrets map[app.AppKind]app.Secret
	seen    atomic.Pointer[qyapi.Outcome] // of the latest call
}

func newFixture(t testing.TB, db *store.DB, strict bool) *fixture {
	t.Helper()
	return newCorp(t, db, "ww1", strict)
}

// newCorp is newFixture for one of several corporations in a database.
func newCorp(t testing.TB, db *store.DB, id attendance.CorpID, strict bool) *fixture {
	t.Helper()
	f := &fixture{t: t, clock: &atomic.Int64{}, secrets: map[app.AppKind]app.Secret{}}
	f.clock.Store(stamp(5, 8, 0))
	f.app = app.New(db, func() time.Time { return time.Unix(f.clock.Load(), 0) })
	ctx := t.Context()
	corp, credentials, err := f.app.CreateCorp(ctx, app.NewCorp{ID: id, Name: "大卡"})
	must(t, err)
	contact, err := f.app.CreateApp(ctx, corp.ID, app.ContactApp, "")
	must(t, err)
	for _, c := range append(credentials, contact) {
		f.secrets[c.Kind] = c.Secret
	}
	must(t, f.app.AddDepartments(ctx, corp, []attendance.Department{{ID: 2, Parent: 1, Name: "研发", Order: 7}, {ID: 3, Parent: 2, Name: "测试"}}))
	must(t, f.app.AddMembers(ctx, corp, []app.Contact{
		{ID: "alice", Name: "爱丽丝", Alias: "Alice", Depts: []attendance.DeptID{2}},
		{ID: "bob", Name: "鲍勃", Depts: []attendance.DeptID{2, 1}},
		{ID: "carol", Name: "卡罗尔", Depts: []attendance.DeptID{1}},
	}))
	f.corp = corp
	api := qyapi.New(f.app, qyapi.Options{
		Strict:    strict,
		Limits:    qyapi.LimitsOff, // the clock stands still; see limit_http_test.go
		RequestID: func(context.Context) string { return "mark" },
		Observe:   func(_ context.Context, o qyapi.Outcome) { f.seen.Store(&o) },
	})
	server := httptest.NewServer(api)
	t.Cleanup(server.Close)
	f.url = server.URL
	return f
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// client returns the typed client of an app.
func (f *fixture) client(kind app.AppKind) *wecom.Client {
	f.t.Helper()
	c, err := wecom.New(wecom.CorpApp(string(f.corp.ID), wecom.NewSecret(f.secrets[kind].Reveal())), wecom.WithBaseURL(f.url))
	must(f.t, err)
	return c
}

func (f *fixture) checkin() *checkin.Client { return checkin.NewClient(f.client(app.CheckinApp)) }

func (f *fixture) token(kind app.AppKind) string {
	f.t.Helper()
	token, _, err := f.app.Token(f.t.Context(), f.corp.ID, f.secrets[kind])
	must(f.t, err)
	return token.Reveal()
}

// do sends a request as it stands and returns what came.
func (f *fixture) do(method, path string, query url.Values, body io.Reader) (*http.Response, []byte) {
	f.t.Helper()
	req, err := http.NewRequestWithContext(f.t.Context(), method, f.url+path+"?"+query.Encode(), body)
	must(f.t, err)
	resp, err := http.DefaultClient.Do(req)
	must(f.t, err)
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	must(f.t, err)
	return resp, text
}

// raw posts a body with the check-in app's token and returns the errcode, the
// errmsg and all members of the answer.
func (f *fixture) raw(path, body string) (code wecom.Code, errmsg string, answer map[string]json.RawMessage) {
	f.t.Helper()
	return f.rawAs(app.CheckinApp, path, body)
}

func (f *fixture) rawAs(kind app.AppKind, path, body string) (wecom.Code, string, map[string]json.RawMessage) {
	f.t.Helper()
	resp, text := f.do(http.MethodPost, path, url.Values{"access_token": {f.token(kind)}}, bytes.NewReader([]byte(body)))
	if resp.StatusCode != http.StatusOK {
		f.t.Fatalf("%s: status %d", path, resp.StatusCode)
	}
	return opened(f.t, text)
}

func opened(t testing.TB, text []byte) (code wecom.Code, errmsg string, answer map[string]json.RawMessage) {
	t.Helper()
	var e struct {
		Code *wecom.Code `json:"errcode"`
		Msg  *string     `json:"errmsg"`
	}
	if err := json.Unmarshal(text, &e); err != nil || e.Code == nil || e.Msg == nil {
		t.Fatalf("no envelope in %s", text)
	}
	must(t, json.Unmarshal(text, &answer))
	return *e.Code, *e.Msg, answer
}

// addRule makes a rule from today on and returns its id.
func (f *fixture) addRule(doc string) int64 {
	f.t.Helper()
	code, errmsg, _ := f.raw("/cgi-bin/checkin/add_checkin_option", `{"effective_now":true,"group":`+doc+`}`)
	if code != 0 {
		f.t.Fatalf("add a rule: %d %s", code, errmsg)
	}
	answer, err := f.checkin().CorpOptions(f.t.Context(), checkin.CorpOptionsRequest{})
	must(f.t, err)
	return answer.Group[len(answer.Group)-1].GroupID
}

// officeRule is Monday to Friday 09:00 to 18:00 with a rest from 12:00 to
// 13:00, punches from 07:00 to 12:00 and from 15:00 to 22:00, for department 2.
const officeRule = `{"grouptype":1,"groupname":"坐班","type":3,"sync_holidays":false,"allow_apply_offworkday":true,
	"range":{"party_id":["2"],"userid":[],"tagid":[]},
	"loc_infos":[{"lat":30547030,"lng":104062890,"loc_title":"a","loc_detail":"b","distance":300}],"ot_info_v2":{"workdayconf":{"allow_ot":false}},
	"checkindate":[{"workdays":[1,2,3,4,5],"checkintime":[{"time_id":1,"work_sec":32400,"off_work_sec":64800,
		"remind_work_sec":32400,"remind_off_work_sec":64800,"earliest_work_sec":25200,"latest_work_sec":43200,
		"earliest_off_work_sec":54000,"latest_off_work_sec":79200,
		"allow_rest":true,"rest_begin_time":43200,"rest_end_time":46800}]}]}`

// shiftRule offers a day shift and a shift that begins at 00:00, to carol.
const shiftRule = `{"grouptype":2,"groupname":"倒班","type":3,"sync_holidays":false,"allow_apply_offworkday":true,
	"range":{"party_id":[],"userid":["carol"],"tagid":[]},
	"loc_infos":[{"lat":30547030,"lng":104062890,"loc_title":"a","loc_detail":"b","distance":300}],"ot_info_v2":{"workdayconf":{"allow_ot":false}},
	"schedulelist":[{"schedule_id":0,"schedule_name":"休息"},
		{"schedule_id":1,"schedule_name":"早班","time_section":[{"time_id":11,"work_sec":28800,"off_work_sec":57600,
			"remind_work_sec":28200,"remind_off_work_sec":57600,"earliest_work_sec":21600,"latest_work_sec":36000,
			"earliest_off_work_sec":50400,"latest_off_work_sec":64800}]},
		{"schedule_id":2,"schedule_name":"零点","time_section":[{"time_id":12,"work_sec":0,"off_work_sec":28800,
			"remind_work_sec":0,"remind_off_work_sec":28800,"earliest_work_sec":-3600,"latest_work_sec":7200,
			"earliest_off_work_sec":21600,"latest_off_work_sec":36000}]}]}`

// punches returns the body that stores punches of a member.
func punches(user string, at ...int64) string {
	var b bytes.Buffer
	for i, t := range at {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"userid":%q,"checkin_time":%d,"location_title":"大门","location_detail":"一楼","device_type":2,"device_detail":"ZK"}`, user, t)
	}
	return `{"records":[` + b.String() + `]}`
}

const (
	addRecord = "/cgi-bin/checkin/add_checkin_record"
	getData   = "/cgi-bin/checkin/getcheckindata"
	dayData   = "/cgi-bin/checkin/getcheckin_daydata"
	monthData = "/cgi-bin/checkin/getcheckin_monthdata"
)
