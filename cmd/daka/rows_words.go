package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/spf13/cobra"
)

// text says in words what is wrong with a day: late 0:12, missing 2.
func (f *figures) text(cmd *cobra.Command) string {
	var parts []string
	for _, x := range []struct {
		name       string
		n, seconds int64
	}{
		{"late", f.Late, f.LateSec}, {"early", f.Early, f.EarlySec}, {"missing", f.Missing, 0}, {"absent", f.Absent, f.AbsentSec},
		{"place", f.Location, 0}, {"device", f.Device, 0},
	} {
		if x.n == 0 {
			continue
		}
		part := say(cmd, x.name)
		if x.n > 1 {
			part += " " + strconv.FormatInt(x.n, 10)
		}
		if x.seconds > 0 {
			part += " " + hours(x.seconds)
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, say(cmd, ", "))
}

// requests are approved leave, trips and outings.
type requests []requestRow

// requestRow sums what was approved of one kind and, for leave, one vacation.
type requestRow struct {
	Kind  string `json:"kind"` // leave, trip or outing
	Name  string `json:"name"` // as WeCom has it; of leave that of the vacation
	Count int64  `json:"count"`
	Sec   int64  `json:"sec"`
	Unit  string `json:"unit"` // day (86,400 s are one) or hour
}

var requestKinds = map[int64]string{checkin.SPLeave: "leave", checkin.SPTrip: "trip", checkin.SPOuting: "outing"}

// with returns the requests and those among a report's items, each kind once.
func (all requests) with(items []checkin.SPItem) requests {
	for _, i := range items {
		r := requestRow{Kind: requestKinds[i.Type], Name: i.Name, Count: i.Count, Sec: i.Duration, Unit: "hour"}
		if i.TimeType == checkin.TimeDays {
			r.Unit = "day"
		}
		if r.Kind != "" && r.Count > 0 {
			all = all.plus(r)
		}
	}
	return all
}

func (all requests) plus(r requestRow) requests {
	for i := range all {
		if had := &all[i]; had.Kind == r.Kind && had.Name == r.Name && had.Unit == r.Unit {
			had.Count, had.Sec = had.Count+r.Count, had.Sec+r.Sec
			return all
		}
	}
	return append(all, r)
}

// leave returns those that are leave.
func (all requests) leave() (leave requests) {
	for _, r := range all {
		if r.Kind == "leave" {
			leave = append(leave, r)
		}
	}
	return leave
}

// text names each, such as 年假 0.5 d, trip 1 d.
func (all requests) text(cmd *cobra.Command) string {
	var parts []string
	for _, r := range all {
		name := r.Name
		if r.Kind != "leave" || name == "" {
			name = say(cmd, r.Kind)
		}
		parts = append(parts, name+" "+r.amount(cmd))
	}
	return strings.Join(parts, say(cmd, ", "))
}

// amounts adds them up: days and hours apart, as there is no telling how many
// hours a day off is.
func (all requests) amounts(cmd *cobra.Command) string {
	sums := [2]requestRow{{Unit: "day"}, {Unit: "hour"}}
	for _, r := range all {
		for i := range sums {
			if sums[i].Unit == r.Unit {
				sums[i].Sec += r.Sec
			}
		}
	}
	var parts []string
	for _, s := range sums {
		if s.Sec > 0 {
			parts = append(parts, s.amount(cmd))
		}
	}
	return strings.Join(parts, " ")
}

// amount is how long it is: 0.5 d, or 2:00.
func (r *requestRow) amount(cmd *cobra.Command) string {
	if r.Unit != "day" {
		return hours(r.Sec)
	}
	text := strconv.FormatFloat(float64(r.Sec)/attendance.SecondsPerDay, 'f', 2, 64)
	text = strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
	return fmt.Sprintf(say(cmd, "%s d"), text)
}
