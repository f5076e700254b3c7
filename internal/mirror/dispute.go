package mirror

import (
	"context"
	"maps"
	"slices"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
)

// A rule that a member was under for a while in between is not found by halving.
// The day reports tell which rule counted on a day, and so where to ask.

// disputed returns the days on which reports have another rule than the member
// is thought to have been under. A report without a rule tells nothing: rest days
// may have none.
func (m *Mirror) disputed(reports []checkin.DayData) (days []app.Covered) {
	byUser := map[attendance.UserID][]app.Sighting{}
	slices.SortFunc(reports, func(a, b checkin.DayData) int { return int(a.BaseInfo.Date - b.BaseInfo.Date) })
	for i := range reports {
		base := &reports[i].BaseInfo
		user, group := attendance.UserID(base.AcctID), attendance.GroupID(base.RuleInfo.GroupID)
		if _, ok := byUser[user]; !ok {
			byUser[user] = m.known.history(user)
		}
		d, _ := m.corp.Zone.DayAt(base.Date)
		steps := byUser[user]
		asked := slices.ContainsFunc(m.known.members[user], func(s app.Sighting) bool { return s.Day == d })
		if group == 0 || len(steps) == 0 || asked || at(steps, d).Group == group {
			continue
		}
		same := func(c app.Covered) bool { return c.User == user && c.Last == d-1 }
		if at := slices.IndexFunc(days, same); at >= 0 {
			days[at].Last = d
		} else {
			days = append(days, app.Covered{User: user, First: d, Last: d})
		}
	}
	return days
}

// disputes asks about the ends of disputed days, and the days beside them, and
// makes the rules anew.
func (m *Mirror) disputes(ctx context.Context, users []attendance.UserID) error {
	days, err := m.app.Disputes(ctx, m.corp)
	if err != nil || len(days) == 0 {
		return err
	}
	ask := map[attendance.Day]map[attendance.UserID]bool{}
	for _, c := range days {
		for _, d := range []attendance.Day{c.First - 1, c.First, c.Last, c.Last + 1} {
			if d < m.opts.From || d > m.today || !slices.Contains(users, c.User) {
				continue
			}
			if ask[d] == nil {
				ask[d] = map[attendance.UserID]bool{}
			}
			ask[d][c.User] = true
		}
	}
	var jobs []job
	for _, d := range slices.Sorted(maps.Keys(ask)) {
		for part := range slices.Chunk(slices.Sorted(maps.Keys(ask[d])), checkin.MaxUsers) {
			jobs = append(jobs, job{part, d, d})
		}
	}
	m.tally.plan(ruleList, 0, len(jobs))
	if err := each(ctx, m, jobs, m.askRules); err != nil {
		return err
	}
	if err := m.memberRules(ctx, users); err != nil {
		return err
	}
	if err := m.makeRules(ctx); err != nil {
		return err
	}
	return m.app.SettleDisputes(ctx, m.corp, days)
}
