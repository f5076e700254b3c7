package main

import (
	"context"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"strings"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/export"
	"github.com/dakahq/daka/wecom"
	"github.com/spf13/cobra"
)

// exportOptions are those of export.
type exportOptions struct {
	sourceOptions
	span         spanFlags
	users        userList
	out          string // "" = a name of the command's own, - = stdout
	format       fileFormat
	byDepartment bool
	bom          bool
	output       format
	caveats      caveats
}

// exportKind is one of the things that can be exported.
type exportKind[R any] struct {
	use, short, fallback string
	table                func() *export.Table[R] // nil = grid
	grid                 gridTable[R]
	database             func(context.Context, *localSource) iter.Seq2[R, error]
	server               func(context.Context, *serverSource) iter.Seq2[R, error]
	note                 string // a paragraph of the help; "" = none
}

// gridTable makes the table of a grid, which is known by its rows alone.
type gridTable[R any] func(first, last attendance.Day, calendar *attendance.Calendar, rows iter.Seq2[R, error]) (*export.Table[R], iter.Seq2[R, error], error)

// What the help says of corrections, by what is exported.
const (
	correctedHelp = `"Approved corrections" (补卡次数) is WeCom's own number: the requests that were approved.
"Corrected cards" (其中补卡) counts the cards that corrections made, those of "daka
correct" and of apps included. A server does not tell that: there it stays empty.`
	gridHelp = `A day that is regular after a correction is 补 (C). A server tells of approved requests
alone, so that a day that "daka correct" or an app mended is √ there. Public holidays
are those of the corporation's calendar; for a server, of the one daka comes with.`
)

func newExportCommand() *cobra.Command {
	return group("export", "Write reports, punches and schedules as Excel or CSV files",
		newExportKind(exportKind[export.Day]{"day", "Export day reports", "this month", export.Days, nil, localDays, serverDayRows, correctedHelp}),
		newExportKind(exportKind[export.Month]{"month", "Export sums over a month or other period", "this month", export.Months, nil, localMonths, serverMonthRows, ""}),
		newExportKind(exportKind[export.GridRow]{"grid", "Export a grid of people and days", "this month", nil, export.Grid, localGrid, serverGrid, gridHelp}),
		newExportKind(exportKind[export.Exception]{"exceptions", "Export exceptions", "this month", export.Exceptions, nil, localExceptions, serverExceptions, ""}),
		newExportKind(exportKind[export.Record]{"records", "Export raw punches", "this month", export.Records, nil, localRecords, serverRecords, ""}),
		newExportKind(exportKind[export.ShiftDay]{"schedule", "Export schedules", "this month", export.Shifts, nil, localSchedules, serverSchedules, ""}))
}

// maxGridDays is how many columns of days a reader can bear.
const maxGridDays = 366

func newExportKind[R any](k exportKind[R]) *cobra.Command {
	o := exportOptions{span: spanFlags{fallback: k.fallback}, output: asTable}
	cmd := &cobra.Command{
		Use:   k.use + " [PERIOD]",
		Short: k.short,
		Long: `Writes a file: of ` + k.fallback + `, unless a PERIOD or --from and --to say otherwise.
It is a workbook (xlsx) or CSV, as the end of --out's name or --format says;
without --out it is named after what is in it, with --out - the CSV goes to stdout.
The file appears when it is whole. --lang says the language of its headings.
stdout says the file's name and how many rows it has.

` + noted(k.note) + whenHelp + `

` + namesHelp + `

` + sourceHelp + `

` + exitHelp,
		Example: "  daka export " + k.use + " last month --out " + k.use + ".xlsx --lang zh --by-department\n" +
			"  daka export " + k.use + " 2026-10 --out - --bom > " + k.use + ".csv",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.span.take(cmd, args); err != nil {
				return err
			}
			if err := o.check(cmd); err != nil {
				return err
			}
			o.namesIn(cmd, o.users)
			return runExport(cmd, &o, &k)
		},
	}
	o.sourceOptions.bind(cmd)
	o.span.bind(cmd)
	bind(cmd, "users", &o.users)
	bind(cmd, "out", &o.out)
	bind(cmd, "format", &o.format)
	bind(cmd, "by-department", &o.byDepartment)
	bind(cmd, "bom", &o.bom)
	bind(cmd, "output", &o.output)
	return cmd
}

// noted is a paragraph of a help text before another.
func noted(text string) string {
	if text == "" {
		return ""
	}
	return text + "\n\n"
}

// check settles the file's format.
func (o *exportOptions) check(cmd *cobra.Command) error {
	ending := fileFormat(strings.ToLower(strings.TrimPrefix(filepath.Ext(o.out), ".")))
	switch {
	case o.out == "-" && o.format == asXLSX:
		return usagef("--out -: a workbook goes to a file, not to stdout")
	case o.out == "-":
		o.format = asCSVFile
	case ending != asXLSX && ending != asCSVFile:
		if o.out != "" && o.format == "" {
			return usagef("--out %s: name it .xlsx or .csv, or say --format", o.out)
		}
	case o.format == "":
		o.format = ending
	case o.format != ending:
		return usagef("--out %s is not named as --format %s is", o.out, o.format)
	}
	if o.format == "" {
		o.format = asXLSX
	}
	switch {
	case o.format == asCSVFile && cmd.Flags().Changed("by-department"):
		return usagef("--by-department: CSV has no sheets")
	case o.format == asXLSX && cmd.Flags().Changed("bom"):
		return usagef("--bom is for CSV")
	}
	return nil
}

func runExport[R any](cmd *cobra.Command, o *exportOptions, k *exportKind[R]) error {
	return o.read(cmd, func(ctx context.Context, a *app.App, corp *app.Corp) error {
		first, last, err := o.span.days(cmd, corp.Zone)
		if err != nil {
			return err
		}
		s := &localSource{app: a, query: app.Query{Corp: corp, First: first, Last: last}, caveats: &o.caveats}
		for _, u := range o.users {
			s.query.Users = append(s.query.Users, attendance.UserID(u))
		}
		calendar, err := a.Calendar(ctx, corp)
		if err != nil {
			return err
		}
		if err := writeExport(cmd, o, k, first, last, calendar, k.database(ctx, s)); err != nil {
			return err
		}
		if err := o.caveats.settle(ctx, a, &s.query); err != nil {
			return err
		}
		o.caveats.tell(cmd)
		return nil
	}, func(ctx context.Context, w *wecom.Client, zone *attendance.Zone) error {
		first, last, err := o.span.days(cmd, zone)
		if err != nil {
			return err
		}
		s := &serverSource{client: w, zone: zone, users: o.users, first: first, last: last}
		return writeExport(cmd, o, k, first, last, app.PublicCalendar(), k.server(ctx, s))
	})
}

// writeExport writes the file and says what is in it.
func writeExport[R any](cmd *cobra.Command, o *exportOptions, k *exportKind[R], first, last attendance.Day, calendar *attendance.Calendar, rows iter.Seq2[R, error]) error {
	if k.grid != nil && last-first >= maxGridDays {
		return usagef("a grid has %d days at most, and %s to %s is more", maxGridDays, first, last)
	}
	p := newProgress(cmd, k.use, -1)
	defer p.done()
	var n int64
	var err error
	var counted iter.Seq2[R, error] = func(yield func(R, error) bool) {
		for r, err := range rows {
			if err == nil {
				n++
				p.add(1)
			}
			if !yield(r, err) {
				return
			}
		}
	}
	var table *export.Table[R]
	if k.grid == nil {
		table = k.table()
	} else if table, counted, err = k.grid(first, last, calendar, counted); err != nil {
		return err
	}
	choices := export.Options{Lang: langOf(cmd), ByDepartment: o.byDepartment, BOM: o.bom}
	write := func(w io.Writer) error {
		if o.format == asCSVFile {
			return export.CSV(w, table, choices, counted)
		}
		return export.XLSX(w, table, choices, counted)
	}
	if o.out == "-" {
		return write(cmd.OutOrStdout())
	}
	path := o.out
	if path == "" {
		path = fmt.Sprintf("%s-%s-%s.%s", k.use, first, last, o.format)
	}
	if err := export.File(path, write); err != nil {
		return err
	}
	p.done()
	return writeObject(cmd, o.output, struct {
		File string `json:"file"`
		Rows int64  `json:"rows"`
	}{path, n}, say(cmd, "%s: %d rows", path, n))
}
