package checkin

import "fmt"

// The second part of the list: what belongs to which type, corrections,
// special days and shifts.
var rowCases2 = [...]rowCase{
	{text: "only freegroup has schedulelist", code: 301094, bad: []string{"schedulelist=" + shifts(2)}, good: []string{"schedulelist=[]", "@shift schedulelist=" + shifts(2)}},
	{text: "invalid flex checkin rule, the value of the field needs to be set", code: 301093,
		bad:  []string{"K.allow_flex=true", "K.allow_flex=true; K.flex_on_duty_time=0; K.flex_off_duty_time=0", "@shift H.allow_flex=true"},
		good: []string{flex, "K.allow_flex=true; K.max_allow_arrive_late=300", "@shift H.allow_flex=false", "@shift "}},
	{text: "invalid buka_limit_next_month, the maximum value is 28", code: 301093,
		bad:  []string{buka + "buka_limit_next_month=-2", buka + "buka_limit_next_month=0", buka + "buka_limit_next_month=29"},
		good: []string{buka + "buka_limit_next_month=-1", buka + "buka_limit_next_month=1", buka + "buka_limit_next_month=28"}},
	{text: "invalid allow_apply_bk_cnt, the maximum value is 99", code: 301093,
		bad: []string{buka + "allow_apply_bk_cnt=-2", buka + "allow_apply_bk_cnt=100"}, good: []string{buka + "allow_apply_bk_cnt=-1", buka + "allow_apply_bk_cnt=99"}},
	{text: "flex checkin rule need allow flex", code: 301093, bad: []string{
		late + "K.allow_flex=-", "K.flex_off_duty_time=300", "K.max_allow_arrive_early=300", "@shift H.allow_flex=false; H.flex_on_duty_time=300",
		`K.late_rule={"allow_offwork_after_time":true}`,
	}, good: []string{
		late, "@shift H.flex_on_duty_time=300", "K.allow_flex=false; K.max_allow_arrive_early=0; K.max_allow_arrive_late=0",
		`K.late_rule={"allow_offwork_after_time":false,"offwork_after_time":0,"onwork_flex_time":0,"timerules":[]}`,
	}},
	{text: "invalid reporter", code: 301093, bad: []string{`reporterinfo={"reporters":[]}`}, good: []string{"reporterinfo={}", `reporterinfo={"reporters":null}`}},
	{text: "checkin time remind_work_sec invalid", code: 301093, bad: []string{
		"S.remind_work_sec=32040", "S.remind_work_sec=31140", "S.remind_work_sec=32460", workday + "spe_workdays.0.checkintime.0.remind_work_sec=32340",
	}, good: []string{"S.remind_work_sec=32100", "S.remind_work_sec=31800", "S.remind_work_sec=31500", "S.remind_work_sec=31200"}},
	{text: "need allow_apply_offworkday, set the fields related to buka requires allow_apply_offworkday to be enabled", code: 301093, bad: []string{
		"allow_apply_bk_cnt=3", "allow_apply_bk_day_limit=30", "buka_limit_next_month=5", "buka_restriction=1",
		`buka_remind={"open_remind":true,"buka_remind_day":28}`, "allow_apply_offworkday=false; allow_apply_bk_cnt=1",
	}, good: []string{
		buka + `allow_apply_bk_cnt=3; allow_apply_bk_day_limit=30; buka_limit_next_month=5; buka_restriction=1; buka_remind={"open_remind":true,"buka_remind_day":28}`,
		`allow_apply_bk_cnt=-1; allow_apply_bk_day_limit=-1; buka_limit_next_month=-1; buka_restriction=0; buka_remind={"open_remind":false,"buka_remind_day":0,"buka_remind_month":0}`,
		"allow_apply_bk_cnt=0; allow_apply_bk_day_limit=0",
	}},
	{text: "need open_remind, set buka_remind_day/buka_remind_month requires open_remind first", code: 301093,
		bad:  []string{buka + `buka_remind={"buka_remind_day":28}`, buka + `buka_remind={"open_remind":false,"buka_remind_month":1}`},
		good: []string{buka + `buka_remind={"open_remind":false,"buka_remind_day":0,"buka_remind_month":0}`}},
	{text: "invalid face detect, open_face_live_detect requires use_face_detect first", code: 301093,
		bad: []string{"open_face_live_detect=true", "use_face_detect=false; open_face_live_detect=true"}, good: []string{"use_face_detect=true; open_face_live_detect=true"}},
	{text: "late rule need open allow_offwork_after_time", code: 301093,
		bad:  []string{late + "K.late_rule.allow_offwork_after_time=false", `@shift H.late_rule={"timerules":[{"offwork_after_time":900,"onwork_flex_time":900}]}`},
		good: []string{late, `@shift H.late_rule={"allow_offwork_after_time":true,"timerules":[{"offwork_after_time":900,"onwork_flex_time":900}]}`}},
	{text: "set rest_begin_time or rest_end_time need allow_rest first", code: 301093,
		bad: []string{rest + "S.allow_rest=false", rest + "S.allow_rest=-", `S.rest_times=[{"rest_begin_time":43200,"rest_end_time":46800}]`}, good: []string{"S.allow_rest=false; S.rest_begin_time=0; S.rest_end_time=0"}},
	{text: "invalid flex checkin rule, , only one item can be set", code: 301093,
		bad: []string{flex + "K.max_allow_arrive_early=300", "@shift H.flex_off_duty_time=300; H.max_allow_arrive_late=300"}, good: []string{flex + "K.max_allow_arrive_early=0; K.max_allow_arrive_late=0"}},
	{text: "special offday should not have checkintime", code: 301093, bad: []string{
		offday + "spe_offdays.0.checkintime=[" + bare + "]", offday + "spe_offdays.0.type=3",
	}, good: []string{offday, offday + "spe_offdays.0.checkintime=[]", "@shift " + offday, "@free " + offday}},
	// The page gives no code for this line; it is taken for a field that is illegal.
	{text: "invalid specialday timestamp, only future dates are allowed here", code: 301093,
		bad:  []string{offday + "spe_offdays.0.timestamp=$0", workday + "spe_workdays.0.timestamp=$-1", period + "spe_offdays.0.begtime=$0", weeks + "spe_offdays.0.timestamp=$0"},
		good: []string{offday, workday, period, weeks}},
	// 915120000 is 1999-01-01 in Shanghai: 10592 x 86,400 - 28,800.
	{text: "invalid specailday begtime", code: 301093, bad: []string{period + "spe_offdays.0.begtime=$1+3600", period + "spe_offdays.0.begtime=915120000"},
		good: []string{period, period + "spe_offdays.0.begtime=0; spe_offdays.0.begintime=$1"}},
	{text: "invalid specailday endtime", code: 301093, bad: []string{
		period + "spe_offdays.0.endtime=$3+60", period + "spe_offdays.0.endtime=915120000", weeks + "spe_offdays.0.endtime=$29-1",
	}, good: []string{period, weeks, offday + "spe_offdays.0.begtime=0; spe_offdays.0.endtime=0"}},
	{text: "conflict specailday", code: 301093, bad: []string{
		`spe_offdays=[{"timestamp":$1,"notes":"n"},{"timestamp":$1,"notes":"m"}]`, workday + offday, workday + period + "spe_workdays.0.timestamp=$3",
		weeks + `spe_offdays.1={"timestamp":$15,"notes":"n"}`, weeks + `spe_offdays.1={"type":1,"begtime":$16,"endtime":$29,"notes":"n"}`,
		weeks + `spe_offdays.1={"type":2,"timestamp":$15,"endtime":$57,"notes":"n"}`, `spe_offdays=[{"timestamp":$29,"notes":"n"},{"type":2,"timestamp":$1,"endtime":$29,"notes":"n"}]`,
	}, good: []string{
		`spe_offdays=[{"timestamp":$1,"notes":"n"},{"timestamp":$2,"notes":"m"}]`, workday + period + "spe_workdays.0.timestamp=$4",
		weeks + `spe_offdays.1={"timestamp":$14,"notes":"n"}`, weeks + `spe_offdays.1={"type":1,"begtime":$16,"endtime":$28,"notes":"n"}`,
		weeks + `spe_offdays.1={"type":2,"timestamp":$8,"endtime":$57,"notes":"n"}`, weeks + `spe_offdays.1={"timestamp":$43,"notes":"n"}`,
	}},
	{text: "invalid specailday timestamp", code: 301093, bad: []string{
		`spe_offdays=[{"notes":"n"}]`, offday + "spe_offdays.0.timestamp=$1+60", offday + "spe_offdays.0.timestamp=915120000",
		weeks + "spe_offdays.0.timestamp=-", workday + "spe_workdays.0.timestamp=-",
		offday + "spe_offdays.0.timestamp=1767628800000", // milliseconds
	}, good: []string{offday, weeks, workday}},
	{text: "invalid specailday begtime or endtime", code: 301093, bad: []string{
		period + "spe_offdays.0.begtime=-", period + "spe_offdays.0.endtime=-", period + "spe_offdays.0.endtime=$0", weeks + "spe_offdays.0.endtime=-",
	}, good: []string{period + "spe_offdays.0.endtime=$1", weeks + "spe_offdays.0.endtime=$1"}},
	// $1 is 2026-01-06; 2027-01-06 is 365 days later.
	{text: "the period of specialday cannot exceed one year", code: 301093, bad: []string{period + "spe_offdays.0.endtime=$367", weeks + "spe_offdays.0.endtime=$367"},
		good: []string{period + "spe_offdays.0.endtime=$366", weeks + "spe_offdays.0.endtime=$366"}},
	{text: "special day maximum value 366", code: 301093, bad: []string{"spe_offdays=" + offdays(367)}, good: []string{"spe_offdays=" + offdays(366)}},
	{text: "special workday should not have earliest_work_sec/latest_work_sec/earliest_off_work_sec/latest_off_work_sec", code: 301094,
		bad:  []string{workday + "spe_workdays.0.checkintime.0.earliest_work_sec=28800", workday + "spe_workdays.0.checkintime.0.latest_off_work_sec=72000"},
		good: []string{workday + "spe_workdays.0.checkintime.0.earliest_work_sec=0; spe_workdays.0.checkintime.0.latest_off_work_sec=0"}},
	{text: "special workday checkin time work_sec/off_work_sec invalid", code: 301093, bad: []string{
		special(14_340, 61_200), special(64_860, 68_400), special(32_400, 97_260), special(32_430, 61_200), special(64_800, 64_740),
		special(14_400, 100_860), // 24 h and a minute
	}, good: []string{special(14_400, 61_200), special(64_800, 68_400), special(32_400, 97_200)}},
	{text: "special work day need checkintime", code: 301093, bad: []string{workday + "spe_workdays.0.checkintime=-", workday + "spe_workdays.0.checkintime=[]"}, good: []string{workday}},
	{text: "special day notes cannot be empty", code: 301093, bad: []string{offday + `spe_offdays.0.notes=""`, workday + "spe_workdays.0.notes=-"}, good: []string{offday, workday}},
	{text: "special work day type invalid", code: 301093, bad: []string{workday + "spe_workdays.0.type=3", workday + "spe_workdays.0.type=-1"},
		good: []string{workday + "spe_workdays.0.type=2; spe_workdays.0.endtime=$15"}},
	{text: "invalid option_out_range, the maximum is 2", code: 301093, bad: []string{"option_out_range=3", "option_out_range=-1"}, good: []string{"option_out_range=2"}},
	{text: "invalid late rule, offwork_after_time should less than onwork_flex_time", code: 301093,
		why: "its English and its Chinese contradict each other and the line above; the page's example has equal values"},
	{text: "checkin time remind_off_work_sec invalid", code: 301093, bad: []string{"S.remind_off_work_sec=65100", "S.remind_off_work_sec=64740", "S.remind_off_work_sec=68460"},
		good: []string{"S.remind_off_work_sec=65400", "S.remind_off_work_sec=66000", "S.remind_off_work_sec=66600", "S.remind_off_work_sec=68400"}},
	{text: "there should be no overlap between the checkin times", code: 301093, bad: []string{
		second + "K.checkintime.1.earliest_work_sec=79140", "K.checkintime.0=" + lateShift + "; K.checkintime.1=" + dayShift + "; K.checkintime.1.latest_off_work_sec=79320",
		workday + "spe_workdays.0.checkintime.1=" + bare + "; spe_workdays.0.checkintime.1.work_sec=61140; spe_workdays.0.checkintime.1.remind_work_sec=61140; " +
			"spe_workdays.0.checkintime.1.off_work_sec=64800; spe_workdays.0.checkintime.1.remind_off_work_sec=64800",
	}, good: []string{
		second + "K.checkintime.1.earliest_work_sec=79200",
		workday + "spe_workdays.0.checkintime.1=" + bare + "; spe_workdays.0.checkintime.1.work_sec=61200; spe_workdays.0.checkintime.1.remind_work_sec=61200; " +
			"spe_workdays.0.checkintime.1.off_work_sec=64800; spe_workdays.0.checkintime.1.remind_off_work_sec=64800",
	}},
	{text: "invalid allow_apply_bk_day_limit, the maximum value is 180", code: 301093,
		bad: []string{buka + "allow_apply_bk_day_limit=-2", buka + "allow_apply_bk_day_limit=181"}, good: []string{buka + "allow_apply_bk_day_limit=180", buka + "allow_apply_bk_day_limit=0"}},
	{text: "a rest schedule with id 0 is required for freegroup", code: 301093, kind: "shift", bad: []string{"schedulelist.0.schedule_id=2"}, good: []string{""}},
	{text: "schedule time section, earliest_work_sec for the first period shall not be more than 4 hours before work_sec", code: 301093, kind: "shift",
		bad: []string{"S.earliest_work_sec=17940"}, good: []string{"S.earliest_work_sec=18000", "@fixed S.earliest_work_sec=17940"}},
	{text: "conflict schedule name", code: 301093, kind: "shift", bad: []string{`schedulelist.2={"schedule_id":2,"schedule_name":"早班"}`}, good: []string{`schedulelist.2={"schedule_id":2,"schedule_name":"晚班"}`}},
	{text: "conflict schedule id", code: 301093, kind: "shift", bad: []string{`schedulelist.2={"schedule_id":1,"schedule_name":"晚班"}`}, good: []string{`schedulelist.2={"schedule_id":2,"schedule_name":"晚班"}`}},
	{text: "rest schedule should not have checkin time", code: 301093, kind: "shift", bad: []string{"schedulelist.0.time_section=[" + lateShift + "]"}, good: []string{"schedulelist.0.time_section=[]"}},
	{text: "invalid rest schedule name", code: 301093, kind: "shift", bad: []string{`schedulelist.0.schedule_name="rest"`, `schedulelist.0.schedule_name=""`}, good: []string{""}},
	{text: "invalid schedule name", code: 301093, kind: "shift", bad: []string{`H.schedule_name=""`, "H.schedule_name=" + long(41)}, good: []string{"H.schedule_name=" + long(40)}},
	{text: "free group or unrestrain group do not have special work day", code: 301093, kind: "shift", bad: []string{workday, "@free " + workday}, good: []string{"@fixed " + workday}},
	{text: "freegroup do not have checkindate", code: 301094, kind: "shift", bad: []string{"checkindate=" + workdays(1)}, good: []string{"checkindate=[]", "@free checkindate=" + workdays(1)}},
	{text: "freegroup schedule size maximum 50", code: 301093, kind: "shift", bad: []string{"schedulelist=" + shifts(51)}, good: []string{"schedulelist=" + shifts(50)}},
	{text: "invalid offwork_interval_time, the value must be a multiple of 5 minutes and the maximum value cannot exceed 1435 minutes", code: 301093, kind: "free",
		bad: []string{"offwork_interval_time=360", "offwork_interval_time=86400", "offwork_interval_time=-300"}, good: []string{"offwork_interval_time=86100", "offwork_interval_time=0", "@fixed offwork_interval_time=360"}},
	{text: "unrestrain checkingroup do not have schedule", code: 301094, kind: "free", bad: []string{"schedulelist=" + shifts(2)}, good: []string{"schedulelist=[]"}},
	{text: "need fix_time_begin_sec and fix_time_end_sec", code: 301093, bad: []string{restSpans + `[{"fix_time_begin_sec":64800}]`, restSpans + "[{}]"}, good: []string{byPeriod}},
	{text: "When the grouptype is 1, the 'span_day_time' field should not appear in the request.", code: 301094, bad: []string{"span_day_time=14400"}, good: []string{"span_day_time=0"}},
	{text: "When the grouptype is 1, the 'standard_work_duration' field should not appear in the request.", code: 301094,
		bad: []string{"standard_work_duration=28800", "standard_work_duration=-1"}, good: []string{"standard_work_duration=0"}},
	{text: "When the grouptype is 2, the 'span_day_time' field should not appear in the request.", code: 301094, kind: "shift", bad: []string{"span_day_time=14400"}, good: []string{"span_day_time=0"}},
	{text: "When the grouptype is 2, the 'standard_work_duration' field should not appear in the request.", code: 301094, kind: "shift",
		bad: []string{"standard_work_duration=28800"}, good: []string{"standard_work_duration=0"}},
	{text: "The value of 'span_day_time' must be greater than or equal to 0 and less than 86400.", code: 301093, kind: "free",
		bad: []string{"span_day_time=86400", "span_day_time=-60"}, good: []string{"span_day_time=86340", "span_day_time=0"}},
	{text: "'span_day_time' must be a whole number of minutes, meaning it should be divisible by 60.", code: 301093, kind: "free", bad: []string{"span_day_time=14430"}, good: []string{"span_day_time=14400"}},
	{text: "The value of 'standard_work_duration' can only be -1 or increments of half hour, starting from 1 hour, such as 1.5 hours, 2 hours, 2.5 hours, all the way up to 23 hours, 23.5 hours, and 24 hours.",
		code: 301093, kind: "free",
		bad:  []string{"standard_work_duration=1800", "standard_work_duration=3660", "standard_work_duration=88200", "standard_work_duration=0", "standard_work_duration=-2"},
		good: []string{"standard_work_duration=-1", "standard_work_duration=3600", "standard_work_duration=5400", "standard_work_duration=86400"}},
}

// special returns a special working day from on to off.
func special(on, off int) string {
	return workday + fmt.Sprintf(`spe_workdays.0.checkintime=[{"work_sec":%[1]d,"off_work_sec":%[2]d,"remind_work_sec":%[1]d,"remind_off_work_sec":%[2]d}]`, on, off)
}
