package app

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"

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
	return a.db.Write(ctx, func(tx *store.Tx) error { _, err := addVerdicts(tx, corp, days, months); return err })
}

// addVerdicts keeps reports, and returns how many are others than those that
// were kept.
func addVerdicts(tx *store.Tx, corp *Corp, days []Verdict, months []MonthVerdict) (changed int, err error) {
	dayRows := make([]store.Verdict, len(days))
	for i, v := range days {
		dayRows[i] = store.Verdict{User: v.User, First: v.Day, Last: v.Day, Doc: v.Doc, FetchedAt: v.FetchedAt}
	}
	monthRows := make([]store.Verdict, len(months))
	for i, v := range months {
		monthRows[i] = store.Verdict{User: v.User, First: v.First, Last: v.Last, Doc: v.Doc, FetchedAt: v.FetchedAt}
	}
	for _, of := range []struct {
		rows []store.Verdict
		read verdictReader
		put  func(attendance.CorpID, []store.Verdict) error
	}{{dayRows, tx.Verdicts, tx.PutVerdicts}, {monthRows, tx.MonthVerdicts, tx.PutMonthVerdicts}} {
		if err := spellVerdicts(tx, corp, of.rows); err != nil {
			return 0, err
		}
		n, err := changedVerdicts(corp, of.rows, of.read)
		if err == nil {
			err = of.put(corp.ID, of.rows)
		}
		if err != nil {
			return 0, err
		}
		changed += n
	}
	return changed, nil
}

type verdictReader func(corp attendance.CorpID, users []attendance.UserID, first, last attendance.Day, visit func(store.Verdict) error) error

// changedVerdicts counts the documents that are not kept like that.
func changedVerdicts(corp *Corp, rows []store.Verdict, read verdictReader) (changed int, err error) {
	if len(rows) == 0 {
		return 0, nil
	}
	type about struct {
		user        attendance.UserID
		first, last attendance.Day
	}
	was := map[about][]byte{}
	users := map[attendance.UserID]bool{}
	first, last := rows[0].First, rows[0].Last
	for i := range rows {
		users[rows[i].User] = true
		first, last = min(first, rows[i].First), max(last, rows[i].Last)
	}
	err = read(corp.ID, slices.Collect(maps.Keys(users)), first, last, func(v store.Verdict) error {
		was[about{v.User, v.First, v.Last}] = v.Doc
		return nil
	})
	for i := range rows {
		if r := &rows[i]; !bytes.Equal(was[about{r.User, r.First, r.Last}], r.Doc) {
			changed++
		}
	}
	return changed, err
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
