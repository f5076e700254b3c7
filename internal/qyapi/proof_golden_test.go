package qyapi_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

// shape collects the JSON types of all members of a value by their paths, those
// of a list's elements together. A member that begins with _ is a note.
func shape(value any, at string, into map[string]string) {
	switch v := value.(type) {
	case map[string]any:
		into[at] = "object"
		for name, member := range v {
			if !strings.HasPrefix(name, "_") {
				shape(member, strings.TrimPrefix(at+"."+name, "."), into)
			}
		}
	case []any:
		into[at] = "array"
		for _, element := range v {
			shape(element, at+"[]", into)
		}
	default:
		into[at] = fmt.Sprintf("%T", value)
	}
}

// golden is an answer of ours and the example that documents it.
type golden struct {
	example string
	answer  []byte
	lacks   string // members of the example that ours may lack, with all below them
	adds    string // members that the tables of the protocol have and the example has not
}

func (g *golden) check(t *testing.T) {
	t.Helper()
	text, err := os.ReadFile(payloads + g.example)
	must(t, err)
	theirs, ours := map[string]string{}, map[string]string{}
	shape(value(t, string(text)), "", theirs)
	shape(value(t, string(g.answer)), "", ours)
	delete(theirs, "") // the whole
	delete(ours, "")
	theirs["errcode"], theirs["errmsg"] = "float64", "string" // some examples lack what 1.1 advises
	for _, path := range slices.Sorted(maps.Keys(theirs)) {
		if ours[path] == "" && !below(path, g.lacks) {
			t.Errorf("%s: %s is missing", g.example, path)
		} else if ours[path] != "" && ours[path] != theirs[path] {
			t.Errorf("%s: %s is of type %s, documented %s", g.example, path, ours[path], theirs[path])
		}
	}
	for _, path := range slices.Sorted(maps.Keys(ours)) {
		if theirs[path] == "" && !below(path, g.adds) {
			t.Errorf("%s: %s is not documented", g.example, path)
		}
	}
}

// below reports whether a path is one of a list or lies below one.
func below(path, list string) bool {
	return slices.ContainsFunc(strings.Fields(list), func(top string) bool {
		return path == top || strings.HasPrefix(path, top+".") || strings.HasPrefix(path, top+"[")
	})
}

func skipWithoutPayloads(t *testing.T) {
	t.Helper()
	if _, err := os.Stat(payloads); err != nil {
		t.Skip("no " + payloads + ": WeCom's examples are not here")
	}
}

// documentedRule is a rule of the examples with some members changed.
func documentedRule(t *testing.T, name string, members map[string]any) string {
	t.Helper()
	text, err := os.ReadFile(payloads + name)
	must(t, err)
	var request struct {
		Group map[string]any `json:"group"`
	}
	must(t, json.Unmarshal(text, &request))
	maps.Copy(request.Group, members)
	doc, err := json.Marshal(request.Group)
	must(t, err)
	return string(doc)
}

// goldenCorp has what makes answers full: two documented rules, a plan, punches
// with all they can carry, approvals.
func goldenCorp(t *testing.T, db *store.DB) *proof {
	t.Helper()
	p := &proof{newProvider(t, db, app.SuiteApp)}
	for _, id := range []attendance.UserID{"xiaoxioa", "james", "brant", "canno", "dave"} {
		must(t, p.fixture.app.AddMembers(t.Context(), p.corp, []app.Contact{{ID: id, Name: string(id), Depts: []attendance.DeptID{1}}}))
	}
	p.addRule(documentedRule(t, "add_checkin_option.request.json", map[string]any{
		"range": map[string]any{"party_id": []string{"2"}},
		"spe_workdays": []any{map[string]any{"timestamp": stamp(24, 0, 0), "notes": "n", "checkintime": []any{map[string]any{
			"time_id": 2, "work_sec": 32400, "off_work_sec": 61200, "remind_work_sec": 31800, "remind_off_work_sec": 61200}}}},
	}))
	group := p.addRule(documentedRule(t, "add_checkin_option.request.v3.json", map[string]any{"range": map[string]any{"userid": []string{"carol"}}}))
	for user, overtime := range map[string]any{
		"xiaoxioa": overtimeOf(1, "checkin", fixedRest), "james": overtimeOf(1, "checkin", restByLength),
		"brant": overtimeOf(0, "applycheckin", fixedRest), "canno": overtimeOf(0, "applycheckin", restByLength),
	} {
		p.addRule(documentedRule(t, "add_checkin_option.request.v3.json", map[string]any{
			"range": map[string]any{"userid": []string{user}}, "ot_info_v2": overtime, "groupname": user,
		}))
	}
	p.answer(app.CheckinApp, http.MethodPost, setSchedule, nil,
		fmt.Sprintf(`{"groupid":%d,"yearmonth":202601,"items":[{"userid":"carol","day":6,"schedule_id":1},{"userid":"carol","day":7,"schedule_id":0}]}`, group))
	p.approvals()
	full := strings.ReplaceAll(punches("alice", stamp(5, 10, 10), stamp(5, 12, 0)), `"device_type"`,
		`"wifiname":"w","wifimac":"3c:46:d8:0c:7a:70","notes":"n","mediaids":["m"],"lat":30547645,"lng":104063236,"device_type"`)
	p.answer(app.CheckinApp, http.MethodPost, addRecord, nil, full)
	return p
}

const (
	fixedRest    = `{"type":1,"fix_time_rule_list":[{"fix_time_begin_sec":64800,"fix_time_end_sec":66600}]}`
	restByLength = `{"type":2,"cal_ottime_rule":{"items":[{"ot_time":14400,"rest_time":1800}]}}`
)

// overtimeOf is an ot_info_v2 with one kind of overtime and rest on all days.
func overtimeOf(kind int, member, rest string) map[string]any {
	conf := map[string]any{"restinfo": json.RawMessage(rest)}
	if member == "checkin" {
		conf["ot_time_min"], conf["ot_time_max"] = 1800, 14400
	}
	all := map[string]any{}
	for _, days := range []string{"workdayconf", "restdayconf", "holidayconf"} {
		all[days] = map[string]any{"allow_ot": true, "type": kind, member: conf}
	}
	return all
}

// answer makes a call that succeeds.
func (p *proof) answer(kind app.AppKind, method, path string, query url.Values, body string) []byte {
	p.t.Helper()
	all := url.Values{"access_token": {p.fixture.token(kind)}}
	maps.Copy(all, query)
	_, text := p.do(method, path, all, strings.NewReader(body))
	if code, errmsg, _ := opened(p.t, text); code != 0 {
		p.t.Fatalf("%s: %d %s", path, code, errmsg)
	}
	return text
}

// Every answer of the check-in calls has the members of WeCom's examples, of
// their types, and no others than those of the protocol's tables.
func TestGoldenCheckin(t *testing.T) {
	t.Parallel()
	skipWithoutPayloads(t)
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := goldenCorp(t, db)
		call := func(name, body string) []byte {
			return p.answer(app.CheckinApp, http.MethodPost, "/cgi-bin/checkin/"+name, nil, body)
		}
		window := fmt.Sprintf(`{"opencheckindatatype":3,"starttime":%d,"endtime":%d,"useridlist":["alice","bob","carol"]}`, stamp(5, 0, 0), stamp(9, 0, 0))
		option := call("getcheckinoption", fmt.Sprintf(`{"datetime":%d,"useridlist":["alice","carol"]}`, stamp(12, 0, 0)))
		for _, g := range []golden{
			{"getcheckindata.response.json", call("getcheckindata", window), "", ""},
			{"getcheckinoption.response.json", option, oldMembers("info[].group"), newMembers("info[].group")},
			{"getcheckinoption.response.v2.json", option, oldMembers("info[].group"), newMembers("info[].group")},
			{"getcheckin_daydata.response.json", call("getcheckin_daydata", window), overtimeCredits, overtimeCredits},
			{"getcheckin_monthdata.response.json", call("getcheckin_monthdata", window), "", "datas[].summary_info.regular_days datas[].overwork_info.holidays_over_sec"},
			{"getcheckinschedulist.response.json", call("getcheckinschedulist", window), "", ""},
			{"getcorpcheckinoption.response.json", call("getcorpcheckinoption", "{}"), oldMembers("group[]") + corpLacks, newMembers("group[]") + corpAdds},
			{"get_hardware_checkin_data.response.json", p.answer(app.CheckinApp, http.MethodPost, "/cgi-bin/hardware/get_hardware_checkin_data", nil, window), "", ""},
			{"add_checkin_record.response.json", call("add_checkin_record", punches("bob", stamp(6, 9, 0))), "", ""},
			{"punch_correction.response.json", call("punch_correction", fmt.Sprintf(`{"userid":"alice","schedule_date_time":%d,"schedule_checkin_time":36000,"checkin_time":%d}`, stamp(9, 0, 0), stamp(9, 10, 0))), "", ""},
			{"addcheckinuserface.response.json", call("addcheckinuserface", face("alice", pngOf(4, 4, 1))), "", ""},
			{"setcheckinschedulist.response.json", call("setcheckinschedulist", `{"groupid":2,"yearmonth":202601,"items":[{"userid":"carol","day":13,"schedule_id":1}]}`), "", ""},
			{"add_checkin_option.response.json", call("add_checkin_option", `{"group":`+strings.Replace(shiftRule, "carol", "dave", 1)+`}`), "", ""},
			{"update_checkin_option.response.json", call("update_checkin_option", `{"group":{"groupid":1,"groupname":"x"}}`), "", ""},
			{"clear_checkin_option_array_field.response.json", call("clear_checkin_option_array_field", `{"groupid":1,"clear_field":[1]}`), "", ""},
			{"del_checkin_option.response.json", call("del_checkin_option", `{"groupid":1}`), "", ""},
		} {
			g.check(t)
		}
	})
}

const overtimeCredits = `datas[].ot_info.workday_over_as_vacation datas[].ot_info.workday_over_as_money datas[].ot_info.restday_over_as_vacation
	datas[].ot_info.restday_over_as_money datas[].ot_info.holiday_over_as_vacation datas[].ot_info.holiday_over_as_money`

// corpLacks are members of the example of all rules that ours lack: the times of
// changes, and tags, of which there is none here.
const corpLacks = " group[].ot_info.uptime group[].ot_info.otapplyinfo.uptime group[].reporterinfo.updatetime group[].range.tagid[]"

// corpAdds are members of the written form that are read back as well, and the
// departments, of which the example has none.
const corpAdds = " group[].buka_limit_next_month group[].buka_remind group[].open_face_live_detect group[].sync_out_checkin group[].ot_info_v2 group[].range.party_id[]"

// oldMembers are those of a rule's examples that ours lack: the old way to say
// flexible times, which the server of section 7.4 refuses on writing.
func oldMembers(rule string) string {
	return strings.ReplaceAll("RULE.checkindate[].flex_time RULE.checkindate[].limit_aheadtime RULE.schedulelist[].limit_aheadtime RULE.schedulelist[].limit_offtime RULE.group.checkin_method_type", "RULE", rule)
}

// newMembers are those of a rule that the tables of sections 5.4, 5.5 and 7.2
// have and the examples lack.
func newMembers(rule string) string {
	window := "earliest_work_sec latest_work_sec earliest_off_work_sec latest_off_work_sec"
	var list []string
	for section, names := range map[string]string{
		"":                               "buka_restriction checkin_method_type",
		"checkindate[].":                 "allow_flex",
		"checkindate[].checkintime[].":   window + " time_id",
		"schedulelist[].time_section[].": window + " no_need_checkon no_need_checkoff",
		"spe_offdays[].":                 "type",
		"spe_workdays[].checkintime[].":  "time_id",
	} {
		for name := range strings.FieldsSeq(names) {
			list = append(list, rule+"."+section+name)
		}
	}
	return strings.Join(list, " ")
}

// The same of contacts and credentials; TestAroundShapes has media and approvals.
func TestGoldenAround(t *testing.T) {
	t.Parallel()
	skipWithoutPayloads(t)
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := &proof{newProvider(t, db, app.SuiteApp)}
		get := func(path string, query url.Values) []byte {
			return p.answer(app.ContactApp, http.MethodGet, "/cgi-bin/"+path, query, "")
		}
		service := func(path, token string, body map[string]string) []byte {
			members := p.good(path, token, body)
			text, err := json.Marshal(members)
			must(t, err)
			return text
		}
		token := p.provider.suiteToken()
		provided, err := p.app.MakeProvider(t.Context(), "ww1")
		must(t, err)
		pre := service("get_pre_auth_code", token, nil)
		event, err := p.app.AuthorizeSuite(t.Context(), "ww1", p.suite.ID, app.Authorization{User: "alice", State: "s"})
		must(t, err)
		granted := service("v2/get_permanent_code", token, map[string]string{"auth_code": event.AuthCode.Reveal()})
		var grant map[string]json.RawMessage
		must(t, json.Unmarshal(granted, &grant))
		corp := map[string]string{"auth_corpid": "ww1", "permanent_code": text(grant["permanent_code"])}
		for _, g := range []golden{
			{"gettoken.response.json", get("gettoken", url.Values{"corpid": {"ww1"}, "corpsecret": {p.secrets[app.CheckinApp].Reveal()}}), "", ""},
			{"agent.get_permissions.response.json", p.answer(app.CheckinApp, http.MethodPost, "/cgi-bin/agent/get_permissions", nil, "{}"), "", ""},
			{"department.simplelist.response.json", get("department/simplelist", nil), "", ""},
			{"department.list.response.json", get("department/list", nil), notKept, ""},
			{"user.get.response.json", get("user/get", url.Values{"userid": {"alice"}}), notKept, ""},
			{"user.simplelist.response.json", get("user/simplelist", url.Values{"department_id": {"2"}}), "userlist[].open_userid", ""},
			{"user.list_id.response.json", p.answer(app.ContactApp, http.MethodPost, "/cgi-bin/user/list_id", nil, `{"limit":1}`), "", ""},
			{"service.get_provider_token.response.json", service("get_provider_token", "", map[string]string{"corpid": "ww1", "provider_secret": provided.Reveal()}), "", ""},
			{"service.get_pre_auth_code.response.json", pre, "", ""},
			{"service.v2.get_permanent_code.response.json", granted, "register_code_info", ""},
			{"service.get_corp_token.response.json", service("get_corp_token", token, corp), "", ""},
		} {
			g.check(t)
		}
	})
}

// notKept is what daka does not keep of departments and members.
const notKept = `department[].name_en department[].department_leader position mobile gender email direct_leader[] avatar thumb_avatar
	telephone address open_userid extattr qr_code external_position external_profile`
