package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/dakahq/daka/internal/scenario"
	"github.com/spf13/cobra"
)

func newScenarioCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "scenario FILE...",
		Short: "Run the scenarios of files against the engine",
		Long: `Runs every scenario of the files against the attendance engine and prints what
is not as expected. The last line counts them all; the exit code is 1 if any
failed. A file that is not a scenario file, down to an unknown key, is an error.

` + exitHelp,
		Example: "  daka scenario internal/scenario/testdata/scenarios.json",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef("%s: want at least one file", cmd.CommandPath())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return runScenario(cmd.Context(), cmd.OutOrStdout(), args)
		},
	}
}

func runScenario(ctx context.Context, out io.Writer, names []string) error {
	files := make([]*scenario.File, len(names))
	for i, name := range names {
		var err error
		if files[i], err = loadScenarios(name); err != nil {
			return err
		}
	}
	passed, failed := 0, 0
	for _, f := range files {
		p, n := scenario.Run(ctx, f, scenario.Engine{}, out)
		passed, failed = passed+p, failed+n
	}
	fmt.Fprintf(out, "%d passed, %d failed\n", passed, failed)
	if failed > 0 {
		return reportedError{fmt.Errorf("%d of %d scenarios failed", failed, passed+failed)}
	}
	return nil
}

func loadScenarios(name string) (*scenario.File, error) {
	r, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	f, err := scenario.Load(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return f, nil
}
