package main

import (
	"iter"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/sheet"
	"github.com/spf13/cobra"
)

func newImportApprovalsCommand() *cobra.Command {
	return newTableCommand(sheet.Approvals, &cobra.Command{
		Short: "Import a table of leave, trips, outings and overtime",
		Long: `Enters the requests of a table: a userid (or name), the kind (请假, 出差, 外出, 加班,
or at once that of the leave, such as 年假), the kind of leave (vacation), from and
to, and as far as there are any the number and the status. From and to are days or
halves of them, 2026-10-08 or 2026-10-08 上午, or times, 2026年10月8日 9:00, on the
corporation's clock; overtime has times. Without a status a request has passed. Without
a number it gets a new one, unless the member has a request for the very same. A number
that is known takes on what the table says.

` + vacationHelp,
		Example: "  daka import approvals 请假.xlsx --dry-run\n  daka import approvals leave.csv --map from=开始,to=结束 --yes",
	}, &tableOptions{}, wholeTime, func(r *tableRun) tableRows { return &approvalRows{tableRun: r} })
}

// approvalRows is the import of a table of requests.
type approvalRows struct {
	*tableRun
	read []sheet.Approval
	rows []app.ApprovalRow
}

func approvalSpot(a *sheet.Approval) sheet.Spot { return a.Spot }

func (t *approvalRows) check() (problems, doubts []sheet.Problem, err error) {
	t.read, problems = t.mapping.Approvals(t.corp.Zone)
	plan, err := t.plan(nil)
	if err != nil {
		return nil, nil, err
	}
	if err := t.noteClosed(t.days()); err != nil {
		return nil, nil, err
	}
	doubts = rowProblems(t.mapping, t.read, plan.Doubts, approvalSpot)
	return append(problems, rowProblems(t.mapping, t.read, plan.Issues, approvalSpot)...), doubts, nil
}

// days are those that the requests are for.
func (t *approvalRows) days() iter.Seq[attendance.Day] {
	return func(yield func(attendance.Day) bool) {
		for i := range t.read {
			for d := range eachDay(dayAt(t.corp.Zone, t.read[i].From), dayAt(t.corp.Zone, t.read[i].To)) {
				if !yield(d) {
					return
				}
			}
		}
	}
}

func (t *approvalRows) plan(bad map[int]bool) (*app.ImportPlan, error) {
	t.read = keepRows(t.mapping, t.read, bad, approvalSpot)
	t.rows = nil
	for i := range t.read {
		a := &t.read[i]
		t.rows = append(t.rows, app.ApprovalRow{User: a.User, Name: a.Name, Approval: a.Approval, Status: a.Status})
	}
	return t.app.PlanApprovals(t.cmd.Context(), t.corp, t.rows)
}

func (t *approvalRows) write(f app.ImportFile) (*app.ImportPlan, error) {
	return t.app.ImportApprovals(t.cmd.Context(), t.corp, f, t.rows)
}
