package wire

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/attendance"
)

// RuleHead is what an answer says of a rule that its document does not hold.
type RuleHead struct {
	Group      attendance.GroupID
	CreateTime int64 // Unix seconds
	UpdateTime int64 // Unix seconds; 0 = not known
	CreateUser attendance.UserID
	UpdateUser attendance.UserID
}

// RuleOut returns a stored rule document as getcorpcheckinoption answers it
// (WeCom document 93384). A document of the read form goes out as it came but
// for the groupid, which is the one that the rule has here; one of the write form in the read form: unknown members kept, defaults written
// out, scalars in their proper types, rests as the read form has them, and an
// ot_info beside ot_info_v2.
func RuleOut(doc []byte, form RuleForm, head RuleHead) (json.RawMessage, error) {
	if form == FormRead {
		return withGroupID(doc, head.Group)
	}
	rule, err := tidyRule(doc)
	if err != nil {
		return nil, fmt.Errorf("answer rule %d: %w", head.Group, err)
	}
	if rule["range"], err = readRange(rule["range"]); err != nil {
		return nil, fmt.Errorf("answer rule %d: %w", head.Group, err)
	}
	rule["groupid"] = int64(head.Group)
	rule["create_time"] = head.CreateTime
	rule["create_userid"] = string(head.CreateUser)
	rule["update_userid"] = string(head.UpdateUser)
	if r, ok := rule["reporterinfo"].(object); ok && head.UpdateTime != 0 {
		r["updatetime"] = head.UpdateTime
	}
	ruleDefaults(rule)
	for _, day := range objects(rule["checkindate"]) {
		readWorkday(day)
	}
	for _, shift := range objects(rule["schedulelist"]) {
		readShift(shift)
	}
	for _, name := range []string{"spe_workdays", "spe_offdays"} {
		for _, day := range objects(rule[name]) {
			readSpecial(day)
		}
	}
	if v2, ok := rule["ot_info_v2"].(object); ok && rule["ot_info"] == nil {
		rule["ot_info"] = readOtInfo(v2, head)
	}
	out, err := json.Marshal(rule)
	if err != nil {
		return nil, fmt.Errorf("answer rule %d: %w", head.Group, err)
	}
	return out, nil
}

// withGroupID returns a document with the given groupid, unchanged if it is that.
func withGroupID(doc []byte, group attendance.GroupID) (json.RawMessage, error) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(doc, &members); err != nil {
		return nil, fmt.Errorf("answer rule %d: %w", group, err)
	}
	id := json.RawMessage(strconv.FormatInt(int64(group), 10))
	if string(members["groupid"]) == string(id) {
		return doc, nil
	}
	members["groupid"] = id
	return json.Marshal(members)
}

// corpOnly are the members that getcorpcheckinoption has beyond
// getcheckinoption, and those of the write form that neither documents.
var corpOnly = []string{
	"range", "create_time", "create_userid", "update_userid", "white_users", "type", "reporterinfo",
	"ot_info", "ot_info_v2", "allow_apply_bk_cnt", "allow_apply_bk_day_limit", "option_out_range",
	"use_face_detect", "open_face_live_detect", "buka_limit_next_month", "buka_remind", "sync_out_checkin",
}

// MemberRule returns a rule as RuleOut made it without the members that only
// getcorpcheckinoption has: what getcheckinoption answers (document 90263).
func MemberRule(rule json.RawMessage) (json.RawMessage, error) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(rule, &members); err != nil {
		return nil, fmt.Errorf("answer a member's rule: %w", err)
	}
	for _, name := range corpOnly {
		delete(members, name)
	}
	return json.Marshal(members)
}

// ruleDefaults writes out the defaults of the write form, so that a rule means
// the same in the form that is read.
func ruleDefaults(rule object) {
	for _, name := range []string{"checkindate", "spe_workdays", "spe_offdays", "wifimac_infos", "loc_infos", "schedulelist"} {
		rule.setDefault(name, []any{})
	}
	for name, def := range map[string]any{
		"sync_holidays": true, "need_photo": false, "note_can_use_local_pic": true,
		"allow_checkin_offworkday": false, "allow_apply_offworkday": false,
		"buka_restriction": 0, "offwork_interval_time": 0, "type": 0, "use_face_detect": false,
		"allow_apply_bk_cnt": -1, "allow_apply_bk_day_limit": -1, "option_out_range": 0,
	} {
		rule.setDefault(name, def)
	}
	if rule.number("grouptype", 0) == int64(attendance.FreeRule) {
		rule.setDefault("span_day_time", 0)
		rule.setDefault("standard_work_duration", -1)
	}
}

func readWorkday(day object) {
	day.setDefault("workdays", []any{})
	day.setDefault("checkintime", []any{})
	day.setDefault("allow_flex", false)
	readFlex(day)
	for _, s := range objects(day["checkintime"]) {
		if s.hasAny("allow_rest", "rest_begin_time", "rest_end_time", "rest_times") {
			readRests(s)
		}
	}
}

func readShift(shift object) {
	shift.setDefault("time_section", []any{})
	shift.setDefault("allow_flex", true)
	shift.setDefault("max_allow_arrive_early", 0)
	shift.setDefault("max_allow_arrive_late", 0)
	readFlex(shift)
	for _, s := range objects(shift["time_section"]) {
		readRests(s)
	}
}

func readFlex(day object) {
	day.setDefault("noneed_offwork", false)
	if day.number("flex_time", 0) == 0 {
		day.setDefault("flex_on_duty_time", 0)
		day.setDefault("flex_off_duty_time", 0)
	}
}

func readSpecial(day object) {
	if begin, ok := day["begintime"]; ok && day.number("begtime", 0) == 0 {
		day["begtime"] = tidyScalar(reflect.Int64, begin)
	}
	delete(day, "begintime")
	day.setDefault("notes", "")
	day.setDefault("checkintime", []any{})
	for _, s := range objects(day["checkintime"]) {
		if s.hasAny("allow_rest", "rest_begin_time", "rest_end_time", "rest_times") {
			readRests(s)
		}
	}
}

// readRange returns a range, in whatever form it came, as the table has it.
func readRange(came any) (*checkin.Range, error) {
	var r checkin.Range
	data, err := json.Marshal(came)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(data, &r); err != nil {
		return nil, err
	}
	return &r, nil
}
