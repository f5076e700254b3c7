package attendance

import (
	"fmt"
	"sort"
	"time"
)

// DefaultZone is the zone of a corporation that names none.
const DefaultZone = "Asia/Shanghai"

// Zone turns instants into the wall clock of a corporation and back. It is a
// table of the zone's changes, so that the engine asks it without a time.Time.
// A Zone does not change and may be shared.
type Zone struct {
	name    string
	loc     *time.Location
	changes []change
}

// change says which offset holds from an instant on.
type change struct{ from, offset int64 }

// LoadZone returns the zone with the given IANA name; "" means DefaultZone.
func LoadZone(name string) (*Zone, error) {
	if name == "" {
		name = DefaultZone
	}
	if name == "Local" {
		return nil, fmt.Errorf("zone %q: name a zone such as Asia/Shanghai, not this machine's", name)
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return nil, fmt.Errorf("zone %q: not a zone of the IANA database", name)
	}
	z := &Zone{name: name, loc: loc}
	t := time.Unix(int64(MinDay)*SecondsPerDay, 0).In(loc)
	_, offset := t.Zone()
	z.changes = append(z.changes, change{-1 << 62, int64(offset)})
	for t.Unix() <= int64(MaxDay+1)*SecondsPerDay {
		_, end := t.ZoneBounds()
		if end.IsZero() {
			break
		}
		if !end.After(t) {
			// The standard library ends a leap year in UTC one day early and
			// reports a bound that is none: step over it.
			t = t.Add(48 * time.Hour)
			continue
		}
		if _, next := end.Zone(); next != offset {
			offset = next
			z.changes = append(z.changes, change{end.Unix(), int64(offset)})
		}
		t = end
	}
	return z, nil
}

// Name returns the zone's IANA name.
func (z *Zone) Name() string { return z.name }

// Location returns the zone as the standard library has it.
func (z *Zone) Location() *time.Location { return z.loc }

// Wall returns the seconds from 1970-01-01 00:00 that the wall clock shows at
// an instant given in Unix seconds.
func (z *Zone) Wall(at int64) int64 {
	n := len(z.changes) - 1
	if c := z.changes[n]; at >= c.from {
		return at + c.offset
	}
	i := sort.Search(n, func(i int) bool { return z.changes[i+1].from > at })
	return at + z.changes[i].offset
}

// Latest returns the last change of the zone's clocks and the offset since, both
// in seconds: from that instant on Wall adds nothing but the offset.
func (z *Zone) Latest() (from, offset int64) {
	c := z.changes[len(z.changes)-1]
	return c.from, c.offset
}

// DayAt returns the day and the time of day that the wall clock shows at an instant.
func (z *Zone) DayAt(at int64) (Day, TimeOfDay) {
	w := z.Wall(at)
	d := floorDiv(w, SecondsPerDay)
	return Day(d), TimeOfDay(w - d*SecondsPerDay)
}

// At returns the instant, in Unix seconds, at which the wall clock shows t of
// day d. A wall clock time that is skipped or shown twice is resolved as
// time.Date does.
func (z *Zone) At(d Day, t TimeOfDay) int64 {
	last := z.changes[len(z.changes)-1]
	if at := int64(d)*SecondsPerDay + int64(t) - last.offset; at >= last.from+2*SecondsPerDay {
		return at
	}
	y, m, day := d.Date()
	return time.Date(y, m, day, 0, 0, int(t), 0, z.loc).Unix()
}

// Midnight returns the instant at which day d begins: the "0 点" of WeCom's calls.
// Where clocks are turned on at midnight that is later by the clock, and where
// the first hour is shown twice it is the first of the two.
func (z *Zone) Midnight(d Day) int64 {
	wall := int64(d) * SecondsPerDay
	n := len(z.changes) - 1
	i := sort.Search(n, func(i int) bool { return z.changes[i+1].from > wall-2*SecondsPerDay })
	for ; i < n; i++ {
		if at := max(z.changes[i].from, wall-z.changes[i].offset); at < z.changes[i+1].from {
			return at
		}
	}
	return max(z.changes[n].from, wall-z.changes[n].offset)
}

// Elapsed returns the seconds that pass between two moments of day d's wall clock.
func (z *Zone) Elapsed(d Day, s Span) int64 {
	return z.At(d, s.To) - z.At(d, s.From)
}
