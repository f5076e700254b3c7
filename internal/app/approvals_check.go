package app

import (
	"context"
	"errors"
	"fmt"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// ErrNoVacation is returned for a kind of leave that there is not.
var ErrNoVacation = errors.New("no such kind of leave")

// ApprovalCheck is what would become of an entry.
type ApprovalCheck struct {
	ApprovalEntry                            // as AddApprovals is to have it
	Days          []attendance.ApprovalSlice // what of it falls on which day
	Was           attendance.ApprovalStatus  // state of what goes by its number; 0 = nothing does
	Known         bool                       // nothing of it is new
	Overlaps      string                     // number of another request of the kind that stands for some of the time; "" = none
}

// CheckApprovals says what AddApprovals would do, and fills in what entries may
// leave out: a number, which is then a new one of the form that WeCom's have; of
// a kind of leave its id or its name; and with a number the kind, for another
// state of what goes by it, which without a userid are the requests of all members
// who share it. It returns attendance.ErrUnknownUser, ErrNoForm, ErrNoVacation and
// ErrBadInput.
func (a *App) CheckApprovals(ctx context.Context, corp *Corp, entries []ApprovalEntry) (checks []ApprovalCheck, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		book, err := openBook(tx, corp, a.Now())
		if err != nil {
			return err
		}
		full, err := book.fill(entries)
		if err != nil {
			return err
		}
		if err := refuseHeld(tx, corp, full); err != nil {
			return err
		}
		checks = make([]ApprovalCheck, len(full))
		for i := range full {
			if err := a.checkEntry(book, &full[i], &checks[i]); err != nil {
				return ofSeveral(i, len(full), err)
			}
		}
		return nil
	})
	return checks, err
}

// ofSeveral says of which entry an error is, where there are several.
func ofSeveral(i, n int, err error) error {
	if n == 1 {
		return err
	}
	return fmt.Errorf("approvals[%d]: %w", i, err)
}

func (a *App) checkEntry(book *requestBook, e *ApprovalEntry, c *ApprovalCheck) (err error) {
	if _, _, err = checkApproval(book.corp.Zone, e); err != nil {
		return err
	}
	c.ApprovalEntry = *e
	if old := book.numbered(e.User, e.No); old != nil {
		c.Was, _ = old.StatusAt(book.now)
		c.Known = c.Was == e.Status && sameRequest(&old.Approval, &e.Approval)
	}
	if other := book.overlapped(e); other != nil {
		c.Overlaps = other.No
	}
	book.add(e)
	c.Days, err = a.requestDays(book.tx, book.corp, e, book.now)
	return err
}

// fill completes entries.
func (b *requestBook) fill(entries []ApprovalEntry) (full []ApprovalEntry, err error) {
	var users []attendance.UserID
	for i := range entries {
		e := entries[i]
		if e.Kind == 0 {
			some, err := b.restated(&e)
			if err != nil {
				return nil, ofSeveral(i, len(entries), err)
			}
			full = append(full, some...)
			continue
		}
		if e.Kind == attendance.LeaveApproval && e.Vacation != (attendance.Vacation{}) {
			v, ok := b.vacation(e.Vacation)
			if !ok {
				return nil, ofSeveral(i, len(entries), fmt.Errorf("%w: there are %s; 9=育儿假 would be a new one", ErrNoVacation, b.vacationNames()))
			}
			e.Vacation = v
		}
		if e.No == "" {
			if e.No, err = b.number(); err != nil {
				return nil, err
			}
			e.New = true
		}
		full = append(full, e)
	}
	for i := range full {
		users = append(users, full[i].User)
	}
	known, err := b.tx.ResolveUsers(b.corp.ID, users)
	if err != nil {
		return nil, err
	}
	users = users[:0]
	seen := map[attendance.UserID]bool{}
	for i := range full {
		id, ok := known[full[i].User.Fold()]
		if !ok {
			return nil, ofSeveral(i, len(full), fmt.Errorf("userid %q: %w", full[i].User, attendance.ErrUnknownUser))
		}
		if full[i].User = id; !seen[id] {
			seen[id] = true
			users = append(users, id)
		}
	}
	return full, b.read(users)
}

// restated makes another state of what goes by a number.
func (b *requestBook) restated(e *ApprovalEntry) (entries []ApprovalEntry, err error) {
	requests, err := b.tx.RequestsNumbered(b.corp.ID, e.No, b.now)
	for i := range requests {
		r := &requests[i]
		if e.User != "" && e.User.Fold() != r.User.Fold() {
			continue
		}
		entry := ApprovalEntry{User: r.User, Approval: r.Approval, Status: e.Status, KnownAt: e.KnownAt}
		entry.States = nil
		entries = append(entries, entry)
	}
	if err == nil && len(entries) == 0 {
		err = fmt.Errorf("sp_no %q: %w", e.No, ErrNoForm)
	}
	return entries, err
}

// requestDays returns what of an entry falls on which day.
func (a *App) requestDays(tx *store.Tx, corp *Corp, e *ApprovalEntry, now int64) ([]attendance.ApprovalSlice, error) {
	s, err := a.share(tx, corp, now)
	if err != nil {
		return nil, err
	}
	return s.requestDays(tx, corp, e.User, &e.Approval, now)
}

// requestDays returns what of a member's request falls on which day.
func (s *shared) requestDays(tx *store.Tx, corp *Corp, user attendance.UserID, request *attendance.Approval, now int64) ([]attendance.ApprovalSlice, error) {
	person := &attendance.Person{ID: user}
	if request.Vacation.WorkdaysOnly { // which days are worked, the member's facts say
		first, last := request.SpanDays(corp.Zone)
		before, after := s.corp.Margin()
		people, err := tx.Facts(corp.ID, []attendance.UserID{user}, first-before, last+after, now, corp.Zone)
		if err != nil {
			return nil, err
		}
		if len(people) > 0 {
			person = &people[0]
		}
	}
	return s.corp.RequestDays(person, request), nil
}
