package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/spf13/cobra"
)

// adjustmentOutput is a day of a closed month that would read otherwise now.
type adjustmentOutput struct {
	UserID string           `json:"userid"`
	Name   string           `json:"name"`
	Day    string           `json:"day"`
	Closed *checkin.DayData `json:"closed"`
	Now    *checkin.DayData `json:"now"`
}

func newMonthAdjustmentsCommand() *cobra.Command {
	var o sourceOptions
	output := asTable
	cmd := &cobra.Command{
		Use:   "adjustments MONTH",
		Short: "List what a closed month would read by what is known now",
		Long: `Lists the days of a closed month that punches, corrections and approvals which
became known after its closing would change: the hours worked, the overtime, what is
wrong, and leave, or where these are the same what else differs. -o json has both
sides in full.

` + deskHelp + `

` + exitHelp,
		Example: "  daka month adjustments 2026-01 -o json",
		Args:    manyArgs("MONTH"),
		RunE: func(cmd *cobra.Command, args []string) error {
			month, err := parseMonth(strings.Join(args, " "))
			if err != nil {
				return err
			}
			return o.administer(cmd, toRead, errClosesNoMonth, func(ctx context.Context, d desk) error {
				m, err := month.month(today(d.zone()))
				if err != nil {
					return err
				}
				rows, err := d.adjustments(ctx, m)
				if err != nil {
					return err
				}
				columns := []column{{head: "userid"}, {head: "name"}, {head: "date"}, {head: "as closed"}, {head: "now"}}
				return writeRows(cmd, output, columns, rows, func(r adjustmentOutput) []string {
					before, after := bothSides(cmd, r.Closed, r.Now)
					return []string{r.UserID, r.Name, r.Day, before, after}
				})
			})
		},
	}
	o.bind(cmd)
	bind(cmd, "output", &output)
	return cmd
}

// bothSides says what a day read and what it would read: where the verdicts are
// the same, what else differs.
func bothSides(cmd *cobra.Command, closed, now *checkin.DayData) (before, after string) {
	before, after = verdict(cmd, closed), verdict(cmd, now)
	if before != after || closed == nil || now == nil {
		return before, after
	}
	var lists [2][]string
	was, is := particulars(cmd, closed), particulars(cmd, now)
	for i := range was {
		if was[i] != is[i] {
			lists[0], lists[1] = append(lists[0], was[i]), append(lists[1], is[i])
		}
	}
	if len(lists[0]) == 0 {
		return before, say(cmd, "the same, but for what -o json shows")
	}
	return strings.Join(lists[0], say(cmd, ", ")), strings.Join(lists[1], say(cmd, ", "))
}

// verdict sums up a day: the time worked, the overtime, what is wrong and leave.
func verdict(cmd *cobra.Command, d *checkin.DayData) string {
	if d == nil {
		return say(cmd, "no row")
	}
	var wrong figures
	wrong.add(d.ExceptionInfos)
	var parts []string
	if d.BaseInfo.DayType == checkin.DayRest {
		parts = append(parts, say(cmd, "rest"))
	}
	if worked := d.SummaryInfo.RegularWorkSec; worked > 0 || len(parts) == 0 {
		parts = append(parts, say(cmd, "worked %s", hours(worked)))
	}
	if over := d.OTInfo.OTDuration; over > 0 {
		parts = append(parts, say(cmd, "overtime %s", hours(over)))
	}
	for _, text := range []string{wrong.text(cmd), requests{}.with(d.SPItems).text(cmd)} {
		if text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, say(cmd, ", "))
}

// particulars is what else a day reads, each in its place.
func particulars(cmd *cobra.Command, d *checkin.DayData) []string {
	b, s := &d.BaseInfo, &d.SummaryInfo
	var numbers []string
	for _, h := range d.HolidayInfos {
		numbers = append(numbers, h.SPNumber)
	}
	items := map[int64]int64{}
	for _, i := range d.SPItems {
		items[i.Type] += i.Count
	}
	var wrong figures
	wrong.add(d.ExceptionInfos)
	return []string{
		say(cmd, "worked %s", seconds(s.RegularWorkSec)), say(cmd, "owed %s", seconds(s.StandardWorkSec)),
		say(cmd, "overtime %s", seconds(d.OTInfo.OTDuration)),
		say(cmd, "late %s", seconds(wrong.LateSec)), say(cmd, "early %s", seconds(wrong.EarlySec)), say(cmd, "absent %s", seconds(wrong.AbsentSec)),
		say(cmd, "cards: %d", s.CheckinCount),
		say(cmd, "first %s", cardTime(s, s.EarliestTime)), say(cmd, "last %s", cardTime(s, s.LatestTime)),
		say(cmd, "rule %s", b.RuleInfo.GroupName), say(cmd, "shift %s", b.RuleInfo.ScheduleName),
		say(cmd, "requests: %s", strings.Join(numbers, " ")),
		say(cmd, "approved corrections: %d", items[checkin.SPCorrection]),
		say(cmd, "approved punches: %d", items[checkin.SPApprovalPunch]),
		say(cmd, "field work: %d", items[checkin.SPFieldWork]),
	}
}

// seconds writes a duration to the second.
func seconds(n int64) string { return fmt.Sprintf("%s:%02d", hours(n), n%60) }

// cardTime is when a card of a day was, or nothing where it has none.
func cardTime(s *checkin.DaySummaryInfo, at int64) string {
	if s.CheckinCount == 0 {
		return "-"
	}
	return attendance.TimeOfDay(at).String()
}
