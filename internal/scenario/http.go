package scenario

import (
	"context"
	"fmt"
	"net/http"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
)

// HTTP is the Target that asks a server in test mode: each scenario has a
// corporation of its own there, its facts go in by daka's own operations and
// its reports come back by WeCom's. It turns the server's clock, so a server
// has one HTTP at a time.
type HTTP struct {
	Base   string        // URL of the server
	Admin  *admin.Client // of any corporation there
	Client *http.Client  // for the calls; needed

}

// opened is the corporation of a scenario.
type opened struct {
	checkin *checkin.Client
	admin   *admin.Client
}

// Evaluate implements Target.
func (h *HTTP) Evaluate(ctx context.Context, s *Scenario) (*Result, error) {
	if s.Policy != nil {
		return Engine{}.Evaluate(ctx, s) // a policy needs no facts
	}
	frozen := 0.0
	if _, err := h.Admin.SetClock(ctx, admin.ClockChange{Now: &s.AsOf, Scale: &frozen}); err != nil {
		return nil, err
	}
	corp, err := h.open(ctx, s)
	if err != nil {
		return nil, err
	}
	facts, err := factsOf(s)
	if err != nil {
		return nil, err
	}
	if err := corp.admin.AddFacts(ctx, facts); err != nil {
		return nil, err
	}
	r := &Result{
		Days:       map[attendance.Day]*checkin.DayData{},
		Rejects:    map[attendance.Day][]int{},
		Categories: map[attendance.Day]string{},
	}
	for _, read := range []func(context.Context, *Scenario, *Result) error{
		corp.days, corp.month, corp.groups, corp.categories, corp.rejects,
	} {
		if err := read(ctx, s, r); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func (h *HTTP) open(ctx context.Context, s *Scenario) (*opened, error) {
	made, err := h.Admin.CreateCorp(ctx, admin.NewCorp{Zone: s.Zone.Name()})
	if err != nil {
		return nil, err
	}
	if len(made.Apps) < 2 {
		return nil, fmt.Errorf("corporation %s was made with %d apps: want an admin and a check-in app", made.ID, len(made.Apps))
	}
	o := &opened{}
	if o.admin, err = admin.New(h.Base, made.ID, wecom.NewSecret(made.Apps[0].Secret), admin.WithHTTPClient(h.Client)); err != nil {
		return nil, err
	}
	w, err := wecom.New(wecom.CorpApp(made.ID, wecom.NewSecret(made.Apps[1].Secret)), wecom.WithBaseURL(h.Base), wecom.WithHTTPClient(h.Client))
	if err != nil {
		return nil, err
	}
	o.checkin = checkin.NewClient(w)
	return o, nil
}

var subject = []string{string(Subject)}

// days reads the day reports (K3).
func (o *opened) days(ctx context.Context, s *Scenario, r *Result) error {
	answer, err := o.checkin.DayData(ctx, checkin.DayDataRequest{
		StartTime: s.Zone.Midnight(s.First), EndTime: s.Zone.Midnight(s.Last), UserIDList: subject,
	})
	if err != nil {
		return err
	}
	for i := range answer.Datas {
		d := &answer.Datas[i]
		day, _ := s.Zone.DayAt(d.BaseInfo.Date)
		r.Days[day] = d
	}
	return nil
}

// month reads the month report (K4).
func (o *opened) month(ctx context.Context, s *Scenario, r *Result) error {
	answer, err := o.checkin.MonthData(ctx, checkin.MonthDataRequest{
		StartTime: s.Zone.Midnight(s.First), EndTime: s.Zone.Midnight(s.Last), UserIDList: subject,
	})
	if err == nil && len(answer.Datas) > 0 {
		r.Month = &answer.Datas[0]
	}
	return err
}

// groups sees to it that the rules of the days (K2) are those of the reports.
func (o *opened) groups(ctx context.Context, s *Scenario, r *Result) error {
	for day := range s.Days {
		row := r.Days[day]
		if row == nil {
			continue
		}
		answer, err := o.checkin.Options(ctx, checkin.OptionsRequest{DateTime: s.Zone.Midnight(day), UserIDList: subject})
		if err != nil {
			return err
		}
		var group int64
		if len(answer.Info) > 0 {
			group = answer.Info[0].Group.GroupID
		}
		if group != row.BaseInfo.RuleInfo.GroupID {
			return fmt.Errorf("%s: getcheckinoption answers rule %d, getcheckin_daydata rule %d", day, group, row.BaseInfo.RuleInfo.GroupID)
		}
	}
	return nil
}

// categories reads the days' categories, which WeCom's answers do not have.
func (o *opened) categories(ctx context.Context, s *Scenario, r *Result) error {
	list, err := o.admin.DayReports(ctx, admin.ReportQuery{
		UserIDs: subject, First: admin.Day(s.First.String()), Last: admin.Day(s.Last.String()),
	})
	if err != nil {
		return err
	}
	for _, report := range list.Reports {
		day, err := attendance.ParseDay(string(report.Day))
		if err != nil {
			return err
		}
		r.Categories[day] = report.Category
	}
	return nil
}

// rejects asks which corrections would be refused.
func (o *opened) rejects(ctx context.Context, s *Scenario, r *Result) error {
	for _, c := range s.Person().Corrections {
		verdict, err := o.admin.CheckCorrection(ctx, admin.CorrectionCheck{
			UserID: string(Subject), Day: admin.Day(c.Day.String()), Slot: slotOf(c.Slot), At: c.At,
		})
		if err != nil {
			return err
		}
		if !verdict.Accepted {
			r.Rejects[c.Day] = append(r.Rejects[c.Day], int(verdict.ErrCode))
		}
	}
	return nil
}
