package main

import (
	"io"

	"github.com/spf13/cobra"
)

// bomWriter puts a byte order mark before what is written first.
type bomWriter struct {
	io.Writer
	begun bool
}

func (w *bomWriter) Write(b []byte) (int, error) {
	if !w.begun {
		if _, err := io.WriteString(w.Writer, "\uFEFF"); err != nil {
			return 0, err
		}
		w.begun = true
	}
	return w.Writer.Write(b)
}

// beginWithBOM has the CSV of -o csv begin as --bom says. That of a command with
// --out is about its file, and its own to heed.
func beginWithBOM(cmd *cobra.Command) error {
	bom, output := cmd.Flags().Lookup("bom"), cmd.Flags().Lookup("output")
	if bom == nil || output == nil || cmd.Flags().Lookup("out") != nil || bom.Value.String() != "true" {
		return nil
	}
	switch {
	case output.Value.String() == string(asCSV):
		cmd.SetOut(&bomWriter{Writer: cmd.OutOrStdout()})
	case originOf(cmd, "bom") == fromFlag:
		return usagef("%s: --bom is for CSV: say -o csv", cmd.CommandPath())
	}
	return nil
}
