package main

import (
	"context"
	"fmt"
	"iter"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/spf13/cobra"
)

// noteClosedMonths says on stderr, of facts about days, which of their months are
// closed, each once: there the facts do not show in the reports.
func noteClosedMonths(ctx context.Context, cmd *cobra.Command, d desk, days iter.Seq[attendance.Day]) error {
	if isQuiet(cmd) {
		return nil
	}
	states, err := d.monthStates(ctx)
	if err != nil || len(states) == 0 {
		return err
	}
	closed := map[app.MonthOf]bool{}
	for _, s := range states { // they are in order of time
		closed[app.MonthOf{Year: int(s.Month / 100), Month: int(s.Month % 100)}] = s.Closed
	}
	for day := range days {
		year, month, _ := day.Date()
		m := app.MonthOf{Year: year, Month: int(month)}
		if !closed[m] {
			continue
		}
		delete(closed, m)
		fmt.Fprintln(cmd.ErrOrStderr(), say(cmd, "%s is closed: its reports stay as they are, see \"daka month adjustments %s\"", m, m))
	}
	return nil
}

// eachDay are the days from first to last.
func eachDay(first, last attendance.Day) iter.Seq[attendance.Day] {
	return func(yield func(attendance.Day) bool) {
		for d := first; d <= last && yield(d); d++ {
		}
	}
}

// daysOf are the days of some rows.
func daysOf[R any](rows []R, day func(*R) attendance.Day) iter.Seq[attendance.Day] {
	return func(yield func(attendance.Day) bool) {
		for i := range rows {
			if !yield(day(&rows[i])) {
				return
			}
		}
	}
}

// noteClosed is noteClosedMonths for one day of a database.
func noteClosed(cmd *cobra.Command, a *app.App, corp *app.Corp, day attendance.Day) error {
	return noteClosedMonths(cmd.Context(), cmd, &localDesk{a, corp}, eachDay(day, day))
}
