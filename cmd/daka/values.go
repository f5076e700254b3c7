package main

import (
	"encoding/json"
	"errors"
	"io"

	"github.com/dakahq/daka/internal/attendance"
)

// format is how a command writes its result: a flag.
type format string

const (
	asTable format = "table"
	asJSON  format = "json"
)

func (f *format) String() string { return string(*f) }

func (f *format) Type() string { return "format" }

func (f *format) Set(text string) error {
	if text != string(asTable) && text != string(asJSON) {
		return errors.New("want table or json")
	}
	*f = format(text)
	return nil
}

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
	d.day, err = attendance.ParseDay(text)
	d.set = err == nil
	return err
}

// writeJSON writes v as one line.
func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
