package checkin

import (
	"hash/maphash"
	"strings"
)

// kind is one of the calls that a Fetch makes, whose answers hold elements T.
type kind[T any] struct {
	path  string
	array string // of the answer, that holds the elements
	split func(*timespan) []window
	body  func(users []string, w window) any
	user  func(*T) string
	at    func(*T) int64          // by which the elements of a member are put in order
	key   func(*T) key            // what tells one element of an answer from another
	place func(t *T, call window) // what the answer does not say; nil = it says all
	// meeting says that windows share the second at which they meet, at being the
	// second of an element.
	meeting bool
}

var recordKind = kind[Record]{
	path: prefix + "getcheckindata", array: "checkindata", meeting: true,
	split: func(p *timespan) []window { return p.seconds(MaxReportSpan) },
	body: func(users []string, w window) any {
		return RecordsRequest{AllPunches, w.start, w.end, users}
	},
	user: func(r *Record) string { return r.UserID },
	at: func(r *Record) int64 {
		if r.CheckinTime == 0 { // a punch that is missing may have no time
			return r.SchCheckinTime
		}
		return r.CheckinTime
	},
	key: func(r *Record) key {
		return keyOf([10]any{
			fold(r.UserID), r.CheckinTime, r.SchCheckinTime, r.CheckinType, r.DeviceID,
			r.LocationTitle, r.LocationDetail, r.WifiMAC, r.ScheduleID, r.TimelineID,
		})
	},
}

var hardwareKind = kind[HardwareRecord]{
	path: "/cgi-bin/hardware/get_hardware_checkin_data", array: "checkindata", meeting: true,
	split: func(p *timespan) []window { return p.seconds(MaxMonthSpan) },
	body: func(users []string, w window) any {
		return HardwareRequest{StartTime: w.start, EndTime: w.end, UserIDList: users}
	},
	user: func(r *HardwareRecord) string { return r.UserID },
	at:   func(r *HardwareRecord) int64 { return r.CheckinTime },
	key: func(r *HardwareRecord) key {
		return keyOf([4]any{fold(r.UserID), r.CheckinTime, r.DeviceSN, r.DeviceName})
	},
}

var dayKind = kind[DayData]{
	path: prefix + "getcheckin_daydata", array: "datas", split: (*timespan).reportDays,
	body: func(users []string, w window) any { return DayDataRequest{w.start, w.end, users} },
	user: func(d *DayData) string { return d.BaseInfo.AcctID },
	at:   func(d *DayData) int64 { return d.BaseInfo.Date },
	key:  func(d *DayData) key { return keyOf([2]any{fold(d.BaseInfo.AcctID), d.BaseInfo.Date}) },
}

var monthKind = kind[MonthReport]{
	path: prefix + "getcheckin_monthdata", array: "datas", split: (*timespan).months,
	body:  func(users []string, w window) any { return MonthDataRequest{w.start, w.end, users} },
	user:  func(m *MonthReport) string { return m.BaseInfo.AcctID },
	at:    func(m *MonthReport) int64 { return m.From.Midnight(china).Unix() },
	key:   func(m *MonthReport) key { return keyOf(fold(m.BaseInfo.AcctID)) },
	place: func(m *MonthReport, w window) { m.From, m.To = w.first, w.last },
}

var optionKind = kind[DayOption]{
	path: prefix + "getcheckinoption", array: "info", split: (*timespan).singleDays,
	body:  func(users []string, w window) any { return OptionsRequest{w.start, users} },
	user:  func(o *DayOption) string { return o.UserID },
	at:    func(o *DayOption) int64 { return o.Date.Midnight(china).Unix() },
	key:   func(o *DayOption) key { return keyOf(fold(o.UserID)) },
	place: func(o *DayOption, w window) { o.Date = w.first },
}

var scheduleKind = kind[MemberSchedule]{
	path: prefix + "getcheckinschedulist", array: "schedule_list", split: (*timespan).scheduleMonths,
	body: func(users []string, w window) any {
		return ScheduleListRequest{StartTime: w.start, EndTime: w.end, UserIDList: users}
	},
	user: func(s *MemberSchedule) string { return s.UserID },
	at:   func(s *MemberSchedule) int64 { return s.YearMonth },
	key: func(s *MemberSchedule) key {
		return keyOf([3]any{fold(s.UserID), s.YearMonth, s.GroupID})
	},
}

// fold makes userids alike that name the same member.
func fold(userid string) string { return strings.ToLower(userid) }

// key stands for what tells an element from the others of its kind, which
// would take more room. Two of a million are the same by chance once in 10^26.
type key [2]uint64

var seeds = [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}

func keyOf[C comparable](v C) key {
	return key{maphash.Comparable(seeds[0], v), maphash.Comparable(seeds[1], v)}
}
