package main

import (
	"regexp"
	"strconv"
	"time"

	"github.com/dakahq/daka/internal/attendance"
)

// clockTime is a time of day as people write it, with the days after as in
// "+1 06:00", 次日06:00 or, on a line of their own hours, 30:00.
var (
	clockTime = regexp.MustCompile(`^(?:\+(\d) ?)?(\d{1,2}):(\d{2})(?::(\d{2}))?$`)
	dayAhead  = regexp.MustCompile(`^(?:\+1|次日|翌日|第二天)$`)
	nextDay   = regexp.MustCompile(`^(?:次日|翌日|第二天) ?`)
)

// joinClocks puts a time of day that came as two arguments, +1 06:00, together.
func joinClocks(args []string) (joined []string) {
	for i := 0; i < len(args); i++ {
		if i+1 < len(args) && dayAhead.MatchString(halfWidth(args[i])) {
			joined = append(joined, args[i]+" "+args[i+1])
			i++
			continue
		}
		joined = append(joined, args[i])
	}
	return joined
}

// parseClock reads a time of day.
func parseClock(text string) (attendance.TimeOfDay, error) {
	m := clockTime.FindStringSubmatch(nextDay.ReplaceAllString(halfWidth(text), "+1 "))
	bad := failf("%q is not a time like 08:58, 08:58:30 or +1 06:00", text)
	if m == nil {
		return 0, bad
	}
	var n [5]int
	for i := 1; i < len(n); i++ {
		n[i], _ = strconv.Atoi(m[i]) // up to two digits, or none for 0
	}
	seconds := n[1]*attendance.SecondsPerDay + n[2]*3600 + n[3]*60 + n[4]
	if n[3] > 59 || n[4] > 59 || seconds >= 2*attendance.SecondsPerDay {
		return 0, bad
	}
	return attendance.TimeOfDay(seconds), nil
}

// parseMoment reads an instant: now, a time of the given day, or what --as-of
// takes.
func parseMoment(text string, day attendance.Day, zone *attendance.Zone) (int64, error) {
	if text = halfWidth(text); text == "now" || text == "现在" {
		return time.Now().Unix(), nil
	}
	if t, err := parseClock(text); err == nil {
		return zone.At(day, t), nil
	}
	var m momentFlag
	if err := m.Set(text); err != nil {
		return 0, usagef("%q is not a time like 08:58, 2026-01-31 08:58, 2026-01-31T08:58:00+08:00, Unix seconds or now", text)
	}
	return m.in(zone), nil
}
