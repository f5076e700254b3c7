package main

import (
	"context"
	"errors"
	"slices"
	"strconv"

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
	departments []string
	output      format
}

func newMembersAddCommand() *cobra.Command {
	o := memberOptions{output: asTable}
	cmd := &cobra.Command{
		Use:   "add USER",
		Short: "Add a member",
		Long: `Adds a member to the contacts from today on, into the root department where none is
named. A server takes it from the app for contact sync alone.

` + targetHelp + `

` + exitHelp,
		Example: "  daka members add zhangsan --name 张三 --departments 2,3",
		Args:    oneArg("USER"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.name == "" {
				return usagef("%s: --name: a name is needed", cmd.CommandPath())
			}
			edit := app.MemberEdit{User: attendance.UserID(args[0]), Name: &o.name, Depts: []attendance.DeptID{attendance.RootDept}}
			if o.alias != "" {
				edit.Alias = &o.alias
			}
			if len(o.departments) > 0 {
				edit.Depts = nil
			}
			for _, text := range o.departments {
				id, err := strconv.ParseInt(text, 10, 64)
				if err != nil {
					return usagef("%s: --departments: %q is not a number", cmd.CommandPath(), text)
				}
				edit.Depts = append(edit.Depts, attendance.DeptID(id))
			}
			return runMembersAdd(cmd, &o, edit)
		},
	}
	o.bind(cmd)
	o.write.bindDryRun(cmd)
	bind(cmd, "name", &o.name)
	bind(cmd, "alias", &o.alias)
	bind(cmd, "departments", &o.departments)
	bind(cmd, "output", &o.output)
	return cmd
}

func runMembersAdd(cmd *cobra.Command, o *memberOptions, edit app.MemberEdit) error {
	plan := say(cmd, "add the member %s (%s)", edit.User, o.name)
	err := o.use(cmd, o.write.access(), func(ctx context.Context, a *app.App, corp *app.Corp) error {
		if o.write.dryRun {
			if err := checkNewMember(ctx, a, corp, edit); err != nil {
				return err
			}
		}
		if err := planned(cmd, &o.write, plan); err != nil {
			return err
		}
		return a.CreateMember(ctx, corp, edit)
	}, func(ctx context.Context, w *wecom.Client, _ *attendance.Zone) error {
		if o.write.dryRun {
			if err := absent(ctx, w, edit.User); err != nil {
				return err
			}
		}
		if err := planned(cmd, &o.write, plan); err != nil {
			return err
		}
		user := wecom.UserEdit{UserID: string(edit.User), Name: edit.Name, Alias: edit.Alias}
		for _, d := range edit.Depts {
			user.Department = append(user.Department, int64(d))
		}
		return refusedTwice(ctx, w, edit.User, w.CreateUser(ctx, user))
	})
	if err != nil {
		return err
	}
	return writeDone(cmd, o.output, say(cmd, "the member %s is added", edit.User))
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
func checkNewMember(ctx context.Context, a *app.App, corp *app.Corp, edit app.MemberEdit) error {
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
	depts, err := a.Departments(ctx, corp)
	if err != nil {
		return err
	}
	for _, id := range edit.Depts {
		if !slices.ContainsFunc(depts, func(d attendance.Department) bool { return d.ID == id }) {
			return failf("--departments: department %d: %w", id, app.ErrUnknownDept)
		}
	}
	return nil
}

func newMembersRemoveCommand() *cobra.Command {
	var o sourceOptions
	var w writeOptions
	output := asTable
	cmd := &cobra.Command{
		Use:   "remove USER",
		Short: "Take a member out of the contacts",
		Long: `Takes a member out of the contacts. What was recorded stays, for reports as they were
known before; the face is forgotten. A server takes it from the app for contact sync
alone.

` + targetHelp + `

` + exitHelp,
		Example: "  daka members remove zhangsan --yes",
		Args:    oneArg("USER"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runMembersRemove(cmd, &o, &w, args[0], output)
		},
	}
	o.bind(cmd)
	w.bind(cmd)
	bind(cmd, "output", &output)
	return cmd
}

func runMembersRemove(cmd *cobra.Command, o *sourceOptions, w *writeOptions, user string, output format) error {
	o.names(cmd, &user)
	err := o.use(cmd, w.access(), func(ctx context.Context, a *app.App, corp *app.Corp) error {
		members, err := a.Contacts(ctx, corp, []attendance.UserID{attendance.UserID(user)})
		if err != nil {
			return err
		}
		if err := confirm(cmd, w, say(cmd, "remove the member %s (%s)", user, members[0].Name)); err != nil {
			return err
		}
		return a.DeleteMember(ctx, corp, members[0].ID)
	}, func(ctx context.Context, client *wecom.Client, _ *attendance.Zone) error {
		m, err := client.User(ctx, user)
		if err != nil {
			return err
		}
		if err := confirm(cmd, w, say(cmd, "remove the member %s (%s)", user, m.Name)); err != nil {
			return err
		}
		return client.DeleteUser(ctx, user)
	})
	if err != nil {
		return err
	}
	return writeDone(cmd, output, say(cmd, "the member %s is removed", user))
}
