package checkin

import (
	"fmt"
	"slices"
)

const (
	maxShifts   = 50
	maxSections = 4        // of a day
	shiftLead   = 4 * 3600 // seconds between the opening of a shift and its beginning
	restName    = "休息"     // of shift 0
)

// firstShift returns the member of the first element of schedulelist that is bad.
func firstShift(v *ruleView, member string, bad func(*ShiftWrite) bool) string {
	i := slices.IndexFunc(v.ScheduleList, func(s ShiftWrite) bool { return bad(&s) })
	return when(i >= 0, fmt.Sprintf("schedulelist[%d].%s", i, member))
}

// repeated is for a bad of firstShift: it reports a key seen before.
func repeated[K comparable](key func(*ShiftWrite) K) func(*ShiftWrite) bool {
	seen := map[K]bool{}
	return func(s *ShiftWrite) bool {
		k := key(s)
		before := seen[k]
		seen[k] = true
		return before
	}
}

func noShift(v *ruleView) string {
	works := slices.ContainsFunc(v.ScheduleList, func(s ShiftWrite) bool { return s.ScheduleID != 0 })
	return when(v.kind == GroupShift && !works, "schedulelist")
}

func noRestShift(v *ruleView) string {
	rest := slices.ContainsFunc(v.ScheduleList, func(s ShiftWrite) bool { return s.ScheduleID == 0 })
	return when(v.kind == GroupShift && !rest, "schedulelist")
}

func tooManyShifts(v *ruleView) string {
	return when(len(v.ScheduleList) > maxShifts, "schedulelist")
}

func tooManyShiftSections(v *ruleView) string {
	return firstShift(v, "time_section", func(s *ShiftWrite) bool { return len(s.TimeSection) > maxSections })
}

func earlyShift(v *ruleView) string {
	return firstShift(v, "time_section", func(s *ShiftWrite) bool {
		if len(s.TimeSection) == 0 {
			return false
		}
		first := slices.MinFunc(s.TimeSection, byWork)
		w, ok := windowsOf(&first)
		return ok && first.WorkSec-w.onFrom > shiftLead
	})
}

// sameShiftName leaves empty names to badShiftName.
func sameShiftName(v *ruleView) string {
	same := repeated(func(s *ShiftWrite) string { return s.ScheduleName })
	return firstShift(v, "schedule_name", func(s *ShiftWrite) bool { return s.ScheduleName != "" && same(s) })
}

func sameShiftID(v *ruleView) string {
	return firstShift(v, "schedule_id", repeated(func(s *ShiftWrite) int64 { return s.ScheduleID }))
}

func workingRestShift(v *ruleView) string {
	return firstShift(v, "time_section", func(s *ShiftWrite) bool { return s.ScheduleID == 0 && len(s.TimeSection) > 0 })
}

func badRestShiftName(v *ruleView) string {
	return firstShift(v, "schedule_name", func(s *ShiftWrite) bool { return s.ScheduleID == 0 && s.ScheduleName != restName })
}

func badShiftName(v *ruleView) string {
	return firstShift(v, "schedule_name", func(s *ShiftWrite) bool { return noText(s.ScheduleName) })
}
