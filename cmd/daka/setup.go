package main

import (
	"context"
	"os"

	"github.com/dakahq/daka/internal/wire"
	"github.com/spf13/cobra"
)

func newOptionsCommand() *cobra.Command {
	return group("options", "Set and list the engine's options", newOptionsListCommand(), newDocumentCommand("set FILE", "Set the options for what WeCom does not document",
		`Puts a JSON object of engine options in force, in the place of all that were set
before. Their names and values are in ARCHITECTURE.md; one that there is not is
an error. Options decide points that WeCom's documents leave open.`, "  daka options set options.json --dry-run", errNoOptions,
		func(doc []byte) (string, error) {
			_, err := wire.ParseOptions(doc)
			return "options", err
		}, desk.setOptions))
}

// newDocumentCommand is a command that hands a file to a desk. check says what the
// document sets, lack what WeCom does not do in the place of it.
func newDocumentCommand(use, short, long, example string, lack error, check func(doc []byte) (what string, err error),
	do func(desk, context.Context, []byte) error) *cobra.Command {
	var o sourceOptions
	var w writeOptions
	output := asTable
	cmd := &cobra.Command{
		Use: use, Short: short, Long: long + "\n\n" + deskHelp + "\n\n" + exitHelp, Example: example, Args: oneArg("file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			doc, err := os.ReadFile(args[0])
			if err != nil {
				return err
			}
			what, err := check(doc)
			if err != nil {
				return failf("%s: %w", args[0], err)
			}
			return o.administer(cmd, w.access(), lack, func(ctx context.Context, d desk) error {
				if err := d.reach(ctx); err != nil {
					return err
				}
				if err := o.agree(cmd, &w, say(cmd, "replace %s of %s", what, d.place(cmd))); err != nil {
					return err
				}
				if err := do(d, ctx, doc); err != nil {
					return failf("%s: %w", args[0], err)
				}
				return writeDone(cmd, output, say(cmd, "%s set", what))
			})
		},
	}
	o.bind(cmd)
	bind(cmd, "output", &output)
	w.bind(cmd)
	return cmd
}
