package app_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/internal/wire"
)

// What was stored after a snapshot is gone when it is put back, and what was
// there is there; other corporations do not notice.
func TestSnapshot(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		a := app.New(db, (&clock{noon}).now)
		corp := func(id attendance.CorpID) *app.Corp {
			c, _, err := a.CreateCorp(ctx, app.NewCorp{ID: id, Test: true})
			must(t, err)
			must(t, a.AddMembers(ctx, c, []app.Contact{{ID: "u1", Depts: []attendance.DeptID{1}}}))
			return c
		}
		one, other := corp("ww1"), corp("ww10")
		put := func(c *app.Corp, rule string, times ...string) {
			f := app.FactSet{Rules: []app.RuleFact{{RuleSpec: app.RuleSpec{Doc: []byte(rule), Form: wire.FormRead}, Group: 1, KnownAt: 1}}}
			for _, text := range times {
				f.Punches = append(f.Punches, attendance.PunchRecord{User: "u1", Punch: attendance.Punch{At: at(t, text), Source: attendance.SourcePhone}})
			}
			must(t, a.AddFacts(ctx, c, f))
		}
		cards := func(c *app.Corp) (n int, rule string) {
			d := day(t, "2025-09-10")
			must(t, a.DayReports(ctx, app.Query{Corp: c, First: d, Last: d}, func(_ *app.Member, r *attendance.DayReport) error {
				n = len(r.Cards)
				if r.Kind.Rule != nil {
					rule = r.Kind.Rule.Name
				}
				return nil
			}))
			return n, rule
		}
		is := func(what string, c *app.Corp, n int, rule string) {
			t.Helper()
			if got, name := cards(c); got != n || name != rule {
				t.Errorf("%s: %d cards under %q, want %d under %q", what, got, name, n, rule)
			}
		}
		put(one, office, "2025-09-10 09:00:00")
		put(other, office, "2025-09-10 09:00:00", "2025-09-10 18:00:00")
		must(t, a.Snapshot(ctx, one, "s"))
		if _, err := a.Corp(ctx, "ww1#s"); !errors.Is(err, app.ErrUnknownCorp) {
			t.Errorf("a snapshot is a corporation: %v", err)
		}
		put(one, office, "2025-09-10 18:00:00")
		is("after more", one, 2, "office")
		must(t, a.Restore(ctx, one, "s"))
		is("restored", one, 1, "office")
		must(t, a.Reset(ctx, one))
		if depts, err := a.Departments(ctx, one); err != nil || len(depts) != 1 || depts[0].ID != attendance.RootDept {
			t.Errorf("departments after a reset: %v, %v", depts, err)
		}
		is("reset", one, 0, "")
		// The numbers of versions begin anew: nothing old may be kept prepared.
		must(t, a.AddMembers(ctx, one, []app.Contact{{ID: "u1", Depts: []attendance.DeptID{1}}}))
		put(one, `{"grouptype":3,"groupname":"free","range":{"party_id":["1"]},"checkindate":[{"workdays":[1,2,3,4,5]}]}`, "2025-09-10 10:00:00")
		is("another rule of the same number", one, 1, "free")
		must(t, a.Restore(ctx, one, "s"))
		is("restored again", one, 1, "office")
		is("the other corporation", other, 2, "office")

		if err := a.Restore(ctx, one, "none"); !errors.Is(err, app.ErrNoSnapshot) {
			t.Errorf("no snapshot: %v", err)
		}
		if err := a.Restore(ctx, other, "s"); !errors.Is(err, app.ErrNoSnapshot) {
			t.Errorf("another corporation's snapshot: %v", err)
		}
		if err := a.Snapshot(ctx, one, "a#b"); !errors.Is(err, app.ErrBadInput) {
			t.Errorf("a name: %v", err)
		}
	})
}

func TestLiveDatabasesAreLeftAlone(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		_, revoke := f.RevokeTokens(ctx, f.corp, 0, 0)
		for name, err := range map[string]error{
			"require": f.RequireTest(ctx), "snapshot": f.Snapshot(ctx, f.corp, "s"), "restore": f.Restore(ctx, f.corp, "s"),
			"reset": f.Reset(ctx, f.corp), "revoke": revoke,
		} {
			if !errors.Is(err, app.ErrLive) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// What test mode does to a corporation is on record, too.
func TestTurningIsOnRecord(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := app.As(context.Background(), 7)
		a := app.New(db, (&clock{noon}).now)
		corp, _, err := a.CreateCorp(ctx, app.NewCorp{ID: "ww1", Test: true})
		must(t, err)
		_, err = a.RevokeTokens(ctx, corp, 0, 0)
		must(t, errors.Join(err, a.Snapshot(ctx, corp, "s"), a.Reset(ctx, corp), a.Restore(ctx, corp, "s")))
		entries, err := a.Audit(ctx, corp, 1, 0)
		must(t, err)
		actions := ""
		for _, e := range entries {
			actions += fmt.Sprintf("%s:%d:%d ", e.Action, e.Agent, e.Count)
		}
		// A corporation begins with two apps.
		if want := "tokens.revoke:7:2 corp.snapshot:7:0 corp.reset:7:0 corp.restore:7:0 "; actions != want {
			t.Errorf("got %s, want %s", actions, want)
		}
	})
}
