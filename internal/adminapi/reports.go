package adminapi

import (
	"fmt"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/explain"
	"github.com/dakahq/daka/internal/wire"
)

// Limits of one question for reports.
const (
	maxDays    = 366
	maxReports = 200_000
)

func (c *call) query(q *admin.ReportQuery) (out app.Query, err error) {
	out = app.Query{Corp: c.corp(), AsOf: q.AsOf}
	if out.First, err = needDay(q.First, "/first"); err != nil {
		return out, err
	}
	if out.Last, err = needDay(q.Last, "/last"); err != nil {
		return out, err
	}
	if n := out.Last - out.First; n < 0 || n >= maxDays {
		return out, bad("/last", "want a day from first to %d days after", maxDays-1)
	}
	for _, id := range q.UserIDs {
		out.Users = append(out.Users, attendance.UserID(id))
	}
	return out, nil
}

// tooMany is the failure of a question that has too long an answer.
func tooMany() error {
	return &admin.Error{Code: admin.TooLarge, Message: fmt.Sprintf("more than %d reports: ask for fewer members or days", maxReports)}
}

func (c *call) dayReports(q *admin.ReportQuery) (any, error) {
	asked, err := c.query(q)
	if err != nil {
		return nil, err
	}
	var list admin.DayReportList
	err = c.api.app.DayReports(c.ctx(), asked, func(m *app.Member, r *attendance.DayReport) error {
		if len(list.Reports) >= maxReports {
			return tooMany()
		}
		list.Reports = append(list.Reports, c.dayReport(m, r))
		return nil
	})
	return list, err
}

func (c *call) dayReport(m *app.Member, r *attendance.DayReport) admin.DayReport {
	out := admin.DayReport{
		UserID: string(r.User), Day: admin.Day(r.Day.String()), Category: categories[r.Kind.Category], Provisional: r.Provisional, NoCalendar: r.NoCalendar,
		Data: wire.DayDataOut(c.corp().Zone, r, wire.Who{Name: m.Name, Alias: m.Alias, Departs: m.Departs}),
	}
	for i := range r.Cards {
		card := &r.Cards[i]
		out.Cards = append(out.Cards, admin.Card{
			Section: int64(card.Section), Slot: card.Slot.String(), At: card.At,
			Scheduled: timeOut(card.Scheduled), Corrected: card.Punch < 0,
		})
	}
	for i := range r.Findings {
		out.Findings = append(out.Findings, findingOut(&r.Findings[i]))
	}
	return out
}

func findingOut(f *attendance.Finding) admin.Finding {
	why := &f.Reason
	out := admin.Finding{
		Exception: int64(f.Code), Name: f.Code.String(), Count: int64(f.Count), Seconds: int64(f.Seconds),
		Clause: clauses[why.Clause], Section: int64(why.Section), Card: timeOut(why.Card),
		Scheduled: timeOut(why.Scheduled), Required: timeOut(why.Required), Tolerance: int64(why.Tolerance),
	}
	if why.Slot != attendance.NoSlot {
		out.Slot = why.Slot.String()
	}
	if why.Err != nil {
		out.Refusal = why.Err.Error()
	}
	return out
}

func timeOut(t attendance.TimeOfDay) *int64 {
	if t == attendance.NoTime {
		return nil
	}
	seconds := int64(t)
	return &seconds
}

func (c *call) monthReports(q *admin.ReportQuery) (any, error) {
	asked, err := c.query(q)
	if err != nil {
		return nil, err
	}
	var list admin.MonthReportList
	err = c.api.app.MonthReports(c.ctx(), asked, func(m *app.Member, r *attendance.MonthReport) error {
		if len(list.Reports) >= maxReports {
			return tooMany()
		}
		list.Reports = append(list.Reports, admin.MonthReport{
			UserID: string(r.User), First: admin.Day(r.First.String()), Last: admin.Day(r.Last.String()),
			Data:    wire.MonthDataOut(r, wire.Who{Name: m.Name, Alias: m.Alias, Departs: m.Departs}),
			Punches: admin.PunchTally(r.Punches),
		})
		return nil
	})
	return list, err
}

func (c *call) explain(q *admin.ExplainQuery) (any, error) {
	d, err := needDay(q.Day, "/day")
	if err != nil {
		return nil, err
	}
	lang := explain.English
	if q.Lang != "" {
		if lang, err = explain.ParseLang(q.Lang); err != nil {
			return nil, bad("/lang", "%v", err)
		}
	}
	basis, err := c.api.app.DayBasis(c.ctx(), c.corp(), attendance.UserID(q.UserID), d, q.AsOf)
	if err != nil {
		return nil, err
	}
	text := explain.NoReport(&basis.Facts, &basis.Person, d, lang)
	if basis.Report != nil {
		text = explain.Day(&basis.Facts, &basis.Person, basis.Report, lang)
	}
	if basis.Closed {
		text = text.InClosedMonth()
	}
	return explanationOut(text), nil
}

func explanationOut(t explain.Text) admin.Explanation {
	out := admin.Explanation{UserID: string(t.User), Day: admin.Day(t.Date), Lang: string(t.Lang), Title: t.Title}
	for _, p := range t.Parts {
		part := admin.ExplanationPart{Name: string(p.Name), Title: p.Title}
		for _, l := range p.Lines {
			line := admin.ExplanationLine{Kind: string(l.Kind), Time: l.Time, Text: l.Text}
			if l.Seconds != nil {
				seconds := int64(*l.Seconds)
				line.Seconds = &seconds
			}
			part.Lines = append(part.Lines, line)
		}
		out.Parts = append(out.Parts, part)
	}
	return out
}
