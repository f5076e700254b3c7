package main

import (
	"context"
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/qyapi"
	"github.com/spf13/cobra"
)

// accessOptions are those of app access.
type accessOptions struct {
	suiteOptions
	visible     rangeFlags
	everybody   bool
	trusted     trustedFlag
	permissions permissionFlag
	write       writeOptions
}

func newAppAccessCommand() *cobra.Command {
	var o accessOptions
	cmd := &cobra.Command{
		Use:   "access AGENT",
		Short: "Show or change how far an app reaches",
		Long: `Shows how far an app reaches; with one of the flags below it is changed first,
from the next call on. What no flag names stays as it is.

The app sees the departments with all below them, the members and those with the
tags that are --visible, and --everybody where none is. Its calls come from
--trusted addresses, or any. A provider's app is granted --permissions:

` + permissionHelp + `

The provider is pushed a change_auth event, for which the key is needed:
--key-file or DAKA_KEY.

` + exitHelp,
		Example: `  daka app access 1000002
  daka app access 1000002 --visible-depts 2,3 --trusted 192.0.2.0/24
  daka app access 1000004 --permissions checkin:app:base,approval:base:base --key-file daka.key`,
		Args: oneArg("AGENT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			agent, err := agentID(args[0])
			if err != nil {
				return err
			}
			if o.everybody && o.visible.given() {
				return usagef("--everybody and --visible-… exclude each other")
			}
			want := toRead
			if o.changes() {
				want = o.write.access()
			}
			return o.withCorp(cmd.Context(), want, func(a *app.App, corp *app.Corp) error {
				return o.run(cmd, a, corp, agent)
			})
		},
	}
	o.bind(cmd)
	bind(cmd, "corp", &o.corp)
	o.visible.bind(cmd)
	bind(cmd, "everybody", &o.everybody)
	bind(cmd, "trusted", &o.trusted)
	bind(cmd, "permissions", &o.permissions)
	o.write.bindDryRun(cmd)
	return cmd
}

func agentID(text string) (int64, error) {
	agent, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0, usagef("agent id %q is not a number", text)
	}
	return agent, nil
}

func (o *accessOptions) changes() bool {
	return o.everybody || o.visible.given() || o.trusted.given || o.permissions.list != nil
}

func (o *accessOptions) run(cmd *cobra.Command, a *app.App, corp *app.Corp, agent int64) error {
	ctx := cmd.Context()
	access, err := a.Access(ctx, corp.ID, agent)
	if err != nil {
		return err
	}
	suite, err := a.SuiteOf(ctx, corp.ID, agent)
	if err != nil {
		return err
	}
	var failed error
	if o.changes() {
		if err := o.apply(&access); err != nil {
			return err
		}
		if err := planned(cmd, &o.write, say(cmd, "have app %d see %s, be called from %s", agent, rangeText(cmd, &access.Range), addressText(cmd, access.Addresses))); err != nil {
			return err
		}
		if failed, err = o.set(ctx, a, corp.ID, agent, suite, access); err != nil {
			return failf("change the access of app %d: %w", agent, err)
		}
	}
	state, err := stateOf(ctx, a, corp.ID, agent)
	if err != nil {
		return err
	}
	if err := writeAccess(cmd, o.output, state, suite, &access); err != nil {
		return err
	}
	if failed != nil {
		return failf("it is changed, but the provider was not told: %w", failed)
	}
	return nil
}

// apply puts what was given in the place of what is. That nobody is named any
// more would let the app see everybody, which must be said.
func (o *accessOptions) apply(access *app.Access) error {
	before := access.Range.Everybody()
	if err := o.visible.apply(&access.Range); err != nil {
		return err
	}
	if !before && access.Range.Everybody() {
		return usagef("nobody would be named, and the app see all: for that there is --everybody")
	}
	if o.everybody {
		access.Range = app.Range{}
	}
	if o.trusted.given {
		access.Addresses = o.trusted.networks
	}
	if o.permissions.list != nil {
		access.Permissions = o.permissions.list
	}
	return nil
}

// set changes the access of an app. A provider is told; failed is why that did
// not succeed, which undoes nothing.
func (o *accessOptions) set(ctx context.Context, a *app.App, corp attendance.CorpID, agent int64, suite app.SuiteID, access app.Access) (failed, err error) {
	if suite == "" {
		return nil, a.SetAccess(ctx, corp, agent, access)
	}
	if _, err := a.Callback(ctx, suite); err != nil {
		return nil, err // the provider could not be told
	}
	event, err := a.ChangeSuite(ctx, corp, suite, access)
	if err != nil {
		return nil, err
	}
	return qyapi.NewPusher(a).Push(ctx, event), nil
}

// accessOutput is the access of an app as it is printed. Empty lists of whom it
// sees, all three, are everybody; trusted empty is any address.
type accessOutput struct {
	AgentID     int64               `json:"agent_id"`
	Kind        app.AppKind         `json:"kind"`
	Name        string              `json:"name"`
	SuiteID     app.SuiteID         `json:"suite_id,omitzero"`
	Depts       []attendance.DeptID `json:"visible_depts"`
	Users       []attendance.UserID `json:"visible_users"`
	Tags        []attendance.TagID  `json:"visible_tags"`
	Trusted     []string            `json:"trusted"`
	Permissions []app.Permission    `json:"permissions"` // of a provider's app
}

func writeAccess(cmd *cobra.Command, output format, state *app.AppState, suite app.SuiteID, access *app.Access) error {
	r := &access.Range
	if output != asTable {
		out := accessOutput{
			AgentID: state.Agent, Kind: state.Kind, Name: state.Name, SuiteID: suite,
			Depts: append([]attendance.DeptID{}, r.Depts...), Users: append([]attendance.UserID{}, r.Users...),
			Tags: append([]attendance.TagID{}, r.Tags...), Trusted: []string{}, Permissions: append([]app.Permission{}, access.Permissions...),
		}
		for _, n := range access.Addresses {
			out.Trusted = append(out.Trusted, n.String())
		}
		return writeObject(cmd, output, out, "")
	}
	granted := say(cmd, "of its kind")
	if state.Kind.OfProvider() {
		granted = joined(access.Permissions)
	}
	cells := []string{strconv.FormatInt(state.Agent, 10), string(state.Kind), state.Name, rangeText(cmd, r), addressText(cmd, access.Addresses), granted}
	columns := []column{{head: "agent_id"}, {head: "kind"}, {head: "app"}, {head: "sees"}, {head: "trusted"}, {head: "permissions"}}
	return writeCells(cmd, columns, [][]string{cells})
}

// rangeText says whom an app sees.
func rangeText(cmd *cobra.Command, r *app.Range) string {
	if r.Everybody() {
		return say(cmd, "everybody")
	}
	var parts []string
	if len(r.Depts) > 0 {
		parts = append(parts, say(cmd, "departments %s", listText(r.Depts)))
	}
	if len(r.Users) > 0 {
		parts = append(parts, say(cmd, "members %s", listText(r.Users)))
	}
	if len(r.Tags) > 0 {
		parts = append(parts, say(cmd, "tags %s", listText(r.Tags)))
	}
	return strings.Join(parts, "; ")
}

// addressText says from where an app may be called.
func addressText(cmd *cobra.Command, networks []netip.Prefix) string {
	if len(networks) == 0 {
		return say(cmd, anywhere)
	}
	return networkText(networks)
}

func listText[T any](list []T) string {
	texts := make([]string, len(list))
	for i, v := range list {
		texts[i] = fmt.Sprint(v)
	}
	return strings.Join(texts, ",")
}
