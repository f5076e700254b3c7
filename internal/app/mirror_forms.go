package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// The kinds of coverage that a form which changes takes back: what WeCom has
// computed for its days is no longer that.
const (
	MirroredDays   = "days"
	MirroredMonths = "months"
)

// MirroredForm is an approval form as getapprovaldetail tells of it.
type MirroredForm struct {
	FormHead
	Decided    int64                  // when it came to its state, Unix seconds; 0 = not told
	Request    *attendance.Approval   // nil = none, or none that can be
	Correction *attendance.Correction // its due time is found here
	Slot       attendance.Slot        // what the correction answers
	At         int64                  // when it was asked about, Unix seconds
}

// HearOfForms keeps the numbers of forms that a page of a list brought, together
// with how far the list is read: a state as of SetMirrorState, or with b.Kind
// set the days that it is read to the end of.
func (a *App) HearOfForms(ctx context.Context, corp *Corp, kind attendance.ApprovalKind, numbers []string, b MirrorBatch, state, value string) error {
	return a.db.Write(ctx, func(tx *store.Tx) error {
		if err := tx.HearOfForms(corp.ID, kind, numbers); err != nil {
			return err
		}
		if b.Kind != "" {
			err := tx.Cover(corp.ID, Covered{Kind: b.Kind, First: b.First, Last: b.Last, At: b.At}, []attendance.UserID{""})
			if err != nil {
				return err
			}
		}
		return tx.SetMirrorState(corp.ID, state, value)
	})
}

// AskFormsAgain has forms asked about that are in another state than the known one.
func (a *App) AskFormsAgain(ctx context.Context, corp *Corp, numbers []string, states []attendance.ApprovalStatus) error {
	return a.db.Write(ctx, func(tx *store.Tx) error { return tx.AskFormsAgain(corp.ID, numbers, states) })
}

// FormsToAsk returns the numbers of the forms of a kind that were not asked
// about yet, or were pending when they were, before an instant.
func (a *App) FormsToAsk(ctx context.Context, corp *Corp, kind attendance.ApprovalKind, before int64) (numbers []string, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		forms, err := tx.FormsToAsk(corp.ID, kind, before)
		for i := range forms {
			numbers = append(numbers, forms[i].No)
		}
		return err
	})
	return numbers, err
}

// MirrorForms stores the requests and corrections of forms, where they are not
// what is known, and returns how many were new or had changed. Forms of members
// who are unknown, and those without a Request or Correction that can be, are
// kept as asked about, and nothing else of them.
func (a *App) MirrorForms(ctx context.Context, corp *Corp, forms []MirroredForm) (changed int, err error) {
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		m := formMirror{a: a, tx: tx, corp: corp, now: a.Now()}
		for i := range forms {
			if err := m.take(&forms[i]); err != nil {
				return fmt.Errorf("form %q: %w", forms[i].No, err)
			}
		}
		if changed = len(m.subjects); changed == 0 {
			return nil
		}
		return a.note(ctx, tx, corp.ID, act{"approvals.mirror", m.subjects, forms})
	})
	return changed, err
}

type formMirror struct {
	a        *App
	tx       *store.Tx
	corp     *Corp
	now      int64
	shared   *shared // when it was needed first
	subjects []string
}

func (m *formMirror) take(f *MirroredForm) error {
	known, err := m.tx.ResolveUsers(m.corp.ID, []attendance.UserID{f.User})
	if err != nil {
		return err
	}
	f.User = known[f.User.Fold()]
	was, heard, err := m.tx.FormNumbered(m.corp.ID, f.No)
	if err != nil {
		return err
	}
	changed := false
	switch {
	case f.User == "":
	case f.Request != nil:
		changed, err = m.request(f)
	case f.Correction != nil && f.Status == attendance.Passed && was.Status != attendance.Passed:
		changed, err = true, m.correction(f)
	}
	if err != nil {
		return err
	}
	if changed {
		m.subjects = append(m.subjects, userSubject(f.User))
		stale := cmp.Or(f.Decided, f.Applied)
		if heard && was.Status != 0 {
			stale = cmp.Or(f.Decided, m.now)
		}
		if err := m.uncover(f, stale); err != nil {
			return err
		}
	}
	return m.tx.PutForm(m.corp.ID, store.MirroredForm{
		No: f.No, User: f.User, Kind: f.Kind, Status: f.Status, Applied: f.Applied, AskedAt: f.At,
	})
}

// request stores the state of a request, unless it is known.
func (m *formMirror) request(f *MirroredForm) (changed bool, err error) {
	e := ApprovalEntry{User: f.User, Approval: *f.Request, Status: f.Status}
	e.No, e.KnownAt = f.No, cmp.Or(f.Decided, f.Applied)
	if _, _, err := checkApproval(m.corp.Zone, &e); errors.Is(err, ErrBadInput) {
		f.Request = nil
		return false, nil
	}
	have, err := m.tx.RequestsNumbered(m.corp.ID, f.No, 1<<62)
	if err != nil {
		return false, err
	}
	for i := range have {
		h := &have[i]
		if h.User != f.User {
			continue
		}
		last := h.States[len(h.States)-1]
		if last.Status == e.Status && sameRequest(&h.Approval, f.Request) {
			return false, nil
		}
		e.KnownAt = max(e.KnownAt, last.KnownAt+1)
		if f.Decided == 0 {
			e.KnownAt = max(m.now, last.KnownAt+1)
		}
	}
	return true, m.a.addApprovals(m.tx, m.corp, []ApprovalEntry{e})
}

func sameRequest(a, b *attendance.Approval) bool {
	return a.Kind == b.Kind && a.ByDay == b.ByDay && a.From == b.From && a.To == b.To &&
		a.Vacation == b.Vacation && slices.Equal(a.Slices, b.Slices)
}

// correction stores a correction that has passed, in the slot that it answers.
func (m *formMirror) correction(f *MirroredForm) (err error) {
	c := *f.Correction
	if c.Slot, err = m.slot(f.User, &c, f.Slot); err != nil {
		return err
	}
	c.By, c.KnownAt = attendance.ByApproval, cmp.Or(f.Decided, f.Applied)
	f.Correction.Slot = c.Slot
	return m.tx.AddCorrections(m.corp.ID, []store.Correction{{User: f.User, Correction: c}})
}

// slot returns the due time that a correction answers: of those of its end of a
// section the nearest. A form does not tell it.
func (m *formMirror) slot(user attendance.UserID, c *attendance.Correction, end attendance.Slot) (slot attendance.TimeOfDay, err error) {
	if m.shared == nil {
		if m.shared, err = m.a.share(m.tx, m.corp, m.now); err != nil {
			return 0, err
		}
	}
	before, after := m.shared.corp.Margin()
	people, err := m.tx.Facts(m.corp.ID, []attendance.UserID{user}, c.Day-before, c.Day+after, m.now, m.corp.Zone)
	if err != nil || len(people) == 0 {
		return attendance.NoTime, err
	}
	e := m.shared.corp.NewEvaluator()
	if end == attendance.NoSlot {
		return e.OpenSlot(&people[0], c.Day, c.At), nil
	}
	slot = attendance.NoTime
	nearest := int64(1 << 62)
	e.Days(&people[0], c.Day, c.Day, func(r *attendance.DayReport) {
		for i := range r.Kind.Sections {
			due := r.Kind.Sections[i].On
			if end == attendance.Off {
				due = r.Kind.Sections[i].Off
			}
			away := m.corp.Zone.At(c.Day, due) - c.At
			if away = max(away, -away); away < nearest {
				slot, nearest = due, away
			}
		}
	})
	return slot, nil
}

// uncover has the days of a form fetched again that were before an instant.
func (m *formMirror) uncover(f *MirroredForm, before int64) error {
	first, last := formDays(m.corp, &Form{Request: f.Request, Correction: f.Correction})
	for _, kind := range []string{MirroredDays, MirroredMonths} {
		c := Covered{Kind: kind, First: first, Last: last}
		if err := m.tx.Uncover(m.corp.ID, c, []attendance.UserID{f.User}, before); err != nil {
			return err
		}
	}
	return nil
}
