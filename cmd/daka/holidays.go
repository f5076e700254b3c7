package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/spf13/cobra"
)

func newHolidaysCommand() *cobra.Command {
	return group("holidays", "Set and list the public calendar", newHolidaysListCommand(), newHolidaysSetCommand(),
		newHolidaysDayCommand(), newHolidaysResetCommand())
}

func newHolidaysSetCommand() *cobra.Command {
	var o calendarOptions
	cmd := &cobra.Command{
		Use:   "set FILE",
		Short: "Replace years of the public calendar",
		Long: `Puts the years of a JSON or YAML file in the place of what was known of them: a year
is replaced whole, and the days that change are listed first. It takes what "daka
holidays list -o yaml" prints. Each year has breaks, with name, first, last and makeups,
and the list of statutory days, each of them in a break; a break with makeups alone
needs no first and last:

  {"2027": {"breaks": [{"name": "元旦", "first": "2027-01-01", "last": "2027-01-03",
    "makeups": ["2027-01-09"]}], "statutory": ["2027-01-01"]}}

A year without breaks, {"2027": {}}, is one without holidays. Mainland China from
2020 to 2026 is known without a file. "daka holidays day" changes a day, "daka holidays
reset" puts a year back.

` + deskHelp + "\n\n" + exitHelp,
		Example: "  daka holidays list 2026 -o yaml > 2026.yaml\n  daka holidays set 2026.yaml --dry-run\n  daka holidays set 2027.json --yes",
		Args:    oneArg("FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			doc, err := readCalendarFile(args[0])
			if err != nil {
				return err
			}
			numbers, err := app.HolidayYears(doc)
			if err != nil {
				return failf("%s: %w", args[0], err)
			}
			years, err := readYears(doc)
			if err != nil {
				return failf("%s: %w", args[0], err)
			}
			what := strings.Trim(fmt.Sprint(numbers), "[]")
			return o.change(cmd, func(d desk) calendarEdit {
				return calendarEdit{
					plan:  say(cmd, "replace %s of %s", what, d.place(cmd)),
					done:  say(cmd, "%s set", what),
					after: func(before calendarYears) (calendarYears, error) { return before.with(years), nil },
					make: func(ctx context.Context, _, _ calendarYears) error {
						if err := d.setHolidays(ctx, doc); err != nil {
							return failf("%s: %w", args[0], err)
						}
						return nil
					},
				}
			})
		},
	}
	o.bind(cmd)
	return cmd
}

// readCalendarFile reads years as JSON, or as YAML where the name ends so.
func readCalendarFile(path string) ([]byte, error) {
	text, err := os.ReadFile(path)
	if err != nil || !namedYAML(path) {
		return text, err
	}
	var years map[string]*admin.HolidayYear // texts: YAML has dates of its own
	dec := yaml.NewDecoder(bytes.NewReader(text))
	dec.KnownFields(true)
	if err := dec.Decode(&years); err != nil {
		return nil, failf("%s: %w", path, plainError(err))
	}
	return json.Marshal(years)
}

// holidayOutput is a day of the calendar as it is printed.
type holidayOutput struct {
	Day       string `json:"day"`
	Off       bool   `json:"off"`
	Statutory bool   `json:"statutory"`
	Name      string `json:"name"`
}

func newHolidaysListCommand() *cobra.Command {
	var o sourceOptions
	output := asTable
	cmd := &cobra.Command{
		Use:   "list [PERIOD]",
		Short: "List the public calendar in force",
		Long: `Lists the free days and the make-up workdays of the years that are known, or of a
PERIOD such as 2026. A year that is known and has none is a row of its own. As JSON
or YAML it is whole years, in the form that "daka holidays set" takes.

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
				switch output {
				case asJSON, asYAML:
					all, err := d.holidays(ctx)
					if err != nil {
						return err
					}
					return writeObject(cmd, output, all.of(years), "")
				case asCSV, asNDJSON:
					rows := []holidayOutput{}
					for _, h := range days {
						rows = append(rows, holidayOutput{h.Day.String(), h.Off, h.Statutory, h.Name})
					}
					return writeStream(cmd.OutOrStdout(), output, sequence(rows))
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
		cells = append(cells, []string{h.Day.String(), holidayWord(h), h.Name})
	}
	for _, year := range known {
		if !slices.Contains(years, year) {
			cells = append(cells, []string{strconv.Itoa(year), "no holidays", ""})
		}
	}
	slices.SortFunc(cells, func(a, b []string) int { return strings.Compare(a[0], b[0]) })
	return cells
}
