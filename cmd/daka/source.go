package main

import (
	"context"
	"errors"
	"os"
	"slices"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// sourceOptions say where a reading command reads: from a database, or from a
// server as which profile or --base-url says. Both must fill the same rows.
//
//	var src sourceOptions
//	src.bind(cmd)
//	...
//	return src.read(cmd, fromDatabase, fromServer)
//
// What is named on the command line counts before the environment, that before
// the configuration file; with nothing named at all it is the default database.
type sourceOptions struct {
	databaseOptions
	remote  remoteOptions
	profile string
	both    bool // a database and a server may be named at once
}

// sourceHelp says where reading commands read.
const sourceHelp = `It reads a database, or asks WeCom or any server like it: --profile names one of
the configuration file, or --base-url with --corp-id and DAKA_SECRET or --secret-file;
--zone is the zone of its days; a database has its own. With none of them it is the
profile in use, else the database ` + defaultDB + `.`

// targetHelp says where commands write that know both.
const targetHelp = `It is done in a database, or by WeCom or any server like it: --profile names one
of the configuration file, or --base-url with --corp-id and DAKA_SECRET or
--secret-file; --zone is the zone of its days; a database has its own. With none of
them it is the profile in use, else the database ` + defaultDB + `, where whoever
can open it may do all.`

func (o *sourceOptions) bind(cmd *cobra.Command) {
	o.databaseOptions.bind(cmd)
	o.remote.bind(cmd)
	bind(cmd, "profile", &o.profile)
}

// choose decides between the two. After it, fromServer is right and remote
// holds what the profile says.
func (o *sourceOptions) choose(cmd *cobra.Command) error {
	c, err := loadConfig(cmd)
	if err != nil {
		return err
	}
	named := originOf(cmd, "profile")
	if o.profile == "" && c.Profile != "" {
		o.profile, named = c.Profile, fromConfig
	}
	db, url := originOf(cmd, "db"), originOf(cmd, "base-url")
	server := max(named, url)
	if db == fromFlag && server == fromFlag && !o.both {
		return usagef("%s: --db and --base-url or --profile exclude each other", cmd.CommandPath())
	}
	if server == fromDefault || db > server {
		o.remote.baseURL = ""
		return o.checkDatabase(cmd)
	}
	if originOf(cmd, "corp") == fromFlag && !(o.both && db == fromFlag) {
		return usagef("%s: --corp names a corporation of a database: at a server it is the one that the secret belongs to", cmd.CommandPath())
	}
	// A profile's secret goes to no other server than its own, unless both were
	// named in the same breath.
	if o.profile == "" || url > named {
		return nil
	}
	p, ok := c.Profiles[o.profile]
	if !ok {
		return usagef("--profile: %w", noProfile(c, o.profile))
	}
	o.remote.take(cmd, p.filled(), named)
	return nil
}

// checkDatabase refuses what has no meaning for a database.
func (o *sourceOptions) checkDatabase(cmd *cobra.Command) error {
	if _, err := attendance.LoadZone(o.remote.zone); err != nil {
		return usagef("--zone: %w", err)
	}
	if originOf(cmd, "zone") == fromFlag {
		return usagef("%s: --zone is the zone of a server's days: a corporation in a database has its own", cmd.CommandPath())
	}
	return nil
}

// databaseAlone says of a flag that names a server, where a command has none,
// why that is.
func databaseAlone(cmd *cobra.Command, err error) error {
	unknown, ok := errors.AsType[*pflag.NotExistError](err)
	flags := cmd.Flags()
	if !ok || flags.Lookup("db") == nil || flags.Lookup("base-url") != nil ||
		!slices.Contains([]string{"profile", "base-url", "corp-id", "secret-file"}, unknown.GetSpecifiedName()) {
		return err
	}
	return failf("%w: it reads a database alone", err)
}

// take fills in what a profile says, but for what was said by something that
// counts as much. The settings of the file do not: a profile is more special.
func (o *remoteOptions) take(cmd *cobra.Command, p profile, named origin) {
	for _, v := range []struct {
		name   string
		target *string
		value  string
	}{{"base-url", &o.baseURL, p.BaseURL}, {"corp-id", &o.corpID, p.CorpID}, {"zone", &o.zone, p.Zone}} {
		if at := originOf(cmd, v.name); at <= fromConfig || at < named {
			*v.target = v.value
		}
	}
	file := originOf(cmd, "secret-file")
	if file > fromConfig && file >= named || os.Getenv(secretVariable) != "" && fromEnvironment > named {
		return
	}
	if p.SecretFile != "" || p.SecretEnv != "" {
		o.secretFile, o.secretEnv = p.SecretFile, p.SecretEnv
	}
}

// fromServer reports whether a server is asked. choose comes before it.
func (o *sourceOptions) fromServer() bool { return o.remote.baseURL != "" }

// read chooses the source and calls the one function or the other.
func (o *sourceOptions) read(cmd *cobra.Command, database func(context.Context, *app.App, *app.Corp) error,
	server func(context.Context, *wecom.Client, *attendance.Zone) error) error {
	return o.use(cmd, toRead, database, server)
}

// use is read for a command that may want more of a database than to read it.
func (o *sourceOptions) use(cmd *cobra.Command, want access, database func(context.Context, *app.App, *app.Corp) error,
	server func(context.Context, *wecom.Client, *attendance.Zone) error) error {
	if err := o.choose(cmd); err != nil {
		return err
	}
	ctx := cmd.Context()
	if !o.fromServer() {
		return o.withCorp(ctx, want, func(a *app.App, corp *app.Corp) error { return database(ctx, a, corp) })
	}
	w, zone, err := o.remote.dial()
	if err != nil {
		return err
	}
	if err := o.naming.server(ctx, w); err != nil {
		return err
	}
	return server(ctx, w, zone)
}
