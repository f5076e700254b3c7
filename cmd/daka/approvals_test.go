package main

import (
	"context"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/rogpeppe/go-internal/testscript"
)

// approves DB USER puts two forms of a member into a database: "leave-1", one
// day and a half of annual leave from Tuesday, 2024-03-05, that has passed, and
// "over-1", two hours of overtime on the same evening that is pending. Both
// became known on 2024-03-01 at 09:00.
func approves(ts *testscript.TestScript, _ bool, args []string) {
	const tuesday, applied = 1_709_568_000, 1_709_254_800 // 00:00 and 09:00, UTC+8
	err := withApp(context.Background(), "sqlite:"+ts.MkAbs(args[0]), toWrite, func(a *app.App) error {
		corp, err := a.Corp(context.Background(), "")
		if err != nil {
			return err
		}
		leave := attendance.Approval{
			No: "leave-1", Kind: attendance.LeaveApproval, ByDay: true, From: tuesday, To: tuesday + 86_400,
			Vacation: attendance.Vacation{ID: 1, Name: "年假"},
		}
		over := attendance.Approval{No: "over-1", Kind: attendance.OvertimeApproval, From: tuesday + 18*3600, To: tuesday + 20*3600}
		return a.AddApprovals(context.Background(), corp, []app.ApprovalEntry{
			{User: attendance.UserID(args[1]), Approval: leave, Status: attendance.Passed, KnownAt: applied},
			{User: attendance.UserID(args[1]), Approval: over, Status: attendance.Pending, KnownAt: applied + 60},
		})
	})
	ts.Check(err)
}
