package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/spf13/cobra"
)

func newHolidaysCommand() *cobra.Command {
	return group("holidays", "Set and list the public calendar", newHolidaysListCommand(),
		newDocumentCommand("set FILE", "Replace years of the public calendar",
			`Puts the years of a JSON file in the place of what was known of them. Each year
has breaks, with name, first, last and makeups, and the list of statutory days,
each of them in a break:

  {"2027": {"breaks": [{"name": "元旦", "first": "2027-01-01", "last": "2027-01-03",
    "makeups": ["2027-01-09"]}], "statutory": ["2027-01-01"]}}

A year without breaks, {"2027": {}}, is one without holidays. Mainland China from
2020 to 2026 is known without a file.`, "  daka holidays set 2027.json --yes", errOwnCalendar,
			func(doc []byte) (string, error) {
				years, err := app.HolidayYears(doc)
				return strings.Trim(fmt.Sprint(years), "[]"), err
			},
			desk.setHolidays))
}

// holidayOutput is a day of the calendar as it is printed.
type holidayOutput struct {
	Day       string `json:"day"`
	Off       bool   `json:"off"`
	Statutory bool   `json:"statutory"`
	Name      string `json:"name"`
}

// calendarOutput is a calendar as it is printed.
type calendarOutput struct {
	Years []int           `json:"years"` // that are known
	Days  []holidayOutput `json:"days"`
}

// write writes the calendar; what has a row a thing has a row a day.
func (c *calendarOutput) write(cmd *cobra.Command, output format) error {
	if output == asCSV || output == asNDJSON {
		return writeStream(cmd.OutOrStdout(), output, sequence(c.Days))
	}
	return writeObject(cmd, output, c, "")
}

func newHolidaysListCommand() *cobra.Command {
	var o sourceOptions
	output := asTable
	cmd := &cobra.Command{
		Use:   "list [PERIOD]",
		Short: "List the public calendar in force",
		Long: `Lists the free days and the make-up workdays of the years that are known, or of a
PERIOD such as 2026. A year that is known and has none is a row of its own.

` + deskHelp + `

` + exitHelp,
		Example: "  daka holidays list\n  daka holidays list 2026",
		RunE: func(cmd *cobra.Command, args []string) error {
			period := when{days: wholeCalendar}
			if len(args) > 0 {
				var err error
				if period, err = parseWhen(strings.Join(args, " ")); err != nil {
					return usagef("%s: %w", cmd.CommandPath(), err)
				}
			}
			return o.administer(cmd, toRead, errOwnCalendar, func(ctx context.Context, d desk) error {
				calendar, err := d.calendar(ctx)
				if err != nil {
					return err
				}
				days, years := calendarIn(calendar, &period, today(d.zone()))
				if output != asTable {
					out := calendarOutput{Years: years, Days: []holidayOutput{}}
					for _, h := range days {
						out.Days = append(out.Days, holidayOutput{h.Day.String(), h.Off, h.Statutory, h.Name})
					}
					return out.write(cmd, output)
				}
				return writeCells(cmd, []column{{head: "date"}, {head: "is", words: true}, {head: "holiday"}}, calendarCells(days, years))
			})
		},
	}
	o.bind(cmd)
	bind(cmd, "output", &output)
	return cmd
}

func wholeCalendar(attendance.Day) (first, last attendance.Day) {
	return attendance.MinDay, attendance.MaxDay
}

// calendarIn returns the days of a calendar that lie in a period, and the years
// that are known and of which there is a day in it.
func calendarIn(calendar *attendance.Calendar, period *when, today attendance.Day) (days []attendance.Holiday, years []int) {
	years = []int{}
	first, last := period.days(today)
	for _, h := range calendar.Days() {
		if first <= h.Day && h.Day <= last {
			days = append(days, h)
		}
	}
	for _, year := range calendar.Years() {
		if begin, end := yearOf(attendance.DayOf(year, 1, 1)); begin <= last && first <= end {
			years = append(years, year)
		}
	}
	return days, years
}

// calendarCells are the days, and the years that have none, in order.
func calendarCells(days []attendance.Holiday, known []int) (cells [][]string) {
	var years []int
	for _, h := range days {
		year, _, _ := h.Day.Date()
		years = append(years, year)
		what := "free"
		switch {
		case !h.Off:
			what = "workday"
		case h.Statutory:
			what = "statutory"
		}
		cells = append(cells, []string{h.Day.String(), what, h.Name})
	}
	for _, year := range known {
		if !slices.Contains(years, year) {
			cells = append(cells, []string{strconv.Itoa(year), "no holidays", ""})
		}
	}
	slices.SortFunc(cells, func(a, b []string) int { return strings.Compare(a[0], b[0]) })
	return cells
}
