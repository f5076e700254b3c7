package main

import (
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/sheet"
	"github.com/spf13/cobra"
)

func newImportMembersCommand() *cobra.Command {
	return newTableCommand(sheet.Members, &cobra.Command{
		Short: "Import a table of members",
		Long: `Adds the members of a table, and changes those of whom it says something new.
The columns may be userid, name, alias, department, tags (their ids), joined and
left; userid and name there must be. A department is a path, 部门/子部门, several have
semicolons between them; one that there is not is made. A new member without one is
in the root. Blank cells leave things as they are; - in left takes a last day back.`,
		Example: "  daka import members roster.xlsx --dry-run\n  daka import members roster.csv --map userid=工号 --yes",
	}, &tableOptions{}, wholeTime, func(r *tableRun) tableRows { return &memberRows{tableRun: r} })
}

// memberRows is the import of a table of members.
type memberRows struct {
	*tableRun
	read []sheet.Member
	rows []app.MemberRow
}

func memberSpot(m *sheet.Member) sheet.Spot { return m.Spot }

func (t *memberRows) check() (problems, doubts []sheet.Problem, err error) {
	t.read, problems = t.mapping.Members()
	plan, err := t.plan(nil)
	if err != nil {
		return nil, nil, err
	}
	return append(problems, rowProblems(t.mapping, t.read, plan.Issues, memberSpot)...), rowProblems(t.mapping, t.read, plan.Doubts, memberSpot), nil
}

func (t *memberRows) plan(bad map[int]bool) (*app.ImportPlan, error) {
	t.read = keepRows(t.mapping, t.read, bad, memberSpot)
	t.rows = nil
	for i := range t.read {
		m := &t.read[i]
		t.rows = append(t.rows, app.MemberRow{
			ID: m.ID, Name: m.Name, Alias: m.Alias, Departments: m.Departments, Tags: m.Tags, Joined: m.Joined, Left: m.Left,
		})
	}
	return t.app.PlanMembers(t.cmd.Context(), t.corp, t.rows)
}

func (t *memberRows) write(f app.ImportFile) (*app.ImportPlan, error) {
	return t.app.ImportMembers(t.cmd.Context(), t.corp, f, t.rows)
}
