package main

import (
	"fmt"
	"strconv"

	"github.com/dakahq/daka/checkin"
	"github.com/spf13/cobra"
)

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
	OvertimeSec int64     `json:"overtime_sec"`
	Overtime    overRow   `json:"overtime"`
	Requests    requests  `json:"requests"`
	Punches     *punchRow `json:"punches,omitzero"` // nil from a server, which does not tell
}

// overRow is the overtime of a period by kinds of days, and what of it is given
// as time off and as pay.
type overRow struct {
	WorkdaySec int64 `json:"workday_sec"`
	RestDaySec int64 `json:"restday_sec"`
	HolidaySec int64 `json:"holiday_sec"`
	TimeOffSec int64 `json:"time_off_sec"`
	PaySec     int64 `json:"pay_sec"`
}

func (r *overRow) add(o *checkin.OverworkInfo) {
	r.WorkdaySec += o.WorkdayOverSec
	r.RestDaySec += o.RestdaysOverSec
	if o.HolidaysOverSec != nil {
		r.HolidaySec += *o.HolidaysOverSec
	}
	r.TimeOffSec += o.WorkdaysOverAsVacation + o.RestdaysOverAsVacation + o.HolidaysOverAsVacation
	r.PaySec += o.WorkdaysOverAsMoney + o.RestdaysOverAsMoney + o.HolidaysOverAsMoney
}

// punchRow says what became of the punches of a period.
type punchRow struct {
	Used       int64 `json:"used"`
	Superseded int64 `json:"superseded"`
	Unmatched  int64 `json:"unmatched"`
	Total      int64 `json:"total"`
}

func newMonthRow(m *checkin.MonthData) monthRow {
	row := monthRow{UserID: m.BaseInfo.AcctID, Name: m.BaseInfo.Name, Requests: requests{}}
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
	r.Overtime.add(&m.OverworkInfo)
	r.OvertimeSec = r.Overtime.WorkdaySec + r.Overtime.RestDaySec + r.Overtime.HolidaySec
	r.Requests = r.Requests.with(m.SPItems)
}

// monthColumns are those of a table, which is 120 wide: the rule, regular days
// and days of rest are in the other formats alone.
func monthColumns(withPunches bool) []column {
	columns := []column{
		{head: "userid"}, {head: "name"}, {head: "work", right: true}, {head: "except", right: true},
		{head: "worked", right: true}, {head: "owed", right: true}, {head: "overtime", right: true},
		{head: "late", right: true, mark: true}, {head: "early", right: true, mark: true},
		{head: "missing", right: true, mark: true}, {head: "absent", right: true, mark: true}, {head: "place/device", right: true, mark: true},
		{head: "leave", right: true},
	}
	if withPunches {
		columns = append(columns, column{head: "punches", right: true})
	}
	return columns
}

// cells are the columns of a month in the language of a command.
func (r monthRow) cells(cmd *cobra.Command) []string {
	cells := []string{
		r.UserID, r.Name, strconv.FormatInt(r.WorkDays, 10), strconv.FormatInt(r.ExceptDays, 10),
		hours(r.WorkedSec), hours(r.StandardSec), spent(r.OvertimeSec), often(r.Late, r.LateSec), often(r.Early, r.EarlySec),
		count(r.Missing), count(r.Absent), count(r.Location + r.Device), r.Requests.leave().amounts(cmd),
	}
	if p := r.Punches; p != nil {
		cells = append(cells, fmt.Sprintf("%d/%d/%d", p.Used, p.Superseded, p.Unmatched))
	}
	return cells
}

// often writes how many times something happened, and for how long in all.
func often(n, seconds int64) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d %s", n, hours(seconds))
}
