package sheet

import (
	"regexp"
	"slices"
	"strconv"
	"time"

	"github.com/dakahq/daka/internal/attendance"
)

var (
	yearMonth = regexp.MustCompile(`(\d{4})(?:年|[-./_])(1[0-2]|0?[1-9])(?:月|$|[^0-9])`)
	fullDate  = regexp.MustCompile(`(\d{4})(?:年|[-./_])(1[0-2]|0?[1-9])(?:月|[-./_])(?:3[01]|[12]\d|0?[1-9])(?:日|\b)`)
	toAnother = regexp.MustCompile(`(?:日|\d)\s*[-至到~—–]\s*\d`)
)

// month returns the first day of the month that the titles above the headings,
// the sheet's name or the file's say; 0 = they say none. Titles that name several
// are a *MapError.
func (m *Mapping) month() (attendance.Day, error) {
	var titles []string
	for i := range m.Table.Rows[:m.first] {
		titles = append(titles, m.Table.Rows[i].Cells...)
	}
	var all []attendance.Day
	for _, text := range titles {
		for _, d := range monthsIn(text) {
			if !slices.Contains(all, d) {
				all = append(all, d)
			}
		}
	}
	if len(all) > 1 {
		return 0, mapError("the titles name %.7s and %.7s: say with --period which month it is", all[0].String(), all[1].String())
	}
	if all = append(all, monthsIn(m.Table.title)...); len(all) > 0 {
		return all[0], nil
	}
	return 0, nil
}

// monthsIn returns the first days of the months that a title names: 2026年10月, or
// 2026-10-01 至 2026-10-31. A date alone tells when the table was made.
func monthsIn(title string) (all []attendance.Day) {
	title = fold(title)
	rest := fullDate.ReplaceAllString(title, " ")
	found := yearMonth.FindAllStringSubmatch(rest, -1)
	if dates := fullDate.FindAllStringSubmatch(title, -1); len(found) == 0 && len(dates) > 0 && toAnother.MatchString(fullDate.ReplaceAllString(title, "1日")) {
		found = dates
	}
	for _, f := range found {
		year, err1 := strconv.Atoi(f[1])
		n, err2 := strconv.Atoi(f[2])
		if d := attendance.DayOf(year, time.Month(n), 1); err1 == nil && err2 == nil && d.Valid() {
			all = append(all, d)
		}
	}
	return all
}
