package app

import (
	"context"
	"fmt"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/engine"
	"github.com/dakahq/daka/internal/store"
)

// DayBasis is one member's day with all that it was judged by.
type DayBasis struct {
	Facts  attendance.Facts // Zone, AsOf, Options and Calendar
	Person attendance.Person
	Report *attendance.DayReport // nil for a day without one
	Closed bool                  // the day's month is closed: AsOf is when that was done
}

// DayBasis returns the report of a member's day as known at an instant (Unix
// seconds; 0 = now) with the facts it was made from, so that it can be
// explained. A day of a closed month is made again from what was known when
// the month was closed. It returns attendance.ErrUnknownUser.
func (a *App) DayBasis(ctx context.Context, corp *Corp, user attendance.UserID, day attendance.Day, asOf int64) (*DayBasis, error) {
	if asOf == 0 {
		asOf = a.Now()
	}
	b := &DayBasis{}
	err := a.db.Read(ctx, func(tx *store.Tx) error {
		states, err := tx.MonthStates(corp.ID, asOf)
		if err != nil {
			return err
		}
		for _, s := range states { // by time, so the last one holds
			if s.Month == monthOf(day) {
				b.Closed, b.Facts.AsOf = s.Closed, s.At
			}
		}
		if !b.Closed {
			b.Facts.AsOf = asOf
		}
		q := Query{Corp: corp, Users: []attendance.UserID{user}, First: day, Last: day, AsOf: b.Facts.AsOf}
		return a.eachMemberIn(ctx, tx, q, func(s *shared, e *engine.Evaluator, p *attendance.Person, _ *Member) error {
			b.Facts.Zone, b.Facts.Options, b.Facts.Calendar, b.Person = corp.Zone, s.opts, s.calendar, *p
			e.Days(&b.Person, day, day, func(r *attendance.DayReport) {
				kept := *r // its slices stay as they are: the evaluator goes no further
				b.Report = &kept
			})
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	if b.Person.ID == "" { // the contacts have the member, but had not then
		return nil, fmt.Errorf("userid %q at that moment: %w", user, attendance.ErrUnknownUser)
	}
	return b, nil
}
