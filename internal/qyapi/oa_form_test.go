package qyapi_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

// formText is a form with everything that daka says of one.
func formText(no, name string, status int, template, user, party string, applied int64, control string) string {
	return fmt.Sprintf(`{"sp_no":%q,"sp_name":%q,"sp_status":%d,"template_id":%q,"apply_time":%d,
		"applyer":{"userid":%q,"partyid":%q},"sp_record":[],"notifyer":[],"comments":[],"apply_data":{"contents":[%s]}}`,
		no, name, status, template, applied, user, party, control)
}

func controlText(control, id, title, value string) string {
	return fmt.Sprintf(`{"control":%q,"id":%q,"title":[{"text":%q,"lang":"zh_CN"}],"value":{%s}}`, control, id, title, value)
}

// The forms of all kinds, whole. Days: alice's sick leave of 09:00 to 10:30 is
// 5,400 s; bob's trip from the noon of the 8th is 43,200 s of it and all of the
// 9th; carol's overtime has a slice of its own; alice's child care from the 8th
// to the 12th leaves out Saturday and Sunday.
func TestApprovalForms(t *testing.T) {
	t.Parallel()
	vacation := func(id, name, span string) string {
		return fmt.Sprintf(`"vacation":{"selector":{"type":"single","options":[{"key":%q,"value":[{"text":%q,"lang":"zh_CN"}]}]},"attendance":%s}`, id, name, span)
	}
	span := func(kind string, from, to, total int64, request, state int, days ...int64) string {
		var items []string
		for i := 0; i < len(days); i += 2 {
			items = append(items, fmt.Sprintf(`{"daytime":%d,"duration":%d}`, stamp(int(days[i]), 0, 0), days[i+1]))
		}
		return fmt.Sprintf(`{"date_range":{"type":%q,"new_begin":%d,"new_end":%d,"new_duration":%d},"type":%d,
			"slice_info":{"day_items":[%s],"duration":%d,"state":%d}}`, kind, from, to, total, request, strings.Join(items, ","), total, state)
	}
	tests := []struct{ name, no, want string }{
		{"leave by the hour", "202601060001", formText("202601060001", "请假", 2, "daka_leave", "alice", "2", stamp(6, 9, 0),
			controlText("Vacation", "vacation", "请假", vacation("3", "病假", span("hour", stamp(7, 9, 0), stamp(7, 10, 30), 5400, 1, 1, 7, 5400))))},
		{"a trip by half days", "202601060002", formText("202601060002", "出差", 2, "daka_trip", "bob", "2", stamp(6, 9, 1),
			controlText("Attendance", "smart-time", "出差", `"attendance":`+span("halfday", stamp(8, 12, 0), stamp(9, 12, 0), 129600, 3, 1, 8, 43200, 9, 86400)))},
		{"overtime in slices", "202601060003", formText("202601060003", "加班", 3, "daka_overtime", "carol", "1", stamp(6, 9, 2),
			controlText("Attendance", "smart-time", "加班", `"attendance":`+span("hour", stamp(9, 19, 0), stamp(9, 21, 0), 3600, 5, 2, 9, 3600)))},
		{"leave on working days", "202601060004", formText("202601060004", "请假", 1, "daka_leave", "alice", "2", stamp(6, 9, 3),
			controlText("Vacation", "vacation", "请假", vacation("21", "育儿假", span("halfday", stamp(8, 0, 0), stamp(12, 12, 0), 259200, 1, 1, 8, 86400, 9, 86400, 12, 86400))))},
		{"an outing", "202601060005", formText("202601060005", "外出", 1, "daka_outing", "bob", "2", stamp(6, 9, 4),
			controlText("Attendance", "smart-time", "外出", `"attendance":`+span("hour", stamp(8, 9, 0), stamp(8, 11, 0), 7200, 4, 1, 8, 7200)))},
		{"a correction", correctionNo, formText(correctionNo, "打卡补卡", 2, "daka_correction", "bob", "2", stamp(6, 9, 5),
			controlText("PunchCorrection", "punch-correction", "打卡补卡", fmt.Sprintf(
				`"punch_correction":{"state":"下班-未打卡","time":%d,"version":1,"daymonthyear":%d}`, stamp(5, 18, 0), stamp(5, 0, 0))))},
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		f.addRule(officeRule)
		f.approvals()
		for _, tt := range tests {
			code, errmsg, answer := f.raw(formPath, fmt.Sprintf(`{"sp_no":%q}`, tt.no))
			if code != 0 || len(answer) != 3 {
				t.Errorf("%s: %d %s", tt.name, code, errmsg)
				continue
			}
			if diff := cmp.Diff(value(t, tt.want), value(t, string(answer["info"]))); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.name, diff)
			}
		}
		// Who is gone is still in the forms.
		must(t, f.app.DeleteMember(t.Context(), f.corp, "bob"))
		for _, no := range []string{"202601060002", correctionNo} {
			code, _, answer := f.raw(formPath, fmt.Sprintf(`{"sp_no":%q}`, no))
			if code != 0 || !strings.Contains(string(answer["info"]), `"applyer":{"userid":"bob","partyid":""}`) {
				t.Errorf("%s of a deleted member: %d %s", no, code, answer["info"])
			}
		}
	})
}

// Where a day is not China's, the form says so as the documents' example does:
// the offset of UTC+9 is "-9".
func TestApprovalFormOfAnotherZone(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		first := newFixture(t, db, false)
		for name, want := range map[string]string{
			"Asia/Tokyo":       `"timezone_info":{"zone_offset":"-9","zone_desc":"UTC+9"}`,
			"America/New_York": `"timezone_info":{"zone_offset":"5","zone_desc":"UTC-5"}`,
			"Asia/Kathmandu":   `"timezone_info":{"zone_offset":"-5.75","zone_desc":"UTC+5:45"}`,
		} {
			corp, credentials, err := first.app.CreateCorp(t.Context(), app.NewCorp{ID: attendance.CorpID(strings.ReplaceAll(name, "/", "-")), Zone: name})
			must(t, err)
			f := &fixture{t: t, app: first.app, corp: corp, url: first.url, secrets: map[app.AppKind]app.Secret{}}
			for _, c := range credentials {
				f.secrets[c.Kind] = c.Secret
			}
			must(t, f.app.CreateMember(t.Context(), corp, app.MemberEdit{User: "alice", Name: new("A")}))
			must(t, f.app.AddApprovals(t.Context(), f.corp, []app.ApprovalEntry{{User: "alice", Status: 2, Approval: attendance.Approval{
				No: "1", Kind: attendance.OutingApproval, From: stamp(7, 9, 0), To: stamp(7, 10, 0),
			}}}))
			if code, _, answer := f.raw(formPath, `{"sp_no":"1"}`); code != 0 || !strings.Contains(string(answer["info"]), want) {
				t.Errorf("%s: %d %s", name, code, answer["info"])
			}
		}
	})
}

// The kinds of leave that everybody has, and those that requests name.
func TestVacations(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		f.approvals()
		_, text := f.do(http.MethodGet, vacationPath, url.Values{"access_token": {f.token(app.CheckinApp)}}, nil)
		code, errmsg, answer := opened(t, text)
		var lists []struct {
			ID           int64  `json:"id"`
			Name         string `json:"name"`
			TimeAttr     int64  `json:"time_attr"`
			DurationType int64  `json:"duration_type"`
			Perday       int64  `json:"perday_duration"`
		}
		must(t, json.Unmarshal(answer["lists"], &lists))
		var got []string
		for _, l := range lists {
			got = append(got, fmt.Sprintf("%d %s %d %d %d", l.ID, l.Name, l.TimeAttr, l.DurationType, l.Perday))
		}
		want := []string{
			"1 年假 0 0 86400", "2 事假 0 0 86400", "3 病假 1 0 86400", "4 调休假 0 0 86400", "5 婚假 0 0 86400",
			"6 产假 0 0 86400", "7 陪产假 0 0 86400", "8 其他 0 0 86400", "21 育儿假 0 1 86400",
		}
		if diff := cmp.Diff(want, got); code != 0 || diff != "" {
			t.Errorf("%d %s (-want +got):\n%s", code, errmsg, diff)
		}
	})
}

// What daka answers has the members of WeCom's examples in their types, and none
// besides but those that the examples lack and the documents name.
func TestAroundShapes(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat(payloads); err != nil {
		t.Skip("no " + payloads + ": WeCom's examples are not here")
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		f.addRule(officeRule)
		f.approvals()
		example := func(name string) string {
			t.Helper()
			text, err := os.ReadFile(payloads + name + ".json")
			must(t, err)
			return string(text)
		}
		call := func(path, body string) string {
			t.Helper()
			method := http.MethodPost
			if body == "" {
				method = http.MethodGet
			}
			_, text := f.do(method, path, url.Values{"access_token": {f.token(app.CheckinApp)}, "userid": {"bob"}}, strings.NewReader(body))
			return string(text)
		}
		for _, no := range []string{"202601060001", "202601060002", correctionNo} {
			fits(t, "detail", value(t, example("oa.getapprovaldetail.response")), value(t, call(formPath, `{"sp_no":"`+no+`"}`)))
		}
		// The example's own window holds no form of ours: its request is accepted as it stands.
		fits(t, "info", value(t, example("oa.getapprovalinfo.response")), value(t, call(formsPath, example("oa.getapprovalinfo.request"))))
		fits(t, "vacations", value(t, example("oa.vacation.getcorpconf.response")), value(t, call(vacationPath, "")))
		if answer := call(formPath, example("oa.getapprovaldetail.request")); !strings.Contains(answer, `"errcode":40058`) || !strings.Contains(answer, "201909270001") {
			t.Errorf("the example's form, which is not ours: %s", answer)
		}
		_, uploaded := f.upload("image", "a", pngOf(4, 4, 1))
		text, err := json.Marshal(mapsOfRaw(uploaded))
		must(t, err)
		fits(t, "upload", value(t, example("media.upload.response")), value(t, string(text)))
	})
}

func mapsOfRaw(m map[string]string) map[string]json.RawMessage {
	raw := map[string]json.RawMessage{}
	for name, text := range m {
		raw[name] = json.RawMessage(text)
	}
	return raw
}

func value(t *testing.T, text string) (v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return v
}

// beside names members that the examples lack: getapprovaldetail's tables have
// them (document 91983).
var beside = []string{"slice_info", "version", "daymonthyear"}

// fits compares an answer with an example: members, types, and that only the
// value of a control leaves members out.
func fits(t *testing.T, path string, example, got any) {
	t.Helper()
	switch got := got.(type) {
	case map[string]any:
		example, ok := example.(map[string]any)
		if !ok {
			t.Errorf("%s: an object, the example has %v", path, example)
			return
		}
		for name, v := range got {
			if e, ok := example[name]; ok {
				fits(t, path+"."+name, e, v)
			} else if !slices.Contains(beside, name) {
				t.Errorf("%s.%s: the example has none", path, name)
			}
		}
		for name := range example {
			if _, ok := got[name]; !ok && name != "_note" && !strings.HasSuffix(path, ".value") {
				t.Errorf("%s.%s is missing", path, name)
			}
		}
	case []any:
		example, ok := example.([]any)
		if !ok || len(example) == 0 {
			t.Errorf("%s: an array, the example has %v", path, example)
			return
		}
		for _, v := range got {
			fits(t, path+"[]", example[0], v)
		}
	default:
		if fmt.Sprintf("%T", example) != fmt.Sprintf("%T", got) {
			t.Errorf("%s: %T, the example has %T", path, got, example)
		}
	}
}

// The firewall calls, and who may make them.
func TestOwnAddresses(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		for _, path := range []string{"get_api_domain_ip", "getcallbackip"} {
			for _, kind := range []app.AppKind{app.CheckinApp, app.ContactApp, app.AdminApp} {
				_, text := f.do(http.MethodGet, "/cgi-bin/"+path, url.Values{"access_token": {f.token(kind)}}, nil)
				if got := string(text); got != `{"errcode":0,"errmsg":"ok","ip_list":["127.0.0.1"]}` {
					t.Errorf("%s for %s: %s", path, kind, got)
				}
			}
			_, text := f.do(http.MethodGet, "/cgi-bin/"+path, nil, nil)
			if code, _, answer := opened(t, text); code != 41001 || string(answer["ip_list"]) != "[]" {
				t.Errorf("%s without a token: %s", path, text)
			}
		}
	})
}
