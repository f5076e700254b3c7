package scenario

import (
	"strconv"
	"strings"
	"time"

	"github.com/dakahq/daka/internal/attendance"
)

// moment is a wall clock time of a day; the time may pass into other days.
type moment struct {
	day  attendance.Day
	time attendance.TimeOfDay
}

// from returns the moment's time as seen from the midnight of another day.
func (m moment) from(day attendance.Day) attendance.TimeOfDay {
	return m.time + attendance.TimeOfDay(m.day-day)*attendance.SecondsPerDay
}

func (m moment) unix(z *attendance.Zone) int64 { return z.At(m.day, m.time) }

// day reads a date.
func (n node) day() attendance.Day {
	s := n.str()
	if n.r.err != nil {
		return 0
	}
	d, err := attendance.ParseDay(s)
	if err != nil {
		n.fail("%v", err)
	}
	return d
}

func (n node) dayOr(def attendance.Day) attendance.Day {
	if !n.present {
		return def
	}
	return n.day()
}

// clock reads "09:00", "09:00:05" or "+1 01:30".
func (n node) clock() attendance.TimeOfDay {
	s := n.str()
	t, ok := parseClock(s)
	if !ok {
		n.fail("%q is not a time like 09:00, 09:00:05 or +1 01:30", s)
	}
	return t
}

// moment reads a clock time counted from base, or a date and a time.
func (n node) moment(base attendance.Day) moment {
	s := n.str()
	if t, ok := parseClock(s); ok {
		return moment{base, t}
	}
	date, clock, _ := strings.Cut(s, " ")
	d, err := attendance.ParseDay(date)
	t, ok := parseTime(clock)
	if err != nil || !ok {
		n.fail("%q is not a time like 09:00, +1 01:30 or 2026-01-31 09:00", s)
	}
	return moment{d, t}
}

// half reads "2026-01-31 AM" or PM; PM is 12:00, as WeCom writes the second half.
func (n node) half() moment {
	s := n.str()
	date, half, _ := strings.Cut(s, " ")
	d, err := attendance.ParseDay(date)
	if err != nil || half != "AM" && half != "PM" {
		n.fail("%q is not a half day like 2026-01-31 AM", s)
	}
	m := moment{day: d}
	if half == "PM" {
		m.time = attendance.SecondsPerDay / 2
	}
	return m
}

func parseClock(s string) (attendance.TimeOfDay, bool) {
	var days int64
	if rest, ok := strings.CutPrefix(s, "+"); ok {
		var count string
		count, s, _ = strings.Cut(rest, " ")
		n, err := strconv.ParseUint(count, 10, 8)
		if err != nil {
			return 0, false
		}
		days = int64(n)
	}
	t, ok := parseTime(s)
	return t + attendance.TimeOfDay(days*attendance.SecondsPerDay), ok
}

func parseTime(s string) (attendance.TimeOfDay, bool) {
	layout := "15:04"
	if len(s) > len(layout) {
		layout = "15:04:05"
	}
	t, err := time.Parse(layout, s)
	if err != nil || len(s) != len(layout) {
		return 0, false
	}
	return attendance.TimeOfDay(t.Hour()*3600 + t.Minute()*60 + t.Second()), true
}
