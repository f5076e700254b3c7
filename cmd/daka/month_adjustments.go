package main

import (
	"fmt"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/spf13/cobra"
)

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
		Example: "  daka month adjustments 2026-01 -o json",
		Args:    oneArg("month"),
		RunE: func(cmd *cobra.Command, args []string) error {
			month, err := parseMonth(args[0])
			if err != nil {
				return err
			}
			return o.withCorp(cmd.Context(), toRead, func(a *app.App, corp *app.Corp) error {
				m, err := month.month(today(corp.Zone))
				if err != nil {
					return err
				}
				list, err := a.Adjustments(cmd.Context(), corp, m)
				if err != nil {
					return err
				}
				var rows []adjustmentOutput
				for _, adj := range list {
					rows = append(rows, adjustmentOutput{string(adj.User), adj.Day.String(), adj.Closed, adj.Now})
				}
				columns := []column{{head: "userid"}, {head: "date"}, {head: "as closed"}, {head: "now"}}
				return writeRows(cmd, output, columns, rows, func(r adjustmentOutput) []string {
					return []string{r.UserID, r.Day, verdict(cmd, r.Closed), verdict(cmd, r.Now)}
				})
			})
		},
	}
	o.bind(cmd)
	bind(cmd, "output", &output)
	return cmd
}

// verdict sums up a day: what is wrong with it and the time worked.
func verdict(cmd *cobra.Command, d *checkin.DayData) string {
	if d == nil {
		return say(cmd, "no row")
	}
	names := map[int64]string{
		checkin.ExceptionLate: "late", checkin.ExceptionEarly: "early", checkin.ExceptionMissing: "missing",
		checkin.ExceptionAbsent: "absent", checkin.ExceptionPlace: "place", checkin.ExceptionDevice: "device",
	}
	text := say(cmd, "worked %d s", d.SummaryInfo.RegularWorkSec)
	for _, e := range d.ExceptionInfos {
		text += fmt.Sprintf(", %s %d", say(cmd, names[e.Exception]), e.Count)
		if e.Duration > 0 {
			text += fmt.Sprintf(" (%d s)", e.Duration)
		}
	}
	return text
}
