package main

import (
	"context"
	"fmt"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/spf13/cobra"
)

// employment is from when to when a member has reports: MaxDay is the last day of
// who has not left.
type employment struct {
	user         string
	joined, left attendance.Day
}

// noteEmployment says on stderr that facts about the days from first to last, or a
// part of them, count for nothing as they lie outside a member's employment. A punch
// on the day beside it may still be of a shift across midnight.
func noteEmployment(cmd *cobra.Command, e *employment, first, last attendance.Day) {
	if isQuiet(cmd) {
		return
	}
	if first < e.joined {
		fmt.Fprintln(cmd.ErrOrStderr(), say(cmd, "the first day of %s is %s: what is not of that day or later counts for nothing", e.user, e.joined))
	}
	if last > e.left {
		fmt.Fprintln(cmd.ErrOrStderr(), say(cmd, "the last day of %s is %s: what is not of that day or earlier counts for nothing", e.user, e.left))
	}
}

// employmentIn returns that of a member in a database.
func employmentIn(ctx context.Context, a *app.App, corp *app.Corp, user attendance.UserID) (*employment, error) {
	contacts, err := a.Contacts(ctx, corp, []attendance.UserID{user})
	if err != nil {
		return nil, err
	}
	return &employment{string(user), contacts[0].Joined, contacts[0].Left}, nil
}

func (d *localDesk) employment(ctx context.Context, user attendance.UserID) (*employment, error) {
	return employmentIn(ctx, d.app, d.corp, user)
}

func (d *serverDesk) employment(ctx context.Context, user attendance.UserID) (*employment, error) {
	list, err := d.client.Members(ctx)
	if err != nil {
		return nil, err
	}
	e := &employment{string(user), attendance.MinDay, attendance.MaxDay}
	for i := range list.Members {
		m := &list.Members[i]
		if attendance.UserID(m.UserID).Fold() != user.Fold() {
			continue
		}
		for _, end := range []struct {
			text admin.Day
			day  *attendance.Day
		}{{m.Joined, &e.joined}, {m.Left, &e.left}} {
			if end.text == "" {
				continue
			}
			if *end.day, err = attendance.ParseDay(string(end.text)); err != nil {
				return nil, failf("the server's list of members: %w", err)
			}
		}
	}
	return e, nil
}
