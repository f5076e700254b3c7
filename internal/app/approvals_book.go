package app

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// requestBook is what is known of members' requests: by it others are looked at
// before they are stored.
type requestBook struct {
	tx        *store.Tx
	corp      *Corp
	now       int64
	vacations []VacationKind
	known     map[attendance.UserID][]store.Request
	today     string // as it stands in numbers
	numbers   int64  // of today's the last that is taken; -1 until asked for
}

func openBook(tx *store.Tx, corp *Corp, now int64) (*requestBook, error) {
	today, _ := corp.Zone.DayAt(now)
	b := &requestBook{
		tx: tx, corp: corp, now: now, known: map[attendance.UserID][]store.Request{},
		today: fmt.Sprintf("%08d", today.YMD()), numbers: -1,
	}
	var err error
	b.vacations, err = vacations(tx, corp, now)
	return b, err
}

// readersAtOnce bounds how many members' requests a query asks for.
const readersAtOnce = 100

// read gets the requests of members, in the contacts' spelling.
func (b *requestBook) read(users []attendance.UserID) error {
	for part := range slices.Chunk(users, readersAtOnce) {
		requests, err := b.tx.RequestsOf(b.corp.ID, part, b.now)
		if err != nil {
			return err
		}
		for _, r := range requests {
			b.known[r.User] = append(b.known[r.User], r)
		}
	}
	return nil
}

// add has an entry known from now on.
func (b *requestBook) add(e *ApprovalEntry) {
	r := store.Request{User: e.User, Approval: e.Approval}
	r.States = []attendance.ApprovalState{{KnownAt: b.now, Status: e.Status}}
	all := slices.DeleteFunc(b.known[e.User], func(k store.Request) bool { return k.No == e.No })
	b.known[e.User] = append(all, r)
}

// numbered returns a member's request with a number; nil = none.
func (b *requestBook) numbered(user attendance.UserID, no string) *store.Request {
	for i := range b.known[user] {
		if r := &b.known[user][i]; r.No == no {
			return r
		}
	}
	return nil
}

// alike returns a member's request for the very same, one that has the status
// before any that stands; nil = none.
func (b *requestBook) alike(e *ApprovalEntry) (found *store.Request) {
	for i := range b.known[e.User] {
		r := &b.known[e.User][i]
		if !asksAlike(&r.Approval, &e.Approval) {
			continue
		}
		status, _ := r.StatusAt(b.now)
		if status == e.Status {
			return r
		}
		if stands(status) {
			found = r
		}
	}
	return found
}

// takenBack returns a member's request for the very same that an entry would let
// stand, which was withdrawn or deleted; nil = none.
func (b *requestBook) takenBack(e *ApprovalEntry) *store.Request {
	if !stands(e.Status) {
		return nil
	}
	for i := range b.known[e.User] {
		r := &b.known[e.User][i]
		switch status, _ := r.StatusAt(b.now); status {
		case attendance.Withdrawn, attendance.Revoked, attendance.Removed:
			if asksAlike(&r.Approval, &e.Approval) {
				return r
			}
		}
	}
	return nil
}

// asksAlike reports whether a known request asks for what a table does, which does
// not tell how much falls on which day, nor what its kind of leave was called then.
func asksAlike(known, row *attendance.Approval) bool {
	return known.Kind == row.Kind && known.ByDay == row.ByDay && known.From == row.From && known.To == row.To &&
		known.Vacation.ID == row.Vacation.ID
}

// stands reports whether a request in a state holds its time: WeCom refuses
// another of the kind for it (errcode 301079).
func stands(status attendance.ApprovalStatus) bool {
	return status == attendance.Pending || status == attendance.Passed || status == attendance.Paid
}

// overlapped returns another request of the member that stands, of the same
// kind and for some of the same time; nil = none.
func (b *requestBook) overlapped(e *ApprovalEntry) *store.Request {
	if !stands(e.Status) {
		return nil
	}
	from, to := wallSpan(b.corp.Zone, &e.Approval)
	for i := range b.known[e.User] {
		r := &b.known[e.User][i]
		first, last := wallSpan(b.corp.Zone, &r.Approval)
		status, _ := r.StatusAt(b.now)
		if r.No != e.No && r.Kind == e.Kind && stands(status) && first < to && from < last {
			return r
		}
	}
	return nil
}

// wallSpan is when a request is for, on the wall clock.
func wallSpan(zone *attendance.Zone, a *attendance.Approval) (from, to int64) {
	from, to = zone.Wall(a.From), zone.Wall(a.To)
	if a.ByDay {
		const half = attendance.SecondsPerDay / 2
		from, to = from/half*half, to/half*half+half
	}
	return from, to
}

// number makes a new number of the form that WeCom's have: today's date and a
// count of four digits or more.
func (b *requestBook) number() (string, error) {
	if b.numbers < 0 {
		b.numbers = 0
		taken, err := b.tx.RequestNumbers(b.corp.ID, b.today)
		if err != nil {
			return "", err
		}
		for _, no := range taken {
			if n, err := strconv.ParseUint(no[len(b.today):], 10, 48); err == nil {
				b.numbers = max(b.numbers, int64(n))
			}
		}
	}
	b.numbers++
	return fmt.Sprintf("%s%04d", b.today, b.numbers), nil
}

// vacation finds the kind of leave that is meant, by its id, its name, for which
// 调休 is 调休假, or with both what there need not be yet. ok is false for none.
func (b *requestBook) vacation(v attendance.Vacation) (found attendance.Vacation, ok bool) {
	if v.ID > 0 && v.Name != "" {
		return v, true
	}
	if found, ok = b.vacationCalled(v); ok || v.Name == "" {
		return found, ok
	}
	if short, long := strings.CutSuffix(v.Name, "假"); long {
		v.Name = short
	} else {
		v.Name += "假"
	}
	return b.vacationCalled(v)
}

// vacationCalled finds the kind of leave with an id, or with exactly a name.
func (b *requestBook) vacationCalled(v attendance.Vacation) (found attendance.Vacation, ok bool) {
	for i := range b.vacations {
		k := &b.vacations[i]
		if v.ID > 0 && k.ID == v.ID || v.ID == 0 && k.Name == v.Name {
			found, ok = k.Vacation, true
			found.WorkdaysOnly = found.WorkdaysOnly || v.WorkdaysOnly
		}
	}
	return found, ok
}

// vacationNames lists the kinds of leave that there are.
func (b *requestBook) vacationNames() string {
	names := make([]string, len(b.vacations))
	for i := range b.vacations {
		names[i] = fmt.Sprintf("%d %s", b.vacations[i].ID, b.vacations[i].Name)
	}
	return strings.Join(names, ", ")
}
