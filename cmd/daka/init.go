package main

import (
	"errors"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/spf13/cobra"
)

// corpOptions describe a corporation to be made.
type corpOptions struct {
	db     string
	id     string
	name   string
	zone   string
	test   bool
	output format
	write  writeOptions
}

func (o *corpOptions) bind(cmd *cobra.Command) {
	o.db, o.zone, o.output = defaultDB, attendance.DefaultZone, asTable
	bind(cmd, "db", &o.db)
	bind(cmd, "corp-id", &o.id)
	bind(cmd, "name", &o.name)
	bind(cmd, "zone", &o.zone)
	bind(cmd, "test", &o.test)
	bind(cmd, "output", &o.output)
	o.write.bindDryRun(cmd)
}

func newInitCommand() *cobra.Command {
	var o corpOptions
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Make a database with its first corporation",
		Long: `Makes the schema and the first corporation: its root department, one admin app
and one check-in app. Their ids and secrets are printed only this once; a secret
that is lost is replaced by "daka app rotate".

` + exitHelp,
		Example: "  daka init --db sqlite:daka.db --name Company",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runInit(cmd, &o)
		},
	}
	o.bind(cmd)
	return cmd
}

func runInit(cmd *cobra.Command, o *corpOptions) error {
	ctx := cmd.Context()
	if err := o.check(); err != nil { // before a file is made
		return err
	}
	create := func(a *app.App) error {
		_, err := a.Corp(ctx, "")
		switch {
		case err == nil || errors.Is(err, app.ErrManyCorps):
			return failf("database %s holds a corporation already: add another with \"daka corp add\"", shown(o.db))
		case !errors.Is(err, app.ErrNoCorp):
			return err
		}
		return createCorp(cmd, a, o)
	}
	if !o.write.dryRun {
		return withApp(ctx, o.db, toMigrate, create)
	}
	err := withApp(ctx, o.db, toRead, create)
	if _, unmade := errors.AsType[unmadeError](err); unmade {
		return createCorp(cmd, nil, o) // the schema would be made first
	}
	return err
}

func (o *corpOptions) spec() app.NewCorp {
	return app.NewCorp{ID: attendance.CorpID(o.id), Name: o.name, Zone: o.zone, Test: o.test}
}

func (o *corpOptions) check() error {
	if _, err := attendance.LoadZone(o.zone); err != nil {
		return usagef("--zone: %w", err)
	}
	n := o.spec()
	if err := n.Check(); err != nil {
		return failf("make the corporation: %w", err)
	}
	return nil
}

// newCorpOutput is what is printed of a new corporation.
type newCorpOutput struct {
	CorpID       attendance.CorpID `json:"corp_id"`
	Name         string            `json:"name"`
	Zone         string            `json:"zone"`
	AgentID      int64             `json:"agent_id"`
	Secret       string            `json:"secret"`
	AdminAgentID int64             `json:"admin_agent_id"`
	AdminSecret  string            `json:"admin_secret"`
}

// createCorp makes a corporation and prints what is needed to use it. In a dry
// run it needs no database.
func createCorp(cmd *cobra.Command, a *app.App, o *corpOptions) error {
	if err := planned(cmd, &o.write, say(cmd, "make a corporation in database %s, with two apps", shown(o.db))); err != nil {
		return err
	}
	corp, credentials, err := a.CreateCorp(cmd.Context(), o.spec())
	if err != nil {
		return failf("make the corporation: %w", err)
	}
	made := newCorpOutput{CorpID: corp.ID, Name: corp.Name, Zone: corp.Zone.Name()}
	for _, c := range credentials {
		switch c.Kind {
		case app.AdminApp:
			made.AdminAgentID, made.AdminSecret = c.Agent, c.Secret.Reveal()
		case app.CheckinApp:
			made.AgentID, made.Secret = c.Agent, c.Secret.Reveal()
		}
	}
	return writeObject(cmd, o.output, made, say(cmd, `corporation   %s (%s, %s)
check-in app  agent %d, secret %s
admin app     agent %d, secret %s`, made.CorpID, made.Name, made.Zone, made.AgentID, made.Secret, made.AdminAgentID, made.AdminSecret))
}
