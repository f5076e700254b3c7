package main

import (
	"context"
	"strconv"

	"github.com/dakahq/daka/internal/app"
	"github.com/spf13/cobra"
)

func newAppCommand() *cobra.Command {
	return group("app", "Add and list apps, replace their secrets, say how far they reach",
		newAppAddCommand(), newAppListCommand(), newAppAccessCommand(), newAppRotateCommand(),
		newAppDisableCommand(), newAppEnableCommand())
}

// appOutput is an app as it is printed; Secret only when it was just made.
type appOutput struct {
	AgentID int64       `json:"agent_id"`
	Kind    app.AppKind `json:"kind"`
	Name    string      `json:"name"`
	Secret  string      `json:"secret,omitzero"`
	State   string      `json:"state,omitzero"` // of one that is listed: active or disabled
}

// appState is the word for whether an app may be used.
func appState(disabled bool) string {
	if disabled {
		return "disabled"
	}
	return "active"
}

func appOut(c app.Credential) appOutput {
	return appOutput{AgentID: c.Agent, Kind: c.Kind, Name: c.Name, Secret: c.Secret.Reveal()}
}

func writeSecret(cmd *cobra.Command, output format, c app.Credential) error {
	return writeObject(cmd, output, appOut(c), say(cmd, "%s app  agent %d (%s), secret %s", c.Kind, c.Agent, c.Name, c.Secret.Reveal()))
}

func newAppAddCommand() *cobra.Command {
	var o sourceOptions
	var w writeOptions
	kind, name, output := string(app.CheckinApp), "", asTable
	cmd := &cobra.Command{
		Use:   "add",
		Short: "Add an app to a corporation",
		Long: `Adds an app and prints its id and secret once. The --kind says what it may do:

  checkin  a self-built app: the whole check-in interface, the directory, media
           and approvals
  system   the 打卡 app itself: the same. WeCom takes its secret only from
           corporations that used it before 2023-12-01
  contact  contact sync: the directory and its changes
  admin    daka's own operations; keeps the directory and reads approvals

The apps of providers, third-party and provider-developed, come by "daka suite
authorize". How far an app reaches is for "daka app access".

` + deskHelp + `

` + exitHelp,
		Example: "  daka app add --kind system --corp wwa",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return o.administer(cmd, w.access(), errAppsByHand, func(ctx context.Context, d desk) error {
				if err := d.reach(ctx); err != nil {
					return err
				}
				plan := say(cmd, "add a %s app to %s", kind, d.place(cmd))
				if err := planned(cmd, &w, plan); err != nil {
					return err
				}
				if err := o.echo(cmd, plan); err != nil {
					return err
				}
				c, err := d.createApp(ctx, app.AppKind(kind), name)
				if err != nil {
					return failf("add the app: %w", err)
				}
				return writeSecret(cmd, output, c)
			})
		},
	}
	o.bind(cmd)
	bind(cmd, "kind", &kind)
	bind(cmd, "name", &name)
	bind(cmd, "output", &output)
	w.bindDryRun(cmd)
	return cmd
}

func newAppListCommand() *cobra.Command {
	var o sourceOptions
	output := asTable
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List the apps of a corporation",
		Long:    "Lists the apps of a corporation. Secrets cannot be read again.\n\n" + deskHelp + "\n\n" + exitHelp,
		Example: "  daka app list",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return o.administer(cmd, toRead, errAppsByHand, func(ctx context.Context, d desk) error {
				apps, err := d.apps(ctx)
				if err != nil {
					return err
				}
				var rows []appOutput
				for _, c := range apps {
					rows = append(rows, appOutput{AgentID: c.Agent, Kind: c.Kind, Name: c.Name, State: appState(c.Disabled)})
				}
				columns := []column{{head: "agent_id"}, {head: "kind"}, {head: "app"}, {head: "state", words: true}}
				return writeRows(cmd, output, columns, rows, func(r appOutput) []string {
					return []string{strconv.FormatInt(r.AgentID, 10), string(r.Kind), r.Name, r.State}
				})
			})
		},
	}
	o.bind(cmd)
	bind(cmd, "output", &output)
	return cmd
}
