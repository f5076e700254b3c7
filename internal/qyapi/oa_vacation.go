package qyapi

import (
	"context"
	"net/url"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
)

// vacationsResponse is the answer of vacation/getcorpconf.
type vacationsResponse struct {
	wecom.Envelope
	Lists wecom.List[vacationConf] `json:"lists"`
}

// vacationConf is a kind of leave. daka keeps no balances: what says how much
// of it there is says "without limit".
type vacationConf struct {
	ID                 int64      `json:"id"`
	Name               string     `json:"name"`
	TimeAttr           int64      `json:"time_attr"`     // 0 by day, 1 by hour
	DurationType       int64      `json:"duration_type"` // 0 calendar days, 1 working days
	QuotaAttr          quotaAttr  `json:"quota_attr"`
	PerdayDuration     int64      `json:"perday_duration"` // seconds
	IsNewOvertime      int64      `json:"is_newovertime"`
	EnterCompTimeLimit int64      `json:"enter_comp_time_limit"`
	ExpireRule         expireRule `json:"expire_rule"`
}

type quotaAttr struct {
	Type              int64      `json:"type"` // 0 without limit
	AutoresetTime     int64      `json:"autoreset_time"`
	AutoresetDuration int64      `json:"autoreset_duration"`
	QuotaRuleType     int64      `json:"quota_rule_type"`
	QuotaRules        quotaRules `json:"quota_rules"`
	AtEntryDate       bool       `json:"at_entry_date"`
	AutoResetMonthDay int64      `json:"auto_reset_month_day"`
}

type quotaRules struct {
	List                  wecom.List[struct{}] `json:"list"`
	BasedOnActualWorkTime bool                 `json:"based_on_actual_work_time"`
}

type expireRule struct {
	Type                 int64    `json:"type"`
	Duration             int64    `json:"duration"`
	Date                 monthDay `json:"date"`
	ExternDurationEnable bool     `json:"extern_duration_enable"`
	ExternDuration       monthDay `json:"extern_duration"`
}

type monthDay struct {
	Month int64 `json:"month"`
	Day   int64 `json:"day"`
}

// getVacations answers oa/vacation/getcorpconf (document 93375).
func (api *API) getVacations(ctx context.Context, c *app.Caller, _ url.Values) (*vacationsResponse, error) {
	vacations, err := api.app.Vacations(ctx, c.Corp)
	if err != nil {
		return nil, err
	}
	answer := &vacationsResponse{}
	for _, v := range vacations {
		conf := vacationConf{ID: v.ID, Name: v.Name, PerdayDuration: attendance.SecondsPerDay}
		if !v.ByDay {
			conf.TimeAttr = 1
		}
		if v.WorkdaysOnly {
			conf.DurationType = 1
		}
		answer.Lists = append(answer.Lists, conf)
	}
	return answer, nil
}
