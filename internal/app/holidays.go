package app

import (
	_ "embed"
	"encoding/json"

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

// chinaHolidays returns the public calendar that corporations start with.
func chinaHolidays() []attendance.Holiday {
	var years map[string]holidayYear
	if err := json.Unmarshal(chinaJSON, &years); err != nil {
		panic("app: embedded china.json: " + err.Error())
	}
	var days []attendance.Holiday
	for _, year := range years {
		statutory := map[attendance.Day]bool{}
		for _, s := range year.Statutory {
			statutory[embeddedDay(s)] = true
		}
		for _, b := range year.Breaks {
			for d := embeddedDay(b.First); d <= embeddedDay(b.Last); d++ {
				days = append(days, attendance.Holiday{Day: d, Off: true, Statutory: statutory[d], Name: b.Name})
			}
			for _, m := range b.Makeups {
				days = append(days, attendance.Holiday{Day: embeddedDay(m), Name: b.Name})
			}
		}
	}
	return days
}

// embeddedDay reads a date of our own data, which a test has checked.
func embeddedDay(s string) attendance.Day {
	d, err := attendance.ParseDay(s)
	if err != nil {
		panic("app: embedded china.json: " + err.Error())
	}
	return d
}
