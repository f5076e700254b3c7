package app

import (
	"context"
	"fmt"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// Assignment gives one member one shift on one day; shift 0 is rest.
type Assignment struct {
	User  attendance.UserID
	Day   attendance.Day
	Shift attendance.ShiftID
}

// When says which days a change may touch.
type When bool

// FutureOnly is what callers over the wire may do; AnyDay is for histories
// that are made or taken over.
const (
	FutureOnly When = false
	AnyDay     When = true
)

// SetSchedules gives members shifts of a shift rule, all or none. It returns
// attendance.ErrUnknownGroup, ErrNotShiftRule, ErrUnknownUser, ErrUnknownShift,
// or ErrPastSchedule for a day that is not after today.
func (a *App) SetSchedules(ctx context.Context, corp *Corp, group attendance.GroupID, items []Assignment, when When) error {
	now := a.Now()
	today, _ := corp.Zone.DayAt(now)
	return a.db.Write(ctx, func(tx *store.Tx) error {
		s, err := a.share(tx, corp, now)
		if err != nil {
			return err
		}
		shifts, err := s.shifts(group)
		if err != nil {
			return err
		}
		users := make([]attendance.UserID, len(items))
		for i := range items {
			users[i] = items[i].User
		}
		known, err := corp.usersIn(tx, users)
		if err != nil {
			return err
		}
		entries := make([]store.Scheduled, 0, len(items))
		for i, item := range items {
			id, ok := known[item.User.Fold()]
			switch {
			case !ok:
				return fmt.Errorf("items[%d]: userid %q: %w", i, item.User, attendance.ErrUnknownUser)
			case item.Day <= today && when == FutureOnly:
				return fmt.Errorf("items[%d]: day %s: %w", i, item.Day, attendance.ErrPastSchedule)
			case item.Shift != 0 && shifts[item.Shift] == nil:
				return fmt.Errorf("items[%d]: schedule_id %d: %w", i, item.Shift, attendance.ErrUnknownShift)
			}
			entries = append(entries, store.Scheduled{User: id, Scheduled: attendance.Scheduled{
				Day: item.Day, Shift: item.Shift, Group: group, KnownAt: now,
			}})
		}
		if err := tx.AddSchedules(corp.ID, entries); err != nil {
			return err
		}
		subjects := userSubjects(len(entries), func(i int) attendance.UserID { return entries[i].User })
		return a.note(ctx, tx, corp.ID, act{"schedules.set", subjects, entries})
	})
}

// restShift is shift 0 of a rule that does not spell it out.
var restShift = attendance.Shift{Name: "休息"}

// shifts returns the shifts of the newest version of a shift rule.
func (s *shared) shifts(group attendance.GroupID) (map[attendance.ShiftID]*attendance.Shift, error) {
	rule, err := s.shiftRule(group)
	if err != nil {
		return nil, err
	}
	shifts := map[attendance.ShiftID]*attendance.Shift{0: &restShift}
	for j := range rule.Shifts {
		shifts[rule.Shifts[j].ID] = &rule.Shifts[j]
	}
	return shifts, nil
}

// shiftRule returns a shift rule in force.
func (s *shared) shiftRule(group attendance.GroupID) (*attendance.Rule, error) {
	for _, i := range s.standing() {
		if s.rules[i].Group != group {
			continue
		}
		rule := s.byRule[i].Rule()
		if rule.Type != attendance.ShiftRule {
			return nil, fmt.Errorf("rule %d: %w", group, attendance.ErrNotShiftRule)
		}
		return rule, nil
	}
	return nil, fmt.Errorf("rule %d: %w", group, attendance.ErrUnknownGroup)
}

// Schedules returns the shifts of members from one day to another, both
// included, in the order of members and days, one a day: where several rules
// planned one, that of the rule which the member is under, or what became known
// last. It returns attendance.ErrUnknownUser.
func (a *App) Schedules(ctx context.Context, corp *Corp, users []attendance.UserID, first, last attendance.Day) (out []attendance.ScheduledShift, err error) {
	now := a.Now()
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		ids, err := resolve(tx, corp, users, now)
		if err != nil {
			return err
		}
		s, err := a.share(tx, corp, now)
		if err != nil {
			return err
		}
		entries, err := tx.Schedules(corp.ID, ids, first, last, now)
		if err != nil {
			return err
		}
		if entries, err = s.oneADay(tx, corp, entries, now); err != nil {
			return err
		}
		for i := range entries {
			if shift, ok := s.scheduled(&entries[i]); ok {
				out = append(out, shift)
			}
		}
		return nil
	})
	return out, err
}

// oneADay leaves of the shifts of a day, which are in order, the one that counts.
func (s *shared) oneADay(tx *store.Tx, corp *Corp, entries []store.Scheduled, now int64) ([]store.Scheduled, error) {
	e := s.corp.NewEvaluator()
	days := entries[:0]
	for from, to := 0, 0; from < len(entries); from = to {
		for to = from + 1; to < len(entries) && entries[to].User == entries[from].User && entries[to].Day == entries[from].Day; to++ {
		}
		counts := entries[to-1]
		if to-from > 1 {
			people, err := tx.Facts(corp.ID, []attendance.UserID{counts.User}, counts.Day, counts.Day, now, corp.Zone)
			if err != nil {
				return nil, err
			}
			for i := from; i < to && len(people) > 0; i++ {
				if rule := e.Rule(&people[0], counts.Day); rule != nil && rule.Rule().ID == entries[i].Group {
					counts = entries[i]
				}
			}
		}
		days = append(days, counts)
	}
	return days, nil
}

// scheduled joins an entry of the plan with the rule that offers its shift; ok
// is false when the rule or the shift is gone.
func (s *shared) scheduled(entry *store.Scheduled) (shift attendance.ScheduledShift, ok bool) {
	shifts, err := s.shifts(entry.Group)
	if err != nil || shifts[entry.Shift] == nil {
		return shift, false
	}
	for _, i := range s.standing() {
		if s.rules[i].Group == entry.Group {
			shift.Rule = s.byRule[i].Rule()
		}
	}
	shift.User, shift.Day, shift.Shift = entry.User, entry.Day, shifts[entry.Shift]
	return shift, true
}
