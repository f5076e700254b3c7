package main

import (
	"os"
	"strings"

	"github.com/dakahq/daka/internal/scenario"
	"github.com/spf13/cobra"
)

func newScenarioCommand() *cobra.Command {
	output := asTable
	cmd := &cobra.Command{
		Use:   "scenario FILE...",
		Short: "Run the scenarios of files against the engine",
		Long: `Runs every scenario of the files against the attendance engine and prints what is
not as expected. The last line counts them all; the exit code is 1 if any failed.
A file that is not a scenario file, down to an unknown key, is an error.

With -o json it is an object: how many passed and failed, and each failure with
what was expected and what came out. -o ndjson and csv have a failure a line.

` + exitHelp,
		Example: "  daka scenario internal/scenario/testdata/scenarios.json\n  daka scenario my.json -o json",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef("%s: want at least one file", cmd.CommandPath())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return runScenario(cmd, args, output)
		},
	}
	bind(cmd, "output", &output)
	return cmd
}

// scenarioResult is what came of scenarios, as it is printed.
type scenarioResult struct {
	Passed   int               `json:"passed"`
	Failed   int               `json:"failed"`
	Failures []scenarioFailure `json:"failures"`
}

// scenarioFailure is a scenario that failed.
type scenarioFailure struct {
	File  string             `json:"file"`
	ID    string             `json:"id"`
	Title string             `json:"title"`
	Error string             `json:"error,omitzero"` // why it has no result
	Wrong []scenarioMismatch `json:"wrong"`
}

// scenarioMismatch is an expectation that was not met.
type scenarioMismatch struct {
	Field    string `json:"field"`
	Expected string `json:"expected"`
	Got      string `json:"got"`
}

func runScenario(cmd *cobra.Command, names []string, output format) error {
	files := make([]*scenario.File, len(names))
	for i, name := range names {
		var err error
		if files[i], err = loadScenarios(name); err != nil {
			return err
		}
	}
	all := scenarioResult{Failures: []scenarioFailure{}}
	var text strings.Builder
	for i, f := range files {
		failures := scenario.Failures(cmd.Context(), f, scenario.Engine{})
		for j := range failures {
			failures[j].Write(&text)
			all.Failures = append(all.Failures, newScenarioFailure(names[i], &failures[j]))
		}
		all.Failed += len(failures)
		all.Passed += len(f.Scenarios) - len(failures)
	}
	text.WriteString(say(cmd, "%d passed, %d failed", all.Passed, all.Failed))
	if err := writeScenarios(cmd, output, all, text.String()); err != nil {
		return err
	}
	if all.Failed > 0 {
		return reportedError{failf("%d of %d scenarios failed", all.Failed, all.Passed+all.Failed)}
	}
	return nil
}

func writeScenarios(cmd *cobra.Command, output format, all scenarioResult, text string) error {
	if output == asNDJSON || output == asCSV {
		return writeStream(cmd.OutOrStdout(), output, sequence(all.Failures))
	}
	return writeObject(cmd, output, all, text)
}

func newScenarioFailure(file string, f *scenario.Failure) scenarioFailure {
	row := scenarioFailure{File: file, ID: f.Scenario.ID, Title: f.Scenario.Title, Wrong: []scenarioMismatch{}}
	if f.Err != nil {
		row.Error = oneLine(f.Err)
	}
	for _, m := range f.Wrong {
		row.Wrong = append(row.Wrong, scenarioMismatch{m.Field, m.Expected, m.Got})
	}
	return row
}

func loadScenarios(name string) (*scenario.File, error) {
	r, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	f, err := scenario.Load(r)
	if err != nil {
		return nil, failf("%s: %w", name, err)
	}
	return f, nil
}
