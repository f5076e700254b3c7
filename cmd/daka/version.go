package main

import (
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func newVersionCommand() *cobra.Command {
	output := asTable
	cmd := &cobra.Command{
		Use:     "version",
		Short:   "Print the version of this binary",
		Long:    "Prints the version of this binary and of the Go that built it.\n\n" + exitHelp,
		Example: "  daka version -o json",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runVersion(cmd, output)
		},
	}
	bindTo(cmd.Flags(), "output", &output)
	return cmd
}

// versionOutput is what there is to tell of this binary.
type versionOutput struct {
	Version  string `json:"version"`
	Revision string `json:"revision,omitzero"`
	Go       string `json:"go"`
}

func (v *versionOutput) String() string { return fmt.Sprintf("daka %s %s", v.Version, v.Go) }

func readVersion() versionOutput {
	v := versionOutput{Version: "(devel)"}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return v
	}
	v.Go = info.GoVersion
	if info.Main.Version != "" {
		v.Version = info.Main.Version
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			v.Revision = s.Value
		}
	}
	return v
}

func runVersion(cmd *cobra.Command, output format) error {
	v := readVersion()
	return writeObject(cmd, output, v, v.String())
}
