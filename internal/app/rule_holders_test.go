package app_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/internal/wire"
)

// Members are counted under the rule that holds for them on a day, and a new rule
// takes them from there.
func TestRuleHolders(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f, ctx := newFixture(t, db), context.Background()
		today := day(t, "2025-09-11")
		must(t, f.AddMembers(ctx, f.corp, []app.Contact{
			{ID: "gone", Name: "走", Depts: []attendance.DeptID{2}, Left: today - 1},
			{ID: "boss", Name: "总", Depts: []attendance.DeptID{1}},
		}))
		type counts = map[attendance.GroupID]int
		held := func(d attendance.Day) counts {
			t.Helper()
			all, err := f.RuleHolders(ctx, f.corp, d)
			must(t, err)
			return all
		}
		// ZhangSan, night1 and boss are there; the day before gone was, too.
		for d, want := range map[attendance.Day]counts{today: {1: 3}, today - 1: {1: 4}} {
			if diff := cmp.Diff(want, held(d)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", d, diff)
			}
		}
		taken := func(doc string, first, d attendance.Day) counts {
			t.Helper()
			all, err := f.NewRuleHolders(ctx, f.corp, app.RuleSpec{Doc: []byte(doc), Form: wire.FormRead, First: first}, d)
			must(t, err)
			return all
		}
		const free = `{"grouptype":3,"groupname":"new","checkindate":[{"workdays":[1]}],"range":`
		for name, tt := range map[string]struct {
			got, want counts
		}{
			"everybody":         {taken(free+`{"party_id":["1"]}}`, today, today), counts{1: 3}},
			"a department":      {taken(free+`{"party_id":["2"]}}`, today, today), counts{1: 2}},
			"a member":          {taken(free+`{"userid":["boss"]}}`, today+1, today+1), counts{1: 1}},
			"nobody yet":        {taken(free+`{"party_id":["1"]}}`, today+1, today), counts{}},
			"it brings its own": {taken(`{"groupid":1,`+(free + `{"party_id":["2"]}}`)[1:], today, today), counts{1: 2}},
		} {
			if diff := cmp.Diff(tt.want, tt.got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
		}
		group := f.install(t, free+`{"userid":["night1"]}}`)
		if diff := cmp.Diff(counts{1: 2, group: 1}, held(today)); diff != "" {
			t.Errorf("with a rule for one (-want +got):\n%s", diff)
		}
		// The one named alone stays where it is named.
		if diff := cmp.Diff(counts{1: 1}, taken(free+`{"party_id":["2"]}}`, today, today)); diff != "" {
			t.Errorf("beside a rule for one (-want +got):\n%s", diff)
		}
	})
}
