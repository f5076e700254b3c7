package mirror

import (
	"context"
	"strconv"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
)

// Stretch is days of a member, of which one kind of fact is either there,
// fetched at one time, or missing.
type Stretch struct {
	Kind        string
	User        attendance.UserID // "" for the lists of forms
	First, Last attendance.Day
	At          int64      // when it was fetched, Unix seconds; 0 = it is missing
	Refused     wecom.Code // why it is missing, where the app may not ask
}

// Status calls visit with what was fetched and what is missing of all members'
// days, both included, by kind, member and day. A day that is over is missing if
// it was fetched before, but for its shifts. Of days that have not begun there are
// the shifts that were fetched; nothing of them is missing.
func Status(ctx context.Context, a *app.App, corp *app.Corp, first, last attendance.Day, visit func(Stretch) error) error {
	m := &Mirror{app: a, corp: corp}
	cover, err := m.coverage(ctx)
	if err != nil {
		return err
	}
	m.today, _ = corp.Zone.DayAt(a.Now())
	users, err := m.users(ctx)
	if err != nil {
		return err
	}
	for i := range kinds {
		if err := m.stretches(ctx, kinds[i].name, cover, users, span{first, last}, visit); err != nil {
			return err
		}
	}
	for _, name := range []string{requests, corrections} {
		if err := m.stretches(ctx, name, cover, []attendance.UserID{""}, span{first, last}, visit); err != nil {
			return err
		}
	}
	return nil
}

func (m *Mirror) stretches(ctx context.Context, kind string, cover coverage, users []attendance.UserID, s span, visit func(Stretch) error) error {
	text, err := m.app.MirrorState(ctx, m.corp, refusedState(kind))
	if err != nil {
		return err
	}
	code, _ := strconv.ParseInt(text, 10, 64) // "" = 0: it was not refused
	for _, u := range users {
		next := s.first
		lacking := func(last attendance.Day) error {
			if last = m.until(u, min(last, m.today), 0); next > last {
				return nil
			}
			return visit(Stretch{kind, u, next, last, 0, wecom.Code(code)})
		}
		for _, c := range cover[kind][u] {
			first, last := max(c.First, s.first), min(c.Last, s.last)
			if on, _ := m.corp.Zone.DayAt(c.At); on < m.today && kind != schedules {
				last = min(last, on-1)
			}
			if first > last {
				continue
			}
			if err := lacking(first - 1); err != nil {
				return err
			}
			if err := visit(Stretch{kind, u, first, last, c.At, 0}); err != nil {
				return err
			}
			next = last + 1
		}
		if err := lacking(s.last); err != nil {
			return err
		}
	}
	return nil
}
