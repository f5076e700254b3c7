package app

import (
	"context"
	"fmt"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// earliestPunch is the first instant that a punch may carry, 2000-01-01 UTC:
// what lies before it is a clock that was never set.
const earliestPunch = 946_684_800

// latestAhead is how far a punch may lie ahead of our clock, in seconds: the
// clocks of devices are not exact.
const latestAhead = 86_400

// AddPunches stores punches, all or none, and returns how many were new and
// how many had been stored before. It is the one door to the punches. It
// returns attendance.ErrUnknownUser for a member that does not exist and
// ErrBadInput for a time that cannot be.
func (a *App) AddPunches(ctx context.Context, corp *Corp, punches []attendance.PunchRecord) (stored, repeated int, err error) {
	now := a.Now()
	users := make([]attendance.UserID, len(punches))
	for i := range punches {
		p := &punches[i]
		if err := checkPunchTime(corp, p.At, now); err != nil {
			return 0, 0, fmt.Errorf("record %d: %w", i, err)
		}
		users[i] = p.User
	}
	var known map[string]attendance.UserID
	err = a.db.Read(ctx, func(tx *store.Tx) (err error) {
		known, err = corp.usersIn(tx, users)
		return err
	})
	if err != nil {
		return 0, 0, err
	}
	records := make([]attendance.PunchRecord, len(punches))
	for i := range punches {
		r := punches[i]
		id, ok := known[r.User.Fold()]
		if !ok {
			return 0, 0, fmt.Errorf("record %d: userid %q: %w", i, r.User, attendance.ErrUnknownUser)
		}
		r.User, r.KnownAt = id, now
		records[i] = r
	}
	return a.db.InsertPunches(ctx, corp.ID, records)
}

// CheckPunchTime returns ErrBadInput for a time, in Unix seconds, that no punch
// may have, as AddPunches does.
func (a *App) CheckPunchTime(corp *Corp, at int64) error { return checkPunchTime(corp, at, a.Now()) }

func checkPunchTime(corp *Corp, at, now int64) error {
	if at >= earliestPunch && at <= now+latestAhead {
		return nil
	}
	if day, t := corp.Zone.DayAt(at); day.Valid() {
		return badInput("%s %s is not between 2000 and tomorrow", day, t)
	}
	return badInput("time %d is not between 2000 and tomorrow", at)
}
