package main

import (
	"iter"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/sheet"
	"github.com/spf13/cobra"
)

// importApprovalsOptions are those of import approvals beside those of all tables.
type importApprovalsOptions struct {
	tableOptions
	workdays bool
}

func newImportApprovalsCommand() *cobra.Command {
	o := &importApprovalsOptions{}
	cmd := newTableCommand(sheet.Approvals, &cobra.Command{
		Short: "Import a table of leave, trips, outings and overtime",
		Long: `Enters the requests of a table: a userid (or name), the kind (请假, 出差, 外出, 加班,
or at once that of the leave, such as 年假), the kind of leave (vacation), from and
to, and as far as there are any the number and the status. From and to are days or
halves of them, 2026-10-08 or 2026-10-08 上午, or times, 2026年10月8日 9:00, on the
corporation's clock; overtime has times. Without a status a request has passed. Without
a number it gets a new one, unless the member has a request for the very same. A number
that is known takes on what the table says.

The half or the time may stand in a column of its own: 开始日期, 开始时段, 结束日期, 结束时段;
or --map from=C+D,to=E+F. Members share a number only where it asks for the same of each.

What each request comes to is listed before anything is done: leave by days counts
days off, too, and leave with times all the time from the one to the other. Where the
table has a column for that, 天数 or 时长, it must say the same.

` + vacationHelp + ` With --workdays-only the days
off in between do not count, for that kind of leave from then on.`,
		Example: "  daka import approvals 请假.xlsx --dry-run\n  daka import approvals leave.csv --map from=开始,to=结束 --yes",
	}, &o.tableOptions, wholeTime, o.open)
	bind(cmd, "workdays-only", &o.workdays)
	return cmd
}

// open is the rows of a run over a table of requests.
func (o *importApprovalsOptions) open(run *tableRun) tableRows {
	kind := approvalTable
	kind.read = func(t *tableRun) ([]sheet.Approval, []sheet.Problem, error) {
		approvals, problems := t.mapping.Approvals(t.corp.Zone)
		for i := range approvals {
			approvals[i].Vacation.WorkdaysOnly = o.workdays && approvals[i].Kind == attendance.LeaveApproval
		}
		return approvals, problems, nil
	}
	return kind.open(run)
}

// approvalTable is what all tables of requests have in common.
var approvalTable = rowKind[sheet.Approval, app.ApprovalRow]{
	spot: func(a *sheet.Approval) sheet.Spot { return a.Spot },
	row: func(a *sheet.Approval) app.ApprovalRow {
		return app.ApprovalRow{User: a.User, Name: a.Name, Approval: a.Approval, Status: a.Status, Days: a.Days, Hours: a.Hours}
	},
	days: func(t *tableRun, read []sheet.Approval) iter.Seq[attendance.Day] {
		return func(yield func(attendance.Day) bool) {
			for i := range read {
				for d := range eachDay(dayAt(t.corp.Zone, read[i].From), dayAt(t.corp.Zone, read[i].To)) {
					if !yield(d) {
						return
					}
				}
			}
		}
	},
	plan: func(t *tableRun, rows []app.ApprovalRow) (*app.ImportPlan, error) {
		return t.app.PlanApprovals(t.cmd.Context(), t.corp, rows)
	},
	write: func(t *tableRun, f app.ImportFile, rows []app.ApprovalRow) (*app.ImportPlan, error) {
		return t.app.ImportApprovals(t.cmd.Context(), t.corp, f, rows)
	},
}
