package main

import (
	"context"
	"fmt"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/wire"
	"github.com/dakahq/daka/wecom"
	"github.com/spf13/cobra"
)

// recordsOptions are those of records.
type recordsOptions struct {
	sourceOptions
	span   spanFlags
	users  userList
	kind   punchKind
	device string // "" = no device records; anyDevice = those of all
	output format
}

// anyDevice is the --device that stands for all of them.
const anyDevice = "any"

// punchKind is which punches are asked for: a flag.
type punchKind app.RecordKind

var punchKinds = map[string]app.RecordKind{"duty": app.DutyRecords, "outside": app.OutsideRecords, "all": app.AllRecords}

func (k *punchKind) String() string {
	for name, kind := range punchKinds {
		if kind == app.RecordKind(*k) {
			return name
		}
	}
	return ""
}

func (k *punchKind) Type() string { return "kind" }

func (k *punchKind) Set(text string) error {
	kind, ok := punchKinds[text]
	if !ok {
		return failf("want duty, outside or all, not %q", text)
	}
	*k = punchKind(kind)
	return nil
}

func newRecordsCommand() *cobra.Command {
	o := recordsOptions{span: spanFlags{fallback: "today"}, kind: punchKind(app.AllRecords), output: asTable}
	cmd := &cobra.Command{
		Use:   "records [PERIOD]",
		Short: "List raw punches",
		Long: `Lists the punches that were made on the days of a PERIOD, today if none is given,
each with the rule, the slot and the exceptions that were found for it. --type
keeps those for work (duty) or those made outside. What a device sent that fits no
window of a rule is not among them; a database says on stderr how many there are.

--device NAME lists what a device sent instead, by its serial number or name, also
what counts for no rule; --device any what all of them sent.

` + whenHelp + `

` + namesHelp + `

` + sourceHelp + `

` + exitHelp,
		Example: "  daka records today\n  daka records 2026-10 --users zhangsan --type outside -o csv\n  daka records yesterday --device any",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.span.take(cmd, args); err != nil {
				return err
			}
			o.namesIn(cmd, o.users)
			return runRecords(cmd, &o)
		},
	}
	o.bind(cmd)
	o.span.bind(cmd)
	bind(cmd, "users", &o.users)
	bind(cmd, "type", &o.kind)
	bind(cmd, "device", &o.device)
	bind(cmd, "output", &o.output)
	return cmd
}

func runRecords(cmd *cobra.Command, o *recordsOptions) error {
	if o.device != "" && app.RecordKind(o.kind) != app.AllRecords {
		return usagef("%s: --type and --device exclude each other: devices do not tell the type", cmd.CommandPath())
	}
	return o.read(cmd, func(ctx context.Context, a *app.App, corp *app.Corp) error {
		first, last, err := o.span.days(cmd, corp.Zone)
		if err != nil {
			return err
		}
		return writeLocalRecords(cmd, a, corp, o, instants(corp.Zone, first, last))
	}, func(ctx context.Context, w *wecom.Client, zone *attendance.Zone) error {
		first, last, err := o.span.days(cmd, zone)
		if err != nil {
			return err
		}
		f, err := fetch(ctx, w, zone, o.users, first, last)
		if err != nil {
			return err
		}
		f.Overlap = -1
		return writeServerRecords(cmd, f, zone, o, instants(zone, first, last))
	})
}

// secondsOf are the seconds of some days: the first and the last.
type secondsOf struct{ from, to int64 }

func instants(zone *attendance.Zone, first, last attendance.Day) secondsOf {
	return secondsOf{zone.Midnight(first), zone.Midnight(last+1) - 1}
}

func (s secondsOf) contains(at int64) bool { return s.from <= at && at <= s.to }

// userIDs are the userids of a flag; none is nil, which stands for all.
func userIDs(users []string) (ids []attendance.UserID) {
	for _, u := range users {
		ids = append(ids, attendance.UserID(u))
	}
	return ids
}

func writeLocalRecords(cmd *cobra.Command, a *app.App, corp *app.Corp, o *recordsOptions, s secondsOf) error {
	ctx := cmd.Context()
	devices, err := deviceRecords(ctx, a, corp, userIDs(o.users), s)
	if err != nil {
		return err
	}
	if o.device == "" {
		punches, err := a.Records(ctx, corp, userIDs(o.users), s.from, s.to, app.AllRecords)
		if err != nil {
			return err
		}
		if n := leftOut(devices, punches); n > 0 && !isQuiet(cmd) {
			fmt.Fprintln(cmd.ErrOrStderr(), say(cmd, "left out, as no window of a rule has them: %d punches of devices; --device any lists all that devices sent", n))
		}
		var rows []recordRow
		for i := range punches {
			if r := wire.RecordOut(corp.Zone, &punches[i]); o.wantsType(&r) {
				rows = append(rows, newRecordRow(&r, corp.Zone))
			}
		}
		return writeRows(cmd, o.output, recordColumns, rows, recordCells(cmd))
	}
	var rows []deviceRow
	for i := range devices {
		if r := wire.HardwareOut(&devices[i]); o.wantsDevice(&r) {
			rows = append(rows, newDeviceRow(&r, corp.Zone))
		}
	}
	return writeRows(cmd, o.output, deviceColumns, rows, deviceRow.cells)
}

// deviceRecords reads what devices sent of some members, nil for all.
func deviceRecords(ctx context.Context, a *app.App, corp *app.Corp, users []attendance.UserID, s secondsOf) ([]attendance.PunchRecord, error) {
	members, err := a.Contacts(ctx, corp, users)
	if err != nil {
		return nil, err
	}
	users = make([]attendance.UserID, len(members))
	for i := range members {
		users[i] = members[i].ID
	}
	return a.DeviceRecords(ctx, corp, users, s.from, s.to, false)
}

// leftOut returns how many punches of devices are not among those that are listed,
// as they count for no rule.
func leftOut(devices []attendance.PunchRecord, listed []attendance.MatchedPunch) (n int) {
	type key struct {
		user   attendance.UserID
		at     int64
		device string
	}
	seen := map[key]bool{}
	for i := range listed {
		p := &listed[i]
		seen[key{p.User, p.At, p.Device}] = true
	}
	for i := range devices {
		if p := &devices[i]; !seen[key{p.User, p.At, p.Device}] {
			n++
		}
	}
	return n
}

// wantsDevice reports whether a record is of the device that is asked for.
func (o *recordsOptions) wantsDevice(r *checkin.HardwareRecord) bool {
	return o.device == anyDevice || o.device == r.DeviceSN || o.device == r.DeviceName
}

// wantsType reports whether a record is of the kind that is asked for.
func (o *recordsOptions) wantsType(r *checkin.Record) bool {
	outside := r.CheckinType == checkin.TypeOutside
	return app.RecordKind(o.kind) == app.AllRecords || outside == (app.RecordKind(o.kind) == app.OutsideRecords)
}

func writeServerRecords(cmd *cobra.Command, f checkin.Fetch, zone *attendance.Zone, o *recordsOptions, s secondsOf) error {
	p := newProgress(cmd, say(cmd, "punches"), -1)
	defer p.done()
	if o.device != "" {
		return writeSeq(cmd, o.output, deviceColumns, func(yield func(deviceRow, error) bool) {
			for r, err := range f.HardwareRecords(cmd.Context()) {
				if err == nil && (!s.contains(r.CheckinTime) || !o.wantsDevice(&r)) {
					continue
				}
				p.add(1)
				if !yield(newDeviceRow(&r, zone), err) {
					return
				}
			}
		}, deviceRow.cells)
	}
	return writeSeq(cmd, o.output, recordColumns, func(yield func(recordRow, error) bool) {
		for r, err := range f.Records(cmd.Context()) {
			at := r.CheckinTime
			if at == 0 { // a punch that is missing
				at = r.SchCheckinTime
			}
			if err == nil && (!s.contains(at) || !o.wantsType(&r)) {
				continue
			}
			p.add(1)
			if !yield(newRecordRow(&r, zone), err) {
				return
			}
		}
	}, recordCells(cmd))
}
