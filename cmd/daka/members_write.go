package main

import (
	"context"
	"errors"
	"slices"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
	"github.com/spf13/cobra"
)

// memberOptions are those of members add.
type memberOptions struct {
	sourceOptions
	write       writeOptions
	name, alias string
	first       whenFlag
	departments []string
	output      format
}

func newMembersAddCommand() *cobra.Command {
	o := memberOptions{output: asTable}
	cmd := &cobra.Command{
		Use:   "add USER",
		Short: "Add a member",
		Long: `Adds a member to the contacts from today on, in a database from --first-day on, into
the root department where none is named. A server takes it from the app for contact
sync alone.

` + targetHelp + `

` + exitHelp,
		Example: "  daka members add zhangsan --name 张三 --departments 仓库,3\n  daka members add lisi --name 李四 --first-day 2026-11-16",
		Args:    oneArg("USER"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.name == "" {
				return usagef("%s: --name: a name is needed", cmd.CommandPath())
			}
			edit := app.MemberEdit{User: attendance.UserID(args[0]), Name: &o.name}
			if o.alias != "" {
				edit.Alias = &o.alias
			}
			if err := o.first.withYear(); err != nil {
				return usagef("%s: --first-day: %w", cmd.CommandPath(), err)
			}
			return runMembersAdd(cmd, &o, edit)
		},
	}
	o.bind(cmd)
	o.write.bindDryRun(cmd)
	bind(cmd, "name", &o.name)
	bind(cmd, "alias", &o.alias)
	bind(cmd, "departments", &o.departments)
	bind(cmd, "first-day", &o.first)
	bind(cmd, "output", &o.output)
	return cmd
}

func runMembersAdd(cmd *cobra.Command, o *memberOptions, edit app.MemberEdit) error {
	err := o.use(cmd, o.write.access(), func(ctx context.Context, a *app.App, corp *app.Corp) error {
		depts, err := a.Departments(ctx, corp)
		if err != nil {
			return err
		}
		if edit.Depts, err = departmentsNamed(o.departments, depts); err != nil {
			return err
		}
		first := today(corp.Zone)
		if o.first.set() {
			if first, err = o.first.day(corp.Zone); err != nil {
				return err
			}
			edit.First = &first
		}
		if o.write.dryRun {
			if err := checkNewMember(ctx, a, corp, edit, depts); err != nil {
				return err
			}
		}
		if err := noteClosedMonths(ctx, cmd, &localDesk{a, corp}, eachDay(first, today(corp.Zone))); err != nil {
			return err
		}
		if err := planned(cmd, &o.write, say(cmd, "add the member %s (%s), from %s on", edit.User, o.name, first)); err != nil {
			return err
		}
		return a.CreateMember(ctx, corp, edit)
	}, func(ctx context.Context, w *wecom.Client, _ *attendance.Zone) error {
		return addToServer(ctx, cmd, o, edit, w)
	})
	if err != nil {
		return err
	}
	return writeDone(cmd, o.output, say(cmd, "the member %s is added", edit.User))
}

// addToServer adds a member to the contacts of a server.
func addToServer(ctx context.Context, cmd *cobra.Command, o *memberOptions, edit app.MemberEdit, w *wecom.Client) error {
	if o.first.set() {
		return usagef("%s: --first-day needs a database: to a server a member comes today", cmd.CommandPath())
	}
	var depts []attendance.Department
	var err error
	if !numbered(o.departments) {
		if depts, err = serverDepts(ctx, w); err != nil {
			return err
		}
	}
	if edit.Depts, err = departmentsNamed(o.departments, depts); err != nil {
		return err
	}
	if o.write.dryRun {
		if err := absent(ctx, w, edit.User); err != nil {
			return err
		}
	}
	if err := planned(cmd, &o.write, say(cmd, "add the member %s (%s)", edit.User, o.name)); err != nil {
		return err
	}
	user := wecom.UserEdit{UserID: string(edit.User), Name: edit.Name, Alias: edit.Alias}
	for _, d := range edit.Depts {
		user.Department = append(user.Department, int64(d))
	}
	return refusedTwice(ctx, w, edit.User, w.CreateUser(ctx, user))
}

// absent returns an error for a member whom a server has already.
func absent(ctx context.Context, w *wecom.Client, user attendance.UserID) error {
	_, err := w.User(ctx, string(user))
	if errors.Is(err, wecom.CodeUserNotFound) {
		return nil // or out of the app's sight, which only the call itself tells
	}
	if err != nil {
		return err
	}
	return failf("userid %q: there is such a member", user)
}

// refusedTwice is the error of a member who could not be added: where the
// server has the member already it says so, whichever errcode the server has for it.
func refusedTwice(ctx context.Context, w *wecom.Client, user attendance.UserID, err error) error {
	if !errors.Is(err, wecom.CodeInvalidParameter) && !errors.Is(err, codeUserExisted) {
		return err
	}
	if _, missing := w.User(ctx, string(user)); missing != nil {
		return err
	}
	return failf("userid %q: there is such a member: %w", user, err)
}

// codeUserExisted is WeCom's answer to a userid that is taken (document 90313).
const codeUserExisted wecom.Code = 60102

// checkNewMember tells what a dry run can: who is there, and which departments.
func checkNewMember(ctx context.Context, a *app.App, corp *app.Corp, edit app.MemberEdit, depts []attendance.Department) error {
	if !edit.User.Valid() {
		return failf("userid %q: 1 to 64 letters, digits and _-@., the first a letter or digit", edit.User)
	}
	_, err := a.Contacts(ctx, corp, []attendance.UserID{edit.User})
	if err == nil {
		return failf("userid %q: there is such a member", edit.User)
	}
	if !errors.Is(err, attendance.ErrUnknownUser) {
		return err
	}
	for _, id := range edit.Depts {
		if !slices.ContainsFunc(depts, func(d attendance.Department) bool { return d.ID == id }) {
			return failf("--departments: department %d: %w", id, app.ErrUnknownDept)
		}
	}
	return nil
}
