package main

import (
	"context"
	"fmt"
	"os"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/wire"
	"github.com/spf13/cobra"
)

func newOptionsCommand() *cobra.Command {
	return group("options", "Set and list the engine's options", newOptionsListCommand(), newDocumentCommand("set FILE", "Set the options for what WeCom does not document",
		`Puts a JSON object of engine options in force, in the place of all that were set
before. Their names and values are in ARCHITECTURE.md; one that there is not is
an error. Options decide points that WeCom's documents leave open.`, "  daka options set options.json --dry-run",
		func(doc []byte) (string, error) {
			_, err := wire.ParseOptions(doc)
			return "options", err
		}, (*app.App).SetOptions))
}

// newDocumentCommand is a command that hands a file to a use case. check says
// what the document sets.
func newDocumentCommand(use, short, long, example string, check func(doc []byte) (what string, err error),
	do func(*app.App, context.Context, *app.Corp, []byte) error) *cobra.Command {
	var o databaseOptions
	var w writeOptions
	output := asTable
	cmd := &cobra.Command{
		Use: use, Short: short, Long: long + "\n\n" + exitHelp, Example: example, Args: oneArg("file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			doc, err := os.ReadFile(args[0])
			if err != nil {
				return err
			}
			what, err := check(doc)
			if err != nil {
				return fmt.Errorf("%s: %w", args[0], err)
			}
			return o.withCorp(cmd.Context(), w.access(), func(a *app.App, corp *app.Corp) error {
				if err := confirm(cmd, &w, say(cmd, "replace %s of %s", what, corp.ID)); err != nil {
					return err
				}
				if err := do(a, cmd.Context(), corp, doc); err != nil {
					return fmt.Errorf("%s: %w", args[0], err)
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
