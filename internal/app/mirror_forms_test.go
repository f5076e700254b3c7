package app_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

// formsOn is a mirror with a member, on whose forms the tests work.
type formsOn struct {
	*app.App
	t    *testing.T
	db   *store.DB
	corp *app.Corp
	day  attendance.Day
}

func newFormsOn(t *testing.T, db *store.DB) (*formsOn, *clock) {
	a, corp, now := mirrored(t, db)
	_, err := a.MirrorDirectory(context.Background(), corp, app.Directory{Members: []app.Contact{
		{ID: "a", Depts: []attendance.DeptID{1}}, {ID: "b", Depts: []attendance.DeptID{1}},
	}})
	must(t, err)
	return &formsOn{App: a, t: t, db: db, corp: corp, day: attendance.DayOf(2025, 9, 9)}, now
}

// form is a form that was handed in an hour before it was decided.
func (f *formsOn) form(no string, status attendance.ApprovalStatus, decided int64) app.MirroredForm {
	return app.MirroredForm{FormHead: app.FormHead{No: no, User: "a", Status: status, Applied: noon.Unix() - 90_000}, Decided: decided, At: f.Now()}
}

func (f *formsOn) outing(no string, status attendance.ApprovalStatus, decided int64) app.MirroredForm {
	x := f.form(no, status, decided)
	x.Request = &attendance.Approval{Kind: attendance.OutingApproval, From: f.corp.Zone.At(f.day, 36000), To: f.corp.Zone.At(f.day, 39600)}
	return x
}

func (f *formsOn) card(no string, status attendance.ApprovalStatus, decided int64) app.MirroredForm {
	x := f.form(no, status, decided)
	x.Kind = app.CorrectionForm
	x.Correction = &attendance.Correction{Day: f.day, Slot: attendance.NoTime, At: f.corp.Zone.At(f.day, 32400)}
	return x
}

func (f *formsOn) gone(no string) app.MirroredForm {
	return app.MirroredForm{FormHead: app.FormHead{No: no, Status: attendance.Removed}, At: f.Now()}
}

func (f *formsOn) take(want app.MirroredForms, forms ...app.MirroredForm) {
	f.t.Helper()
	got, err := f.MirrorForms(context.Background(), f.corp, forms)
	must(f.t, err)
	if diff := cmp.Diff(want, got); diff != "" {
		f.t.Errorf("(-want +got):\n%s", diff)
	}
}

// ends returns when the corrections of the day became known and were taken back.
func (f *formsOn) ends(user attendance.UserID) (list [][2]int64) {
	must(f.t, f.db.Read(context.Background(), func(tx *store.Tx) error {
		all, err := tx.Corrections(f.corp.ID, []attendance.UserID{user}, f.day, f.day, 1<<40)
		for _, c := range all {
			list = append(list, [2]int64{c.KnownAt, c.Withdrawn})
		}
		return err
	}))
	return list
}

// states returns the states of a request of a member.
func (f *formsOn) states(no string, user attendance.UserID) (list []attendance.ApprovalState) {
	must(f.t, f.db.Read(context.Background(), func(tx *store.Tx) error {
		all, err := tx.RequestsNumbered(f.corp.ID, no, 1<<40)
		for _, r := range all {
			if r.User == user {
				list = r.States
			}
		}
		return err
	}))
	return list
}

func (f *formsOn) want(what string, want, got any) {
	f.t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		f.t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// What passed and is revoked or not there any more is taken back: at the second
// at which that was decided, if it is told, and otherwise now.
func TestMirrorFormsTakenBack(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f, clock := newFormsOn(t, db)
		passed, changed := noon.Unix()-86_400, app.MirroredForms{Changed: 1}
		f.take(app.MirroredForms{Changed: 4}, f.card("c1", 2, passed), f.card("c2", 2, passed), f.outing("r1", 2, passed), f.outing("r2", 2, passed))
		f.take(app.MirroredForms{}, f.card("c1", 2, passed), f.outing("r1", 2, passed)) // as it was
		f.take(app.MirroredForms{}, f.card("c3", 1, 0), f.card("c4", 3, passed))
		clock.at = clock.at.Add(time.Hour)
		now := f.Now()
		f.take(changed, f.card("c1", 6, now-60))
		f.take(changed, f.gone("c2"))
		f.take(changed, f.outing("r1", 6, passed)) // of its first decision alone
		f.take(changed, f.gone("r2"))
		f.take(app.MirroredForms{}, f.gone("c2"), f.gone("r2"), f.card("c1", 6, now-60), f.gone("never heard of"))
		f.take(changed, f.card("c5", 6, passed)) // told first when it was revoked
		f.want("corrections", [][2]int64{{passed, now - 60}, {passed, now}, {passed, passed}}, f.ends("a"))
		f.want("revoked", []attendance.ApprovalState{{KnownAt: passed, Status: 2}, {KnownAt: now, Status: 6}}, f.states("r1", "a"))
		f.want("removed", []attendance.ApprovalState{{KnownAt: passed, Status: 2}, {KnownAt: now, Status: 7}}, f.states("r2", "a"))
		must(t, func() error { _, err := f.Erase(context.Background(), f.corp, "a"); return err }())
		must(t, db.Read(context.Background(), func(tx *store.Tx) error {
			left, err := tx.FormCorrections(f.corp.ID, "c1")
			if len(left) > 0 {
				t.Errorf("after the erasure: %+v", left)
			}
			return err
		}))
	})
}

// A correction whose form's number was not kept is found by its day and time.
func TestMirrorFormsOfBefore(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f, _ := newFormsOn(t, db)
		must(t, db.Write(context.Background(), func(tx *store.Tx) error {
			for _, hour := range []attendance.TimeOfDay{10, 9} {
				c := attendance.Correction{Day: f.day, Slot: attendance.NoTime, At: f.corp.Zone.At(f.day, hour*3600), KnownAt: 7, By: attendance.ByApproval}
				if err := tx.AddCorrections(f.corp.ID, []store.Correction{{User: "a", Correction: c}}); err != nil {
					return err
				}
			}
			return tx.PutForm(f.corp.ID, store.MirroredForm{No: "old", User: "a", Kind: app.CorrectionForm, Status: 2, Applied: 7, AskedAt: 7})
		}))
		f.take(app.MirroredForms{Changed: 1}, f.card("old", 6, 0))
		f.want("corrections", [][2]int64{{7, 0}, {7, f.Now()}}, f.ends("a"))
	})
}

// A form for several members is each of theirs; one of strangers, or without
// anything that counts, is told of while it is approved.
func TestMirrorFormsOfSeveral(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f, _ := newFormsOn(t, db)
		decided := noon.Unix() - 86_400
		request, card := f.outing("r", 2, decided), f.card("c", 2, decided)
		request.User, request.Others = "x", []attendance.UserID{"A", "b", "a"}
		card.Others = []attendance.UserID{"b"}
		stranger, empty, pending := f.outing("s", 2, decided), f.form("e", 2, decided), f.form("p", 1, 0)
		stranger.User = "x"
		f.take(app.MirroredForms{Changed: 2, Unknown: []string{"r", "s"}, Unusable: []string{"e"}}, request, card, stranger, empty, pending)
		for _, u := range []attendance.UserID{"a", "b"} {
			f.want("request of "+string(u), []attendance.ApprovalState{{KnownAt: decided, Status: 2}}, f.states("r", u))
			f.want("correction of "+string(u), [][2]int64{{decided, 0}}, f.ends(u))
		}
		f.take(app.MirroredForms{Changed: 2}, f.gone("r"), f.gone("c"))
		for _, u := range []attendance.UserID{"a", "b"} {
			f.want("request of "+string(u), attendance.Removed, f.states("r", u)[1].Status)
			f.want("correction of "+string(u), [][2]int64{{decided, f.Now()}}, f.ends(u))
		}
	})
}
