package wire

import (
	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/attendance"
)

// Who is what a report says of its member beside the userid.
type Who struct {
	Name    string
	Alias   string
	Departs string // full paths with "/", joined by ";"
}

// DayDataOut is a day report as getcheckin_daydata answers it.
func DayDataOut(zone *attendance.Zone, r *attendance.DayReport, who Who) checkin.DayData {
	d := checkin.DayData{
		BaseInfo: checkin.DayBaseInfo{
			Date:        zone.Midnight(r.Day),
			RecordType:  int64(r.RecordType),
			Name:        who.Name,
			NameEx:      who.Alias,
			DepartsName: who.Departs,
			AcctID:      string(r.User),
			RuleInfo:    dayRuleInfo(r.Kind),
			DayType:     checkin.DayRest,
		},
		SummaryInfo: checkin.DaySummaryInfo{
			CheckinCount:    int64(r.Count),
			RegularWorkSec:  int64(r.Worked),
			StandardWorkSec: int64(r.Standard),
			EarliestTime:    int64(r.Earliest),
			LatestTime:      int64(r.Latest),
		},
	}
	if r.Kind.Workday {
		d.BaseInfo.DayType = checkin.DayWork
	}
	var tallies [attendance.Device + 1]attendance.Tally
	for i := range r.Findings {
		if f := &r.Findings[i]; f.Code <= attendance.Device {
			tallies[f.Code].Count += f.Count
			tallies[f.Code].Seconds += int64(f.Seconds)
		}
	}
	d.ExceptionInfos = exceptionsOut(&tallies)
	d.HolidayInfos = approvalsOut(zone, r.Approvals)
	d.OTInfo = overtimeOut(&r.Overtime, r.Kind.Category)
	d.SPItems = itemsOut(attendance.SumRequests(nil, r.Approvals), r.FieldWork, r.Corrected, r.Approved)
	return d
}

// MonthDataOut is a month report as getcheckin_monthdata answers it.
func MonthDataOut(r *attendance.MonthReport, who Who) checkin.MonthData {
	m := checkin.MonthData{
		BaseInfo: checkin.MonthBaseInfo{
			RecordType:  int64(r.RecordType),
			Name:        who.Name,
			NameEx:      who.Alias,
			DepartsName: who.Departs,
			AcctID:      string(r.User),
		},
		SummaryInfo: checkin.MonthSummaryInfo{
			WorkDays:        int64(r.WorkDays),
			RegularDays:     int64(r.RegularDays),
			ExceptDays:      int64(r.ExceptDays),
			RestDays:        int64(r.RestDays),
			RegularWorkSec:  r.Worked,
			StandardWorkSec: r.Standard,
		},
		ExceptionInfos: exceptionsOut(&r.Findings),
		SPItems:        itemsOut(r.Requests, r.FieldWork, r.Corrected, r.Approved),
		OverworkInfo:   overworkOut(&r.Overtime),
	}
	if r.Rule != nil {
		m.BaseInfo.RuleInfo = checkin.MonthRuleInfo{GroupID: int64(r.Rule.ID), GroupName: r.Rule.Name}
	}
	return m
}

func dayRuleInfo(k *attendance.DayKind) checkin.DayRuleInfo {
	var info checkin.DayRuleInfo
	if k.Rule == nil {
		return info
	}
	info.GroupID, info.GroupName = int64(k.Rule.ID), k.Rule.Name
	if k.Shift != nil {
		info.ScheduleID, info.ScheduleName = int64(k.Shift.ID), k.Shift.Name
	}
	if k.Rule.Type == attendance.FixedRule {
		for i := range k.Sections {
			s := &k.Sections[i]
			info.CheckinTime = append(info.CheckinTime, checkin.WorkTime{WorkSec: int64(s.On), OffWorkSec: int64(s.Off)})
		}
	}
	return info
}

// exceptionsOut lists what occurred, by rising code; only late, early and
// absent have a duration.
func exceptionsOut(tallies *[attendance.Device + 1]attendance.Tally) checkin.List[checkin.ExceptionInfo] {
	var out checkin.List[checkin.ExceptionInfo]
	for code, t := range tallies {
		if t.Count > 0 {
			out = append(out, checkin.ExceptionInfo{Exception: int64(code), Count: int64(t.Count), Duration: t.Seconds})
		}
	}
	return out
}
