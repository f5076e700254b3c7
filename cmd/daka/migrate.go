package main

import (
	"errors"
	"fmt"

	"github.com/dakahq/daka/internal/store"
	"github.com/spf13/cobra"
)

func newMigrateCommand() *cobra.Command {
	db, plan, output := defaultDB, false, asTable
	var w writeOptions
	cmd := &cobra.Command{
		Use:   "migrate",
		Short: "Bring a database's schema up to date",
		Long: `Brings the schema of a database up to this daka's and prints the migrations that
were missing, one a line; with --plan or --dry-run it does no more than that. "daka
init", "daka serve" and "daka import" do it too.

` + exitHelp,
		Example: "  daka migrate --plan",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runMigrate(cmd, db, plan || w.dryRun, output)
		},
	}
	bind(cmd, "db", &db)
	bind(cmd, "plan", &plan)
	bind(cmd, "output", &output)
	w.bindDryRun(cmd)
	return cmd
}

// migrationRow is a migration that was missing.
type migrationRow struct {
	Migration string `json:"migration"`
}

func runMigrate(cmd *cobra.Command, dsn string, plan bool, output format) (err error) {
	ctx := cmd.Context()
	db, err := store.Open(ctx, dsn, store.Options{ReadOnly: plan})
	if err != nil {
		return databaseError{err}
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	pending, err := db.Pending(ctx)
	if err == nil && !plan {
		err = db.Migrate(ctx)
	}
	if err != nil {
		return databaseError{failf("database %s: %w", shown(dsn), err)}
	}
	var rows []migrationRow
	for _, name := range pending {
		rows = append(rows, migrationRow{name})
	}
	if len(pending) == 0 && !isQuiet(cmd) {
		fmt.Fprintln(cmd.ErrOrStderr(), say(cmd, "the schema is up to date"))
	}
	if output != asTable {
		return writeRows(cmd, output, nil, rows, nil)
	}
	for _, name := range pending {
		if _, err := fmt.Fprintln(cmd.OutOrStdout(), name); err != nil {
			return err
		}
	}
	return nil
}
