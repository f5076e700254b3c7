package main

import (
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
		Example: "  daka corp add --name Branch --zone Asia/Tokyo",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.check(); err != nil {
				return err
			}
			return withApp(cmd.Context(), o.db, o.write.access(), func(a *app.App) error {
				return createCorp(cmd, a, &o)
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
		Use:     "list",
		Short:   "List the corporations of a database",
		Long:    "Lists the corporations of a database.\n\n" + exitHelp,
		Example: "  daka corp list",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return withApp(cmd.Context(), o.db, toRead, func(a *app.App) error {
				return runCorpList(cmd, a, o.output)
			})
		},
	}
	bind(cmd, "db", &o.db)
	bind(cmd, "output", &o.output)
	return cmd
}

func runCorpList(cmd *cobra.Command, a *app.App, output format) error {
	type row struct {
		CorpID attendance.CorpID `json:"corp_id"`
		Name   string            `json:"name"`
		Zone   string            `json:"zone"`
	}
	corps, err := a.Corps(cmd.Context())
	if err != nil {
		return err
	}
	var rows []row
	for _, c := range corps {
		rows = append(rows, row{c.ID, c.Name, c.Zone.Name()})
	}
	columns := []column{{head: "corp_id"}, {head: "corporation"}, {head: "zone"}}
	return writeRows(cmd, output, columns, rows, func(r row) []string { return []string{string(r.CorpID), r.Name, r.Zone} })
}
