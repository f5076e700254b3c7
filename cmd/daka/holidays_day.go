package main

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/dakahq/daka/internal/app"
	"github.com/spf13/cobra"
)

func newHolidaysDayCommand() *cobra.Command {
	var o calendarOptions
	cmd := &cobra.Command{
		Use:   "day DATE free|statutory|workday|ordinary [NAME]",
		Short: "Change a day of the public calendar",
		Long: `Makes a day free, a statutory holiday, a workday for a break, or an ordinary day that
the calendar says nothing of. NAME is the holiday that it belongs to; a day that has
one keeps it. Its year must be known: "daka holidays set" puts in a whole one.

` + deskHelp + "\n\n" + exitHelp,
		Example: "  daka holidays day 2026-10-09 free 国庆节 --dry-run\n  daka holidays day 2026-10-10 ordinary --yes",
		Args:    someArgs(2, 3, "DATE free|statutory|workday|ordinary [NAME]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			is, name := args[1], strings.Join(args[2:], "")
			if !slices.Contains([]string{"free", "statutory", "workday", "ordinary"}, is) {
				return usagef("%s: want free, statutory, workday or ordinary, not %q", cmd.CommandPath(), is)
			}
			w, err := dayArgument(cmd, args[:1])
			if err == nil {
				err = w.withYear()
			}
			if err != nil {
				return usageError{err}
			}
			return o.change(cmd, func(d desk) calendarEdit {
				day, err := w.day(d.zone())
				return calendarEdit{
					plan: say(cmd, "make %s %s in the calendar of %s", day, translate(langOf(cmd), is), d.place(cmd)),
					done: say(cmd, "%s set", day.String()),
					after: func(before calendarYears) (calendarYears, error) {
						if err != nil {
							return nil, err
						}
						return before.mark(day, is, name)
					},
					make: func(ctx context.Context, before, after calendarYears) error {
						doc, err := json.Marshal(after.changed(before))
						if err != nil {
							return err
						}
						return d.setHolidays(ctx, doc)
					},
				}
			})
		},
	}
	o.bind(cmd)
	return cmd
}

func newHolidaysResetCommand() *cobra.Command {
	var o calendarOptions
	cmd := &cobra.Command{
		Use:   "reset YEAR",
		Short: "Put a year of the public calendar back",
		Long: `Puts a year back to the calendar that comes with daka, mainland China's. A year that
does not come with it is not known any more.

` + deskHelp + "\n\n" + exitHelp,
		Example: "  daka holidays reset 2026 --dry-run",
		Args:    oneArg("YEAR"),
		RunE: func(cmd *cobra.Command, args []string) error {
			year, err := strconv.Atoi(halfWidth(args[0]))
			if err != nil {
				return usagef("%s: %q is not a year", cmd.CommandPath(), args[0])
			}
			name := strconv.Itoa(year)
			return o.change(cmd, func(d desk) calendarEdit {
				return calendarEdit{
					plan: say(cmd, "put %s of %s back to the calendar that comes with daka", name, d.place(cmd)),
					done: say(cmd, "%s is as it comes with daka", name),
					after: func(before calendarYears) (calendarYears, error) {
						doc, err := app.BuiltInHolidays()
						if err != nil {
							return nil, err
						}
						comes, err := readYears(doc)
						if err != nil {
							return nil, err
						}
						after := before.with(nil)
						delete(after, name)
						if y, ok := comes[name]; ok {
							after[name] = y
						}
						return after, nil
					},
					make: func(ctx context.Context, _, _ calendarYears) error { return d.resetHolidays(ctx, year) },
				}
			})
		},
	}
	o.bind(cmd)
	return cmd
}
