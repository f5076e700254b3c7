package wire

import (
	"fmt"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/attendance"
)

// approvalNames are the names of requests in reports. Leave goes by the name
// of its vacation among the items.
var approvalNames = map[attendance.ApprovalKind]string{
	attendance.LeaveApproval:    "请假",
	attendance.TripApproval:     "出差",
	attendance.OutingApproval:   "外出",
	attendance.OvertimeApproval: "加班",
}

// approvalsOut is the approved requests of a day as holiday_infos has them.
func approvalsOut(zone *attendance.Zone, marks []attendance.ApprovalMark) checkin.List[checkin.HolidayInfo] {
	var out checkin.List[checkin.HolidayInfo]
	for i := range marks {
		m := &marks[i]
		out = append(out, checkin.HolidayInfo{
			SPNumber:      m.Approval.No,
			SPTitle:       chinese(approvalTitle(m)),
			SPDescription: chinese(approvalSpan(zone, m.Approval)),
		})
	}
	return out
}

func chinese(text string) checkin.Text {
	return checkin.Text{Data: checkin.List[checkin.TextData]{{Lang: checkin.LangChinese, Text: text}}}
}

// approvalTitle is the kind of a request with its total, to one decimal.
func approvalTitle(m *attendance.ApprovalMark) string {
	unit, name := int64(3600), "小时"
	if m.Approval.ByDay {
		unit, name = attendance.SecondsPerDay, "天"
	}
	tenths := (m.Total*10 + unit/2) / unit
	return fmt.Sprintf("%s%d.%d%s", approvalNames[m.Approval.Kind], tenths/10, tenths%10, name)
}

// approvalSpan is when a request begins and ends.
func approvalSpan(zone *attendance.Zone, a *attendance.Approval) string {
	return approvalEnd(zone, a.From, a.ByDay) + "~" + approvalEnd(zone, a.To, a.ByDay)
}

func approvalEnd(zone *attendance.Zone, at int64, byDay bool) string {
	d, t := zone.DayAt(at)
	_, month, day := d.Date()
	text := fmt.Sprintf("%02d:%02d", t/3600, t/60%60)
	if byDay {
		text = "上午"
		if t >= attendance.SecondsPerDay/2 {
			text = "下午"
		}
	}
	return fmt.Sprintf("%02d/%02d %s", int(month), day, text)
}

// itemsOut lists the requests, field work, which is there even when it did not
// occur, and what else is counted.
func itemsOut(requests []attendance.RequestTally, fieldWork, corrected, approved int32) checkin.List[checkin.SPItem] {
	out := make(checkin.List[checkin.SPItem], 0, len(requests)+1)
	for i := range requests {
		t := &requests[i]
		item := checkin.SPItem{
			Type: int64(t.Kind), VacationID: t.Vacation.ID, Name: approvalNames[t.Kind],
			Count: int64(t.Count), Duration: t.Seconds, TimeType: checkin.TimeHours,
		}
		if t.Vacation.Name != "" {
			item.Name = t.Vacation.Name
		}
		if t.ByDay {
			item.TimeType = checkin.TimeDays
		}
		out = append(out, item)
	}
	if corrected > 0 {
		out = append(out, checkin.SPItem{Type: checkin.SPCorrection, Name: "补卡次数", Count: int64(corrected)})
	}
	if approved > 0 {
		out = append(out, checkin.SPItem{Type: checkin.SPApprovalPunch, Name: "审批打卡", Count: int64(approved)})
	}
	return append(out, checkin.SPItem{Type: checkin.SPFieldWork, Name: "外勤次数", Count: int64(fieldWork)})
}

// overtimeOut is a day's overtime as ot_info has it.
func overtimeOut(o *attendance.Overtime, category attendance.Category) checkin.OTInfo {
	var over [attendance.HolidayDay + 1]attendance.OvertimeTally
	switch o.Credit {
	case attendance.AsTimeOff:
		over[category].AsTimeOff = int64(o.Seconds)
	case attendance.AsPay:
		over[category].AsPay = int64(o.Seconds)
	}
	work, rest, holiday := &over[attendance.Workday], &over[attendance.RestDay], &over[attendance.HolidayDay]
	info := checkin.OTInfo{
		OTStatus: int64(o.Status), OTDuration: int64(o.Seconds),
		WorkdayOverAsVacation: &work.AsTimeOff, WorkdayOverAsMoney: &work.AsPay,
		RestdayOverAsVacation: &rest.AsTimeOff, RestdayOverAsMoney: &rest.AsPay,
		HolidayOverAsVacation: &holiday.AsTimeOff, HolidayOverAsMoney: &holiday.AsPay,
	}
	for _, short := range o.Short {
		info.ExceptionDuration = append(info.ExceptionDuration, int64(short.Seconds))
	}
	return info
}

// overworkOut is the overtime of a month as overwork_info has it.
func overworkOut(over *[attendance.HolidayDay + 1]attendance.OvertimeTally) checkin.OverworkInfo {
	work, rest, holiday := &over[attendance.Workday], &over[attendance.RestDay], over[attendance.HolidayDay]
	return checkin.OverworkInfo{
		WorkdayOverSec: work.Total, RestdaysOverSec: rest.Total, HolidaysOverSec: &holiday.Total,
		WorkdaysOverAsVacation: work.AsTimeOff, WorkdaysOverAsMoney: work.AsPay,
		RestdaysOverAsVacation: rest.AsTimeOff, RestdaysOverAsMoney: rest.AsPay,
		HolidaysOverAsVacation: holiday.AsTimeOff, HolidaysOverAsMoney: holiday.AsPay,
	}
}
