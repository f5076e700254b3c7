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

// MirroredForm is an approval form as getapprovaldetail tells of it. One that is
// not there any more has a Status of Removed and nothing else.
type MirroredForm struct {
	FormHead
	Others     []attendance.UserID    // for whom it was handed in, beside User
	Decided    int64                  // when it came to its state, Unix seconds; 0 = not told
	Request    *attendance.Approval   // nil = none, or none that can be
	Correction *attendance.Correction // its due time is found here
	Slot       attendance.Slot        // what the correction answers
	At         int64                  // when it was asked about, Unix seconds
}

// MirroredForms says what came of forms.
type MirroredForms struct {
	Changed  int      // were new, or not what was known
	Unknown  []string // the numbers of those that count, and of a member who is unknown
	Unusable []string // the numbers of those that count, without a request or correction that can be
}

// HearOfForms keeps the numbers of forms that a page of a list brought, together
// with how far the list is read: a state as of SetMirrorState.
func (a *App) HearOfForms(ctx context.Context, corp *Corp, kind attendance.ApprovalKind, numbers []string, state, value string) error {
	return a.db.Write(ctx, func(tx *store.Tx) error {
		if err := tx.HearOfForms(corp.ID, kind, numbers); err != nil {
			return err
		}
		return tx.SetMirrorState(corp.ID, state, value)
	})
}

// AskFormsAgain has forms asked about that are in another state than the known one.
func (a *App) AskFormsAgain(ctx context.Context, corp *Corp, numbers []string, states []attendance.ApprovalStatus) error {
	return a.db.Write(ctx, func(tx *store.Tx) error { return tx.AskFormsAgain(corp.ID, numbers, states) })
}

// AskOlderForms has forms asked about that passed, were handed in before an
// instant and asked about before another one, and are about a day or later ones.
func (a *App) AskOlderForms(ctx context.Context, corp *Corp, handedIn, asked int64, from attendance.Day) error {
	return a.db.Write(ctx, func(tx *store.Tx) error { return tx.AskOlderForms(corp.ID, handedIn, asked, from) })
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

// DeferForm notes that a form could not be read at an instant: FormsToAsk leaves
// it out for most of a day.
func (a *App) DeferForm(ctx context.Context, corp *Corp, no string, at int64) error {
	return a.db.Write(ctx, func(tx *store.Tx) error { return tx.DeferForm(corp.ID, no, at) })
}

// MirrorForms stores the requests and corrections of forms, where they are not
// what is known: one that counts no more is taken back. Forms of members who are
// unknown, and those without a Request or Correction that can be, are kept as
// asked about, and nothing else of them.
func (a *App) MirrorForms(ctx context.Context, corp *Corp, forms []MirroredForm) (done MirroredForms, err error) {
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		m := formMirror{a: a, tx: tx, corp: corp, now: a.Now()}
		for i := range forms {
			if err := m.take(&forms[i]); err != nil {
				return fmt.Errorf("form %q: %w", forms[i].No, err)
			}
		}
		if done = m.done; done.Changed == 0 {
			return nil
		}
		return a.note(ctx, tx, corp.ID, act{"approvals.mirror", m.subjects, forms})
	})
	return done, err
}

type formMirror struct {
	a        *App
	tx       *store.Tx
	corp     *Corp
	now      int64
	shared   *shared // when it was needed first
	done     MirroredForms
	subjects []string
}

// share fills m.shared.
func (m *formMirror) share() (err error) {
	if m.shared == nil {
		m.shared, err = m.a.share(m.tx, m.corp, m.now)
	}
	return err
}

// take stores what a form brings for each of its members.
func (m *formMirror) take(f *MirroredForm) error {
	was, _, err := m.tx.FormNumbered(m.corp.ID, f.No)
	if err != nil {
		return err
	}
	if f.At == 0 && was.AskedAt != 0 && was.Status != attendance.Pending {
		return nil // a report tells less of it than the form has
	}
	users, strangers, err := m.members(f)
	if err != nil {
		return err
	}
	before, usable := len(m.subjects), f.Request != nil || f.Correction != nil
	if f.Status == attendance.Removed && !usable {
		err, users = m.gone(f), []attendance.UserID{was.User}
	}
	for _, u := range users {
		one := *f
		one.User = u
		switch {
		case err != nil || !usable:
		case f.Request != nil:
			usable, err = m.request(&one)
		default:
			err = m.correction(&one, was.Status)
		}
	}
	if err != nil {
		return err
	}
	if len(m.subjects) > before {
		m.done.Changed++
	}
	if counts(f.Status) {
		switch {
		case !usable:
			m.done.Unusable = append(m.done.Unusable, f.No)
		case strangers:
			m.done.Unknown = append(m.done.Unknown, f.No)
		}
	}
	form := store.MirroredForm{No: f.No, Kind: f.Kind, Status: f.Status, Applied: f.Applied, AskedAt: f.At}
	if len(users) == 1 && !strangers { // those of strangers are asked about again: see AskStrangersForms
		form.User = users[0]
	}
	return m.tx.PutForm(m.corp.ID, form)
}

// counts reports whether forms in a state change reports.
func counts(s attendance.ApprovalStatus) bool { return s == attendance.Passed || s == attendance.Paid }

// members returns the known ones of those whom a form is for, and whether there
// are others.
func (m *formMirror) members(f *MirroredForm) (users []attendance.UserID, strangers bool, err error) {
	all := append([]attendance.UserID{f.User}, f.Others...)
	known, err := m.tx.ResolveUsers(m.corp.ID, all)
	for _, u := range all {
		id, ok := known[u.Fold()]
		if ok && !slices.Contains(users, id) {
			users = append(users, id)
		}
		strangers = strangers || !ok
	}
	return users, strangers, err
}

// changed notes that a form has changed what is known of a member, and has the
// days that were fetched before an instant fetched again.
func (m *formMirror) changed(user attendance.UserID, form *Form, before int64) error {
	m.subjects = append(m.subjects, userSubject(user))
	first, last := formDays(m.corp, form)
	for _, kind := range []string{MirroredDays, MirroredMonths} {
		c := Covered{Kind: kind, First: first, Last: last}
		if err := m.tx.Uncover(m.corp.ID, c, []attendance.UserID{user}, before); err != nil {
			return err
		}
	}
	return nil
}

// request stores the state of a request, unless it is known; usable is false for
// one that cannot be.
func (m *formMirror) request(f *MirroredForm) (usable bool, err error) {
	asked, err := m.plain(f.Request)
	if err != nil {
		return true, err
	}
	e := ApprovalEntry{User: f.User, Approval: *asked, Status: f.Status}
	e.No, e.KnownAt = f.No, cmp.Or(f.Decided, f.Applied)
	if _, _, err := checkApproval(m.corp.Zone, &e); errors.Is(err, ErrBadInput) {
		return false, nil
	}
	have, err := m.tx.RequestsNumbered(m.corp.ID, f.No, 1<<62)
	if err != nil {
		return true, err
	}
	for i := range have {
		h := &have[i]
		if h.User != f.User {
			continue
		}
		last := h.States[len(h.States)-1]
		if last.Status == e.Status && sameRequest(&h.Approval, asked) {
			return true, nil
		}
		e.KnownAt = m.since(f.Decided, last.KnownAt)
	}
	if err := m.a.addApprovals(m.tx, m.corp, []ApprovalEntry{e}); err != nil {
		return true, err
	}
	return true, m.changed(f.User, &Form{Request: f.Request}, e.KnownAt)
}

// plain returns overtime by hours without slices that say what its time on each
// natural day comes to anyway: with slices it would count by days, and where its
// own minutes lie would not. Those that say something else stay, as does any
// other request.
func (m *formMirror) plain(a *attendance.Approval) (*attendance.Approval, error) {
	if a.Kind != attendance.OvertimeApproval || a.ByDay || len(a.Slices) == 0 {
		return a, nil
	}
	if err := m.share(); err != nil {
		return nil, err
	}
	bare := *a
	bare.Slices = nil
	told := slices.Clone(a.Slices)
	slices.SortFunc(told, func(a, b attendance.ApprovalSlice) int { return cmp.Compare(a.Day, b.Day) })
	if slices.Equal(told, m.shared.corp.RequestDays(&attendance.Person{}, &bare)) {
		return &bare, nil
	}
	return a, nil
}

// since returns when a state became known that follows another: when it was
// decided if that is told and later, for forms that are taken back may tell
// their first decision alone, and now otherwise.
func (m *formMirror) since(decided, last int64) int64 {
	if decided > last {
		return decided
	}
	return max(m.now, last+1)
}

func sameRequest(a, b *attendance.Approval) bool {
	return a.Kind == b.Kind && a.ByDay == b.ByDay && a.From == b.From && a.To == b.To &&
		a.Vacation == b.Vacation && slices.Equal(a.Slices, b.Slices)
}

// gone takes back all that a form brought that is not there any more.
func (m *formMirror) gone(f *MirroredForm) error {
	have, err := m.tx.RequestsNumbered(m.corp.ID, f.No, 1<<62)
	if err != nil {
		return err
	}
	for i := range have {
		h := &have[i]
		last := h.States[len(h.States)-1]
		if !counts(last.Status) && last.Status != attendance.Pending {
			continue
		}
		e := ApprovalEntry{User: h.User, Approval: h.Approval, Status: attendance.Removed, KnownAt: m.since(0, last.KnownAt)}
		if err := m.a.addApprovals(m.tx, m.corp, []ApprovalEntry{e}); err != nil {
			return err
		}
		if err := m.changed(h.User, &Form{Request: &h.Approval}, e.KnownAt); err != nil {
			return err
		}
	}
	links, err := m.tx.FormCorrections(m.corp.ID, f.No)
	for i := range links {
		if err == nil {
			err = m.retract(&links[i], 0)
		}
	}
	return err
}
