package attendance

import (
	"fmt"
	"time"
)

// Day is a civil date, counted in days from 1970-01-01. It says nothing about
// a zone: which instants belong to it is the business of a Zone.
type Day int32

// Days that Valid accepts: any date a person or a rule can mean.
const (
	MinDay Day = 0      // 1970-01-01
	MaxDay Day = 84_005 // 2199-12-31
)

// Weekday counts from 0, Sunday, to 6, Saturday, as WeCom's workdays do.
func (d Day) Weekday() int { return int((int64(d)%7 + 11) % 7) }

// Valid reports whether d lies between 1970 and 2199.
func (d Day) Valid() bool { return d >= MinDay && d <= MaxDay }

// Date returns the year, month and day of the month.
func (d Day) Date() (year int, month time.Month, day int) {
	return time.Unix(int64(d)*SecondsPerDay, 0).UTC().Date()
}

// YMD returns d as the integer yyyymmdd, the form in which days are stored.
func (d Day) YMD() int64 {
	y, m, day := d.Date()
	return int64(y)*10000 + int64(m)*100 + int64(day)
}

// String returns d as 2006-01-02.
func (d Day) String() string {
	y, m, day := d.Date()
	return fmt.Sprintf("%04d-%02d-%02d", y, int(m), day)
}

// Month returns the first and the last day of d's month.
func (d Day) Month() (first, last Day) {
	y, m, _ := d.Date()
	return DayOf(y, m, 1), DayOf(y, m+1, 1) - 1
}

// DayOf returns the day of a civil date. Months and days out of range are
// carried over as by time.Date.
func DayOf(year int, month time.Month, day int) Day {
	u := time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix()
	return Day(floorDiv(u, SecondsPerDay))
}

// DayFromYMD is the inverse of Day.YMD; it refuses dates that do not exist.
func DayFromYMD(ymd int64) (Day, error) {
	y, m, d := int(ymd/10000), time.Month(ymd/100%100), int(ymd%100)
	day := DayOf(y, m, d)
	if ymd <= 0 || day.YMD() != ymd || !day.Valid() {
		return 0, fmt.Errorf("%d is not a date yyyymmdd between 1970 and 2199", ymd)
	}
	return day, nil
}

// ParseDay reads a date written as 2006-01-02.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("%q is not a date like 2026-01-31", s)
	}
	d := DayOf(t.Date())
	if !d.Valid() {
		return 0, fmt.Errorf("%q is not between 1970 and 2199", s)
	}
	return d, nil
}

// SecondsPerDay is the length of a civil day on the wall clock.
const SecondsPerDay = 86_400

// TimeOfDay is a moment on the wall clock, in seconds after the midnight that
// begins a Day. It passes 86,400 on the next day and is negative on the one before.
type TimeOfDay int32

// NoTime stands where there is no time of day.
const NoTime TimeOfDay = -1 << 31

// Minute returns t cut down to its minute: what lateness is measured from.
func (t TimeOfDay) Minute() TimeOfDay { return t - TimeOfDay(floorMod(int64(t), 60)) }

// String returns t as 15:04 or 15:04:05, with the days before or after it as
// "+1 " or "-1 ".
func (t TimeOfDay) String() string {
	if t == NoTime {
		return "none"
	}
	day, s := floorDiv(int64(t), SecondsPerDay), floorMod(int64(t), SecondsPerDay)
	text := fmt.Sprintf("%02d:%02d", s/3600, s/60%60)
	if s%60 != 0 {
		text += fmt.Sprintf(":%02d", s%60)
	}
	if day != 0 {
		text = fmt.Sprintf("%+d %s", day, text)
	}
	return text
}

// Span is a stretch of a day's wall clock. Which of its ends belong to it is
// said where it is used.
type Span struct{ From, To TimeOfDay }

// Contains reports whether t lies in s, both ends included.
func (s Span) Contains(t TimeOfDay) bool { return s.From <= t && t <= s.To }

// Overlap returns how many seconds [s.From,s.To) and [o.From,o.To) share.
func (s Span) Overlap(o Span) int32 {
	return int32(max(0, min(s.To, o.To)-max(s.From, o.From)))
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

func floorMod(a, b int64) int64 { return a - floorDiv(a, b)*b }
