package adminapi

import (
	"fmt"
	"time"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/internal/app"
)

func (c *call) monthStates() (any, error) {
	states, err := c.api.app.MonthStates(c.ctx(), c.corp())
	var list admin.MonthStateList
	for _, s := range states {
		list.States = append(list.States, admin.MonthState{
			Month: admin.Month(fmt.Sprintf("%04d-%02d", s.Month/100, s.Month%100)), At: s.At, Closed: s.Closed, Actor: s.Actor, Reason: s.Reason,
		})
	}
	return list, err
}

func (c *call) closeMonth(act *admin.MonthAct) (any, error) {
	m, err := c.month()
	if err != nil {
		return nil, err
	}
	return done{}, c.api.app.CloseMonth(c.ctx(), c.corp(), m, act.Actor, act.Reason)
}

func (c *call) reopenMonth(act *admin.MonthAct) (any, error) {
	m, err := c.month()
	if err != nil {
		return nil, err
	}
	return done{}, c.api.app.ReopenMonth(c.ctx(), c.corp(), m, act.Actor, act.Reason)
}

func (c *call) adjustments() (any, error) {
	m, err := c.month()
	if err != nil {
		return nil, err
	}
	all, err := c.api.app.Adjustments(c.ctx(), c.corp(), m)
	var list admin.AdjustmentList
	for _, a := range all {
		list.Adjustments = append(list.Adjustments, admin.Adjustment{
			UserID: string(a.User), Name: a.Name, Day: admin.Day(a.Day.String()), Closed: a.Closed, Now: a.Now,
		})
	}
	return list, err
}

// month reads the month that the path names.
func (c *call) month() (app.MonthOf, error) {
	t, err := time.Parse("2006-01", c.r.PathValue("month"))
	if err != nil {
		return app.MonthOf{}, bad("month", "want a month as 2006-01")
	}
	return app.MonthOf{Year: t.Year(), Month: int(t.Month())}, nil
}
