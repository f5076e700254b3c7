package main

import (
	"context"
	"os"

	"github.com/dakahq/daka/internal/wire"
	"github.com/spf13/cobra"
)

func newOptionsCommand() *cobra.Command {
	return group("options", "Set and list the engine's options", newOptionsListCommand(), newOptionsSetCommand())
}

func newOptionsSetCommand() *cobra.Command {
	var o sourceOptions
	var w writeOptions
	output := asTable
	cmd := &cobra.Command{
		Use:   "set FILE",
		Short: "Set the options for what WeCom does not document",
		Long: `Puts a JSON object of engine options in force, in the place of all that were set
before. Their names and values are in ARCHITECTURE.md; one that there is not is
an error. Options decide points that WeCom's documents leave open.

` + deskHelp + "\n\n" + exitHelp,
		Example: "  daka options set options.json --dry-run",
		Args:    oneArg("FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			doc, err := os.ReadFile(args[0])
			if err != nil {
				return err
			}
			if _, err := wire.ParseOptions(doc); err != nil {
				return failf("%s: %w", args[0], err)
			}
			return o.administer(cmd, w.access(), errNoOptions, func(ctx context.Context, d desk) error {
				if err := d.reach(ctx); err != nil {
					return err
				}
				if err := o.agree(cmd, &w, say(cmd, "replace the options of %s", d.place(cmd))); err != nil {
					return err
				}
				if err := d.setOptions(ctx, doc); err != nil {
					return failf("%s: %w", args[0], err)
				}
				return writeDone(cmd, output, say(cmd, "options set"))
			})
		},
	}
	o.bind(cmd)
	bind(cmd, "output", &output)
	w.bind(cmd)
	return cmd
}
