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
	users        []string
	out          string // "" = a name of the command's own, - = stdout
	format       fileFormat
	byDepartment bool
	bom          bool
	output       format
	unknown      int // days that were taken for ordinary ones
}

// exportKind is one of the things that can be exported.
type exportKind[R any] struct {
	use, short, fallback string
	table                func(first, last attendance.Day) (*export.Table[R], error)
	database             func(context.Context, *localSource) iter.Seq2[R, error]
	server               func(context.Context, *serverSource) iter.Seq2[R, error]
}

func newExportCommand() *cobra.Command {
	days := func(first, last attendance.Day) (*export.Table[export.GridRow], error) {
		if last-first >= maxGridDays {
			return nil, usagef("a grid is of %d days at most, and %s to %s are more", maxGridDays, first, last)
		}
		return export.Grid(first, last), nil
	}
	return group("export", "Write reports, punches and schedules as Excel or CSV files",
		newExportKind(exportKind[export.Day]{"day", "Export day reports", "this month", always(export.Days), localDays, serverDayRows}),
		newExportKind(exportKind[export.Month]{"month", "Export sums over a month or other period", "this month", always(export.Months), localMonths, serverMonthRows}),
		newExportKind(exportKind[export.GridRow]{"grid", "Export a grid of people and days", "this month", days, localGrid, serverGrid}),
		newExportKind(exportKind[export.Exception]{"exceptions", "Export exceptions", "this month", always(export.Exceptions), localExceptions, serverExceptions}),
		newExportKind(exportKind[export.Record]{"records", "Export raw punches", "this month", always(export.Records), localRecords, serverRecords}),
		newExportKind(exportKind[export.ShiftDay]{"schedule", "Export schedules", "this month", always(export.Shifts), localSchedules, serverSchedules}))
}

// maxGridDays is how many columns of days a reader can bear.
const maxGridDays = 366

// always is for tables that are the same whatever the days.
func always[R any](table func() *export.Table[R]) func(first, last attendance.Day) (*export.Table[R], error) {
	return func(attendance.Day, attendance.Day) (*export.Table[R], error) { return table(), nil }
}

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

` + whenHelp + `

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
		s := &localSource{app: a, query: app.Query{Corp: corp, First: first, Last: last}, unknown: &o.unknown}
		for _, u := range o.users {
			s.query.Users = append(s.query.Users, attendance.UserID(u))
		}
		if err := writeExport(cmd, o, k, first, last, k.database(ctx, s)); err != nil {
			return err
		}
		if o.unknown > 0 {
			fmt.Fprintln(cmd.ErrOrStderr(), "daka: "+say(cmd, "%d days lie in a year without a public calendar and were taken for ordinary ones: see \"daka holidays set\"", o.unknown))
		}
		return nil
	}, func(ctx context.Context, w *wecom.Client, zone *attendance.Zone) error {
		first, last, err := o.span.days(cmd, zone)
		if err != nil {
			return err
		}
		s := &serverSource{client: w, zone: zone, users: o.users, first: first, last: last}
		return writeExport(cmd, o, k, first, last, k.server(ctx, s))
	})
}

// writeExport writes the file and says what is in it.
func writeExport[R any](cmd *cobra.Command, o *exportOptions, k *exportKind[R], first, last attendance.Day, rows iter.Seq2[R, error]) error {
	table, err := k.table(first, last)
	if err != nil {
		return err
	}
	p := newProgress(cmd, k.use, -1)
	defer p.done()
	var n int64
	counted := func(yield func(R, error) bool) {
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

// fileFormat is the format of a file: a flag; "" = as its name says.
type fileFormat string

const (
	asXLSX    fileFormat = "xlsx"
	asCSVFile fileFormat = "csv"
)

func (f *fileFormat) String() string { return string(*f) }

func (f *fileFormat) Type() string { return "format" }

func (f *fileFormat) Set(text string) error {
	if v := fileFormat(text); v == asXLSX || v == asCSVFile {
		*f = v
		return nil
	}
	return fmt.Errorf("want xlsx or csv, not %q", text)
}
