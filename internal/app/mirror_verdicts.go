package app

import (
	"context"
	"fmt"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// Verdict is a day report as WeCom itself gave it: checkin.DayData as JSON.
type Verdict struct {
	User      attendance.UserID
	Day       attendance.Day
	Doc       []byte
	FetchedAt int64 // Unix seconds
}

// MonthVerdict is the sums of a window as WeCom gave them: checkin.MonthData as
// JSON.
type MonthVerdict struct {
	User        attendance.UserID
	First, Last attendance.Day // both included
	Doc         []byte
	FetchedAt   int64 // Unix seconds
}

// AddVerdicts keeps reports of WeCom's, all or none, each in the place of the
// one about the same member and days. They are no facts: nothing is computed
// from them. It returns attendance.ErrUnknownUser, and ErrBadInput for days that
// cannot be.
func (a *App) AddVerdicts(ctx context.Context, corp *Corp, days []Verdict, months []MonthVerdict) error {
	return a.db.Write(ctx, func(tx *store.Tx) error { return addVerdicts(tx, corp, days, months) })
}

func addVerdicts(tx *store.Tx, corp *Corp, days []Verdict, months []MonthVerdict) error {
	dayRows := make([]store.Verdict, len(days))
	for i, v := range days {
		dayRows[i] = store.Verdict{User: v.User, First: v.Day, Last: v.Day, Doc: v.Doc, FetchedAt: v.FetchedAt}
	}
	monthRows := make([]store.Verdict, len(months))
	for i, v := range months {
		monthRows[i] = store.Verdict{User: v.User, First: v.First, Last: v.Last, Doc: v.Doc, FetchedAt: v.FetchedAt}
	}
	for _, rows := range [][]store.Verdict{dayRows, monthRows} {
		if err := spellVerdicts(tx, corp, rows); err != nil {
			return err
		}
	}
	if err := tx.PutVerdicts(corp.ID, dayRows); err != nil {
		return err
	}
	return tx.PutMonthVerdicts(corp.ID, monthRows)
}

// spellVerdicts puts the contacts' spelling into the userids, and checks the days.
func spellVerdicts(tx *store.Tx, corp *Corp, rows []store.Verdict) error {
	w := factWriter{tx: tx, corp: corp}
	if err := w.spell(len(rows), func(i int) *attendance.UserID { return &rows[i].User }); err != nil {
		return fmt.Errorf("verdicts%w", err)
	}
	for i := range rows {
		if r := &rows[i]; !r.First.Valid() || !r.Last.Valid() || r.Last < r.First {
			return badInput("verdicts[%d]: days %s to %s", i, r.First, r.Last)
		}
	}
	return nil
}

// Verdicts calls visit with the day reports of WeCom's that are kept, in the
// order of userids and days; nil users means all. Userids are in the contacts'
// spelling, and those without a report, members or not, are passed over. visit
// may read nothing else of the database.
func (a *App) Verdicts(ctx context.Context, corp *Corp, users []attendance.UserID, first, last attendance.Day, visit func(Verdict) error) error {
	return a.db.Read(ctx, func(tx *store.Tx) error {
		return tx.Verdicts(corp.ID, users, first, last, func(v store.Verdict) error {
			return visit(Verdict{v.User, v.First, v.Doc, v.FetchedAt})
		})
	})
}

// MonthVerdicts is Verdicts for the sums that begin and end within the days, in
// the order of userids, first and last days.
func (a *App) MonthVerdicts(ctx context.Context, corp *Corp, users []attendance.UserID, first, last attendance.Day, visit func(MonthVerdict) error) error {
	return a.db.Read(ctx, func(tx *store.Tx) error {
		return tx.MonthVerdicts(corp.ID, users, first, last, func(v store.Verdict) error {
			return visit(MonthVerdict{v.User, v.First, v.Last, v.Doc, v.FetchedAt})
		})
	})
}
