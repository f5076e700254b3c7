package main

import (
	"context"
	"errors"
	"net/url"
	"strings"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/explain"
	"github.com/dakahq/daka/wecom"
	"github.com/spf13/cobra"
)

// desk is where an administrator's work is done: in a database, or by a daka
// server through its own operations. Both give the same rows.
type desk interface {
	place(cmd *cobra.Command) string // whose it is, in a plan
	zone() *attendance.Zone
	// reach finds out whether anything can be done at all. It is for writes that
	// have read nothing before they are planned.
	reach(ctx context.Context) error

	requestDesk // approvals add and withdraw

	explain(ctx context.Context, user string, day attendance.Day, asOf int64, lang explain.Lang) (explain.Text, error)

	monthStates(ctx context.Context) ([]app.MonthState, error)
	closeMonth(ctx context.Context, m app.MonthOf, actor, reason string) error
	reopenMonth(ctx context.Context, m app.MonthOf, actor, reason string) error
	adjustments(ctx context.Context, m app.MonthOf) ([]adjustmentOutput, error)

	calendar(ctx context.Context) (*attendance.Calendar, error)
	holidays(ctx context.Context) (calendarYears, error) // all that are known
	setHolidays(ctx context.Context, doc []byte) error
	resetHolidays(ctx context.Context, year int) error
	options(ctx context.Context) ([]byte, error) // a JSON object with every option
	setOptions(ctx context.Context, doc []byte) error

	audit(ctx context.Context, users []string) ([]auditOutput, error) // no users = every entry
	checkAudit(ctx context.Context) (app.AuditState, error)
	erasures(ctx context.Context) ([]erasureOutput, error)

	apps(ctx context.Context) ([]app.AppState, error)
	createApp(ctx context.Context, kind app.AppKind, name string) (app.Credential, error)
	rotateApp(ctx context.Context, agent int64) (app.Credential, error)
	disableApp(ctx context.Context, agent int64) error
	enableApp(ctx context.Context, agent int64) error
}

var (
	_ desk = (*localDesk)(nil)
	_ desk = (*serverDesk)(nil)
)

// deskHelp says where the commands of a desk work.
const deskHelp = `It works on a database, or has a daka server do it: --profile names one of the
configuration file, or --base-url with --corp-id and DAKA_SECRET or --secret-file.
The secret is that of an admin app, and --zone the zone of its days and times; a
database has its own. With none of them it is the profile in use, else the database
` + defaultDB + `. WeCom itself has no such operations.`

// What servers other than daka's do not do: the end of an error.
var (
	errTellsNoReason = failf("WeCom does not tell why")
	errClosesNoMonth = failf("WeCom closes no months")
	errOwnCalendar   = failf("WeCom keeps the public calendar itself")
	errNoOptions     = failf("WeCom has no such options")
	errNoAuditLog    = failf("WeCom has no such log")
	errAppsByHand    = failf("WeCom has no call for its apps")
)

// serverError is a daka server that refused, or a server that is no daka.
type serverError struct{ error }

func (e serverError) Unwrap() error { return e.error }

// administer chooses between a database and a daka server, and calls do with
// it. lack is what WeCom does not do in the place of this.
func (o *sourceOptions) administer(cmd *cobra.Command, want access, lack error, do func(context.Context, desk) error) error {
	if err := o.choose(cmd); err != nil {
		return err
	}
	ctx := cmd.Context()
	if !o.fromServer() {
		return o.withCorp(ctx, want, func(a *app.App, corp *app.Corp) error { return do(ctx, &localDesk{a, corp}) })
	}
	if isWeCom(o.remote.baseURL) { // the secret need not go there
		return noDaka(cmd, o.remote.baseURL, lack)
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	k := &knock{refused: stop}
	d, err := o.remote.desk(k)
	if err != nil {
		return err
	}
	if !o.naming.plain() { // the admin app keeps the contacts, and may list them
		w, _, err := o.remote.dial()
		if err == nil {
			err = o.naming.server(ctx, w)
		}
		if err != nil {
			return err
		}
	}
	return refusedWork(cmd, d.base, lack, k.failure(do(ctx, d)))
}

// desk makes a client of the server, which is not called by that.
func (o *remoteOptions) desk(k *knock) (*serverDesk, error) {
	secret, zone, err := o.identity()
	if err != nil {
		return nil, err
	}
	c, err := admin.New(o.baseURL, o.corpID, secret, admin.WithHTTPClient(k.client()))
	if err != nil {
		return nil, usagef("--base-url: %w", err)
	}
	return &serverDesk{c, zone, shown(o.baseURL), o.corpID}, nil
}

// isWeCom reports whether a URL is WeCom's own.
func isWeCom(base string) bool {
	u, err := url.Parse(base)
	if err != nil {
		return false
	}
	own, err := url.Parse(wecom.DefaultBaseURL)
	return err == nil && strings.EqualFold(u.Hostname(), own.Hostname())
}

// noDaka is the failure of a server that has none of daka's operations.
func noDaka(cmd *cobra.Command, base string, lack error) error {
	return serverError{failf("%s: %s is no daka server: %w", commandName(cmd), base, lack)}
}

// commandName is the name of a command without that of the program.
func commandName(cmd *cobra.Command) string {
	return strings.TrimPrefix(cmd.CommandPath(), cmd.Root().Name()+" ")
}

// refusedWork says of what a daka server refused what can be done about it.
func refusedWork(cmd *cobra.Command, base string, lack, err error) error {
	if errors.Is(err, admin.ErrNoDaka) {
		return noDaka(cmd, base, lack)
	}
	refused, ok := errors.AsType[*admin.Error](err)
	switch {
	case !ok:
		return err
	case refused.Code == admin.Forbidden && strings.Contains(refused.Message, "admin app"):
		return serverError{failf("%w: it wants the secret of an admin app, which \"daka init\" or \"daka app add --kind admin\" has printed", err)}
	}
	return serverError{err}
}

// ofDaka fills in what a daka server said when it refused.
func (f *failure) ofDaka(err error) {
	if refused, ok := errors.AsType[*admin.Error](err); ok {
		f.Kind, f.Code, f.Hint, f.Endpoint = "refused", string(refused.Code), refused.RequestID, refused.Operation
	}
}

// agree is confirm for what may be done on a server. With --yes nobody was
// asked, so that stderr says where it is done.
func (o *sourceOptions) agree(cmd *cobra.Command, w *writeOptions, plan string) error {
	if err := confirm(cmd, w, plan); err != nil || !w.yes {
		return err
	}
	return o.echo(cmd, plan)
}

// echo says on stderr what is done on a server.
func (o *sourceOptions) echo(cmd *cobra.Command, plan string) error {
	if !o.fromServer() || isQuiet(cmd) {
		return nil
	}
	_, err := cmd.ErrOrStderr().Write([]byte(plan + "\n"))
	return err
}
