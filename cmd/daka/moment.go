package main

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/dakahq/daka/internal/attendance"
)

// clockTime is a time of day as people write it, with the days after as in
// "+1 06:00", 次日06:00 or, on a line of their own hours, 30:00.
var (
	clockTime = regexp.MustCompile(`^(?:\+(\d) ?)?(\d{1,2}):(\d{2})(?::(\d{2}))?$`)
	dayAhead  = regexp.MustCompile(`^(?:\+1|次日|翌日|第二天)$`)
	nextDay   = regexp.MustCompile(`^(?:次日|翌日|第二天) ?`)
	// clockBehind is a time of day at the end of a text.
	clockBehind = regexp.MustCompile(`(?:(?:\+\d|次日|翌日|第二天) ?)?(\d{1,2}):\d{2}(?::\d{2})?$`)
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

// parseMoment reads an instant: now, a time of the given day, a date with a time
// of it, or what --as-of takes. A time of the day after says so: 25:00 is a slip.
func parseMoment(text string, today attendance.Day, zone *attendance.Zone) (int64, error) {
	plain := halfWidth(text)
	if plain == "now" || plain == "现在" {
		return time.Now().Unix(), nil
	}
	var m momentFlag
	if m.Set(plain) == nil {
		return m.in(zone), nil
	}
	bad := usagef("%q is not a time like 08:58, 2026-01-31 08:58, 1月31日 08:58, 2026-01-31T08:58:00+08:00, Unix seconds or now", text)
	at := clockBehind.FindStringSubmatchIndex(plain)
	if at == nil {
		return 0, bad
	}
	date, clock := strings.TrimRight(plain[:at[0]], " T"), plain[at[0]:]
	t, err := parseClock(clock)
	switch {
	case err != nil:
		return 0, bad
	case plain[at[2]:at[3]] >= "24" && at[3]-at[2] == 2:
		return 0, usagef("%q: a day has hours up to 23; the day after is said by a date, or by 次日 or +1 before the time", clock)
	case date == "":
		return zone.At(today, t), nil
	}
	w, err := parseWhen(date)
	if err != nil {
		return 0, usageError{err}
	}
	day, err := w.dayFrom(today)
	if err != nil {
		return 0, err
	}
	return zone.At(day, t), nil
}
