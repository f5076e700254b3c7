package engine

import "github.com/dakahq/daka/internal/attendance"

// RequestDays returns how much of a member's request falls on each of its days,
// approved or not: what reports would show of it. Days without any are left
// out. The member's facts must cover the request's days.
func (c *Corp) RequestDays(p *attendance.Person, a *attendance.Approval) (days []attendance.ApprovalSlice) {
	if len(a.Slices) > 0 {
		return a.Slices
	}
	q := request{approval: a, from: c.zone.Wall(a.From), to: c.zone.Wall(a.To)}
	if a.ByDay {
		q.from = q.from / half * half
		q.to = q.to/half*half + half
	}
	first, last := attendance.Day(floorDay(q.from)), attendance.Day(floorDay(q.to-1))
	e := c.NewEvaluator()
	for d := first; d <= min(last, first+longest); d++ {
		workday := true
		if a.Vacation.WorkdaysOnly {
			kind := e.kindOn(p, d)
			workday = kind != nil && kind.Workday
		}
		if seconds := q.on(d, workday); seconds > 0 {
			days = append(days, attendance.ApprovalSlice{Day: d, Seconds: seconds})
		}
	}
	return days
}
