package adminapi_test

import (
	"strings"
	"testing"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/dakatest"
)

// 09:05 is 300 s after 09:00; 09:05 to 18:30 is 9 h 25 min, less an hour of
// rest 30,300 s.
func TestReports(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *dakatest.Server) {
		ctx := t.Context()
		s.Punch("zhangsan", shanghai(9, 10, 9, 5), shanghai(9, 10, 18, 30))
		q := admin.ReportQuery{UserIDs: []string{"ZhangSan"}, First: "2025-09-10", Last: "2025-09-10"}
		days, err := s.Admin.DayReports(ctx, q)
		must(t, err)
		if len(days.Reports) != 1 {
			t.Fatalf("%d reports", len(days.Reports))
		}
		r := days.Reports[0]
		if r.UserID != "zhangsan" || r.Category != "workday" || r.Provisional || r.Data.SummaryInfo.RegularWorkSec != 30_300 || r.Data.BaseInfo.RuleInfo.GroupID != 5 {
			t.Errorf("report %+v", r)
		}
		if len(r.Cards) != 2 || r.Cards[0].Slot != "on" || r.Cards[0].At != shanghai(9, 10, 9, 5).Unix() || *r.Cards[0].Scheduled != 32_400 {
			t.Errorf("cards %+v", r.Cards)
		}
		if len(r.Findings) != 1 || r.Findings[0].Exception != 1 || r.Findings[0].Seconds != 300 || r.Findings[0].Clause != "late" ||
			*r.Findings[0].Card != 32_700 || *r.Findings[0].Required != 32_400 || r.Findings[0].Slot != "on" {
			t.Errorf("findings %+v", r.Findings)
		}
		text, err := s.Admin.Explain(ctx, admin.ExplainQuery{UserID: "zhangsan", Day: "2025-09-10", Lang: "en"})
		must(t, err)
		names := ""
		for _, p := range text.Parts {
			names += p.Name + " "
		}
		if !strings.Contains(names, "day plan") || !strings.Contains(names, "verdicts") {
			t.Errorf("explained in parts %s", names)
		}
		// Before it was punched the day had an absence.
		q.AsOf = shanghai(9, 10, 9, 0).Unix()
		before, err := s.Admin.DayReports(ctx, q)
		must(t, err)
		if n := len(before.Reports[0].Cards); n != 0 || !before.Reports[0].Provisional {
			t.Errorf("as of 09:00 there are %d cards", n)
		}
		months, err := s.Admin.MonthReports(ctx, admin.ReportQuery{First: "2025-09-10", Last: "2025-09-10"})
		must(t, err)
		if len(months.Reports) != 2 || months.Reports[1].UserID != "zhangsan" || months.Reports[1].Punches.Used != 2 || months.Reports[1].Data.SummaryInfo.RegularWorkSec != 30_300 {
			t.Errorf("months %+v", months.Reports)
		}
		_, err = s.Admin.DayReports(ctx, admin.ReportQuery{UserIDs: []string{"none"}, First: "2025-09-10", Last: "2025-09-10"})
		refused(t, "unknown member", err, admin.NotFound, "")
		_, err = s.Admin.DayReports(ctx, admin.ReportQuery{First: "2025-01-01", Last: "2026-01-02"})
		refused(t, "367 days", err, admin.BadRequest, "/last")
		_, err = s.Admin.MonthReports(ctx, admin.ReportQuery{Last: "2026-01-02"})
		refused(t, "no first day", err, admin.BadRequest, "/first")
		_, err = s.Admin.Explain(ctx, admin.ExplainQuery{UserID: "zhangsan", Day: "2025-09-10", Lang: "la"})
		refused(t, "language", err, admin.BadRequest, "/lang")
	})
}

func TestMonths(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *dakatest.Server) {
		ctx := t.Context()
		act := admin.MonthAct{Actor: "hr", Reason: "payroll"}
		refused(t, "running", s.Admin.CloseMonth(ctx, "2025-09", act), admin.Conflict, "")
		s.Clock.Set(shanghai(10, 3, 9, 0))
		must(t, s.Admin.CloseMonth(ctx, "2025-09", act))
		refused(t, "closed", s.Admin.CloseMonth(ctx, "2025-09", act), admin.Conflict, "")
		closed, err := s.Admin.Explain(ctx, admin.ExplainQuery{UserID: "lisi", Day: "2025-09-10"})
		must(t, err)
		if lines := closed.Parts[0].Lines; !strings.Contains(lines[len(lines)-1].Text, "closed") {
			t.Errorf("a day of a closed month begins with %+v", lines)
		}
		s.Punch("lisi", shanghai(9, 10, 9, 0), shanghai(9, 10, 18, 0))
		// Stored after the closing, they change nothing but this list.
		list, err := s.Admin.Adjustments(ctx, "2025-09")
		must(t, err)
		if len(list.Adjustments) != 1 || list.Adjustments[0].UserID != "lisi" || list.Adjustments[0].Day != "2025-09-10" ||
			list.Adjustments[0].Closed.SummaryInfo.CheckinCount != 0 || list.Adjustments[0].Now.SummaryInfo.CheckinCount != 2 {
			t.Errorf("adjustments %+v", list.Adjustments)
		}
		must(t, s.Admin.ReopenMonth(ctx, "2025-09", act))
		_, err = s.Admin.Adjustments(ctx, "2025-09")
		refused(t, "open", err, admin.Conflict, "")
		states, err := s.Admin.MonthStates(ctx)
		must(t, err)
		if len(states.States) != 2 || states.States[0].Month != "2025-09" || !states.States[0].Closed || states.States[1].Closed || states.States[1].Actor != "hr" {
			t.Errorf("states %+v", states.States)
		}
		refused(t, "month", s.Admin.CloseMonth(ctx, "2025-13", act), admin.BadRequest, "month")
		refused(t, "actor", s.Admin.CloseMonth(ctx, "2025-09", admin.MonthAct{}), admin.BadRequest, "actor")
	})
}

func TestCorrectionCheck(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *dakatest.Server) {
		ctx := t.Context()
		nine, five := int64(32_400), int64(18_000)
		for _, tt := range []struct {
			name string
			q    admin.CorrectionCheck
			code int64
		}{
			{"due at nine", admin.CorrectionCheck{Slot: &nine, At: shanghai(9, 10, 8, 55).Unix()}, 0},
			{"nearest", admin.CorrectionCheck{Open: true, At: shanghai(9, 10, 8, 55).Unix()}, 0},
			{"nothing due", admin.CorrectionCheck{Slot: &five, At: shanghai(9, 10, 8, 55).Unix()}, 301080},
			{"outside its window", admin.CorrectionCheck{Slot: &nine, At: shanghai(9, 10, 3, 0).Unix()}, 301081},
		} {
			tt.q.UserID, tt.q.Day = "zhangsan", "2025-09-10"
			v, err := s.Admin.CheckCorrection(ctx, tt.q)
			must(t, err)
			if v.ErrCode != tt.code || v.Accepted != (tt.code == 0) || (v.Reason == "") != v.Accepted {
				t.Errorf("%s: %+v, want %d", tt.name, v, tt.code)
			}
		}
		_, err := s.Admin.CheckCorrection(ctx, admin.CorrectionCheck{UserID: "none", Day: "2025-09-10"})
		refused(t, "unknown member", err, admin.NotFound, "")
		days, err := s.Admin.DayReports(ctx, admin.ReportQuery{UserIDs: []string{"zhangsan"}, First: "2025-09-10", Last: "2025-09-10"})
		must(t, err)
		if len(days.Reports[0].Cards) != 0 {
			t.Error("a check has stored something")
		}
	})
}

func TestDevicesAndAudit(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *dakatest.Server) {
		ctx := t.Context()
		s.Facts(admin.Facts{Punches: []admin.PunchFact{
			{UserID: "lisi", At: 1757466000, Source: "device", Device: "SN1"}, {UserID: "zhangsan", At: 1757466300, Source: "device", Device: "SN1"},
			{UserID: "lisi", At: 1757466000},
		}})
		list, err := s.Admin.Devices(ctx)
		must(t, err)
		want := []admin.Device{{Source: "phone", Punches: 1, First: 1757466000, Last: 1757466000}, {Source: "device", Device: "SN1", Punches: 2, First: 1757466000, Last: 1757466300}}
		if len(list.Devices) != 2 || list.Devices[0] != want[0] || list.Devices[1] != want[1] {
			t.Errorf("devices %+v", list.Devices)
		}
		log, err := s.Admin.Audit(ctx, 0, 0)
		must(t, err)
		state, err := s.Admin.CheckAudit(ctx)
		must(t, err)
		n := len(log.Entries)
		if n == 0 || state.Broken != 0 || state.Entries != int64(n) || state.Head != log.Entries[n-1].Hash || log.Entries[n-1].Action != "facts.add" || log.Entries[n-1].Agent != 1000001 {
			t.Errorf("%d entries, %+v", n, state)
		}
		if page, err := s.Admin.Audit(ctx, 1, 1); err != nil || len(page.Entries) != 1 || page.Entries[0].Seq != 2 {
			t.Errorf("one after the first: %+v, %v", page, err)
		}
	})
}

func TestFacts(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *dakatest.Server) {
		ctx := t.Context()
		slot := int64(-1)
		for _, tt := range []struct {
			name  string
			facts admin.Facts
			code  admin.Code
			field string
		}{
			{"source", admin.Facts{Punches: []admin.PunchFact{{UserID: "lisi", At: 1, Source: "dream"}}}, admin.BadRequest, "/punches/0/source"},
			{"flag", admin.Facts{Punches: []admin.PunchFact{{UserID: "lisi", At: 1, Flags: []string{"outside", "x"}}}}, admin.BadRequest, "/punches/0/flags/1"},
			{"time", admin.Facts{Punches: []admin.PunchFact{{UserID: "lisi", At: -1}}}, admin.BadRequest, ""},
			{"member", admin.Facts{Punches: []admin.PunchFact{{UserID: "none", At: 1}}}, admin.NotFound, ""},
			{"rule", admin.Facts{Rules: []admin.RuleFact{{Form: "read", Rule: []byte(`{}`)}}}, admin.BadRequest, "rules[0]"},
			{"form", admin.Facts{Rules: []admin.RuleFact{{Form: "x", Rule: []byte(`{}`)}}}, admin.BadRequest, "/rules/0/form"},
			{"slot", admin.Facts{Corrections: []admin.CorrectionFact{{UserID: "lisi", Day: "2025-09-10", Slot: &slot}}}, admin.BadRequest, "/corrections/0/slot"},
			{"kind", admin.Facts{Approvals: []admin.Approval{{UserID: "lisi", Kind: "party"}}}, admin.BadRequest, "/approvals/0/kind"},
			{"day", admin.Facts{Schedules: []admin.ScheduleFact{{UserID: "lisi"}}}, admin.BadRequest, "/schedules/0/day"},
			{"last of several", admin.Facts{
				Members:     []admin.MemberFact{{Member: admin.Member{UserID: "new", Departments: []int64{1}}}},
				Corrections: []admin.CorrectionFact{{UserID: "none", Day: "2025-09-10"}},
			}, admin.NotFound, ""},
		} {
			refused(t, tt.name, s.Admin.AddFacts(ctx, tt.facts), tt.code, tt.field)
		}
		members, err := s.Admin.Members(ctx)
		must(t, err)
		if len(members.Members) != 2 {
			t.Errorf("a part was stored: %+v", members.Members)
		}
		refused(t, "approvals", s.Admin.AddApprovals(ctx, admin.ApprovalList{Approvals: []admin.Approval{{UserID: "lisi", Number: "1", Kind: "leave", From: 5, To: 4, Status: 2}}}), admin.BadRequest, "approvals[0]")
		must(t, s.Admin.AddApprovals(ctx, admin.ApprovalList{Approvals: []admin.Approval{{
			UserID: "lisi", Number: "1", Kind: "leave", From: shanghai(9, 10, 9, 0).Unix(), To: shanghai(9, 10, 18, 0).Unix(), Status: 2,
			Vacation: &admin.Vacation{ID: 1, Name: "年假"},
		}}}))
		days, err := s.Admin.DayReports(ctx, admin.ReportQuery{UserIDs: []string{"lisi"}, First: "2025-09-10", Last: "2025-09-10"})
		must(t, err)
		if r := days.Reports[0]; len(r.Findings) != 0 || len(r.Data.HolidayInfos) != 1 {
			t.Errorf("a day of leave: %+v", r)
		}
	})
}
