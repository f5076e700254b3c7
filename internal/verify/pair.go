package verify

import (
	"cmp"
	"context"
	"hash/maphash"
	"slices"

	"github.com/dakahq/daka/internal/attendance"
)

// stand is how a row stands under options: how many of its fields differ, and
// what stands for their values. A field may differ as before and by another value.
type stand struct {
	fields int
	values uint64
}

var valuesSeed = maphash.MakeSeed()

// stands returns how rows stand under options; nil stands for all that are settled.
func (s *search) stands(opts attendance.Options, rows []int) []stand {
	b := s.bench(opts)
	of := func(i int) (out stand) {
		o := b.compare(s.settled[i].row)
		for _, d := range o.found {
			if d.cause.Apart() {
				continue
			}
			out.fields++
			out.values += maphash.Comparable(valuesSeed, [2]any{d.Path, d.Ours}) // in whatever order
		}
		return out
	}
	if rows == nil {
		all := make([]stand, len(s.settled))
		for i := range all {
			all[i] = of(i)
		}
		return all
	}
	some := make([]stand, len(rows))
	for at, i := range rows {
		some[at] = of(i)
	}
	return some
}

// single is a change of one option, and the rows that it changes by itself.
type single struct {
	candidate
	touched []int
}

// pair is two changes, and the rows that one of them changes.
type pair struct {
	a, b candidate
	rows []int
}

// maxCompared bounds the rows that are compared under pairs at a time.
const maxCompared = 2_000_000

// pair finds the best pair of changes, of which one at least changes something by
// itself: no report may be better by it, nor worse. Rows that neither changes
// alone are taken to be as they are; those that are about the fewest rows are
// tried first.
func (s *search) pair(ctx context.Context, opts attendance.Options, at score, now []stand, singles []single) (attendance.Options, score, error) {
	var pairs []pair
	for i, a := range singles {
		for _, b := range singles[i+1:] {
			if a.option != b.option && len(a.touched)+len(b.touched) > 0 {
				pairs = append(pairs, pair{a.candidate, b.candidate, union(a.touched, b.touched)})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return cmp.Compare(len(a.rows), len(b.rows)) })
	best, good, compared := opts, at, 0
	for _, p := range pairs {
		if compared += len(p.rows); compared > maxCompared {
			break
		}
		if err := ctx.Err(); err != nil {
			return opts, at, err
		}
		next, err := with(opts, p.a, p.b)
		if err != nil {
			return opts, at, err
		}
		got := at
		for k, stand := range s.stands(next, p.rows) {
			got.move(now[p.rows[k]].fields, stand.fields)
		}
		if got.better(good) {
			best, good = next, got
		}
	}
	if good == at {
		return opts, at, nil
	}
	return best, s.score(best, s.settled), nil
}

// move takes a row of which so many fields differed for one of which others do.
func (s *score) move(was, is int) {
	s.fields += is - was
	if was > 0 && is == 0 {
		s.equal++
	}
	if was == 0 && is > 0 {
		s.equal--
	}
}

// union is the numbers of two rising lists, rising.
func union(a, b []int) []int {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}
