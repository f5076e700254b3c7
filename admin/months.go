package admin

import (
	"context"
	"net/http"

	"github.com/dakahq/daka/checkin"
)

// Month is a month as 2006-01.
type Month string

// MonthAct says who closes or reopens a month, and why.
type MonthAct struct {
	Actor  string `json:"actor"`
	Reason string `json:"reason"` // needed for reopening
}

// MonthState is one act of closing or reopening.
type MonthState struct {
	Month  Month  `json:"month"`
	At     int64  `json:"at"`
	Closed bool   `json:"closed"`
	Actor  string `json:"actor"`
	Reason string `json:"reason"`
}

// MonthStateList is acts by month and time.
type MonthStateList struct {
	States []MonthState `json:"states"`
}

// Adjustment is a day of a closed month that would read otherwise by what is
// known now. A side without a report is nil.
type Adjustment struct {
	UserID string           `json:"userid"`
	Name   string           `json:"name"`
	Day    Day              `json:"day"`
	Closed *checkin.DayData `json:"closed"`
	Now    *checkin.DayData `json:"now"`
}

// AdjustmentList is adjustments by member and day.
type AdjustmentList struct {
	Adjustments []Adjustment `json:"adjustments"`
}

// MonthStates returns every act of closing and reopening.
func (c *Client) MonthStates(ctx context.Context) (*MonthStateList, error) {
	return call[MonthStateList](ctx, c, http.MethodGet, "/daka/months", nil)
}

// CloseMonth keeps the reports of a month as the record of account. It fails
// with Conflict while a day of it is provisional and when it is closed.
func (c *Client) CloseMonth(ctx context.Context, m Month, act MonthAct) error {
	_, err := call[none](ctx, c, http.MethodPost, "/daka/months/"+string(m)+"/close", act)
	return err
}

// ReopenMonth lets a month's reports follow its facts again. It fails with
// Conflict when it is not closed.
func (c *Client) ReopenMonth(ctx context.Context, m Month, act MonthAct) error {
	_, err := call[none](ctx, c, http.MethodPost, "/daka/months/"+string(m)+"/reopen", act)
	return err
}

// Adjustments returns what facts known after its closing would change in a
// month. It fails with Conflict when the month is not closed.
func (c *Client) Adjustments(ctx context.Context, m Month) (*AdjustmentList, error) {
	return call[AdjustmentList](ctx, c, http.MethodGet, "/daka/months/"+string(m)+"/adjustments", nil)
}
