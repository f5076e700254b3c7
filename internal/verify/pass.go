package verify

import (
	"context"
	"slices"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
)

// Share is how many of some things are equal.
type Share struct {
	Compared int64 `json:"compared"`
	Equal    int64 `json:"equal"`
}

func (s *Share) add(equal bool) {
	s.Compared++
	if equal {
		s.Equal++
	}
}

// Counts is what a comparison covers.
type Counts struct {
	Days   Share `json:"days"`   // person-days
	Months Share `json:"months"` // windows that WeCom gave sums of
	Fields Share `json:"fields"` // of both; Equal leaves out those counted apart
	// FieldsApart are those that differ for a cause whose inputs the interface
	// does not expose.
	FieldsApart int64 `json:"fields_apart"`
	// KnownLater are the equal reports that are so only by what was known when
	// WeCom's was fetched: a request was decided since.
	KnownLater int64 `json:"known_later"`
	// Provisional are the reports that were fetched before their last day was
	// over; they are not compared.
	Provisional Share `json:"provisional"`
	// WithoutVerdict are days and members of our reports that have none of WeCom's.
	WithoutVerdict int64 `json:"days_without_verdict"`
	// UnknownMembers are members who have verdicts and are not in the contacts.
	UnknownMembers int64 `json:"unknown_members"`
}

// add counts a row that was compared.
func (c *Counts) add(w *row, o *outcome) {
	if !w.settled {
		c.Provisional.add(o.equal())
		return
	}
	if o.later {
		c.KnownLater++
	}
	differ := int64(counts(o.found))
	apart := int64(len(o.found)) - differ
	c.Fields.Compared += int64(o.fields) - apart
	c.Fields.Equal += int64(o.fields) - apart - differ
	c.FieldsApart += apart
	if w.month != nil {
		c.Months.add(o.equal())
	} else {
		c.Days.add(o.equal())
	}
}

// chunk is how many members' facts and verdicts are in memory at a time.
const chunk = 100

// pass compares all that a query asks for, some members at a time.
type pass struct {
	app   *app.App
	query Query
	opts  *attendance.Options // nil = those in force
	texts bool
	// visit sees every row with what came of it. bench is good for the row's
	// member until it returns.
	visit  func(*bench, *row, *outcome)
	counts Counts
}

// run goes over the members, and returns what was counted.
func (p *pass) run(ctx context.Context, users []attendance.UserID) (Counts, error) {
	for part := range slices.Chunk(users, chunk) {
		if err := p.members(ctx, part); err != nil {
			return Counts{}, err
		}
		if p.query.Progress != nil {
			p.query.Progress(len(part))
		}
	}
	return p.counts, nil
}

func (p *pass) members(ctx context.Context, users []attendance.UserID) error {
	q := &p.query
	trial, err := p.app.Trial(ctx, app.Query{Corp: q.Corp, Users: users, First: q.First, Last: q.Last, AsOf: q.AsOf})
	if err != nil {
		return err
	}
	opts := trial.Options()
	if p.opts != nil {
		opts = *p.opts
	}
	b := &bench{zone: q.Corp.Zone, trial: trial, judge: trial.Under(opts), texts: p.texts}
	rows, err := readRows(ctx, p.app, q, users)
	if err != nil {
		return err
	}
	for _, u := range users {
		if trial.Person(u) != nil {
			p.member(b, u, rows[u])
		}
	}
	return nil
}

// member compares the rows of one member: the days in their order, then the
// months.
func (p *pass) member(b *bench, user attendance.UserID, rows []*row) {
	unequal, hidden, given := map[attendance.Day]bool{}, map[attendance.Day]bool{}, map[attendance.Day]bool{}
	var supposed []attendance.Correction
	for _, w := range rows {
		w.settle(b.trial, b.zone, b.judge.Day(user, w.last, 0))
		if w.month == nil {
			given[w.first] = true
		} else {
			for d := w.first; d <= w.last; d++ {
				w.ofDays, w.hidden = w.ofDays || unequal[d], w.hidden || hidden[d]
			}
		}
		w.supposed = supposed
		o := b.compare(w)
		if w.month == nil && w.settled && len(o.found) > 0 {
			if more := b.suppose(w); more != nil {
				supposed = slices.Concat(supposed, more)
				w.supposed = supposed
				o = b.compare(w)
			} else {
				hidden[w.first] = slices.ContainsFunc(o.found, func(d Difference) bool { return d.cause == CauseNoRecord })
			}
			unequal[w.first] = !o.equal()
		}
		p.take(b, w, &o)
	}
	b.judge.Days(user, p.query.First, p.query.Last, 0, func(r *attendance.DayReport) {
		if !given[r.Day] {
			p.counts.WithoutVerdict++
		}
	})
}

// take counts a row and shows it.
func (p *pass) take(b *bench, w *row, o *outcome) {
	p.counts.add(w, o)
	if p.visit != nil {
		p.visit(b, w, o)
	}
}
