package wire

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/internal/attendance"
)

func TestCompileWeeks(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name      string
		items     []string // members of each checkindate item
		even, odd [7]int8
	}{
		{"the first of two items wins", []string{`"workdays":[1,2,3]`, `"workdays":[3,4,0]`},
			[7]int8{1, 0, 0, 0, 1, -1, -1}, [7]int8{1, 0, 0, 0, 1, -1, -1}},
		{"bi-weekly without workdays", []string{`"biweekly":{"enable_weekday_recurrence":true,"odd_workdays":[1,6],"even_workdays":[1]}`},
			[7]int8{-1, 0, -1, -1, -1, -1, -1}, [7]int8{-1, 0, -1, -1, -1, -1, 0}},
		{"bi-weekly switched off", []string{`"workdays":[2],"biweekly":{"enable_weekday_recurrence":false,"odd_workdays":[1,6]}`},
			[7]int8{-1, -1, 0, -1, -1, -1, -1}, [7]int8{-1, -1, 0, -1, -1, -1, -1}},
		{"workdays say whose times a bi-weekly day has", []string{
			`"workdays":[1,2],"biweekly":{"enable_weekday_recurrence":1,"odd_workdays":[1,2,5,6],"even_workdays":[1]}`, `"workdays":[5,4]`},
			[7]int8{-1, 0, -1, -1, -1, -1, -1}, [7]int8{-1, 0, 0, -1, -1, 1, 0}},
		{"two bi-weekly items", []string{
			`"biweekly":{"enable_weekday_recurrence":true,"odd_workdays":[1],"even_workdays":[2]}`,
			`"biweekly":{"enable_weekday_recurrence":true,"odd_workdays":[2],"even_workdays":[1]}`},
			[7]int8{-1, 1, 0, -1, -1, -1, -1}, [7]int8{-1, 0, 1, -1, -1, -1, -1}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			items := ""
			for i, item := range tt.items {
				if i > 0 {
					items += ","
				}
				items += `{"checkintime":[{"work_sec":0,"off_work_sec":60}],` + item + `}`
			}
			r := compile(t, FormRead, `{"grouptype":1,"checkindate":[`+items+`]}`)
			if diff := cmp.Diff([2][7]int8{tt.even, tt.odd}, r.Weeks); diff != "" {
				t.Errorf("weeks (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCompileFlex(t *testing.T) {
	t.Parallel()
	const late = `"late_rule":{"allow_offwork_after_time":true,"offwork_after_time":900,"onwork_flex_time":900}`
	step := []attendance.LateStep{{After: 900, Allow: 900}}
	tests := []struct {
		name, day string
		form      RuleForm
		flex      attendance.Flex
		late      []attendance.LateStep
	}{
		{"tolerance", `"flex_on_duty_time":600,"flex_off_duty_time":300`, FormRead, attendance.Flex{Late: 600, Early: 300}, nil},
		{"shifting", `"max_allow_arrive_early":1800,"max_allow_arrive_late":3600,"flex_on_duty_time":0`, FormRead, attendance.Flex{ShiftEarly: 1800, ShiftLate: 3600}, nil},
		{"flex_time in milliseconds", `"flex_on_duty_time":-1,"flex_off_duty_time":-1,"flex_time":300000`, FormRead, attendance.Flex{Late: 300, Early: 300}, nil},
		{"flex_time alone", `"flex_time":300000`, FormRead, attendance.Flex{Late: 300, Early: 300}, nil},
		{"flex_time not asked for", `"flex_on_duty_time":0,"flex_off_duty_time":0,"flex_time":300000`, FormRead, attendance.Flex{}, nil},
		{"read form, not allowed", `"allow_flex":false,"flex_on_duty_time":600,` + late, FormRead, attendance.Flex{}, nil},
		{"read form, not said", late, FormRead, attendance.Flex{}, step},
		{"write form, not said", `"flex_on_duty_time":600,` + late, FormWrite, attendance.Flex{}, nil},
		{"write form, allowed", `"allow_flex":true,"flex_on_duty_time":600,` + late, FormWrite, attendance.Flex{Late: 600}, step},
		{"late rule, not allowed", `"late_rule":{"allow_offwork_after_time":0,"offwork_after_time":900,"onwork_flex_time":900}`, FormRead, attendance.Flex{}, nil},
		{"tiers win and are put in order",
			`"late_rule":{"allow_offwork_after_time":1,"offwork_after_time":900,"onwork_flex_time":900,"timerules":[
				{"offwork_after_time":7200,"onwork_flex_time":3600},{"offwork_after_time":3600,"onwork_flex_time":900},
				{"offwork_after_time":3600,"onwork_flex_time":1800}]}`,
			FormRead, attendance.Flex{}, []attendance.LateStep{{After: 3600, Allow: 1800}, {After: 7200, Allow: 3600}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := compile(t, tt.form, fixed("", ","+tt.day)).Workday[0]
			if got.Flex != tt.flex || cmp.Diff(tt.late, got.LateRule) != "" {
				t.Errorf("got %+v %v, want %+v %v", got.Flex, got.LateRule, tt.flex, tt.late)
			}
		})
	}
	shift := compile(t, FormWrite, `{"grouptype":2,"schedulelist":[{"schedule_id":1,"flex_on_duty_time":300}]}`)
	if got := shift.Shifts[0].Flex.Late; got != 300 {
		t.Errorf("a shift's allow_flex is true by default: tolerance %d, want 300", got)
	}
}

func TestCompileRests(t *testing.T) {
	t.Parallel()
	noon, tea := span(12, 0, 13, 0), span(15, 0, 15, 15)
	tests := []struct {
		name, rests string
		form        RuleForm
		want        []attendance.Span
	}{
		{"read form", `"rest_begin_time":43200,"rest_end_time":46800,"rest_times":[{"rest_begin_time":54000,"rest_end_time":54900}]`, FormRead, []attendance.Span{noon, tea}},
		{"read form, not allowed", `"allow_rest":false,"rest_begin_time":43200,"rest_end_time":46800`, FormRead, nil},
		{"write form, not said", `"rest_begin_time":43200,"rest_end_time":46800`, FormWrite, nil},
		{"write form, all in the list", `"allow_rest":true,"rest_times":[{"rest_begin_time":54000,"rest_end_time":54900},{"rest_begin_time":43200,"rest_end_time":46800}]`, FormWrite, []attendance.Span{noon, tea}},
		{"repeated in the list", `"allow_rest":true,"rest_begin_time":43200,"rest_end_time":46800,"rest_times":[{"rest_begin_time":43200,"rest_end_time":46800}]`, FormWrite, []attendance.Span{noon}},
		{"overlapping", `"allow_rest":true,"rest_begin_time":43200,"rest_end_time":45000,"rest_times":[{"rest_begin_time":44000,"rest_end_time":46800}]`, FormWrite, []attendance.Span{noon}},
		{"outside the section", `"allow_rest":true,"rest_begin_time":28800,"rest_end_time":36000,"rest_times":[{"rest_begin_time":64800,"rest_end_time":70000}]`, FormWrite, []attendance.Span{span(9, 0, 10, 0)}},
		{"zeros", `"allow_rest":true,"rest_begin_time":0,"rest_end_time":0`, FormWrite, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := compile(t, tt.form, fmt.Sprintf(`{"grouptype":1,"checkindate":[{"checkintime":[{"work_sec":32400,"off_work_sec":64800,%s}]}]}`, tt.rests))
			if diff := cmp.Diff(tt.want, r.Workday[0].Sections[0].Rests); diff != "" {
				t.Errorf("rests (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCompileOwed(t *testing.T) {
	t.Parallel()
	r := compile(t, FormRead, `{"grouptype":1,"checkindate":[{"checkintime":[
		{"time_id":2,"work_sec":50400,"off_work_sec":64800,"no_need_checkoff":true},
		{"work_sec":32400,"off_work_sec":43200,"no_need_checkon":true}]}]}`)
	first, second := r.Workday[0].Sections[0], r.Workday[0].Sections[1]
	if first.On != clock(9, 0) || first.OnOwed || !first.OffOwed || !second.OnOwed || second.OffOwed {
		t.Errorf("got %+v, then %+v", first, second)
	}
	if first.ID != 1 || second.ID != 2 {
		t.Errorf("ids %d, %d; want the free 1 and the given 2", first.ID, second.ID)
	}
}

// 2025-09-10 begins at 1757433600 in Shanghai and at 1757476800 in New York.
func TestCompileSpecialDays(t *testing.T) {
	t.Parallel()
	sep := func(day int) attendance.Day { return attendance.DayOf(2025, 9, day) }
	tests := []struct {
		name, day, zone string
		first, last     attendance.Day
		step            int32
	}{
		{"single date", `{"type":0,"timestamp":1757433600,"begtime":0,"endtime":0}`, "", sep(10), sep(10), 1},
		{"the corp's zone", `{"timestamp":1757476800}`, "America/New_York", sep(10), sep(10), 1},
		{"period", `{"type":1,"begtime":1757433600,"endtime":1757520000}`, "", sep(10), sep(11), 1},
		{"period, another spelling", `{"type":1,"begintime":1757433600,"endtime":1757520000}`, "", sep(10), sep(11), 1},
		{"every second week", `{"type":2,"timestamp":1757433600,"endtime":1758643200}`, "", sep(10), sep(24), 14},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r, err := CompileRule([]byte(`{"grouptype":2,"spe_offdays":[`+tt.day+`]}`), FormRead, zone(t, tt.zone))
			if err != nil {
				t.Fatal(err)
			}
			if s := r.SpecialOff[0]; s.First != tt.first || s.Last != tt.last || s.Step != tt.step {
				t.Errorf("got %s to %s by %d, want %s to %s by %d", s.First, s.Last, s.Step, tt.first, tt.last, tt.step)
			}
		})
	}
}

func TestCompileRestDayStart(t *testing.T) {
	t.Parallel()
	for doc, want := range map[string]attendance.TimeOfDay{
		`,"ot_info":{"otcheckinfo":{"ot_nonworkingday_spanday_time":14400},"otapplyinfo":{"ot_nonworkingday_spanday_time":0}}`: clock(4, 0),
		`,"ot_info":{"otcheckinfo":{"ot_nonworkingday_spanday_time":0},"otapplyinfo":{"ot_nonworkingday_spanday_time":18000}}`: clock(5, 0),
		``: 0,
	} {
		if r := compile(t, FormRead, fixed(doc, "")); r.RestDayStart != want {
			t.Errorf("%s: got %s, want %s", doc, r.RestDayStart, want)
		}
	}
}
