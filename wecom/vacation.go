package wecom

import (
	"context"
	"net/http"
)

// VacationConfigResponse is the answer of vacation/getcorpconf.
type VacationConfigResponse struct {
	Envelope
	Lists List[Vacation] `json:"lists"`
}

// Vacation is a kind of leave (假期类型).
type Vacation struct {
	ID                 int64             `json:"id"`
	Name               string            `json:"name"`
	TimeAttr           int64             `json:"time_attr"`     // VacationByDay or VacationByHour
	DurationType       int64             `json:"duration_type"` // VacationCalendarDays or VacationWorkdays
	QuotaAttr          VacationQuotaAttr `json:"quota_attr"`
	PerdayDuration     int64             `json:"perday_duration"` // seconds that count as a day
	IsNewOvertime      int64             `json:"is_newovertime"`
	EnterCompTimeLimit int64             `json:"enter_comp_time_limit"`
	ExpireRule         VacationExpiry    `json:"expire_rule"`
}

// How a kind of leave is asked for (time_attr), and which days count
// (duration_type).
const (
	VacationByDay  = 0
	VacationByHour = 1

	VacationCalendarDays = 0
	VacationWorkdays     = 1
)

// VacationQuotaAttr says how much of a kind of leave members get, and when.
type VacationQuotaAttr struct {
	Type              int64              `json:"type"`               // 0 without limit, 1 every year, 2 by hand, 3 every month
	AutoResetTime     int64              `json:"autoreset_time"`     // Unix seconds, of which month and day count
	AutoResetDuration int64              `json:"autoreset_duration"` // seconds
	QuotaRuleType     int64              `json:"quota_rule_type"`    // 0 as above, 1 by years of work, 2 by years in the corp
	QuotaRules        VacationQuotaRules `json:"quota_rules"`
	AtEntryDate       bool               `json:"at_entry_date"`        // every year on the day the member joined
	AutoResetMonthDay int64              `json:"auto_reset_month_day"` // day of the month
}

// VacationQuotaRules are quotas by years.
type VacationQuotaRules struct {
	List                  List[VacationQuotaRule] `json:"list"`
	BasedOnActualWorkTime bool                    `json:"based_on_actual_work_time"` // in part, for a part of a year
}

// VacationQuotaRule is the quota from one year on up to another.
type VacationQuotaRule struct {
	Quota int64 `json:"quota"` // seconds
	Begin int64 `json:"begin"` // years
	End   int64 `json:"end"`   // years; 0 without end
}

// VacationExpiry says when what is left of a quota lapses.
type VacationExpiry struct {
	Type                 int64            `json:"type"`     // 1 on a date, 2 after years, 3 after months, 4 never
	Duration             int64            `json:"duration"` // years or months
	Date                 VacationMonthDay `json:"date"`
	ExternDurationEnable bool             `json:"extern_duration_enable"`
	ExternDuration       VacationMonthDay `json:"extern_duration"` // by which it may be put off
}

// VacationMonthDay is a date of any year, or a length of time.
type VacationMonthDay struct {
	Month int64 `json:"month"`
	Day   int64 `json:"day"`
}

// VacationConfig returns the corp's kinds of leave, at most 600 times a minute
// (document 93375). It fails with CodeVacationForbidden, CodeVacationParameter
// and CodeVacationSystem.
func (c *Client) VacationConfig(ctx context.Context) ([]Vacation, error) {
	var answer VacationConfigResponse
	req := Request{Method: http.MethodGet, Path: "/cgi-bin/oa/vacation/getcorpconf", Quota: approvalQuota, Repeatable: true}
	err := c.Call(ctx, req, &answer)
	return answer.Lists, err
}
