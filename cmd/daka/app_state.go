package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/spf13/cobra"
)

// appActOptions are those of what is done to one app.
type appActOptions struct {
	databaseOptions
	write  writeOptions
	output format
}

// newAppActCommand is a command that does something to an app that exists; plan
// is a text with room for its id and its name.
func newAppActCommand(use, short, long, plan string, do func(*cobra.Command, *app.App, *app.Corp, int64, format) error) *cobra.Command {
	o := appActOptions{output: asTable}
	cmd := &cobra.Command{
		Use: use + " AGENT", Short: short, Long: long + "\n\n" + exitHelp,
		Example: "  daka app " + use + " 1000002 --yes",
		Args:    oneArg("agent id"),
		RunE: func(cmd *cobra.Command, args []string) error {
			agent, err := agentID(args[0])
			if err != nil {
				return err
			}
			return o.withCorp(cmd.Context(), o.write.access(), func(a *app.App, corp *app.Corp) error {
				state, err := stateOf(cmd.Context(), a, corp.ID, agent)
				if err != nil {
					return err
				}
				if err := confirm(cmd, &o.write, say(cmd, plan, agent, state.Name)); err != nil {
					return err
				}
				return do(cmd, a, corp, agent, o.output)
			})
		},
	}
	o.bind(cmd)
	o.write.bind(cmd)
	bind(cmd, "output", &o.output)
	return cmd
}

// stateOf returns an app; app.ErrBadInput where there is none.
func stateOf(ctx context.Context, a *app.App, corp attendance.CorpID, agent int64) (*app.AppState, error) {
	if _, err := a.Access(ctx, corp, agent); err != nil {
		return nil, err
	}
	states, err := a.AppStates(ctx, corp)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(states, func(s app.AppState) bool { return s.Agent == agent })
	return &states[at], nil // there it is: apps are never removed
}

func newAppRotateCommand() *cobra.Command {
	return newAppActCommand("rotate", "Give an app a new secret", `Gives an app a new secret and prints it once. The old secret and the tokens made
with it end at once. That of a provider's app is its permanent code: see "daka
suite reset".`, "replace the secret of app %d (%s)",
		func(cmd *cobra.Command, a *app.App, corp *app.Corp, agent int64, output format) error {
			c, err := a.RotateSecret(cmd.Context(), corp.ID, agent)
			if err != nil {
				return fmt.Errorf("rotate the secret: %w", err)
			}
			return writeSecret(cmd, output, c)
		})
}

func newAppDisableCommand() *cobra.Command {
	return newAppActCommand("disable", "Keep an app from being used", `Ends the tokens of an app and lets it have no more, at once. Its secret stays:
"daka app enable" lets it in again.`, "disable app %d (%s)",
		func(cmd *cobra.Command, a *app.App, corp *app.Corp, agent int64, output format) error {
			if err := a.DisableApp(cmd.Context(), corp.ID, agent); err != nil {
				return err
			}
			return writeDone(cmd, output, say(cmd, "app %d is disabled", agent))
		})
}

func newAppEnableCommand() *cobra.Command {
	return newAppActCommand("enable", "Let a disabled app be used again", "Lets an app have tokens again that was disabled.", "enable app %d (%s)",
		func(cmd *cobra.Command, a *app.App, corp *app.Corp, agent int64, output format) error {
			if err := a.EnableApp(cmd.Context(), corp.ID, agent); err != nil {
				return err
			}
			return writeDone(cmd, output, say(cmd, "app %d is enabled", agent))
		})
}
