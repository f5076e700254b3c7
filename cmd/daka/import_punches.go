package main

import (
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/sheet"
	"github.com/spf13/cobra"
)

func newImportPunchesCommand() *cobra.Command {
	return newTableCommand(sheet.Punches, &cobra.Command{
		Short: "Import a table of punches",
		Long: `Stores the punches of a table: a userid (or name), a time, which may have its date
in a column of its own, and as far as there are any the device and the place.
Times are those of the corporation's clock: 2026-10-08 8:30, 2026年10月8日 上午8:30,
Excel's own. The members must be there: see "daka import members".

A row may also be a person's day, with a date and a column for each punch: 上班, 下班;
上午上班, 上午下班, 下午上班, 下午下班; 签到, 签退; or whatever --map time=早+晚 names. A blank
cell is no punch. 下班 at 5:00 after 上班 at 20:00 is of the next day; where that is not
the only way to read the two, as with 9:00 and 6:00, the row is refused: 次日6:00 says it.`,
		Example: "  daka import punches punches.xlsx --dry-run\n  daka import punches punches.csv --map time=C,date=B --yes",
	}, &tableOptions{}, wholeTime, func(r *tableRun) tableRows { return &punchRows{tableRun: r} })
}

// punchRows is the import of a table of punches.
type punchRows struct {
	*tableRun
	read  []sheet.Punch
	there int // of these, as they were planned last, are stored already or stand there twice
}

func punchSpot(p *sheet.Punch) sheet.Spot { return p.Spot }

func (t *punchRows) check() (problems, doubts []sheet.Problem, err error) {
	t.read, problems = t.mapping.Punches(t.corp.Zone)
	plan, err := t.plan(nil)
	if err != nil {
		return nil, nil, err
	}
	if err := t.noteClosed(daysOf(t.read, func(p *sheet.Punch) attendance.Day { return dayAt(t.corp.Zone, p.At) })); err != nil {
		return nil, nil, err
	}
	doubts = rowProblems(t.mapping, t.read, plan.Doubts, punchSpot)
	return append(problems, rowProblems(t.mapping, t.read, plan.Issues, punchSpot)...), doubts, nil
}

func (t *punchRows) plan(bad map[int]bool) (*app.ImportPlan, error) {
	t.read = keepRows(t.mapping, t.read, bad, punchSpot)
	rows := make([]app.NamedPunch, len(t.read))
	for i, p := range t.read {
		rows[i] = app.NamedPunch{User: p.User, Name: p.Name, At: p.At, Device: p.Device}
	}
	plan, err := t.app.PlanPunches(t.cmd.Context(), t.corp, rows)
	if err != nil || len(plan.Issues) > 0 {
		return plan, err
	}
	for i := range t.read {
		t.read[i].User = rows[i].User // as the contacts spell it
	}
	t.there = plan.Unchanged
	return plan, nil
}

func (t *punchRows) row(index int) int { return t.mapping.Table.Rows[t.read[index].Row].Number }

// dayAt is the day of an instant on a zone's clock.
func dayAt(zone *attendance.Zone, at int64) attendance.Day {
	day, _ := zone.DayAt(at)
	return day
}

// write stores the punches as those of a terminal: the same punch from its own
// export is then the same.
func (t *punchRows) write(f app.ImportFile) (*app.ImportPlan, error) {
	f.Punches = make([]attendance.PunchRecord, len(t.read))
	for i, p := range t.read {
		f.Punches[i] = attendance.PunchRecord{
			User:        p.User,
			Punch:       attendance.Punch{At: p.At, Source: attendance.SourceDevice, Device: p.Device},
			PunchDetail: attendance.PunchDetail{DeviceName: p.Device, LocationTitle: p.Where},
		}
	}
	bar := newProgress(t.cmd, t.mapping.Table.Name, int64(len(f.Punches)))
	defer bar.done()
	f.Stored = func(punches int) { bar.add(int64(punches)) }
	result, err := t.app.ImportPunches(t.cmd.Context(), t.corp, f)
	return &app.ImportPlan{Added: result.Imported, Unchanged: result.Duplicate}, brokenOff(t.cmd, err, max(t.there+result.Imported, result.Imported+result.Duplicate), len(f.Punches))
}
