package checkin

import (
	"fmt"
	"strings"

	"github.com/dakahq/daka/wecom"
)

// rowCase is a line of the list in section 7.4 of the specification. bad and
// good are changes to the least rule of the kind, fixed when there is none.
type rowCase struct {
	text string
	code wecom.Code
	kind string
	bad  []string
	good []string
	why  string // why no document gets this line for an answer
}

func (c *rowCase) rule() string {
	if c.kind == "" {
		return "fixed"
	}
	return c.kind
}

// What several cases begin with. Every one is a rule that is accepted.
const (
	buka      = "allow_apply_offworkday=true; "
	offday    = `spe_offdays=[{"timestamp":$1,"notes":"n"}]; `
	workday   = `spe_workdays=[{"timestamp":$1,"notes":"n","checkintime":[` + bare + `]}]; `
	period    = `spe_offdays=[{"type":1,"begtime":$1,"endtime":$3,"notes":"n"}]; `
	weeks     = `spe_offdays=[{"type":2,"timestamp":$1,"endtime":$29,"notes":"n"}]; `
	flex      = "K.allow_flex=true; K.flex_on_duty_time=300; "
	late      = flex + `K.late_rule={"allow_offwork_after_time":true,"offwork_after_time":900,"onwork_flex_time":900}; `
	rest      = "S.allow_rest=true; S.rest_begin_time=43200; S.rest_end_time=46800; "
	byLength  = `C.apply={"restinfo":{"type":2,"cal_ottime_rule":{"items":[{"ot_time":1800,"rest_time":900}]}}}; `
	byPeriod  = `C.apply={"restinfo":{"type":1,"fix_time_rule_list":[{"fix_time_begin_sec":64800,"fix_time_end_sec":66600}]}}; `
	restSteps = byLength + "C.apply.restinfo.cal_ottime_rule.items="
	restSpans = byPeriod + "C.apply.restinfo.fix_time_rule_list="
	second    = "K.checkintime.1=" + lateShift + "; "
	// From 09:00 on the next day, which only shifts may open so late.
	tomorrow = "S.work_sec=86400; S.remind_work_sec=86400; S.earliest_work_sec=82800; S.latest_work_sec=90000; " +
		"S.off_work_sec=172680; S.remind_off_work_sec=172680; S.earliest_off_work_sec=165600; S.latest_off_work_sec=172740; "
	// 00:01 to 01:00 of the next day under a rule with fixed times.
	afterMidnight = "S.work_sec=86400; S.remind_work_sec=86400; S.earliest_work_sec=86340; S.latest_work_sec=86580; " +
		"S.off_work_sec=90000; S.remind_off_work_sec=90000; S.earliest_off_work_sec=86640; S.latest_off_work_sec=90000; "
)

// list returns n values, made of a format that takes their numbers from 0 on.
func list(n int, format func(i int) string) string {
	values := make([]string, n)
	for i := range values {
		values[i] = format(i)
	}
	return "[" + strings.Join(values, ",") + "]"
}

// sections returns n sections of an hour, from 02:00 on, every four hours.
func sections(n int) string {
	return list(n, func(i int) string {
		on := 7200 + i*14_400
		return fmt.Sprintf(`{"work_sec":%[1]d,"off_work_sec":%[2]d,"remind_work_sec":%[1]d,"remind_off_work_sec":%[2]d,
			"earliest_work_sec":%[3]d,"latest_work_sec":%[4]d,"earliest_off_work_sec":%[4]d,"latest_off_work_sec":%[5]d}`,
			on, on+3600, on-1800, on+1800, on+5400)
	})
}

// workdays returns n elements of checkindate, each for one weekday.
func workdays(n int) string {
	return list(n, func(i int) string { return fmt.Sprintf(`{"workdays":[%d],"checkintime":%s}`, i%7, sections(1)) })
}

func macs(n int) string {
	return list(n, func(i int) string {
		return fmt.Sprintf(`{"wifiname":"w","wifimac":"00:00:00:00:%02x:%02X"}`, i/256, i%256)
	})
}

func circles(n int) string { return list(n, func(int) string { return circle }) }

// shifts returns rest and n-1 shifts.
func shifts(n int) string {
	return list(n, func(i int) string {
		if i == 0 {
			return `{"schedule_id":0,"schedule_name":"休息"}`
		}
		return fmt.Sprintf(`{"schedule_id":%d,"schedule_name":"s%d"}`, i, i)
	})
}

func offdays(n int) string {
	return list(n, func(i int) string { return fmt.Sprintf(`{"timestamp":$%d,"notes":"n"}`, i+1) })
}

func steps(n int) string {
	return list(n, func(i int) string { return fmt.Sprintf(`{"ot_time":%d,"rest_time":900}`, 900*(i+1)) })
}

func spans(n int) string {
	return list(n, func(i int) string {
		return fmt.Sprintf(`{"fix_time_begin_sec":%d,"fix_time_end_sec":%d}`, 60*i, 60*i+60)
	})
}

// long returns a JSON string of n characters.
func long(n int) string { return `"` + strings.Repeat("长", n) + `"` }

// rowCases are all lines, in the page's order.
var rowCases = append(append([]rowCase{}, rowCases1[:]...), rowCases2[:]...)
