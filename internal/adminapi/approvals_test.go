package adminapi_test

import (
	"testing"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/dakatest"
	"github.com/google/go-cmp/cmp"
)

// What is checked can be stored as it comes back, here and by its number again.
func TestApprovalCheck(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *dakatest.Server) {
		ctx := t.Context()
		check := func(a admin.Approval) admin.ApprovalCheck {
			t.Helper()
			answer, err := s.Admin.CheckApprovals(ctx, admin.ApprovalList{Approvals: []admin.Approval{a}})
			must(t, err)
			return answer.Approvals[0]
		}
		leave := admin.Approval{
			UserID: "LISI", Number: "n-1", Kind: "leave", ByDay: true, Status: 2, Vacation: &admin.Vacation{Name: "事假"},
			From: shanghai(9, 9, 12, 0).Unix(), To: shanghai(9, 10, 0, 0).Unix(),
		}
		full := leave
		full.UserID, full.Vacation = "lisi", &admin.Vacation{ID: 2, Name: "事假"}
		want := admin.ApprovalCheck{Approval: full, Days: []admin.ApprovalSlice{{Day: "2025-09-09", Seconds: 43200}, {Day: "2025-09-10", Seconds: 43200}}}
		got := check(leave)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("-want +got:\n%s", diff)
		}
		must(t, s.Admin.AddApprovals(ctx, admin.ApprovalList{Approvals: []admin.Approval{got.Approval}}))

		want.Was, want.Known = 2, true
		if diff := cmp.Diff(want, check(leave)); diff != "" {
			t.Errorf("the same, -want +got:\n%s", diff)
		}
		other := leave
		other.Number = ""
		if c := check(other); c.Overlaps != "n-1" || c.Number == "" || c.Was != 0 {
			t.Errorf("for the same time: %+v", c)
		}
		want.Known, want.Status = false, 6
		got = check(admin.Approval{Number: "n-1", Status: 6})
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("another state, -want +got:\n%s", diff)
		}
		must(t, s.Admin.AddApprovals(ctx, admin.ApprovalList{Approvals: []admin.Approval{got.Approval}}))
		if c := check(other); c.Overlaps != "" {
			t.Errorf("after it was revoked: %+v", c)
		}

		for name, tt := range map[string]struct {
			change func(a *admin.Approval)
			code   admin.Code
			field  string
		}{
			"member":   {func(a *admin.Approval) { a.UserID = "none" }, admin.NotFound, ""},
			"number":   {func(a *admin.Approval) { a.Kind, a.Number = "", "none" }, admin.NotFound, ""},
			"kind":     {func(a *admin.Approval) { a.Kind, a.Number = "", "" }, admin.BadRequest, "/approvals/0/kind"},
			"vacation": {func(a *admin.Approval) { a.Vacation = &admin.Vacation{ID: 77} }, admin.BadRequest, ""},
			"status":   {func(a *admin.Approval) { a.Status = 5 }, admin.BadRequest, ""},
		} {
			a := other
			tt.change(&a)
			_, err := s.Admin.CheckApprovals(ctx, admin.ApprovalList{Approvals: []admin.Approval{a}})
			refused(t, name, err, tt.code, tt.field)
		}
		refused(t, "adding has its kind", s.Admin.AddApprovals(ctx, admin.ApprovalList{Approvals: []admin.Approval{{UserID: "lisi", Number: "n-1", Status: 6}}}), admin.BadRequest, "/approvals/0/kind")
	})
}
