package main

import (
	"context"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/explain"
	"github.com/dakahq/daka/internal/wire"
	"github.com/spf13/cobra"
)

// localDesk is the desk of a corporation in a database.
type localDesk struct {
	app  *app.App
	corp *app.Corp
}

func (d *localDesk) place(*cobra.Command) string { return string(d.corp.ID) }

func (d *localDesk) zone() *attendance.Zone { return d.corp.Zone }

func (d *localDesk) reach(context.Context) error { return nil }

func (d *localDesk) explain(ctx context.Context, user string, day attendance.Day, asOf int64, lang explain.Lang) (explain.Text, error) {
	b, err := d.app.DayBasis(ctx, d.corp, attendance.UserID(user), day, asOf)
	if err != nil {
		return explain.Text{}, err
	}
	text := explain.NoReport(&b.Facts, &b.Person, day, lang)
	if b.Report != nil {
		text = explain.Day(&b.Facts, &b.Person, b.Report, lang)
	}
	if b.Closed {
		text = text.InClosedMonth()
	}
	return text, nil
}

func (d *localDesk) monthStates(ctx context.Context) ([]app.MonthState, error) {
	return d.app.MonthStates(ctx, d.corp)
}

func (d *localDesk) closeMonth(ctx context.Context, m app.MonthOf, actor, reason string) error {
	return d.app.CloseMonth(ctx, d.corp, m, actor, reason)
}

func (d *localDesk) reopenMonth(ctx context.Context, m app.MonthOf, actor, reason string) error {
	return d.app.ReopenMonth(ctx, d.corp, m, actor, reason)
}

func (d *localDesk) adjustments(ctx context.Context, m app.MonthOf) (rows []adjustmentOutput, err error) {
	list, err := d.app.Adjustments(ctx, d.corp, m)
	for _, adj := range list {
		rows = append(rows, adjustmentOutput{string(adj.User), adj.Name, adj.Day.String(), adj.Closed, adj.Now})
	}
	return rows, err
}

func (d *localDesk) calendar(ctx context.Context) (*attendance.Calendar, error) {
	return d.app.Calendar(ctx, d.corp)
}

func (d *localDesk) holidays(ctx context.Context) (calendarYears, error) {
	doc, err := d.app.Holidays(ctx, d.corp)
	if err != nil {
		return nil, err
	}
	return readYears(doc)
}

func (d *localDesk) resetHolidays(ctx context.Context, year int) error {
	return d.app.ResetHolidays(ctx, d.corp, year)
}

func (d *localDesk) setHolidays(ctx context.Context, doc []byte) error {
	_, err := d.app.SetHolidays(ctx, d.corp, doc)
	return err
}

func (d *localDesk) options(ctx context.Context) ([]byte, error) {
	options, err := d.app.Options(ctx, d.corp)
	if err != nil {
		return nil, err
	}
	return wire.OptionsOut(&options)
}

func (d *localDesk) setOptions(ctx context.Context, doc []byte) error {
	return d.app.SetOptions(ctx, d.corp, doc)
}

func (d *localDesk) audit(ctx context.Context, users []string) (rows []auditOutput, err error) {
	ids := userIDs(users)
	for after := int64(0); ; {
		var some []app.AuditEntry
		if len(ids) > 0 {
			some, err = d.app.AuditOf(ctx, d.corp, ids, after, app.MaxAudit)
		} else {
			some, err = d.app.Audit(ctx, d.corp, after, app.MaxAudit)
		}
		for _, e := range some {
			rows = append(rows, auditOutput{e.Seq, e.At, int64(e.Agent), e.Action, append([]string{}, e.Subjects...), e.Count, e.Detail, e.Hash})
			after = e.Seq
		}
		if err != nil || len(some) < app.MaxAudit {
			return rows, err
		}
	}
}

func (d *localDesk) checkAudit(ctx context.Context) (app.AuditState, error) {
	return d.app.CheckAudit(ctx, d.corp)
}

func (d *localDesk) erasures(ctx context.Context) (rows []erasureOutput, err error) {
	all, err := d.app.Erasures(ctx, d.corp)
	for _, e := range all {
		rows = append(rows, erasureOutput{e.Subject, e.At, int64(e.Agent), e.Erased})
	}
	return rows, err
}

func (d *localDesk) apps(ctx context.Context) ([]app.AppState, error) {
	return d.app.AppStates(ctx, d.corp.ID)
}

func (d *localDesk) createApp(ctx context.Context, kind app.AppKind, name string) (app.Credential, error) {
	return d.app.CreateApp(ctx, d.corp.ID, kind, name)
}

func (d *localDesk) rotateApp(ctx context.Context, agent int64) (app.Credential, error) {
	return d.app.RotateSecret(ctx, d.corp.ID, agent)
}

func (d *localDesk) disableApp(ctx context.Context, agent int64) error {
	return d.app.DisableApp(ctx, d.corp.ID, agent)
}

func (d *localDesk) enableApp(ctx context.Context, agent int64) error {
	return d.app.EnableApp(ctx, d.corp.ID, agent)
}
