package engine

import (
	"github.com/dakahq/daka/internal/attendance"
)

// CorrectionAsk is a request for a correction, as a rule's policy sees it.
type CorrectionAsk struct {
	Today    attendance.Day // on which it is made
	Day      attendance.Day // to be corrected
	Abnormal []attendance.FindingCode
	Used     int  // corrections of this month so far
	Exempt   bool // the member is on the rule's white list
}

// bits of CorrectionPolicy.Closed
const (
	closedMissing = 1 << iota
	closedLate
	closedEarly
	closedOther
)

// CheckPolicy reports whether a rule's members may ask for a correction: nil,
// or one of attendance.ErrCorrectionsOff, ErrCorrectionTooLate,
// ErrCorrectionFuture, ErrCorrectionsSpent and the ErrClosed errors.
func CheckPolicy(policy *attendance.CorrectionPolicy, ask CorrectionAsk) error {
	switch {
	case !policy.Allowed || ask.Exempt:
		return attendance.ErrCorrectionsOff
	case ask.Day > ask.Today:
		return attendance.ErrCorrectionFuture
	case policy.DayLimit >= 0 && int(ask.Today-ask.Day) >= policy.DayLimit, monthClosed(policy, ask):
		return attendance.ErrCorrectionTooLate
	case policy.PerMonth >= 0 && ask.Used >= policy.PerMonth:
		return attendance.ErrCorrectionsSpent
	}
	return CheckClosed(policy.Closed, ask.Abnormal)
}

// monthClosed reports whether the month of the day may no longer be corrected:
// from the policy's day of the next month on.
func monthClosed(policy *attendance.CorrectionPolicy, ask CorrectionAsk) bool {
	_, last := ask.Day.Month()
	if policy.NextMonthUntil < 0 || ask.Today <= last {
		return false
	}
	return int(ask.Today-last) >= policy.NextMonthUntil
}

// CheckClosed reports whether what is wrong with a card may be corrected, given
// the bits of CorrectionPolicy.Closed: nil, or one of the ErrClosed errors.
func CheckClosed(closed uint64, abnormal []attendance.FindingCode) error {
	hit := uint64(0)
	for _, code := range abnormal {
		switch code {
		case attendance.Missing, attendance.Absent:
			hit |= closedMissing
		case attendance.Late:
			hit |= closedLate
		case attendance.Early:
			hit |= closedEarly
		default:
			hit |= closedOther
		}
	}
	switch hit &= closed; {
	case hit == 0:
		return nil
	case hit&closedMissing != 0:
		return attendance.ErrClosedMissing
	case hit&closedLate != 0 && hit&closedOther != 0:
		return attendance.ErrClosedLateOther
	case hit&closedEarly != 0 && hit&closedOther != 0:
		return attendance.ErrClosedEarlyOther
	case hit&closedLate != 0:
		return attendance.ErrClosedLate
	case hit&closedEarly != 0:
		return attendance.ErrClosedEarly
	}
	return attendance.ErrClosedOther
}
