package verify

import (
	"context"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
)

// coverage is what a mirror fetched: of members, punches of days that were over
// by then, and day reports. Verdicts that came another way are of no coverage.
type coverage struct {
	records, days map[attendance.UserID][]app.Covered
}

func readCoverage(ctx context.Context, q *Query, a *app.App) (*coverage, error) {
	all, err := a.MirrorCoverage(ctx, q.Corp)
	c := &coverage{map[attendance.UserID][]app.Covered{}, map[attendance.UserID][]app.Covered{}}
	for _, x := range all {
		switch x.Kind {
		case app.MirroredRecords:
			on, _ := q.Corp.Zone.DayAt(x.At)
			x.Last = min(x.Last, on-1)
			c.records[x.User] = append(c.records[x.User], x)
		case app.MirroredDays:
			c.days[x.User] = append(c.days[x.User], x)
		}
	}
	return c, err
}

// untold reports whether a member's reports of some days were fetched and the
// punches of one of these days were not.
func (c *coverage) untold(user attendance.UserID, first, last attendance.Day) bool {
	return within(c.days[user], first, last) && !within(c.records[user], first, last)
}

// answered returns when a member's report of a day was asked for last; 0 = never.
func (c *coverage) answered(user attendance.UserID, d attendance.Day) int64 {
	for _, x := range c.days[user] {
		if x.First <= d && d <= x.Last {
			return x.At
		}
	}
	return 0
}

// within reports whether stretches, in the order of their days, hold all of the
// days between two.
func within(list []app.Covered, first, last attendance.Day) bool {
	for _, x := range list {
		if x.First <= first && first <= x.Last {
			first = x.Last + 1
		}
	}
	return first > last
}
