package checkin_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/wecom"
)

func TestValidateSetSchedule(t *testing.T) {
	t.Parallel()
	with := func(group, short, month int64, days ...int64) checkin.SetScheduleRequest {
		r := checkin.SetScheduleRequest{GroupID: group, ShortGroupID: short, YearMonth: month}
		for _, d := range days {
			r.Items = append(r.Items, checkin.ScheduleItem{UserID: "a", Day: d, ScheduleID: 1})
		}
		return r
	}
	const badGroup = wecom.CodeRuleGroupID
	validate(t, []validation{
		{"official", with(1, 0, 202601, 1, 31), ok, ""},
		{"short", with(0, 1, 0, monday), ok, ""},
		{"both, agreeing", with(1, 1, 202601, 5, monday), ok, ""},
		{"groups disagree", with(1, 2, 202601, 5), badGroup, "group_id is 2"},
		{"no group", with(0, 0, 202601, 5), badGroup, ""},
		{"no items", with(1, 0, 202601), badArg, "items"},
		{"no yearmonth", with(1, 0, 0, 5), badArg, "items[0].day is 5: yearmonth is missing"},
		{"month 13", with(1, 0, 202613, 5), badArg, "yearmonth"},
		{"day 0", with(1, 0, 202601, 5, 0), badArg, "items[1].day"},
		{"day 32", with(1, 0, 202601, 32), badArg, "items[0].day"},
		{"30 February", with(1, 0, 202602, 30), badArg, "items[0].day"},
		{"29 February of a leap year", with(1, 0, 202402, 29), ok, ""},
		{"second before 2000", with(1, 0, 0, 946_684_799), badArg, "items[0].day"},
		{"milliseconds", with(1, 0, 0, monday*1000), badArg, "items[0].day"},
		{"second of another month", with(1, 0, 202602, monday), badArg, "202602"},
		{"no member", checkin.SetScheduleRequest{GroupID: 1, YearMonth: 202601, Items: []checkin.ScheduleItem{{Day: 1}}}, wecom.CodeCheckinUser, "items[0].userid"},
		{"shift below 0", checkin.SetScheduleRequest{GroupID: 1, YearMonth: 202601, Items: []checkin.ScheduleItem{{UserID: "a", Day: 1, ScheduleID: -1}}}, badArg, "schedule_id"},
	})
}

func TestAssignments(t *testing.T) {
	t.Parallel()
	r := checkin.SetScheduleRequest{ShortGroupID: 7, YearMonth: 202601, Items: []checkin.ScheduleItem{
		{UserID: "a", Day: 31, ScheduleID: 2},
		{UserID: "b", Day: monday}, // 2026-01-05 in Shanghai, still the 4th in UTC
	}}
	if r.Group() != 7 {
		t.Errorf("group %d", r.Group())
	}
	for _, tt := range []struct {
		name string
		zone *time.Location
		day  int
	}{{"Shanghai", time.FixedZone("", 8*3600), 5}, {"UTC", time.UTC, 4}} {
		got, err := r.Assignments(tt.zone)
		want := []checkin.Assignment{
			{UserID: "a", Year: 2026, Month: time.January, Day: 31, ScheduleID: 2},
			{UserID: "b", Year: 2026, Month: time.January, Day: tt.day},
		}
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%s: %v %s", tt.name, err, diff)
		}
	}
}

func TestCorrectionForms(t *testing.T) {
	t.Parallel()
	short := checkin.CorrectionRequest{UserID: "a", Day: monday, Offset: new(int64(42_027)), Remark: "r"}
	want := checkin.CorrectionRequest{UserID: "a", ScheduleDateTime: monday, CheckinTime: monday + 42_027, Remark: "r"}
	if diff := cmp.Diff(want, short.Official()); !short.Short() || diff != "" {
		t.Error(diff)
	}
	// The documented form wins when both came.
	both := want
	both.Day, both.Offset = monday+86_400, new(int64(1))
	if diff := cmp.Diff(want, both.Official()); both.Short() || diff != "" {
		t.Error(diff)
	}
}

func TestRecordExceptions(t *testing.T) {
	t.Parallel()
	for joined, want := range map[string][]string{
		"":              {},
		"时间异常":          {checkin.WrongTime},
		"时间异常;地点异常":     {checkin.WrongTime, checkin.WrongPlace},
		"wifi异常；非常用设备;": {checkin.WrongWifi, checkin.UnusualDevice},
	} {
		if diff := cmp.Diff(want, checkin.Record{ExceptionType: joined}.Exceptions()); diff != "" {
			t.Errorf("%q: %s", joined, diff)
		}
	}
}
