package app

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// A number is that of one form. Members share it where one form was handed in
// for all of them, and then it asks for the same of each: what is done with a
// number is done to everybody who has it.

// heldNumbers finds the entries whose number is that of another member's
// different request, and returns by the index of an entry the request that has
// it. Between entries the first has the number. An entry that asks for what its
// member's request with the number did before is never one of them: numbers that
// came to be shared otherwise can still be given another state.
func heldNumbers(tx *store.Tx, corp *Corp, entries []ApprovalEntry) (held map[int]store.Request, err error) {
	held = map[int]store.Request{}
	numbered := map[string][]int{}
	var order []string
	for i := range entries {
		no := entries[i].No
		if numbered[no] == nil {
			order = append(order, no)
		}
		numbered[no] = append(numbered[no], i)
	}
	for _, no := range order {
		there, err := tx.RequestsNumbered(corp.ID, no, math.MaxInt64)
		if err != nil {
			return nil, err
		}
		said := numbered[no]
		changed := func(r *store.Request) bool {
			return slices.ContainsFunc(said, func(i int) bool { return entries[i].User.Fold() == r.User.Fold() })
		}
		for n, i := range said {
			if other := heldBy(&entries[i], there, changed, entries, said[:n]); other != nil {
				held[i] = *other
			}
		}
	}
	return held, nil
}

// heldBy returns another member's different request with the number of an entry:
// one that is there and that no entry changes, or an earlier entry; nil = none.
func heldBy(e *ApprovalEntry, there []store.Request, changed func(*store.Request) bool, entries []ApprovalEntry, earlier []int) *store.Request {
	for i := range there {
		if r := &there[i]; r.User.Fold() == e.User.Fold() && asksAlike(&r.Approval, &e.Approval) {
			return nil
		}
	}
	for i := range there {
		if r := &there[i]; r.User.Fold() != e.User.Fold() && !changed(r) && !asksAlike(&r.Approval, &e.Approval) {
			return r
		}
	}
	for _, i := range earlier {
		if o := &entries[i]; o.User.Fold() != e.User.Fold() && !asksAlike(&o.Approval, &e.Approval) {
			return &store.Request{User: o.User, Approval: o.Approval}
		}
	}
	return nil
}

// refuseHeld is the error of the first entry whose number another member's
// different request has.
func refuseHeld(tx *store.Tx, corp *Corp, entries []ApprovalEntry) error {
	held, err := heldNumbers(tx, corp, entries)
	if err != nil {
		return err
	}
	for i := range entries {
		if r, ok := held[i]; ok {
			return ofSeveral(i, len(entries), badInput("sp_no %q is the number of another request, of %s", r.No, r.User))
		}
	}
	return nil
}

// FormsNumbered returns the forms with a number as they are known now, one for
// each member who shares it, the members whom corp's caller does not see left
// out. It returns ErrNoForm where none is left.
func (a *App) FormsNumbered(ctx context.Context, corp *Corp, no string) (forms []*Form, err error) {
	now := a.Now()
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		requests, err := tx.RequestsNumbered(corp.ID, no, now)
		if err != nil {
			return err
		}
		for i := range requests {
			forms = append(forms, &Form{FormHead: requestHead(&requests[i], now), Request: &requests[i].Approval})
		}
		if len(forms) == 0 {
			form, err := readForm(tx, corp, no, now)
			if err != nil {
				return err
			}
			forms = []*Form{form}
		}
		if forms, err = seenForms(tx, corp, forms, now); err != nil {
			return err
		}
		if len(forms) == 0 {
			return fmt.Errorf("sp_no %q: %w", no, ErrNoForm)
		}
		for _, form := range forms {
			if err := a.fillForm(tx, corp, form, now); err != nil {
				return err
			}
		}
		return nil
	})
	return forms, err
}

// seenForms leaves out the forms of members whom the caller does not see.
func seenForms(tx *store.Tx, corp *Corp, forms []*Form, now int64) ([]*Form, error) {
	heads := make([]FormHead, len(forms))
	for i, form := range forms {
		heads[i] = form.FormHead
	}
	heads, err := visibleForms(tx, corp, heads, &FormQuery{}, now)
	seen := map[attendance.UserID]bool{}
	for i := range heads {
		seen[heads[i].User] = true
	}
	return slices.DeleteFunc(forms, func(f *Form) bool { return !seen[f.User] }), err
}
