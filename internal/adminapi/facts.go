package adminapi

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/wire"
)

func (c *call) addFacts(f *admin.Facts) (any, error) {
	if err := c.api.app.RequireTest(c.ctx()); err != nil {
		return nil, err
	}
	var set app.FactSet
	for _, step := range []func(*admin.Facts, *app.FactSet) error{
		settingsIn, directoryIn, rulesIn, schedulesIn, punchesIn, correctionsIn,
	} {
		if err := step(f, &set); err != nil {
			return nil, err
		}
	}
	var err error
	if set.Approvals, err = approvalsIn(f.Approvals, false); err != nil {
		return nil, err
	}
	return done{}, c.api.app.AddFacts(c.ctx(), c.corp(), set)
}

func settingsIn(f *admin.Facts, set *app.FactSet) error {
	for _, o := range f.Options {
		set.Options = append(set.Options, app.DocFact{Doc: o.Options, KnownAt: o.KnownAt})
	}
	for _, h := range f.Holidays {
		doc, err := json.Marshal(h.Years)
		if err != nil {
			return err
		}
		set.Holidays = append(set.Holidays, app.DocFact{Doc: doc, KnownAt: h.KnownAt})
	}
	return nil
}

func directoryIn(f *admin.Facts, set *app.FactSet) error {
	for _, d := range f.Departments {
		set.Departments = append(set.Departments, app.DepartmentFact{Department: departmentIn(d.Department), KnownAt: d.KnownAt})
	}
	for i := range f.Members {
		m, at := &f.Members[i], fmt.Sprintf("/members/%d", i)
		contact, err := memberIn(&m.Member, at)
		if err != nil {
			return err
		}
		from, err := day(m.From, at+"/from", attendance.MinDay)
		if err != nil {
			return err
		}
		set.Members = append(set.Members, app.MemberFact{Contact: contact, From: from, KnownAt: m.KnownAt})
	}
	return nil
}

func rulesIn(f *admin.Facts, set *app.FactSet) error {
	for i, r := range f.Rules {
		at := fmt.Sprintf("/rules/%d", i)
		form := wire.RuleForm(r.Form)
		if form != wire.FormRead && form != wire.FormWrite {
			return bad(at+"/form", "want read or write")
		}
		first, err1 := day(r.First, at+"/first", attendance.MinDay)
		last, err2 := day(r.Last, at+"/last", attendance.MaxDay)
		if err := errors.Join(err1, err2); err != nil {
			return err
		}
		set.Rules = append(set.Rules, app.RuleFact{
			RuleSpec: app.RuleSpec{Doc: r.Rule, Form: form, First: first, Agent: r.Agent},
			Group:    attendance.GroupID(r.GroupID), Created: r.Created, Last: last, KnownAt: r.KnownAt,
		})
	}
	return nil
}

func schedulesIn(f *admin.Facts, set *app.FactSet) error {
	for i, s := range f.Schedules {
		d, err := needDay(s.Day, fmt.Sprintf("/schedules/%d/day", i))
		if err != nil {
			return err
		}
		set.Schedules = append(set.Schedules, app.ScheduleFact{
			Assignment: app.Assignment{User: attendance.UserID(s.UserID), Day: d, Shift: attendance.ShiftID(s.ScheduleID)},
			Group:      attendance.GroupID(s.GroupID), KnownAt: s.KnownAt,
		})
	}
	return nil
}

func punchesIn(f *admin.Facts, set *app.FactSet) error {
	for i := range f.Punches {
		p, at := &f.Punches[i], fmt.Sprintf("/punches/%d", i)
		source, ok := sourceOf(p.Source)
		if !ok {
			return bad(at+"/source", "want phone, access, device, other or correction")
		}
		slot, ok := slots[p.Slot]
		if !ok {
			return bad(at+"/slot", "want on or off")
		}
		rec := attendance.PunchRecord{
			User: attendance.UserID(p.UserID),
			Punch: attendance.Punch{
				At: p.At, KnownAt: p.KnownAt, Source: source, Device: p.Device,
				Slot: slot, Section: attendance.SectionID(p.Section),
			},
			PunchDetail: attendance.PunchDetail{LocationTitle: p.Location, Notes: p.Notes},
		}
		for j, word := range p.Flags {
			flag, ok := flags[word]
			if !ok {
				return bad(fmt.Sprintf("%s/flags/%d", at, j), "want one of %v", admin.PunchFlags)
			}
			rec.Flags |= flag
		}
		set.Punches = append(set.Punches, rec)
	}
	return nil
}

func correctionsIn(f *admin.Facts, set *app.FactSet) error {
	for i := range f.Corrections {
		c, at := &f.Corrections[i], fmt.Sprintf("/corrections/%d", i)
		d, err := needDay(c.Day, at+"/day")
		if err != nil {
			return err
		}
		by, ok := makers[c.By]
		if !ok {
			return bad(at+"/by", "want api or approval")
		}
		slot, err := slotIn(c.Slot, at+"/slot")
		if err != nil {
			return err
		}
		set.Corrections = append(set.Corrections, app.CorrectionFact{User: attendance.UserID(c.UserID), Correction: attendance.Correction{
			Day: d, Slot: slot, At: c.At, KnownAt: c.KnownAt, By: by, Remark: c.Remark,
		}})
	}
	return nil
}

// latestSlot is the latest due time, in seconds after a day's midnight.
const latestSlot = 3 * attendance.SecondsPerDay

func slotIn(slot *int64, field string) (attendance.TimeOfDay, error) {
	switch {
	case slot == nil:
		return attendance.NoTime, nil
	case *slot < 0 || *slot > latestSlot:
		return 0, bad(field, "want 0 to %d seconds", latestSlot)
	}
	return attendance.TimeOfDay(*slot), nil
}

func (c *call) checkCorrection(q *admin.CorrectionCheck) (any, error) {
	d, err := needDay(q.Day, "/day")
	if err != nil {
		return nil, err
	}
	slot, err := slotIn(q.Slot, "/slot")
	if err != nil {
		return nil, err
	}
	err = c.api.app.CheckCorrection(c.ctx(), c.caller, app.CorrectionRequest{
		User: attendance.UserID(q.UserID), Day: d, Slot: slot, Open: q.Open, At: q.At,
	})
	for _, r := range refusals {
		if errors.Is(err, r.err) {
			return admin.CorrectionVerdict{ErrCode: int64(r.code), Reason: err.Error()}, nil
		}
	}
	return admin.CorrectionVerdict{Accepted: err == nil}, err
}
