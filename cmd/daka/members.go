package main

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
	"github.com/spf13/cobra"
)

func newMembersCommand() *cobra.Command {
	return group("members", "Show and change who is in the contacts", newMembersListCommand(), newMembersShowCommand(),
		newMembersDepartmentsCommand(), newMembersAddCommand(), newMembersRemoveCommand())
}

func newMembersListCommand() *cobra.Command {
	return newMembersReading("list", "List the members", "Lists the members of the contacts, on a server those whom the app may see. A server\n"+
		"does not tell tags, nor the first and last days: there these columns are not shown.",
		"  daka members list\n  daka members list -o csv", noArgs,
		func(ctx context.Context, a *app.App, corp *app.Corp, _ []string) ([]app.Contact, error) {
			return a.Contacts(ctx, corp, nil)
		}, func(ctx context.Context, w *wecom.Client, _ []string, p *progress) ([]wecom.User, error) {
			return serverMembers(ctx, w, p)
		})
}

func newMembersShowCommand() *cobra.Command {
	return newMembersReading("show USER", "Show a member", "Shows one member of the contacts: of a database with tags and first and last day,\n"+
		"which a server does not tell.\n\n"+namesHelp,
		"  daka members show zhangsan -o json", oneArg("USER"),
		func(ctx context.Context, a *app.App, corp *app.Corp, args []string) ([]app.Contact, error) {
			return a.Contacts(ctx, corp, userIDs(args))
		}, func(ctx context.Context, w *wecom.Client, args []string, _ *progress) ([]wecom.User, error) {
			u, err := w.User(ctx, args[0])
			if err != nil {
				return nil, err
			}
			return []wecom.User{*u}, nil
		})
}

// newMembersReading is a command that prints members.
func newMembersReading(use, short, long, example string, args cobra.PositionalArgs,
	local func(context.Context, *app.App, *app.Corp, []string) ([]app.Contact, error),
	server func(context.Context, *wecom.Client, []string, *progress) ([]wecom.User, error)) *cobra.Command {
	var o sourceOptions
	output := asTable
	cmd := &cobra.Command{
		Use: use, Short: short, Long: long + "\n\n" + sourceHelp + "\n\n" + exitHelp, Example: example, Args: args,
		RunE: func(cmd *cobra.Command, args []string) error {
			rows := []memberRow{}
			o.namesIn(cmd, args)
			err := o.read(cmd, func(ctx context.Context, a *app.App, corp *app.Corp) error {
				all, err := local(ctx, a, corp, args)
				if err != nil {
					return err
				}
				depts, err := a.Departments(ctx, corp)
				names := deptNames(depts)
				for i := range all {
					rows = append(rows, localMember(&all[i], names, today(corp.Zone)))
				}
				return err
			}, func(ctx context.Context, w *wecom.Client, _ *attendance.Zone) error {
				p := newProgress(cmd, say(cmd, "members"), -1)
				defer p.done()
				all, err := server(ctx, w, args, p)
				if err != nil {
					return err
				}
				names, err := serverDeptNames(ctx, w)
				for i := range all {
					rows = append(rows, serverMember(&all[i], names))
				}
				return err
			})
			if err != nil {
				return err
			}
			if cmd.Name() == "show" && output != asTable && len(rows) == 1 {
				return writeObject(cmd, output, rows[0], "")
			}
			return writeRows(cmd, output, memberColumns(!o.fromServer()), rows, memberRow.cells)
		},
	}
	o.bind(cmd)
	bind(cmd, "output", &output)
	return cmd
}

// serverMembers returns the members whom the app may see, each once, in the
// order of their userids.
func serverMembers(ctx context.Context, w *wecom.Client, p *progress) (users []wecom.User, err error) {
	departments, err := w.DepartmentIDs(ctx, 0)
	if err != nil {
		return nil, failf("list the departments: %w", err)
	}
	for _, d := range departments {
		list, err := w.Users(ctx, d.ID)
		if errors.Is(err, wecom.CodeNoPrivilege) {
			continue // it is listed for those below it alone
		}
		if err != nil {
			return nil, failf("list the members of department %d: %w", d.ID, err)
		}
		users = append(users, list...)
		p.add(int64(len(list)))
	}
	slices.SortStableFunc(users, func(a, b wecom.User) int {
		return strings.Compare(strings.ToLower(a.UserID), strings.ToLower(b.UserID))
	})
	return slices.CompactFunc(users, func(a, b wecom.User) bool { return a.UserID == b.UserID }), nil
}

// departmentRow is a department as it is printed.
type departmentRow struct {
	ID     int64  `json:"id"`
	Name   string `json:"name"`
	Parent int64  `json:"parentid"` // 0 for the root
	Order  int64  `json:"order"`
}

var departmentColumns = []column{{head: "id", right: true}, {head: "department"}, {head: "parent", right: true}, {head: "order", right: true}}

func (r departmentRow) cells() []string {
	return []string{strconv.FormatInt(r.ID, 10), r.Name, strconv.FormatInt(r.Parent, 10), strconv.FormatInt(r.Order, 10)}
}

func newMembersDepartmentsCommand() *cobra.Command {
	var o sourceOptions
	output := asTable
	cmd := &cobra.Command{
		Use:     "departments",
		Short:   "List the departments",
		Long:    "Lists the departments of the contacts, on a server those whom the app may see.\n\n" + sourceHelp + "\n\n" + exitHelp,
		Example: "  daka members departments",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var rows []departmentRow
			err := o.read(cmd, func(ctx context.Context, a *app.App, corp *app.Corp) error {
				all, err := a.Departments(ctx, corp)
				for _, d := range all {
					rows = append(rows, departmentRow{int64(d.ID), d.Name, int64(d.Parent), d.Order})
				}
				return err
			}, func(ctx context.Context, w *wecom.Client, _ *attendance.Zone) error {
				all, err := w.Departments(ctx, 0)
				for _, d := range all {
					rows = append(rows, departmentRow{d.ID, d.Name, d.ParentID, d.Order})
				}
				return err
			})
			if err != nil {
				return err
			}
			return writeRows(cmd, output, departmentColumns, rows, departmentRow.cells)
		},
	}
	o.bind(cmd)
	bind(cmd, "output", &output)
	return cmd
}
