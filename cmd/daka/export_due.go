package main

import (
	"context"
	"strings"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/export"
)

// dueTimes are the times at which shifts begin and end.
type dueTimes map[memberDay][]attendance.Span

// memberDay is a day of a member, whose userid is in lower case.
type memberDay struct {
	user string
	day  attendance.Day
}

func dueOfShifts(ctx context.Context, f checkin.Fetch) (dueTimes, error) {
	due := dueTimes{}
	for m, err := range f.Schedules(ctx) {
		if err != nil {
			return nil, err
		}
		for _, s := range exportShifts(&m, export.Person{}) {
			if len(s.Sections) > 0 {
				due[memberDay{strings.ToLower(m.UserID), s.Date}] = s.Sections
			}
		}
	}
	return due, nil
}
