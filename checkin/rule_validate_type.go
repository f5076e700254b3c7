package checkin

import "fmt"

// What a rule may have depends on its grouptype.

func badWorkdayCount(v *ruleView) string {
	return when(v.kind == GroupFixed && outside(int64(len(v.CheckinDate)), 1, 7), "checkindate")
}

// badWeekdays refuses also an item that has no weekday in any week.
func badWeekdays(v *ruleView) string {
	if v.kind != GroupFixed {
		return ""
	}
	var every, odd, even weekdaySet
	for i := range v.CheckinDate {
		d := &v.CheckinDate[i]
		path := fmt.Sprintf("checkindate[%d]", i)
		if !every.add(d.Workdays) {
			return path + ".workdays"
		}
		named := len(d.Workdays)
		if b := deref(d.Biweekly); b.EnableWeekdayRecurrence {
			if !odd.add(b.OddWorkdays) || !even.add(b.EvenWorkdays) {
				return path + ".biweekly"
			}
			named += len(b.OddWorkdays) + len(b.EvenWorkdays)
		}
		if named == 0 {
			return path + ".workdays"
		}
	}
	return ""
}

// weekdaySet is which weekdays have been named, Sunday first.
type weekdaySet [7]bool

// add reports whether all days are weekdays and new.
func (s *weekdaySet) add(days []int64) bool {
	for _, d := range days {
		if outside(d, 0, 6) || s[d] {
			return false
		}
		s[d] = true
	}
	return true
}

func fixedWithShifts(v *ruleView) string {
	return when(v.kind == GroupFixed && len(v.ScheduleList) > 0, "schedulelist")
}

func freeWithShifts(v *ruleView) string {
	return when(v.kind == GroupFree && len(v.ScheduleList) > 0, "schedulelist")
}

func shiftWithWorkdays(v *ruleView) string {
	return when(v.kind == GroupShift && len(v.CheckinDate) > 0, "checkindate")
}

func specialWorkNotFixed(v *ruleView) string {
	return when(v.kind != GroupFixed && len(v.SpeWorkdays) > 0, "spe_workdays")
}

func badInterval(v *ruleView) string {
	n := deref(v.OffworkIntervalTime)
	return when(v.kind == GroupFree && (outside(n, 0, 86_100) || n%300 != 0), "offwork_interval_time")
}

func spanDayIn(kind int64) func(*ruleView) string {
	return func(v *ruleView) string {
		return when(v.kind == kind && deref(v.SpanDayTime) != 0, "span_day_time")
	}
}

func standardIn(kind int64) func(*ruleView) string {
	return func(v *ruleView) string {
		return when(v.kind == kind && deref(v.StandardWorkDuration) != 0, "standard_work_duration")
	}
}

func farSpanDay(v *ruleView) string {
	return when(v.kind == GroupFree && outside(deref(v.SpanDayTime), 0, 86_399), "span_day_time")
}

func brokenSpanDay(v *ruleView) string {
	return when(v.kind == GroupFree && deref(v.SpanDayTime)%60 != 0, "span_day_time")
}

func badStandard(v *ruleView) string {
	n := v.StandardWorkDuration
	if v.kind != GroupFree || n == nil || *n == -1 {
		return ""
	}
	return when(outside(*n, 3600, 86_400) || *n%1800 != 0, "standard_work_duration")
}
