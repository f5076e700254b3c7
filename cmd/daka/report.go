package main

import (
	"context"
	"fmt"
	"io"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/wire"
	"github.com/spf13/cobra"
)

// reportOptions are those of report day and report month.
type reportOptions struct {
	databaseOptions
	remote remoteOptions
	from   dayFlag
	to     dayFlag
	users  []string
	output format
	// unknown is how many of the days were taken for ordinary ones because there
	// is no public calendar for their year.
	unknown int
}

func newReportCommand() *cobra.Command {
	return group("report", "Print day and month reports",
		newReportKind("day", "Print each member's days", runReportDay),
		newReportKind("month", "Print each member's sums over a month or other period", runReportMonth))
}

func newReportKind(use, short string, run func(context.Context, io.Writer, *reportOptions) error) *cobra.Command {
	o := reportOptions{output: asTable}
	cmd := &cobra.Command{
		Use:   use + " --from DATE --to DATE",
		Short: short,
		Long: short + `, both days included, from a database or,
with --base-url, from WeCom or any server like it. A server is asked as an app:
--corp-id names its corporation and DAKA_SECRET or --secret-file holds its secret;
--zone is the zone of its days. Durations are hours and minutes in a table, seconds
in JSON.

` + exitHelp,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if cmd.Flags().Changed("db") && cmd.Flags().Changed("base-url") {
				return usagef("%s: --db and --base-url exclude each other", cmd.CommandPath())
			}
			if cmd.Flags().Changed("db") {
				o.remote.baseURL = "" // what is on the command line counts before the environment
			}
			if !o.from.set || !o.to.set {
				return usagef("%s: --from and --to are needed", cmd.CommandPath())
			}
			if o.to.day < o.from.day {
				return usagef("%s: --to %s is before --from %s", cmd.CommandPath(), o.to.day, o.from.day)
			}
			if err := run(cmd.Context(), cmd.OutOrStdout(), &o); err != nil {
				return err
			}
			if o.unknown > 0 {
				fmt.Fprintf(cmd.ErrOrStderr(), "daka: %d days lie in a year without a public calendar and were taken for ordinary ones: see \"daka holidays set\"\n", o.unknown)
			}
			return nil
		},
	}
	o.bind(cmd)
	o.remote.bind(cmd)
	bind(cmd, "from", &o.from)
	bind(cmd, "to", &o.to)
	bind(cmd, "users", &o.users)
	bind(cmd, "output", &o.output)
	return cmd
}

// query is what the options ask of a database.
func (o *reportOptions) query(corp *app.Corp) app.Query {
	q := app.Query{Corp: corp, First: o.from.day, Last: o.to.day}
	for _, u := range o.users {
		q.Users = append(q.Users, attendance.UserID(u))
	}
	return q
}

func runReportDay(ctx context.Context, out io.Writer, o *reportOptions) (err error) {
	rows := []dayRow{}
	if o.remote.baseURL != "" {
		rows, err = o.remote.days(ctx, o)
	} else {
		err = o.withCorp(ctx, toRead, func(a *app.App, corp *app.Corp) error {
			return a.DayReports(ctx, o.query(corp), func(m *app.Member, r *attendance.DayReport) error {
				if r.NoCalendar {
					o.unknown++
				}
				data := wire.DayDataOut(corp.Zone, r, who(m))
				rows = append(rows, newDayRow(&data, corp.Zone))
				return nil
			})
		})
	}
	if err != nil {
		return err
	}
	if o.output == asJSON {
		return writeJSON(out, rows)
	}
	return writeTable(out, dayColumns, cellsOf(rows))
}

func runReportMonth(ctx context.Context, out io.Writer, o *reportOptions) (err error) {
	rows := []monthRow{}
	if o.remote.baseURL != "" {
		rows, err = o.remote.months(ctx, o)
	} else {
		err = o.withCorp(ctx, toRead, func(a *app.App, corp *app.Corp) (err error) {
			rows, o.unknown, err = monthRows(ctx, a, o.query(corp))
			return err
		})
	}
	if err != nil {
		return err
	}
	if o.output == asJSON {
		return writeJSON(out, rows)
	}
	return writeTable(out, monthColumns(o.remote.baseURL == ""), cellsOf(rows))
}

// monthRows returns the month reports of a query as rows, and how many of their
// days have no public calendar.
func monthRows(ctx context.Context, a *app.App, q app.Query) (rows []monthRow, unknown int, err error) {
	rows = []monthRow{}
	err = a.MonthReports(ctx, q, func(m *app.Member, r *attendance.MonthReport) error {
		data := wire.MonthDataOut(r, who(m))
		row := newMonthRow(&data)
		unknown += int(r.NoCalendar)
		row.Punches = &punchRow{
			Used: r.Punches.Used, Superseded: r.Punches.Superseded, Unmatched: r.Punches.Unmatched, Total: r.Punches.Total(),
		}
		rows = append(rows, row)
		return nil
	})
	return rows, unknown, err
}

func who(m *app.Member) wire.Who { return wire.Who{Name: m.Name, Alias: m.Alias, Departs: m.Departs} }
