package explain

import (
	"github.com/dakahq/daka/internal/attendance"
)

// ask says until when the rule lets its members ask for a correction of a
// finding, or why it does not.
func (w *writer) ask(code attendance.FindingCode) string {
	policy := &w.r.Kind.Rule.Corrections
	switch {
	case !policy.Allowed:
		return w.w.askOff
	case policy.Closed&closedBit(code) != 0:
		return w.w.askClosed
	}
	until := attendance.MaxDay
	if policy.DayLimit >= 0 {
		until = w.day + attendance.Day(policy.DayLimit) - 1
	}
	if policy.NextMonthUntil >= 0 {
		_, last := w.day.Month()
		until = min(until, last+attendance.Day(max(policy.NextMonthUntil, 1))-1)
	}
	today, _ := w.f.Zone.DayAt(w.f.AsOf)
	switch {
	case until == attendance.MaxDay:
		return w.w.askOpen
	case until < today:
		return fill(w.w.askOver, "until", until.String())
	}
	return fill(w.w.askUntil, "until", until.String())
}

// closedBit is the bit of CorrectionPolicy.Closed for a finding.
func closedBit(code attendance.FindingCode) uint64 {
	switch code {
	case attendance.Missing, attendance.Absent:
		return 1
	case attendance.Late:
		return 2
	case attendance.Early:
		return 4
	}
	return 8
}
