package main

import (
	"errors"

	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/wecom"
	"github.com/spf13/cobra"
)

// The exit codes, which exitHelp documents. Scripts depend on them.
const (
	exitOK          = 0
	exitFailure     = 1
	exitUsage       = 2
	exitDatabase    = 3
	exitServer      = 4
	exitUnconfirmed = 5
)

const exitHelp = `Exit codes:
  0  done
  1  it could not be done: a bad file, rule or value, no such corporation
  2  the command line, an environment variable or the configuration is wrong
  3  the database cannot be opened or used: missing, newer, busy, full
  4  the server of --base-url did not answer, or refused
  5  it was not confirmed: no at the prompt, or no terminal and no --yes`

// usageError is a command line that cannot be followed.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

// usagef is failf for such a command line.
func usagef(format string, args ...any) error {
	return usageError{failf(format, args...)}
}

// databaseError is a database that cannot be opened or brought up to date.
type databaseError struct{ error }

func (e databaseError) Unwrap() error { return e.error }

// reportedError is a failure that stdout has told of already.
type reportedError struct{ error }

func exitCode(err error) int {
	switch {
	case errors.Is(err, errPlanned):
		return exitOK
	case errors.Is(err, errUnconfirmed):
		return exitUnconfirmed
	}
	for _, kind := range []error{store.ErrNewerSchema, store.ErrFull, store.ErrReadOnly, store.ErrBusy, store.ErrClosed} {
		if errors.Is(err, kind) {
			return exitDatabase
		}
	}
	_, usage := errors.AsType[usageError](err)
	_, database := errors.AsType[databaseError](err)
	_, refused := errors.AsType[*wecom.Error](err)
	_, silent := errors.AsType[*wecom.TransportError](err)
	_, server := errors.AsType[serverError](err)
	switch {
	case usage:
		return exitUsage
	case database:
		return exitDatabase
	case refused || silent || server:
		return exitServer
	}
	return exitFailure
}

// noArgs and oneArg check the arguments of a command.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usagef("%s: unexpected argument %q", cmd.CommandPath(), args[0])
	}
	return nil
}

func oneArg(name string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != 1 {
			return usagef("%s: want one %s, got %d arguments", cmd.CommandPath(), name, len(args))
		}
		return nil
	}
}
