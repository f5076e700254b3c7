package main

import (
	"errors"
	"testing"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/export"
	"github.com/google/go-cmp/cmp"
)

// The months of a longer period are added up.
func TestExportMonths(t *testing.T) {
	t.Parallel()
	holiday := int64(600)
	october := checkin.MonthData{
		BaseInfo:       checkin.MonthBaseInfo{AcctID: "li", Name: "李四", DepartsName: "公司/甲", RuleInfo: checkin.MonthRuleInfo{GroupName: "旧"}},
		SummaryInfo:    checkin.MonthSummaryInfo{WorkDays: 17, RegularDays: 16, ExceptDays: 1, RestDays: 14, RegularWorkSec: 100, StandardWorkSec: 200},
		ExceptionInfos: []checkin.ExceptionInfo{{Exception: checkin.ExceptionLate, Count: 2, Duration: 60}, {Exception: checkin.ExceptionDevice, Count: 1}},
		SPItems: []checkin.SPItem{
			{Type: checkin.SPLeave, Name: "年假", Count: 1, Duration: 43_200, TimeType: checkin.TimeDays},
			{Type: checkin.SPCorrection, Count: 3}, {Type: checkin.SPFieldWork, Count: 4}, {Type: checkin.SPApprovalPunch, Count: 5},
		},
		OverworkInfo: checkin.OverworkInfo{WorkdayOverSec: 10, RestdaysOverSec: 20, HolidaysOverSec: &holiday, RestdaysOverAsVacation: 7, HolidaysOverAsMoney: 8},
	}
	november := checkin.MonthData{
		BaseInfo:       checkin.MonthBaseInfo{AcctID: "li", DepartsName: "公司/乙", RuleInfo: checkin.MonthRuleInfo{GroupName: "新"}},
		SummaryInfo:    checkin.MonthSummaryInfo{WorkDays: 21, RegularDays: 21, RestDays: 9, RegularWorkSec: 1, StandardWorkSec: 2},
		ExceptionInfos: []checkin.ExceptionInfo{{Exception: checkin.ExceptionLate, Count: 1, Duration: 30}},
		SPItems:        []checkin.SPItem{{Type: checkin.SPTrip, Count: 1, Duration: 3600, TimeType: checkin.TimeHours}},
		OverworkInfo:   checkin.OverworkInfo{WorkdayOverSec: 5, WorkdaysOverAsVacation: 5},
	}
	got := exportMonth(&october, 100, 130)
	addMonth(&got, &november, 160)
	want := export.Month{
		Person: export.Person{UserID: "li", Name: "李四", Departs: "公司/乙"}, From: 100, To: 160, Rule: "新",
		WorkDays: 38, RegularDays: 37, ExceptDays: 1, RestDays: 23, Overtime: [3]int64{15, 20, 600}, TimeOff: 12, Pay: 8,
		Figures: export.Figures{
			Standard: 202, Worked: 101, Late: 3, LateSec: 90, Device: 1, Corrected: 3, Outside: 4,
			Requests: []export.Request{
				{Kind: attendance.LeaveApproval, Name: "年假", Count: 1, Seconds: 43_200, ByDay: true},
				{Kind: attendance.TripApproval, Count: 1, Seconds: 3600},
			},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestExportShifts(t *testing.T) {
	t.Parallel()
	li := export.Person{UserID: "li"}
	m := checkin.MemberSchedule{UserID: "li", YearMonth: 202611, GroupName: "车间", Schedule: checkin.Schedule{ScheduleList: []checkin.ScheduleDay{
		{Day: 1, ScheduleInfo: checkin.ScheduleInfo{ScheduleName: "休息"}},
		{Day: 30, ScheduleInfo: checkin.ScheduleInfo{ScheduleID: 3, ScheduleName: "夜班", TimeSection: []checkin.ScheduleSection{{WorkSec: 79_200, OffWorkSec: 108_000}}}},
		{Day: 31}, // November has none
	}}}
	first := attendance.DayOf(2026, 11, 1)
	want := []export.ShiftDay{
		{Person: li, Date: first, Rule: "车间", Shift: "休息", Rest: true},
		{Person: li, Date: first + 29, Rule: "车间", Shift: "夜班", Sections: []attendance.Span{{From: 79_200, To: 108_000}}},
	}
	if diff := cmp.Diff(want, exportShifts(&m, li)); diff != "" {
		t.Error(diff)
	}
}

func TestPeople(t *testing.T) {
	t.Parallel()
	all := people{}
	all.add("LiSi", "李四", []attendance.DeptID{3, 9, 1}, map[attendance.DeptID]string{1: "公司", 3: "公司/甲"})
	if diff := cmp.Diff(export.Person{UserID: "LiSi", Name: "李四", Departs: "公司/甲;公司"}, all.who("lisi")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(export.Person{UserID: "x"}, all.who("x")); diff != "" {
		t.Error(diff)
	}
}

// A reader who has enough is no error, and what fails comes last.
func TestVisited(t *testing.T) {
	t.Parallel()
	lost, told := errors.New("lost"), 0
	rows := visited(func(visit func(int) error) error {
		for i := range 3 {
			if err := visit(i); err != nil {
				return err
			}
		}
		return lost
	})
	for _, err := range rows {
		if err != nil {
			t.Errorf("the reader gave up first: %v", err)
		}
		break
	}
	for i, err := range rows {
		if told++; (told == 4) != errors.Is(err, lost) || err == nil && i != told-1 {
			t.Errorf("row %d is %d, %v", told, i, err)
		}
	}
	if told != 4 {
		t.Errorf("%d rows, want 3 and an error", told)
	}
}
