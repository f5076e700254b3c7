package main

import (
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/sheet"
	"github.com/spf13/cobra"
)

const tableHelp = `FILE is an Excel workbook (.xlsx), or text between commas, semicolons or tabs in
UTF-8, UTF-16 or GBK. The columns are known by their headings, in Chinese or
English, which may stand below a title; what was understood is shown before
anything is done. --map says it where it cannot be guessed, by a heading or a
letter: --map userid=工号,name=B; --map alias=- leaves a field alone.

Every row with a problem is listed, 20 of a kind, the rest counted, and then nothing
is imported; with --skip-bad those rows are kept for "daka import quarantine" and the
others imported. -o json lists all. The same file again changes nothing and asks for
nothing. --dry-run lists it all and does nothing.

In a workbook the result of a formula counts, and a merged cell says what it says
for all its rows, in a shift plan for all its days. A userid that Excel has cut down
to 1.23E+10 is refused.

`

// tableOptions are those of the commands that import tables.
type tableOptions struct {
	databaseOptions
	writeOptions
	output  format
	sheet   string
	columns []string
	skipBad bool
}

// newTableCommand is a command that imports the tables of a kind.
func newTableCommand(kind sheet.Kind, cmd *cobra.Command, o *tableOptions, month func(*attendance.Zone) (attendance.Day, error), open func(*tableRun) tableRows) *cobra.Command {
	cmd.Use = string(kind) + " FILE"
	cmd.Args = oneArg("FILE")
	cmd.Long += "\n\n" + tableHelp + exitHelp
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return runImportTable(cmd, args[0], kind, o, month, open)
	}
	o.output = asTable
	o.databaseOptions.bind(cmd)
	o.writeOptions.bind(cmd)
	bind(cmd, "output", &o.output)
	bind(cmd, "sheet", &o.sheet)
	bind(cmd, "map", &o.columns)
	bind(cmd, "skip-bad", &o.skipBad)
	return cmd
}

// tableRows is what a kind of table does: it reads the rows, checks them against
// the database, leaves the bad ones out, and writes the rest.
type tableRows interface {
	// check returns the problems of the table, and what of it looks wrong and
	// can be taken.
	check() (problems, doubts []sheet.Problem, err error)
	// plan leaves out the rows with the given numbers and says what is to be done.
	plan(bad map[int]bool) (*app.ImportPlan, error)
	// row returns the number of the row with an index in the last plan.
	row(index int) int
	// write does it.
	write(app.ImportFile) (*app.ImportPlan, error)
}

// tableRun is one run of a command that imports a table.
type tableRun struct {
	cmd     *cobra.Command
	app     *app.App
	corp    *app.Corp
	mapping *sheet.Mapping
}

func runImportTable(cmd *cobra.Command, path string, kind sheet.Kind, o *tableOptions, month func(*attendance.Zone) (attendance.Day, error), open func(*tableRun) tableRows) error {
	given, err := parseMap(kind, o.columns)
	if err != nil {
		return err
	}
	table, err := readTable(path, o.sheet)
	if err != nil {
		return err
	}
	return o.withCorp(cmd.Context(), o.access(), func(a *app.App, corp *app.Corp) error {
		first, err := month(corp.Zone)
		if err != nil {
			return err
		}
		m, err := kind.Map(table, given, first)
		if err != nil && len(table.Others) > 0 {
			return failf("%s: %w; it is the sheet %s, and --sheet takes another: %s", path, err, table.Sheet, strings.Join(table.Others, ", "))
		}
		if err != nil {
			return failf("%s: %w", path, err)
		}
		if m.Rows() == 0 {
			return failf("%s: there are no rows below the headings", path)
		}
		run := &tableRun{cmd, a, corp, m}
		return run.do(o, open(run))
	})
}

// noteClosed says which closed months days of the table are in.
func (r *tableRun) noteClosed(days iter.Seq[attendance.Day]) error {
	return noteClosedMonths(r.cmd.Context(), r.cmd, &localDesk{r.app, r.corp}, days)
}

// do checks the rows, asks, and imports them.
func (r *tableRun) do(o *tableOptions, rows tableRows) error {
	problems, doubts, err := rows.check()
	if err != nil {
		return notBegun(r.cmd, err)
	}
	joined, problems := sheet.Join(problems)
	bad := map[int]bool{}
	for _, p := range problems {
		bad[p.Row] = true
	}
	plan, err := rows.plan(bad)
	if err != nil {
		return notBegun(r.cmd, err)
	}
	report := newImportReport(r.cmd, r.mapping, plan, problems, doubts, len(bad))
	report.DryRun = o.dryRun
	report.tell(plan, r.corp.Zone, rows.row)
	none := plan.Added+plan.Changed+plan.Unchanged == 0 && len(bad) > 0
	refused := none || len(bad) > 0 && !o.skipBad
	if refused || o.dryRun {
		if err := report.write(r.cmd, o.output, true); err != nil {
			return err
		}
	}
	switch {
	case none && o.skipBad:
		return failf("%s: none of its %d rows can be taken, nothing is imported: see the list", r.mapping.Table.Name, r.mapping.Rows())
	case refused:
		return failf("%s: %d of %d rows cannot be taken, nothing is imported: see the list, or leave them out with --skip-bad", r.mapping.Table.Name, len(bad), r.mapping.Rows())
	case o.dryRun:
		return errPlanned
	}
	if err := report.show(r.cmd); err != nil {
		return err
	}
	if !report.idle() {
		if err := confirm(r.cmd, &o.writeOptions, say(r.cmd, "import %d rows of %s: %d new, %d changed, %d as before", report.Rows-report.Bad, r.mapping.Table.Name, plan.Added, plan.Changed, plan.Unchanged)); err != nil {
			return err
		}
	}
	if !report.idle() || len(bad) > 0 { // the bad rows are kept, which changes nothing
		if plan, err = rows.write(r.file(joined)); err != nil {
			return err
		}
		report.count(plan)
	}
	return report.write(r.cmd, o.output, false)
}

// file is what the database remembers of the table. A row with several problems
// is kept once.
func (r *tableRun) file(problems []sheet.RowProblem) app.ImportFile {
	f := app.ImportFile{Name: r.mapping.Table.Name, SHA256: r.mapping.Table.SHA256}
	if name, err := filepath.Abs(f.Name); err == nil {
		f.Name = name
	}
	at := map[int]int{}
	for _, p := range problems {
		i, known := at[p.Row]
		if !known {
			i = len(f.Bad)
			at[p.Row] = i
			f.Bad = append(f.Bad, app.BadLine{Number: int64(p.Row), Text: r.mapping.Text(p.Row)})
		} else {
			f.Bad[i].Reason += "; "
		}
		f.Bad[i].Reason += keptReason(p.Spans, p.Reason)
	}
	return f
}

// parseMap reads --map.
func parseMap(kind sheet.Kind, pairs []string) (map[sheet.Field]string, error) {
	given := map[sheet.Field]string{}
	for _, pair := range pairs {
		field, column, ok := strings.Cut(pair, "=")
		field, column = strings.TrimSpace(field), strings.TrimSpace(column)
		if !ok || field == "" || column == "" {
			return nil, usagef("--map %q: want a field and a column, as userid=工号 or name=B", pair)
		}
		if !slices.Contains(kind.Fields(), sheet.Field(field)) {
			return nil, usagef("--map: no field %q: %s have %s", field, string(kind), fieldNames(kind))
		}
		if _, twice := given[sheet.Field(field)]; twice {
			return nil, usagef("--map: %s is given twice", field)
		}
		given[sheet.Field(field)] = column
	}
	return given, nil
}

func fieldNames(kind sheet.Kind) string {
	var names []string
	for _, f := range kind.Fields() {
		names = append(names, string(f))
	}
	return strings.Join(names, ", ")
}

func readTable(path, name string) (*sheet.Table, error) {
	r, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return sheet.Read(r, path, name)
}

// wholeTime is the month of tables whose rows have dates of their own.
func wholeTime(*attendance.Zone) (attendance.Day, error) { return 0, nil }

// keepRows leaves out the rows of a table that are bad.
func keepRows[R any](m *sheet.Mapping, rows []R, bad map[int]bool, spot func(*R) sheet.Spot) []R {
	if len(bad) == 0 {
		return rows
	}
	kept := rows[:0:0]
	for i := range rows {
		if !bad[m.Table.Rows[spot(&rows[i]).Row].Number] {
			kept = append(kept, rows[i])
		}
	}
	return kept
}

// rowProblems turns what is wrong with rows for the database into problems of the table.
func rowProblems[R any](m *sheet.Mapping, rows []R, found []app.RowIssue, spot func(*R) sheet.Spot) []sheet.Problem {
	problems := make([]sheet.Problem, len(found))
	for i, issue := range found {
		problems[i] = m.Problem(spot(&rows[issue.Index]), sheet.Field(issue.Field), sheet.Reason{Format: issue.Format, Args: issue.Args})
	}
	return problems
}
