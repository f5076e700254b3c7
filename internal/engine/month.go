package engine

import (
	"github.com/dakahq/daka/internal/attendance"
)

// Month folds a member's day reports, given in order, into a month report.
// Nothing else feeds it. The zero value is ready for use.
type Month struct {
	report attendance.MonthReport
	days   int
}

// Add takes one day into the month. exceptPlaces says whether a day whose only
// findings are location or device counts as exceptional.
func (m *Month) Add(d *attendance.DayReport, exceptPlaces bool) {
	r := &m.report
	if m.days == 0 {
		r.User, r.First = d.User, d.Day
	}
	m.days++
	r.Last = d.Day
	if rule := d.Kind.Rule; rule != nil {
		r.Rule = rule
		r.RecordType = ruleRecordType(rule)
	} else if r.Rule == nil {
		r.RecordType = attendance.RecordNoRule
	}
	if d.NoCalendar {
		r.NoCalendar++
	}
	exceptional := false
	for i := range d.Findings {
		f := &d.Findings[i]
		if f.Code > attendance.Device {
			continue
		}
		exceptional = exceptional || exceptPlaces || f.Code < attendance.Location
		t := &r.Findings[f.Code]
		t.Count += f.Count
		t.Seconds += int64(f.Seconds)
	}
	m.countDay(d, exceptional)
	r.Worked += int64(d.Worked)
	r.Standard += int64(d.Standard)
	r.Requests = attendance.SumRequests(r.Requests, d.Approvals)
	over := &r.Overtime[d.Kind.Category]
	over.Total += int64(d.Overtime.Seconds)
	switch d.Overtime.Credit {
	case attendance.AsTimeOff:
		over.AsTimeOff += int64(d.Overtime.Seconds)
	case attendance.AsPay:
		over.AsPay += int64(d.Overtime.Seconds)
	}
	r.FieldWork += d.FieldWork
	r.Corrected += d.Corrected
	r.Approved += d.Approved
	for i := range d.Uses {
		switch d.Uses[i].Outcome {
		case attendance.Used:
			r.Punches.Used++
		case attendance.Superseded:
			r.Punches.Superseded++
		default:
			r.Punches.Unmatched++
		}
	}
}

func (m *Month) countDay(d *attendance.DayReport, exceptional bool) {
	r := &m.report
	if d.Kind.Rule == nil {
		return
	}
	if !d.Kind.Workday {
		r.RestDays++
		return
	}
	r.WorkDays++
	if exceptional {
		r.ExceptDays++
	} else {
		r.RegularDays++
	}
}

// Report returns the fold, and false when no day was added.
func (m *Month) Report() (attendance.MonthReport, bool) { return m.report, m.days > 0 }

func ruleRecordType(rule *attendance.Rule) attendance.RecordType {
	switch rule.Type {
	case attendance.ShiftRule:
		return attendance.RecordShift
	case attendance.FreeRule:
		return attendance.RecordFree
	}
	return attendance.RecordFixed
}
