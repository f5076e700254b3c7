package app_test

import (
	"context"
	"testing"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

// A table that is imported again brings nothing back that was withdrawn since.
func TestImportOfWithdrawn(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db)
		ctx := context.Background()
		rows := []app.ApprovalRow{{User: "ZhangSan", Status: attendance.Passed, Approval: attendance.Approval{
			Kind: attendance.TripApproval, From: at(t, "2025-09-10 09:00:00"), To: at(t, "2025-09-10 12:00:00"),
		}}}
		plan, err := f.ImportApprovals(ctx, f.corp, app.ImportFile{Name: "a.csv"}, rows)
		must(t, err)
		if plan.Added != 1 {
			t.Fatalf("plan %+v", plan)
		}
		heads, _, err := f.Forms(ctx, f.corp, app.FormQuery{To: 1 << 40, Limit: 10})
		must(t, err)
		form, err := f.Form(ctx, f.corp, heads[0].No)
		must(t, err)
		must(t, f.AddApprovals(ctx, f.corp, []app.ApprovalEntry{{User: "ZhangSan", Approval: *form.Request, Status: attendance.Revoked}}))
		plan, err = f.ImportApprovals(ctx, f.corp, app.ImportFile{Name: "a.csv"}, rows)
		must(t, err)
		if plan.Added != 0 || plan.Unchanged != 1 || len(plan.Doubts) != 1 {
			t.Errorf("again: %+v", plan)
		}
		rows[0].Approval.No = heads[0].No
		plan, err = f.ImportApprovals(ctx, f.corp, app.ImportFile{Name: "a.csv"}, rows)
		must(t, err)
		if plan.Changed != 1 {
			t.Errorf("with its number: %+v", plan)
		}
	})
}
