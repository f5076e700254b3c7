package main

import (
	"fmt"
	"io"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func newVersionCommand() *cobra.Command {
	output := asTable
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Print the version of this binary",
		Long:  "Prints the version of this binary and of the Go that built it.\n\n" + exitHelp,
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runVersion(cmd.OutOrStdout(), output)
		},
	}
	bind(cmd, "output", &output)
	return cmd
}

func runVersion(out io.Writer, output format) error {
	v := struct {
		Version  string `json:"version"`
		Revision string `json:"revision,omitzero"`
		Go       string `json:"go"`
	}{Version: "(devel)"}
	if info, ok := debug.ReadBuildInfo(); ok {
		v.Go = info.GoVersion
		if info.Main.Version != "" {
			v.Version = info.Main.Version
		}
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				v.Revision = s.Value
			}
		}
	}
	if output == asJSON {
		return writeJSON(out, v)
	}
	_, err := fmt.Fprintf(out, "daka %s %s\n", v.Version, v.Go)
	return err
}
