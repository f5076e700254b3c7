package wire

import (
	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/attendance"
)

// SchedulesOut is a list of shifts, in order of member and day, as
// getcheckinschedulist answers it: an element for each member, month and rule.
func SchedulesOut(shifts []attendance.ScheduledShift) checkin.List[checkin.MemberSchedule] {
	type key struct {
		user  attendance.UserID
		month int64
		group attendance.GroupID
	}
	var out checkin.List[checkin.MemberSchedule]
	place := map[key]int{}
	for i := range shifts {
		s := &shifts[i]
		k := key{s.User, s.Day.YMD() / 100, s.Rule.ID}
		at, ok := place[k]
		if !ok {
			at = len(out)
			place[k] = at
			out = append(out, checkin.MemberSchedule{
				UserID: string(s.User), YearMonth: k.month, GroupID: int64(s.Rule.ID), GroupName: s.Rule.Name,
			})
		}
		list := &out[at].Schedule.ScheduleList
		*list = append(*list, checkin.ScheduleDay{Day: s.Day.YMD() % 100, ScheduleInfo: shiftOut(s.Shift)})
	}
	return out
}

func shiftOut(s *attendance.Shift) checkin.ScheduleInfo {
	info := checkin.ScheduleInfo{ScheduleID: int64(s.ID), ScheduleName: s.Name}
	for i := range s.Sections {
		sec := &s.Sections[i]
		info.TimeSection = append(info.TimeSection, checkin.ScheduleSection{
			ID: int64(sec.ID), WorkSec: int64(sec.On), OffWorkSec: int64(sec.Off),
			RemindWorkSec: int64(sec.RemindOn), RemindOffWorkSec: int64(sec.RemindOff),
		})
	}
	return info
}
