package main

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/spf13/cobra"
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
	OvertimeSec int64    `json:"overtime_sec"`
	Requests    requests `json:"requests"`
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
	row.OvertimeSec, row.Requests = d.OTInfo.OTDuration, requests{}.with(d.SPItems)
	return row
}

// dayColumns have room for what is wrong in one of words: a table is 120 wide.
var dayColumns = []column{
	{head: "userid"}, {head: "name"}, {head: "date"}, {head: "day", words: true}, {head: "rule/shift"},
	{head: "first", right: true}, {head: "last", right: true}, {head: "worked", right: true}, {head: "owed", right: true},
	{head: "overtime", right: true}, {head: "leave"}, {head: "exceptions", mark: true},
}

// cells are the columns of a day in the language of a command.
func (r dayRow) cells(cmd *cobra.Command) []string {
	return []string{
		r.UserID, r.Name, r.Date, r.DayType, cmp.Or(r.Shift, r.Rule), toMinute(r.First), toMinute(r.Last),
		hours(r.WorkedSec), hours(r.StandardSec), spent(r.OvertimeSec), r.Requests.text(cmd), r.figures.text(cmd),
	}
}

// toMinute cuts the seconds off a time of day.
func toMinute(clock string) string {
	if strings.Count(clock, ":") == 2 {
		return clock[:len(clock)-len(":00")]
	}
	return clock
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
