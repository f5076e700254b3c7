package checkin

import (
	"cmp"
	"slices"
)

const (
	maxRests = 5   // of a section
	restNet  = 180 // seconds of work: rests must leave more
)

// restsOf returns the rests of a section that are set. rest_times may repeat
// the pair.
func restsOf(s *Section) []Rest {
	rests := append([]Rest{{deref(s.RestBeginTime), deref(s.RestEndTime)}}, s.RestTimes...)
	rests = slices.DeleteFunc(rests, func(r Rest) bool { return r == Rest{} })
	slices.SortFunc(rests, func(a, b Rest) int {
		return cmp.Or(cmp.Compare(a.RestBeginTime, b.RestBeginTime), cmp.Compare(a.RestEndTime, b.RestEndTime))
	})
	return slices.Compact(rests)
}

func restNotAllowed(s *Section) string {
	return when(!deref(s.AllowRest) && len(restsOf(s)) > 0, "rest_begin_time")
}

func badRest(s *Section) string {
	if !deref(s.AllowRest) || s.OffWorkSec <= 0 {
		return ""
	}
	rests := restsOf(s)
	bad := len(rests) == 0 || len(s.RestTimes) > maxRests
	net, end := s.OffWorkSec-s.WorkSec, s.WorkSec
	for i, r := range rests {
		bad = bad || r.RestBeginTime <= s.WorkSec || r.RestEndTime >= s.OffWorkSec || r.RestEndTime <= r.RestBeginTime ||
			i > 0 && r.RestBeginTime < end
		net -= r.RestEndTime - r.RestBeginTime
		end = r.RestEndTime
	}
	return when(bad || net <= restNet, "rest_begin_time")
}

// Reminders come so many seconds before work, and so many after it.
var (
	beforeWork = []int64{0, 300, 600, 900, 1200}
	afterWork  = []int64{0, 600, 1200, 1800, 3600}
)

// noReminder takes 0 for missing where no reminder can be at midnight.
func noReminder(s *Section) string {
	if s.RemindWorkSec == 0 && !slices.Contains(beforeWork, s.WorkSec) {
		return "remind_work_sec"
	}
	return when(s.RemindOffWorkSec == 0, "remind_off_work_sec")
}

func badRemindWork(s *Section) string {
	return when(!slices.Contains(beforeWork, s.WorkSec-s.RemindWorkSec), "remind_work_sec")
}

func badRemindOff(s *Section) string {
	return when(!slices.Contains(afterWork, s.RemindOffWorkSec-s.OffWorkSec), "remind_off_work_sec")
}
