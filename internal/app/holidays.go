package app

import (
	_ "embed"
	"encoding/json"
	"fmt"

	"github.com/dakahq/daka/internal/attendance"
)

// china.json holds the breaks and make-up workdays of mainland China as the
// State Council announced them, year by year; statutory lists the days that
// the holiday regulation itself names.
//
//go:embed china.json
var chinaJSON []byte

// holidayYear is one year of the holiday data.
type holidayYear struct {
	Breaks    []holidayBreak `json:"breaks"`
	Statutory []string       `json:"statutory"`
}

type holidayBreak struct {
	Name    string   `json:"name"`
	First   string   `json:"first"`
	Last    string   `json:"last"`
	Makeups []string `json:"makeups"`
}

// longestBreak bounds a break, in days, against a mistyped year.
const longestBreak = 31

func (b *holidayBreak) days(statutory map[attendance.Day]bool) (days []attendance.Holiday, err error) {
	first, err := attendance.ParseDay(b.First)
	if err != nil {
		return nil, fmt.Errorf("first: %w", err)
	}
	last, err := attendance.ParseDay(b.Last)
	if err != nil {
		return nil, fmt.Errorf("last: %w", err)
	}
	if last < first || last > first+longestBreak {
		return nil, fmt.Errorf("last: %s is not within %d days of %s", last, longestBreak, first)
	}
	for d := first; d <= last; d++ {
		days = append(days, attendance.Holiday{Day: d, Off: true, Statutory: statutory[d], Name: b.Name})
	}
	for i, m := range b.Makeups {
		d, err := attendance.ParseDay(m)
		if err != nil {
			return nil, fmt.Errorf("makeups[%d]: %w", i, err)
		}
		days = append(days, attendance.Holiday{Day: d, Name: b.Name})
	}
	return days, nil
}

// chinaHolidays returns the public calendar that corporations start with.
func chinaHolidays() (days []attendance.Holiday) {
	var years map[string]json.RawMessage
	if err := json.Unmarshal(chinaJSON, &years); err != nil {
		panic("app: embedded china.json: " + err.Error())
	}
	for year, doc := range years {
		more, err := holidayDays(doc)
		if err != nil {
			panic("app: embedded china.json: " + year + ": " + err.Error())
		}
		days = append(days, more...)
	}
	return days
}
