package main

import (
	"context"
	"errors"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/sheet"
	"github.com/spf13/cobra"
)

// approvalsAddOptions are those of approvals add.
type approvalsAddOptions struct {
	sourceOptions
	write    writeOptions
	vacation string
	workdays bool
	status   string
	number   string
	output   format
}

// vacationHelp says which kinds of leave there are.
const vacationHelp = `Kinds of leave go by their name or id. A corporation begins with those of WeCom's
examples, 1 年假, 2 事假, 3 病假, 4 调休假, 5 婚假, 6 产假, 7 陪产假 and 8 其他, and has
beside them those that its requests name: 9=育儿假 names a new one.`

func newApprovalsAddCommand() *cobra.Command {
	o := approvalsAddOptions{status: "passed", output: asTable}
	cmd := &cobra.Command{
		Use:   "add USER KIND FROM [TO]",
		Short: "Enter leave, a trip, an outing or overtime",
		Long: `Enters a request of a member: leave, trip, outing or overtime, or 请假, 出差, 外出,
加班. What is no such kind is taken for a kind of leave, as in "add zhangsan 年假 ...".

FROM and TO are days, like 2026-10-08 or tomorrow, or halves of them, like
2026-10-08 pm or 2026-10-08 下午: then it counts by half days, both included. Or they
are times, like 2026-10-08 09:00, and it counts from the one to the other; overtime
is always told so. A TO that is a time alone is on the day of FROM, and without a TO it
is that day or half.

` + vacationHelp + ` With --workdays-only the days
off in between do not count, for that kind of leave from then on.

The request has passed unless --status says pending, refused, withdrawn, revoked
(withdrawn after it had passed), deleted or paid, or 审批中, 已通过 and so on; those
that have passed or are paid count. It gets a new number, or that of --number: one
that there is already takes on what is said now, which is asked for. Another of the
same kind for some of the same time is refused. What it comes to on each day is shown.

` + namesHelp + `

` + deskHelp + `

` + exitHelp,
		Example: "  daka approvals add zhangsan 年假 2026-10-08 2026-10-09\n" +
			"  daka approvals add zhangsan leave 2026-10-08 pm --vacation 病假 --dry-run\n" +
			"  daka approvals add lisi overtime 2026-10-08 19:00 21:00",
		Args: someArgs(3, 8, "USER KIND FROM [TO]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			entry, err := o.entry(cmd, args)
			if err != nil {
				return err
			}
			ends, err := readEnds(args[2:])
			if err != nil {
				return usagef("%s: %w", cmd.CommandPath(), err)
			}
			return runApprovalsAdd(cmd, entry, ends, &o)
		},
	}
	o.bind(cmd)
	o.write.bind(cmd)
	bind(cmd, "vacation", &o.vacation)
	bind(cmd, "workdays-only", &o.workdays)
	bind(cmd, "status", &o.status)
	bind(cmd, "number", &o.number)
	bind(cmd, "output", &o.output)
	return cmd
}

// entry is what is asked for, but when.
func (o *approvalsAddOptions) entry(cmd *cobra.Command, args []string) (e app.ApprovalEntry, err error) {
	e.User, e.No = attendance.UserID(args[0]), o.number
	kind, ok := sheet.ParseRequest(args[1])
	vacation := o.vacation
	if !ok {
		if vacation != "" {
			return e, usagef("%s: %q is not leave, trip, outing or overtime", cmd.CommandPath(), args[1])
		}
		kind, vacation = attendance.LeaveApproval, args[1]
	}
	e.Kind = kind
	if e.Status, ok = sheet.ParseStatus(o.status); !ok {
		return e, usagef("--status %q: want passed, pending, refused, withdrawn, revoked, deleted or paid", o.status)
	}
	switch {
	case kind == attendance.LeaveApproval && vacation == "":
		return e, usagef("%s: of which kind is the leave? Say it with --vacation, as 年假 or 1", cmd.CommandPath())
	case kind != attendance.LeaveApproval && (vacation != "" || o.workdays):
		return e, usagef("%s: --vacation and --workdays-only are for leave", cmd.CommandPath())
	case vacation != "":
		e.Vacation = sheet.ParseVacation(vacation)
		e.Vacation.WorkdaysOnly = o.workdays
	}
	return e, nil
}

func runApprovalsAdd(cmd *cobra.Command, e app.ApprovalEntry, ends []requestEnd, o *approvalsAddOptions) error {
	user := string(e.User)
	o.names(cmd, &user)
	return o.administer(cmd, o.write.access(), errRequestsInApp, func(ctx context.Context, d desk) error {
		e.User = attendance.UserID(user)
		span, err := spanOf(ends, d.zone())
		if err != nil {
			return usagef("%s: %w", cmd.CommandPath(), err)
		}
		if e.ByDay, e.From, e.To = span.ByDay, span.From, span.To; e.ByDay && e.Kind == attendance.OvertimeApproval {
			return usagef("%s: overtime has times, like 2026-10-08 19:00", cmd.CommandPath())
		}
		for again := 0; ; again++ {
			err := o.enter(ctx, cmd, d, e)
			if again == 10 || !errors.Is(err, app.ErrNumberTaken) && !errors.Is(err, admin.Conflict) {
				return err
			} // somebody else's request has the number now: the next one is looked for
		}
	})
}

// enter looks what there is of a request, and stores it. It returns
// app.ErrNumberTaken or admin.Conflict where another request got its new number.
func (o *approvalsAddOptions) enter(ctx context.Context, cmd *cobra.Command, d desk, e app.ApprovalEntry) error {
	checks, err := d.checkApprovals(ctx, []app.ApprovalEntry{e})
	if err != nil {
		return err
	}
	c := &checks[0]
	form := newEnteredForm(cmd, c, d.zone())
	if c.Overlaps != "" {
		return failf("%s has asked for some of that time already: %s; withdraw it, or give it another state with --number %s", form.UserID, c.Overlaps, c.Overlaps)
	}
	if c.Known {
		return form.write(cmd, o.output, say(cmd, "%s is known so already: nothing is stored", c.No))
	}
	if err := noteClosedMonths(ctx, cmd, d, requestDays(c)); err != nil {
		return err
	}
	employed, err := d.employment(ctx, c.User)
	if err != nil {
		return err
	}
	first, last := c.SpanDays(d.zone())
	noteEmployment(cmd, employed, first, last)
	plan := say(cmd, "enter %s of %s, %s to %s, %s, as %s", form.what(cmd), form.UserID, endText(cmd, form.From), endText(cmd, form.To), say(cmd, form.State), c.No)
	if o.write.dryRun {
		form.DryRun, form.Plan = true, plan
		return firstError(form.write(cmd, o.output, say(cmd, "would %s", plan)), errPlanned)
	}
	if c.Was != 0 {
		err = o.agree(cmd, &o.write, plan)
	} else {
		err = o.echo(cmd, plan)
	}
	if err != nil {
		return err
	}
	if err := d.addApprovals(ctx, []app.ApprovalEntry{c.ApprovalEntry}); err != nil {
		return err
	}
	return form.write(cmd, o.output, say(cmd, "%s of %s is entered, %s to %s, %s, as %s", form.what(cmd), form.UserID, endText(cmd, form.From), endText(cmd, form.To), say(cmd, form.State), c.No))
}
