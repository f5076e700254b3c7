package main

import (
	"context"
	"slices"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/spf13/cobra"
)

// appActOptions are those of what is done to one app.
type appActOptions struct {
	sourceOptions
	write  writeOptions
	output format
}

// newAppActCommand is a command that does something to an app that exists; plan
// is a text with room for its id and its name.
func newAppActCommand(use, short, long, plan string, do func(*cobra.Command, desk, int64, format) error) *cobra.Command {
	o := appActOptions{output: asTable}
	cmd := &cobra.Command{
		Use: use + " AGENT", Short: short, Long: long + "\n\n" + deskHelp + "\n\n" + exitHelp,
		Example: "  daka app " + use + " 1000002 --yes",
		Args:    oneArg("AGENT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			agent, err := agentID(args[0])
			if err != nil {
				return err
			}
			return o.administer(cmd, o.write.access(), errAppsByHand, func(ctx context.Context, d desk) error {
				name, err := appName(ctx, d, agent)
				if err != nil {
					return err
				}
				plan := say(cmd, plan, agent, name)
				if o.fromServer() {
					plan = say(cmd, "%s of %s", plan, d.place(cmd))
				}
				if err := o.agree(cmd, &o.write, plan); err != nil {
					return err
				}
				return do(cmd, d, agent, o.output)
			})
		},
	}
	o.bind(cmd)
	o.write.bind(cmd)
	bind(cmd, "output", &o.output)
	return cmd
}

// appName returns the name of an app that must be there.
func appName(ctx context.Context, d desk, agent int64) (string, error) {
	apps, err := d.apps(ctx)
	for _, a := range apps {
		if a.Agent == agent {
			return a.Name, nil
		}
	}
	if err == nil {
		err = failf("agent %d: no such app", agent)
	}
	return "", err
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
suite reset". Where it is the app as which a server is asked, put the new secret where
the old one was.`, "replace the secret of app %d (%s)",
		func(cmd *cobra.Command, d desk, agent int64, output format) error {
			c, err := d.rotateApp(cmd.Context(), agent)
			if err != nil {
				return failf("rotate the secret: %w", err)
			}
			return writeSecret(cmd, output, c)
		})
}

func newAppDisableCommand() *cobra.Command {
	return newAppActCommand("disable", "Keep an app from being used", `Ends the tokens of an app and lets it have no more, at once. Its secret stays:
"daka app enable" lets it in again. A server lets no app disable itself.`, "disable app %d (%s)",
		func(cmd *cobra.Command, d desk, agent int64, output format) error {
			if err := d.disableApp(cmd.Context(), agent); err != nil {
				return err
			}
			return writeDone(cmd, output, say(cmd, "app %d is disabled", agent))
		})
}

func newAppEnableCommand() *cobra.Command {
	return newAppActCommand("enable", "Let a disabled app be used again", "Lets an app have tokens again that was disabled.", "enable app %d (%s)",
		func(cmd *cobra.Command, d desk, agent int64, output format) error {
			if err := d.enableApp(cmd.Context(), agent); err != nil {
				return err
			}
			return writeDone(cmd, output, say(cmd, "app %d is enabled", agent))
		})
}
