package qyapi_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/wecom"
)

const (
	formsPath    = "/cgi-bin/oa/getapprovalinfo"
	formPath     = "/cgi-bin/oa/getapprovaldetail"
	vacationPath = "/cgi-bin/oa/vacation/getcorpconf"
)

// approvals stores five requests and a correction that was approved, at 09:00
// of the 6th and the minutes after it, and moves the clock to the 12th, a Monday.
func (f *fixture) approvals() {
	f.t.Helper()
	at := func(minute int) int64 { return stamp(6, 9, minute) }
	sick := attendance.Vacation{ID: 3, Name: "病假"}
	requests := []app.ApprovalEntry{
		{User: "alice", Status: 1, KnownAt: at(0), Approval: attendance.Approval{No: "202601060001", Kind: attendance.LeaveApproval, From: stamp(7, 9, 0), To: stamp(7, 10, 30), Vacation: sick}},
		{User: "bob", Status: 2, KnownAt: at(1), Approval: attendance.Approval{No: "202601060002", Kind: attendance.TripApproval, ByDay: true, From: stamp(8, 12, 0), To: stamp(9, 12, 0)}},
		{User: "carol", Status: 3, KnownAt: at(2), Approval: attendance.Approval{No: "202601060003", Kind: attendance.OvertimeApproval, From: stamp(9, 19, 0), To: stamp(9, 21, 0),
			Slices: []attendance.ApprovalSlice{{Day: attendance.DayOf(2026, 1, 9), Seconds: 3600}}}},
		{User: "alice", Status: 1, KnownAt: at(3), Approval: attendance.Approval{No: "202601060004", Kind: attendance.LeaveApproval, ByDay: true, From: stamp(8, 0, 0), To: stamp(12, 12, 0),
			Vacation: attendance.Vacation{ID: 21, Name: "育儿假", WorkdaysOnly: true}}},
		{User: "bob", Status: 1, KnownAt: at(4), Approval: attendance.Approval{No: "202601060005", Kind: attendance.OutingApproval, From: stamp(8, 9, 0), To: stamp(8, 11, 0)}},
		// Alice's sick leave passes on the 7th.
		{User: "alice", Status: 2, KnownAt: stamp(7, 8, 0), Approval: attendance.Approval{No: "202601060001", Kind: attendance.LeaveApproval, From: stamp(7, 9, 0), To: stamp(7, 10, 30), Vacation: sick}},
	}
	must(f.t, f.app.AddApprovals(f.t.Context(), f.corp, requests))
	card := attendance.Correction{Day: attendance.DayOf(2026, 1, 5), Slot: 64800, At: stamp(5, 18, 0), KnownAt: at(5), By: attendance.ByApproval}
	byApp := card
	byApp.By, byApp.Slot = attendance.ByAPI, 32400
	must(f.t, f.app.AddFacts(f.t.Context(), f.corp, app.FactSet{Corrections: []app.CorrectionFact{{User: "bob", Correction: byApp}, {User: "bob", Correction: card}}}))
	f.clock.Store(stamp(12, 8, 0))
}

// correctionNo is the number of bob's correction: its day, its place among the
// day's corrections, and bob.
const correctionNo = "20260105-2-bob"

func TestApprovalNumbers(t *testing.T) {
	t.Parallel()
	day := fmt.Sprintf(`"starttime":"%d","endtime":"%d"`, stamp(6, 0, 0), stamp(6, 23, 59))
	all := []string{"202601060001", "202601060002", "202601060003", "202601060004", "202601060005", correctionNo}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		f.approvals()
		list := func(body string) (numbers []string, next string, members []string) {
			t.Helper()
			code, errmsg, answer := f.raw(formsPath, body)
			if code != 0 {
				t.Errorf("%s: %d %s", body, code, errmsg)
			}
			must(t, json.Unmarshal(answer["sp_no_list"], &numbers))
			if answer["new_next_cursor"] != nil {
				must(t, json.Unmarshal(answer["new_next_cursor"], &next))
			}
			return numbers, next, slices.Sorted(maps.Keys(answer))
		}
		filter := func(pairs ...string) string {
			var b []string
			for i := 0; i < len(pairs); i += 2 {
				b = append(b, fmt.Sprintf(`{"key":%q,"value":%q}`, pairs[i], pairs[i+1]))
			}
			return `,"filters":[` + strings.Join(b, ",") + `]`
		}
		for _, tt := range []struct {
			name, more string
			want       []string
		}{
			{"all", "", all},
			{"leave", filter("record_type", "1"), []string{all[0], all[3]}},
			{"a correction", filter("record_type", "2"), []string{all[5]}},
			{"a kind that is not kept", filter("record_type", "7"), []string{}},
			{"of one of two departments", filter("department", "2", "department", "9"), []string{all[0], all[1], all[3], all[4], all[5]}},
			{"passed", filter("sp_status", "2"), []string{all[0], all[1], all[5]}},
			{"alice's", filter("creator", "Alice"), []string{all[0], all[3]}},
			{"alice's that passed", filter("creator", "alice", "sp_status", "2"), []string{all[0]}},
			{"nobody's", filter("creator", "zed"), []string{}},
			{"of department 2", filter("department", "2"), []string{all[0], all[1], all[3], all[4], all[5]}},
			{"of department 1", filter("department", "1"), []string{all[1], all[2], all[4], all[5]}},
			{"of department 9", filter("department", "9"), []string{}},
			{"of a template", filter("template_id", "daka_outing"), []string{all[4]}},
			{"of another template", filter("template_id", "x"), []string{}},
			{"numbers for texts", `,"filters":[{"key":"record_type","value":5}]`, []string{all[2]}},
		} {
			numbers, next, members := list("{" + day + tt.more + "}")
			if diff := cmp.Diff(tt.want, numbers); diff != "" || next != "" {
				t.Errorf("%s (-want +got):\n%s%s", tt.name, diff, next)
			}
			if diff := cmp.Diff([]string{"errcode", "errmsg", "sp_no_list"}, members); diff != "" {
				t.Errorf("%s: members (-want +got):\n%s", tt.name, diff)
			}
		}
		// Two at a time; the ends of the window are in it.
		var paged []string
		cursor := ""
		for range 3 {
			numbers, next, _ := list(fmt.Sprintf(`{"starttime":"%d","endtime":"%d","size":2,"new_cursor":%q}`, stamp(6, 9, 0), stamp(6, 9, 5), cursor))
			paged, cursor = append(paged, numbers...), next
		}
		if diff := cmp.Diff(all, paged); diff != "" || cursor != "" {
			t.Errorf("pages of two (-want +got):\n%s, then %q", diff, cursor)
		}
		// A form is of the day when it was applied for, not when it passed.
		if numbers, _, _ := list(fmt.Sprintf(`{"starttime":"%d","endtime":"%d"}`, stamp(6, 9, 1), stamp(12, 8, 0))); slices.Contains(numbers, all[0]) || len(numbers) != 5 {
			t.Errorf("from 09:01 on: %v", numbers)
		}
	})
}

func TestApprovalsRefuse(t *testing.T) {
	t.Parallel()
	window := func(from, to int64, more string) string {
		return fmt.Sprintf(`{"starttime":"%d","endtime":"%d"%s}`, from, to, more)
	}
	from := stamp(6, 0, 0)
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		f.approvals()
		for _, tt := range []struct {
			name, path, body string
			want             wecom.Code
			text             string
		}{
			{"31 days", formsPath, window(from, from+31*86400, ""), 0, "ok"},
			{"a second more", formsPath, window(from, from+31*86400+1, ""), 40058, "endtime"},
			{"backwards", formsPath, window(from, from-1, ""), 40058, "endtime"},
			{"no start", formsPath, `{"endtime":"5"}`, 40058, "starttime"},
			{"a start that is none", formsPath, `{"starttime":"x","endtime":"5"}`, 40058, "starttime"},
			{"101 at once", formsPath, window(from, from+1, `,"size":101`), 40058, "size is 101"},
			{"a cursor that is none", formsPath, window(from, from+1, `,"new_cursor":"!"`), 40058, "new_cursor"},
			{"a cursor without a number", formsPath, window(from, from+1, `,"new_cursor":"NS8"`), 40058, "new_cursor"},
			{"an unknown filter", formsPath, window(from, from+1, `,"filters":[{"key":"x","value":"1"}]`), 40058, "filters[0]"},
			{"a status that is none", formsPath, window(from, from+1, `,"filters":[{"key":"sp_status","value":"x"}]`), 40058, "filters[0]"},
			{"two kinds", formsPath, window(from, from+1, `,"filters":[{"key":"record_type","value":"3"},{"key":"record_type","value":"5"}]`), 301025, "record_type comes twice"},
			{"two states", formsPath, window(from, from+1, `,"filters":[{"key":"sp_status","value":"6"},{"key":"creator","value":"bob"},{"key":"sp_status","value":"7"}]`), 301025, "filters[2]"},
			{"no number", formPath, `{}`, 40058, "sp_no"},
			{"an unknown number", formPath, `{"sp_no":"202601069999"}`, 40058, "202601069999"},
			{"an unknown correction", formPath, `{"sp_no":"20260105-3-bob"}`, 40058, "20260105-3-bob"},
			{"what the app itself corrected", formPath, `{"sp_no":"20260105-1-bob"}`, 40058, "no such"},
			{"a correction on no day", formPath, `{"sp_no":"20269905-1-bob"}`, 40058, "no such"},
		} {
			code, errmsg, answer := f.raw(tt.path, tt.body)
			if code != tt.want || !strings.Contains(errmsg, tt.text) || answer["info"] != nil {
				t.Errorf("%s: %d %s, want %d with %q", tt.name, code, errmsg, tt.want, tt.text)
			}
			if code, _, _ := f.rawAs(app.ContactApp, tt.path, tt.body); code != wecom.CodeForbiddenAPI {
				t.Errorf("%s as the contact app: %d", tt.name, code)
			}
		}
	})
}

// The applications of a corporation see those of their members in range alone.
func TestApprovalsInRange(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		f.approvals()
		must(t, f.app.SetAccess(t.Context(), f.corp.ID, 1000002, app.Access{Range: app.Range{Users: []attendance.UserID{"carol"}}}))
		_, _, answer := f.raw(formsPath, fmt.Sprintf(`{"starttime":"%d","endtime":"%d"}`, stamp(6, 0, 0), stamp(7, 0, 0)))
		if got := string(answer["sp_no_list"]); got != `["202601060003"]` {
			t.Errorf("carol's alone are in range: %s", got)
		}
		outside, _, _ := f.raw(formPath, `{"sp_no":"202601060001"}`)
		unknown, _, _ := f.raw(formPath, `{"sp_no":"202601069999"}`)
		if outside != 40058 || unknown != 40058 {
			t.Errorf("outside the range: %d, unknown: %d; want the same", outside, unknown)
		}
		if code, errmsg, _ := f.raw(facePath, face("alice", pngOf(4, 4, 1))); code != wecom.CodeFaceNoMember {
			t.Errorf("a face outside the range: %d %s", code, errmsg)
		}
	})
}
