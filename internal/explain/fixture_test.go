package explain_test

import (
	"testing"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/engine"
	"github.com/dakahq/daka/internal/explain"
)

const (
	hour   = 3600
	minute = 60
)

var (
	wednesday = attendance.DayOf(2025, 9, 10)
	national  = attendance.DayOf(2025, 10, 1) // a Wednesday
)

// clock is a time of day: at(9, 5, 30), or at(30, 0, 0) for 06:00 the next day.
func clock(h, m, s int) attendance.TimeOfDay { return attendance.TimeOfDay(h*hour + m*minute + s) }

func span(from, to attendance.TimeOfDay) attendance.Span { return attendance.Span{From: from, To: to} }

// office is Monday to Friday 9 to 18 with a rest from 12 to 13, by name.
func office() *attendance.Rule {
	r := &attendance.Rule{
		ID: 1, Name: "office", Type: attendance.FixedRule, Method: attendance.OnePair, SyncHolidays: true, RestDayPunches: true,
		Range: attendance.Range{Users: []attendance.UserID{"u1"}},
		Workday: []attendance.DaySpec{{Sections: []attendance.Section{{
			ID: 1, On: 9 * hour, Off: 18 * hour, OnOwed: true, OffOwed: true,
			OnWindow: span(clock(4, 0, 0), clock(17, 59, 0)), OffWindow: span(clock(9, 1, 0), clock(27, 59, 0)),
			Rests: []attendance.Span{span(clock(12, 0, 0), clock(13, 0, 0))},
		}}}},
		// From the 1st of the next month on no more, and for two days at most.
		Corrections: attendance.CorrectionPolicy{Allowed: true, PerMonth: -1, DayLimit: 3, NextMonthUntil: 1},
	}
	for week := range r.Weeks {
		r.Weeks[week] = [7]int8{-1, 0, 0, 0, 0, 0, -1}
	}
	return r
}

// nights offers the shift 22 to 06.
func nights() *attendance.Rule {
	r := office()
	r.ID, r.Name, r.Type, r.Workday = 2, "workshop", attendance.ShiftRule, nil
	r.Shifts = []attendance.Shift{{ID: 23, Name: "night", DaySpec: attendance.DaySpec{Sections: []attendance.Section{{
		ID: 1, On: 22 * hour, Off: 30 * hour, OnOwed: true, OffOwed: true,
		OnWindow: span(clock(18, 0, 0), clock(29, 59, 0)), OffWindow: span(clock(22, 1, 0), clock(34, 0, 0)),
	}}}}}
	return r
}

// free asks for eight hours from 05:00 on, first to last punch.
func free() *attendance.Rule {
	r := office()
	r.ID, r.Name, r.Type, r.Workday = 3, "field", attendance.FreeRule, []attendance.DaySpec{{}}
	r.DayStart, r.FreeStandard, r.OffInterval = 5*hour, 8*hour, 300
	return r
}

// world is what one test explains.
type world struct {
	facts  attendance.Facts
	person attendance.Person
	corp   *engine.Corp
}

// newWorld has one rule, or none for nil, and the member u1. It is asked about
// at noon three days after the day.
func newWorld(tb testing.TB, rule *attendance.Rule, day attendance.Day) *world {
	tb.Helper()
	zone, err := attendance.LoadZone("")
	if err != nil {
		tb.Fatal(err)
	}
	w := &world{
		facts: attendance.Facts{
			Zone: zone, AsOf: zone.At(day+3, 12*hour), Options: attendance.DefaultOptions(),
			Calendar: attendance.NewCalendar([]attendance.Holiday{{Day: national, Off: true, Statutory: true, Name: "国庆节"}}),
			Depts:    []attendance.Department{{ID: attendance.RootDept}},
		},
		person: attendance.Person{ID: "u1", Name: "张三", Left: attendance.MaxDay,
			Placements: []attendance.Placement{{Depts: []attendance.DeptID{attendance.RootDept}}}},
	}
	if rule != nil {
		w.facts.Rules = []attendance.RuleVersion{{Group: rule.ID, Version: 1, Last: attendance.MaxDay, Rule: rule}}
	}
	return w
}

// punch adds a punch made with the phone.
func (w *world) punch(day attendance.Day, t attendance.TimeOfDay) *attendance.Punch {
	w.person.Punches = append(w.person.Punches, attendance.Punch{At: w.facts.Zone.At(day, t), Source: attendance.SourcePhone})
	return &w.person.Punches[len(w.person.Punches)-1]
}

// leave adds an approved request for some hours of a day.
func (w *world) request(kind attendance.ApprovalKind, day attendance.Day, from, to attendance.TimeOfDay) {
	w.person.Approvals = append(w.person.Approvals, attendance.Approval{
		No: "2001", Kind: kind, From: w.facts.Zone.At(day, from), To: w.facts.Zone.At(day, to),
		States: []attendance.ApprovalState{{KnownAt: 1, Status: attendance.Passed}},
	})
}

func (w *world) evaluator() *engine.Evaluator {
	prepared := make([]*engine.Prepared, len(w.facts.Rules))
	for i := range w.facts.Rules {
		prepared[i] = engine.Prepare(w.facts.Rules[i].Rule, &w.facts.Options, w.facts.Calendar)
	}
	attendance.SortPunches(w.person.Punches)
	w.corp = engine.NewCorp(&w.facts, prepared)
	return w.corp.NewEvaluator()
}

// explain returns the text of a day; ok is false for a day without a report.
func (w *world) explain(day attendance.Day, lang explain.Lang) (text explain.Text, ok bool) {
	w.evaluator().Days(&w.person, day, day, func(r *attendance.DayReport) {
		text, ok = explain.Day(&w.facts, &w.person, r, lang), true
	})
	return text, ok
}

// linesOf returns the lines of a part, each with its time before it.
func linesOf(text explain.Text, name explain.PartName) (lines []string) {
	for _, p := range text.Parts {
		if p.Name != name {
			continue
		}
		for _, l := range p.Lines {
			if l.Time != "" {
				l.Text = l.Time + " " + l.Text
			}
			lines = append(lines, l.Text)
		}
	}
	return lines
}
