package main

import (
	"context"
	"strings"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/wire"
	"github.com/dakahq/daka/wecom"
	"github.com/spf13/cobra"
)

// reportOptions are those of report day and report month.
type reportOptions struct {
	sourceOptions
	span    spanFlags
	users   userList
	asOf    momentFlag
	output  format
	caveats caveats
}

// tableOfReports says what is in the tables.
const tableOfReports = `A table is 120 columns wide and leaves out what the other formats have besides: of a
day how many cards there are, and the rule beside a shift; of a month the rule, regular
days and days of rest, trips and outings, overtime by kinds of days and what is given
for it. Leave of a month is in days and hours apart. What a database tells of a month
besides is how many punches were used, superseded and unmatched.`

func newReportCommand() *cobra.Command {
	return group("report", "Print day and month reports",
		newReportKind("day", "Print each member's days", "today", runReportDay),
		newReportKind("month", "Print each member's sums over a month or other period", "this month", runReportMonth))
}

func newReportKind(use, short, fallback string, run func(*cobra.Command, *reportOptions) error) *cobra.Command {
	o := reportOptions{span: spanFlags{fallback: fallback}, output: asTable}
	cmd := &cobra.Command{
		Use:   use + " [PERIOD]",
		Short: short,
		Long: strings.Replace(short, "Print", "Prints", 1) + `, those of ` + fallback + ` unless a
PERIOD or --from and --to say otherwise. Durations are hours and minutes in a table,
seconds in the other formats. --as-of reports what was known at a moment: a
database remembers that, a server does not tell.

` + tableOfReports + `

` + whenHelp + `

` + namesHelp + `

` + sourceHelp + `

` + exitHelp,
		Example: "  daka report " + use + " 2026-10\n  daka report " + use + " last month --users zhangsan,lisi -o csv",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.span.take(cmd, args); err != nil {
				return err
			}
			o.namesIn(cmd, o.users)
			if err := run(cmd, &o); err != nil {
				return err
			}
			o.caveats.tell(cmd)
			return nil
		},
	}
	o.bind(cmd)
	o.span.bind(cmd)
	bind(cmd, "users", &o.users)
	bind(cmd, "as-of", &o.asOf)
	bind(cmd, "output", &o.output)
	return cmd
}

// query is what the options ask of a database.
func (o *reportOptions) query(cmd *cobra.Command, corp *app.Corp) (q app.Query, err error) {
	q.Corp, q.AsOf = corp, o.asOf.in(corp.Zone)
	q.First, q.Last, err = o.span.days(cmd, corp.Zone)
	for _, u := range o.users {
		q.Users = append(q.Users, attendance.UserID(u))
	}
	return q, err
}

// question is what the options ask of a server.
func (o *reportOptions) question(cmd *cobra.Command, w *wecom.Client, zone *attendance.Zone) (f checkin.Fetch, err error) {
	if o.asOf.text != "" {
		return f, usagef("--as-of: a server only tells what it knows now")
	}
	first, last, err := o.span.days(cmd, zone)
	if err != nil {
		return f, err
	}
	return fetch(cmd.Context(), w, zone, o.users, first, last)
}

func runReportDay(cmd *cobra.Command, o *reportOptions) error {
	var rows []dayRow
	p := newProgress(cmd, say(cmd, "reports"), -1)
	defer p.done()
	err := o.read(cmd, func(ctx context.Context, a *app.App, corp *app.Corp) error {
		q, err := o.query(cmd, corp)
		if err != nil {
			return err
		}
		err = a.DayReports(ctx, q, func(m *app.Member, r *attendance.DayReport) error {
			o.caveats.day(r)
			p.add(1)
			data := wire.DayDataOut(corp.Zone, r, who(m))
			rows = append(rows, newDayRow(&data, corp.Zone))
			return nil
		})
		return firstError(err, o.caveats.settle(ctx, a, &q))
	}, func(ctx context.Context, w *wecom.Client, zone *attendance.Zone) error {
		f, err := o.question(cmd, w, zone)
		if err != nil {
			return err
		}
		rows, err = serverDays(ctx, f, zone, p)
		return err
	})
	if err != nil {
		return err
	}
	o.caveats.nothing = len(rows) == 0
	return writeRows(cmd, o.output, dayColumns, rows, func(r dayRow) []string { return r.cells(cmd) })
}

func runReportMonth(cmd *cobra.Command, o *reportOptions) error {
	var rows []monthRow
	p := newProgress(cmd, say(cmd, "reports"), -1)
	defer p.done()
	err := o.read(cmd, func(ctx context.Context, a *app.App, corp *app.Corp) error {
		q, err := o.query(cmd, corp)
		if err != nil {
			return err
		}
		rows, err = monthRows(ctx, a, q, p, &o.caveats)
		return firstError(err, o.caveats.settle(ctx, a, &q))
	}, func(ctx context.Context, w *wecom.Client, zone *attendance.Zone) error {
		f, err := o.question(cmd, w, zone)
		if err != nil {
			return err
		}
		rows, err = serverMonths(ctx, f, p)
		return err
	})
	if err != nil {
		return err
	}
	o.caveats.nothing = len(rows) == 0
	return writeRows(cmd, o.output, monthColumns(!o.fromServer()), rows, func(r monthRow) []string { return r.cells(cmd) })
}

// monthRows returns the month reports of a query as rows, and notes what should be
// known of them.
func monthRows(ctx context.Context, a *app.App, q app.Query, p *progress, note *caveats) (rows []monthRow, err error) {
	rows = []monthRow{}
	err = a.MonthReports(ctx, q, func(m *app.Member, r *attendance.MonthReport) error {
		p.add(1)
		data := wire.MonthDataOut(r, who(m))
		row := newMonthRow(&data)
		note.month(r)
		row.Punches = &punchRow{
			Used: r.Punches.Used, Superseded: r.Punches.Superseded, Unmatched: r.Punches.Unmatched, Total: r.Punches.Total(),
		}
		rows = append(rows, row)
		return nil
	})
	return rows, err
}

func who(m *app.Member) wire.Who { return wire.Who{Name: m.Name, Alias: m.Alias, Departs: m.Departs} }
