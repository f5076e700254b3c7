package wire

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/internal/attendance"
)

func zone(t testing.TB, name string) *attendance.Zone {
	t.Helper()
	z, err := attendance.LoadZone(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func compile(t *testing.T, form RuleForm, doc string) *attendance.Rule {
	t.Helper()
	r, err := CompileRule([]byte(doc), form, zone(t, ""))
	if err != nil {
		t.Fatalf("%s: %v", doc, err)
	}
	return r
}

// fixed returns a rule document with fixed times: members are more of the rule's
// own, day more of its one checkindate item.
func fixed(members, day string) string {
	return fmt.Sprintf(`{"grouptype":1%s,"checkindate":[{"workdays":[1,2,3,4,5],
		"checkintime":[{"time_id":1,"work_sec":32400,"off_work_sec":64800}]%s}]}`, members, day)
}

func clock(h, m int) attendance.TimeOfDay { return attendance.TimeOfDay(h*3600 + m*60) }

func span(h1, m1, h2, m2 int) attendance.Span {
	return attendance.Span{From: clock(h1, m1), To: clock(h2, m2)}
}

// The second document of add_checkin_option in WeCom's pages, cut to what is compiled.
func TestCompileWriteForm(t *testing.T) {
	t.Parallel()
	got := compile(t, FormWrite, `{"grouptype":2,"groupname":"排班规则示例","type":0,"schedulelist":[
		{"schedule_id":0,"schedule_name":"休息"},
		{"schedule_id":1,"schedule_name":"早班","time_section":[{"time_id":1,"work_sec":32400,"off_work_sec":64800,
			"remind_work_sec":31800,"remind_off_work_sec":64800,"earliest_work_sec":21600,"latest_work_sec":43200,
			"earliest_off_work_sec":54000,"latest_off_work_sec":79200,"allow_rest":true,"rest_begin_time":43200,
			"rest_end_time":46800,"rest_times":[{"rest_begin_time":57600,"rest_end_time":58200}]}],
			"allow_flex":true,"flex_on_duty_time":300,"flex_off_duty_time":300,"max_allow_arrive_early":0,
			"max_allow_arrive_late":0,"late_rule":{"allow_offwork_after_time":true,
			"timerules":[{"offwork_after_time":3600,"onwork_flex_time":3600}]}}],
		"spe_offdays":[{"type":0,"timestamp":1893427200,"notes":"停产日"}],"sync_holidays":true,
		"range":{"party_id":["2"],"userid":["james"],"tagid":[2]},"white_users":["canno"],
		"allow_apply_offworkday":true,"allow_apply_bk_cnt":3,"allow_apply_bk_day_limit":30,
		"buka_limit_next_month":5,"buka_restriction":0,"option_out_range":1,"checkin_method_type":0}`)
	week := [7]int8{-1, -1, -1, -1, -1, -1, -1}
	want := &attendance.Rule{
		Name: "排班规则示例", Type: attendance.ShiftRule,
		Range:  attendance.Range{Users: []attendance.UserID{"james"}, Depts: []attendance.DeptID{2}, Tags: []attendance.TagID{2}},
		Exempt: []attendance.UserID{"canno"},
		Weeks:  [2][7]int8{week, week},
		SpecialOff: []attendance.SpecialDay{{
			First: attendance.DayOf(2030, 1, 1), Last: attendance.DayOf(2030, 1, 1), Step: 1, Notes: "停产日",
		}},
		Shifts: []attendance.Shift{{Name: "休息"}, {ID: 1, Name: "早班", DaySpec: attendance.DaySpec{
			Sections: []attendance.Section{{
				ID: 1, On: clock(9, 0), Off: clock(18, 0), OnWindow: span(6, 0, 12, 0), OffWindow: span(15, 0, 22, 0),
				Rests:  []attendance.Span{span(12, 0, 13, 0), span(16, 0, 16, 10)},
				OnOwed: true, OffOwed: true, RemindOn: clock(8, 50), RemindOff: clock(18, 0),
			}},
			Flex:     attendance.Flex{Late: 300, Early: 300},
			LateRule: []attendance.LateStep{{After: 3600, Allow: 3600}},
		}}},
		Places: attendance.PlaceFieldWork, Method: attendance.ManyPairs, FreeStandard: -1,
		Corrections: attendance.CorrectionPolicy{Allowed: true, PerMonth: 3, DayLimit: 30, NextMonthUntil: 5},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rule (-want +got):\n%s", diff)
	}
}

// The answer of getcorpcheckinoption in document 93384, cut to what is compiled:
// two sections, old limits, no ids, stamps of 2017.
func TestCompileReadForm(t *testing.T) {
	t.Parallel()
	got := compile(t, FormRead, `{"grouptype":1,"groupid":69,"groupname":"打卡规则1","checkindate":[{"workdays":[1,2,3,4,5],
		"checkintime":[{"work_sec":36000,"off_work_sec":43200,"remind_work_sec":35400,"remind_off_work_sec":43200},
			{"work_sec":50400,"off_work_sec":72000,"remind_work_sec":49800,"remind_off_work_sec":72000}],
		"noneed_offwork":true,"limit_aheadtime":10800000,"flex_on_duty_time":0,"flex_off_duty_time":0}],
		"spe_workdays":[{"timestamp":1512144000,"notes":"必须打卡的日期","checkintime":[{"work_sec":32400,"off_work_sec":61200}]}],
		"spe_offdays":[{"timestamp":1512057600,"notes":"不需要打卡的日期","checkintime":[]}],
		"sync_holidays":true,"allow_checkin_offworkday":true,"allow_apply_offworkday":true,
		"range":{"party_id":[],"userid":["icef","LiJingZhong"],"tagid":[2]},"white_users":["canno"],
		"allow_apply_bk_cnt":-1,"allow_apply_bk_day_limit":-1,"option_out_range":0,"offwork_interval_time":300,
		"group.checkin_method_type":0}`)
	week := [7]int8{-1, 0, 0, 0, 0, 0, -1}
	dec := func(day int) attendance.Day { return attendance.DayOf(2017, 12, day) }
	want := &attendance.Rule{
		ID: 69, Name: "打卡规则1", Type: attendance.FixedRule,
		Range:  attendance.Range{Users: []attendance.UserID{"icef", "LiJingZhong"}, Tags: []attendance.TagID{2}},
		Exempt: []attendance.UserID{"canno"},
		Weeks:  [2][7]int8{week, week},
		Workday: []attendance.DaySpec{{Sections: []attendance.Section{{
			ID: 1, On: clock(10, 0), Off: clock(12, 0), OnWindow: span(7, 0, 11, 59), OffWindow: span(10, 1, 12, 59),
			OnOwed: true, RemindOn: clock(9, 50), RemindOff: clock(12, 0),
		}, {
			ID: 2, On: clock(14, 0), Off: clock(20, 0), OnWindow: span(13, 0, 19, 59), OffWindow: span(14, 1, 27, 59),
			OnOwed: true, RemindOn: clock(13, 50), RemindOff: clock(20, 0),
		}}}},
		SpecialWork: []attendance.SpecialDay{{First: dec(2), Last: dec(2), Step: 1, Notes: "必须打卡的日期",
			DaySpec: attendance.DaySpec{Sections: []attendance.Section{{
				ID: 1, On: clock(9, 0), Off: clock(17, 0), OnWindow: span(4, 0, 16, 59), OffWindow: span(9, 1, 27, 59),
				OnOwed: true, OffOwed: false, RemindOn: attendance.NoTime, RemindOff: attendance.NoTime,
			}}}}},
		SpecialOff:   []attendance.SpecialDay{{First: dec(1), Last: dec(1), Step: 1, Notes: "不需要打卡的日期"}},
		SyncHolidays: true, RestDayPunches: true, Method: attendance.ManyPairs, OffInterval: 300, FreeStandard: -1,
		Corrections: attendance.CorrectionPolicy{Allowed: true, PerMonth: -1, DayLimit: -1, NextMonthUntil: -1},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rule (-want +got):\n%s", diff)
	}
}

func TestCompileFreeRule(t *testing.T) {
	t.Parallel()
	r := compile(t, FormRead, `{"grouptype":3,"checkindate":[{"workdays":[1,6]}],"span_day_time":18000,
		"standard_work_duration":28800,"offwork_interval_time":300,"spe_workdays":[{"timestamp":1,"checkintime":[{}]}]}`)
	if r.DayStart != clock(5, 0) || r.FreeStandard != 28800 || r.OffInterval != 300 || r.Method != attendance.ManyPairs {
		t.Errorf("got %+v", r)
	}
	if want := [7]int8{-1, 0, -1, -1, -1, -1, 0}; r.Weeks != [2][7]int8{want, want} {
		t.Errorf("weeks %v", r.Weeks)
	}
	if len(r.SpecialWork) != 0 {
		t.Error("a free rule has no special working days")
	}
	if r = compile(t, FormWrite, `{"grouptype":3}`); r.FreeStandard != -1 || !r.SyncHolidays {
		t.Errorf("defaults: %+v", r)
	}
}

func TestCompileDefaultsByForm(t *testing.T) {
	t.Parallel()
	read, write := compile(t, FormRead, fixed("", "")), compile(t, FormWrite, fixed("", ""))
	if read.SyncHolidays || !write.SyncHolidays {
		t.Errorf("sync_holidays: read %v, write %v", read.SyncHolidays, write.SyncHolidays)
	}
	if read.Method != attendance.OnePair || write.Method != attendance.OnePair {
		t.Errorf("checkin_method_type: read %v, write %v", read.Method, write.Method)
	}
	want := attendance.CorrectionPolicy{PerMonth: -1, DayLimit: -1, NextMonthUntil: -1}
	if read.Corrections != want || write.Corrections != want {
		t.Errorf("corrections: read %+v, write %+v", read.Corrections, write.Corrections)
	}
	if r := compile(t, FormWrite, `{"grouptype":2,"sync_holidays":true}`); r.SyncHolidays {
		t.Error("a shift rule follows the public calendar")
	}
}

// Each liberty of protocol 14.2 means the same as the plain document.
func TestCompileLiberties(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, free, plain string }{
		{"numbers in quotes", `{"grouptype":"1","groupid":"7"}`, `{"grouptype":1,"groupid":7}`},
		{"null is absent", `{"grouptype":1,"spe_offdays":null,"sync_holidays":null,"white_users":[null],"range":null}`, `{"grouptype":1}`},
		{"range as array", `{"grouptype":1,"range":[{"party_id":[1]},{"userid":["a"],"partyid":["2"],"tagid":["3",0]}]}`,
			`{"grouptype":1,"range":{"party_id":["1","2"],"userid":["a"],"tagid":[3]}}`},
		{"booleans for numbers", `{"grouptype":1,"option_out_range":true,"buka_limit_next_month":true}`, `{"grouptype":1,"option_out_range":1,"buka_limit_next_month":1}`},
		{"zero is not set", `{"grouptype":1,"allow_apply_bk_day_limit":0,"buka_limit_next_month":false}`, `{"grouptype":1}`},
		{"unknown members", `{"grouptype":1,"errcode":0,"x":{"y":[null]}}`, `{"grouptype":1}`},
		{"the later of two", `{"grouptype":2,"grouptype":1}`, `{"grouptype":1}`},
	}
	const days = `,"checkindate":[{"checkintime":[{"work_sec":0,"off_work_sec":60}]}]}`
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			free, plain := strings.TrimSuffix(tt.free, "}")+days, strings.TrimSuffix(tt.plain, "}")+days
			if diff := cmp.Diff(compile(t, FormWrite, plain), compile(t, FormWrite, free)); diff != "" {
				t.Errorf("(-plain +free):\n%s", diff)
			}
		})
	}
	if r := compile(t, FormRead, fixed(`,"buka_restriction":18446744073709551615`, "")); r.Corrections.Closed != 1<<64-1 {
		t.Errorf("buka_restriction %x", r.Corrections.Closed)
	}
}

func TestCompileRefuses(t *testing.T) {
	t.Parallel()
	section := func(members string) string {
		return `{"grouptype":1,"checkindate":[{"checkintime":[{"work_sec":3600,"off_work_sec":7200},{"work_sec":36000,"off_work_sec":43200,` + members + `}]}]}`
	}
	tests := []struct{ doc, want string }{
		{``, "not JSON at byte 0"},
		{`{"grouptype":1`, "not JSON at byte"},
		{`[]`, "the document: a JSON array has no meaning here"},
		{`{}`, "grouptype: is missing"},
		{`{"grouptype":4}`, "grouptype: 4 is not between 1 and 3"},
		{`{"grouptype":"eins"}`, `grouptype: "eins" is not a whole number`},
		{`{"grouptype":1.5}`, "grouptype: 1.5 is not a whole number"},
		{`{"grouptype":1}`, "checkindate: a rule with fixed times needs a working day"},
		{`{"grouptype":1,"checkindate":{}}`, "checkindate: a JSON object has no meaning here"},
		{`{"grouptype":1,"checkindate":[{}]}`, "checkindate[0].checkintime: a working day needs a section"},
		{`{"grouptype":1,"checkindate":[{"workdays":[1,7]}]}`, "checkindate[0].workdays[1]: 7 is no weekday"},
		{section(`"off_work_sec":30000`), "checkindate[0].checkintime[1].off_work_sec: 30000 is not after work_sec 36000"},
		{section(`"off_work_sec":null`), "checkindate[0].checkintime[1].off_work_sec: is missing"},
		{section(`"work_sec":7000`), "checkindate[0].checkintime[1].work_sec: 7000 lies before off_work_sec 7200 of another section"},
		{section(`"off_work_sec":130000`), "checkindate[0].checkintime[1].off_work_sec: 130000 is more than a day after work_sec 36000"},
		{section(`"earliest_work_sec":40000,"latest_work_sec":39000`), "checkintime[1].latest_work_sec: the on-duty window"},
		{section(`"earliest_work_sec":3660`), "checkintime[0].latest_off_work_sec: the off-duty window"},
		{section(`"rest_begin_time":40000,"rest_end_time":39000`), "checkintime[1].rest_end_time: 39000 is not after rest_begin_time 40000"},
		{fixed("", `,"flex_on_duty_time":-2`), "checkindate[0].flex_on_duty_time: -2 is not between"},
		{fixed("", `,"late_rule":{"allow_offwork_after_time":1,"timerules":[{"offwork_after_time":-1}]}`), "checkindate[0].late_rule.timerules[0].offwork_after_time: -1"},
		{fixed(`,"spe_offdays":[{}]`, ""), "spe_offdays[0].timestamp: is missing"},
		{fixed(`,"spe_offdays":[{"type":3,"timestamp":1}]`, ""), "spe_offdays[0].type: 3"},
		{fixed(`,"spe_offdays":[{"type":1,"begtime":1757433600,"endtime":1757347200}]`, ""), "spe_offdays[0].endtime: 2025-09-09 is before the first day 2025-09-10"},
		{fixed(`,"spe_offdays":[{"timestamp":9000000000000}]`, ""), "spe_offdays[0].timestamp: 9000000000000 is not between"},
		{fixed(`,"spe_workdays":[{"timestamp":1757347200}]`, ""), "spe_workdays[0].checkintime: a special working day needs a section"},
		{fixed(`,"range":{"party_id":["a"]}`, ""), `range.party_id[0]: "a" is not a whole number`},
		{fixed(`,"range":[{"party_id":[-1]}]`, ""), "range.party_id[0]: -1"},
		{fixed(`,"option_out_range":3`, ""), "option_out_range: 3"},
		{fixed(`,"sync_holidays":"perhaps"`, ""), `sync_holidays: "perhaps" is not true or false`},
		{fixed(`,"buka_restriction":-1`, ""), "buka_restriction: -1 is not a bit mask"},
		{`{"grouptype":3,"span_day_time":86400}`, "span_day_time: 86400"},
		{`{"grouptype":2,"schedulelist":[{"schedule_id":3},{"schedule_id":3}]}`, "schedulelist[1].schedule_id: 3 is the id of another shift, too"},
	}
	for _, tt := range tests {
		r, err := CompileRule([]byte(tt.doc), FormRead, zone(t, ""))
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s:\n got %v, %v\nwant %s", tt.doc, r, err, tt.want)
		}
	}
	if _, err := CompileRule([]byte(fixed("", "")), "", zone(t, "")); err == nil {
		t.Error("an unknown form is accepted")
	}
}
