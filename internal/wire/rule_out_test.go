package wire

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/internal/attendance"
)

var head = RuleHead{Group: 7, CreateTime: 1606204343, UpdateTime: 1606305508, CreateUser: "gaogao", UpdateUser: "sandy"}

// sameJSON compares two documents without regard to the order of members.
func sameJSON(t *testing.T, want string, got json.RawMessage) {
	t.Helper()
	var w, g any
	if err := json.Unmarshal([]byte(want), &w); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(got, &g); err != nil {
		t.Fatalf("%s: %v", got, err)
	}
	if diff := cmp.Diff(w, g); diff != "" {
		t.Errorf("document (-want +got):\n%s", diff)
	}
}

func ruleOut(t *testing.T, doc string) json.RawMessage {
	t.Helper()
	out, err := RuleOut([]byte(doc), FormWrite, head)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestRuleOutWriteForm(t *testing.T) {
	t.Parallel()
	out := ruleOut(t, `{"grouptype":"1","groupname":"a","groupid":0,"later":{"x":1},"white_users":null,"option_out_range":true,
		"range":[{"party_id":[2]},{"userid":["u"],"tagid":["3"]}],"reporterinfo":{"reporters":[{"userid":"b","tagid":0}]},
		"checkindate":[{"workdays":[1],"checkintime":[{"time_id":1,"work_sec":"32400","off_work_sec":64800,"allow_rest":1,
			"rest_begin_time":54000,"rest_end_time":54900,"rest_times":[{"rest_begin_time":43200,"rest_end_time":46800},
			{"rest_begin_time":54000,"rest_end_time":54900}]}]}],
		"spe_offdays":[{"type":1,"begintime":"1757433600","endtime":1757520000,"notes":"n"}],
		"ot_info_v2":{"workdayconf":{"allow_ot":true,"type":0,"applycheckin":{"restinfo":{"type":1,
			"fix_time_rule_list":[{"fix_time_begin_sec":64800,"fix_time_end_sec":66600},{"fix_time_begin_sec":70000,"fix_time_end_sec":70060}]}}},
			"restdayconf":{"allow_ot":false,"checkin":{"ot_time_min":3600,"restinfo":{"type":2,"cal_ottime_rule":{"items":[{"ot_time":18000,"rest_time":3600}]}}}}}}`)
	sameJSON(t, `{"grouptype":1,"groupname":"a","groupid":7,"create_time":1606204343,"create_userid":"gaogao","update_userid":"sandy",
		"later":{"x":1},"option_out_range":1,"range":{"party_id":["2"],"userid":["u"],"tagid":[3]},
		"reporterinfo":{"reporters":[{"userid":"b","tagid":0}],"updatetime":1606305508},
		"checkindate":[{"workdays":[1],"allow_flex":false,"noneed_offwork":false,"flex_on_duty_time":0,"flex_off_duty_time":0,
			"checkintime":[{"time_id":1,"work_sec":32400,"off_work_sec":64800,"allow_rest":true,"rest_begin_time":43200,
			"rest_end_time":46800,"rest_times":[{"rest_begin_time":54000,"rest_end_time":54900}]}]}],
		"spe_workdays":[],"spe_offdays":[{"type":1,"begtime":1757433600,"endtime":1757520000,"notes":"n","checkintime":[]}],
		"wifimac_infos":[],"loc_infos":[],"schedulelist":[],"sync_holidays":true,"need_photo":false,"note_can_use_local_pic":true,
		"allow_checkin_offworkday":false,"allow_apply_offworkday":false,"buka_restriction":0,"offwork_interval_time":0,"type":0,
		"use_face_detect":false,"allow_apply_bk_cnt":-1,"allow_apply_bk_day_limit":-1,
		"ot_info_v2":{"workdayconf":{"allow_ot":true,"type":0,"applycheckin":{"restinfo":{"type":1,
			"fix_time_rule_list":[{"fix_time_begin_sec":64800,"fix_time_end_sec":66600},{"fix_time_begin_sec":70000,"fix_time_end_sec":70060}]}}},
			"restdayconf":{"allow_ot":false,"checkin":{"ot_time_min":3600,"restinfo":{"type":2,"cal_ottime_rule":{"items":[{"ot_time":18000,"rest_time":3600}]}}}}},
		"ot_info":{"type":0,"allow_ot_workingday":true,"allow_ot_nonworkingday":false,"uptime":1606305508,
			"otcheckinfo":{"ot_workingday_time_start":1800,"ot_workingday_time_min":1800,"ot_workingday_time_max":14400,
				"ot_nonworkingday_time_min":3600,"ot_nonworkingday_time_max":14400,"ot_workingday_restinfo":{"type":0},
				"ot_nonworkingday_restinfo":{"type":2,"cal_ottime_rule":{"items":[{"ot_time":18000,"rest_time":3600}]}},
				"ot_nonworkingday_spanday_time":0},
			"otapplyinfo":{"allow_ot_workingday":true,"allow_ot_nonworkingday":false,"uptime":1606305508,
				"ot_workingday_restinfo":{"type":1,"fix_time_rule":{"fix_time_begin_sec":64800,"fix_time_end_sec":66600}},
				"ot_nonworkingday_restinfo":{"type":0},"ot_nonworkingday_spanday_time":0}}}`, out)
}

// The type of the rest days stands in where only those have overtime, and the
// default type, approval only, has no otapplyinfo.
func TestRuleOutOvertimeType(t *testing.T) {
	t.Parallel()
	for doc, want := range map[string]string{
		`{"workdayconf":{"allow_ot":true}}`:                                                       "2 false",
		`{"workdayconf":{"allow_ot":false,"type":1},"restdayconf":{"allow_ot":true,"type":0}}`:    "0 true",
		`{"workdayconf":{"allow_ot":true,"type":"1"},"restdayconf":{"allow_ot":"true","type":0}}`: "1 false",
	} {
		var rule struct {
			OtInfo struct {
				Type  json.Number
				Apply json.RawMessage `json:"otapplyinfo"`
			} `json:"ot_info"`
		}
		if err := json.Unmarshal(ruleOut(t, `{"ot_info_v2":`+doc+`}`), &rule); err != nil {
			t.Fatal(err)
		}
		got := rule.OtInfo.Type.String() + map[bool]string{true: " true", false: " false"}[rule.OtInfo.Apply != nil]
		if got != want {
			t.Errorf("%s: got %s, want %s", doc, got, want)
		}
	}
}

// What is answered for a rule means what the rule means.
func TestRuleOutKeepsMeaning(t *testing.T) {
	t.Parallel()
	docs := map[string]string{
		"fixed": fixed(`,"sync_out_checkin":true,"buka_restriction":18446744073709551615`, ""),
		"flex":  fixed("", `,"allow_flex":true,"flex_on_duty_time":"600","late_rule":{"allow_offwork_after_time":1,"timerules":[{"offwork_after_time":900,"onwork_flex_time":900}]}`),
		"flex not allowed": fixed(`,"sync_holidays":false`,
			`,"flex_on_duty_time":600,"max_allow_arrive_late":0,"biweekly":{"enable_weekday_recurrence":true,"odd_workdays":[1,6],"even_workdays":[]}`),
		"rests": `{"grouptype":1,"checkindate":[{"workdays":[1],"checkintime":[{"work_sec":32400,"off_work_sec":64800,"rest_begin_time":1,"rest_end_time":40000},
			{"work_sec":70000,"off_work_sec":80000,"allow_rest":true,"rest_times":[{"rest_begin_time":73000,"rest_end_time":74000},{"rest_begin_time":71000,"rest_end_time":72000}]}]}],
			"spe_workdays":[{"type":2,"timestamp":1757433600,"endtime":1758643200,"notes":"x","checkintime":[{"work_sec":32400,"off_work_sec":50400}]}]}`,
		"shift": `{"grouptype":2,"range":{"partyid":["4"]},"schedulelist":[{"schedule_id":0,"schedule_name":"休息"},
			{"schedule_id":1,"schedule_name":"夜班","max_allow_arrive_early":1800,"time_section":[{"work_sec":79200,"off_work_sec":108000,"no_need_checkoff":true}]}]}`,
		"free": `{"grouptype":3,"checkindate":[{"workdays":[1,2]}],"offwork_interval_time":300,"checkin_method_type":2,"white_users":["w"]}`,
	}
	for name, doc := range docs {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := compile(t, FormWrite, doc)
			want.ID = attendance.GroupID(head.Group)
			got := compile(t, FormRead, string(ruleOut(t, doc)))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("rule (-written +answered):\n%s", diff)
			}
		})
	}
}

func TestRuleOutReadForm(t *testing.T) {
	t.Parallel()
	same := fmt.Sprintf(`{"groupid":%d, "later": 1,"range":{"partyid":[]}}`, head.Group)
	if out, err := RuleOut([]byte(same), FormRead, head); err != nil || string(out) != same {
		t.Errorf("got %s, %v", out, err)
	}
	// A document made elsewhere goes by the id that it has here.
	for _, doc := range []string{`{"groupid":690000,"later":1}`, `{"later":1}`} {
		want := fmt.Sprintf(`{"groupid":%d,"later":1}`, head.Group)
		if out, err := RuleOut([]byte(doc), FormRead, head); err != nil || string(out) != want {
			t.Errorf("%s: got %s, %v", doc, out, err)
		}
	}
}

func TestMemberRule(t *testing.T) {
	t.Parallel()
	out, err := MemberRule(json.RawMessage(`{"groupid":69,"later":1,"range":{},"ot_info":{},"ot_info_v2":{},"create_time":1,
		"create_userid":"a","update_userid":"b","white_users":[],"type":0,"reporterinfo":{},"allow_apply_bk_cnt":-1,
		"allow_apply_bk_day_limit":-1,"option_out_range":0,"use_face_detect":false,"buka_restriction":0}`))
	if err != nil {
		t.Fatal(err)
	}
	sameJSON(t, `{"groupid":69,"later":1,"buka_restriction":0}`, out)
}

func TestRuleOutRefuses(t *testing.T) {
	t.Parallel()
	for _, doc := range []string{``, `[]`, `null`, `{"range":{"tagid":["x"]}}`, `{"range":7}`} {
		if out, err := RuleOut([]byte(doc), FormWrite, head); err == nil {
			t.Errorf("%q: got %s", doc, out)
		}
	}
}
