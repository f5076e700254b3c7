package qyapi_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/wecom"
)

// matrixCall is a check-in call, its body for a userid and a rule, who may make
// it (the table of protocol section 3), and the codes for a member in the
// caller's range and for all others.
type matrixCall struct {
	body                string // USER, GROUP and SHIFTS are replaced
	provider, suite     bool   // beside self-built apps and the old system's
	inRange, outOfRange wecom.Code
}

// matrixCalls are by the last part of the path. GROUP is the caller's own rule
// beside alice, and one that the corporation does not have beside the others.
func matrixCalls() map[string]matrixCall {
	day := stamp(5, 0, 0)
	window := fmt.Sprintf(`{"opencheckindatatype":3,"starttime":%d,"endtime":%d,"useridlist":["USER"]}`, day, stamp(6, 0, 0))
	rule := strings.Replace(strings.Replace(shiftRule, `"carol"`, `"USER"`, 1), `"倒班"`, `"新的"`, 1)
	return map[string]matrixCall{
		"getcheckindata":            {window, true, true, 0, 301021},
		"getcheckinoption":          {fmt.Sprintf(`{"datetime":%d,"useridlist":["USER"]}`, day), true, true, 0, 301021},
		"getcheckin_daydata":        {window, true, true, 0, 301021},
		"getcheckin_monthdata":      {window, true, true, 0, 301021},
		"addcheckinuserface":        {face("USER", pngOf(8, 8, 7)), false, false, 0, 301069},
		"getcheckinschedulist":      {window, true, true, 0, 301021},
		"getcorpcheckinoption":      {`{}`, true, false, 0, 0},
		"setcheckinschedulist":      {`{"groupid":SHIFTS,"yearmonth":202601,"items":[{"userid":"USER","day":6,"schedule_id":1}]}`, true, true, 0, 301021},
		"get_hardware_checkin_data": {window, false, true, 0, 0},
		// Alice has a shift rule and no shift on the day: it is not worked.
		"punch_correction": {fmt.Sprintf(`{"userid":"USER","schedule_date_time":%d,"schedule_checkin_time":32400,"checkin_time":%d}`, day, day+1), false, false, 301082, 301021},
		// The rule that is made already names alice.
		"add_checkin_option":               {`{"group":` + rule + `}`, true, false, 301091, 301090},
		"update_checkin_option":            {`{"group":{"groupid":SHIFTS,"range":{"userid":["USER"]}}}`, true, false, 0, 301090},
		"clear_checkin_option_array_field": {`{"groupid":GROUP,"clear_field":[2]}`, true, false, 0, 301089},
		"del_checkin_option":               {`{"groupid":GROUP}`, true, false, 0, 301089},
		"add_checkin_record":               {punches("USER", stamp(5, 7, 30)), false, false, 0, 301021},
	}
}

// matrix is a corporation and an app in it that sees department 2 alone, alice
// and bob; carol is outside, and has a rule and punches.
type matrix struct {
	*fixture
	token         string
	office, shift int64
}

// newMatrix lets an app of a kind make its rules where it may, and another one
// the rest.
func newMatrix(t *testing.T, db *store.DB, kind app.AppKind) *matrix {
	t.Helper()
	id := attendance.CorpID("ww1" + kind)
	department := app.Access{Range: app.Range{Depts: []attendance.DeptID{2}}, Permissions: []app.Permission{app.CheckinPermission, app.DevicePermission}}
	m := &matrix{}
	maker := app.AppKind("maker")
	switch kind {
	case app.ProviderApp, app.SuiteApp:
		p := newProviderOf(t, db, id, kind)
		granted := p.permanentCode(p.suiteToken(), "", app.Authorization{})
		_, err := p.app.ChangeSuite(t.Context(), id, p.suite.ID, department)
		must(t, err)
		m.fixture, m.token = p.fixture, text(granted["access_token"])
		if kind == app.ProviderApp {
			p.secrets["maker"] = app.Secret(text(granted["permanent_code"]))
			m.token = m.fixture.token("maker")
		} else {
			maker = app.CheckinApp
		}
	default:
		m.fixture = newCorp(t, db, id, false)
		made, err := m.app.CreateApp(t.Context(), id, kind, "limited")
		must(t, err)
		if kind == app.CheckinApp || kind == app.SystemApp {
			must(t, m.app.SetAccess(t.Context(), id, made.Agent, app.Access{Range: department.Range}))
		} else {
			maker = app.CheckinApp
		}
		m.secrets["limited"] = made.Secret
		m.token = m.fixture.token("limited")
		if maker == "maker" {
			m.secrets["maker"] = made.Secret
		}
	}
	m.addRule(shiftRule) // carol's, made by an app that sees everybody
	m.raw(addRecord, punches("carol", stamp(5, 7, 0)))
	m.raw(addRecord, punches("alice", stamp(5, 7, 0)))
	m.office = m.addRuleAs(maker, officeRule)
	m.shift = m.addRuleAs(maker, strings.Replace(strings.Replace(shiftRule, `"carol"`, `"alice"`, 1), `"倒班"`, `"爱丽丝"`, 1))
	return m
}

func (m *matrix) addRuleAs(kind app.AppKind, doc string) int64 {
	m.t.Helper()
	if code, errmsg, _ := m.rawAs(kind, "/cgi-bin/checkin/add_checkin_option", `{"effective_now":true,"group":`+doc+`}`); code != 0 {
		m.t.Fatalf("add a rule as %s: %d %s", kind, code, errmsg)
	}
	answer, err := m.checkin().CorpOptions(m.t.Context(), checkin.CorpOptionsRequest{})
	must(m.t, err)
	return answer.Group[len(answer.Group)-1].GroupID
}

// ask makes a call about a member and a rule. Both are taken out of the answer,
// unless the call names neither.
func (m *matrix) ask(path, body, user string, group int64) (wecom.Code, string) {
	m.t.Helper()
	number := fmt.Sprint(group)
	filled := strings.NewReplacer("USER", user, "GROUP", number, "SHIFTS", fmt.Sprint(m.shift)).Replace(body)
	_, answer := m.do(http.MethodPost, path, url.Values{"access_token": {m.token}}, strings.NewReader(filled))
	code, _, _ := opened(m.t, answer)
	if filled == body {
		return code, string(answer)
	}
	return code, strings.NewReplacer(user, "USER", "groupid "+number, "groupid GROUP", "rule "+number, "rule GROUP").Replace(string(answer))
}

// Every call of the interface by every kind of app: who may not call is told
// nothing else, and a member outside the range, of another corporation or of
// none is answered alike, byte by byte.
func TestAuthorisationMatrix(t *testing.T) {
	t.Parallel()
	calls := matrixCalls()
	if len(calls) != len(checkin.Operations) {
		t.Errorf("%d calls here, %d in the contract", len(calls), len(checkin.Operations))
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		elsewhere := newCorp(t, db, "ww2", false)
		must(t, elsewhere.app.AddMembers(t.Context(), elsewhere.corp, []app.Contact{{ID: "david", Name: "大卫", Depts: []attendance.DeptID{1}}}))
		theirs := elsewhere.addRule(officeRule)
		for i := range 9 { // ids that the other corporations do not have
			user := fmt.Sprintf("member%d", i)
			must(t, elsewhere.app.AddMembers(t.Context(), elsewhere.corp, []app.Contact{{ID: attendance.UserID(user), Name: user, Depts: []attendance.DeptID{1}}}))
			theirs = elsewhere.addRule(strings.Replace(shiftRule, "carol", user, 1))
		}
		for _, kind := range []app.AppKind{app.CheckinApp, app.SystemApp, app.ProviderApp, app.SuiteApp, app.ContactApp, app.AdminApp} {
			m := newMatrix(t, db, kind)
			for _, op := range checkin.Operations {
				call := calls[op.Name]
				for _, path := range op.Paths {
					m.check(kind, path, call, theirs)
				}
			}
		}
	})
}

// check makes one call about everybody.
func (m *matrix) check(kind app.AppKind, path string, call matrixCall, theirs int64) {
	m.t.Helper()
	may := kind == app.CheckinApp || kind == app.SystemApp || kind == app.ProviderApp && call.provider || kind == app.SuiteApp && call.suite
	inRange, outOfRange := call.inRange, call.outOfRange
	if !may {
		inRange, outOfRange = wecom.CodeForbiddenAPI, wecom.CodeForbiddenAPI
	}
	code, outside := m.ask(path, call.body, "carol", 97)
	if code != outOfRange {
		m.t.Errorf("%s %s: outside the range %d, want %d", kind, path, code, outOfRange)
	}
	for user, group := range map[string]int64{"david": theirs, "nobody": 99} {
		if _, got := m.ask(path, call.body, user, group); got != outside {
			m.t.Errorf("%s %s: %s is answered\n%s\nand carol\n%s", kind, path, user, got, outside)
		}
	}
	code, inside := m.ask(path, call.body, "alice", m.office)
	if code != inRange {
		m.t.Errorf("%s %s: in the range %s, want %d", kind, path, inside, inRange)
	}
	if same := inside == outside; same != (!may || strings.HasSuffix(path, "/getcorpcheckinoption")) {
		m.t.Errorf("%s %s: in the range and outside the same is %v: %s", kind, path, same, inside)
	}
}
