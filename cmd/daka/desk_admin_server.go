package main

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/explain"
	"github.com/dakahq/daka/internal/store"
	"github.com/spf13/cobra"
)

// serverDesk is the desk of the corporation of an admin app at a daka server.
type serverDesk struct {
	client *admin.Client
	clock  *attendance.Zone
	base   string // as it may be printed
	corp   string
}

func (d *serverDesk) place(cmd *cobra.Command) string { return say(cmd, "%s at %s", d.corp, d.base) }

func (d *serverDesk) zone() *attendance.Zone { return d.clock }

func (d *serverDesk) reach(ctx context.Context) error {
	_, err := d.client.Apps(ctx)
	return err
}

func (d *serverDesk) explain(ctx context.Context, user string, day attendance.Day, asOf int64, lang explain.Lang) (explain.Text, error) {
	e, err := d.client.Explain(ctx, admin.ExplainQuery{UserID: user, Day: admin.Day(day.String()), Lang: string(lang), AsOf: asOf})
	if err != nil {
		return explain.Text{}, err
	}
	text := explain.Text{User: attendance.UserID(e.UserID), Date: string(e.Day), Lang: explain.Lang(e.Lang), Title: e.Title}
	for _, p := range e.Parts {
		part := explain.Part{Name: explain.PartName(p.Name), Title: p.Title}
		for _, l := range p.Lines {
			line := explain.Line{Kind: explain.Kind(l.Kind), Time: l.Time, Text: l.Text, Punch: -1}
			if l.Seconds != nil {
				seconds := int32(*l.Seconds)
				line.Seconds = &seconds
			}
			part.Lines = append(part.Lines, line)
		}
		text.Parts = append(text.Parts, part)
	}
	return text, nil
}

func (d *serverDesk) monthStates(ctx context.Context) (all []app.MonthState, err error) {
	list, err := d.client.MonthStates(ctx)
	if err != nil {
		return nil, err
	}
	for _, s := range list.States {
		month, err := time.Parse("2006-01", string(s.Month))
		if err != nil {
			return nil, failf("the server's list of months: %q is not a month like 2026-01", s.Month)
		}
		number := int64(month.Year()*100 + int(month.Month()))
		all = append(all, app.MonthState{Month: number, At: s.At, Closed: s.Closed, Actor: s.Actor, Reason: s.Reason})
	}
	return all, nil
}

func (d *serverDesk) closeMonth(ctx context.Context, m app.MonthOf, actor, reason string) error {
	return d.client.CloseMonth(ctx, admin.Month(m.String()), admin.MonthAct{Actor: actor, Reason: reason})
}

func (d *serverDesk) reopenMonth(ctx context.Context, m app.MonthOf, actor, reason string) error {
	return d.client.ReopenMonth(ctx, admin.Month(m.String()), admin.MonthAct{Actor: actor, Reason: reason})
}

func (d *serverDesk) adjustments(ctx context.Context, m app.MonthOf) (rows []adjustmentOutput, err error) {
	list, err := d.client.Adjustments(ctx, admin.Month(m.String()))
	if err != nil {
		return nil, err
	}
	for _, adj := range list.Adjustments {
		rows = append(rows, adjustmentOutput{adj.UserID, adj.Name, string(adj.Day), adj.Closed, adj.Now})
	}
	return rows, nil
}

func (d *serverDesk) calendar(ctx context.Context) (*attendance.Calendar, error) {
	list, err := d.client.Holidays(ctx)
	if err != nil {
		return nil, err
	}
	var days []attendance.Holiday
	for _, h := range list.Holidays {
		day, err := attendance.ParseDay(string(h.Day))
		if err != nil {
			return nil, failf("the server's calendar: %w", err)
		}
		days = append(days, attendance.Holiday{Day: day, Off: h.Off, Statutory: h.Statutory, Name: h.Name})
	}
	return attendance.NewCalendar(days, list.Years...), nil
}

func (d *serverDesk) holidays(ctx context.Context) (calendarYears, error) {
	list, err := d.client.Holidays(ctx)
	if err != nil {
		return nil, err
	}
	if len(list.Documents) != len(list.Years) {
		return nil, failf("the server does not tell the calendar as it is put: it is older than this daka")
	}
	doc, err := json.Marshal(list.Documents)
	if err != nil {
		return nil, err
	}
	return readYears(doc)
}

func (d *serverDesk) resetHolidays(ctx context.Context, year int) error {
	return d.client.ResetHolidays(ctx, year)
}

func (d *serverDesk) setHolidays(ctx context.Context, doc []byte) error {
	var years map[string]admin.HolidayYear
	if err := json.Unmarshal(doc, &years); err != nil {
		return err
	}
	return d.client.SetHolidays(ctx, years)
}

func (d *serverDesk) options(ctx context.Context) ([]byte, error) { return d.client.Options(ctx) }

func (d *serverDesk) setOptions(ctx context.Context, doc []byte) error {
	return d.client.SetOptions(ctx, doc)
}

// audit asks for each member by itself and puts the entries together: one may
// be about several.
func (d *serverDesk) audit(ctx context.Context, users []string) (rows []auditOutput, err error) {
	if len(users) == 0 {
		return auditPages(func(after int64) (*admin.AuditList, error) { return d.client.Audit(ctx, after, app.MaxAudit) })
	}
	for _, u := range users {
		some, err := auditPages(func(after int64) (*admin.AuditList, error) {
			return d.client.MemberAudit(ctx, u, after, app.MaxAudit)
		})
		if err != nil {
			return nil, err
		}
		rows = append(rows, some...)
	}
	slices.SortFunc(rows, func(a, b auditOutput) int { return cmp.Compare(a.Seq, b.Seq) })
	return slices.CompactFunc(rows, func(a, b auditOutput) bool { return a.Seq == b.Seq }), nil
}

// auditPages reads a log to its end.
func auditPages(read func(after int64) (*admin.AuditList, error)) (rows []auditOutput, err error) {
	for after := int64(0); ; {
		list, err := read(after)
		if err != nil {
			return nil, err
		}
		for _, e := range list.Entries {
			rows = append(rows, auditOutput{e.Seq, e.At, e.Agent, e.Action, append([]string{}, e.Subjects...), e.Count, e.Detail, e.Hash})
			after = e.Seq
		}
		if len(list.Entries) < app.MaxAudit {
			return rows, nil
		}
	}
}

func (d *serverDesk) checkAudit(ctx context.Context) (app.AuditState, error) {
	s, err := d.client.CheckAudit(ctx)
	if err != nil {
		return app.AuditState{}, err
	}
	return app.AuditState{Entries: s.Entries, Head: s.Head, Broken: s.Broken}, nil
}

func (d *serverDesk) erasures(ctx context.Context) (rows []erasureOutput, err error) {
	list, err := d.client.Erasures(ctx)
	if err != nil {
		return nil, err
	}
	for _, e := range list.Erasures {
		rows = append(rows, erasureOutput{e.Subject, e.At, e.Agent, store.Erased{
			Punches: e.Punches, Schedules: e.Schedules, Corrections: e.Corrections, Approvals: e.Approvals, Reports: e.Reports, Versions: e.Versions,
		}})
	}
	return rows, nil
}

func (d *serverDesk) apps(ctx context.Context) (all []app.AppState, err error) {
	list, err := d.client.Apps(ctx)
	if err != nil {
		return nil, err
	}
	for _, a := range list.Apps {
		all = append(all, app.AppState{Agent: a.Agent, Kind: app.AppKind(a.Kind), Name: a.Name, Disabled: a.Disabled})
	}
	return all, nil
}

func (d *serverDesk) createApp(ctx context.Context, kind app.AppKind, name string) (app.Credential, error) {
	return credentialOf(d.client.CreateApp(ctx, admin.NewApp{Kind: string(kind), Name: name}))
}

func (d *serverDesk) rotateApp(ctx context.Context, agent int64) (app.Credential, error) {
	return credentialOf(d.client.RotateApp(ctx, agent))
}

func credentialOf(a *admin.App, err error) (app.Credential, error) {
	if err != nil {
		return app.Credential{}, err
	}
	return app.Credential{Agent: a.Agent, Kind: app.AppKind(a.Kind), Name: a.Name, Secret: app.Secret(a.Secret)}, nil
}

func (d *serverDesk) disableApp(ctx context.Context, agent int64) error {
	return d.client.DisableApp(ctx, agent)
}

func (d *serverDesk) enableApp(ctx context.Context, agent int64) error {
	return d.client.EnableApp(ctx, agent)
}
