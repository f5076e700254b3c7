package sample_test

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/sample"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/google/go-cmp/cmp"
)

var spec = sample.Spec{Seed: 7, People: 12, Months: 1, Today: attendance.DayOf(2025, time.May, 12)}

// build makes a company on a database whose clock stands some hours after noon.
func build(t *testing.T, db *store.DB, spec sample.Spec, hours int) (*app.App, *sample.Company) {
	t.Helper()
	zone, err := attendance.LoadZone("")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Unix(zone.At(spec.Today, sample.Noon), 0).Add(time.Duration(hours) * time.Hour)
	a := app.New(db, func() time.Time { return now })
	c, err := sample.Build(context.Background(), a, spec)
	if err != nil {
		t.Fatal(err)
	}
	return a, c
}

func open(t *testing.T) *store.DB {
	t.Helper()
	db, err := store.Open(context.Background(), ":memory:", store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := db.Migrate(context.Background()); err != nil {
		t.Fatal(err)
	}
	return db
}

// records returns all punches of a company.
func records(t *testing.T, a *app.App, c *sample.Company) []attendance.PunchRecord {
	t.Helper()
	from, to := c.Corp.Zone.Midnight(c.First-1), c.Corp.Zone.Midnight(c.Today+2)
	matched, err := a.Records(context.Background(), c.Corp, c.Users, from, to, app.AllRecords)
	if err != nil {
		t.Fatal(err)
	}
	out := make([]attendance.PunchRecord, len(matched))
	for i := range matched {
		out[i] = matched[i].PunchRecord
		out[i].KnownAt, out[i].LastReceived = 0, 0
	}
	return out
}

// visit calls do with every day report of a company.
func visit(t *testing.T, a *app.App, c *sample.Company, do func(*app.Member, *attendance.DayReport)) {
	t.Helper()
	q := app.Query{Corp: c.Corp, First: c.First, Last: c.Today}
	err := a.DayReports(context.Background(), q, func(m *app.Member, r *attendance.DayReport) error {
		do(m, r)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestBuildIsPure(t *testing.T) {
	t.Parallel()
	type day struct {
		user     attendance.UserID
		day      attendance.Day
		count    int32
		worked   int32
		findings int
	}
	days := func(a *app.App, c *sample.Company) (out []day) {
		visit(t, a, c, func(m *app.Member, r *attendance.DayReport) {
			if r.Day < c.Today {
				out = append(out, day{m.ID, r.Day, r.Count, r.Worked, len(r.Findings)})
			}
		})
		return out
	}
	a, c := build(t, open(t), spec, 0)
	b, d := build(t, open(t), spec, 9)
	if diff := cmp.Diff(c.Groups, d.Groups); diff != "" {
		t.Errorf("groups differ: %s", diff)
	}
	if diff := cmp.Diff(records(t, a, c), records(t, b, d)); diff != "" {
		t.Errorf("punches differ: %s", diff)
	}
	if diff := cmp.Diff(days(a, c), days(b, d), cmp.AllowUnexported(day{})); diff != "" {
		t.Errorf("reports differ: %s", diff)
	}
	other := spec
	other.Seed++
	e, f := build(t, open(t), other, 0)
	if cmp.Equal(records(t, a, c), records(t, e, f)) {
		t.Error("another seed makes the same punches")
	}
}

// The past of a company does not change when it grows and a day goes by.
func TestBuildGrows(t *testing.T) {
	t.Parallel()
	a, c := build(t, open(t), spec, 0)
	larger := spec
	larger.People, larger.Today = spec.People+5, spec.Today+1
	b, d := build(t, open(t), larger, 0)
	d.Users = d.Users[:len(c.Users)]
	if diff := cmp.Diff(c.Users, d.Users); diff != "" {
		t.Fatalf("members differ: %s", diff)
	}
	noon, later := c.Corp.Zone.At(c.Today, sample.Noon), records(t, b, d)
	later = slices.DeleteFunc(later, func(r attendance.PunchRecord) bool { return r.At > noon })
	if diff := cmp.Diff(records(t, a, c), later); diff != "" {
		t.Errorf("punches differ: %s", diff)
	}
}

func TestBuildOnBoth(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		a, c := build(t, db, spec, 0)
		if got := len(c.Users); got != spec.People {
			t.Errorf("%d members, want %d", got, spec.People)
		}
		if c.First != attendance.DayOf(2025, time.April, 1) {
			t.Errorf("the history begins on %s", c.First)
		}
		noon := c.Corp.Zone.At(c.Today, sample.Noon)
		for _, r := range records(t, a, c) {
			if r.At > noon {
				t.Errorf("%s has a punch at %d, after %d", r.User, r.At, noon)
			}
		}
	})
}

// Everything that a report can show is to be seen somewhere. The break of 1 to
// 5 May 2025 has Sunday, 27 April, for a make-up day.
func TestBuildHasEverything(t *testing.T) {
	t.Parallel()
	large := sample.Spec{Seed: 1, People: 60, Months: 3, Today: attendance.DayOf(2025, time.July, 10)}
	if testing.Short() {
		large.People = 24
	}
	a, c := build(t, open(t), large, 0)
	seen := map[string]int{}
	makeup, holiday := attendance.DayOf(2025, time.April, 27), attendance.DayOf(2025, time.May, 1)
	visit(t, a, c, func(m *app.Member, r *attendance.DayReport) {
		for _, f := range r.Findings {
			seen[f.Code.String()]++
		}
		for _, u := range r.Uses {
			if u.Outcome == attendance.Superseded {
				seen["superseded"]++
			}
		}
		for _, card := range r.Cards {
			if card.Punch < 0 {
				seen["corrected card"]++
			}
			if card.Time >= attendance.SecondsPerDay && len(r.Kind.Sections) > 0 {
				seen["card after midnight"]++
			}
		}
		switch {
		case r.Day == makeup && r.Kind.Basis == attendance.BasisMakeup && r.Kind.Workday:
			seen["make-up day"]++
		case r.Day == holiday && r.Kind.Basis == attendance.BasisHoliday:
			seen["holiday"]++
		case !r.Kind.Workday && r.Count > 0:
			seen["work on a rest day"]++
		case r.Kind.Shift != nil && r.Kind.Shift.ID == 0:
			seen["rest shift"]++
		}
		if r.FieldWork > 0 {
			seen["field work"]++
		}
		for _, f := range r.Findings {
			if f.Code == attendance.Refused {
				t.Errorf("%s %s: a correction is refused: %v", m.ID, r.Day, f.Reason.Err)
			}
		}
	})
	for _, want := range []string{
		"late", "early", "missing card", "absent", "location", "device", "superseded", "corrected card",
		"card after midnight", "make-up day", "holiday", "work on a rest day", "rest shift", "field work",
	} {
		if seen[want] == 0 {
			t.Errorf("%s: nowhere to be seen", want)
		}
	}
}

// Every member is in one group, and the first three are in three.
func TestBuildGroups(t *testing.T) {
	t.Parallel()
	_, c := build(t, open(t), spec, 0)
	total := 0
	for i, g := range c.Groups {
		total += len(g.Users)
		if g.Users[0] != c.Users[i] {
			t.Errorf("%s begins with %s, want %s", g.Name, g.Users[0], c.Users[i])
		}
		if wantShifts := g.Type == attendance.ShiftRule; wantShifts != (len(g.Shifts) == 3) {
			t.Errorf("%s: shifts %v", g.Name, g.Shifts)
		}
	}
	if total != len(c.Users) {
		t.Errorf("%d members in groups, %d in all", total, len(c.Users))
	}
}

func TestBuildRefuses(t *testing.T) {
	t.Parallel()
	for name, bad := range map[string]sample.Spec{
		"nobody":   {People: 0, Months: 1, Today: spec.Today},
		"too many": {People: sample.MaxPeople + 1, Months: 1, Today: spec.Today},
		"no month": {People: 1, Months: 0, Today: spec.Today},
		"long ago": {People: 1, Months: 1, Today: 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := sample.Build(context.Background(), app.New(open(t), nil), bad); err == nil {
				t.Error("no error")
			}
		})
	}
}

// 60 people x 3 months is what the demo makes before it is ready.
func BenchmarkBuild(b *testing.B) {
	zone, err := attendance.LoadZone("")
	if err != nil {
		b.Fatal(err)
	}
	spec := sample.Spec{Seed: 1, People: 60, Months: 3, Today: attendance.DayOf(2025, time.July, 10)}
	now := time.Unix(zone.At(spec.Today, sample.Noon), 0)
	for b.Loop() {
		ctx := context.Background()
		db, err := store.Open(ctx, "sqlite:"+filepath.Join(b.TempDir(), "demo.db"), store.Options{Relaxed: true})
		if err == nil {
			err = db.Migrate(ctx)
		}
		if err == nil {
			_, err = sample.Build(ctx, app.New(db, func() time.Time { return now }), spec)
		}
		if err = errors.Join(err, db.Close()); err != nil {
			b.Fatal(err)
		}
	}
}
