package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// ErrNoForm is returned for a number that no approval form has.
var ErrNoForm = errors.New("no such approval form")

// CorrectionForm is the kind of the form behind a correction that an approval
// made, numbered as in approval control data (document 91983).
const CorrectionForm attendance.ApprovalKind = 2

// FormHead is an approval form (审批单) as a list has it.
type FormHead struct {
	No      string // sp_no
	User    attendance.UserID
	Kind    attendance.ApprovalKind // CorrectionForm included
	Applied int64                   // when it became known first, Unix seconds
	Status  attendance.ApprovalStatus
}

// FormQuery asks for forms by when they were applied for. Of each list that is
// not empty one element must fit.
type FormQuery struct {
	From, To int64 // Unix seconds, both included
	Kinds    []attendance.ApprovalKind
	Statuses []attendance.ApprovalStatus
	Users    []attendance.UserID
	Depts    []attendance.DeptID // a member's own, not those above
	After    FormHead            // Applied and No: the last one had; zero = from the first
	Limit    int
}

// Forms returns a page of the forms of the members whom corp's caller sees, in
// the order of Applied and No; more reports whether others follow.
func (a *App) Forms(ctx context.Context, corp *Corp, q FormQuery) (page []FormHead, more bool, err error) {
	now := a.Now()
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		page, err = formHeads(tx, corp, &q, now)
		if err != nil {
			return err
		}
		page, err = visibleForms(tx, corp, page, &q, now)
		return err
	})
	if err != nil {
		return nil, false, err
	}
	slices.SortFunc(page, compareForms)
	if q.After.No != "" {
		at, found := slices.BinarySearchFunc(page, q.After, compareForms)
		if found {
			at++
		}
		page = page[at:]
	}
	if len(page) > q.Limit {
		return page[:q.Limit], true, nil
	}
	return page, false, nil
}

func compareForms(a, b FormHead) int {
	return cmp.Or(cmp.Compare(a.Applied, b.Applied), cmp.Compare(a.No, b.No))
}

// formHeads returns the forms that a query's times, kinds and statuses fit.
func formHeads(tx *store.Tx, corp *Corp, q *FormQuery, now int64) (heads []FormHead, err error) {
	requests, err := tx.RequestsSince(corp.ID, q.From, q.To, now)
	if err != nil {
		return nil, err
	}
	for i := range requests {
		heads = append(heads, requestHead(&requests[i], now))
	}
	corrections, err := tx.ApprovedCorrections(corp.ID, q.From, min(q.To, now), now)
	for i := range corrections {
		heads = append(heads, correctionHead(&corrections[i]))
	}
	return slices.DeleteFunc(heads, func(h FormHead) bool {
		return h.Applied < q.From || h.Applied > q.To ||
			len(q.Kinds) > 0 && !slices.Contains(q.Kinds, h.Kind) ||
			len(q.Statuses) > 0 && !slices.Contains(q.Statuses, h.Status)
	}), err
}

// visibleForms leaves out the forms of members whom the caller does not see or
// the query does not name. Who sees everything sees those of members who have
// been deleted, too.
func visibleForms(tx *store.Tx, corp *Corp, heads []FormHead, q *FormQuery, now int64) ([]FormHead, error) {
	if len(q.Users) > 0 {
		heads = slices.DeleteFunc(heads, func(h FormHead) bool {
			return !slices.ContainsFunc(q.Users, func(u attendance.UserID) bool { return u.Fold() == h.User.Fold() })
		})
	}
	users := make([]attendance.UserID, len(heads))
	for i := range heads {
		users[i] = heads[i].User
	}
	if corp.scope != nil {
		seen, err := corp.usersIn(tx, users)
		if err != nil {
			return nil, err
		}
		heads = slices.DeleteFunc(heads, func(h FormHead) bool { return seen[h.User.Fold()] == "" })
	}
	if len(q.Depts) == 0 || len(heads) == 0 {
		return heads, nil
	}
	members, err := tx.Members(corp.ID, now, users)
	fits := map[attendance.UserID]bool{}
	for i := range members {
		fits[members[i].ID] = slices.ContainsFunc(q.Depts, func(d attendance.DeptID) bool { return slices.Contains(members[i].Depts, d) })
	}
	return slices.DeleteFunc(heads, func(h FormHead) bool { return !fits[h.User] }), err
}

func requestHead(r *store.Request, now int64) FormHead {
	h := FormHead{No: r.No, User: r.User, Kind: r.Kind, Applied: r.States[0].KnownAt}
	h.Status, _ = r.StatusAt(now)
	return h
}

func correctionHead(c *store.NumberedCorrection) FormHead {
	h := FormHead{No: correctionNo(c), User: c.User, Kind: CorrectionForm, Applied: c.KnownAt, Status: attendance.Passed}
	if c.Withdrawn != 0 { // as far as it was read it is known
		h.Status = attendance.Revoked
	}
	return h
}

// correctionNo makes the number of a correction's form, which has none of its
// own: the day, the place among the day's, and the member.
func correctionNo(c *store.NumberedCorrection) string {
	return fmt.Sprintf("%d-%d-%s", c.Day.YMD(), c.Seq, c.User)
}

// correctionAt is the inverse of correctionNo.
func correctionAt(no string) (day attendance.Day, seq int64, user attendance.UserID, ok bool) {
	parts := strings.SplitN(no, "-", 3)
	if len(parts) < 3 {
		return 0, 0, "", false
	}
	ymd, err1 := strconv.ParseInt(parts[0], 10, 64)
	seq, err2 := strconv.ParseInt(parts[1], 10, 64)
	day, err3 := attendance.DayFromYMD(ymd)
	user = attendance.UserID(parts[2])
	return day, seq, user, errors.Join(err1, err2, err3) == nil && user.Valid()
}
