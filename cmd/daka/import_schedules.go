package main

import (
	"strings"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/sheet"
	"github.com/spf13/cobra"
)

// importSchedulesOptions are those of import schedules beside those of all tables.
type importSchedulesOptions struct {
	tableOptions
	period whenFlag
	group  int
	shifts []string
}

func newImportSchedulesCommand() *cobra.Command {
	o := &importSchedulesOptions{}
	cmd := newTableCommand(sheet.Schedules, &cobra.Command{
		Short: "Import a shift plan",
		Long: `Takes over who has which shift on which day, from one of two forms of table: a row
for each userid (or name), date and shift; or a row a person and a column a day,
headed 1 to 31 or by dates, with shifts in the cells. The month of such a plan is
taken from its title, the sheet's or the file's name, or --period. A blank cell says
nothing; 休 is a day of rest. A shift is known by its name or id in the rule that the
member is under on the day, or in the one of --group; --shifts 早=早班,晚=晚班 says
what else the table calls them.`,
		Example: "  daka import schedules 排班表.xlsx --period 2026-10 --dry-run\n  daka import schedules plan.csv --shifts 早=早班,晚=晚班 --yes",
	}, &o.tableOptions, o.month, func(r *tableRun) tableRows { return &scheduleRows{tableRun: r, o: o} })
	bind(cmd, "period", &o.period)
	bind(cmd, "group", &o.group)
	bind(cmd, "shifts", &o.shifts)
	return cmd
}

// month is the month of a plan whose columns are days.
func (o *importSchedulesOptions) month(zone *attendance.Zone) (attendance.Day, error) {
	if !o.period.set() {
		return 0, nil
	}
	if err := o.period.withYear(); err != nil {
		return 0, usagef("--period: %w", err)
	}
	first, last := o.period.days(today(zone))
	if from, to := first.Month(); first != from || last != to {
		return 0, usagef("--period %s is not one month", o.period.text)
	}
	return first, nil
}

// scheduleRows is the import of a shift plan.
type scheduleRows struct {
	*tableRun
	o    *importSchedulesOptions
	read []sheet.Assignment
	rows []app.ShiftRow
}

func assignmentSpot(a *sheet.Assignment) sheet.Spot { return a.Spot }

func (t *scheduleRows) check() (problems, doubts []sheet.Problem, err error) {
	called := map[string]string{}
	for _, pair := range t.o.shifts {
		word, shift, ok := strings.Cut(pair, "=")
		if !ok || word == "" || shift == "" {
			return nil, nil, usagef("--shifts %q: want what the table says and the shift, as 早=早班", pair)
		}
		called[word] = shift
	}
	t.read, problems = t.mapping.Assignments()
	for i := range t.read {
		if shift, ok := called[t.read[i].Shift]; ok {
			t.read[i].Shift = shift
		}
	}
	plan, err := t.plan(nil)
	if err != nil {
		return nil, nil, err
	}
	if err := t.noteClosed(daysOf(t.read, func(a *sheet.Assignment) attendance.Day { return a.Day })); err != nil {
		return nil, nil, err
	}
	return append(problems, rowProblems(t.mapping, t.read, plan.Issues, assignmentSpot)...), rowProblems(t.mapping, t.read, plan.Doubts, assignmentSpot), nil
}

func (t *scheduleRows) plan(bad map[int]bool) (*app.ImportPlan, error) {
	t.read = keepRows(t.mapping, t.read, bad, assignmentSpot)
	t.rows = nil
	for _, a := range t.read {
		t.rows = append(t.rows, app.ShiftRow{User: a.User, Name: a.Name, Day: a.Day, Shift: a.Shift})
	}
	return t.app.PlanSchedules(t.cmd.Context(), t.corp, t.rows, attendance.GroupID(t.o.group))
}

func (t *scheduleRows) write(f app.ImportFile) (*app.ImportPlan, error) {
	return t.app.ImportSchedules(t.cmd.Context(), t.corp, f, t.rows, attendance.GroupID(t.o.group))
}
