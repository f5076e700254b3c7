package scenario

import (
	"context"
	"errors"
	"fmt"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/engine"
	"github.com/dakahq/daka/internal/explain"
	"github.com/dakahq/daka/internal/wire"
	"github.com/dakahq/daka/wecom"
)

// Engine is the Target that hands a scenario's facts straight to the engine.
type Engine struct{}

// Evaluate implements Target.
func (Engine) Evaluate(_ context.Context, s *Scenario) (*Result, error) {
	if s.Policy != nil {
		return &Result{Policy: decide(s.Policy)}, nil
	}
	opts, err := wire.ParseOptions(s.Options)
	if err != nil {
		return nil, err
	}
	facts, corp, err := prepare(s, opts)
	if err != nil {
		return nil, err
	}
	r := &Result{
		Days:       map[attendance.Day]*checkin.DayData{},
		Rejects:    map[attendance.Day][]int{},
		Categories: map[attendance.Day]string{},
	}
	p := s.Person()
	p.Approvals = approvals(s.Approvals)
	e := corp.NewEvaluator()
	var month engine.Month
	e.Days(p, s.First, s.Last, func(d *attendance.DayReport) {
		month.Add(d, opts.MonthExceptPlaces)
		row := wire.DayDataOut(s.Zone, d, wire.Who{})
		r.Days[d.Day] = &row
		r.Categories[d.Day] = Category(d.Kind.Category)
	})
	if report, ok := month.Report(); ok {
		row := wire.MonthDataOut(&report, wire.Who{})
		r.Month = &row
	}
	r.Explain = func(d attendance.Day) string { return tell(facts, corp, p, d) }
	for i := range p.Corrections {
		c := &p.Corrections[i]
		if code := RejectCode(e.CheckCorrection(p, c)); code != 0 {
			r.Rejects[c.Day] = append(r.Rejects[c.Day], code)
		}
	}
	return r, nil
}

// tell explains one day of a member.
func tell(facts *attendance.Facts, corp *engine.Corp, p *attendance.Person, d attendance.Day) (text string) {
	text = explain.NoReport(facts, p, d, explain.English).String()
	corp.NewEvaluator().Days(p, d, d, func(r *attendance.DayReport) {
		text = explain.Day(facts, p, r, explain.English).String()
	})
	return text
}

// ownGroup returns the group of a rule. Two rules with one groupid that are in
// force on the same day are no versions of each other, and each stands for itself.
func ownGroup(rules []Rule, i int) attendance.GroupID {
	for j := range i {
		if rules[j].Group == rules[i].Group && rules[j].First <= rules[i].Last && rules[i].First <= rules[j].Last {
			return -attendance.GroupID(i)
		}
	}
	return rules[i].Group
}

// prepare compiles the rules of a scenario and joins them.
func prepare(s *Scenario, opts attendance.Options) (*attendance.Facts, *engine.Corp, error) {
	facts := &attendance.Facts{Zone: s.Zone, AsOf: s.AsOf, Options: opts, Calendar: s.Calendar, Depts: s.Depts}
	var prepared []*engine.Prepared
	for i := range s.Rules {
		v := s.Rules[i].RuleVersion
		v.Group = ownGroup(s.Rules, i)
		rule, err := wire.CompileRule(s.Rules[i].Document, wire.FormRead, s.Zone)
		if err != nil {
			return nil, nil, fmt.Errorf("rules[%d]: %w", i, err)
		}
		v.Rule = rule
		facts.Rules = append(facts.Rules, v)
		prepared = append(prepared, engine.Prepare(rule, &opts, s.Calendar))
	}
	return facts, engine.NewCorp(facts, prepared), nil
}

// ApprovalEntries turns the requests of a scenario into what package app
// stores. A request without a number, or with that of another, gets one.
func ApprovalEntries(s *Scenario) []app.ApprovalEntry {
	var out []app.ApprovalEntry
	seen := map[string]bool{}
	for i, a := range approvals(s.Approvals) {
		if a.No == "" || seen[a.No] {
			a.No = fmt.Sprintf("%s#%d", a.No, i)
		}
		seen[a.No] = true
		out = append(out, app.ApprovalEntry{
			User: Subject, Approval: a, Status: a.States[0].Status, KnownAt: max(a.States[0].KnownAt, 1),
		})
	}
	return out
}

// approvals turns the requests of a scenario into facts.
func approvals(requests []Approval) []attendance.Approval {
	kinds := map[ApprovalKind]attendance.ApprovalKind{
		Leave: attendance.LeaveApproval, Trip: attendance.TripApproval,
		Outing: attendance.OutingApproval, Overtime: attendance.OvertimeApproval,
	}
	out := make([]attendance.Approval, len(requests))
	for i, r := range requests {
		a := attendance.Approval{
			No: r.No, Kind: kinds[r.Kind], ByDay: r.Unit == UnitDay, From: r.From, To: r.To,
			States: []attendance.ApprovalState{{KnownAt: r.KnownAt, Status: attendance.ApprovalStatus(r.Status)}},
			Vacation: attendance.Vacation{
				ID: r.Vacation.ID, Name: r.Vacation.Name, WorkdaysOnly: r.Vacation.DurationType == 1,
			},
		}
		for _, s := range r.Slices {
			a.Slices = append(a.Slices, attendance.ApprovalSlice{Day: s.Day, Seconds: int32(s.Seconds)})
		}
		out[i] = a
	}
	return out
}

// decide answers the question of a correction-policy scenario.
func decide(q *PolicyQuestion) *PolicyResult {
	err := engine.CheckPolicy(&q.Policy, engine.CorrectionAsk{
		Today: q.Today, Day: q.Date, Abnormal: q.Abnormal, Used: q.Used, Exempt: q.Whitelisted,
	})
	return &PolicyResult{Accept: err == nil, Errcode: RejectCode(err)}
}

// RejectCode is the code with which WeCom refuses a correction (document
// 90313); 0 where err is no such refusal.
func RejectCode(err error) int {
	switch {
	case errors.Is(err, attendance.ErrCorrectionSlot):
		return int(wecom.CodeCorrectionDue)
	case errors.Is(err, attendance.ErrCorrectionWindow):
		return int(wecom.CodeCorrectionTime)
	case errors.Is(err, attendance.ErrCorrectionRest):
		return int(wecom.CodeCorrectionRestDay)
	case errors.Is(err, attendance.ErrCorrectionFuture):
		return int(wecom.CodeCorrectionParameter)
	case errors.Is(err, attendance.ErrClosedMissing):
		return int(wecom.CodeCorrectionMissing)
	case errors.Is(err, attendance.ErrClosedLate):
		return int(wecom.CodeCorrectionLate)
	case errors.Is(err, attendance.ErrClosedEarly):
		return int(wecom.CodeCorrectionEarly)
	case errors.Is(err, attendance.ErrClosedOther):
		return int(wecom.CodeCorrectionOther)
	case errors.Is(err, attendance.ErrClosedLateOther):
		return int(wecom.CodeCorrectionLateOther)
	case errors.Is(err, attendance.ErrClosedEarlyOther):
		return int(wecom.CodeCorrectionEarlyOther)
	}
	return 0
}
