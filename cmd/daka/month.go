package main

import (
	"context"
	"strings"

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
	if err != nil {
		return w, usageError{err}
	}
	if w.fixed {
		_, err = w.month(0)
	}
	return w, err
}

// manyArgs checks that there is an argument, whose words may be several.
func manyArgs(name string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return oneArg(name)(cmd, args)
		}
		return nil
	}
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
type monthAct func(desk, context.Context, app.MonthOf, string, string) error

func newMonthCloseCommand() *cobra.Command {
	return newMonthActCommand("close", "Close a month", `Keeps the reports of a month as they are now. What becomes known later is stored
but does not change them: "daka month adjustments" lists it. A month can be
closed when its last day is no longer provisional. A server finds that out when it is
done, and its --dry-run does not say.`, "close %s of %s", "%s is closed", true, desk.closeMonth)
}

func newMonthReopenCommand() *cobra.Command {
	return newMonthActCommand("reopen", "Reopen a closed month", `Lets the reports of a closed month follow what is known again. Who did it and
why is kept.`, "reopen %s of %s", "%s is reopened", false, desk.reopenMonth)
}

// newMonthActCommand is a command that closes or reopens; plan and done are
// texts with room for the month.
func newMonthActCommand(use, short, long, plan, done string, closes bool, act monthAct) *cobra.Command {
	var o sourceOptions
	var w writeOptions
	var actor, reason string
	output := asTable
	cmd := &cobra.Command{
		Use: use + " MONTH", Short: short, Long: long + "\n\n" + deskHelp + "\n\n" + exitHelp,
		Example: "  daka month " + use + " 2026-01 --actor hr --reason payroll",
		Args:    manyArgs("MONTH"),
		RunE: func(cmd *cobra.Command, args []string) error {
			month, err := parseMonth(strings.Join(args, " "))
			if err != nil {
				return err
			}
			if actor == "" {
				return usagef("%s: say with --actor who does it", cmd.CommandPath())
			}
			if reason == "" && !closes {
				return usagef("%s: say with --reason why the month is reopened", cmd.CommandPath())
			}
			return o.administer(cmd, w.access(), errClosesNoMonth, func(ctx context.Context, d desk) error {
				m, err := month.month(today(d.zone()))
				if err != nil {
					return err
				}
				if err := o.checkMonth(ctx, d, m, closes); err != nil {
					return failf("%s %s: %w", use, m, err)
				}
				if err := o.agree(cmd, &w, say(cmd, plan, m, d.place(cmd))); err != nil {
					return err
				}
				if err := act(d, ctx, m, actor, reason); err != nil {
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

// checkMonth refuses to close what is closed and to reopen what is open. The day
// that it is at a server is the server's to know.
func (o *sourceOptions) checkMonth(ctx context.Context, d desk, m app.MonthOf, closes bool) error {
	closed, err := isClosed(ctx, d, m)
	switch {
	case err != nil:
		return err
	case closes && closed:
		return app.ErrMonthClosed
	case closes && !o.fromServer() && !over(m, today(d.zone())):
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

func isClosed(ctx context.Context, d desk, m app.MonthOf) (closed bool, err error) {
	states, err := d.monthStates(ctx)
	for _, s := range states {
		if s.Month == int64(m.Year*100+m.Month) {
			closed = s.Closed // they are in order of time
		}
	}
	return closed, err
}

func newMonthListCommand() *cobra.Command {
	var o sourceOptions
	output := asTable
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List every closing and reopening",
		Example: "  daka month list",
		Long:    "Lists every act of closing and reopening months, with who did it and why.\n\n" + deskHelp + "\n\n" + exitHelp,
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return o.administer(cmd, toRead, errClosesNoMonth, func(ctx context.Context, d desk) error {
				states, err := d.monthStates(ctx)
				if err != nil {
					return err
				}
				columns := []column{{head: "month"}, {head: "at"}, {head: "act", words: true}, {head: "actor"}, {head: "reason"}}
				return writeRows(cmd, output, columns, states, func(s app.MonthState) []string {
					act := map[bool]string{true: "closed", false: "reopened"}[s.Closed]
					return []string{app.MonthOf{Year: int(s.Month / 100), Month: int(s.Month % 100)}.String(), local(d.zone(), s.At), act, s.Actor, s.Reason}
				})
			})
		},
	}
	o.bind(cmd)
	bind(cmd, "output", &output)
	return cmd
}
