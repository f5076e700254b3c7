package checkin

import (
	"slices"
	"time"
)

const (
	maxSpecialDays = 366
	fortnight      = 14       // days between those of a SpecialBiweekly
	specialFrom    = 4 * 3600 // where a special working day may begin at the earliest
	specialTo      = 18 * 3600
	specialEnd     = nextMidnight + 3*3600
)

// year2000 begins the time that special days may lie in.
var year2000 = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).Unix() - nextMidnight // whatever the zone

// specialView is an element of spe_workdays or spe_offdays.
type specialView struct {
	*SpecialDayWrite
	path string
	work bool
}

func (d *specialView) kind() int64 { return deref(d.Type) }

// begin is a period's first stamp, in either spelling.
func (d *specialView) begin() int64 {
	if n := deref(d.BegTime); n != 0 {
		return n
	}
	return deref(d.AltBegTime)
}

// span returns the first and the last stamp; 0 = missing.
func (d *specialView) span() (first, last int64) {
	switch d.kind() {
	case SpecialPeriod:
		return d.begin(), deref(d.EndTime)
	case SpecialBiweekly:
		return deref(d.Timestamp), deref(d.EndTime)
	}
	return deref(d.Timestamp), deref(d.Timestamp)
}

func firstSpecial(v *ruleView, member string, bad func(*specialView) bool) string {
	for i := range v.special {
		if d := &v.special[i]; bad(d) {
			return d.path + "." + member
		}
	}
	return ""
}

func tooManySpecialDays(v *ruleView) string {
	if len(v.SpeWorkdays) > maxSpecialDays {
		return "spe_workdays"
	}
	return when(len(v.SpeOffdays) > maxSpecialDays, "spe_offdays")
}

func noNotes(v *ruleView) string {
	return firstSpecial(v, "notes", func(d *specialView) bool { return d.Notes == "" })
}

// badOffday refuses also what is no kind of day: the list has no line of its
// own for days off.
func badOffday(v *ruleView) string {
	return firstSpecial(v, "checkintime", func(d *specialView) bool {
		return !d.work && (len(d.CheckinTime) > 0 || outside(d.kind(), SpecialDate, SpecialBiweekly))
	})
}

func badSpecialType(v *ruleView) string {
	return firstSpecial(v, "type", func(d *specialView) bool { return d.work && outside(d.kind(), SpecialDate, SpecialBiweekly) })
}

func noSpecialTime(v *ruleView) string {
	return firstSpecial(v, "checkintime", func(d *specialView) bool { return d.work && len(d.CheckinTime) == 0 })
}

func specialWindow(v *ruleView) string {
	return v.firstSection(func(owner int, s *Section) string {
		w, _ := windowsOf(s)
		return when(owner == specialOwner && w != windows{}, "earliest_work_sec")
	})
}

func badSpecialTime(v *ruleView) string {
	return v.firstSection(func(owner int, s *Section) string {
		bad := s.WorkSec%60 != 0 || s.OffWorkSec%60 != 0 || outside(s.WorkSec, specialFrom, specialTo) ||
			outside(s.OffWorkSec, specialFrom, specialEnd) || outside(s.OffWorkSec-s.WorkSec, 60, nextMidnight)
		return when(owner == specialOwner && bad, "work_sec")
	})
}

// badPeriod leaves an end that is no date at all to badEnd.
func badPeriod(v *ruleView) string {
	return firstSpecial(v, "endtime", func(d *specialView) bool {
		first, last := d.span()
		backward := isDate(first) && isDate(last) && last < first
		switch d.kind() {
		case SpecialPeriod:
			return first == 0 || last == 0 || backward
		case SpecialBiweekly:
			return last == 0 || backward
		}
		return false
	})
}

// occurrences are the days of a special day, counted from the first one of the
// rule.
type occurrences struct{ first, last, step int64 }

// sameSpecialDay needs no zone: it counts the midnights between two stamps,
// and a clock that was changed between them does not matter. It compares all
// days with all others, so that lists that are too long are left to
// tooManySpecialDays.
func sameSpecialDay(v *ruleView) string {
	if tooManySpecialDays(v) != "" {
		return ""
	}
	var seen []occurrences
	base := int64(0)
	for i := range v.special {
		d := &v.special[i]
		first, last := d.span()
		if !isDate(first) || !isDate(last) || last < first || outside(d.kind(), SpecialDate, SpecialBiweekly) {
			continue // other lines speak of it
		}
		if base == 0 {
			base = first
		}
		o := occurrences{midnights(first - base), midnights(last - base), 1}
		if d.kind() == SpecialBiweekly {
			o.step = fortnight
		}
		if slices.ContainsFunc(seen, o.meets) {
			return d.path
		}
		seen = append(seen, o)
	}
	return ""
}

// midnights rounds seconds to days.
func midnights(seconds int64) int64 {
	return (seconds+1_000_000*nextMidnight+nextMidnight/2)/nextMidnight - 1_000_000
}

// meets reports whether the two have a day in common.
func (o occurrences) meets(p occurrences) bool {
	if o.step < p.step {
		o, p = p, o
	}
	from, to := max(o.first, p.first), min(o.last, p.last)
	if p.step > 1 && (o.first-p.first)%fortnight != 0 {
		return false
	}
	next := from // the first day of o from there on
	if ahead := (from - o.first) % o.step; ahead > 0 {
		next += o.step - ahead
	}
	return next <= to
}

// calendar knows what time it is, and where.
type calendar struct {
	now int64
	loc *time.Location
}

func isDate(stamp int64) bool { return stamp >= year2000 && isTime(stamp) }

// dayBegins reports whether a day begins with a stamp.
func (c *calendar) dayBegins(stamp int64) bool {
	if !isDate(stamp) {
		return false
	}
	t := time.Unix(stamp, 0).In(c.loc)
	y, m, d := t.Date()
	return y >= 2000 && time.Date(y, m, d, 0, 0, 0, 0, c.loc).Equal(t)
}

// pastDay leaves what is no date at all to the lines that follow it.
func pastDay(v *ruleView, c *calendar) string {
	return firstSpecial(v, "timestamp", func(d *specialView) bool {
		first, _ := d.span()
		return c.dayBegins(first) && first <= c.now
	})
}

func badBegin(v *ruleView, c *calendar) string {
	return firstSpecial(v, "begtime", func(d *specialView) bool {
		return d.kind() == SpecialPeriod && d.begin() != 0 && !c.dayBegins(d.begin())
	})
}

func badEnd(v *ruleView, c *calendar) string {
	return firstSpecial(v, "endtime", func(d *specialView) bool {
		end := deref(d.EndTime)
		return (d.kind() == SpecialPeriod || d.kind() == SpecialBiweekly) && end != 0 && !c.dayBegins(end)
	})
}

func badTimestamp(v *ruleView, c *calendar) string {
	return firstSpecial(v, "timestamp", func(d *specialView) bool {
		return (d.kind() == SpecialDate || d.kind() == SpecialBiweekly) && !c.dayBegins(deref(d.Timestamp))
	})
}

// longPeriod takes the same date of the next year for the last day allowed.
func longPeriod(v *ruleView, c *calendar) string {
	return firstSpecial(v, "endtime", func(d *specialView) bool {
		first, last := d.span()
		return isDate(first) && last > time.Unix(first, 0).In(c.loc).AddDate(1, 0, 0).Unix()
	})
}
