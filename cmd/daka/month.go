package main

import (
	"context"
	"fmt"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/spf13/cobra"
)

func newMonthCommand() *cobra.Command {
	return group("month", "Close months as the record of account",
		newMonthCloseCommand(), newMonthReopenCommand(), newMonthListCommand(), newMonthAdjustmentsCommand())
}

// parseMonth reads a month as people write it, such as 2026-01 or last month.
func parseMonth(text string) (when, error) {
	w, err := parseWhen(text)
	if err == nil && w.fixed {
		_, err = w.month(0)
	}
	if err != nil {
		return w, usagef("%q is not a month like 2026-01 or last month", text)
	}
	return w, nil
}

// month returns the month that w is.
func (w *when) month(today attendance.Day) (m app.MonthOf, err error) {
	first, last := w.days(today)
	if from, to := first.Month(); first != from || last != to {
		return m, usagef("%q is not a month like 2026-01 or last month", w.text)
	}
	year, month, _ := first.Date()
	return app.MonthOf{Year: year, Month: int(month)}, nil
}

// monthAct is closing or reopening.
type monthAct func(*app.App, context.Context, *app.Corp, app.MonthOf, string, string) error

func newMonthCloseCommand() *cobra.Command {
	return newMonthActCommand("close", "Close a month", `Keeps the reports of a month as they are now. What becomes known later is stored
but does not change them: "daka month adjustments" lists it. A month can be
closed when its last day is no longer provisional.`, "close %s of %s", "%s is closed", true, (*app.App).CloseMonth)
}

func newMonthReopenCommand() *cobra.Command {
	return newMonthActCommand("reopen", "Reopen a closed month", `Lets the reports of a closed month follow what is known again. Who did it and
why is kept.`, "reopen %s of %s", "%s is reopened", false, (*app.App).ReopenMonth)
}

// newMonthActCommand is a command that closes or reopens; plan and done are
// texts with room for the month.
func newMonthActCommand(use, short, long, plan, done string, closes bool, act monthAct) *cobra.Command {
	var o databaseOptions
	var w writeOptions
	var actor, reason string
	output := asTable
	cmd := &cobra.Command{
		Use: use + " MONTH", Short: short, Long: long + "\n\n" + exitHelp,
		Example: "  daka month " + use + " 2026-01 --actor hr --reason payroll",
		Args:    oneArg("month"),
		RunE: func(cmd *cobra.Command, args []string) error {
			month, err := parseMonth(args[0])
			if err != nil {
				return err
			}
			if actor == "" {
				return usagef("%s: say with --actor who does it", cmd.CommandPath())
			}
			if reason == "" && !closes {
				return usagef("%s: say with --reason why the month is reopened", cmd.CommandPath())
			}
			return o.withCorp(cmd.Context(), w.access(), func(a *app.App, corp *app.Corp) error {
				m, err := month.month(today(corp.Zone))
				if err != nil {
					return err
				}
				if err := checkMonth(cmd.Context(), a, corp, m, closes); err != nil {
					return fmt.Errorf("%s %s: %w", use, m, err)
				}
				if err := confirm(cmd, &w, say(cmd, plan, m, corp.ID)); err != nil {
					return err
				}
				if err := act(a, cmd.Context(), corp, m, actor, reason); err != nil {
					return err
				}
				return writeDone(cmd, output, say(cmd, done, m))
			})
		},
	}
	o.bind(cmd)
	w.bind(cmd)
	bind(cmd, "output", &output)
	bind(cmd, "actor", &actor)
	bind(cmd, "reason", &reason)
	return cmd
}

// checkMonth refuses to close what is closed and to reopen what is open.
func checkMonth(ctx context.Context, a *app.App, corp *app.Corp, m app.MonthOf, closes bool) error {
	closed, err := isClosed(ctx, a, corp, m)
	switch {
	case err != nil:
		return err
	case closes && closed:
		return app.ErrMonthClosed
	case closes && !over(m, today(corp.Zone)):
		return app.ErrMonthRunning
	case !closes && !closed:
		return app.ErrMonthOpen
	}
	return nil
}

// over reports whether the last day of a month is past. It may be provisional
// even so, which closing finds out.
func over(m app.MonthOf, today attendance.Day) bool {
	_, last, err := m.Days()
	return err == nil && last < today
}

func isClosed(ctx context.Context, a *app.App, corp *app.Corp, m app.MonthOf) (closed bool, err error) {
	states, err := a.MonthStates(ctx, corp)
	for _, s := range states {
		if s.Month == int64(m.Year*100+m.Month) {
			closed = s.Closed // they are in order of time
		}
	}
	return closed, err
}

// noteClosed says on stderr, of a fact about a day of a closed month, that it
// does not show in the reports.
func noteClosed(cmd *cobra.Command, a *app.App, corp *app.Corp, day attendance.Day) error {
	year, month, _ := day.Date()
	m := app.MonthOf{Year: year, Month: int(month)}
	closed, err := isClosed(cmd.Context(), a, corp, m)
	if err != nil || !closed || isQuiet(cmd) {
		return err
	}
	_, err = fmt.Fprintln(cmd.ErrOrStderr(), say(cmd, "%s is closed: its reports stay as they are, see \"daka month adjustments %s\"", m, m))
	return err
}

func newMonthListCommand() *cobra.Command {
	var o databaseOptions
	output := asTable
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List every closing and reopening",
		Example: "  daka month list",
		Long:    "Lists every act of closing and reopening months, with who did it and why.\n\n" + exitHelp,
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return o.withCorp(cmd.Context(), toRead, func(a *app.App, corp *app.Corp) error {
				states, err := a.MonthStates(cmd.Context(), corp)
				if err != nil {
					return err
				}
				columns := []column{{head: "month"}, {head: "at"}, {head: "act", words: true}, {head: "actor"}, {head: "reason"}}
				return writeRows(cmd, output, columns, states, func(s app.MonthState) []string {
					act := map[bool]string{true: "closed", false: "reopened"}[s.Closed]
					return []string{app.MonthOf{Year: int(s.Month / 100), Month: int(s.Month % 100)}.String(), local(corp, s.At), act, s.Actor, s.Reason}
				})
			})
		},
	}
	o.bind(cmd)
	bind(cmd, "output", &output)
	return cmd
}
