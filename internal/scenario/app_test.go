package scenario_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/scenario"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/internal/wire"
)

// useCases is the Target that stores a scenario's facts in a database, in a
// corporation of its own, and reads the reports back through the use cases.
type useCases struct {
	db    *store.DB
	corps int
}

// longAgo is when facts become known that a scenario knows from the start.
const longAgo = 1

func (u *useCases) Evaluate(ctx context.Context, s *scenario.Scenario) (*scenario.Result, error) {
	if s.Policy != nil {
		return scenario.Engine{}.Evaluate(ctx, s) // a policy needs no facts
	}
	now := s.AsOf
	a := app.New(u.db, func() time.Time { return time.Unix(now, 0) })
	u.corps++
	corp, _, err := a.CreateCorp(ctx, app.NewCorp{ID: attendance.CorpID(fmt.Sprintf("ww%d", u.corps)), Zone: s.Zone.Name(), Test: true})
	if err != nil {
		return nil, err
	}
	now = longAgo
	if err := a.SetOptions(ctx, corp, s.Options); err != nil {
		return nil, err
	}
	if err := setCalendar(ctx, a, corp, s.Calendar); err != nil {
		return nil, err
	}
	if err := a.AddFacts(ctx, corp, facts(s)); err != nil {
		return nil, err
	}
	now = s.AsOf
	return read(ctx, a, corp, s)
}

// setCalendar makes the scenario's calendar the whole one: years that it does
// not name are empty.
func setCalendar(ctx context.Context, a *app.App, corp *app.Corp, c *attendance.Calendar) error {
	type holiday struct {
		Name    string   `json:"name"`
		First   string   `json:"first"`
		Last    string   `json:"last"`
		Makeups []string `json:"makeups"`
	}
	type year struct {
		Breaks    []holiday `json:"breaks"`
		Statutory []string  `json:"statutory"`
	}
	years := map[int]*year{}
	for y := 2019; y <= 2026; y++ {
		years[y] = &year{}
	}
	for _, h := range c.Days() {
		n, _, _ := h.Day.Date()
		if h.Off {
			years[n].Breaks = append(years[n].Breaks, holiday{Name: h.Name, First: h.Day.String(), Last: h.Day.String()})
		}
		if h.Statutory {
			years[n].Statutory = append(years[n].Statutory, h.Day.String())
		}
	}
	for _, h := range c.Days() {
		if n, _, _ := h.Day.Date(); !h.Off {
			first := &years[n].Breaks[0] // whichever: a make-up day stands for itself
			first.Makeups = append(first.Makeups, h.Day.String())
		}
	}
	doc, err := json.Marshal(years)
	if err == nil {
		_, err = a.SetHolidays(ctx, corp, doc)
	}
	return err
}

func facts(s *scenario.Scenario) app.FactSet {
	var f app.FactSet
	for _, d := range s.Depts {
		if d.Name == "" {
			d.Name = fmt.Sprint(d.ID)
		}
		f.Departments = append(f.Departments, app.DepartmentFact{Department: d, KnownAt: longAgo})
	}
	for i := range s.People {
		p := &s.People[i]
		for _, at := range p.Placements {
			f.Members = append(f.Members, app.MemberFact{
				Contact: app.Contact{ID: p.ID, Depts: at.Depts, Tags: at.Tags, Joined: p.Joined, Left: p.Left},
				From:    max(at.From, attendance.MinDay), KnownAt: longAgo,
			})
		}
	}
	for _, r := range s.Rules {
		f.Rules = append(f.Rules, app.RuleFact{
			RuleSpec: app.RuleSpec{Doc: r.Document, Form: wire.FormRead, First: r.First},
			Group:    r.Group, Created: r.Created, Last: r.Last, KnownAt: longAgo,
		})
	}
	p := s.Person()
	for _, e := range p.Schedule {
		f.Schedules = append(f.Schedules, app.ScheduleFact{
			Assignment: app.Assignment{User: p.ID, Day: e.Day, Shift: e.Shift}, Group: e.Group, KnownAt: longAgo,
		})
	}
	for i, punch := range p.Punches {
		// Equal punches of a scenario are distinct records of distinct devices.
		punch.Device = fmt.Sprintf("%s%d", punch.Device, i)
		f.Punches = append(f.Punches, attendance.PunchRecord{User: p.ID, Punch: punch})
	}
	for _, c := range p.Corrections {
		c.KnownAt = longAgo
		f.Corrections = append(f.Corrections, app.CorrectionFact{User: p.ID, Correction: c})
	}
	f.Approvals = scenario.ApprovalEntries(s)
	return f
}

func read(ctx context.Context, a *app.App, corp *app.Corp, s *scenario.Scenario) (*scenario.Result, error) {
	r := &scenario.Result{
		Days:       map[attendance.Day]*checkin.DayData{},
		Rejects:    map[attendance.Day][]int{},
		Categories: map[attendance.Day]string{},
	}
	q := app.Query{Corp: corp, Users: []attendance.UserID{scenario.Subject}, First: s.First, Last: s.Last, AsOf: s.AsOf}
	err := a.DayReports(ctx, q, func(m *app.Member, d *attendance.DayReport) error {
		row := wire.DayDataOut(s.Zone, d, wire.Who{})
		r.Days[d.Day] = &row
		r.Categories[d.Day] = scenario.Category(d.Kind.Category)
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = a.MonthReports(ctx, q, func(m *app.Member, month *attendance.MonthReport) error {
		row := wire.MonthDataOut(month, wire.Who{})
		r.Month = &row
		return nil
	})
	if err != nil {
		return nil, err
	}
	caller := &app.Caller{Corp: corp, Kind: app.CheckinApp}
	for _, c := range s.Person().Corrections {
		err := a.CheckCorrection(ctx, caller, app.CorrectionRequest{User: scenario.Subject, Day: c.Day, Slot: c.Slot, At: c.At})
		if code := scenario.RejectCode(err); code != 0 {
			r.Rejects[c.Day] = append(r.Rejects[c.Day], code)
		} else if err != nil {
			return nil, err
		}
	}
	return r, nil
}

// The same scenarios through the use cases, on both databases.
func TestUseCases(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"scenarios.json", "examples.json"} {
		data, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		f, err := scenario.Load(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		t.Run(name, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, db *store.DB) {
				var out bytes.Buffer
				passed, failed := scenario.Run(context.Background(), f, &useCases{db: db}, &out)
				if passed != len(f.Scenarios) || failed != 0 {
					t.Errorf("%s", out.String())
				}
			})
		})
	}
}
