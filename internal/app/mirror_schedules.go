package app

import (
	"context"
	"fmt"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// MirrorSchedules stores the shifts that a batch brought, where they are not
// what is known, and returns how many those are. A shift that is known and was
// not told was taken back, if it would have been told: only members who are
// under a shift rule now are told of, and only shifts that their rule offers now.
func (a *App) MirrorSchedules(ctx context.Context, corp *Corp, b MirrorBatch, shifts []ScheduleFact) (changed int, err error) {
	now := a.Now()
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		ids, err := b.cover(tx, corp)
		if err != nil {
			return err
		}
		w := factWriter{tx: tx, corp: corp, now: now}
		if err := w.spell(len(shifts), func(i int) *attendance.UserID { return &shifts[i].User }); err != nil {
			return fmt.Errorf("schedules%w", err)
		}
		have, err := tx.Schedules(corp.ID, ids, b.First, b.Last, now)
		if err != nil {
			return err
		}
		fresh := FactSet{Schedules: newShifts(have, shifts)}
		gone, err := a.takenBack(tx, corp, untold(have, shifts), now)
		if err != nil {
			return err
		}
		fresh.Schedules = append(fresh.Schedules, gone...)
		if changed = len(fresh.Schedules); changed == 0 {
			return nil
		}
		if err := w.schedules(&fresh); err != nil {
			return err
		}
		subjects := userSubjects(changed, func(i int) attendance.UserID { return fresh.Schedules[i].User })
		return a.note(ctx, tx, corp.ID, act{"schedules.mirror", subjects, fresh.Schedules})
	})
	return changed, err
}

// newShifts returns those shifts that are not known as they are told.
func newShifts(have []store.Scheduled, told []ScheduleFact) (fresh []ScheduleFact) {
	known := make(map[store.Scheduled]bool, len(have))
	plan := func(user attendance.UserID, day attendance.Day, group attendance.GroupID, shift attendance.ShiftID) store.Scheduled {
		return store.Scheduled{User: user, Scheduled: attendance.Scheduled{Day: day, Group: group, Shift: shift}}
	}
	for _, s := range have {
		known[plan(s.User, s.Day, s.Group, s.Shift)] = true
	}
	for _, s := range told {
		if !known[plan(s.User, s.Day, s.Group, s.Shift)] {
			fresh = append(fresh, s)
		}
	}
	return fresh
}

// untold returns the known shifts of days of which no shift is told.
func untold(have []store.Scheduled, told []ScheduleFact) (list []store.Scheduled) {
	type cell struct {
		user attendance.UserID
		day  attendance.Day
	}
	seen := make(map[cell]bool, len(told))
	for _, s := range told {
		seen[cell{s.User, s.Day}] = true
	}
	for _, s := range have {
		if !seen[cell{s.User, s.Day}] {
			list = append(list, s)
		}
	}
	return list
}

// takenBack returns what ends those of some shifts of which silence says that
// they were taken back.
func (a *App) takenBack(tx *store.Tx, corp *Corp, list []store.Scheduled, now int64) (ends []ScheduleFact, err error) {
	if len(list) == 0 {
		return nil, nil
	}
	s, err := a.share(tx, corp, now)
	if err != nil {
		return nil, err
	}
	under, err := s.groupsOf(tx, corp, usersOf(list), now)
	if err != nil {
		return nil, err
	}
	for _, x := range list {
		shifts, err := s.shifts(x.Group)
		if err != nil || shifts[x.Shift] == nil || under[x.User] != x.Group {
			continue // no reason to tell of it
		}
		ends = append(ends, ScheduleFact{Assignment: Assignment{x.User, x.Day, attendance.NoShift}, Group: x.Group})
	}
	return ends, nil
}

// usersOf returns the members of shifts, each once. They come in their order.
func usersOf(list []store.Scheduled) (users []attendance.UserID) {
	for _, x := range list {
		if len(users) == 0 || users[len(users)-1] != x.User {
			users = append(users, x.User)
		}
	}
	return users
}

// groupsOf returns the rules that members are under now; who is under none is
// left out.
func (s *shared) groupsOf(tx *store.Tx, corp *Corp, users []attendance.UserID, now int64) (map[attendance.UserID]attendance.GroupID, error) {
	today, _ := corp.Zone.DayAt(now)
	people, err := tx.Facts(corp.ID, users, today, today, now, corp.Zone)
	if err != nil {
		return nil, err
	}
	under := map[attendance.UserID]attendance.GroupID{}
	e := s.corp.NewEvaluator()
	for i := range people {
		if p := e.Rule(&people[i], today); p != nil {
			under[people[i].ID] = p.Rule().ID
		}
	}
	return under, nil
}
