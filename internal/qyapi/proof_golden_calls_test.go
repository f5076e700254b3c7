package qyapi_test

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/wire"
)

var (
	byCheckin  = []app.AppKind{app.CheckinApp}
	byContacts = []app.AppKind{app.ContactApp}
	byBoth     = []app.AppKind{app.CheckinApp, app.SuiteApp} // a third-party app is told other members
)

const notServed = "devices are not served (DIFFERENCES.md)"

// goldenCalls are all calls that have examples. Those that read come after those
// that they read from, and those that end something last.
var goldenCalls = []goldenCall{
	{name: "gettoken", files: "request response", put: (*golden).corpSecret},
	{name: "service.get_provider_token", files: "request response", put: (*golden).providerSecret},
	{name: "service.get_suite_token", files: "request response response.v2", put: (*golden).suiteSecret},
	{name: "service.get_pre_auth_code", files: "request response", put: (*golden).suiteAccess},
	{name: "service.set_session_info", files: "request response", put: (*golden).preAuth},
	{name: "service.get_permanent_code", files: "request response", put: (*golden).authCode, lacks: []gap{
		{"register_code_info", "only for who came by a promotion code"},
		{"dealer_corp_info edition_info auth_info.agent[].shared_from", "there are no dealers, editions and shared apps"},
		{"auth_info.agent[].privilege.extra_party[] auth_info.agent[].privilege.extra_user[] auth_info.agent[].privilege.extra_tag[]", "nobody is seen beside the range"},
	}},
	{name: "service.v2.get_permanent_code", files: "request response", put: (*golden).authCode, lacks: []gap{
		{"register_code_info", "only for who came by a promotion code"},
	}},
	{name: "service.get_corp_token", files: "request response", put: (*golden).permanentCode},
	{name: "agent.get_permissions", files: "request response", as: byCheckin},

	{name: "department.list", files: "request response", as: byBoth, lacks: []gap{
		{"department[].name_en department[].department_leader", "daka does not keep them"},
	}},
	{name: "department.simplelist", files: "request response", as: byBoth},
	{name: "user.get", files: "request response", as: byBoth, lacks: []gap{
		{`position mobile gender email direct_leader[] avatar thumb_avatar telephone address extattr qr_code external_position
			external_profile`, "daka does not keep them"},
	}},
	{name: "user.list_id", files: "request response", as: byContacts, put: (*golden).cursor},
	{name: "user.simplelist", files: "request response", as: byBoth},
	{name: "media.upload", files: "request response", as: byCheckin, send: (*golden).sendFile},
	{name: "media.get", files: "request response", as: byCheckin, send: (*golden).getFile, code: 40007},

	{name: "add_checkin_option", files: "request request.v2 request.v3 response", as: byCheckin, alone: (*golden).rules, old: "request.v2"},
	{name: "addcheckinuserface", files: "request request.v2 response", as: byCheckin, put: (*golden).picture},
	{name: "add_checkin_record", files: "request response", as: byCheckin, before: (*golden).happen},
	{name: "setcheckinschedulist", files: "request request.v2 request.v3 response", as: byCheckin, alone: (*golden).shifts},
	{name: "punch_correction", files: "request request.v2 response", as: byCheckin},

	{name: "getcheckindata", files: "request request.v2 response", as: byCheckin},
	{name: "getcheckinoption", files: "request response response.v2", as: byCheckin, adds: inRule("info[].group", ruleMembers), lacks: []gap{
		{"info[].group.group.checkin_method_type", "a slip of the example (section 5.2): the table has checkin_method_type"},
	}},
	{name: "getcheckin_daydata", files: "request response response.v2", as: byCheckin, adds: []gap{
		{"datas[].ot_info.exception_duration[]", "5.6"},
	}},
	{name: "getcheckin_monthdata", files: "request response response.v2", as: byCheckin, adds: []gap{
		{"datas[].summary_info.regular_days datas[].overwork_info.holidays_over_sec", "5.7"},
	}},
	{name: "getcheckinschedulist", files: "request request.v2 response", as: byCheckin},
	{name: "getcorpcheckinoption", files: "request response response.v2", as: byCheckin, adds: inRule("group[]", append(corpMembers, ruleMembers...)), lacks: []gap{
		{"group[].range.partyid", "another spelling (section 5.5): the table has party_id"},
	}},
	{name: "get_hardware_checkin_data", files: "request response", as: byCheckin},

	{name: "oa.getapprovalinfo", files: "request response", as: byCheckin, adds: []gap{{"new_next_cursor", "11.3"}}},
	{name: "oa.getapprovaldetail", files: "request response", as: byCheckin, lacks: []gap{
		{"info.sp_record[] info.notifyer[] info.comments[]", "daka does not know who approved, who was told and who said what"},
		{inRule("info.apply_data.contents[].value", []gap{{`text new_number new_money date selector members departments files children
			date_range location related_approval formula bank_account`, ""}})[0].paths, "controls that no form about attendance has"},
	}, adds: []gap{
		{"info.apply_data.contents[].value.vacation.attendance.slice_info", "11.3"},
		{"info.apply_data.contents[].value.punch_correction.version info.apply_data.contents[].value.punch_correction.daymonthyear", "11.3"},
	}},
	{name: "oa.vacation.getcorpconf", files: "request response", as: byCheckin, lacks: []gap{
		{"lists[].quota_attr.quota_rules.list[]", "balances are not kept"},
	}},

	{name: "update_checkin_option", files: "request request.v2 response", as: byCheckin, alone: (*golden).rules, old: "request.v2"},
	{name: "clear_checkin_option_array_field", files: "request response", as: byCheckin, alone: (*golden).rules},
	{name: "del_checkin_option", files: "request response", as: byCheckin, alone: (*golden).rules},

	{name: "devicedata.get_checkin_data", files: "request response", absent: notServed},
	{name: "openhw.get_model_token", files: "request response", absent: notServed},
	{name: "openhw.get_device_secret", files: "request response", absent: notServed},
	{name: "openhw.get_device_token", files: "request response", absent: notServed},
	{name: "openhw.device.report_checkin_data", files: "request response", absent: notServed},
	{name: "openhw.ws.checkin", files: "request response", absent: notServed},
}

// ruleMembers are what the tables have of a rule that is read, and the examples
// have not; corpMembers those of the list of all rules alone.
var (
	ruleMembers = []gap{
		{"buka_restriction span_day_time standard_work_duration", "5.4"},
		{"checkindate[].biweekly", "5.4"},
		{`checkindate[].checkintime[].time_id checkindate[].checkintime[].allow_rest checkindate[].checkintime[].rest_begin_time
			checkindate[].checkintime[].rest_end_time checkindate[].checkintime[].rest_times`, "5.4"},
		{`checkindate[].allow_flex checkindate[].max_allow_arrive_early checkindate[].max_allow_arrive_late checkindate[].late_rule`, "7.2"},
		{sectionWindows("checkindate[].checkintime[]") + sectionWindows("schedulelist[].time_section[]"), "7.2"},
		{"spe_workdays[].type spe_workdays[].checkintime[].time_id spe_offdays[].type spe_offdays[].begtime spe_offdays[].endtime", "7.2"},
	}
	corpMembers = []gap{
		{"range.party_id[] open_face_live_detect buka_limit_next_month sync_out_checkin buka_remind", "5.5"},
		{"reporterinfo.reporters[].tagid", "5.5"},
		{"checkindate[].flex_time ot_info_v2", "5.4"},
	}
)

func sectionWindows(section string) (paths string) {
	for name := range strings.FieldsSeq("earliest_work_sec latest_work_sec earliest_off_work_sec latest_off_work_sec no_need_checkon no_need_checkoff") {
		paths += " " + section + "." + name
	}
	return paths
}

// inRule puts the place where a rule stands before the paths of gaps.
func inRule(place string, list []gap) (at []gap) {
	for _, g := range list {
		at = append(at, gap{place + "." + strings.Join(strings.Fields(g.paths), " "+place+"."), g.why})
	}
	return at
}

// happen sees to it that something has happened before the reports are asked for:
// approvals, a rule that came from WeCom in the form that is read and has members
// that can no longer be written, and one that was in force long ago.
func (g *golden) happen() {
	g.approvals()
	hours := func(no string, status attendance.ApprovalStatus, kind attendance.ApprovalKind, from, to int64) app.ApprovalEntry {
		return app.ApprovalEntry{User: "dave", Status: status, KnownAt: stamp(6, 9, 0), Approval: attendance.Approval{No: no, Kind: kind, From: from, To: to}}
	}
	must(g.t, g.fixture.app.AddApprovals(g.t.Context(), g.corp, []app.ApprovalEntry{
		hours("202601060009", 2, attendance.OvertimeApproval, stamp(6, 19, 0), stamp(6, 21, 0)),
		hours("201909270001", 1, attendance.OutingApproval, stamp(8, 9, 0), stamp(8, 10, 0)), // the number in WeCom's example
	}))
	g.install("read", `{"groupid":31,"grouptype":1,"groupname":"旧规则","range":{"party_id":[],"userid":["frank"],"tagid":[]},
		"checkindate":[{"workdays":[1,2,3,4,5],"noneed_offwork":false,"limit_aheadtime":10800000,"flex_time":300000,
			"flex_on_duty_time":-1,"flex_off_duty_time":-1,
			"checkintime":[{"work_sec":32400,"off_work_sec":64800,"remind_work_sec":32400,"remind_off_work_sec":64800}]}],
		"schedulelist":[{"schedule_id":5,"schedule_name":"早","limit_aheadtime":14400000,"limit_offtime":14400,"noneed_offwork":false,
			"allow_flex":false,"flex_on_duty_time":0,"flex_off_duty_time":0,"max_allow_arrive_early":0,"max_allow_arrive_late":0,"time_section":[]}]}`)
	g.install("write", strings.Replace(officeRule, `"party_id":["2"],"userid":[]`, `"party_id":[],"userid":["zhangsan"]`, 1))
}

// install makes a rule that has been in force since 2020.
func (g *golden) install(form, doc string) {
	g.t.Helper()
	_, err := g.fixture.app.InstallRule(g.t.Context(), g.corp, app.RuleSpec{Doc: []byte(doc), Form: wire.RuleForm(form), First: attendance.DayOf(2020, 1, 1)})
	must(g.t, err)
}

// rules makes rule 1 and the members that WeCom's examples of rules name.
func (g *golden) rules() {
	g.join("xiaoxioa", "james", "brant", "canno", "gongjuren", "tester")
	g.addRule(officeRule)
}

// shifts makes the rule and the shift that WeCom's examples of plans name, on the
// day before their month.
func (g *golden) shifts() {
	g.join("james")
	g.clock.Store(time.Date(2020, 11, 30, 8, 0, 0, 0, china).Unix())
	g.install("read", `{"groupid":226,"grouptype":2,"groupname":"倒班","range":{"userid":["james"]},
		"schedulelist":[{"schedule_id":0,"schedule_name":"休息"},{"schedule_id":234,"schedule_name":"早班",
			"time_section":[{"time_id":1,"work_sec":32400,"off_work_sec":61200}]}]}`)
}

// What only the server knows.

func (g *golden) corpSecret() map[string]any {
	return map[string]any{"corpid": g.corp.ID, "corpsecret": g.secrets[app.CheckinApp].Reveal()}
}

func (g *golden) providerSecret() map[string]any {
	secret, err := g.app.MakeProvider(g.t.Context(), g.corp.ID)
	must(g.t, err)
	return map[string]any{"corpid": g.corp.ID, "provider_secret": secret.Reveal()}
}

func (g *golden) suiteSecret() map[string]any {
	event, err := g.app.NewTicket(g.t.Context(), g.suite.ID)
	must(g.t, err)
	return map[string]any{"suite_id": g.suite.ID, "suite_secret": g.suite.Secret.Reveal(), "suite_ticket": event.Ticket.Reveal()}
}

func (g *golden) suiteAccess() map[string]any {
	event, err := g.app.NewTicket(g.t.Context(), g.suite.ID)
	must(g.t, err)
	token, _, err := g.app.SuiteToken(g.t.Context(), netip.Addr{}, g.suite.ID, g.suite.Secret, event.Ticket)
	must(g.t, err)
	return map[string]any{"suite_access_token": token.Reveal()}
}

func (g *golden) preAuth() map[string]any {
	put := g.suiteAccess()
	code, _, err := g.app.PreAuthCode(g.t.Context(), g.suite.ID)
	must(g.t, err)
	put["pre_auth_code"] = code.Reveal()
	return put
}

func (g *golden) authCode() map[string]any {
	put := g.suiteAccess()
	event, err := g.app.AuthorizeSuite(g.t.Context(), g.corp.ID, g.suite.ID, app.Authorization{User: "alice", State: "from-the-shop",
		Range: app.Range{Depts: []attendance.DeptID{2}, Users: []attendance.UserID{"carol"}, Tags: []attendance.TagID{6}}})
	must(g.t, err)
	put["auth_code"] = event.AuthCode.Reveal()
	return put
}

func (g *golden) permanentCode() map[string]any {
	put := g.suiteAccess()
	put["auth_corpid"], put["permanent_code"] = g.corp.ID, g.permanent(app.Authorization{}).Reveal()
	return put
}

// cursor is the one that follows the first pair.
func (g *golden) cursor() map[string]any {
	_, _, answer := g.rawAs(app.ContactApp, "/cgi-bin/user/list_id", `{"limit":1}`)
	return map[string]any{"cursor": text(answer["next_cursor"])}
}

func (g *golden) picture() map[string]any {
	g.count++
	return map[string]any{"userface": base64.StdEncoding.EncodeToString(pngOf(4, 4, g.count))}
}

// sendFile uploads a picture in the form that the descriptions name.
func (g *golden) sendFile(r goldenRequest) []byte {
	_, answer := g.upload(r.query.Get("type"), "a.png", pngOf(4, 4, 1))
	text, err := json.Marshal(mapsOfRaw(answer))
	must(g.t, err)
	return text
}

// getFile gets a file that there is, which is no JSON (section 11.2), and returns
// what the request is answered as it stands, where there is none.
func (g *golden) getFile(r goldenRequest) []byte {
	content := pngOf(4, 4, 2)
	_, stored := g.upload("image", "a.png", content)
	query := url.Values{"access_token": r.query["access_token"], "media_id": {text(json.RawMessage(stored["media_id"]))}}
	resp, got := g.do(r.method, r.path, query, nil)
	if string(got) != string(content) || resp.Header.Get("Content-Type") != "image/png" || !strings.HasPrefix(resp.Header.Get("Content-Disposition"), "attachment; ") {
		g.t.Errorf("%s: %d bytes, want %d, with %v", r.file, len(got), len(content), resp.Header)
	}
	_, none := g.do(http.MethodGet, r.path, r.query, nil)
	return none
}
