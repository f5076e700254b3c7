package qyapi

import (
	"context"
	"net/url"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
)

// getVacations answers oa/vacation/getcorpconf (document 93375). daka keeps no
// balances: what says how much of a kind of leave there is says "without limit".
func (api *API) getVacations(ctx context.Context, c *app.Caller, _ url.Values) (*wecom.VacationConfigResponse, error) {
	vacations, err := api.app.Vacations(ctx, c.Corp)
	if err != nil {
		return nil, err
	}
	answer := &wecom.VacationConfigResponse{}
	for _, v := range vacations {
		conf := wecom.Vacation{ID: v.ID, Name: v.Name, PerdayDuration: attendance.SecondsPerDay}
		if !v.ByDay {
			conf.TimeAttr = wecom.VacationByHour
		}
		if v.WorkdaysOnly {
			conf.DurationType = wecom.VacationWorkdays
		}
		answer.Lists = append(answer.Lists, conf)
	}
	return answer, nil
}
