package main

import (
	"iter"
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
	}, &o.tableOptions, o.month, o.open)
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

// open is the rows of a run over a shift plan.
func (o *importSchedulesOptions) open(run *tableRun) tableRows {
	group := attendance.GroupID(o.group)
	return (&rowKind[sheet.Assignment, app.ShiftRow]{
		read: o.read,
		spot: func(a *sheet.Assignment) sheet.Spot { return a.Spot },
		row: func(a *sheet.Assignment) app.ShiftRow {
			return app.ShiftRow{User: a.User, Name: a.Name, Day: a.Day, Shift: a.Shift}
		},
		days: func(_ *tableRun, read []sheet.Assignment) iter.Seq[attendance.Day] {
			return daysOf(read, func(a *sheet.Assignment) attendance.Day { return a.Day })
		},
		plan: func(t *tableRun, rows []app.ShiftRow) (*app.ImportPlan, error) {
			return t.app.PlanSchedules(t.cmd.Context(), t.corp, rows, group)
		},
		write: func(t *tableRun, f app.ImportFile, rows []app.ShiftRow) (*app.ImportPlan, error) {
			return t.app.ImportSchedules(t.cmd.Context(), t.corp, f, rows, group)
		},
	}).open(run)
}

// read returns the shifts of a plan by the names that --shifts gives them.
func (o *importSchedulesOptions) read(t *tableRun) ([]sheet.Assignment, []sheet.Problem, error) {
	called := map[string]string{}
	for _, pair := range o.shifts {
		word, shift, ok := strings.Cut(pair, "=")
		if !ok || word == "" || shift == "" {
			return nil, nil, usagef("--shifts %q: want what the table says and the shift, as 早=早班", pair)
		}
		called[word] = shift
	}
	read, problems := t.mapping.Assignments()
	for i := range read {
		if shift, ok := called[read[i].Shift]; ok {
			read[i].Shift = shift
		}
	}
	return read, problems, nil
}
