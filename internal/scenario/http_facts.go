package scenario

import (
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/internal/attendance"
)

// fromTheStart is when facts become known that a scenario knows all along.
const fromTheStart = 1

// factsOf writes the facts of a scenario as /daka/facts takes them.
func factsOf(s *Scenario) (admin.Facts, error) {
	var f admin.Facts
	if len(s.Options) > 0 {
		f.Options = []admin.OptionsFact{{Options: s.Options, KnownAt: fromTheStart}}
	}
	f.Holidays = []admin.HolidaysFact{{Years: calendarYears(s.Calendar), KnownAt: fromTheStart}}
	for _, d := range s.Depts {
		if d.Name == "" {
			d.Name = fmt.Sprint(d.ID)
		}
		f.Departments = append(f.Departments, admin.DepartmentFact{
			Department: admin.Department{ID: int64(d.ID), Name: d.Name, Parent: int64(d.Parent), Order: d.Order}, KnownAt: fromTheStart,
		})
	}
	for i := range s.People {
		f.Members = append(f.Members, memberFacts(&s.People[i])...)
	}
	for _, r := range s.Rules {
		f.Rules = append(f.Rules, admin.RuleFact{
			GroupID: int64(r.Group), Form: "read", Rule: json.RawMessage(r.Document), Created: r.Created,
			First: dayOr(r.First, attendance.MinDay), Last: dayOr(r.Last, attendance.MaxDay), KnownAt: fromTheStart,
		})
	}
	p := s.Person()
	for _, e := range p.Schedule {
		f.Schedules = append(f.Schedules, admin.ScheduleFact{
			UserID: string(p.ID), Day: admin.Day(e.Day.String()), ScheduleID: int64(e.Shift), GroupID: int64(e.Group), KnownAt: fromTheStart,
		})
	}
	for i := range p.Punches {
		fact, err := punchFact(&p.Punches[i], i)
		if err != nil {
			return f, err
		}
		f.Punches = append(f.Punches, fact)
	}
	for _, c := range p.Corrections {
		by := "api"
		if c.By == attendance.ByApproval {
			by = "approval"
		}
		f.Corrections = append(f.Corrections, admin.CorrectionFact{
			UserID: string(p.ID), Day: admin.Day(c.Day.String()), Slot: slotOf(c.Slot), At: c.At, By: by, KnownAt: fromTheStart,
		})
	}
	for _, a := range s.Approvals {
		f.Approvals = append(f.Approvals, approvalFact(&a))
	}
	return f, nil
}

func memberFacts(p *attendance.Person) (facts []admin.MemberFact) {
	for _, at := range p.Placements {
		m := admin.MemberFact{
			Member: admin.Member{
				UserID: string(p.ID), Name: p.Name,
				Joined: dayOr(p.Joined, attendance.MinDay), Left: dayOr(p.Left, attendance.MaxDay),
			},
			From: dayOr(max(at.From, attendance.MinDay), attendance.MinDay), KnownAt: fromTheStart,
		}
		for _, id := range at.Depts {
			m.Departments = append(m.Departments, int64(id))
		}
		for _, id := range at.Tags {
			m.Tags = append(m.Tags, int64(id))
		}
		facts = append(facts, m)
	}
	return facts
}

// sourceWords are the words of /daka/facts for sources.
var sourceWords = map[attendance.Source]string{
	attendance.SourcePhone: "phone", attendance.SourceAccess: "access",
	attendance.SourceDevice: "device", attendance.SourceOther: "other", attendance.SourceCorrection: "correction",
}

// punchFact is the i-th punch. Equal punches of a scenario are distinct records
// of distinct devices.
func punchFact(p *attendance.Punch, i int) (admin.PunchFact, error) {
	f := admin.PunchFact{
		UserID: string(Subject), At: p.At, KnownAt: p.KnownAt, Source: sourceWords[p.Source],
		Device: p.Device + strconv.Itoa(i), Section: int64(p.Section),
	}
	if p.Slot != attendance.NoSlot {
		f.Slot = p.Slot.String()
	}
	for bit, word := range admin.PunchFlags {
		if p.Flags&(1<<bit) != 0 {
			f.Flags = append(f.Flags, word)
		}
	}
	if p.Flags>>len(admin.PunchFlags) != 0 {
		return f, fmt.Errorf("punch %d: flags %b have no word", i, p.Flags)
	}
	return f, nil
}

func approvalFact(a *Approval) admin.Approval {
	f := admin.Approval{
		UserID: string(Subject), Number: a.No, Kind: string(a.Kind), ByDay: a.Unit == UnitDay,
		From: a.From, To: a.To, Status: int64(a.Status), KnownAt: max(a.KnownAt, fromTheStart),
	}
	for _, s := range a.Slices {
		f.Slices = append(f.Slices, admin.ApprovalSlice{Day: admin.Day(s.Day.String()), Seconds: s.Seconds})
	}
	if a.Vacation != (Vacation{}) {
		f.Vacation = &admin.Vacation{ID: a.Vacation.ID, Name: a.Vacation.Name, WorkdaysOnly: a.Vacation.DurationType == 1}
	}
	return f
}

// calendarYears makes a scenario's calendar the whole one: the years around
// that it does not name are empty.
func calendarYears(c *attendance.Calendar) map[string]admin.HolidayYear {
	years := map[string]admin.HolidayYear{}
	for y := 2019; y <= 2027; y++ {
		years[strconv.Itoa(y)] = admin.HolidayYear{}
	}
	for _, h := range c.Days() {
		n, _, _ := h.Day.Date()
		day, year := admin.Day(h.Day.String()), years[strconv.Itoa(n)]
		if !h.Off {
			continue
		}
		year.Breaks = append(year.Breaks, admin.HolidayBreak{Name: h.Name, First: day, Last: day})
		if h.Statutory {
			year.Statutory = append(year.Statutory, day)
		}
		years[strconv.Itoa(n)] = year
	}
	for _, h := range c.Days() {
		if n, _, _ := h.Day.Date(); !h.Off {
			first := &years[strconv.Itoa(n)].Breaks[0] // whichever: a make-up day stands for itself
			first.Makeups = append(first.Makeups, admin.Day(h.Day.String()))
		}
	}
	return years
}

// dayOr writes a day; none is "".
func dayOr(d, none attendance.Day) admin.Day {
	if d == none {
		return ""
	}
	return admin.Day(d.String())
}

// slotOf writes a due time; none is nil.
func slotOf(t attendance.TimeOfDay) *int64 {
	if t == attendance.NoTime {
		return nil
	}
	seconds := int64(t)
	return &seconds
}
