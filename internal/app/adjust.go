package app

import (
	"context"
	"fmt"
	"reflect"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/engine"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/wire"
)

// Adjustment is a day of a closed month that would read otherwise by what is
// known now. A side without a row is nil.
type Adjustment struct {
	User   attendance.UserID
	Name   string // as it is now
	Day    attendance.Day
	Closed *checkin.DayData // as it was closed
	Now    *checkin.DayData // as it would be
}

// Adjustments returns the days of a closed month that facts which became known
// after its closing would change, by member and day. It returns ErrMonthOpen.
func (a *App) Adjustments(ctx context.Context, corp *Corp, m MonthOf) (all []Adjustment, err error) {
	first, last, err := m.Days()
	if err != nil {
		return nil, err
	}
	q := Query{Corp: corp, First: first, Last: last, AsOf: a.Now()}
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		closed, err := closedMonths(tx, corp, q.AsOf)
		if err != nil {
			return err
		}
		if closed[m.number()] == 0 {
			return fmt.Errorf("adjustments of %s: %w", m, ErrMonthOpen)
		}
		return a.eachMemberIn(ctx, tx, q, func(s *shared, e *engine.Evaluator, p *attendance.Person, _ *Member) error {
			kept := map[attendance.Day]*checkin.DayData{}
			s.closed.visit(e, p, first, last, func(r *attendance.DayReport) { kept[r.Day] = dayData(corp, r) })
			fresh := map[attendance.Day]*checkin.DayData{}
			e.Days(p, first, last, func(r *attendance.DayReport) { fresh[r.Day] = dayData(corp, r) })
			for d := first; d <= last; d++ {
				if !reflect.DeepEqual(kept[d], fresh[d]) {
					all = append(all, Adjustment{p.ID, p.Name, d, kept[d], fresh[d]})
				}
			}
			return nil
		})
	})
	return all, err
}

// dayData is a report without the names of its member, which may change.
func dayData(corp *Corp, r *attendance.DayReport) *checkin.DayData {
	d := wire.DayDataOut(corp.Zone, r, wire.Who{})
	return &d
}
