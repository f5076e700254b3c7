package verify

import (
	"maps"
	"slices"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/wire"
)

// maxSupposed bounds the corrections of one day that are supposed together.
const maxSupposed = 4

// guess is what is known of a day's unseen corrections.
type guess struct {
	*bench
	*row
	person      *attendance.Person
	sum         *checkin.DaySummaryInfo
	first, last attendance.TimeOfDay // of WeCom's cards at which there is no record; NoTime = they have one
	all         []slot
	free, taken []int         // slots without a card of ours, and those with one
	cards       map[int]int64 // when the cards of those were made
	unused      []int64       // punches of the day that are no cards of ours
}

// slot is an end of a section at which a card is asked for.
type slot struct {
	side attendance.Slot
	due  attendance.TimeOfDay
}

// suppose finds the corrections that an app must have made on a day, which the
// interface shows in the report alone: WeCom counts more cards than we do, or its
// first or last card is at a second of no record, and with the corrections cards
// and hours are the same. Where nothing does that, or a punch that we do not use
// does it as well, it returns none.
func (b *bench) suppose(w *row) []attendance.Correction {
	p := supposing(b.trial.Person(w.user), w.supposed)
	r := b.report(w, p, 0)
	if r == nil {
		return nil
	}
	g := &guess{bench: b, row: w, person: p, sum: &w.day.SummaryInfo, all: slots(r.Kind)}
	told := b.ofDay(w, p, r)
	g.first, g.last = unrecorded(b.zone, p, w.first, w.day, told.found)
	seen := 0 // of the cards that no record shows
	for _, t := range [2]attendance.TimeOfDay{g.first, g.last} {
		if t != attendance.NoTime {
			seen++
		}
	}
	more := int(g.sum.CheckinCount) - int(r.Count)
	if more < 0 || more > maxSupposed || more == 0 && seen == 0 {
		return nil
	}
	g.read(r)
	switch {
	case len(g.all) == 0:
		return g.plain()
	case more == 0:
		return g.slotted(g.taken, seen)
	case g.recorded():
		return nil
	}
	return g.slotted(g.free, more)
}

// read notes what of a report is needed when there are others.
func (g *guess) read(r *attendance.DayReport) {
	g.cards = map[int]int64{}
	for i, s := range g.all {
		at := slices.IndexFunc(r.Cards, func(c attendance.Card) bool { return c.Slot == s.side && c.Scheduled == s.due })
		if at < 0 {
			g.free = append(g.free, i)
			continue
		}
		g.taken = append(g.taken, i)
		g.cards[i] = r.Cards[at].At
	}
	for _, u := range r.Uses {
		if u.Outcome != attendance.Used {
			g.unused = append(g.unused, g.person.Punches[u.Punch].At)
		}
	}
}

// recorded reports whether a punch that we do not use, as the card of a slot
// without one, or of another whose card goes there, gives WeCom's cards and hours.
func (g *guess) recorded() bool {
	for _, free := range g.free {
		for _, at := range g.unused {
			if g.fits(map[int]int64{free: at}) {
				return true
			}
			for _, taken := range g.taken {
				if g.fits(map[int]int64{free: g.cards[taken], taken: at}) {
					return true
				}
			}
		}
	}
	return false
}

// fits reports whether with some cards in slots, whatever the slots' windows, the
// number of cards, the first and the last one and the hours are WeCom's. Cards
// come in the order of their slots; what is pressed twice within a minute is one.
func (g *guess) fits(moved map[int]int64) bool {
	cards := maps.Clone(g.cards)
	maps.Copy(cards, moved)
	before := int64(0)
	for i := range g.all {
		at, ok := cards[i]
		if ok && at-before < 60 {
			return false
		}
		if ok {
			before = at
		}
	}
	var list []attendance.Correction
	for i, at := range moved {
		list = append(list, attendance.Correction{Day: g.row.first, Slot: g.all[i].due, At: at, By: attendance.ByApproval})
	}
	r := g.report(g.row, supposing(g.person, list), 0)
	ours := wire.DayDataOut(g.zone, r, wire.Who{})
	o := &ours.SummaryInfo
	return o.CheckinCount == g.sum.CheckinCount && o.EarliestTime == g.sum.EarliestTime && o.LatestTime == g.sum.LatestTime &&
		o.RegularWorkSec == g.sum.RegularWorkSec
}

func slots(kind *attendance.DayKind) (all []slot) {
	for i := range kind.Sections {
		s := &kind.Sections[i]
		if s.OnOwed {
			all = append(all, slot{attendance.On, s.On})
		}
		if s.OffOwed {
			all = append(all, slot{attendance.Off, s.Off})
		}
	}
	return all
}

// plain tries the cards of a day without due times.
func (g *guess) plain() []attendance.Correction {
	var list []attendance.Correction
	for _, t := range [2]attendance.TimeOfDay{g.first, g.last} {
		if t != attendance.NoTime && (len(list) == 0 || t != g.first) {
			list = append(list, g.correction(attendance.NoTime, t))
		}
	}
	return g.confirmed(list)
}

// slotted tries each choice of n of some slots: at the first and the last of
// them what is seen of WeCom's cards, at others the due time, and then the time
// that the hours tell.
func (g *guess) slotted(from []int, n int) (found []attendance.Correction) {
	choose(from, n, nil, func(choice []int) bool {
		list := make([]attendance.Correction, n)
		var open []int // of list
		for k, i := range choice {
			at := g.all[i].due
			switch {
			case k == 0 && g.first != attendance.NoTime:
				at = g.first
			case k == n-1 && g.last != attendance.NoTime:
				at = g.last
			default:
				open = append(open, k)
			}
			list[k] = g.correction(g.all[i].due, at)
		}
		found = g.confirmed(list)
		for _, k := range open {
			if found == nil {
				found = g.confirmed(g.shifted(list, k, g.all[choice[k]].side))
			}
		}
		return found != nil
	})
	return found
}

// shifted returns corrections of which one is at the time at which the hours
// would be WeCom's.
func (g *guess) shifted(list []attendance.Correction, k int, side attendance.Slot) []attendance.Correction {
	r := g.report(g.row, supposing(g.person, list), 0)
	later := g.sum.RegularWorkSec - int64(r.Worked)
	if side == attendance.On {
		later = -later // who comes later works less
	}
	list = slices.Clone(list)
	list[k].At += later
	return list
}

// choose calls try with each choice of n of the items, in their order, until it
// reports true.
func choose(items []int, n int, chosen []int, try func([]int) bool) bool {
	if n == 0 {
		return try(chosen)
	}
	for i := 0; i+n <= len(items); i++ {
		if choose(items[i+1:], n-1, append(chosen, items[i]), try) {
			return true
		}
	}
	return false
}

func (g *guess) correction(due, at attendance.TimeOfDay) attendance.Correction {
	return attendance.Correction{Day: g.row.first, Slot: due, At: g.zone.At(g.row.first, at), By: attendance.ByAPI}
}

// confirmed returns the corrections if with them the cards and hours of the day
// are WeCom's, and no record shows what they do; else nil.
func (g *guess) confirmed(list []attendance.Correction) []attendance.Correction {
	if len(list) == 0 || slices.ContainsFunc(list, func(c attendance.Correction) bool { return recorded(g.person, c.At) }) {
		return nil
	}
	p := supposing(g.person, list)
	o := g.ofDay(g.row, p, g.report(g.row, p, 0))
	if slices.ContainsFunc(o.found, func(d Difference) bool {
		return slices.Contains([]Cause{CauseCards, CauseHours, CauseMissing, CauseStrangeCard}, d.cause)
	}) {
		return nil
	}
	return list
}
