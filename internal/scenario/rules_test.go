package scenario

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const documentHead = `"groupid": 1, "groupname": "FIX", "range": {"userid": ["u1"], "party_id": [], "tagid": []}`
const documentSection = `{"time_id": 1, "work_sec": 32400, "off_work_sec": 64800, "remind_work_sec": 32400, "remind_off_work_sec": 64800}`
const documentFixed = documentHead + `, "grouptype": 1, "checkin_method_type": 1`

// documentTests are entries of rules[] and what must be written for them.
var documentTests = []struct {
	name string
	rule string // an entry of rules[]
	want string
}{
	{"by name", `"FIX"`, `{` + documentFixed + `, "checkindate": [{"workdays": [1], "allow_flex": false, "checkintime": [` + documentSection + `]}]}`},
	{
		"windows and rests",
		`{"use": "FIX", "checkindate": [{"workdays": [0], "sections": [{"id": 2, "on": "22:00", "off": "+1 06:00",
			"rest": [["+1 02:00", "+1 02:30"], ["23:00", "23:30"]], "on_win": ["18:00", "+1 05:59"], "off_win": ["22:01", "+1 10:00"],
			"no_need_checkon": true}]}]}`,
		`{` + documentFixed + `, "checkindate": [{"workdays": [0], "allow_flex": false, "checkintime": [{
			"time_id": 2, "work_sec": 79200, "off_work_sec": 108000, "remind_work_sec": 79200, "remind_off_work_sec": 108000,
			"earliest_work_sec": 64800, "latest_work_sec": 107940, "earliest_off_work_sec": 79260, "latest_off_work_sec": 122400,
			"allow_rest": true, "rest_begin_time": 82800, "rest_end_time": 84600,
			"rest_times": [{"rest_begin_time": 93600, "rest_end_time": 95400}], "no_need_checkon": true}]}]}`,
	},
	{
		"flex, weeks and older fields",
		`{"use": "FIX", "biweekly": {"odd": [6], "even": []}, "noneed_offwork": true, "limit_aheadtime_ms": 10800000,
			"flex": {"flex_time_ms": 600000, "late_rule": [[3600, 1800]]}, "checkindate": [{"workdays": [1]}]}`,
		`{` + documentFixed + `, "checkindate": [{"workdays": [1], "checkintime": [], "noneed_offwork": true, "limit_aheadtime": 10800000,
			"biweekly": {"enable_weekday_recurrence": true, "odd_workdays": [6], "even_workdays": []},
			"allow_flex": true, "flex_time": 600000, "flex_on_duty_time": -1, "flex_off_duty_time": -1,
			"max_allow_arrive_early": 0, "max_allow_arrive_late": 0,
			"late_rule": {"allow_offwork_after_time": true, "timerules": [{"offwork_after_time": 3600, "onwork_flex_time": 1800}]}}]}`,
	},
	{
		// 2025-10-02 00:00 in Shanghai is 2020-09-03 and 1855 days.
		"special days",
		`{"use": "FIX", "checkindate": [], "sync_holidays": true, "spe_workdays": [{"type": 0, "date": "2025-10-02", "notes": "n", "sections": [{"id": 1, "on": "09:00", "off": "18:00"}]}],
			"spe_offdays": [{"type": 1, "begin": "2025-10-02", "end": "2025-10-03"}, {"type": 2, "date": "2025-10-02", "end": "2025-10-30"}]}`,
		`{` + documentFixed + `, "checkindate": [], "sync_holidays": true,
			"spe_workdays": [{"type": 0, "timestamp": 1759334400, "notes": "n", "checkintime": [` + documentSection + `]}],
			"spe_offdays": [{"type": 1, "begtime": 1759334400, "endtime": 1759420800, "notes": "", "checkintime": []},
				{"type": 2, "timestamp": 1759334400, "endtime": 1761753600, "notes": "", "checkintime": []}]}`,
	},
	{
		"shifts and people",
		`{"use": "SHIFT", "range": {"userid": ["u2"], "party": ["A"], "tagid": [7]}, "white_users": ["u1"], "rest_method": 0}`,
		`{"groupid": 4, "groupname": "SHIFT", "grouptype": 2, "checkin_method_type": 0,
			"range": {"userid": ["u2"], "party_id": [2], "tagid": [7]}, "white_users": ["u1"],
			"schedulelist": [{"schedule_id": 0, "schedule_name": "休息", "allow_flex": false, "time_section": []}]}`,
	},
	{
		"free",
		`"FREE"`,
		`{"groupid": 5, "groupname": "FREE", "grouptype": 3, "range": {"userid": ["u1"], "party_id": [], "tagid": []},
			"span_day_time": 18000, "checkin_method_type": 2, "offwork_interval_time": 300, "standard_work_duration": -1}`,
	},
	{
		"overtime",
		`{"use": "FIX", "checkindate": [], "ot": {"work": {"allow": true, "type": 1, "max": 43200, "trans": 2, "rest": {"type": 2, "by": [[18000, 3600]]}},
			"rest": {"allow": true, "type": 0, "rest": {"type": 1, "fix": [["12:00", "13:00"]]}}, "unit": {"unit": 3, "method": 2, "step": 1800}, "spanday": "04:00"}}`,
		`{` + documentFixed + `, "checkindate": [],
			"ot_info_v2": {
				"workdayconf": {"allow_ot": true, "type": 1, "ot_trans_enable": true, "ot_trans_type": 2, "ot_time_range": 0,
					"checkin": {"ot_time_start": 1800, "ot_time_min": 1800, "ot_time_max": 43200,
						"restinfo": {"type": 2, "cal_ottime_rule": {"items": [{"ot_time": 18000, "rest_time": 3600}]}}}},
				"restdayconf": {"allow_ot": true, "type": 0, "ot_trans_enable": false, "ot_trans_type": 1, "ot_time_range": 0,
					"applycheckin": {"restinfo": {"type": 1, "fix_time_rule_list": [{"fix_time_begin_sec": 43200, "fix_time_end_sec": 46800}]}}},
				"holidayconf": {"allow_ot": false, "type": 2, "ot_trans_enable": false, "ot_trans_type": 1, "ot_time_range": 0,
					"apply": {"restinfo": {"type": 0}}},
				"time_unit_config": {"ot_time_unit": 3, "perday_duration_secs": 28800, "rounding_method": 2, "rounding_precision": 1, "step_size": 1800}},
			"ot_info": {"type": 0, "allow_ot_workingday": true, "allow_ot_nonworkingday": true,
				"otcheckinfo": {"ot_nonworkingday_spanday_time": 14400}, "otapplyinfo": {"ot_nonworkingday_spanday_time": 14400}}}`,
	},
}

func TestRuleDocument(t *testing.T) {
	t.Parallel()
	const shift = `"SHIFT": {"groupid": 4, "grouptype": 2, "schedulelist": [{"schedule_id": 0, "schedule_name": "休息", "sections": []}]}`
	const free = `"FREE": {"groupid": 5, "grouptype": 3, "span_day_time": "05:00", "checkin_method_type": 2, "offwork_interval_time": 300, "standard_work_duration": -1}`
	for _, tt := range documentTests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			file := strings.Replace(minimal, `"rules": {`, `"rules": {`+shift+`, `+free+`, `, 1)
			file = strings.Replace(file, `["FIX"]`, `[`+tt.rule+`]`, 1)
			f, err := Load(strings.NewReader(file))
			if err != nil {
				t.Fatal(err)
			}
			var got, want any
			if err := json.Unmarshal(f.Scenarios[0].Rules[0].Document, &got); err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal([]byte(tt.want), &want); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
