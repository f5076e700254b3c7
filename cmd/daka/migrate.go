package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/dakahq/daka/internal/store"
	"github.com/spf13/cobra"
)

func newMigrateCommand() *cobra.Command {
	db, plan := defaultDB, false
	cmd := &cobra.Command{
		Use:   "migrate",
		Short: "Bring a database's schema up to date",
		Long: `Brings the schema of a database up to this daka's and prints the migrations that
were missing, one a line. "daka init", "daka serve" and "daka import" do it too.

` + exitHelp,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runMigrate(cmd.Context(), cmd.OutOrStdout(), db, plan)
		},
	}
	bind(cmd, "db", &db)
	bind(cmd, "plan", &plan)
	return cmd
}

func runMigrate(ctx context.Context, out io.Writer, dsn string, plan bool) (err error) {
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
		return databaseError{fmt.Errorf("database %s: %w", shown(dsn), err)}
	}
	for _, name := range pending {
		if _, err := fmt.Fprintln(out, name); err != nil {
			return err
		}
	}
	return nil
}
