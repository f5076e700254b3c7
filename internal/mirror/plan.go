package mirror

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/attendance"
)

// PlannedCalls are the calls of one kind that a run is going to make.
type PlannedCalls struct {
	Kind      string
	Calls     int
	More      bool          // as many again as there are forms, or changes of rules, of which nothing is known yet
	PerMinute int           // the quota
	Least     time.Duration // from the first call to the last, by the quota
}

// Plan says which calls Run would make. It makes those that list the members,
// and stores nothing. All kinds are fetched side by side, so a run takes as long
// as the longest of them at least.
func (m *Mirror) Plan(ctx context.Context) (list []PlannedCalls, err error) {
	began, err := m.app.MirrorState(ctx, m.corp, roundState)
	if err != nil {
		return nil, err
	}
	m.today, _ = m.corp.Zone.DayAt(m.app.Now())
	if m.round = parseRound(began, m.app.Now()); m.round == 0 {
		m.round = m.app.Now()
	}
	cover, err := m.coverage(ctx)
	if err != nil {
		return nil, err
	}
	listed, calls, err := m.everybody(ctx)
	if err != nil {
		return nil, fmt.Errorf("members and departments: %w", err)
	}
	if _, err := m.users(ctx); err != nil { // for the last days that are known
		return nil, err
	}
	var users []attendance.UserID
	for i := range listed.Members {
		users = append(users, listed.Members[i].ID)
	}
	for i := range listed.Quit {
		u := listed.Quit[i].ID
		m.left[u] = min(cmp.Or(m.left[u], m.today-1), m.today)
		if m.left[u] >= m.opts.From {
			users = append(users, u)
		}
	}
	add := func(kind string, perMinute, calls int, more bool) {
		p := PlannedCalls{Kind: kind, Calls: calls, More: more, PerMinute: perMinute, Least: least(calls, perMinute)}
		if p.PerMinute == 0 {
			p.PerMinute = generalPerMinute
		}
		list = append(list, p)
	}
	add(contacts, 0, calls, false)
	seen, _, err := m.app.Sightings(ctx, m.corp)
	if err != nil {
		return nil, err
	}
	asks := 1
	k := newKnowledge(seen)
	k.left = m.left
	for _, q := range k.questions(users, m.opts.From, m.today) {
		asks += (len(q.users) + checkin.MaxUsers - 1) / checkin.MaxUsers
	}
	add(ruleList, 0, asks, true)
	for i := range kinds {
		add(kinds[i].name, kinds[i].perMinute, len(m.jobs(&kinds[i], cover, users)), false)
	}
	for _, l := range []*formList{&requestForms, &correctionForms} {
		calls, more, err := m.formCalls(ctx, l, cover)
		if err != nil {
			return nil, err
		}
		add(l.name, l.perMinute, calls, more)
	}
	return list, nil
}
