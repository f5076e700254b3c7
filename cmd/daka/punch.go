package main

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/wire"
	"github.com/dakahq/daka/wecom"
	"github.com/spf13/cobra"
)

func newPunchCommand() *cobra.Command {
	return group("punch", "Add punches", newPunchAddCommand())
}

// punchOptions are those of punch add.
type punchOptions struct {
	sourceOptions
	write  writeOptions
	place  string
	device string
	output format
}

func newPunchAddCommand() *cobra.Command {
	o := punchOptions{place: "daka", device: "daka", output: asTable}
	cmd := &cobra.Command{
		Use:   "add USER [TIME]",
		Short: "Add a punch of a member",
		Long: `Adds a punch as a device sends it (document 99647). TIME is now if none is given; a
time of today like 08:58, or one of another day, like 2026-10-08 08:58, 10月8日 08:58,
昨天 次日 01:00 or 2026-10-08T08:58:00+08:00, or Unix seconds. It is no time to come.
The same second from the same device is stored once. What is stored stays.

A punch before a member's first day or after the last counts for nothing: a database
knows those days, and stderr says so.

` + namesHelp + `

` + targetHelp + `

` + exitHelp,
		Example: "  daka punch add zhangsan\n  daka punch add zhangsan 2026-10-08 08:58 --place 前台 --device M300",
		Args:    someArgs(1, 6, "USER [TIME]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			text := strings.Join(args[1:], " ")
			if text == "" {
				text = "now"
			}
			return runPunchAdd(cmd, args[0], text, &o)
		},
	}
	o.bind(cmd)
	o.write.bindDryRun(cmd)
	bind(cmd, "place", &o.place)
	bind(cmd, "device", &o.device)
	bind(cmd, "output", &o.output)
	return cmd
}

func runPunchAdd(cmd *cobra.Command, user, text string, o *punchOptions) error {
	o.names(cmd, &user)
	var done string
	err := o.use(cmd, o.write.access(), func(ctx context.Context, a *app.App, corp *app.Corp) error {
		r, at, err := o.record(user, text, corp.Zone)
		if err != nil {
			return err
		}
		if err := a.CheckPunchTime(corp, r.CheckinTime); err != nil {
			return failf("TIME: %w", err)
		}
		employed, err := employmentIn(ctx, a, corp, attendance.UserID(user))
		if err != nil {
			return err
		}
		day, _ := corp.Zone.DayAt(r.CheckinTime)
		noteEmployment(cmd, employed, day, day)
		if err := noteClosed(cmd, a, corp, day); err != nil {
			return err
		}
		if err := planned(cmd, &o.write, say(cmd, "add a punch of %s at %s", user, at)); err != nil {
			return err
		}
		stored, _, err := a.AddPunches(ctx, corp, []attendance.PunchRecord{wire.PunchIn(&r)})
		done = say(cmd, "the punch of %s at %s is stored", user, at)
		if stored == 0 {
			done = say(cmd, "the punch of %s at %s was stored before", user, at)
		}
		return err
	}, func(ctx context.Context, w *wecom.Client, zone *attendance.Zone) error {
		r, at, err := o.record(user, text, zone)
		if err != nil {
			return err
		}
		client := checkin.NewClient(w)
		if o.write.dryRun { // who is not there is told by a call that reads
			if _, err := client.Options(ctx, checkin.OptionsRequest{DateTime: zone.Midnight(today(zone)), UserIDList: []string{user}}); err != nil {
				return err
			}
		}
		if err := planned(cmd, &o.write, say(cmd, "add a punch of %s at %s", user, at)); err != nil {
			return err
		}
		_, err = client.AddRecords(ctx, checkin.AddRecordsRequest{Records: []checkin.NewRecord{r}})
		done = say(cmd, "the punch of %s at %s is stored", user, at)
		return err
	})
	if err != nil {
		return err
	}
	return writeDone(cmd, o.output, done)
}

// record is the punch that is asked for, and its time as it is shown.
func (o *punchOptions) record(user, text string, zone *attendance.Zone) (r checkin.NewRecord, at string, err error) {
	r = checkin.NewRecord{
		UserID: user, LocationTitle: o.place, LocationDetail: o.place, DeviceType: checkin.DeviceOther, DeviceDetail: o.device,
	}
	if r.CheckinTime, err = parseMoment(text, today(zone), zone); err != nil {
		return r, "", failf("TIME: %w", err)
	}
	at = clockText(zone, r.CheckinTime)
	if r.CheckinTime > time.Now().Unix() {
		return r, "", failf("TIME: %s is yet to come", at)
	}
	// The text of what is checked here is no server's.
	if refused, ok := errors.AsType[*wecom.Error](checkin.AddRecordsRequest{Records: []checkin.NewRecord{r}}.Validate()); ok {
		return r, "", failf("the punch cannot be stored: %s (--place is location_title, --device is device_detail)", refused.Msg)
	}
	return r, at, nil
}
