package engine_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/engine"
)

// The parts of requests on their days. 2026-01-09 is a Friday; an hour is cut
// into tenths, rounded up.
func TestRequestDays(t *testing.T) {
	t.Parallel()
	zone, err := attendance.LoadZone("")
	if err != nil {
		t.Fatal(err)
	}
	friday := attendance.DayOf(2026, 1, 9)
	at := func(d attendance.Day, hour int) int64 { return zone.At(d, attendance.TimeOfDay(hour*3600)) }
	rule := &attendance.Rule{
		ID: 1, Type: attendance.FixedRule, Range: attendance.Range{Depts: []attendance.DeptID{1}},
		Workday: []attendance.DaySpec{{Sections: []attendance.Section{{On: 32400, Off: 64800, OnOwed: true, OffOwed: true}}}},
		Weeks:   [2][7]int8{{-1, 0, 0, 0, 0, 0, -1}, {-1, 0, 0, 0, 0, 0, -1}},
	}
	facts := attendance.Facts{
		Zone: zone, AsOf: at(friday, 8), Options: attendance.DefaultOptions(),
		Rules: []attendance.RuleVersion{{Group: 1, Version: 1, Created: 1, First: attendance.MinDay, Last: attendance.MaxDay, Rule: rule}},
		Depts: []attendance.Department{{ID: 1, Name: "a"}},
	}
	corp := engine.NewCorp(&facts, []*engine.Prepared{engine.Prepare(rule, &facts.Options, nil)})
	p := attendance.Person{ID: "a", Joined: attendance.MinDay, Left: attendance.MaxDay, Placements: []attendance.Placement{{Depts: []attendance.DeptID{1}}}}
	tests := []struct {
		name string
		a    attendance.Approval
		want []attendance.ApprovalSlice
	}{
		{"over midnight", attendance.Approval{From: at(friday, 23), To: at(friday, 25) + 1}, []attendance.ApprovalSlice{{Day: friday, Seconds: 3600}, {Day: friday + 1, Seconds: 3960}}},
		{"to midnight", attendance.Approval{From: at(friday, 23), To: at(friday+1, 0)}, []attendance.ApprovalSlice{{Day: friday, Seconds: 3600}}},
		{"an afternoon and a morning", attendance.Approval{ByDay: true, From: at(friday, 12), To: at(friday+1, 0)}, []attendance.ApprovalSlice{{Day: friday, Seconds: 43200}, {Day: friday + 1, Seconds: 43200}}},
		{"working days", attendance.Approval{ByDay: true, From: at(friday, 0), To: at(friday+3, 12), Vacation: attendance.Vacation{ID: 1, WorkdaysOnly: true}},
			[]attendance.ApprovalSlice{{Day: friday, Seconds: 86400}, {Day: friday + 3, Seconds: 86400}}},
		{"slices", attendance.Approval{From: at(friday, 9), To: at(friday, 10), Slices: []attendance.ApprovalSlice{{Day: friday + 1, Seconds: 60}}}, []attendance.ApprovalSlice{{Day: friday + 1, Seconds: 60}}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, corp.RequestDays(&p, &tt.a)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}
