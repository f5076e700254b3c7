package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
)

// How a command changes something.
//
// Every command that writes has --dry-run: it says what would be done and ends
// with exit code 0. One that somebody may regret (what ends secrets, closes a
// month, replaces documents) has --yes too: it asks on a terminal, and elsewhere
// ends with exit code 5 unless --yes was given. Harmless are those that only add
// and can be repeated: init, corp add, app add, suite add, migrate, import.
//
//	var w writeOptions
//	w.bind(cmd)                 // --dry-run and --yes
//	...
//	if err := confirm(cmd, &w, say(cmd, "close %s", month)); err != nil {
//		return err              // nothing is to be done; its exit code is right
//	}
//
// and for harmless ones w.bindDryRun(cmd) and planned in the place of confirm.
// Both come after everything has been checked that can be without writing, and
// before the first write. The plan is said in the imperative, without a full
// stop. A command whose output flag is not named "output" has no plan in JSON.

// writeOptions are those of a command that writes.
type writeOptions struct {
	dryRun bool
	yes    bool
}

// bind gives a command --dry-run and --yes.
func (o *writeOptions) bind(cmd *cobra.Command) {
	o.bindDryRun(cmd)
	bind(cmd, "yes", &o.yes)
}

// bindDryRun gives a harmless command --dry-run alone.
func (o *writeOptions) bindDryRun(cmd *cobra.Command) { bind(cmd, "dry-run", &o.dryRun) }

// access returns what of a database the command needs: a dry run only reads.
func (o *writeOptions) access() access {
	if o.dryRun {
		return toRead
	}
	return toWrite
}

var (
	// errPlanned ends a dry run, which did all it was asked for.
	errPlanned = failf("dry run")
	// errUnconfirmed is a write that nobody agreed to.
	errUnconfirmed = failf("not confirmed")
)

// planned ends a dry run: it writes the plan to stdout and returns an error
// whose exit code is 0. It returns nil when it is to be done.
func planned(cmd *cobra.Command, o *writeOptions, plan string) error {
	if !o.dryRun {
		return nil
	}
	err := writeObject(cmd, outputOf(cmd), struct {
		DryRun bool   `json:"dry_run"`
		Plan   string `json:"plan"`
	}{true, plan}, say(cmd, "would %s", plan))
	return firstError(err, errPlanned)
}

// confirm returns nil when a plan is agreed to. A dry run ends as by planned.
func confirm(cmd *cobra.Command, o *writeOptions, plan string) error {
	if err := planned(cmd, o, plan); err != nil {
		return err
	}
	if o.yes {
		return nil
	}
	if isTerminal(cmd.InOrStdin()) {
		if out, done := questionTo(cmd); out != nil {
			defer done()
			return ask(cmd, out, plan)
		}
	}
	return failf("%w: %s: add --yes to have it done, --dry-run to see what would be", errUnconfirmed, plan)
}

// questionTo returns where a question is seen: on stderr, or, where that goes
// into a file, on the terminal itself; nil = nowhere.
func questionTo(cmd *cobra.Command) (out io.Writer, done func()) {
	if out := cmd.ErrOrStderr(); isTerminal(out) {
		return out, func() {}
	}
	tty, err := os.OpenFile("/dev/tty", os.O_WRONLY, 0)
	if err != nil {
		return nil, nil
	}
	return tty, func() { _ = tty.Close() } // nothing of it is kept anywhere
}

// ask asks on the terminal.
func ask(cmd *cobra.Command, out io.Writer, plan string) error {
	fmt.Fprint(out, say(cmd, "%s? [y/N] ", plan))
	answer, err := bufio.NewReader(cmd.InOrStdin()).ReadString('\n')
	switch strings.ToLower(strings.TrimSpace(answer)) {
	case "y", "yes", "是", "好":
		return nil
	}
	if err != nil { // the terminal was closed in the middle of the line
		fmt.Fprintln(out)
	}
	return failf("%w: %s: nothing was done", errUnconfirmed, plan)
}

// outputOf returns the format that a command was asked for, as far as it has one.
func outputOf(cmd *cobra.Command) format {
	if f := cmd.Flags().Lookup("output"); f != nil {
		if output, ok := f.Value.(*format); ok {
			return *output
		}
	}
	return asTable
}
