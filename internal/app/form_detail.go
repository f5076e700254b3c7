package app

import (
	"context"
	"fmt"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// Form is an approval form in full: with a Request, or with a Correction.
type Form struct {
	FormHead
	Dept    attendance.DeptID // the member's first; 0 when the member is gone
	Request *attendance.Approval
	// Days are the request's parts of its days, in their order.
	Days       []attendance.ApprovalSlice
	Correction *attendance.Correction
	Slot       attendance.Slot // what the correction answers; NoSlot where that is not known
}

// Form returns the approval form with a number as it is known now. Where
// members share a number it is the first one's. It returns ErrNoForm, also for
// a member whom corp's caller does not see.
func (a *App) Form(ctx context.Context, corp *Corp, no string) (form *Form, err error) {
	now := a.Now()
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		if form, err = readForm(tx, corp, no, now); err != nil {
			return err
		}
		seen, err := visibleForms(tx, corp, []FormHead{form.FormHead}, &FormQuery{}, now)
		if err != nil {
			return err
		}
		if len(seen) == 0 {
			return fmt.Errorf("sp_no %q: %w", no, ErrNoForm)
		}
		return a.fillForm(tx, corp, form, now)
	})
	if err != nil {
		return nil, err
	}
	return form, nil
}

func readForm(tx *store.Tx, corp *Corp, no string, now int64) (*Form, error) {
	requests, err := tx.RequestsNumbered(corp.ID, no, now)
	if err != nil {
		return nil, err
	}
	if len(requests) > 0 {
		r := &requests[0]
		return &Form{FormHead: requestHead(r, now), Request: &r.Approval}, nil
	}
	day, seq, user, ok := correctionAt(no)
	if !ok {
		return nil, fmt.Errorf("sp_no %q: %w", no, ErrNoForm)
	}
	corrections, err := tx.ApprovedCorrection(corp.ID, user, day, seq, now)
	if err != nil {
		return nil, err
	}
	if len(corrections) == 0 {
		return nil, fmt.Errorf("sp_no %q: %w", no, ErrNoForm)
	}
	c := &corrections[0]
	return &Form{FormHead: correctionHead(c), Correction: &c.Correction.Correction}, nil
}

// fillForm adds what the member and the rules say of a form.
func (a *App) fillForm(tx *store.Tx, corp *Corp, form *Form, now int64) error {
	users := []attendance.UserID{form.User}
	members, err := tx.Members(corp.ID, now, users)
	if err != nil {
		return err
	}
	if len(members) > 0 && len(members[0].Depts) > 0 {
		form.Dept = members[0].Depts[0]
	}
	s, err := a.share(tx, corp, now)
	if err != nil {
		return err
	}
	first, last := formDays(corp, form)
	before, after := s.corp.Margin()
	people, err := tx.Facts(corp.ID, users, first-before, last+after, now, corp.Zone)
	if err != nil || len(people) == 0 {
		return err
	}
	if form.Request != nil {
		form.Days = s.corp.RequestDays(&people[0], form.Request)
		return nil
	}
	s.corp.NewEvaluator().Days(&people[0], first, last, func(r *attendance.DayReport) {
		form.Slot = slotAt(r.Kind, form.Correction.Slot)
	})
	return nil
}

// formDays returns the days that a form is about.
func formDays(corp *Corp, form *Form) (first, last attendance.Day) {
	if form.Correction != nil {
		return form.Correction.Day, form.Correction.Day
	}
	first, _ = corp.Zone.DayAt(form.Request.From)
	last, _ = corp.Zone.DayAt(form.Request.To)
	return first, last
}

// slotAt returns which end of a section a due time is.
func slotAt(kind *attendance.DayKind, due attendance.TimeOfDay) attendance.Slot {
	for i := range kind.Sections {
		switch due {
		case kind.Sections[i].On:
			return attendance.On
		case kind.Sections[i].Off:
			return attendance.Off
		}
	}
	return attendance.NoSlot
}
