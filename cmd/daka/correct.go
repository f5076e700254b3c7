package main

import (
	"context"
	"strings"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
	"github.com/spf13/cobra"
)

// correctOptions are those of correct.
type correctOptions struct {
	sourceOptions
	write    writeOptions
	remark   string
	check    bool
	withdraw bool
	output   format
}

// maxRemark is the longest remark, in bytes (document 95803).
const maxRemark = 512

func newCorrectCommand() *cobra.Command {
	o := correctOptions{output: asTable}
	cmd := &cobra.Command{
		Use:   "correct USER DATE SLOT TIME | --withdraw USER DATE SLOT [TIME]",
		Short: "Correct a missing, late or early punch of a member",
		Long: `Corrects a punch of a member (补卡, document 95803). DATE is the day that is worked,
like 2026-10-08 or yesterday. SLOT is the time at which the punch was due on that
day, like 09:00, or +1 06:00 or 次日06:00 after its midnight; none on days that have
no such times; or nearest for the due time nearest to TIME, which daka's servers
understand.
TIME is when the punch is to count, by the clock like 08:58 or +1 06:02.

A later correction of the same slot counts in the place of an earlier one. What a
slot says already is not stored again; a server does not tell whether it was so.

--withdraw takes back what was corrected in a slot, however that came about, or only
what was corrected to TIME: from now on the slot is as if there had been nothing.
Reports as of before still count it. It asks first, unless --yes is given, and needs a
database: servers have no such call.

--check only says whether the correction would be accepted. A server does not tell
that: it needs a database.

` + namesHelp + `

` + targetHelp + `

` + exitHelp,
		Example: "  daka correct zhangsan yesterday 09:00 08:58 --remark 忘带手机\n  daka correct zhangsan 2026-10-08 18:00 18:05 --check --db sqlite:daka.db\n  daka correct zhangsan 2026-10-08 09:00 --withdraw --db sqlite:daka.db",
		Args: func(cmd *cobra.Command, args []string) error {
			if o.withdraw {
				return someArgs(3, 4, "USER DATE SLOT [TIME]")(cmd, joinClocks(args))
			}
			return someArgs(4, 4, "USER DATE SLOT TIME")(cmd, joinClocks(args))
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			req, err := readCorrection(cmd, joinClocks(args))
			if err != nil {
				return err
			}
			if req.remark = o.remark; len(req.remark) > maxRemark {
				return usagef("%s: --remark: %d bytes, at most %d", cmd.CommandPath(), len(req.remark), maxRemark)
			}
			if o.withdraw {
				return runWithdraw(cmd, req, &o)
			}
			return runCorrect(cmd, req, &o)
		},
	}
	o.bind(cmd)
	o.write.bind(cmd)
	bind(cmd, "remark", &o.remark)
	bind(cmd, "check", &o.check)
	bind(cmd, "withdraw", &o.withdraw)
	bind(cmd, "output", &o.output)
	return cmd
}

// correction is what the arguments say; which day it is is known with the zone.
type correction struct {
	user   string
	date   when
	slot   attendance.TimeOfDay // NoTime for none
	open   bool                 // the nearest slot
	at     attendance.TimeOfDay // NoTime: not told
	remark string
}

func readCorrection(cmd *cobra.Command, args []string) (c correction, err error) {
	c = correction{user: args[0], slot: attendance.NoTime, at: attendance.NoTime}
	if c.date, err = dayArgument(cmd, args[1:2]); err != nil {
		return c, err
	}
	switch strings.ToLower(args[2]) {
	case "none":
	case "nearest":
		c.open = true
	default:
		if c.slot, err = parseClock(args[2]); err != nil {
			return c, usagef("%s: SLOT: %w, nor none or nearest", cmd.CommandPath(), err)
		}
	}
	if len(args) > 3 {
		if c.at, err = parseClock(args[3]); err != nil {
			return c, usagef("%s: TIME: %w", cmd.CommandPath(), err)
		}
	}
	return c, nil
}

func runCorrect(cmd *cobra.Command, c correction, o *correctOptions) error {
	o.names(cmd, &c.user)
	var done string
	err := o.use(cmd, o.access(), func(ctx context.Context, a *app.App, corp *app.Corp) error {
		day, err := c.date.day(corp.Zone)
		if err != nil {
			return err
		}
		caller := &app.Caller{Corp: corp}
		req := app.CorrectionRequest{
			User: attendance.UserID(c.user), Day: day, Slot: c.slot, Open: c.open, At: corp.Zone.At(day, c.at), Remark: c.remark,
		}
		stands, err := a.Corrected(ctx, caller, req)
		if err != nil {
			return err
		}
		if stands {
			done = say(cmd, "%s is corrected on %s at %s already: nothing is stored", c.user, day, c.at)
			return nil
		}
		if err := noteClosed(cmd, a, corp, day); err != nil {
			return err
		}
		if o.check {
			done = say(cmd, "the correction of %s on %s at %s would be accepted", c.user, day, c.at)
			return nil
		}
		if err := planned(cmd, &o.write, say(cmd, "correct %s on %s at %s", c.user, day, c.at)); err != nil {
			return err
		}
		done = say(cmd, "%s is corrected on %s at %s", c.user, day, c.at)
		return a.Correct(ctx, caller, req)
	}, func(ctx context.Context, w *wecom.Client, zone *attendance.Zone) error {
		if o.check {
			return usagef("%s: --check needs a database: a server does not tell what it would accept", cmd.CommandPath())
		}
		day, err := c.date.day(zone)
		if err != nil {
			return err
		}
		if err := planned(cmd, &o.write, say(cmd, "correct %s on %s at %s", c.user, day, c.at)); err != nil {
			return err
		}
		done = say(cmd, "%s is corrected on %s at %s", c.user, day, c.at)
		_, err = checkin.NewClient(w).Correct(ctx, c.request(zone, day))
		return err
	})
	if err != nil {
		return err
	}
	return writeDone(cmd, o.output, done)
}

// access is what the command wants of a database.
func (o *correctOptions) access() access {
	if o.check {
		return toRead
	}
	return o.write.access()
}

// request is the correction as a server takes it.
func (c *correction) request(zone *attendance.Zone, day attendance.Day) checkin.CorrectionRequest {
	midnight, at := zone.Midnight(day), zone.At(day, c.at)
	req := checkin.CorrectionRequest{UserID: c.user, Remark: c.remark}
	if c.open {
		offset := at - midnight
		req.Day, req.Offset = midnight, &offset
		return req
	}
	req.ScheduleDateTime, req.CheckinTime = midnight, at
	if c.slot != attendance.NoTime {
		due := int64(c.slot)
		req.ScheduleCheckinTime = &due
	}
	return req
}
