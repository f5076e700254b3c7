package main

import (
	"context"
	"strings"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
	"github.com/spf13/cobra"
)

// runWithdraw takes corrections of a slot back.
func runWithdraw(cmd *cobra.Command, c correction, o *correctOptions) error {
	switch {
	case c.open:
		return usagef("%s: SLOT: --withdraw needs the due time itself, or none", cmd.CommandPath())
	case o.check:
		return usagef("%s: --withdraw and --check exclude each other: see --dry-run", cmd.CommandPath())
	}
	o.names(cmd, &c.user)
	var done string
	err := o.use(cmd, o.write.access(), func(ctx context.Context, a *app.App, corp *app.Corp) error {
		day, err := c.date.day(corp.Zone)
		if err != nil {
			return err
		}
		caller := &app.Caller{Corp: corp}
		w := app.Withdrawal{User: attendance.UserID(c.user), Day: day, Slot: c.slot, Remark: c.remark}
		if c.at != attendance.NoTime {
			w.At = corp.Zone.At(day, c.at)
		}
		standing, err := a.CheckWithdrawal(ctx, caller, w)
		if err != nil {
			return err
		}
		if err := noteClosed(cmd, a, corp, day); err != nil {
			return err
		}
		if err := confirm(cmd, &o.write, say(cmd, "take back that %s is corrected on %s at %s", c.user, day, timesOf(corp, day, standing))); err != nil {
			return err
		}
		taken, err := a.WithdrawCorrection(ctx, caller, w)
		done = say(cmd, "%s is not corrected on %s at %s any more", c.user, day, timesOf(corp, day, taken))
		return err
	}, func(context.Context, *wecom.Client, *attendance.Zone) error {
		return usagef("%s: --withdraw needs a database: servers have no call that takes a correction back", cmd.CommandPath())
	})
	if err != nil {
		return err
	}
	return writeDone(cmd, o.output, done)
}

// timesOf writes the times to which a day was corrected.
func timesOf(corp *app.Corp, day attendance.Day, list []attendance.Correction) string {
	var times []string
	for i := range list {
		t := corp.Zone.Wall(list[i].At) - int64(day)*attendance.SecondsPerDay
		times = append(times, attendance.TimeOfDay(t).String())
	}
	return strings.Join(times, ", ")
}
