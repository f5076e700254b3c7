package verify

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/dakahq/daka/internal/attendance"
)

// Fit is the options under which the most reports are equal.
type Fit struct {
	// Changes are the options that have to be other than they are; each is
	// needed. None where nothing is better than what is in force.
	Changes []Change `json:"changes"`
	// Options are what to put in force, as app.SetOptions takes them.
	Options json.RawMessage `json:"options"`
	Before  Shares          `json:"before"`
	After   Shares          `json:"after"`
	// Untold are the options of which no report that was tried tells: each is as
	// good with any value.
	Untold []string `json:"untold"`
}

// Change is one option that has another value.
type Change struct {
	Option string          `json:"option"`
	From   json.RawMessage `json:"from"`
	To     json.RawMessage `json:"to"`
	// Decides is how many of the reports that were tried are equal with To and
	// not with From: few are weak evidence.
	Decides int64 `json:"decides"`
	// AsGood are other values under which every one of them is the same.
	AsGood []json.RawMessage `json:"as_good,omitempty"`
}

// Shares is how many days and months are equal.
type Shares struct {
	Days        Share `json:"days"`
	Months      Share `json:"months"`
	Provisional Share `json:"provisional"`
}

func (c *Counts) shares() Shares { return Shares{c.Days, c.Months, c.Provisional} }

// equal is how many reports that are over are equal.
func (s *Shares) equal() int64 { return s.Days.Equal + s.Months.Equal }

// maxRounds is how often rows that a fit makes unequal are added to the sample
// and the search begun again.
const maxRounds = 3

// maxCounter is how many such rows are added at a time.
const maxCounter = 300

// fit searches the options on the sample and confirms what it finds on all
// reports. before is what was counted under the options in force.
func (f *fitter) fit(ctx context.Context, before *Counts) (*Fit, error) {
	if f.trial == nil {
		if err := f.load(ctx); err != nil {
			return nil, err
		}
	}
	now := f.trial.Options()
	best, after := now, before.shares()
	for range maxRounds {
		s := &search{fitter: f, settled: slices.Concat(f.gathered.differ, f.equals()), open: f.gathered.open.rows}
		found, err := s.run(ctx, now)
		if err != nil {
			return nil, err
		}
		if same, err := sameOptions(&found, &now); err != nil || same {
			break
		}
		shares, added, err := f.confirm(ctx, found)
		if err != nil {
			return nil, err
		}
		if shares.equal() > after.equal() || shares.equal() == after.equal() && shares.Provisional.Equal > after.Provisional.Equal {
			best, after = found, shares
		}
		if added == 0 {
			break
		}
		if err := f.load(ctx); err != nil {
			return nil, err
		}
	}
	out := &Fit{Before: before.shares(), After: after}
	var err error
	if out.Changes, err = changesOf(&now, &best); err != nil {
		return nil, err
	}
	if out.Options, err = notDefault(&best); err != nil {
		return nil, err
	}
	return out, f.evidence(ctx, best, out)
}

// confirm compares everything under options. Rows that differ and are not in
// the sample yet are put into it, some of them.
func (f *fitter) confirm(ctx context.Context, opts attendance.Options) (s Shares, added int, err error) {
	type id struct {
		user        attendance.UserID
		first, last attendance.Day
		month       bool
	}
	idOf := func(w *row) id { return id{w.user, w.first, w.last, w.month != nil} }
	known := map[id]bool{}
	for _, r := range slices.Concat(f.gathered.differ, f.equals()) {
		known[idOf(r.row)] = true
	}
	p := &pass{app: f.app, query: f.query, opts: &opts, visit: func(_ *bench, w *row, o *outcome) {
		if w.settled && !o.equal() && added < maxCounter && !known[idOf(w)] && f.gathered.room(w.user, 2*maxUsers) {
			f.gathered.plain.rows = append(f.gathered.plain.rows, newSampled(w, o))
			added++
		}
	}}
	p.query.Progress = nil
	c, err := p.run(ctx, f.users)
	return c.shares(), added, err
}

func sameOptions(a, b *attendance.Options) (bool, error) {
	changes, err := changesOf(a, b)
	return len(changes) == 0, err
}

// changesOf lists the options that differ, by name.
func changesOf(from, to *attendance.Options) ([]Change, error) {
	a, err := documentOf(from)
	if err != nil {
		return nil, err
	}
	b, err := documentOf(to)
	if err != nil {
		return nil, err
	}
	changes := []Change{}
	for _, name := range slices.Sorted(maps.Keys(b)) {
		if !b.has(candidate{name, string(a[name])}) {
			changes = append(changes, Change{Option: name, From: a[name], To: b[name]})
		}
	}
	return changes, nil
}

// notDefault is the document of the options that are not daka's own.
func notDefault(opts *attendance.Options) (json.RawMessage, error) {
	standard := attendance.DefaultOptions()
	changes, err := changesOf(&standard, opts)
	if err != nil {
		return nil, err
	}
	d := document{}
	for _, c := range changes {
		d[c.Option] = c.To
	}
	return json.Marshal(d)
}
