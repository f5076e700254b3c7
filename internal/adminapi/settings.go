package adminapi

import (
	"encoding/json"
	"strconv"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/internal/wire"
)

func (c *call) holidays() (any, error) {
	calendar, err := c.api.app.Calendar(c.ctx(), c.corp())
	var list admin.HolidayList
	for _, h := range calendar.Days() {
		list.Holidays = append(list.Holidays, admin.Holiday{Day: admin.Day(h.Day.String()), Name: h.Name, Off: h.Off, Statutory: h.Statutory})
	}
	list.Years = calendar.Years()
	if err != nil {
		return nil, err
	}
	doc, err := c.api.app.Holidays(c.ctx(), c.corp())
	if err != nil {
		return nil, err
	}
	return list, json.Unmarshal(doc, &list.Documents)
}

func (c *call) resetHolidays() (any, error) {
	year, err := strconv.Atoi(c.r.PathValue("year"))
	if err != nil {
		return nil, bad("year", "want a year as 2026")
	}
	return done{}, c.api.app.ResetHolidays(c.ctx(), c.corp(), year)
}

func (c *call) setHolidays(years *map[string]*admin.HolidayYear) (any, error) {
	doc, err := json.Marshal(*years)
	if err != nil {
		return nil, err
	}
	_, err = c.api.app.SetHolidays(c.ctx(), c.corp(), doc)
	return done{}, err
}

func (c *call) options() (any, error) {
	opts, err := c.api.app.Options(c.ctx(), c.corp())
	if err != nil {
		return nil, err
	}
	return wire.OptionsOut(&opts)
}

func (c *call) setOptions(doc *json.RawMessage) (any, error) {
	return done{}, c.api.app.SetOptions(c.ctx(), c.corp(), *doc)
}
