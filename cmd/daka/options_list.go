package main

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/spf13/cobra"
)

// optionRow is an engine option as it is printed.
type optionRow struct {
	Name  string          `json:"name"`
	Value json.RawMessage `json:"value"`
}

func newOptionsListCommand() *cobra.Command {
	var o sourceOptions
	output := asTable
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the options that are in force",
		Long: `Prints every engine option with its value. Those that "daka options set" has not
set have the value that ARCHITECTURE.md names first.

` + deskHelp + `

` + exitHelp,
		Example: "  daka options list -o json",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return o.administer(cmd, toRead, errNoOptions, func(ctx context.Context, d desk) error {
				doc, err := d.options(ctx)
				if err != nil {
					return err
				}
				values := map[string]json.RawMessage{}
				if err := json.Unmarshal(doc, &values); err != nil {
					return err
				}
				var rows []optionRow
				for _, name := range slices.Sorted(maps.Keys(values)) {
					rows = append(rows, optionRow{name, values[name]})
				}
				return writeRows(cmd, output, []column{{head: "option"}, {head: "value"}}, rows,
					func(r optionRow) []string { return []string{r.Name, string(r.Value)} })
			})
		},
	}
	o.bind(cmd)
	bind(cmd, "output", &output)
	return cmd
}
