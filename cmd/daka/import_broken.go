package main

import (
	"errors"

	"github.com/dakahq/daka/internal/store"
	"github.com/spf13/cobra"
)

// brokenOff says of an import of punches that failed how many of them are stored, as
// far as that is known: what a database says of its statements helps nobody who
// imports a table.
func brokenOff(cmd *cobra.Command, err error, stored, punches int) error {
	switch cause := databaseCause(err); {
	case err == nil:
		return nil
	case cmd.Context().Err() != nil:
		return failf("interrupted: at least %d of %d punches are stored; run it again, and the rest is", stored, punches)
	case cause != nil:
		return failf("%w: at least %d of %d punches are stored; when it is mended run it again, and the rest is", cause, stored, punches)
	case stored > 0:
		return failf("%w: at least %d of %d punches are stored; when it is mended run it again, and the rest is", err, stored, punches)
	}
	return err
}

// notBegun says of an import that failed before it, or that is done as a whole or
// not at all, that nothing is stored.
func notBegun(cmd *cobra.Command, err error) error {
	switch cause := databaseCause(err); {
	case err == nil:
		return nil
	case cmd.Context().Err() != nil:
		return failf("interrupted: this run has stored nothing")
	case cause != nil:
		return failf("%w: this run has stored nothing", cause)
	}
	return err
}

// databaseCause is what ails the database, without its own words; nil = nothing
// that a person can do something about.
func databaseCause(err error) error {
	for _, kind := range []error{store.ErrFull, store.ErrReadOnly, store.ErrBusy, store.ErrClosed} {
		if errors.Is(err, kind) {
			return kind
		}
	}
	return nil
}
