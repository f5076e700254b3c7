package checkin

import (
	"fmt"
	"time"
)

// Date is a day of the calendar, in whatever zone.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf returns the date that t shows in its own zone.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// String writes d as 2006-01-02.
func (d Date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day) }

// Midnight returns the instant at which d begins in a zone. Where clocks are
// turned on at midnight, a day begins later by the clock; where its first hour
// is shown twice, with the first of the two.
func (d Date) Midnight(zone *time.Location) time.Time {
	t := time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, zone)
	if DateOf(t) != d {
		_, t = t.ZoneBounds()
		return t
	}
	turned, _ := t.ZoneBounds()
	if turned.IsZero() {
		return t
	}
	_, after := t.Zone()
	_, before := turned.Add(-1).Zone()
	if first := t.Add(time.Duration(after-before) * time.Second); first.Before(turned) && DateOf(first) == d {
		return first
	}
	return t
}

func (d Date) next() Date { return DateOf(time.Date(d.Year, d.Month, d.Day+1, 0, 0, 0, 0, time.UTC)) }

func (d Date) before(other Date) bool {
	return d.Midnight(time.UTC).Before(other.Midnight(time.UTC))
}

// exists reports whether d is a day that a calendar has.
func (d Date) exists() bool {
	return d.Year > 0 && d == DateOf(time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC))
}
