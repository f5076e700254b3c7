package export

import (
	"iter"

	"github.com/dakahq/daka/internal/attendance"
)

// GridRow is a row of one member's days side by side.
type GridRow struct {
	Person
	codes    []uint8 // by day, counted from 1 on in codes; 0 = nothing is known
	worked   int64   // days with a card
	hours    int64   // seconds
	overtime int64   // seconds
	Figures
}

// GridRows puts the days of each member, which must come together, into one row
// of the grid from first to last.
func GridRows(rows iter.Seq2[Day, error], first, last attendance.Day) iter.Seq2[GridRow, error] {
	return func(yield func(GridRow, error) bool) {
		var row *GridRow
		for d, err := range rows {
			if err != nil {
				yield(GridRow{}, err)
				return
			}
			if row != nil && row.UserID != d.UserID {
				if !yield(*row, nil) {
					return
				}
				row = nil
			}
			if row == nil {
				row = &GridRow{Person: d.Person, codes: make([]uint8, last-first+1)}
			}
			row.add(&d, first)
		}
		if row != nil {
			yield(*row, nil)
		}
	}
}

func (r *GridRow) add(d *Day, first attendance.Day) {
	at := int(d.Date - first)
	if at < 0 || at >= len(r.codes) {
		return
	}
	r.Person = d.Person // the last day says where the member stands
	r.codes[at] = codeOf(d)
	if d.Cards > 0 {
		r.worked++
	}
	r.hours += d.Worked
	r.overtime += d.Overtime
	r.Late, r.Early, r.Missing, r.Absent = r.Late+d.Late, r.Early+d.Early, r.Missing+d.Missing, r.Absent+d.Absent
	for i := range d.Requests {
		r.Requests = d.Requests[i].addTo(r.Requests)
	}
}

// addTo adds a request to those of the same kind in sums. One of no time is none.
func (q *Request) addTo(sums []Request) []Request {
	if q.Seconds == 0 {
		return sums
	}
	for i := range sums {
		if s := &sums[i]; s.same(q) {
			s.Count, s.Seconds = s.Count+q.Count, s.Seconds+q.Seconds
			return sums
		}
	}
	return append(sums, *q)
}

func (q *Request) same(as *Request) bool {
	return q.Kind == as.Kind && q.ByDay == as.ByDay && q.name() == as.name()
}

// asked is how long the requests of a member are that are like q.
func (r *GridRow) asked(q *Request) (seconds int64) {
	for i := range r.Requests {
		if s := &r.Requests[i]; s.same(q) {
			seconds += s.Seconds
		}
	}
	return seconds
}
