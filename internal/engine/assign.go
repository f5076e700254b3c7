package engine

import (
	"github.com/dakahq/daka/internal/attendance"
)

// unassigned marks a punch that no day's windows contain.
const unassigned = int32(-1 << 30)

// assign decides for every punch known which of e.plans it belongs to: the one
// whose windows contain it, out of the day before its date, its date and the
// day after. A working day comes before one that is not; of two working days
// the later one has it from the earlier one's scheduled end on, and never
// before its own windows open.
func (e *Evaluator) assign(p *attendance.Person, first attendance.Day) {
	e.wall, e.owner = e.wall[:0], e.owner[:0]
	from, offset := e.corp.zone.Latest()
	last := int64(len(e.plans) - 1)
	for i := range p.Punches {
		punch := &p.Punches[i]
		wall := punch.At + offset
		if punch.At < from {
			wall = e.corp.zone.Wall(punch.At)
		}
		e.wall = append(e.wall, wall)
		owner := unassigned
		if punch.KnownAt <= e.corp.asOf {
			date := floorDay(wall) - int64(first)
			owner = e.ownerOf(wall, max(0, date-1), min(last, date+1))
		}
		e.owner = append(e.owner, owner)
	}
}

// ownerOf returns the plan among e.plans[lo..hi] that a punch belongs to.
func (e *Evaluator) ownerOf(wall, lo, hi int64) int32 {
	best := unassigned
	for i := lo; i <= hi; i++ {
		pl := &e.plans[i]
		if pl.kind == nil || wall < pl.from || wall > pl.to {
			continue
		}
		if best == unassigned || e.takesOver(&e.plans[best], pl, wall) {
			best = int32(i)
		}
	}
	return best
}

// takesOver reports whether the later of two days that could both have a punch has it.
func (e *Evaluator) takesOver(earlier, later *plan, wall int64) bool {
	if earlier.kind.Workday != later.kind.Workday {
		return later.kind.Workday
	}
	if !later.kind.Workday {
		return true
	}
	return wall >= max(earlier.end, later.onFrom)
}

// floorDay returns the day that a moment of the wall clock lies in.
func floorDay(wall int64) int64 {
	d := wall / attendance.SecondsPerDay
	if wall < d*attendance.SecondsPerDay {
		d--
	}
	return d
}
