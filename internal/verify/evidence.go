package verify

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/dakahq/daka/internal/attendance"
)

// evidence says what the sample tells of each option under the ones that fit
// best: which reports a change rests on, which other values do as well, and of
// which options no report tells.
func (f *fitter) evidence(ctx context.Context, best attendance.Options, fit *Fit) error {
	doc, err := documentOf(&best)
	if err != nil {
		return err
	}
	rows := slices.Concat(f.gathered.differ, f.equals(), f.gathered.open.rows)
	stand := f.standing(best, rows)
	told := map[string]bool{}
	fit.Untold = []string{}
	for _, c := range slices.Concat(candidates(f.units()), openCandidates()) {
		if !slices.Contains(fit.Untold, c.option) {
			fit.Untold = append(fit.Untold, c.option)
		}
		if doc.has(c) {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		opts, err := with(best, c)
		if err != nil {
			return err
		}
		lost, other := 0, false
		for i, n := range f.standing(opts, rows) {
			if n != stand[i] {
				other = true
			}
			if n > 0 && stand[i] == 0 {
				lost++
			}
		}
		told[c.option] = told[c.option] || other
		at := slices.IndexFunc(fit.Changes, func(x Change) bool { return x.Option == c.option })
		switch {
		case at < 0:
		case string(fit.Changes[at].From) == c.value:
			fit.Changes[at].Decides = int64(lost)
		case !other && !fit.Changes[at].hasAsGood(c):
			fit.Changes[at].AsGood = append(fit.Changes[at].AsGood, json.RawMessage(c.value))
		}
	}
	fit.Untold = slices.DeleteFunc(fit.Untold, func(option string) bool { return told[option] })
	slices.Sort(fit.Untold)
	return nil
}

func (c *Change) hasAsGood(v candidate) bool {
	return slices.ContainsFunc(c.AsGood, func(have json.RawMessage) bool { return string(have) == v.value })
}

// standing returns how many fields of each row differ under options.
func (f *fitter) standing(opts attendance.Options, rows []*sampled) []int {
	b := f.bench(opts)
	out := make([]int, len(rows))
	for i, r := range rows {
		o := b.compare(r.row)
		out[i] = counts(o.found)
	}
	return out
}
