package app

import (
	"context"
	"slices"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// FormOn is an approval form with whose it is and what it is for, as a list has it.
type FormOn struct {
	FormHead
	Name       string                 // of the member; "" when the member is gone
	Request    *attendance.Approval   // nil for a correction
	Seconds    int64                  // of the request; 86,400 are a day where it is by half days
	Correction *attendance.Correction // nil for a request
}

// FormsOn returns the approval forms for some days, both included, whenever they
// were handed in: of the members whom corp's caller sees, and of these the users
// unless there are none. Requests come first, in the order of users and numbers.
func (a *App) FormsOn(ctx context.Context, corp *Corp, users []attendance.UserID, first, last attendance.Day) ([]FormOn, error) {
	return a.formsOf(ctx, corp, users, func(tx *store.Tx, now int64) ([]store.Request, []store.NumberedCorrection, error) {
		requests, err := tx.RequestsTouching(corp.ID, corp.Zone.Midnight(first), corp.Zone.Midnight(last+1)-1, now)
		if err != nil {
			return nil, nil, err
		}
		requests = slices.DeleteFunc(requests, func(r store.Request) bool { // it may be for other days by now
			begin, end := r.SpanDays(corp.Zone)
			return begin > last || end < first
		})
		corrections, err := tx.ApprovedCorrectionsOn(corp.ID, first, last, now)
		return requests, corrections, err
	})
}

// FormsEntered is FormsOn for the forms that were handed in from one instant to
// another, in Unix seconds, both included.
func (a *App) FormsEntered(ctx context.Context, corp *Corp, users []attendance.UserID, from, to int64) ([]FormOn, error) {
	return a.formsOf(ctx, corp, users, func(tx *store.Tx, now int64) ([]store.Request, []store.NumberedCorrection, error) {
		requests, err := tx.RequestsSince(corp.ID, from, to, now)
		if err != nil {
			return nil, nil, err
		}
		requests = slices.DeleteFunc(requests, func(r store.Request) bool {
			applied := requestHead(&r, now).Applied
			return applied < from || applied > to
		})
		corrections, err := tx.ApprovedCorrections(corp.ID, from, min(to, now), now)
		return requests, corrections, err
	})
}

// formsOf makes forms of what read returns, as far as the caller sees them and they
// are of the users.
func (a *App) formsOf(ctx context.Context, corp *Corp, users []attendance.UserID,
	read func(tx *store.Tx, now int64) ([]store.Request, []store.NumberedCorrection, error)) (forms []FormOn, err error) {
	now := a.Now()
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		requests, corrections, err := read(tx, now)
		if err != nil {
			return err
		}
		for i := range requests {
			forms = append(forms, FormOn{FormHead: requestHead(&requests[i], now), Request: &requests[i].Approval})
		}
		for i := range corrections {
			forms = append(forms, FormOn{FormHead: correctionHead(&corrections[i]), Correction: &corrections[i].Correction.Correction})
		}
		if forms, err = visibleOn(tx, corp, forms, users, now); err != nil {
			return err
		}
		return a.fillFormsOn(tx, corp, forms, now)
	})
	return forms, err
}

// visibleOn is visibleForms for forms with more than their heads.
func visibleOn(tx *store.Tx, corp *Corp, forms []FormOn, users []attendance.UserID, now int64) ([]FormOn, error) {
	heads := make([]FormHead, len(forms))
	for i := range forms {
		heads[i] = forms[i].FormHead
	}
	heads, err := visibleForms(tx, corp, heads, &FormQuery{Users: users}, now)
	seen := map[FormHead]bool{}
	for _, h := range heads {
		seen[h] = true
	}
	return slices.DeleteFunc(forms, func(f FormOn) bool { return !seen[f.FormHead] }), err
}

// fillFormsOn adds the names and how long the requests are.
func (a *App) fillFormsOn(tx *store.Tx, corp *Corp, forms []FormOn, now int64) error {
	var users []attendance.UserID
	for i := range forms {
		users = append(users, forms[i].User)
	}
	if len(users) == 0 {
		return nil
	}
	members, err := tx.Members(corp.ID, now, users)
	if err != nil {
		return err
	}
	names := map[attendance.UserID]string{}
	for i := range members {
		names[members[i].ID] = members[i].Name
	}
	s, err := a.share(tx, corp, now)
	if err != nil {
		return err
	}
	for i := range forms {
		f := &forms[i]
		f.Name = names[f.User]
		if f.Request == nil {
			continue
		}
		days, err := s.requestDays(tx, corp, f.User, f.Request, now)
		if err != nil {
			return err
		}
		for _, d := range days {
			f.Seconds += int64(d.Seconds)
		}
	}
	return nil
}
