package app

import (
	"context"
	"slices"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// FirstDay is the day of a member's first punch.
type FirstDay struct {
	User attendance.UserID
	Day  attendance.Day
}

// MirrorFirstDays has members who became known at an instant or later, and have
// punched before their first day, employed from the day of their first punch
// on: they were there, and the app did not see them. One with the name of
// somebody who has left is passed over, for the punches may be of both.
func (a *App) MirrorFirstDays(ctx context.Context, corp *Corp, since int64) (moved []FirstDay, err error) {
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		moved = nil
		members, err := tx.Members(corp.ID, a.Now(), nil)
		if err != nil {
			return err
		}
		gone := map[string]bool{}
		asked := false
		for i := range members {
			m := &members[i]
			gone[m.Name] = gone[m.Name] || m.Left < attendance.MaxDay
			asked = asked || m.KnownAt >= since && m.Joined > attendance.MinDay
		}
		if !asked {
			return nil
		}
		first, err := tx.FirstPunches(corp.ID)
		if err != nil {
			return err
		}
		before, err := tx.Members(corp.ID, since-1, nil)
		if err != nil {
			return err
		}
		known := map[attendance.UserID]bool{} // and since changed: their first days stand
		for i := range before {
			known[before[i].ID] = true
		}
		var versions []store.Member
		for _, m := range members {
			at, punched := first[m.ID]
			day, _ := corp.Zone.DayAt(at)
			if !punched || m.KnownAt < since || known[m.ID] || day >= m.Joined || gone[m.Name] {
				continue
			}
			m.KnownAt, m.Joined = a.Now(), day
			versions = append(versions, m)
			moved = append(moved, FirstDay{m.ID, day})
		}
		return a.mirrorVersions(ctx, tx, corp, versions, moved)
	})
	return moved, err
}

// mirrorVersions adds versions of members, if there are any, and notes what was
// decided of them.
func (a *App) mirrorVersions(ctx context.Context, tx *store.Tx, corp *Corp, versions []store.Member, decided any) error {
	if len(versions) == 0 {
		return nil
	}
	if err := tx.AddMembers(corp.ID, versions); err != nil {
		return err
	}
	subjects := userSubjects(len(versions), func(i int) attendance.UserID { return versions[i].ID })
	return a.note(ctx, tx, corp.ID, act{"directory.mirror", subjects, decided})
}

// LateStarters returns the members whose first day is not known and whose first
// punch since a day is more than so many days after the corporation's, in the
// order of days. If they joined then, they are absent on the days before.
func (a *App) LateStarters(ctx context.Context, corp *Corp, since, days attendance.Day) (late []FirstDay, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		members, err := tx.Members(corp.ID, a.Now(), nil)
		if err != nil {
			return err
		}
		first, err := tx.FirstPunches(corp.ID)
		if err != nil {
			return err
		}
		for _, m := range members {
			if at, punched := first[m.ID]; punched && m.Joined == attendance.MinDay {
				day, _ := corp.Zone.DayAt(at)
				late = append(late, FirstDay{m.ID, max(day, since)}) // of some there may be older ones
			}
		}
		return nil
	})
	slices.SortStableFunc(late, func(a, b FirstDay) int { return int(a.Day - b.Day) })
	if len(late) > 0 {
		begin := late[0].Day + days
		late = slices.DeleteFunc(late, func(f FirstDay) bool { return f.Day <= begin })
	}
	return late, err
}
