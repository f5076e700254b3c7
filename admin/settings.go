package admin

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
)

// Holiday is a day of the public calendar that is not ordinary.
type Holiday struct {
	Day       Day    `json:"day"`
	Name      string `json:"name"`
	Off       bool   `json:"off"` // false marks a make-up workday
	Statutory bool   `json:"statutory"`
}

// HolidayList is the public calendar in the order of its days.
type HolidayList struct {
	Holidays []Holiday `json:"holidays"`
	Years    []int     `json:"years"` // those that are known, with holidays or without; in order
	// Documents are these years as SetHolidays takes them.
	Documents map[string]HolidayYear `json:"documents"`
}

// HolidayYear is one year of a public calendar as it is put. The zero value is
// a year without holidays.
type HolidayYear struct {
	Breaks    []HolidayBreak `json:"breaks"`
	Statutory []Day          `json:"statutory"` // days that the law itself names
}

// HolidayBreak is free days in a row, with the days that are worked for them.
// Without First and Last it is the latter alone.
type HolidayBreak struct {
	Name    string `json:"name"`
	First   Day    `json:"first,omitzero"`
	Last    Day    `json:"last,omitzero"`
	Makeups []Day  `json:"makeups"`
}

// Holidays returns the public calendar in force.
func (c *Client) Holidays(ctx context.Context) (*HolidayList, error) {
	return call[HolidayList](ctx, c, http.MethodGet, "/daka/holidays", nil)
}

// SetHolidays puts years of the public calendar, by their number such as
// "2026", in the place of what was known of them, all or none. A year of which
// nothing is known is one whose days reports take for ordinary ones, and say so.
func (c *Client) SetHolidays(ctx context.Context, years map[string]HolidayYear) error {
	_, err := call[none](ctx, c, http.MethodPut, "/daka/holidays", years)
	return err
}

// ResetHolidays puts a year of the public calendar back to what corporations start
// with; one that they start without is not known any more.
func (c *Client) ResetHolidays(ctx context.Context, year int) error {
	_, err := call[none](ctx, c, http.MethodDelete, "/daka/holidays/"+strconv.Itoa(year), nil)
	return err
}

// Options returns the engine options in force, a JSON object with every option.
func (c *Client) Options(ctx context.Context) (json.RawMessage, error) {
	doc, err := call[json.RawMessage](ctx, c, http.MethodGet, "/daka/options", nil)
	if err != nil {
		return nil, err
	}
	return *doc, nil
}

// SetOptions puts engine options in force; those that the JSON object leaves
// out have their defaults. It fails with BadRequest for an unknown one.
func (c *Client) SetOptions(ctx context.Context, doc json.RawMessage) error {
	_, err := call[none](ctx, c, http.MethodPut, "/daka/options", doc)
	return err
}
