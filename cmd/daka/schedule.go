package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/wire"
	"github.com/dakahq/daka/wecom"
	"github.com/spf13/cobra"
)

// scheduleOptions are those of schedule.
type scheduleOptions struct {
	sourceOptions
	span   spanFlags
	users  userList
	output format
}

func newScheduleCommand() *cobra.Command {
	o := scheduleOptions{span: spanFlags{fallback: "this week"}, output: asTable}
	cmd := group("schedule", "Show and set who has which shift when", newScheduleSetCommand())
	cmd.Use += " [PERIOD]"
	cmd.Long = `Shows the shifts of a PERIOD, this week if none is said: a row for each member that
has any and a column for each day. The other formats have a row for each member and
day. Only members under a rule of shifts have them.

` + whenHelp + `

` + namesHelp + `

` + sourceHelp + `

` + exitHelp
	cmd.Example = "  daka schedule next week\n  daka schedule 2026-10 --users zhangsan,lisi -o csv"
	cmd.Args = cobra.ArbitraryArgs
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := o.span.take(cmd, args); err != nil {
			return err
		}
		o.namesIn(cmd, o.users)
		return runSchedule(cmd, &o)
	}
	o.bind(cmd)
	o.span.bind(cmd)
	bind(cmd, "users", &o.users)
	bind(cmd, "output", &o.output)
	return cmd
}

// shiftRow is one member's shift on a day.
type shiftRow struct {
	UserID     string `json:"userid"`
	Date       string `json:"date"`
	GroupID    int64  `json:"groupid"`
	Rule       string `json:"rule"`
	ScheduleID int64  `json:"schedule_id"` // 0 = rest
	Shift      string `json:"shift"`
	Times      string `json:"times"` // as 09:00-12:00 13:00-18:00; "" = rest
	day        attendance.Day
}

func runSchedule(cmd *cobra.Command, o *scheduleOptions) error {
	var rows []shiftRow
	var first, last attendance.Day
	err := o.read(cmd, func(ctx context.Context, a *app.App, corp *app.Corp) (err error) {
		if first, last, err = o.span.days(cmd, corp.Zone); err != nil {
			return err
		}
		rows, err = localShifts(ctx, a, corp, o.users, first, last)
		return err
	}, func(ctx context.Context, w *wecom.Client, zone *attendance.Zone) (err error) {
		if first, last, err = o.span.days(cmd, zone); err != nil {
			return err
		}
		p := newProgress(cmd, say(cmd, "shifts"), -1)
		defer p.done()
		rows, err = serverShifts(ctx, w, zone, o.users, first, last, p)
		return err
	})
	if err != nil {
		return err
	}
	if o.output != asTable {
		return writeRows(cmd, o.output, nil, rows, nil)
	}
	columns, cells := shiftGrid(rows, first, last)
	return writeCells(cmd, columns, cells)
}

func localShifts(ctx context.Context, a *app.App, corp *app.Corp, users []string, first, last attendance.Day) ([]shiftRow, error) {
	shifts, err := a.Schedules(ctx, corp, userIDs(users), first, last)
	if err != nil {
		return nil, err
	}
	var rows []shiftRow
	for _, m := range wire.SchedulesOut(shifts) {
		rows = appendShifts(rows, &m, first, last)
	}
	return rows, nil
}

func serverShifts(ctx context.Context, w *wecom.Client, zone *attendance.Zone, users []string, first, last attendance.Day, p *progress) ([]shiftRow, error) {
	f, err := fetch(ctx, w, zone, users, first, last)
	if err != nil {
		return nil, err
	}
	var rows []shiftRow
	for m, err := range f.Schedules(ctx) {
		if err != nil {
			return nil, err
		}
		p.add(int64(len(m.Schedule.ScheduleList)))
		rows = appendShifts(rows, &m, first, last)
	}
	return rows, nil
}

// appendShifts appends the days of a member's month that lie in a span.
func appendShifts(rows []shiftRow, m *checkin.MemberSchedule, first, last attendance.Day) []shiftRow {
	for _, d := range m.Schedule.ScheduleList {
		day, err := attendance.DayFromYMD(m.YearMonth*100 + d.Day)
		if err != nil || day < first || day > last {
			continue
		}
		rows = append(rows, shiftRow{
			UserID: m.UserID, Date: day.String(), day: day, GroupID: m.GroupID, Rule: m.GroupName,
			ScheduleID: d.ScheduleInfo.ScheduleID, Shift: d.ScheduleInfo.ScheduleName, Times: shiftTimes(&d.ScheduleInfo),
		})
	}
	return rows
}

func shiftTimes(s *checkin.ScheduleInfo) string {
	var parts []string
	for _, t := range s.TimeSection {
		parts = append(parts, attendance.TimeOfDay(t.WorkSec).String()+"-"+attendance.TimeOfDay(t.OffWorkSec).String())
	}
	return strings.Join(parts, " ")
}

// shiftGrid is a table of shifts: a row a member, in the order of the rows, and a
// column a day.
func shiftGrid(rows []shiftRow, first, last attendance.Day) (columns []column, cells [][]string) {
	columns = []column{{head: "userid"}}
	for d := first; d <= last; d++ {
		_, month, day := d.Date()
		columns = append(columns, column{head: fmt.Sprintf("%02d-%02d", int(month), day)})
	}
	place := map[string]int{}
	for i := range rows {
		r := &rows[i]
		at, ok := place[r.UserID]
		if !ok {
			at = len(cells)
			place[r.UserID] = at
			cells = append(cells, make([]string, len(columns)))
			cells[at][0] = r.UserID
		}
		cell := &cells[at][1+r.day-first]
		*cell = strings.TrimPrefix(*cell+"/"+cmp.Or(r.Shift, strconv.FormatInt(r.ScheduleID, 10)), "/")
	}
	slices.SortStableFunc(cells, func(a, b []string) int { return strings.Compare(strings.ToLower(a[0]), strings.ToLower(b[0])) })
	return columns, cells
}
