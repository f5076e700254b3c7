package verify

import (
	"cmp"
	"context"
	"slices"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
)

// Share is how many of some things are equal.
type Share struct {
	Compared int64 `json:"compared"`
	Equal    int64 `json:"equal"`
	// Apart are neither compared nor equal: what they come from is not exposed by
	// the interface, and with what is supposed of it all else is equal.
	Apart int64 `json:"apart,omitzero"`
}

func (s *Share) add(equal bool) {
	s.Compared++
	if equal {
		s.Equal++
	}
}

// Counts is what a comparison covers.
type Counts struct {
	// Due are the person-days that are over and of which one side has a report.
	Due    int64 `json:"due"`
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
	// WithoutVerdict are person-days that WeCom's reports were not fetched of.
	WithoutVerdict int64 `json:"days_without_verdict"`
	// WithoutPunches are reports that cannot be compared, because the punches of
	// their days were not fetched.
	WithoutPunches int64 `json:"reports_without_punches"`
	// WithCards are the days on which WeCom counts cards; of Days.Apart, which are
	// among them, there should be few.
	WithCards int64 `json:"days_with_cards"`
	// UnknownMembers are members who have verdicts and are not in the contacts.
	UnknownMembers int64 `json:"unknown_members"`
}

// add counts a row that was compared.
func (c *Counts) add(w *row, o *outcome) {
	if w.month == nil && w.over {
		c.Due++
	}
	if !w.settled {
		c.Provisional.add(o.equal())
		return
	}
	if w.untold {
		c.WithoutPunches++
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
	share := &c.Days
	if w.month != nil {
		share = &c.Months
	} else if w.day != nil && w.day.SummaryInfo.CheckinCount > 0 {
		c.WithCards++
	}
	if o.apart() {
		share.Apart++
	} else {
		share.add(o.equal())
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
	cover  *coverage
	counts Counts
}

// run goes over the members, and returns what was counted.
func (p *pass) run(ctx context.Context, users []attendance.UserID) (_ Counts, err error) {
	if p.cover, err = readCoverage(ctx, &p.query, p.app); err != nil {
		return Counts{}, err
	}
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

// member compares the rows of one member: the days in their order, among them
// those that WeCom has no report of, then the months.
func (p *pass) member(b *bench, user attendance.UserID, rows []*row) {
	months := slices.IndexFunc(rows, func(w *row) bool { return w.month != nil })
	if months < 0 {
		months = len(rows)
	}
	unequal := map[attendance.Day]bool{}
	var supposed []attendance.Correction
	for _, w := range p.missing(b, user, rows[:months]) {
		w.settle(b.trial, b.zone, b.judge.Day(user, w.last, 0))
		w.supposed, w.untold = supposed, p.cover.untold(user, w.first, w.last)
		o := b.compare(w)
		if w.settled && w.day != nil && len(o.found) > 0 && !w.untold {
			if more := b.suppose(w); more != nil {
				supposed = slices.Concat(supposed, more)
				w.supposed = supposed
				o = b.compare(w)
			}
		}
		unequal[w.first] = w.settled && !o.equal()
		p.take(b, w, &o)
	}
	for _, w := range rows[months:] {
		w.settle(b.trial, b.zone, b.judge.Day(user, w.last, 0))
		w.supposed, w.untold = supposed, p.cover.untold(user, w.first, w.last)
		for d := w.first; d <= w.last && !w.ofDays; d++ {
			w.ofDays = unequal[d]
		}
		o := b.compare(w)
		p.take(b, w, &o)
	}
}

// missing adds to the rows of a member's days those of days that WeCom was asked
// about and has no report of, but we have one.
func (p *pass) missing(b *bench, user attendance.UserID, days []*row) []*row {
	given := make(map[attendance.Day]bool, len(days))
	for _, w := range days {
		given[w.first] = true
	}
	all := slices.Clip(days) // the months follow them
	b.judge.Days(user, p.query.First, p.query.Last, 0, func(r *attendance.DayReport) {
		switch at := p.cover.answered(user, r.Day); {
		case given[r.Day]:
		case at == 0:
			p.counts.WithoutVerdict++
			if isOver(b.zone, r.Day, r, b.trial.AsOf()) {
				p.counts.Due++
			}
		default:
			all = append(all, &row{user: user, first: r.Day, last: r.Day, fetchedAt: at})
		}
	})
	slices.SortStableFunc(all, func(v, w *row) int { return cmp.Compare(v.first, w.first) })
	return all
}

// take counts a row and shows it.
func (p *pass) take(b *bench, w *row, o *outcome) {
	p.counts.add(w, o)
	if p.visit != nil && !w.untold {
		p.visit(b, w, o)
	}
}
