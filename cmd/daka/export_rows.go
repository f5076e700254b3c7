package main

import (
	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/export"
)

// exportDay is a day report as a row of a file.
func exportDay(d *checkin.DayData, zone *attendance.Zone) export.Day {
	b, s := &d.BaseInfo, &d.SummaryInfo
	day, _ := zone.DayAt(b.Date)
	row := export.Day{
		Person: export.Person{UserID: b.AcctID, Name: b.Name, Departs: b.DepartsName},
		Date:   day, Rest: b.DayType == checkin.DayRest, Rule: b.RuleInfo.GroupName, Shift: b.RuleInfo.ScheduleName,
		Cards: s.CheckinCount, First: attendance.NoTime, Last: attendance.NoTime, Overtime: d.OTInfo.OTDuration,
	}
	if row.Cards > 0 {
		row.First, row.Last = attendance.TimeOfDay(s.EarliestTime), attendance.TimeOfDay(s.LatestTime)
	}
	for _, t := range b.RuleInfo.CheckinTime {
		row.Due = append(row.Due, attendance.Span{From: attendance.TimeOfDay(t.WorkSec), To: attendance.TimeOfDay(t.OffWorkSec)})
	}
	addFigures(&row.Figures, s.StandardWorkSec, s.RegularWorkSec, d.ExceptionInfos, d.SPItems)
	return row
}

// addFigures adds what a report of a day or a period says to a row.
func addFigures(f *export.Figures, standard, worked int64, exceptions []checkin.ExceptionInfo, items []checkin.SPItem) {
	var x figures
	x.add(exceptions)
	f.Standard, f.Worked = f.Standard+standard, f.Worked+worked
	f.Late, f.LateSec = f.Late+x.Late, f.LateSec+x.LateSec
	f.Early, f.EarlySec = f.Early+x.Early, f.EarlySec+x.EarlySec
	f.Missing += x.Missing
	f.Absent, f.AbsentSec = f.Absent+x.Absent, f.AbsentSec+x.AbsentSec
	f.Location, f.Device = f.Location+x.Location, f.Device+x.Device
	for _, i := range items {
		switch i.Type {
		case checkin.SPLeave, checkin.SPTrip, checkin.SPOuting:
			f.Requests = append(f.Requests, export.Request{
				Kind: attendance.ApprovalKind(i.Type), Name: i.Name, Count: i.Count, Seconds: i.Duration, ByDay: i.TimeType == checkin.TimeDays,
			})
		case checkin.SPCorrection:
			f.Corrected += i.Count
		case checkin.SPFieldWork:
			f.Outside += i.Count
		}
	}
}

// exportMonth is a month report as a row of a file.
func exportMonth(m *checkin.MonthData, first, last attendance.Day) export.Month {
	b := &m.BaseInfo
	row := export.Month{Person: export.Person{UserID: b.AcctID, Name: b.Name, Departs: b.DepartsName}, From: first}
	addMonth(&row, m, last)
	return row
}

// addMonth adds a period that follows those already in the row.
func addMonth(row *export.Month, m *checkin.MonthData, last attendance.Day) {
	s, o := &m.SummaryInfo, &m.OverworkInfo
	row.To, row.Rule, row.Departs = last, m.BaseInfo.RuleInfo.GroupName, m.BaseInfo.DepartsName
	row.WorkDays += s.WorkDays
	row.RegularDays += s.RegularDays
	row.ExceptDays += s.ExceptDays
	row.RestDays += s.RestDays
	addFigures(&row.Figures, s.StandardWorkSec, s.RegularWorkSec, m.ExceptionInfos, m.SPItems)
	row.Overtime[attendance.Workday] += o.WorkdayOverSec
	row.Overtime[attendance.RestDay] += o.RestdaysOverSec
	if o.HolidaysOverSec != nil {
		row.Overtime[attendance.HolidayDay] += *o.HolidaysOverSec
	}
	row.TimeOff += o.WorkdaysOverAsVacation + o.RestdaysOverAsVacation + o.HolidaysOverAsVacation
	row.Pay += o.WorkdaysOverAsMoney + o.RestdaysOverAsMoney + o.HolidaysOverAsMoney
}

// exportRecord is a raw punch as a row of a file.
func exportRecord(r *checkin.Record, who export.Person, zone *attendance.Zone) export.Record {
	row := export.Record{
		Person: who, At: momentAt(r.CheckinTime, zone), Due: momentAt(r.SchCheckinTime, zone), Type: r.CheckinType, Exception: r.ExceptionType,
		Rule: r.GroupName, LocationTitle: r.LocationTitle, LocationDetail: r.LocationDetail, WifiName: r.WifiName, WifiMAC: r.WifiMAC,
		Device: r.DeviceID, Notes: r.Notes, Pictures: int64(len(r.MediaIDs)),
	}
	if r.Lat != nil && r.Lng != nil {
		row.HasPosition, row.Lat, row.Lng = true, *r.Lat, *r.Lng
	}
	return row
}

// momentAt is what the clock of a zone shows at an instant; none for 0.
func momentAt(at int64, zone *attendance.Zone) export.Moment {
	if at == 0 {
		return export.Moment{Time: attendance.NoTime}
	}
	day, t := zone.DayAt(at)
	return export.Moment{Day: day, Time: t}
}

// exportShifts are the days of a member's schedule as rows of a file.
func exportShifts(m *checkin.MemberSchedule, who export.Person) (rows []export.ShiftDay) {
	for i := range m.Schedule.ScheduleList {
		d := &m.Schedule.ScheduleList[i]
		date, err := attendance.DayFromYMD(m.YearMonth*100 + d.Day)
		if err != nil {
			continue // such as the 31st of a month of 30, which is no day to be on
		}
		info := &d.ScheduleInfo
		row := export.ShiftDay{Person: who, Date: date, Rule: m.GroupName, Shift: info.ScheduleName, Rest: info.ScheduleID == 0}
		for _, s := range info.TimeSection {
			row.Sections = append(row.Sections, attendance.Span{From: attendance.TimeOfDay(s.WorkSec), To: attendance.TimeOfDay(s.OffWorkSec)})
		}
		rows = append(rows, row)
	}
	return rows
}
