package app_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/engine"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/internal/wire"
)

// memberDay is whose day a report is of.
type memberDay struct {
	user attendance.UserID
	day  attendance.Day
}

// said is what a report says: of the day, and of who it is.
type said struct{ Day, Who string }

// tell writes all of a report down, but for the places of punches among those
// that were read.
func tell(t *testing.T, corp *app.Corp, r *attendance.DayReport) string {
	t.Helper()
	data, err := json.Marshal(wire.DayDataOut(corp.Zone, r, wire.Who{}))
	must(t, err)
	uses, cards := slices.Clone(r.Uses), slices.Clone(r.Cards)
	for i := range uses {
		uses[i].Punch = 0
	}
	for i := range cards {
		cards[i].Punch = min(cards[i].Punch, 0)
	}
	return fmt.Sprintf("%s %+v %+v %+v %+v %+v %d %v %+v", data, r.Findings, uses, cards, r.Waived, r.Earned, r.Flexed, r.Provisional, r.Overtime)
}

// told returns the reports of a query.
func (w *drawn) told(t *testing.T, q app.Query) map[memberDay]said {
	t.Helper()
	q.Corp = w.corp
	all := map[memberDay]said{}
	must(t, w.DayReports(context.Background(), q, func(m *app.Member, r *attendance.DayReport) error {
		all[memberDay{r.User, r.Day}] = said{tell(t, w.corp, r), m.Name + " " + m.Departs}
		return nil
	}))
	return all
}

// slice returns what the big report has of a query.
func slice(all map[memberDay]said, q app.Query) map[memberDay]said {
	part := map[memberDay]said{}
	for k, v := range all {
		if k.day >= q.First && k.day <= q.Last && (q.Users == nil || slices.Contains(q.Users, k.user)) {
			part[k] = v
		}
	}
	return part
}

// spanSeeds is how many corporations are drawn.
const spanSeeds = 3

// What a report says of a member's day depends neither on the days nor on the
// members asked for with it: not now, not as of a past moment, not in a closed
// month. So say a single day, its explanation, and the trials of verify.
func TestReportsOfAnySpan(t *testing.T) {
	t.Parallel()
	seeds := uint64(spanSeeds)
	if testing.Short() {
		seeds = 1
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for seed := range seeds {
			t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
				w := drawCorp(t, db, seed)
				past := at(t, "2025-10-16 09:00:00") + int64(w.IntN(9*attendance.SecondsPerDay))
				w.sameInAnySpan(t, 0, true)
				w.sameInAnySpan(t, past, true)
				must(t, w.CloseMonth(context.Background(), w.corp, september, "hr", "payroll"))
				w.clock.at = w.clock.at.Add(time.Hour)
				must(t, w.AddFacts(context.Background(), w.corp, app.FactSet{Punches: []attendance.PunchRecord{
					{User: "u1", Punch: attendance.Punch{At: at(t, "2025-09-30 21:30:00"), Source: attendance.SourceDevice, Device: "door"}},
				}}))
				w.sameInAnySpan(t, 0, false)
			})
		}
	})
}

// sameInAnySpan compares a report of everything with reports of parts of it,
// and where no month is closed with trials of them.
func (w *drawn) sameInAnySpan(t *testing.T, asOf int64, open bool) {
	t.Helper()
	ctx := context.Background()
	all := w.told(t, app.Query{First: spanFirst, Last: spanLast, AsOf: asOf})
	if len(all) < 100 {
		t.Fatalf("%d days are too few to compare", len(all))
	}
	users := []attendance.UserID{"u1", "u2", "u3", "u4", "u5"}
	for range 12 {
		w.Shuffle(len(users), func(i, j int) { users[i], users[j] = users[j], users[i] })
		first := spanFirst + attendance.Day(w.IntN(int(spanLast-spanFirst)))
		q := app.Query{Users: users[:1+w.IntN(5)], First: first, Last: min(spanLast, first+attendance.Day(w.IntN(12))), AsOf: asOf}
		if diff := cmp.Diff(slice(all, q), w.told(t, q)); diff != "" {
			t.Fatalf("%s to %s of %v as of %d: in the whole (-), asked alone (+):\n%s", q.First, q.Last, q.Users, asOf, diff)
		}
		if open {
			w.sameInTrial(t, all, q)
		}
		w.monthIsFold(t, q)
	}
	for d := spanFirst; d <= spanLast; d++ {
		u := users[w.IntN(len(users))]
		q := app.Query{Users: []attendance.UserID{u}, First: d, Last: d, AsOf: asOf}
		if diff := cmp.Diff(slice(all, q), w.told(t, q)); diff != "" {
			t.Fatalf("%s of %s as of %d: in the whole (-), alone (+):\n%s", d, u, asOf, diff)
		}
		b, err := w.DayBasis(ctx, w.corp, u, d, asOf)
		must(t, err)
		want, ok := all[memberDay{u, d}]
		if ok != (b.Report != nil) {
			t.Fatalf("%s of %s as of %d: a report %v, one to explain %v", d, u, asOf, ok, b.Report != nil)
		}
		if ok {
			if diff := cmp.Diff(want.Day, tell(t, w.corp, b.Report)); diff != "" {
				t.Fatalf("%s of %s as of %d: report (-), what is explained (+):\n%s", d, u, asOf, diff)
			}
		}
	}
}

// sameInTrial compares a report of everything with a trial of some days.
func (w *drawn) sameInTrial(t *testing.T, all map[memberDay]said, q app.Query) {
	t.Helper()
	q.Corp = w.corp
	trial, err := w.Trial(context.Background(), q)
	must(t, err)
	judge := trial.Under(trial.Options())
	for _, u := range q.Users {
		for d := q.First; d <= q.Last; d++ {
			want, got := all[memberDay{u, d}].Day, ""
			if r := judge.Day(u, d, 0); r != nil {
				got = tell(t, w.corp, r)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("%s of %s as of %d: report (-), trial (+):\n%s", d, u, q.AsOf, diff)
			}
		}
	}
}

// monthIsFold compares month reports with the folds of their days.
func (w *drawn) monthIsFold(t *testing.T, q app.Query) {
	t.Helper()
	ctx := context.Background()
	q.Corp = w.corp
	folds, months := map[attendance.UserID]*engine.Month{}, map[attendance.UserID]attendance.MonthReport{}
	must(t, w.DayReports(ctx, q, func(m *app.Member, r *attendance.DayReport) error {
		if folds[m.ID] == nil {
			folds[m.ID] = &engine.Month{}
		}
		folds[m.ID].Add(r, true)
		return nil
	}))
	must(t, w.MonthReports(ctx, q, func(m *app.Member, r *attendance.MonthReport) error {
		months[m.ID] = *r
		return nil
	}))
	want := map[attendance.UserID]attendance.MonthReport{}
	for u, m := range folds {
		want[u], _ = m.Report()
	}
	if diff := cmp.Diff(want, months); diff != "" {
		t.Fatalf("%s to %s of %v as of %d: fold of the days (-), month (+):\n%s", q.First, q.Last, q.Users, q.AsOf, diff)
	}
}
