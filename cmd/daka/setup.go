package main

import (
	"context"
	"fmt"
	"os"

	"github.com/dakahq/daka/internal/app"
	"github.com/spf13/cobra"
)

func newOptionsCommand() *cobra.Command {
	return group("options", "Set the engine's options", newDocumentCommand("set FILE", "Set the options for what WeCom does not document",
		`Puts a JSON object of engine options in force, in the place of all that were set
before. Their names and values are in ARCHITECTURE.md; one that there is not is
an error. Options decide points that WeCom's documents leave open.`,
		func(ctx context.Context, a *app.App, corp *app.Corp, doc []byte) (string, error) {
			return "options set", a.SetOptions(ctx, corp, doc)
		}))
}

// newDocumentCommand is a command that hands a file to a use case.
func newDocumentCommand(use, short, long string, do func(context.Context, *app.App, *app.Corp, []byte) (string, error)) *cobra.Command {
	var o databaseOptions
	cmd := &cobra.Command{
		Use: use, Short: short, Long: long + "\n\n" + exitHelp, Args: oneArg("file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			doc, err := os.ReadFile(args[0])
			if err != nil {
				return err
			}
			return o.withCorp(cmd.Context(), toWrite, func(a *app.App, corp *app.Corp) error {
				done, err := do(cmd.Context(), a, corp, doc)
				if err != nil {
					return fmt.Errorf("%s: %w", args[0], err)
				}
				_, err = fmt.Fprintln(cmd.OutOrStdout(), done)
				return err
			})
		},
	}
	o.bind(cmd)
	return cmd
}
