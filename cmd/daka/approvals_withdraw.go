package main

import (
	"context"
	"strings"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/spf13/cobra"
)

func newApprovalsWithdrawCommand() *cobra.Command {
	var o sourceOptions
	var w writeOptions
	output := asTable
	cmd := &cobra.Command{
		Use:   "withdraw NUMBER",
		Short: "Withdraw a request",
		Long: `Has a request no longer count, from now on: one that has passed is revoked then
(withdrawn after it had passed, state 6), one that is pending withdrawn (state 4). It
stays on record, and reports as of an earlier moment still have it. Where members
share the number it is withdrawn for all of them. "daka approvals add --number" makes
it count again.

` + deskHelp + `

` + exitHelp,
		Example: "  daka approvals withdraw 202610080001 --dry-run",
		Args:    oneArg("NUMBER"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return o.administer(cmd, w.access(), errRequestsInApp, func(ctx context.Context, d desk) error {
				return o.withdraw(ctx, cmd, d, &w, output, args[0])
			})
		},
	}
	o.bind(cmd)
	w.bind(cmd)
	bind(cmd, "output", &output)
	return cmd
}

func (o *sourceOptions) withdraw(ctx context.Context, cmd *cobra.Command, d desk, w *writeOptions, output format, number string) error {
	entry := app.ApprovalEntry{Status: attendance.Revoked}
	entry.No = number
	checks, err := d.checkApprovals(ctx, []app.ApprovalEntry{entry})
	if err != nil {
		return err
	}
	var entries []app.ApprovalEntry
	var users []string
	for i := range checks {
		c := &checks[i]
		switch c.Was {
		case attendance.Pending:
			c.Status = attendance.Withdrawn
		case attendance.Passed, attendance.Paid:
		default:
			continue
		}
		entries, users = append(entries, c.ApprovalEntry), append(users, string(c.User))
	}
	first := &checks[0]
	form := newEnteredForm(cmd, first, d.zone())
	if len(entries) == 0 {
		if state := formStates[int64(first.Was)]; first.Was != attendance.Revoked && first.Was != attendance.Withdrawn {
			return failf("%s is %s: there is nothing to withdraw", number, state)
		}
		return writeDone(cmd, output, say(cmd, "%s was withdrawn before: nothing is stored", number))
	}
	for i := range checks {
		if err := noteClosedMonths(ctx, cmd, d, requestDays(&checks[i])); err != nil {
			return err
		}
	}
	who := strings.Join(users, ", ")
	if err := o.agree(cmd, w, say(cmd, "withdraw %s: %s of %s, %s to %s", number, form.what(cmd), who, endText(cmd, form.From), endText(cmd, form.To))); err != nil {
		return err
	}
	if err := d.addApprovals(ctx, entries); err != nil {
		return err
	}
	return writeDone(cmd, output, say(cmd, "%s is withdrawn: %s of %s, %s to %s", number, form.what(cmd), who, endText(cmd, form.From), endText(cmd, form.To)))
}
