package scenario

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/attendance"
)

func texts(s string) checkin.Text {
	return checkin.Text{Data: checkin.List[checkin.TextData]{{Lang: "zh_CN", Text: s}}}
}

func TestCompare(t *testing.T) {
	t.Parallel()
	day := attendance.DayOf(2025, 9, 10)
	yes, no, money := true, false, int64(3600)
	report := &checkin.DayData{
		SummaryInfo:    checkin.DaySummaryInfo{CheckinCount: 2, LatestTime: 64800},
		ExceptionInfos: checkin.List[checkin.ExceptionInfo]{{Exception: 4, Count: 1, Duration: 7200}, {Exception: 1, Count: 1, Duration: 60}},
		SPItems:        checkin.List[checkin.SPItem]{{Type: 1, VacationID: 2, Count: 1, Duration: 360, Name: "年假"}},
		HolidayInfos:   checkin.List[checkin.HolidayInfo]{{SPNumber: "9", SPTitle: texts("加班2.0小时"), SPDescription: texts("x")}},
		OTInfo:         checkin.OTInfo{OTStatus: 2, ExceptionDuration: checkin.List[int64]{3600}, WorkdayOverAsMoney: &money},
	}
	result := &Result{
		Days:       map[attendance.Day]*checkin.DayData{day: report},
		Rejects:    map[attendance.Day][]int{day: {301080}},
		Categories: map[attendance.Day]string{day: "workday"},
	}
	tests := []struct {
		name   string
		expect Expectation
		want   []Mismatch
	}{
		{"nothing listed", Expectation{}, nil},
		{"all right", Expectation{
			Row:        &yes,
			Numbers:    map[string]int64{"checkin_count": 2, "lastest_time": 64800},
			Exceptions: map[int64]Tally{1: {1, 60}, 4: {1, 7200}},
			Items:      map[ItemKey]Item{{1, 2}: {Numbers: map[string]int64{"duration": 360}, Name: "年假"}},
			Approvals:  []ApprovalText{{"9", "加班2.0小时", "x"}},
			Overtime:   map[string]int64{"workday_over_as_money": 3600, "restday_over_as_money": 0},
			Shortages:  []int64{3600},
			Category:   "workday",
			Rejects:    []int{301080},
		}, nil},
		{"number", Expectation{Numbers: map[string]int64{"checkin_count": 1}}, []Mismatch{{"2025-09-10 checkin_count", "1", "2", day}}},
		{"exceptions as a whole", Expectation{Exceptions: map[int64]Tally{1: {1, 60}}},
			[]Mismatch{{"2025-09-10 exceptions", "{1: 1/60}", "{1: 1/60, 4: 1/7200}", day}}},
		{"no exceptions", Expectation{Exceptions: map[int64]Tally{}},
			[]Mismatch{{"2025-09-10 exceptions", "{}", "{1: 1/60, 4: 1/7200}", day}}},
		{"item", Expectation{Items: map[ItemKey]Item{{1, 2}: {Numbers: map[string]int64{"count": 2}}, {100, 0}: {}}},
			[]Mismatch{{"2025-09-10 sp_items 1:2 count", "2", "1", day}, {"2025-09-10 sp_items 100:0", "an entry", "none", day}}},
		{"no approvals", Expectation{Approvals: []ApprovalText{}},
			[]Mismatch{{"2025-09-10 holiday_infos", "[]", "[{9 加班2.0小时 x}]", day}}},
		{"overtime", Expectation{Overtime: map[string]int64{"ot_status": 1}}, []Mismatch{{"2025-09-10 ot_info.ot_status", "1", "2", day}}},
		{"shortage", Expectation{Shortages: []int64{}}, []Mismatch{{"2025-09-10 ot_info.exception_duration", "[]", "[3600]", day}}},
		{"category", Expectation{Category: "holiday"}, []Mismatch{{"2025-09-10 category", "holiday", "workday", day}}},
		{"rejects", Expectation{Rejects: []int{}}, []Mismatch{{"2025-09-10 rejects", "[]", "[301080]", day}}},
		{"a row too many", Expectation{Row: &no}, []Mismatch{{"2025-09-10 row", "false", "true", day}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := &Scenario{Days: map[attendance.Day]*Expectation{day: &tt.expect}}
			if diff := cmp.Diff(tt.want, Compare(s, result)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	for name, e := range map[string]*Expectation{"row": {Row: &yes}, "exceptions": {Exceptions: map[int64]Tally{}}} {
		s := &Scenario{Days: map[attendance.Day]*Expectation{day: e}}
		if diff := cmp.Diff([]Mismatch{{"2025-09-10 row", "true", "false", day}}, Compare(s, &Result{})); diff != "" {
			t.Errorf("no row, %s expected (-want +got):\n%s", name, diff)
		}
	}
}

func TestCompareMonthAndPolicy(t *testing.T) {
	t.Parallel()
	s := &Scenario{Month: &Expectation{
		Numbers:    map[string]int64{"work_days": 3, "groupid": 2},
		Exceptions: map[int64]Tally{},
		Overtime:   map[string]int64{"workday_over_sec": 60, "holidays_over_sec": 0},
	}}
	got := Compare(s, &Result{Month: &checkin.MonthData{SummaryInfo: checkin.MonthSummaryInfo{WorkDays: 3}}})
	want := []Mismatch{{"month groupid", "2", "0", 0}, {"month overwork_info.workday_over_sec", "60", "0", 0}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("month (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Mismatch{{"month row", "true", "false", 0}}, Compare(s, &Result{})); diff != "" {
		t.Errorf("no month (-want +got):\n%s", diff)
	}
	s = &Scenario{Policy: &PolicyQuestion{Errcode: 301102}}
	if diff := cmp.Diff([]Mismatch{{"errcode", "301102", "0", 0}}, Compare(s, &Result{Policy: &PolicyResult{}})); diff != "" {
		t.Errorf("policy (-want +got):\n%s", diff)
	}
}

// What a scenario may expect is what the comparison can find in a report.
func TestComparedNames(t *testing.T) {
	t.Parallel()
	for name, pair := range map[string]struct {
		keys   []string
		values map[string]int64
	}{
		"day":            {dayNumbers, dayValues(&checkin.DayData{})},
		"month":          {monthNumbers, monthValues(&checkin.MonthData{})},
		"day overtime":   {dayOvertime, dayOvertimeValues(&checkin.OTInfo{})},
		"month overtime": {monthOvertime, monthOvertimeValues(&checkin.OverworkInfo{})},
	} {
		if diff := cmp.Diff(slices.Sorted(slices.Values(pair.keys)), slices.Sorted(maps.Keys(pair.values))); diff != "" {
			t.Errorf("%s (-keys +values):\n%s", name, diff)
		}
	}
	for c, want := range map[attendance.Category]string{attendance.Workday: "workday", attendance.RestDay: "restday", attendance.HolidayDay: "holiday"} {
		if got := Category(c); got != want {
			t.Errorf("category %d is %q, want %q", c, got, want)
		}
	}
}

type targetFunc func(*Scenario) (*Result, error)

func (f targetFunc) Evaluate(_ context.Context, s *Scenario) (*Result, error) { return f(s) }

func TestRun(t *testing.T) {
	t.Parallel()
	f := &File{}
	for _, id := range []string{"K1", "K2", "K3", "K4"} {
		f.Scenarios = append(f.Scenarios, Scenario{ID: id, Basis: "documented", Title: "t", Policy: &PolicyQuestion{Accept: true}})
	}
	var out strings.Builder
	passed, failed := Run(t.Context(), f, targetFunc(func(s *Scenario) (*Result, error) {
		switch s.ID {
		case "K1":
			return &Result{Policy: &PolicyResult{Accept: true}}, nil
		case "K2":
			return &Result{Policy: &PolicyResult{}}, nil
		case "K3":
			return nil, errors.New("boom")
		}
		return nil, nil
	}), &out)
	want := `FAIL K2 (documented): t
    accept: expected true, got false
FAIL K3 (documented): t
    error: boom
FAIL K4 (documented): t
    error: the target gave no result
`
	if passed != 1 || failed != 3 || out.String() != want {
		t.Errorf("%d passed, %d failed:\n%s", passed, failed, out.String())
	}
}
