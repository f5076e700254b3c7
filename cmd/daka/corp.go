package main

import (
	"context"
	"io"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/spf13/cobra"
)

func newCorpCommand() *cobra.Command {
	return group("corp", "Add and list corporations", newCorpAddCommand(), newCorpListCommand())
}

func newCorpAddCommand() *cobra.Command {
	var o corpOptions
	cmd := &cobra.Command{
		Use:   "add",
		Short: "Add a corporation to a database",
		Long: `Adds a corporation with its root department, one admin app and one check-in app,
and prints their ids and secrets once. In a test database --test is needed here too.

` + exitHelp,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return withApp(cmd.Context(), o.db, toWrite, func(a *app.App) error {
				return createCorp(cmd.Context(), cmd.OutOrStdout(), a, &o)
			})
		},
	}
	o.bind(cmd)
	return cmd
}

func newCorpListCommand() *cobra.Command {
	o := struct {
		db     string
		output format
	}{defaultDB, asTable}
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the corporations of a database",
		Long:  "Lists the corporations of a database.\n\n" + exitHelp,
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return withApp(cmd.Context(), o.db, toRead, func(a *app.App) error {
				return runCorpList(cmd.Context(), cmd.OutOrStdout(), a, o.output)
			})
		},
	}
	bind(cmd, "db", &o.db)
	bind(cmd, "output", &o.output)
	return cmd
}

func runCorpList(ctx context.Context, out io.Writer, a *app.App, output format) error {
	type row struct {
		CorpID attendance.CorpID `json:"corp_id"`
		Name   string            `json:"name"`
		Zone   string            `json:"zone"`
	}
	corps, err := a.Corps(ctx)
	if err != nil {
		return err
	}
	rows, cells := []row{}, [][]string{}
	for _, c := range corps {
		rows = append(rows, row{c.ID, c.Name, c.Zone.Name()})
		cells = append(cells, []string{string(c.ID), c.Name, c.Zone.Name()})
	}
	if output == asJSON {
		return writeJSON(out, rows)
	}
	return writeTable(out, []column{{head: "corp_id"}, {head: "name"}, {head: "zone"}}, cells)
}
