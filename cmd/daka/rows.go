package main

import (
	"fmt"
	"strconv"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/attendance"
)

// figures are what was worked and what was wrong, in a day or a period.
type figures struct {
	Late        int64 `json:"late"`
	LateSec     int64 `json:"late_sec"`
	Early       int64 `json:"early"`
	EarlySec    int64 `json:"early_sec"`
	Missing     int64 `json:"missing"`
	Absent      int64 `json:"absent"`
	AbsentSec   int64 `json:"absent_sec"`
	Location    int64 `json:"location"`
	Device      int64 `json:"device"`
	WorkedSec   int64 `json:"worked_sec"`
	StandardSec int64 `json:"standard_sec"`
}

func (f *figures) add(infos []checkin.ExceptionInfo) {
	for _, x := range infos {
		switch x.Exception {
		case checkin.ExceptionLate:
			f.Late, f.LateSec = f.Late+x.Count, f.LateSec+x.Duration
		case checkin.ExceptionEarly:
			f.Early, f.EarlySec = f.Early+x.Count, f.EarlySec+x.Duration
		case checkin.ExceptionMissing:
			f.Missing += x.Count
		case checkin.ExceptionAbsent:
			f.Absent, f.AbsentSec = f.Absent+x.Count, f.AbsentSec+x.Duration
		case checkin.ExceptionPlace:
			f.Location += x.Count
		case checkin.ExceptionDevice:
			f.Device += x.Count
		}
	}
}

var figureColumns = []column{
	{head: "worked", right: true}, {head: "standard", right: true},
	{head: "late", right: true, mark: true}, {head: "by", right: true, mark: true},
	{head: "early", right: true, mark: true}, {head: "by", right: true, mark: true},
	{head: "missing", right: true, mark: true}, {head: "absent", right: true, mark: true},
	{head: "place", right: true, mark: true}, {head: "device", right: true, mark: true},
}

func (f *figures) cells() []string {
	return []string{
		hours(f.WorkedSec), hours(f.StandardSec), count(f.Late), spent(f.LateSec), count(f.Early), spent(f.EarlySec),
		count(f.Missing), count(f.Absent), count(f.Location), count(f.Device),
	}
}

// dayRow is one member's day as it is printed, whichever source it came from.
type dayRow struct {
	UserID  string `json:"userid"`
	Name    string `json:"name"`
	Date    string `json:"date"`
	DayType string `json:"day_type"` // work or rest
	Rule    string `json:"rule"`
	Shift   string `json:"shift"`
	Cards   int64  `json:"cards"`
	First   string `json:"first"` // time of the first card; "" = none
	Last    string `json:"last"`  // time of the last card; "+1 06:00" is on the next day
	figures
}

func newDayRow(d *checkin.DayData, zone *attendance.Zone) dayRow {
	day, _ := zone.DayAt(d.BaseInfo.Date)
	row := dayRow{
		UserID: d.BaseInfo.AcctID, Name: d.BaseInfo.Name, Date: day.String(), DayType: "work",
		Rule: d.BaseInfo.RuleInfo.GroupName, Shift: d.BaseInfo.RuleInfo.ScheduleName, Cards: d.SummaryInfo.CheckinCount,
	}
	if d.BaseInfo.DayType == checkin.DayRest {
		row.DayType = "rest"
	}
	if row.Cards > 0 {
		row.First = attendance.TimeOfDay(d.SummaryInfo.EarliestTime).String()
		row.Last = attendance.TimeOfDay(d.SummaryInfo.LatestTime).String()
	}
	row.WorkedSec, row.StandardSec = d.SummaryInfo.RegularWorkSec, d.SummaryInfo.StandardWorkSec
	row.add(d.ExceptionInfos)
	return row
}

var dayColumns = append([]column{
	{head: "userid"}, {head: "name"}, {head: "date"}, {head: "day", words: true}, {head: "rule"}, {head: "shift"},
	{head: "cards", right: true}, {head: "first", right: true}, {head: "last", right: true},
}, figureColumns...)

func (r dayRow) cells() []string {
	return append([]string{r.UserID, r.Name, r.Date, r.DayType, r.Rule, r.Shift, count(r.Cards), r.First, r.Last}, r.figures.cells()...)
}

// monthRow is one member's sums as they are printed.
type monthRow struct {
	UserID      string `json:"userid"`
	Name        string `json:"name"`
	Rule        string `json:"rule"`
	WorkDays    int64  `json:"work_days"`
	RegularDays int64  `json:"regular_days"`
	ExceptDays  int64  `json:"except_days"`
	RestDays    int64  `json:"rest_days"`
	figures
	Punches *punchRow `json:"punches,omitzero"` // nil from a server, which does not tell
}

// punchRow says what became of the punches of a period.
type punchRow struct {
	Used       int64 `json:"used"`
	Superseded int64 `json:"superseded"`
	Unmatched  int64 `json:"unmatched"`
	Total      int64 `json:"total"`
}

func newMonthRow(m *checkin.MonthData) monthRow {
	row := monthRow{UserID: m.BaseInfo.AcctID, Name: m.BaseInfo.Name}
	row.sum(m)
	return row
}

// sum adds a period that follows those already in the row.
func (r *monthRow) sum(m *checkin.MonthData) {
	s := &m.SummaryInfo
	r.Rule = m.BaseInfo.RuleInfo.GroupName
	r.WorkDays += s.WorkDays
	r.RegularDays += s.RegularDays
	r.ExceptDays += s.ExceptDays
	r.RestDays += s.RestDays
	r.WorkedSec += s.RegularWorkSec
	r.StandardSec += s.StandardWorkSec
	r.add(m.ExceptionInfos)
}

func monthColumns(withPunches bool) []column {
	columns := append([]column{
		{head: "userid"}, {head: "name"}, {head: "rule"},
		{head: "work", right: true}, {head: "regular", right: true}, {head: "except", right: true}, {head: "rest", right: true},
	}, figureColumns...)
	if withPunches {
		columns = append(columns, column{head: "used", right: true}, column{head: "superseded", right: true}, column{head: "unmatched", right: true})
	}
	return columns
}

func (r monthRow) cells() []string {
	cells := append([]string{
		r.UserID, r.Name, r.Rule,
		strconv.FormatInt(r.WorkDays, 10), strconv.FormatInt(r.RegularDays, 10), strconv.FormatInt(r.ExceptDays, 10), strconv.FormatInt(r.RestDays, 10),
	}, r.figures.cells()...)
	if p := r.Punches; p != nil {
		cells = append(cells, strconv.FormatInt(p.Used, 10), strconv.FormatInt(p.Superseded, 10), strconv.FormatInt(p.Unmatched, 10))
	}
	return cells
}

// hours writes a duration as hours and minutes, cut down to the minute.
func hours(seconds int64) string { return fmt.Sprintf("%d:%02d", seconds/3600, seconds/60%60) }

// spent is hours, with nothing for no time at all.
func spent(seconds int64) string {
	if seconds == 0 {
		return ""
	}
	return hours(seconds)
}

// count writes a number, with nothing for 0: a table of what is wrong is read
// by its gaps.
func count(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}
