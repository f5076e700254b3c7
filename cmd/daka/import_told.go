package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/spf13/cobra"
)

// toldRequest is a request that is new or changed, and what it comes to.
type toldRequest struct {
	Row      int    `json:"row"`
	UserID   string `json:"userid"`
	Name     string `json:"name"`
	Kind     string `json:"kind"`
	Vacation string `json:"vacation,omitzero"`
	State    string `json:"state"`
	From     string `json:"from"`
	To       string `json:"to"`
	ByDay    bool   `json:"by_day,omitzero"`
	Seconds  int64  `json:"seconds"`               // as reports count it; by half days a day is 86,400
	DaysOff  int64  `json:"days_off_sec,omitzero"` // the part of that on days off
}

// toldChange is a field of a member or a request that is changed.
type toldChange struct {
	Row    int    `json:"row"`
	UserID string `json:"userid"`
	Field  string `json:"field"`
	Was    string `json:"was"`
	Is     string `json:"is"`
}

// tell takes in what a plan does with the rows of a table; row is the number of the
// row with an index.
func (r *importReport) tell(plan *app.ImportPlan, zone *attendance.Zone, row func(index int) int) {
	for i := range plan.Requests {
		p := &plan.Requests[i]
		r.Requests = append(r.Requests, toldRequest{
			Row: row(p.Index), UserID: string(p.User), Name: p.Name, Kind: formKinds[p.Kind], Vacation: p.Vacation.Name,
			State: formStates[int64(p.Status)], From: spanEnd(zone, p.From, p.ByDay), To: spanEnd(zone, p.To, p.ByDay), ByDay: p.ByDay,
			Seconds: p.Seconds, DaysOff: p.DaysOff,
		})
		r.tellRequest(p, zone, row(p.Index))
	}
	for _, c := range plan.Changes {
		r.Changes = append(r.Changes, toldChange{row(c.Index), string(c.User), c.Field, c.Was, c.Is})
	}
}

// tellRequest takes in what a row changes of a request that there is.
func (r *importReport) tellRequest(p *app.PlannedRequest, zone *attendance.Zone, row int) {
	if p.Was == nil {
		return
	}
	was, is := p.Was, &p.ApprovalEntry
	for _, c := range []toldChange{
		{Field: "kind", Was: formKinds[was.Kind], Is: formKinds[is.Kind]},
		{Field: "vacation", Was: was.Vacation.Name, Is: is.Vacation.Name},
		{Field: "from", Was: spanEnd(zone, was.From, was.ByDay), Is: spanEnd(zone, is.From, is.ByDay)},
		{Field: "to", Was: spanEnd(zone, was.To, was.ByDay), Is: spanEnd(zone, is.To, is.ByDay)},
		{Field: "state", Was: formStates[int64(was.Status)], Is: formStates[int64(is.Status)]},
	} {
		if c.Was != c.Is {
			c.Row, c.UserID = row, string(is.User)
			r.Changes = append(r.Changes, c)
		}
	}
}

// told says what is done with which row, to people the first of them, and in a dry
// run all requests.
func (r *importReport) told(cmd *cobra.Command) string {
	var b strings.Builder
	shown := r.Requests
	if !r.DryRun {
		shown = shown[:min(len(shown), maxListed)]
	}
	for i := range shown {
		fmt.Fprintf(&b, "  %s\n", strings.Map(printable, shown[i].text(cmd)))
	}
	if more := len(r.Requests) - len(shown); more > 0 {
		fmt.Fprintf(&b, "  %s\n", say(cmd, "and %d more rows: --dry-run lists all", more))
	}
	for _, c := range r.Changes[:min(len(r.Changes), maxListed)] {
		fmt.Fprintf(&b, "  %s\n", strings.Map(printable, c.text(cmd)))
	}
	if more := len(r.Changes) - maxListed; more > 0 {
		fmt.Fprintf(&b, "  %s\n", say(cmd, "and %d more fields: -o json lists all", more))
	}
	return b.String()
}

func (t *toldRequest) text(cmd *cobra.Command) string {
	who, what := t.UserID, say(cmd, t.Kind)
	if t.Name != t.UserID {
		who += " " + t.Name
	}
	if t.Vacation != "" {
		what += " (" + t.Vacation + ")"
	}
	length := lengthText(cmd, t.ByDay, t.Seconds)
	if t.DaysOff > 0 {
		length = say(cmd, "%s, of these %s on days off, which --workdays-only leaves out", length, lengthText(cmd, true, t.DaysOff))
	}
	return say(cmd, "row %d, %s: %s, %s to %s, %s: %s", t.Row, who, what, endText(cmd, t.From), endText(cmd, t.To), say(cmd, t.State), length)
}

// changeWords are what fields are called in a list of changes.
var changeWords = map[string]string{"left": "last day", "department": "departments", "from": "begin", "to": "end"}

func (c *toldChange) text(cmd *cobra.Command) string {
	field, value := c.Field, func(text string) string { return orNone(cmd, text) }
	if word, ok := changeWords[field]; ok {
		field = word
	}
	switch c.Field {
	case "kind", "state":
		value = func(word string) string { return say(cmd, word) }
	case "from", "to":
		value = func(end string) string { return endText(cmd, end) }
	}
	return say(cmd, "row %d, %s: %s %s -> %s", c.Row, c.UserID, say(cmd, field), value(c.Was), value(c.Is))
}

func orNone(cmd *cobra.Command, text string) string {
	if text == "" {
		return say(cmd, "(none)")
	}
	return text
}

// lengthText is a time in days or in hours.
func lengthText(cmd *cobra.Command, byDay bool, seconds int64) string {
	unit, of := "%s h", 3600.0
	if byDay {
		unit, of = "%s d", attendance.SecondsPerDay
	}
	figure := strconv.FormatFloat(float64(seconds)/of, 'f', 2, 64)
	return say(cmd, unit, strings.TrimSuffix(strings.TrimRight(figure, "0"), "."))
}
