package main

import "github.com/dakahq/daka/internal/attendance"

// dayFlag is a date; the zero value is none.
type dayFlag struct {
	day attendance.Day
	set bool
}

func (d *dayFlag) String() string {
	if d == nil || !d.set {
		return ""
	}
	return d.day.String()
}

func (d *dayFlag) Type() string { return "date" }

func (d *dayFlag) Set(text string) (err error) {
	d.day, err = attendance.ParseDay(halfWidth(text))
	d.set = err == nil
	return err
}
