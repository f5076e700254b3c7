package main

import (
	"regexp"
	"strings"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/sheet"
)

// requestEnd is an end of a request as it was typed: a date, and behind it a
// time, a half of the day, or nothing.
type requestEnd struct{ date, rest string }

var (
	isHalf = regexp.MustCompile(`(?i)^(上午|下午|am|pm)$`)
	// joinedEnd is a date with what follows it in one word.
	joinedEnd = regexp.MustCompile(`(?i)^(\d{4}[-/]\d{1,2}[-/]\d{1,2})T(\d.*)$|^(.+?)(上午|下午|am|pm)$`)
)

// readEnds takes the words of a request's FROM and TO apart. A time or half alone
// is of the day before it, and without a TO the request ends with what it begins
// with.
func readEnds(args []string) (ends []requestEnd, err error) {
	for _, word := range joinClocks(strings.Fields(halfWidth(strings.Join(args, " ")))) {
		_, notClock := parseClock(word)
		rest := notClock == nil || isHalf.MatchString(word)
		switch {
		case rest && len(ends) > 0 && ends[len(ends)-1].rest == "":
			ends[len(ends)-1].rest = word
		case rest && len(ends) > 0:
			ends = append(ends, requestEnd{ends[len(ends)-1].date, word})
		case rest:
			return nil, failf("%q: of which day?", word)
		default:
			end := requestEnd{date: word}
			if m := joinedEnd.FindStringSubmatch(word); m != nil {
				end = requestEnd{m[1] + m[3], m[2] + m[4]}
			}
			ends = append(ends, end)
		}
	}
	if len(ends) == 1 {
		ends = append(ends, ends[0])
	}
	if len(ends) != 2 {
		return nil, failf("want a FROM and a TO like 2026-10-08 09:00, 2026-10-08 pm or 2026-10-08, got %q", strings.Join(args, " "))
	}
	return ends, nil
}

// spanOf returns when a request is for. Words such as today are the zone's.
func spanOf(ends []requestEnd, zone *attendance.Zone) (a attendance.Approval, err error) {
	var texts [2]string
	for i, end := range ends {
		w, err := parseWhen(end.date)
		if err == nil {
			err = w.withYear()
		}
		if err != nil {
			return a, err
		}
		day, err := w.day(zone)
		if err != nil {
			return a, err
		}
		if t, err := parseClock(end.rest); err == nil && (nextDay.MatchString(end.rest) || strings.HasPrefix(end.rest, "+")) {
			day, end.rest = day+attendance.Day(t/attendance.SecondsPerDay), (t % attendance.SecondsPerDay).String()
		}
		texts[i] = strings.TrimSpace(day.String() + " " + end.rest)
	}
	return sheet.Span(texts[0], texts[1], zone)
}
