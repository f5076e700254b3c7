package attendance

import "errors"

// The errors that callers tell apart. They are wrapped with what was being
// done; the edges map them to WeCom's codes in one table each.
var (
	ErrUnknownUser   = errors.New("no such member")
	ErrUnknownGroup  = errors.New("no such check-in rule")
	ErrUnknownShift  = errors.New("the rule has no such shift")
	ErrNotShiftRule  = errors.New("the rule is not a shift rule")
	ErrPastSchedule  = errors.New("only days after today can be scheduled")
	ErrForeignRule   = errors.New("the rule belongs to another app")
	ErrRangeConflict = errors.New("a member is already named by another rule")
	ErrOutOfScope    = errors.New("outside the app's visible range")

	// The first two come as a SlotError where what would be right is known.
	ErrCorrectionSlot   = errors.New("the due time is not a slot of that day")
	ErrCorrectionWindow = errors.New("the time lies outside the slot's window")
	ErrCorrectionRest   = errors.New("the day is not worked and its rule allows no punches on rest days")
	ErrCorrectionFuture = errors.New("the time lies in the future")

	ErrCorrectionsOff    = errors.New("the rule allows no corrections, or not to this member")
	ErrCorrectionsSpent  = errors.New("the month's corrections are used up")
	ErrCorrectionTooLate = errors.New("the day is too long ago to be corrected")
	ErrClosedMissing     = errors.New("missing cards may not be corrected")
	ErrClosedLate        = errors.New("lateness may not be corrected")
	ErrClosedEarly       = errors.New("leaving early may not be corrected")
	ErrClosedOther       = errors.New("other exceptions may not be corrected")
	ErrClosedLateOther   = errors.New("lateness and other exceptions may not be corrected")
	ErrClosedEarlyOther  = errors.New("leaving early and other exceptions may not be corrected")
)
