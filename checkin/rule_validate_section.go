package checkin

import (
	"cmp"
	"fmt"
	"slices"
)

const (
	nextMidnight = 86_400
	nextFour     = nextMidnight + 4*3600
	nextLast     = 2*nextMidnight - 60 // 23:59 of the next day
)

// A sectionFault returns the member of a section that is wrong, or "". What
// compares members says nothing while one is missing: that has its own line.
type sectionFault func(*Section) string

// ordinary looks for a fault in the sections of working days and shifts, every
// in those of special working days, too.
func ordinary(fault sectionFault) func(*ruleView) string {
	return func(v *ruleView) string {
		return v.firstSection(func(owner int, s *Section) string {
			if owner == specialOwner {
				return ""
			}
			return fault(s)
		})
	}
}

func every(fault sectionFault) func(*ruleView) string {
	return func(v *ruleView) string {
		return v.firstSection(func(_ int, s *Section) string { return fault(s) })
	}
}

func (v *ruleView) firstSection(fault func(owner int, s *Section) string) string {
	for i := range v.days {
		d := &v.days[i]
		for j := range d.sections {
			if member := fault(d.owner, &d.sections[j]); member != "" {
				return fmt.Sprintf("%s[%d].%s", d.path, j, member)
			}
		}
	}
	return ""
}

func byWork(a, b Section) int { return cmp.Compare(a.WorkSec, b.WorkSec) }

// windows are when the cards of a section may be punched.
type windows struct{ onFrom, onTo, offFrom, offTo int64 }

// windowsOf returns the windows; ok is false while one end is missing. Of the
// four only onFrom can be 0, midnight.
func windowsOf(s *Section) (w windows, ok bool) {
	w = windows{deref(s.EarliestWorkSec), deref(s.LatestWorkSec), deref(s.EarliestOffWorkSec), deref(s.LatestOffWorkSec)}
	return w, s.EarliestWorkSec != nil && w.onTo != 0 && w.offFrom != 0 && w.offTo != 0
}

func backwardWindow(s *Section) string {
	w, ok := windowsOf(s)
	if ok && w.onFrom >= w.onTo {
		return "earliest_work_sec"
	}
	return when(ok && w.offFrom >= w.offTo, "earliest_off_work_sec")
}

func badLatestOff(s *Section) string {
	w, ok := windowsOf(s)
	return when(ok && s.OffWorkSec > 0 && outside(w.offTo, s.OffWorkSec, s.OffWorkSec+nextMidnight-1), "latest_off_work_sec")
}

func badEarliestOff(s *Section) string {
	w, ok := windowsOf(s)
	return when(ok && s.OffWorkSec > 0 && (w.offFrom <= s.WorkSec || w.offFrom >= s.OffWorkSec), "earliest_off_work_sec")
}

func badOnWindow(s *Section) string {
	w, ok := windowsOf(s)
	switch {
	case !ok || s.OffWorkSec <= 0 || noWork(s):
		return ""
	case w.onFrom >= s.WorkSec:
		return "earliest_work_sec"
	}
	return when(s.WorkSec >= w.onTo || w.onTo >= s.OffWorkSec, "latest_work_sec")
}

// farFixedWindow holds for fixed times alone: there a night's work belongs to
// the shifts.
func farFixedWindow(v *ruleView) string {
	return v.firstSection(func(owner int, s *Section) string {
		w, ok := windowsOf(s)
		switch {
		case v.kind != GroupFixed || owner != workdayOwner || !ok:
			return ""
		case w.onFrom < 0 || w.onFrom > nextMidnight:
			return "earliest_work_sec"
		case w.onTo > nextLast:
			return "latest_work_sec"
		case w.offFrom > nextFour:
			return "earliest_off_work_sec"
		}
		return when(w.offTo > nextFour, "latest_off_work_sec")
	})
}

func noWindow(s *Section) string {
	_, ok := windowsOf(s)
	return when(!ok, "earliest_work_sec")
}

func badSectionCount(v *ruleView) string {
	for i := range v.days {
		d := &v.days[i]
		least := int64(1)
		if d.owner == specialOwner {
			least = 0 // none at all has its own line
		}
		if v.kind == GroupFixed && d.owner != shiftOwner && outside(int64(len(d.sections)), least, maxSections) {
			return d.path
		}
	}
	return ""
}

func badLength(s *Section) string {
	return when(s.OffWorkSec > 0 && outside(s.OffWorkSec-s.WorkSec, 61, nextMidnight-1), "off_work_sec")
}

func badOffWork(s *Section) string {
	return when(outside(s.OffWorkSec, 1, nextLast-1), "off_work_sec")
}

// noWork reports whether work_sec is missing and not midnight: a reminder does
// not come after work.
func noWork(s *Section) bool { return s.WorkSec == 0 && s.RemindWorkSec > 0 }

func badWork(s *Section) string {
	return when(outside(s.WorkSec, 0, nextMidnight) || noWork(s), "work_sec")
}

// notWholeMinutes is not asked of special working days, which have a line of
// their own.
func notWholeMinutes(s *Section) string {
	for _, m := range []struct {
		name string
		sec  int64
	}{
		{"work_sec", s.WorkSec}, {"off_work_sec", s.OffWorkSec},
		{"remind_work_sec", s.RemindWorkSec}, {"remind_off_work_sec", s.RemindOffWorkSec},
		{"earliest_work_sec", deref(s.EarliestWorkSec)}, {"latest_work_sec", deref(s.LatestWorkSec)},
		{"earliest_off_work_sec", deref(s.EarliestOffWorkSec)}, {"latest_off_work_sec", deref(s.LatestOffWorkSec)},
	} {
		if m.sec%60 != 0 {
			return m.name
		}
	}
	for _, r := range restsOf(s) {
		if r.RestBeginTime%60 != 0 || r.RestEndTime%60 != 0 {
			return "rest_begin_time"
		}
	}
	return ""
}

func sameTimeID(v *ruleView) string {
	seen := map[int64]bool{}
	return v.firstSection(func(_ int, s *Section) string {
		id := deref(s.TimeID)
		same := id != 0 && seen[id]
		seen[id] = true
		return when(same, "time_id")
	})
}

// overlap looks at work and windows together: a day's sections, in order, must
// not reach into one another. They may meet.
func overlap(v *ruleView) string {
	for i := range v.days {
		d := &v.days[i]
		sections := slices.SortedFunc(slices.Values(d.sections), byWork)
		for j := 1; j < len(sections); j++ {
			before, s := &sections[j-1], &sections[j]
			a, okA := windowsOf(before)
			b, okB := windowsOf(s)
			if s.WorkSec < before.OffWorkSec || okA && okB && max(a.onTo, a.offTo) > min(b.onFrom, b.offFrom) {
				return d.path
			}
		}
	}
	return ""
}
