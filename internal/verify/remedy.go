package verify

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
)

// Remedy is an option that, alone, would remove differences.
type Remedy struct {
	Option  string          `json:"option"`
	Value   json.RawMessage `json:"value"`
	Removes int64           `json:"removes"` // reports of the group in which nothing of it is left
	Of      int64           `json:"of"`      // reports of the group that were tried
}

// All reports whether the option removes the whole group, as far as it was tried.
func (r *Remedy) All() bool { return r.Removes == r.Of }

// fitter tries options on what a first pass gathered.
type fitter struct {
	app      *app.App
	query    Query
	users    []attendance.UserID
	gathered *gatherer
	trial    *app.Trial // of the sample's members; nil until it is needed
}

// load reads the facts of the sample's members.
func (f *fitter) load(ctx context.Context) (err error) {
	users := slices.AppendSeq(make([]attendance.UserID, 0, len(f.gathered.users)), maps.Keys(f.gathered.users)) // never nil, which would be all
	slices.Sort(users)
	q := &f.query
	f.trial, err = f.app.Trial(ctx, app.Query{Corp: q.Corp, Users: users, First: q.First, Last: q.Last, AsOf: q.AsOf})
	return err
}

func (f *fitter) bench(opts attendance.Options) *bench {
	return &bench{zone: f.query.Corp.Zone, trial: f.trial, judge: f.trial.Under(opts)}
}

// equals are the sample's rows in which nothing differs.
func (f *fitter) equals() []*sampled {
	return slices.Concat(f.gathered.telling.rows, f.gathered.plain.rows)
}

// remedies finds, for each group, the options that alone would remove it
// without a new difference; where there is none, the one that removes the most.
func (f *fitter) remedies(ctx context.Context) error {
	if len(f.gathered.differ) == 0 {
		return nil
	}
	if err := f.load(ctx); err != nil {
		return err
	}
	now := f.trial.Options()
	doc, err := documentOf(&now)
	if err != nil {
		return err
	}
	for _, c := range candidates(f.units()) {
		if doc.has(c) {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		opts, err := with(now, c)
		if err != nil {
			return err
		}
		b := f.bench(opts)
		if f.breaks(b) {
			continue
		}
		for k, r := range f.removed(b) {
			f.gathered.groups[k].offer(Remedy{c.option, json.RawMessage(c.value), r.Removes, r.Of})
		}
	}
	return nil
}

// units are the trial values of ot_day_unit_seconds.
func (f *fitter) units() []int64 {
	now := f.trial.Options()
	b := f.bench(now)
	var found []Difference
	for _, s := range f.gathered.differ {
		o := b.compare(s.row)
		found = append(found, o.found...)
	}
	return dayUnits(now.OvertimeDaySeconds, found)
}

// breaks reports whether a row that is equal now would not be.
func (f *fitter) breaks(b *bench) bool {
	return slices.ContainsFunc(f.equals(), func(s *sampled) bool {
		o := b.compare(s.row)
		return !o.equal()
	})
}

// removed counts, for each group, the rows in which nothing of it is left. A
// group in which something new differs is left out.
func (f *fitter) removed(b *bench) map[groupKey]Remedy {
	tally := map[groupKey]Remedy{}
	worse := map[groupKey]bool{}
	for _, s := range f.gathered.differ {
		o := b.compare(s.row)
		left := newSampled(s.row, &o).found
		for k, was := range s.groups {
			t := tally[k]
			t.Of++
			if !slices.ContainsFunc(was, func(path string) bool { return left[path] }) {
				t.Removes++
			}
			tally[k] = t
		}
		for path := range left {
			if !s.found[path] {
				for k := range s.groups {
					worse[k] = true
				}
			}
		}
	}
	maps.DeleteFunc(tally, func(k groupKey, r Remedy) bool { return worse[k] || r.Removes == 0 })
	return tally
}

// offer takes a remedy: one value of an option is enough, and one that removes
// a part only stands while there is none better.
func (g *group) offer(r Remedy) {
	switch {
	case len(g.Remedies) == 0:
	case slices.ContainsFunc(g.Remedies, func(o Remedy) bool { return o.Option == r.Option && o.Removes >= r.Removes }):
		return
	case r.Removes > g.Remedies[0].Removes:
		g.Remedies = nil
	case r.Removes < g.Remedies[0].Removes || !r.All():
		return
	}
	g.Remedies = append(g.Remedies, r)
}
