package verify

import (
	"cmp"
	"math/rand/v2"
	"slices"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/explain"
)

// sampled is a row that is kept, to be compared again under other options.
type sampled struct {
	*row
	found  map[string]bool // what differs now and counts, by path
	groups map[groupKey][]string
}

// gatherer sorts what differs into groups, and keeps a sample of all rows.
type gatherer struct {
	lang   explain.Lang
	groups map[groupKey]*group
	order  []groupKey

	users   map[attendance.UserID]bool // of the sample
	differ  []*sampled
	telling reservoir // equal rows with something in them
	plain   reservoir // the other equal rows
	open    reservoir // rows that were fetched before their days were over
}

// The size of the sample: differing rows (of each group maxTried at most),
// equal ones, unsettled ones, and members, whose facts are in memory at once. Half
// of those are for rows that differ alone, and the first few of each group, and
// what a fit makes unequal, may be of as many members again.
const (
	maxDiffer  = 3000
	maxTelling = 400
	maxPlain   = 200
	maxOpen    = 500
	maxUsers   = 500
	few        = 3
)

func newGatherer(lang explain.Lang) *gatherer {
	// The same seed every time: who asks twice gets the same answer.
	chance := rand.New(rand.NewPCG(1, 2))
	return &gatherer{
		lang: lang, groups: map[groupKey]*group{}, users: map[attendance.UserID]bool{},
		telling: reservoir{most: maxTelling, chance: chance}, plain: reservoir{most: maxPlain, chance: chance},
		open: reservoir{most: maxOpen, chance: chance},
	}
}

// take sees a row with what came of it.
func (g *gatherer) take(b *bench, w *row, o *outcome) {
	if !w.settled {
		g.keep(&g.open, w, o)
		return
	}
	if len(o.found) == 0 {
		if w.month != nil || w.day != nil && len(w.day.ExceptionInfos) > 0 || len(w.day.HolidayInfos) > 0 || w.day.OTInfo.OTDuration > 0 {
			g.keep(&g.telling, w, o)
		} else {
			g.keep(&g.plain, w, o)
		}
		return
	}
	s := newSampled(w, o)
	kept := false
	keys, found := keysOf(w, o)
	for _, k := range keys {
		at := g.groups[k]
		if at == nil {
			at = &group{users: map[attendance.UserID]bool{}, fields: map[string]int64{}}
			at.Group = Group{Cause: k.cause, Of: k.of, Rule: k.rule, Reason: k.reason, Sense: k.sense, Apart: k.cause.Apart()}
			g.groups[k] = at
			g.order = append(g.order, k)
		}
		at.take(b, w, found[k], g.lang)
		scarce := len(at.rows) < few
		if at.Apart || len(at.rows) >= maxTried || !kept && !scarce && len(g.differ) >= maxDiffer {
			continue
		}
		if !g.room(w.user, maxUsers) && (!scarce || !g.room(w.user, 2*maxUsers)) {
			continue
		}
		at.rows = append(at.rows, s)
		s.groups[k] = paths(found[k])
		if !kept {
			g.differ, kept = append(g.differ, s), true
		}
	}
}

// keep puts a row into a reservoir, unless its member has no room.
func (g *gatherer) keep(r *reservoir, w *row, o *outcome) {
	if g.room(w.user, maxUsers/2) {
		r.add(newSampled(w, o))
	}
}

// room takes a member into the sample, while it has fewer than so many.
func (g *gatherer) room(user attendance.UserID, most int) bool {
	if !g.users[user] && len(g.users) >= most {
		return false
	}
	g.users[user] = true
	return true
}

func newSampled(w *row, o *outcome) *sampled {
	s := &sampled{row: w, found: map[string]bool{}, groups: map[groupKey][]string{}}
	for i := range o.found {
		if !o.found[i].cause.Apart() {
			s.found[o.found[i].Path] = true
		}
	}
	return s
}

func paths(found []Difference) []string {
	out := make([]string, len(found))
	for i := range found {
		out[i] = found[i].Path
	}
	return out
}

// result returns the groups: those that count first, the largest first.
func (g *gatherer) result() []Group {
	out := []Group{}
	for _, k := range g.order {
		out = append(out, g.groups[k].result(g.lang))
	}
	slices.SortStableFunc(out, func(a, b Group) int {
		if a.Apart != b.Apart {
			if a.Apart {
				return 1
			}
			return -1
		}
		return cmp.Or(cmp.Compare(b.Reports, a.Reports), cmp.Compare(a.Cause, b.Cause), cmp.Compare(a.Text, b.Text))
	})
	return out
}

// reservoir keeps some of any number of rows, each as likely as another.
type reservoir struct {
	most   int
	chance *rand.Rand
	seen   int
	rows   []*sampled
}

func (r *reservoir) add(s *sampled) {
	r.seen++
	if len(r.rows) < r.most {
		r.rows = append(r.rows, s)
	} else if i := r.chance.IntN(r.seen); i < r.most {
		r.rows[i] = s
	}
}
