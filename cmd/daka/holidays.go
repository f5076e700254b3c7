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
2020 to 2026 is known without a file.`, "  daka holidays set 2027.json --yes",
			func(doc []byte) (string, error) {
				years, err := app.HolidayYears(doc)
				return strings.Trim(fmt.Sprint(years), "[]"), err
			},
			func(a *app.App, ctx context.Context, corp *app.Corp, doc []byte) error {
				_, err := a.SetHolidays(ctx, corp, doc)
				return err
			}))
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
	var o databaseOptions
	output := asTable
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the public calendar in force",
		Long: `Lists the free days and the make-up workdays of the years that are known. A year
that is known and has none is a row of its own.

` + exitHelp,
		Example: "  daka holidays list",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return o.withCorp(cmd.Context(), toRead, func(a *app.App, corp *app.Corp) error {
				calendar, err := a.Calendar(cmd.Context(), corp)
				if err != nil {
					return err
				}
				if output != asTable {
					out := calendarOutput{Years: calendar.Years(), Days: []holidayOutput{}}
					for _, h := range calendar.Days() {
						out.Days = append(out.Days, holidayOutput{h.Day.String(), h.Off, h.Statutory, h.Name})
					}
					return out.write(cmd, output)
				}
				return writeCells(cmd, []column{{head: "date"}, {head: "is", words: true}, {head: "holiday"}}, calendarCells(calendar))
			})
		},
	}
	o.bind(cmd)
	bind(cmd, "output", &output)
	return cmd
}

// calendarCells are the days, and the years that have none, in order.
func calendarCells(calendar *attendance.Calendar) (cells [][]string) {
	var years []int
	for _, h := range calendar.Days() {
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
	for _, year := range calendar.Years() {
		if !slices.Contains(years, year) {
			cells = append(cells, []string{strconv.Itoa(year), "no holidays", ""})
		}
	}
	slices.SortFunc(cells, func(a, b []string) int { return strings.Compare(a[0], b[0]) })
	return cells
}
