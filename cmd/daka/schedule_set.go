package main

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
	"github.com/spf13/cobra"
)

// scheduleSetOptions are those of schedule set.
type scheduleSetOptions struct {
	sourceOptions
	write writeOptions
	span  spanFlags
	users userList
	group string
	shift string
}

func newScheduleSetCommand() *cobra.Command {
	var o scheduleSetOptions
	output := asTable
	cmd := &cobra.Command{
		Use:   "set PERIOD",
		Short: "Give members a shift",
		Long: `Gives the members of --users the shift of --shift on every day of a PERIOD. The
shift is one of the rule of --group, by its id or its name, or rest. Without --group
it is the rule that the members are under on the first day.

Where members have other shifts on these days already it asks first. In a database
past days can be set, and are asked for, too. A server takes days after its today
alone: for others --dry-run fails, and without it is asked for before any is sent.

` + whenHelp + `

` + namesHelp + `

` + targetHelp + `

` + exitHelp,
		Example: "  daka schedule set next week --group 2 --users zhangsan,lisi --shift 早班\n  daka schedule set 2026-10-01 --users zhangsan --shift rest --yes",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.span.take(cmd, args); err != nil {
				return err
			}
			if len(o.users) == 0 || o.shift == "" {
				return usagef("%s: say with --users who gets a shift and with --shift which", cmd.CommandPath())
			}
			o.namesIn(cmd, o.users)
			return runScheduleSet(cmd, &o, output)
		},
	}
	o.bind(cmd)
	o.span.bind(cmd)
	o.write.bind(cmd)
	bind(cmd, "users", &o.users)
	bind(cmd, "group", &o.group)
	bind(cmd, "shift", &o.shift)
	bind(cmd, "output", &output)
	return cmd
}

// shiftPlan is what schedule set is about to do.
type shiftPlan struct {
	rule        *storedRule
	shift       attendance.ShiftID
	name        string
	first, last attendance.Day
	today       attendance.Day
	have        []shiftRow // what the members have on these days
}

// others counts the days on which a member has another shift.
func (p *shiftPlan) others() (n int) {
	for _, r := range p.have {
		if r.GroupID != int64(p.rule.ID) || r.ScheduleID != int64(p.shift) {
			n++
		}
	}
	return n
}

func runScheduleSet(cmd *cobra.Command, o *scheduleSetOptions, output format) error {
	var done string
	err := o.use(cmd, o.write.access(), func(ctx context.Context, a *app.App, corp *app.Corp) error {
		p, err := o.plan(cmd, &localRules{a, corp}, corp.Zone)
		if err != nil {
			return err
		}
		if p.have, err = localShifts(ctx, a, corp, o.users, p.first, p.last); err != nil {
			return err
		}
		if err := noteClosedMonths(ctx, cmd, &localDesk{a, corp}, eachDay(p.first, p.last)); err != nil {
			return err
		}
		if err := o.agree(cmd, p); err != nil {
			return err
		}
		var items []app.Assignment
		for _, u := range o.users {
			for d := p.first; d <= p.last; d++ {
				items = append(items, app.Assignment{User: attendance.UserID(u), Day: d, Shift: p.shift})
			}
		}
		done = say(cmd, "%d shifts are set", len(items))
		return a.SetSchedules(ctx, corp, p.rule.ID, items, app.AnyDay)
	}, func(ctx context.Context, w *wecom.Client, zone *attendance.Zone) error {
		p, err := o.plan(cmd, &serverRules{w, zone, o.remote.corpID}, zone)
		if err != nil {
			return err
		}
		if p.have, err = serverShifts(ctx, w, zone, o.users, p.first, p.last, nil); err != nil {
			return err
		}
		if err := o.agree(cmd, p); err != nil {
			return err
		}
		items := p.items(o.users)
		done = say(cmd, "%d shifts are set", len(items))
		return shiftFailure(items, checkin.Batch{Client: checkin.NewClient(w)}.SetSchedules(ctx, items))
	})
	if err != nil {
		return err
	}
	return writeDone(cmd, output, done)
}

// plan finds the rule and the shift that are meant.
func (o *scheduleSetOptions) plan(cmd *cobra.Command, book rulebook, zone *attendance.Zone) (*shiftPlan, error) {
	p := &shiftPlan{today: today(zone)}
	for _, w := range []*whenFlag{&o.span.period, &o.span.from, &o.span.to} {
		if err := w.withYear(); err != nil {
			return nil, usageError{err}
		}
	}
	var err error
	if p.first, p.last, err = o.span.days(cmd, zone); err != nil {
		return nil, err
	}
	slices.Sort(o.users)
	o.users = slices.Compact(o.users)
	name := o.group
	if name == "" {
		if name, err = o.ownRule(cmd.Context(), book, p.first); err != nil {
			return nil, err
		}
	}
	if p.rule, err = findRule(cmd.Context(), book, name); err != nil && o.group == "" {
		return nil, err
	} else if err != nil {
		return nil, failf("--group: %w", err)
	}
	if p.rule.Type != checkin.GroupShift {
		return nil, failf("--group: rule %d: %w", p.rule.ID, attendance.ErrNotShiftRule)
	}
	p.shift, p.name, err = p.rule.shift(o.shift)
	return p, err
}

// ownRule returns the id of the rule that all members are under on a day.
func (o *scheduleSetOptions) ownRule(ctx context.Context, book rulebook, day attendance.Day) (id string, err error) {
	for _, u := range o.users {
		doc, err := book.of(ctx, u, day)
		if err != nil {
			return "", err
		}
		if doc == nil {
			return "", failf("userid %q is under no rule on %s: name one with --group", u, day)
		}
		rule, err := readStored(doc)
		if err != nil {
			return "", err
		}
		if rule.Type != checkin.GroupShift {
			return "", failf("%s is under the rule %s (%d) on %s, and its shifts cannot be set: %w", u, rule.Name, rule.ID, day, attendance.ErrNotShiftRule)
		}
		text := strconv.FormatInt(int64(rule.ID), 10)
		if id != "" && id != text {
			return "", failf("the members are under several rules on %s, %s and %s: name one with --group", day, id, text)
		}
		id = text
	}
	return id, nil
}

// shift returns the shift of a rule with an id or a name.
func (r *storedRule) shift(text string) (id attendance.ShiftID, name string, err error) {
	var names []string
	for _, s := range r.Shifts {
		if s.Name == text || strconv.FormatInt(int64(s.ID), 10) == text {
			return s.ID, s.Name, nil
		}
		names = append(names, s.Name)
	}
	if text == "0" || app.IsRest(text) {
		return 0, "rest", nil
	}
	return 0, "", failf("--shift %q: %w: %d (%s) has %s", text, attendance.ErrUnknownShift, r.ID, r.Name, strings.Join(names, ", "))
}

// agree asks where something that was there, or is past, would change, or a
// server is about to refuse a part of it. Which day it is here may not be the day
// on a test server, whose clock can be turned: it is only asked.
func (o *scheduleSetOptions) agree(cmd *cobra.Command, p *shiftPlan) error {
	plan := say(cmd, "give %d members the shift %s of the rule %s, %s", len(o.users), say(cmd, p.name), p.rule.Name, daysText(cmd, p.first, p.last))
	n := p.others()
	switch {
	case p.first <= p.today && o.fromServer():
		past := min(p.last, p.today)
		if o.write.dryRun {
			return failf("%s: a server takes days after today, %s, alone", daysText(cmd, p.first, past), p.today)
		}
		return confirm(cmd, &o.write, say(cmd, "%s, though a server refuses days up to today, %s", plan, p.today))
	case n > 0:
		return confirm(cmd, &o.write, say(cmd, "%s, in the place of %d other shifts", plan, n))
	case p.first <= p.today:
		return confirm(cmd, &o.write, say(cmd, "%s, with days that are past or begun", plan))
	}
	return planned(cmd, &o.write, plan)
}

// daysText names a stretch of days.
func daysText(cmd *cobra.Command, first, last attendance.Day) string {
	if first == last {
		return first.String()
	}
	return say(cmd, "%s to %s", first, last)
}

func (p *shiftPlan) items(users []string) (items []checkin.PlannedShift) {
	for _, u := range users {
		for d := p.first; d <= p.last; d++ {
			items = append(items, checkin.PlannedShift{GroupID: int64(p.rule.ID), UserID: u, Date: date(d), ScheduleID: int64(p.shift)})
		}
	}
	return items
}

// shiftFailure says which of the shifts were not set, and why the first.
func shiftFailure(items []checkin.PlannedShift, outcomes []checkin.Outcome) error {
	var failure error
	failed := 0
	for i, out := range outcomes {
		if out.State == checkin.Stored {
			continue
		}
		if failed++; failure == nil {
			failure = failf("%s on %s: %w", items[i].UserID, items[i].Date, out.Err)
		}
	}
	if failed == 0 {
		return nil
	}
	return failf("not set: %d of %d shifts, the first that of %w", failed, len(items), failure)
}
