package verify

import (
	"context"

	"github.com/dakahq/daka/internal/attendance"
)

// search looks for the options under which the most rows are equal: it takes
// the best single change as long as there is one, then the best pair, and in
// the end takes back what is of no use. It is deterministic, and of equally good
// values it takes the one nearest to the default.
type search struct {
	*fitter
	settled []*sampled // rows that were fetched when their days were over
	open    []*sampled // the others
	units   []int64    // trial values of ot_day_unit_seconds
}

// score is how good options are: more equal rows, then fewer fields that differ.
type score struct{ equal, fields int }

func (s score) better(o score) bool {
	return s.equal > o.equal || s.equal == o.equal && s.fields < o.fields
}

func (s *search) score(opts attendance.Options, rows []*sampled) (out score) {
	b := s.bench(opts)
	for _, r := range rows {
		o := b.compare(r.row)
		if n := counts(o.found); n > 0 {
			out.fields += n
		} else {
			out.equal++
		}
	}
	return out
}

func (s *search) run(ctx context.Context, now attendance.Options) (attendance.Options, error) {
	s.units = s.fitter.units()
	opts, at := now, s.score(now, s.settled)
	for at.equal < len(s.settled) {
		next, better, err := s.step(ctx, opts, at)
		if err != nil {
			return now, err
		}
		if !better.better(at) {
			break
		}
		opts, at = next, better
	}
	opts, err := s.drop(ctx, now, opts, at)
	if err != nil {
		return now, err
	}
	return s.searchOpen(ctx, opts, at)
}

// step finds the best single change, or where none is better the best pair.
func (s *search) step(ctx context.Context, opts attendance.Options, at score) (attendance.Options, score, error) {
	best, good := opts, at
	doc, err := documentOf(&opts)
	if err != nil {
		return opts, at, err
	}
	now := s.stands(opts, nil)
	var singles []single
	for _, c := range candidates(s.units) {
		if doc.has(c) {
			continue
		}
		if err := ctx.Err(); err != nil {
			return opts, at, err
		}
		next, err := with(opts, c)
		if err != nil {
			return opts, at, err
		}
		one := single{candidate: c}
		got := at
		for i, stand := range s.stands(next, nil) {
			if stand != now[i] {
				one.touched = append(one.touched, i)
				got.move(now[i].fields, stand.fields)
			}
		}
		singles = append(singles, one)
		if got.better(good) {
			best, good = next, got
		}
	}
	if good.better(at) {
		return best, good, nil
	}
	return s.pair(ctx, opts, at, now, singles)
}

// drop takes back each change without which it is as good.
func (s *search) drop(ctx context.Context, now, opts attendance.Options, at score) (attendance.Options, error) {
	changes, err := changesOf(&now, &opts)
	if err != nil {
		return opts, err
	}
	for _, c := range changes {
		if err := ctx.Err(); err != nil {
			return opts, err
		}
		without, err := with(opts, candidate{c.Option, string(c.From)})
		if err != nil {
			return opts, err
		}
		if got := s.score(without, s.settled); !at.better(got) {
			opts, at = without, got
		}
	}
	return opts, nil
}

// searchOpen finds the values of the options that only provisional reports tell
// of. None may make a settled report differ.
func (s *search) searchOpen(ctx context.Context, opts attendance.Options, at score) (attendance.Options, error) {
	if len(s.open) == 0 {
		return opts, nil
	}
	best, good := opts, s.score(opts, s.open)
	for _, option := range []string{optionHides, optionFuture, calibrate} {
		from := best
		for _, c := range openCandidates() {
			if c.option != option {
				continue
			}
			if err := ctx.Err(); err != nil {
				return opts, err
			}
			next, err := with(from, c)
			if err != nil {
				return opts, err
			}
			got := s.score(next, s.open)
			if got.better(good) && (option == optionHides || !at.better(s.score(next, s.settled))) {
				best, good = next, got
			}
		}
	}
	return best, nil
}
