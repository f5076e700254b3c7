package admin

import (
	"context"
	"net/http"

	"github.com/dakahq/daka/checkin"
)

// ReportQuery says whose reports are asked for, of which days, and as known when.
type ReportQuery struct {
	UserIDs []string `json:"userids,omitempty"` // none = every member
	First   Day      `json:"first"`
	Last    Day      `json:"last"`           // included; at most 366 days
	AsOf    int64    `json:"as_of,omitzero"` // 0 = now
}

// DayReportList is day reports, by member in the order asked for and by day.
type DayReportList struct {
	Reports []DayReport `json:"reports"`
}

// DayReport is one member's day with its reasons.
type DayReport struct {
	UserID      string          `json:"userid"`
	Day         Day             `json:"day"`
	Category    string          `json:"category"`    // workday, restday or holiday, for overtime
	Provisional bool            `json:"provisional"` // the day's last window has not closed
	NoCalendar  bool            `json:"no_calendar"` // the rule follows the public calendar, and there is none for the year
	Data        checkin.DayData `json:"data"`        // as getcheckin_daydata answers it
	Cards       []Card          `json:"cards"`
	Findings    []Finding       `json:"findings"`
}

// Card is a punch, or a correction, that filled a slot.
type Card struct {
	Section   int64  `json:"section"`
	Slot      string `json:"slot"` // on or off
	At        int64  `json:"at"`
	Scheduled *int64 `json:"scheduled,omitzero"` // second of the day; nil where there is none
	Corrected bool   `json:"corrected"`
}

// Finding is one judgement with its reason. Times are seconds of the day; one
// that does not apply is nil.
type Finding struct {
	Exception int64  `json:"exception"` // 1 late, 2 early, 3 missing, 4 absent, 5 location, 6 device; 100 refused correction
	Name      string `json:"name"`
	Count     int64  `json:"count"`
	Seconds   int64  `json:"seconds"`
	Clause    string `json:"clause"` // the rule of judgement, such as late_flexible
	Section   int64  `json:"section,omitzero"`
	Slot      string `json:"slot,omitzero"`
	Card      *int64 `json:"card,omitzero"`
	Scheduled *int64 `json:"scheduled,omitzero"`
	Required  *int64 `json:"required,omitzero"`
	Tolerance int64  `json:"tolerance,omitzero"`
	Refusal   string `json:"refusal,omitzero"` // why a correction was refused
}

// MonthReportList is month reports by member.
type MonthReportList struct {
	Reports []MonthReport `json:"reports"`
}

// MonthReport is the fold of one member's days.
type MonthReport struct {
	UserID  string            `json:"userid"`
	First   Day               `json:"first"`
	Last    Day               `json:"last"`
	Data    checkin.MonthData `json:"data"` // as getcheckin_monthdata answers it
	Punches PunchTally        `json:"punches"`
}

// PunchTally accounts for every punch of a period.
type PunchTally struct {
	Used       int64 `json:"used"`
	Superseded int64 `json:"superseded"`
	Unmatched  int64 `json:"unmatched"`
}

// Explanation is a day explained in words, part by part.
type Explanation struct {
	UserID string            `json:"userid"`
	Day    Day               `json:"day"`
	Lang   string            `json:"lang"`
	Title  string            `json:"title"`
	Parts  []ExplanationPart `json:"parts"`
}

// ExplanationPart is one part of an explanation, such as the timeline.
type ExplanationPart struct {
	Name  string            `json:"name"` // day, plan, approvals, timeline, verdicts, hours, overtime or changes
	Title string            `json:"title"`
	Lines []ExplanationLine `json:"lines"`
}

// ExplanationLine is one statement.
type ExplanationLine struct {
	Kind    string `json:"kind,omitzero"` // what it is about, such as used or late
	Time    string `json:"time,omitzero"` // on the day's wall clock; "+1 06:00" is on the next day
	Seconds *int64 `json:"seconds,omitzero"`
	Text    string `json:"text"`
}

// ExplainQuery says which day is to be explained.
type ExplainQuery struct {
	UserID string `json:"userid"`
	Day    Day    `json:"day"`
	Lang   string `json:"lang,omitzero"`  // en (the default) or zh
	AsOf   int64  `json:"as_of,omitzero"` // 0 = now
}

// Explain returns why a member's day reads as it does. It fails with NotFound
// for an unknown member.
func (c *Client) Explain(ctx context.Context, q ExplainQuery) (*Explanation, error) {
	return call[Explanation](ctx, c, http.MethodPost, "/daka/explain", q)
}

// DayReports returns day reports with their reasons, at most 200,000. It fails
// with NotFound for an unknown member and with TooLarge past that.
func (c *Client) DayReports(ctx context.Context, q ReportQuery) (*DayReportList, error) {
	return call[DayReportList](ctx, c, http.MethodPost, "/daka/reports/days", q)
}

// MonthReports returns the sums of each member's days. A member without any day
// has none.
func (c *Client) MonthReports(ctx context.Context, q ReportQuery) (*MonthReportList, error) {
	return call[MonthReportList](ctx, c, http.MethodPost, "/daka/reports/months", q)
}
