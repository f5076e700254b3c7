package main

import (
	"context"
	"fmt"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
	"github.com/spf13/cobra"
)

func newMembersRemoveCommand() *cobra.Command {
	var o sourceOptions
	var w writeOptions
	var last whenFlag
	output := asTable
	cmd := &cobra.Command{
		Use:   "remove USER",
		Short: "Take a member out of the contacts",
		Long: `Takes a member out of the contacts today. What was recorded stays for reports --as-of
a moment before; reports of now leave the member out, those of days before, too. The
face is forgotten. A server takes it from the app for contact sync alone.

Who leaves is given a last day in a database, with --last-day, in the past or to come:
reports until then stay, and none is made of the days after.

` + targetHelp + `

` + exitHelp,
		Example: "  daka members remove zhangsan --last-day 2026-11-15\n  daka members remove zhangsan --yes",
		Args:    oneArg("USER"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := last.withYear(); err != nil {
				return usagef("%s: --last-day: %w", cmd.CommandPath(), err)
			}
			return runMembersRemove(cmd, &o, &w, args[0], &last, output)
		},
	}
	o.bind(cmd)
	w.bind(cmd)
	bind(cmd, "last-day", &last)
	bind(cmd, "output", &output)
	return cmd
}

func runMembersRemove(cmd *cobra.Command, o *sourceOptions, w *writeOptions, user string, last *whenFlag, output format) error {
	o.names(cmd, &user)
	var done string
	err := o.use(cmd, w.access(), func(ctx context.Context, a *app.App, corp *app.Corp) (err error) {
		members, err := a.Contacts(ctx, corp, []attendance.UserID{attendance.UserID(user)})
		if err != nil {
			return err
		}
		if last.set() {
			done, err = endMember(ctx, cmd, a, corp, w, &members[0], last)
			return err
		}
		if !isQuiet(cmd) {
			fmt.Fprintln(cmd.ErrOrStderr(), say(cmd, "reports of now will leave %s out, those of days before, too: --last-day keeps them", user))
		}
		if err := confirm(cmd, w, say(cmd, "remove the member %s (%s), today, on %s", user, members[0].Name, today(corp.Zone))); err != nil {
			return err
		}
		return a.DeleteMember(ctx, corp, members[0].ID)
	}, func(ctx context.Context, client *wecom.Client, _ *attendance.Zone) error {
		if last.set() {
			return usagef("%s: --last-day needs a database: a server takes a member out today", cmd.CommandPath())
		}
		m, err := client.User(ctx, user)
		if err != nil {
			return err
		}
		if err := confirm(cmd, w, say(cmd, "remove the member %s (%s), today", user, m.Name)); err != nil {
			return err
		}
		return client.DeleteUser(ctx, user)
	})
	if err != nil {
		return err
	}
	if done == "" {
		done = say(cmd, "the member %s is removed", user)
	}
	return writeDone(cmd, output, done)
}

// endMember gives a member of a database a last day, and says so.
func endMember(ctx context.Context, cmd *cobra.Command, a *app.App, corp *app.Corp, w *writeOptions, m *app.Contact, last *whenFlag) (done string, err error) {
	day, err := last.day(corp.Zone)
	if err != nil {
		return "", err
	}
	if day < m.Joined {
		return "", failf("--last-day: %s is before the first day, %s", day, m.Joined)
	}
	// Days that come to have a report, or to have none any more.
	first, end := min(day, m.Left)+1, min(max(day, m.Left), today(corp.Zone))
	if err := noteClosedMonths(ctx, cmd, &localDesk{a, corp}, eachDay(first, end)); err != nil {
		return "", err
	}
	if err := confirm(cmd, w, say(cmd, "make %s the last day of %s (%s)", day, m.ID, m.Name)); err != nil {
		return "", err
	}
	return say(cmd, "the last day of %s is %s", m.ID, day), a.EndMember(ctx, corp, m.ID, day)
}
