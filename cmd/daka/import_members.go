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
in the root. Blank cells leave things as they are; - in left takes a last day back.
What changes of a member who exists, a name first of all, is listed with what it was.`,
		Example: "  daka import members roster.xlsx --dry-run\n  daka import members roster.csv --map userid=工号 --yes",
	}, &tableOptions{}, wholeTime, memberTable.open)
}

var memberTable = rowKind[sheet.Member, app.MemberRow]{
	read: func(t *tableRun) ([]sheet.Member, []sheet.Problem, error) {
		members, problems := t.mapping.Members()
		return members, problems, nil
	},
	spot: func(m *sheet.Member) sheet.Spot { return m.Spot },
	row: func(m *sheet.Member) app.MemberRow {
		return app.MemberRow{ID: m.ID, Name: m.Name, Alias: m.Alias, Departments: m.Departments, Tags: m.Tags, Joined: m.Joined, Left: m.Left}
	},
	plan: func(t *tableRun, rows []app.MemberRow) (*app.ImportPlan, error) {
		return t.app.PlanMembers(t.cmd.Context(), t.corp, rows)
	},
	write: func(t *tableRun, f app.ImportFile, rows []app.MemberRow) (*app.ImportPlan, error) {
		return t.app.ImportMembers(t.cmd.Context(), t.corp, f, rows)
	},
}
