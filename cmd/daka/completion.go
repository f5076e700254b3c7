package main

import (
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// flagValues are the values of flags that have but a few, for the shell to complete.
var flagValues = map[string][]string{
	"format": {"xlsx", "csv"},
	"lang":   {"en", "zh"},
	"limits": {"wecom", "off"},
	"output": {string(asTable), string(asJSON), string(asNDJSON), string(asCSV), string(asYAML)},
	"status": {"passed", "pending", "refused", "withdrawn", "revoked", "deleted", "paid"},
	"type":   slices.Sorted(maps.Keys(punchKinds)),
}

// completing reports whether a command line is the shell's question how another one
// may go on.
func completing(args []string) bool {
	return len(args) > 0 && (args[0] == cobra.ShellCompRequestCmd || args[0] == cobra.ShellCompNoDescRequestCmd)
}

// prepareCompletion has the shell complete what it can, in the language that the
// command line asks for or the locale has.
func prepareCompletion(root *cobra.Command, args []string) error {
	root.InitDefaultCompletionCmd(args...)
	root.InitDefaultVersionFlag()
	if err := completeValues(root); err != nil {
		return err
	}
	if example, _, err := root.Find([]string{"rules", "example"}); err == nil {
		example.ValidArgs = slices.Sorted(maps.Keys(examples))
	}
	translateCommand(root, failureLang(root, args))
	return nil
}

// completeValues has the values of the flags of a command and those below it
// completed.
func completeValues(cmd *cobra.Command) error {
	cmd.InitDefaultHelpFlag()
	for name, values := range flagValues {
		if cmd.LocalFlags().Lookup(name) == nil {
			continue
		}
		if err := cmd.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)); err != nil {
			return failf("complete --%s of %s: %w", name, cmd.CommandPath(), err)
		}
	}
	for _, sub := range cmd.Commands() {
		if err := completeValues(sub); err != nil {
			return err
		}
	}
	return nil
}

// nearFlag returns the flag of a command that is written most like a name that none
// has, the first of them by the alphabet; "" where none is much like it.
func nearFlag(cmd *cobra.Command, name string) (near string) {
	least := 3
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		n := distance(f.Name, name)
		if len(name) > 2 && strings.HasPrefix(f.Name, name) {
			n = 1
		}
		if n < least && !f.Hidden {
			near, least = f.Name, n
		}
	})
	return near
}
