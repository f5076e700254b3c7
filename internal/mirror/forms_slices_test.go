package mirror_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
)

// A source tells how much of an overtime request falls on each natural day. Where
// that is what its time comes to, the mirror has no slices either and computes
// what the source does; where it is not, the slices count.
func TestOvertimeSlices(t *testing.T) {
	t.Parallel()
	x := newAltered(t, 12, 1)
	x.asksForOvertime(t)
	at := func(d attendance.Day, minutes int) int64 {
		return x.source.corp.Zone.At(d, attendance.TimeOfDay(minutes*60))
	}
	var list []admin.Approval
	for i, u := range x.users {
		for n, tt := range []struct {
			from, to int // minutes of a day
			slices   []int64
		}{
			{20 * 60, 26 * 60, nil},            // over midnight
			{18*60 + 5, 20*60 + 47, nil},       // 162 minutes are 27 tenths of an hour
			{18*60 + 4, 20*60 + 51, nil},       // 167 minutes are told as 28
			{23*60 + 50, 24*60 + 77, nil},      // 10 minutes are told as 2 tenths, and 77 as 13
			{18 * 60, 22 * 60, []int64{10800}}, // an hour of it is a meal
		} {
			d := x.first + attendance.Day(1+5*n+i%5)
			a := admin.Approval{
				UserID: string(u), Number: fmt.Sprintf("ot-%d-%d", i, n), Kind: "overtime", From: at(d, tt.from), To: at(d, tt.to), Status: 2, KnownAt: at(d-1, 600),
			}
			for _, s := range tt.slices {
				a.Slices = append(a.Slices, admin.ApprovalSlice{Day: admin.Day(d.String()), Seconds: s})
			}
			list = append(list, a)
		}
	}
	x.Facts(admin.Facts{Approvals: list})
	_, err := x.mirror.Run(t.Context())
	must(t, err)
	x.sameForms(t)
	x.source.compareReports(t, x.app, x.corp)
	x.wantEqual(t, x.source.verify(t, x.app, x.corp))
	if want, got := sliced(t, x.source.app, x.source.corp), sliced(t, x.app, x.corp); !slices.Equal(want, got) || len(want) < len(x.users)-1 {
		t.Errorf("with slices are %q, want those with a meal, %q", got, want)
	}
}

// asksForOvertime has all rules count overtime that is both asked for and worked.
func (s *source) asksForOvertime(t *testing.T) {
	t.Helper()
	docs, err := s.app.CorpRules(t.Context(), s.corp)
	must(t, err)
	var facts []admin.RuleFact
	for _, doc := range docs {
		var rule map[string]any
		must(t, json.Unmarshal(doc, &rule))
		facts = append(facts, admin.RuleFact{
			GroupID: int64(rule["groupid"].(float64)), Form: "read", First: admin.Day((s.first - 10).String()), KnownAt: noon.Unix() - 86400*20,
			Rule: edited(t, rule, func(rule map[string]any) {
				both := map[string]any{"allow_ot": true, "type": 0, "applycheckin": map[string]any{"restinfo": map[string]any{"type": 0}}}
				rule["ot_info_v2"] = map[string]any{"workdayconf": both, "restdayconf": both, "holidayconf": both}
			}),
		})
	}
	s.Facts(admin.Facts{Rules: facts})
}

// sliced returns the numbers of the overtime requests with slices that reports tell of.
func sliced(t *testing.T, a *app.App, corp *app.Corp) (numbers []string) {
	t.Helper()
	must(t, a.DayReports(t.Context(), app.Query{Corp: corp, First: attendance.DayOf(2026, 6, 1), Last: attendance.DayOf(2026, 7, 14)}, func(_ *app.Member, r *attendance.DayReport) error {
		for _, mark := range r.Approvals {
			if len(mark.Approval.Slices) > 0 && mark.Approval.Kind == attendance.OvertimeApproval {
				numbers = append(numbers, mark.Approval.No)
			}
		}
		return nil
	}))
	slices.Sort(numbers)
	return numbers
}
