package app

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/engine"
	"github.com/dakahq/daka/internal/store"
)

// Errors of closing months.
var (
	ErrMonthRunning = errors.New("the month is not over: a day of it is still provisional")
	ErrMonthClosed  = errors.New("the month is closed")
	ErrMonthOpen    = errors.New("the month is not closed")
)

// MonthOf names a month.
type MonthOf struct {
	Year  int
	Month int // 1 to 12
}

// number is the month as yyyymm.
func (m MonthOf) number() int64 { return int64(m.Year)*100 + int64(m.Month) }

// String returns the month as 2006-01.
func (m MonthOf) String() string { return fmt.Sprintf("%04d-%02d", m.Year, m.Month) }

// Days returns the first and the last day of the month.
func (m MonthOf) Days() (first, last attendance.Day, err error) {
	first, err = attendance.DayFromYMD(m.number()*100 + 1)
	if err != nil {
		return 0, 0, badInput("month %s does not exist", m)
	}
	_, last = first.Month()
	return first, last, nil
}

func monthOf(d attendance.Day) int64 { return d.YMD() / 100 }

// MonthState is one act of closing or reopening a month.
type MonthState struct {
	Month  int64  `json:"month"` // yyyymm
	At     int64  `json:"at"`    // Unix seconds
	Closed bool   `json:"closed"`
	Actor  string `json:"actor"`
	Reason string `json:"reason"`
}

// CloseMonth keeps the reports of a month as the record of account: what
// becomes known later is stored but does not change them, see Adjustments. It
// returns ErrMonthRunning while a day of the month is provisional, and
// ErrMonthClosed.
func (a *App) CloseMonth(ctx context.Context, corp *Corp, m MonthOf, actor, reason string) error {
	first, last, err := m.Days()
	if err != nil {
		return err
	}
	if actor == "" {
		return badInput("actor: say who closes the month")
	}
	now := a.Now()
	if today, _ := corp.Zone.DayAt(now); today <= last {
		return fmt.Errorf("close %s: %w", m, ErrMonthRunning)
	}
	return a.db.Write(ctx, func(tx *store.Tx) error {
		if closed, err := closedMonths(tx, corp, now); err != nil {
			return err
		} else if closed[m.number()] != 0 {
			return fmt.Errorf("close %s: %w", m, ErrMonthClosed)
		}
		rec := newRecorder()
		err := a.eachMemberIn(ctx, tx, Query{Corp: corp, First: first, Last: last, AsOf: now}, func(_ *shared, e *engine.Evaluator, p *attendance.Person, _ *Member) (err error) {
			e.Days(p, first, last, func(r *attendance.DayReport) {
				switch {
				case err != nil:
				case r.Provisional:
					err = fmt.Errorf("close %s: %s of %q: %w", m, r.Day, r.User, ErrMonthRunning)
				default:
					err = rec.add(r)
				}
			})
			return err
		})
		if err != nil {
			return err
		}
		kinds, err := rec.shared()
		if err != nil {
			return err
		}
		seq, err := tx.AddMonthState(corp.ID, store.MonthState{Month: m.number(), At: now, Closed: true, Actor: actor, Reason: reason})
		if err != nil {
			return err
		}
		if err := tx.AddMonthRecords(corp.ID, m.number(), seq, append(rec.rows, kinds)); err != nil {
			return err
		}
		return a.note(ctx, tx, corp.ID, act{"month.close", []string{"month:" + m.String()}, []string{actor, reason}})
	})
}

// ReopenMonth lets a month's reports follow its facts again. The act is kept
// with who did it and why. It returns ErrMonthOpen.
func (a *App) ReopenMonth(ctx context.Context, corp *Corp, m MonthOf, actor, reason string) error {
	if actor == "" || reason == "" {
		return badInput("actor and reason: say who reopens the month and why")
	}
	now := a.Now()
	return a.db.Write(ctx, func(tx *store.Tx) error {
		closed, err := closedMonths(tx, corp, now)
		if err != nil {
			return err
		}
		if closed[m.number()] == 0 {
			return fmt.Errorf("reopen %s: %w", m, ErrMonthOpen)
		}
		if _, err = tx.AddMonthState(corp.ID, store.MonthState{Month: m.number(), At: now, Actor: actor, Reason: reason}); err != nil {
			return err
		}
		return a.note(ctx, tx, corp.ID, act{"month.reopen", []string{"month:" + m.String()}, []string{actor, reason}})
	})
}

// MonthStates returns every act of closing and reopening, by month and time.
func (a *App) MonthStates(ctx context.Context, corp *Corp) (all []MonthState, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		rows, err := tx.MonthStates(corp.ID, a.Now())
		for _, r := range rows {
			all = append(all, MonthState{Month: r.Month, At: r.At, Closed: r.Closed, Actor: r.Actor, Reason: r.Reason})
		}
		return err
	})
	return all, err
}

// closedMonths returns, of the months that are closed at an instant, which act
// closed them.
func closedMonths(tx *store.Tx, corp *Corp, asOf int64) (map[int64]int64, error) {
	states, err := tx.MonthStates(corp.ID, asOf)
	if err != nil {
		return nil, err
	}
	closed := map[int64]int64{}
	for _, s := range states {
		if s.Closed {
			closed[s.Month] = s.Seq
		} else {
			delete(closed, s.Month)
		}
	}
	return closed, nil
}

// closedDays are the reports of closed months, by member and day.
type closedDays struct {
	months map[int64]bool
	days   map[attendance.UserID]map[attendance.Day]*attendance.DayReport
}

// readClosed reads the reports of members that closed months of a query hold;
// nil when no month of it is closed.
func readClosed(tx *store.Tx, q *Query, closed map[int64]int64, users []attendance.UserID) (*closedDays, error) {
	c := &closedDays{months: map[int64]bool{}, days: map[attendance.UserID]map[attendance.Day]*attendance.DayReport{}}
	for d := q.First; d <= q.Last; d++ {
		if month := monthOf(d); closed[month] != 0 {
			if err := c.read(tx, q.Corp, month, closed[month], users); err != nil {
				return nil, fmt.Errorf("closed month %d: %w", month, err)
			}
		}
		_, d = d.Month()
	}
	if len(c.months) == 0 {
		return nil, nil
	}
	return c, nil
}

func (c *closedDays) read(tx *store.Tx, corp *Corp, month, seq int64, users []attendance.UserID) error {
	c.months[month] = true
	rows, err := tx.MonthRecords(corp.ID, month, seq, append(slices.Clone(users), ""))
	if err != nil || len(rows) == 0 {
		return err
	}
	kinds, err := readKinds(rows[0].Doc) // an empty userid sorts first
	if err != nil {
		return err
	}
	for _, row := range rows[1:] {
		r, err := readDay(row.Doc, kinds)
		if err != nil {
			return fmt.Errorf("%s of %q: %w", row.Day, row.User, err)
		}
		if c.days[row.User] == nil {
			c.days[row.User] = map[attendance.Day]*attendance.DayReport{}
		}
		c.days[row.User][row.Day] = r
	}
	return nil
}

// visit calls visit with a member's reports: those of closed months as they
// were kept, the others as the engine makes them.
func (c *closedDays) visit(e *engine.Evaluator, p *attendance.Person, first, last attendance.Day, visit func(*attendance.DayReport)) {
	if c == nil {
		e.Days(p, first, last, visit)
		return
	}
	for d := first; d <= last; {
		_, end := d.Month()
		end = min(end, last)
		if !c.months[monthOf(d)] {
			e.Days(p, d, end, visit)
		} else {
			for ; d <= end; d++ {
				if r := c.days[p.ID][d]; r != nil {
					visit(r)
				}
			}
		}
		d = end + 1
	}
}
