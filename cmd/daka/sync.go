package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/mirror"
	"github.com/dakahq/daka/wecom"
	"github.com/spf13/cobra"
)

// syncOptions say what is mirrored, from where and into which database.
type syncOptions struct {
	db      string
	remote  remoteOptions
	profile string
	span    spanFlags
	overlap int
	every   intervalFlag
	plan    bool
	shrink  bool
	write   writeOptions
	output  format
}

func newSyncCommand() *cobra.Command {
	o := &syncOptions{db: defaultDB, span: spanFlags{fallback: "this month"}, overlap: 3, output: asTable}
	cmd := &cobra.Command{
		Use:   "sync",
		Short: "Mirror a corporation of WeCom into a database",
		Long: `Copies a corporation's check-in out of WeCom, or any server like it, into a
database: members and departments, rules with the days on which they changed,
shifts, punches, approval forms, and the day and month reports as WeCom has made
them, with which "daka verify" compares our own.

The server is that of --profile, or --base-url with --corp-id and the app's secret
in DAKA_SECRET, --secret-file, or with --secret-file - on stdin. The database is
made if it is not there. Without --to what is new is copied up to today, now and,
with --every, later.

What was copied is not asked for again, except for the last days (--overlap): a sync
that was interrupted goes on where it stopped. Only one sync of a corporation runs
at a time on one database; --every waits for its next turn.

Calls keep within WeCom's quotas as documented, a minute's each, beside those of
syncs that ran before on the same database; nothing is known of the calls that other
programs make for the corporation, nor of an hour's quota across syncs. A call that is
refused for its quota all the same is made again when a minute is over. --plan, or
--dry-run, says how many calls it takes and how long they take at least.

What the app may not read is said, with what it means for reports. It is an error
(code 4) where it is members, rules, punches or day reports.

` + exitHelp,
		Example: `  daka sync --base-url https://qyapi.weixin.qq.com --corp-id ww1a2b3c --from 2026-01-01 --plan
  daka sync --profile acme --db sqlite:acme.db --from 2026-01-01 --every 15m`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, args []string) error { return runSync(cmd, args, o) },
	}
	o.remote.bind(cmd)
	o.span.bind(cmd)
	o.write.bindDryRun(cmd)
	bind(cmd, "profile", &o.profile)
	bind(cmd, "db", &o.db)
	bind(cmd, "overlap", &o.overlap)
	bind(cmd, "every", &o.every)
	bind(cmd, "plan", &o.plan)
	bind(cmd, "accept-fewer-members", &o.shrink)
	bindTo(cmd.Flags(), "output", &o.output)
	cmd.AddCommand(newSyncStatusCommand())
	return cmd
}

func runSync(cmd *cobra.Command, args []string, o *syncOptions) error {
	if err := o.span.take(cmd, args); err != nil {
		return err
	}
	w, zone, err := o.dial(cmd)
	if err != nil {
		return err
	}
	opts, err := o.options(cmd, zone)
	if err != nil {
		return err
	}
	if o.plan || o.write.dryRun {
		err := o.withPlanned(cmd.Context(), func(a *app.App, corp *app.Corp) error { return planSync(cmd, a, corp, w, opts, o.output) })
		return o.failed(cmd, err)
	}
	// A slip in the corporation's id or the secret leaves nothing behind.
	if err := o.knock(cmd, w); err != nil {
		return o.failed(cmd, err)
	}
	line := newSyncLine(cmd)
	defer line.done()
	opts.Progress = line.show
	return withApp(cmd.Context(), o.db, toMigrate, func(a *app.App) error {
		corp, err := o.corp(cmd.Context(), a)
		if err != nil {
			return err
		}
		m, err := mirror.New(a, corp, w, opts)
		if err != nil {
			return err
		}
		return o.sync(cmd, m, line)
	})
}

// options say what is mirrored, and stderr which days those are: none to come.
func (o *syncOptions) options(cmd *cobra.Command, zone *attendance.Zone) (mirror.Options, error) {
	now := today(zone)
	first, last, err := o.span.resolve(now)
	if err != nil {
		return mirror.Options{}, err
	}
	opts := mirror.Options{
		From: first, To: last, Overlap: o.overlap, AcceptShrinking: o.shrink, KeepQuotas: true, Clock: machineClock{},
	}
	if err := opts.Check(now); err != nil {
		return opts, err
	}
	if !o.span.to.set() && last >= now {
		opts.To = 0 // up to whatever is today by then
	}
	if !isQuiet(cmd) {
		fmt.Fprintln(cmd.ErrOrStderr(), say(cmd, "%s, %s", daysText(cmd, first, min(last, now)), zone.Name()))
	}
	return opts, nil
}

// dial makes a client of the server that a profile or --base-url names. What is
// said more explicitly counts.
func (o *syncOptions) dial(cmd *cobra.Command) (*wecom.Client, *attendance.Zone, error) {
	c, err := loadConfig(cmd)
	if err != nil {
		return nil, nil, err
	}
	named, url := originOf(cmd, "profile"), originOf(cmd, "base-url")
	if o.profile == "" && c.Profile != "" {
		o.profile, named = c.Profile, fromConfig
	}
	switch {
	case url == fromDefault && o.profile == "":
		return nil, nil, usagef("%s: which server? Say --profile, or --base-url and --corp-id", cmd.CommandPath())
	case o.profile != "" && url <= named:
		p, ok := c.Profiles[o.profile]
		if !ok {
			return nil, nil, usagef("--profile: %w", noProfile(c, o.profile))
		}
		o.remote.take(cmd, p.filled(), named)
	}
	return o.remote.dial()
}

// corp returns the mirrored corporation, which is made if need be.
func (o *syncOptions) corp(ctx context.Context, a *app.App) (*app.Corp, error) {
	return a.MirrorCorp(ctx, app.NewCorp{ID: attendance.CorpID(o.remote.corpID), Zone: o.remote.zone})
}

// withPlanned calls do with the database as it is, or one in memory where there
// is none, or no such corporation in it.
func (o *syncOptions) withPlanned(ctx context.Context, do func(*app.App, *app.Corp) error) error {
	file, local := strings.CutPrefix(o.db, "sqlite:")
	_, statErr := os.Stat(file)
	if !local || !errors.Is(statErr, os.ErrNotExist) {
		err := withApp(ctx, o.db, toRead, func(a *app.App) error {
			corp, err := a.Corp(ctx, attendance.CorpID(o.remote.corpID))
			if err != nil {
				return err
			}
			return do(a, corp)
		})
		if !errors.Is(err, app.ErrUnknownCorp) {
			return err
		}
	}
	return withApp(ctx, ":memory:", toMigrate, func(a *app.App) error {
		corp, err := o.corp(ctx, a)
		if err != nil {
			return err
		}
		return do(a, corp)
	})
}

// sync runs once, or again and again until the command is told to end.
func (o *syncOptions) sync(cmd *cobra.Command, m *mirror.Mirror, line *syncLine) error {
	ctx := cmd.Context()
	if o.every == 0 {
		report, err := m.Run(ctx)
		line.done()
		told := writeSynced(cmd, o.output, report, err)
		tellLate(cmd, report.Late)
		return firstError(o.failed(cmd, err), firstError(told, tellRefused(cmd, report)))
	}
	err := m.Every(ctx, time.Duration(o.every), func(report *mirror.Report, err error) error {
		line.done()
		if err != nil && !passing(err) {
			return err
		}
		o.brokeOff(cmd, err)
		_ = tellRefused(cmd, report) // it is told each time
		return writeSynced(cmd, o.output, report, err)
	})
	if ctx.Err() != nil {
		return nil // it was told to end
	}
	return o.failed(cmd, err)
}

// machineClock is the machine's time.
type machineClock struct{}

func (machineClock) Now() time.Time { return time.Now() }

func (machineClock) Sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
