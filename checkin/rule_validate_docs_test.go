package checkin

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/dakahq/daka/wecom"
)

const specification = "../../shared/spec/"

// The table is the specification's list, line by line.
func TestRuleRowsAreTheSpecifications(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(specification + "protocol.md")
	if err != nil {
		t.Skip("the specification is not beside the project")
	}
	_, text, _ = bytes.Cut(text, []byte("\n### 7.4 "))
	text, _, _ = bytes.Cut(text, []byte("\n## "))
	lines := regexp.MustCompile("(?m)^\\| (301093|301094|\\(blank\\)) \\| `(.*?)` \\|").FindAllSubmatch(text, -1)
	if len(lines) != len(ruleRows) {
		t.Fatalf("%d lines, %d rows", len(lines), len(ruleRows))
	}
	for i, line := range lines {
		code := wecom.Code(301093) // also for the line without a code
		if string(line[1]) == "301094" {
			code = 301094
		}
		if row := ruleRows[i]; row.code != code || row.text != string(line[2]) {
			t.Errorf("line %d is %d %q, the row %d %q", i+1, code, line[2], row.code, row.text)
		}
	}
}

// The page's own examples are rules; the older ones of an SDK have windows
// that are no whole minutes.
func TestValidatePayloads(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]string{
		"add_checkin_option.request.json":       "",
		"add_checkin_option.request.v2.json":    "checkin time invalid, value has to be a multiple of 60",
		"add_checkin_option.request.v3.json":    "",
		"update_checkin_option.request.json":    "",
		"update_checkin_option.request.v2.json": "checkin time invalid, value has to be a multiple of 60",
	} {
		doc, err := os.ReadFile(filepath.Join(specification, "payloads", file))
		if err != nil {
			t.Skip("the payload examples are not beside the project")
		}
		var r AddOptionRequest
		if err := json.Unmarshal(doc, &r); err != nil {
			t.Fatal(err)
		}
		checkRefusal(t, file, judged(t, groupOf(t, doc)), want)
		checkRefusal(t, file+" as it stands after an update", r.Group.Validate(), want)
	}
}

func groupOf(t *testing.T, doc []byte) []byte {
	t.Helper()
	var payload struct{ Group json.RawMessage }
	if err := json.Unmarshal(doc, &payload); err != nil {
		t.Fatal(err)
	}
	return payload.Group
}

// checkRefusal wants err to be nil for "", else the 301093 with that text.
func checkRefusal(t *testing.T, name string, err error, text string) {
	t.Helper()
	var e *wecom.Error
	if text == "" && err != nil || text != "" && (!errors.As(err, &e) || e.Code != 301093 || e.Msg != text) {
		t.Errorf("%s: %v, want %q", name, err, text)
	}
}

// Clients without optional members send all of them: none of what they leave
// at zero is a member that was set.
func TestZeroMembersAreNotSet(t *testing.T) {
	t.Parallel()
	const (
		zeroSection = "S.allow_rest=false; S.rest_begin_time=0; S.rest_end_time=0; S.no_need_checkon=false; S.no_need_checkoff=false; S.rest_times=[]; "
		zeroFlex    = `{"allow_flex":false,"flex_on_duty_time":0,"flex_off_duty_time":0,"max_allow_arrive_early":0,"max_allow_arrive_late":0,
			"late_rule":{"offwork_after_time":0,"onwork_flex_time":0,"allow_offwork_after_time":false,"timerules":null},
			"flex_time":0,"limit_aheadtime":0,"limit_offtime":0,"noneed_offwork":false`
		zeroRule = `reporterinfo={"reporters":null}; ot_info={}; span_day_time=0; checkin_method_type=0; type=0; white_users=[];
			offwork_interval_time=0; option_out_range=0; use_face_detect=false; open_face_live_detect=false; allow_apply_offworkday=false; ` +
			`allow_apply_bk_cnt=0; allow_apply_bk_day_limit=0; buka_restriction=0; buka_remind={"open_remind":false,"buka_remind_day":0,"buka_remind_month":0}; ` +
			`ot_info_v2={"workdayconf":{"allow_ot":false,"type":0,"ot_trans_type":0,"vacation":{"trans_ratio":0}}}; ` +
			`spe_offdays=[{"timestamp":$1,"notes":"n","type":0,"begtime":0,"endtime":0}]; `
	)
	for kind, changes := range map[string]string{
		"fixed": zeroSection + "standard_work_duration=0; schedulelist=[]; K.biweekly={\"enable_weekday_recurrence\":false}; " +
			`spe_workdays=[{"timestamp":$2,"notes":"n","begtime":0,"endtime":0,"checkintime":[{"time_id":0,"work_sec":32400,"off_work_sec":61200,"remind_work_sec":32400,
				"remind_off_work_sec":61200,"earliest_work_sec":0,"latest_work_sec":0,"earliest_off_work_sec":0,"latest_off_work_sec":0,"allow_rest":false,"rest_begin_time":0}]}]`,
		"shift": zeroSection + "standard_work_duration=0; checkindate=[]; spe_workdays=[]",
		"free":  `schedulelist=[]; spe_workdays=[]; checkindate=[` + zeroFlex + `,"workdays":[1,2]}]`,
	} {
		changes = strings.ReplaceAll(zeroRule, "\n\t\t\t", " ") + changes
		switch kind {
		case "fixed":
			changes += `; checkindate.1=` + zeroFlex + `,"workdays":[6],"checkintime":` + sections(1) + `}`
		case "shift":
			changes += `; schedulelist.2=` + zeroFlex + `,"schedule_id":2,"schedule_name":"s"}`
		}
		if err := judged(t, changed(t, kind, changes)); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

// The rule that an update leaves behind may have days that have passed, and no
// reporters any more; what the update sends may be a part of a rule.
func TestValidateUpdates(t *testing.T) {
	t.Parallel()
	var left RuleWrite
	if err := json.Unmarshal(changed(t, "fixed", offday+`spe_offdays.0.timestamp=$-400; reporterinfo={"reporters":[]}`), &left); err != nil {
		t.Fatal(err)
	}
	checkRefusal(t, "left behind", left.Validate(), "")
	sent := RuleWrite{GroupID: new(int64(1)), SpeOffdays: left.SpeOffdays}
	checkRefusal(t, "update", UpdateOptionRequest{Group: sent}.Validate(), "")
	checkRefusal(t, "sent", sent.ValidateAt(judgedAt, shanghai), "invalid specialday timestamp, only future dates are allowed here")
	sent.SpeOffdays = nil
	checkRefusal(t, "sent without days", sent.ValidateAt(judgedAt, shanghai), "")
}

// A day begins when the corp's clocks say so, and lasts until they say so
// again.
func TestValidateAtZones(t *testing.T) {
	t.Parallel()
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	// In New York clocks go forward on 2026-03-08: it has 23 hours, and its
	// midnight is 05:00 UTC, that of the 9th 04:00 UTC.
	at := func(day, hour int) int64 { return time.Date(2026, 3, day, hour, 0, 0, 0, time.UTC).Unix() }
	off := func(stamps ...int64) *RuleWrite {
		r := &RuleWrite{}
		for _, s := range stamps {
			r.SpeOffdays = append(r.SpeOffdays, SpecialDayWrite{Timestamp: &s, Notes: "n"})
		}
		return r
	}
	const badStamp = "invalid specailday timestamp"
	checkRefusal(t, "both sides of the change", off(at(8, 5), at(9, 4)).ValidateAt(judgedAt, newYork), "")
	checkRefusal(t, "winter's midnight in summer", off(at(9, 5)).ValidateAt(judgedAt, newYork), badStamp)
	checkRefusal(t, "Shanghai's midnight", off(at(8, 16)).ValidateAt(judgedAt, newYork), badStamp)
	checkRefusal(t, "midnight as it begins", off(at(8, 5)).ValidateAt(at(8, 5), newYork), "invalid specialday timestamp, only future dates are allowed here")
	checkRefusal(t, "a second before", off(at(8, 5)).ValidateAt(at(8, 5)-1, newYork), "")
	if path := sameSpecialDay(newRuleView(off(at(8, 5), at(9, 4)), false)); path != "" {
		t.Errorf("%s is taken for the same day", path)
	}
	if path := sameSpecialDay(newRuleView(off(at(8, 5), at(9, 4), at(8, 5)), false)); path != "spe_offdays[2]" {
		t.Errorf("the same day twice: %q", path)
	}
}

// Whatever is sent gets an answer.
func FuzzRuleValidate(f *testing.F) {
	for _, doc := range leastRules {
		f.Add([]byte(doc))
	}
	f.Add([]byte(`{"grouptype":1,"checkindate":[{"checkintime":[{"work_sec":-9223372036854775808,"off_work_sec":9223372036854775807}]}],
		"spe_offdays":[{"type":2,"timestamp":1,"endtime":9223372036854775807},{"type":2,"timestamp":-9223372036854775808,"endtime":1}]}`))
	f.Fuzz(func(t *testing.T, doc []byte) {
		var r AddOptionRequest
		if json.Unmarshal(doc, &r.Group) != nil {
			return
		}
		for _, err := range []error{r.Validate(), r.Group.Validate(), r.Group.ValidateAt(judgedAt, shanghai)} {
			if e := (*wecom.Error)(nil); err != nil && !errors.As(err, &e) {
				t.Errorf("%v has no code", err)
			}
		}
	})
}
