package app

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// ApprovalEntry is a state that a member's request has reached. States of the
// Approval is not looked at.
type ApprovalEntry struct {
	User attendance.UserID
	attendance.Approval
	Status  attendance.ApprovalStatus
	KnownAt int64 // when the state was reached, Unix seconds; 0 = now
	New     bool  `json:"-"` // the number is a new one: nothing may go by it yet
}

// longestApproval bounds a request, in days.
const longestApproval = 3 * 366

// ErrNumberTaken is returned for a new number by which something went meanwhile.
var ErrNumberTaken = errors.New("the number was taken meanwhile")

// AddApprovals stores states of requests, all or none. A request that changes
// is a newer entry with the same number. It returns attendance.ErrUnknownUser,
// ErrNumberTaken, and ErrBadInput for a request without a number, with that of
// another member's different request, of no known kind or state, or that ends
// before it begins.
func (a *App) AddApprovals(ctx context.Context, corp *Corp, entries []ApprovalEntry) error {
	return a.db.Write(ctx, func(tx *store.Tx) error {
		if err := refuseHeld(tx, corp, slices.DeleteFunc(slices.Clone(entries), func(e ApprovalEntry) bool { return e.New })); err != nil {
			return err
		}
		if err := a.addApprovals(tx, corp, entries); err != nil {
			return err
		}
		users := make([]string, len(entries))
		for i := range entries {
			users[i] = userSubject(entries[i].User)
		}
		return a.note(ctx, tx, corp.ID, act{"approvals.add", users, entries})
	})
}

func (a *App) addApprovals(tx *store.Tx, corp *Corp, entries []ApprovalEntry) error {
	users := make([]attendance.UserID, len(entries))
	for i := range entries {
		users[i] = entries[i].User
	}
	known, err := tx.ResolveUsers(corp.ID, users)
	if err != nil {
		return err
	}
	rows := make([]store.Approval, len(entries))
	for i := range entries {
		e := &entries[i]
		id, ok := known[e.User.Fold()]
		if !ok {
			return fmt.Errorf("approvals[%d]: userid %q: %w", i, e.User, attendance.ErrUnknownUser)
		}
		first, last, err := checkApproval(corp.Zone, e)
		if err != nil {
			return fmt.Errorf("approvals[%d]: %w", i, err)
		}
		if e.New {
			taken, err := tx.RequestsNumbered(corp.ID, e.No, math.MaxInt64)
			if err == nil && len(taken) > 0 {
				err = fmt.Errorf("sp_no %q: %w", e.No, ErrNumberTaken)
			}
			if err != nil {
				return fmt.Errorf("approvals[%d]: %w", i, err)
			}
		}
		at := e.KnownAt
		if at == 0 {
			at = a.Now()
		}
		rows[i] = store.Approval{User: id, Approval: e.Approval, KnownAt: at, Status: e.Status, First: first, Last: last}
	}
	return tx.AddApprovals(corp.ID, rows)
}

// checkApproval returns the days that a request touches.
func checkApproval(zone *attendance.Zone, e *ApprovalEntry) (first, last attendance.Day, err error) {
	switch e.Kind {
	case attendance.LeaveApproval, attendance.TripApproval, attendance.OutingApproval, attendance.OvertimeApproval:
	default:
		return 0, 0, badInput("kind %d: 1 leave, 3 trip, 4 outing or 5 overtime", e.Kind)
	}
	switch e.Status {
	case attendance.Pending, attendance.Passed, attendance.Refuse, attendance.Withdrawn, attendance.Revoked, attendance.Removed, attendance.Paid:
	default:
		return 0, 0, badInput("status %d: 1, 2, 3, 4, 6, 7 or 10", e.Status)
	}
	first, _ = zone.DayAt(e.From)
	last, _ = zone.DayAt(e.To)
	switch {
	case e.No == "":
		return 0, 0, badInput("no: a number is needed")
	case !first.Valid() || !last.Valid():
		return 0, 0, badInput("from and to: not between 1970 and 2199")
	case e.To < e.From || e.To == e.From && !e.ByDay:
		return 0, 0, badInput("to: the request ends before it begins")
	case last-first > longestApproval:
		return 0, 0, badInput("to: more than %d days after from", longestApproval)
	}
	for i, s := range e.Slices {
		if !s.Day.Valid() || s.Seconds < 0 || s.Seconds > attendance.SecondsPerDay {
			return 0, 0, badInput("slices[%d]: a day and 0 to 86400 seconds are needed", i)
		}
		first, last = min(first, s.Day), max(last, s.Day)
	}
	return first, last, nil
}
