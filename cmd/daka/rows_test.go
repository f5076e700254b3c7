package main

import (
	"testing"

	"github.com/dakahq/daka/checkin"
	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
)

// Leave of days and of hours stays apart, and what is no request is left out.
func TestRequests(t *testing.T) {
	t.Parallel()
	first := []checkin.SPItem{
		{Type: checkin.SPLeave, Name: "年假", Count: 1, Duration: 43_200, TimeType: checkin.TimeDays},
		{Type: checkin.SPLeave, Name: "事假", Count: 2, Duration: 5400, TimeType: checkin.TimeHours},
		{Type: checkin.SPTrip, Name: "出差", Count: 1, Duration: 86_400, TimeType: checkin.TimeDays},
		{Type: checkin.SPCorrection, Name: "补卡次数", Count: 3},
		{Type: checkin.SPFieldWork, Name: "外勤次数"},
		{Type: checkin.SPOuting, Name: "外出"},
	}
	second := []checkin.SPItem{{Type: checkin.SPLeave, Name: "年假", Count: 1, Duration: 86_400, TimeType: checkin.TimeDays}}
	all := requests{}.with(first).with(second)
	want := requests{
		{"leave", "年假", 2, 129_600, "day"}, {"leave", "事假", 2, 5400, "hour"}, {"trip", "出差", 1, 86_400, "day"},
	}
	if diff := cmp.Diff(want, all); diff != "" {
		t.Error(diff)
	}
	for lang, want := range map[string][2]string{
		"en": {"年假 1.5 d, 事假 1:30, trip 1 d", "1.5 d 1:30"}, "zh": {"年假 1.5天、事假 1:30、出差 1天", "1.5天 1:30"},
	} {
		cmd, flag := &cobra.Command{}, langFlag("")
		bind(cmd, "lang", &flag)
		if err := cmd.Flags().Set("lang", lang); err != nil {
			t.Fatal(err)
		}
		if got := [2]string{all.text(cmd), all.leave().amounts(cmd)}; got != want {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
	}
	if got := (requests{}).with(nil); got == nil {
		t.Error("no requests are null in JSON, not []")
	}
}

// The months of a longer period, which a server tells one by one, add up.
func TestMonthSums(t *testing.T) {
	t.Parallel()
	holiday := int64(600)
	row := newMonthRow(&checkin.MonthData{
		OverworkInfo: checkin.OverworkInfo{WorkdayOverSec: 10, RestdaysOverSec: 20, HolidaysOverSec: &holiday, RestdaysOverAsVacation: 7, HolidaysOverAsMoney: 8},
	})
	row.sum(&checkin.MonthData{OverworkInfo: checkin.OverworkInfo{WorkdayOverSec: 5, WorkdaysOverAsVacation: 5, WorkdaysOverAsMoney: 1}})
	want := overRow{WorkdaySec: 15, RestDaySec: 20, HolidaySec: 600, TimeOffSec: 12, PaySec: 9}
	if row.Overtime != want || row.OvertimeSec != 635 {
		t.Errorf("got %d and %+v, want 635 and %+v", row.OvertimeSec, row.Overtime, want)
	}
}

func TestExceptionsText(t *testing.T) {
	t.Parallel()
	cmd := &cobra.Command{}
	for want, f := range map[string]figures{
		"":                                   {},
		"late 0:12":                          {Late: 1, LateSec: 720},
		"early 2 0:25, missing, absent 4:00": {Early: 2, EarlySec: 1500, Missing: 1, Absent: 1, AbsentSec: 14_400},
		"missing 2, place, device 3":         {Missing: 2, Location: 1, Device: 3},
	} {
		if got := f.text(cmd); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	for in, want := range map[string]string{"": "", "08:12:59": "08:12", "08:12": "08:12", "+1 06:06:56": "+1 06:06", "+1 06:00": "+1 06:00"} {
		if got := toMinute(in); got != want {
			t.Errorf("%q is cut to %q, want %q", in, got, want)
		}
	}
}
