package main

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/spf13/cobra"
)

func newMonthCommand() *cobra.Command {
	return group("month", "Close months as the record of account",
		newMonthCloseCommand(), newMonthReopenCommand(), newMonthListCommand(), newMonthAdjustmentsCommand())
}

// parseMonth reads a month written as 2026-01.
func parseMonth(text string) (m app.MonthOf, err error) {
	t, err := time.Parse("2006-01", text)
	if err != nil {
		return m, usagef("%q is not a month like 2026-01", text)
	}
	return app.MonthOf{Year: t.Year(), Month: int(t.Month())}, nil
}

// monthAct is closing or reopening.
type monthAct func(*app.App, context.Context, *app.Corp, app.MonthOf, string, string) error

func newMonthCloseCommand() *cobra.Command {
	return newMonthActCommand("close", "Close a month", `Keeps the reports of a month as they are now. What becomes known later is stored
but does not change them: "daka month adjustments" lists it. A month can be
closed when its last day is no longer provisional.`, "closed", (*app.App).CloseMonth)
}

func newMonthReopenCommand() *cobra.Command {
	return newMonthActCommand("reopen", "Reopen a closed month", `Lets the reports of a closed month follow what is known again. Who did it and
why is kept.`, "reopened", (*app.App).ReopenMonth)
}

func newMonthActCommand(use, short, long, done string, act monthAct) *cobra.Command {
	var o databaseOptions
	var actor, reason string
	cmd := &cobra.Command{
		Use: use + " MONTH", Short: short, Long: long + "\n\n" + exitHelp,
		Example: "  daka month " + use + " 2026-01 --actor hr --reason payroll",
		Args:    oneArg("month"),
		RunE: func(cmd *cobra.Command, args []string) error {
			m, err := parseMonth(args[0])
			if err != nil {
				return err
			}
			return o.withCorp(cmd.Context(), toWrite, func(a *app.App, corp *app.Corp) error {
				if err := act(a, cmd.Context(), corp, m, actor, reason); err != nil {
					return err
				}
				_, err := fmt.Fprintf(cmd.OutOrStdout(), "%s is %s\n", m, done)
				return err
			})
		},
	}
	o.bind(cmd)
	bind(cmd, "actor", &actor)
	bind(cmd, "reason", &reason)
	return cmd
}

func newMonthListCommand() *cobra.Command {
	var o databaseOptions
	output := asTable
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List every closing and reopening",
		Long:  "Lists every act of closing and reopening months, with who did it and why.\n\n" + exitHelp,
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return o.withCorp(cmd.Context(), toRead, func(a *app.App, corp *app.Corp) error {
				states, err := a.MonthStates(cmd.Context(), corp)
				if err != nil {
					return err
				}
				if output == asJSON {
					return writeJSON(cmd.OutOrStdout(), append([]app.MonthState{}, states...))
				}
				var cells [][]string
				for _, s := range states {
					act := map[bool]string{true: "closed", false: "reopened"}[s.Closed]
					at := time.Unix(s.At, 0).In(corp.Zone.Location()).Format(time.DateTime)
					cells = append(cells, []string{strconv.FormatInt(s.Month, 10), at, act, s.Actor, s.Reason})
				}
				return writeTable(cmd.OutOrStdout(), []column{{head: "month"}, {head: "at"}, {head: "act"}, {head: "actor"}, {head: "reason"}}, cells)
			})
		},
	}
	o.bind(cmd)
	bind(cmd, "output", &output)
	return cmd
}

// adjustmentOutput is a day of a closed month that would read otherwise now.
type adjustmentOutput struct {
	UserID string           `json:"userid"`
	Day    string           `json:"day"`
	Closed *checkin.DayData `json:"closed"`
	Now    *checkin.DayData `json:"now"`
}

func newMonthAdjustmentsCommand() *cobra.Command {
	var o databaseOptions
	output := asTable
	cmd := &cobra.Command{
		Use:   "adjustments MONTH",
		Short: "List what a closed month would read by what is known now",
		Long: `Lists the days of a closed month that punches, corrections and approvals which
became known after its closing would change; with -o json in full.

` + exitHelp,
		Args: oneArg("month"),
		RunE: func(cmd *cobra.Command, args []string) error {
			m, err := parseMonth(args[0])
			if err != nil {
				return err
			}
			return o.withCorp(cmd.Context(), toRead, func(a *app.App, corp *app.Corp) error {
				list, err := a.Adjustments(cmd.Context(), corp, m)
				if err != nil {
					return err
				}
				rows, cells := []adjustmentOutput{}, [][]string{}
				for _, adj := range list {
					rows = append(rows, adjustmentOutput{string(adj.User), adj.Day.String(), adj.Closed, adj.Now})
					cells = append(cells, []string{string(adj.User), adj.Day.String(), verdict(adj.Closed), verdict(adj.Now)})
				}
				if output == asJSON {
					return writeJSON(cmd.OutOrStdout(), rows)
				}
				return writeTable(cmd.OutOrStdout(), []column{{head: "userid"}, {head: "day"}, {head: "closed"}, {head: "now"}}, cells)
			})
		},
	}
	o.bind(cmd)
	bind(cmd, "output", &output)
	return cmd
}

// verdict sums up a day: what is wrong with it and the time worked.
func verdict(d *checkin.DayData) string {
	if d == nil {
		return "no row"
	}
	names := map[int64]string{
		checkin.ExceptionLate: "late", checkin.ExceptionEarly: "early", checkin.ExceptionMissing: "missing",
		checkin.ExceptionAbsent: "absent", checkin.ExceptionPlace: "place", checkin.ExceptionDevice: "device",
	}
	text := fmt.Sprintf("worked %d s", d.SummaryInfo.RegularWorkSec)
	for _, e := range d.ExceptionInfos {
		text += fmt.Sprintf(", %s %d", names[e.Exception], e.Count)
		if e.Duration > 0 {
			text += fmt.Sprintf(" (%d s)", e.Duration)
		}
	}
	return text
}
