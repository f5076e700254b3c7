package app

import (
	"context"
	"strings"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/engine"
	"github.com/dakahq/daka/internal/store"
)

// Query says whose reports are asked for, of which days, and as known when.
type Query struct {
	Corp        *Corp
	Users       []attendance.UserID // nil = every member
	First, Last attendance.Day      // both included
	AsOf        int64               // Unix seconds; 0 = now
}

// Member is what a report says of its member beside the userid.
type Member struct {
	ID      attendance.UserID
	Name    string
	Alias   string
	Departs string // full paths with "/", joined by ";"
}

// membersAtOnce is how many members' facts are in memory at a time.
const membersAtOnce = 500

// DayReports calls visit with each day report of the query, member by member
// in the order asked for and day by day. It is the one door to the reports. A
// report is good until visit returns, and its Member is as of its day. It returns
// attendance.ErrUnknownUser if a userid names nobody, before the first visit.
func (a *App) DayReports(ctx context.Context, q Query, visit func(*Member, *attendance.DayReport) error) error {
	return a.eachMember(ctx, q, func(s *shared, e *engine.Evaluator, p *attendance.Person, m *Member) (err error) {
		placed := placementOn(p, q.Last) // where m stands
		s.closed.visit(e, p, q.First, q.Last, func(r *attendance.DayReport) {
			if at := placementOn(p, r.Day); at != placed {
				placed, m = at, member(p, r.Day, s.names)
			}
			if err == nil {
				err = visit(m, r)
			}
		})
		return err
	})
}

// MonthReports calls visit with the fold of each member's days. A member
// without any has none. The Member is as of the query's last day.
func (a *App) MonthReports(ctx context.Context, q Query, visit func(*Member, *attendance.MonthReport) error) error {
	return a.eachMember(ctx, q, func(s *shared, e *engine.Evaluator, p *attendance.Person, m *Member) error {
		var month engine.Month
		s.closed.visit(e, p, q.First, q.Last, func(r *attendance.DayReport) { month.Add(r, s.opts.MonthExceptPlaces) })
		if report, ok := month.Report(); ok {
			return visit(m, &report)
		}
		return nil
	})
}

// eachMember reads the facts of a query, some members at a time and all as of
// one moment, and calls do for each.
func (a *App) eachMember(ctx context.Context, q Query, do func(*shared, *engine.Evaluator, *attendance.Person, *Member) error) error {
	if q.AsOf == 0 {
		q.AsOf = a.Now()
	}
	return a.db.Read(ctx, func(tx *store.Tx) error { return a.eachMemberIn(ctx, tx, q, do) })
}

func (a *App) eachMemberIn(ctx context.Context, tx *store.Tx, q Query, do func(*shared, *engine.Evaluator, *attendance.Person, *Member) error) error {
	users, err := resolve(tx, q.Corp, q.Users, q.AsOf)
	if err != nil {
		return err
	}
	s, err := a.share(tx, q.Corp, q.AsOf)
	if err != nil {
		return err
	}
	closed, err := closedMonths(tx, q.Corp, q.AsOf)
	if err != nil {
		return err
	}
	s.names = paths(s.depts)
	before, after := s.corp.Margin()
	e := s.corp.NewEvaluator()
	for len(users) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		n := min(len(users), membersAtOnce)
		if s.closed, err = readClosed(tx, &q, closed, users[:n]); err != nil {
			return err
		}
		people, err := tx.Facts(q.Corp.ID, users[:n], q.First-before, q.Last+after, q.AsOf, q.Corp.Zone)
		if err != nil {
			return err
		}
		for i := range people {
			p := &people[i]
			if err := do(s, e, p, member(p, q.Last, s.names)); err != nil {
				return err
			}
		}
		users = users[n:]
	}
	return nil
}

// member describes a person as of a day.
func member(p *attendance.Person, d attendance.Day, paths map[attendance.DeptID]string) *Member {
	m := &Member{ID: p.ID, Name: p.Name, Alias: p.Alias}
	if i := placementOn(p, d); i >= 0 {
		at := &p.Placements[i]
		full := make([]string, 0, len(at.Depts))
		for _, id := range at.Depts {
			if path := paths[id]; path != "" {
				full = append(full, path)
			}
		}
		m.Departs = strings.Join(full, ";")
	}
	return m
}

// placementOn returns the index of where a person stands on a day; before the
// first placement that is where the first one says, and -1 without any.
func placementOn(p *attendance.Person, d attendance.Day) int {
	at := min(0, len(p.Placements)-1)
	for i := range p.Placements {
		if p.Placements[i].From <= d {
			at = i
		}
	}
	return at
}
