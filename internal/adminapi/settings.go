package adminapi

import (
	"encoding/json"

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
	return list, err
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
