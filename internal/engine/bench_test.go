package engine

import (
	"fmt"
	"sync"
	"testing"

	"github.com/dakahq/daka/internal/attendance"
)

const (
	hour   = 3600
	minute = 60
)

var monday = attendance.DayOf(2025, 9, 1)

func fixedRule() *attendance.Rule {
	r := &attendance.Rule{
		ID: 1, Name: "office", Type: attendance.FixedRule, Method: attendance.OnePair,
		Range: attendance.Range{Depts: []attendance.DeptID{attendance.RootDept}}, RestDayPunches: true,
		Workday: []attendance.DaySpec{{Sections: []attendance.Section{{
			ID: 1, On: 9 * hour, Off: 18 * hour,
			OnWindow:  attendance.Span{From: 4 * hour, To: 18*hour - minute},
			OffWindow: attendance.Span{From: 9*hour + minute, To: 28*hour - minute},
			Rests:     []attendance.Span{{From: 12 * hour, To: 13 * hour}},
			OnOwed:    true, OffOwed: true,
		}}}},
	}
	for week := range r.Weeks {
		r.Weeks[week] = [7]int8{-1, 0, 0, 0, 0, 0, -1}
	}
	return r
}

func nightRule() *attendance.Rule {
	return &attendance.Rule{
		ID: 2, Name: "workshop", Type: attendance.ShiftRule, Method: attendance.OnePair,
		Range: attendance.Range{Depts: []attendance.DeptID{attendance.RootDept}}, RestDayPunches: true,
		Shifts: []attendance.Shift{{ID: 23, Name: "night", DaySpec: attendance.DaySpec{Sections: []attendance.Section{{
			ID: 1, On: 22 * hour, Off: 30 * hour,
			OnWindow:  attendance.Span{From: 18 * hour, To: 30*hour - minute},
			OffWindow: attendance.Span{From: 22*hour + minute, To: 34 * hour},
			OnOwed:    true, OffOwed: true,
		}}}}},
	}
}

func freeRule() *attendance.Rule {
	r := &attendance.Rule{
		ID: 3, Name: "free", Type: attendance.FreeRule, Method: attendance.OnePair, OffInterval: 300,
		Range: attendance.Range{Depts: []attendance.DeptID{attendance.RootDept}}, DayStart: 5 * hour, FreeStandard: 8 * hour,
		Workday: []attendance.DaySpec{{}},
	}
	for week := range r.Weeks {
		r.Weeks[week] = [7]int8{-1, 0, 0, 0, 0, 0, -1}
	}
	return r
}

// newCorp joins one rule, a root department and a calendar without entries.
func newCorp(tb testing.TB, rule *attendance.Rule, asOf int64) *Corp {
	tb.Helper()
	zone, err := attendance.LoadZone("")
	if err != nil {
		tb.Fatal(err)
	}
	f := &attendance.Facts{
		Zone: zone, AsOf: asOf, Options: attendance.DefaultOptions(),
		Rules: []attendance.RuleVersion{{Group: rule.ID, Version: 1, Last: attendance.MaxDay, Rule: rule}},
		Depts: []attendance.Department{{ID: attendance.RootDept}},
	}
	return NewCorp(f, []*Prepared{Prepare(rule, &f.Options, nil)})
}

// staff returns people who punch on and off every day from first to last, on time.
func staff(tb testing.TB, n int, first, last attendance.Day, on, off attendance.TimeOfDay, shift attendance.ShiftID) []attendance.Person {
	tb.Helper()
	zone, err := attendance.LoadZone("")
	if err != nil {
		tb.Fatal(err)
	}
	people := make([]attendance.Person, n)
	for i := range people {
		p := &people[i]
		p.ID, p.Left = "u1", attendance.MaxDay
		p.Placements = []attendance.Placement{{Depts: []attendance.DeptID{attendance.RootDept}}}
		for d := first - Before; d <= last+After; d++ {
			at := zone.Midnight(d)
			p.Punches = append(p.Punches,
				attendance.Punch{At: at + int64(on) - int64(i%7)*minute, Source: attendance.SourceDevice},
				attendance.Punch{At: at + int64(off) + int64(i%11)*minute, Source: attendance.SourceDevice})
			if shift != 0 {
				p.Schedule = append(p.Schedule, attendance.Scheduled{Day: d, Shift: shift, Group: 2})
			}
		}
	}
	return people
}

// BenchmarkEngineDay is the cost of one person-day, rule resolution included;
// "read" only adds up the same punches and is the yardstick.
func BenchmarkEngineDay(b *testing.B) {
	const people = 1000
	first, last := monday, monday+29
	asOf := int64(last+30) * attendance.SecondsPerDay
	fixed := staff(b, people, first, last, 9*hour-5*minute, 18*hour+5*minute, 0)
	cases := []struct {
		name   string
		rule   *attendance.Rule
		people []attendance.Person
	}{
		{"fixed", fixedRule(), fixed},
		{"night", nightRule(), staff(b, people, first, last, 22*hour-5*minute, 30*hour+5*minute, 23)},
		{"free", freeRule(), fixed},
		{"mixed", overtimeRule(), mixedStaff(b, people, first, last)},
	}
	days := int(last-first) + 1
	b.Run("read", func(b *testing.B) {
		var sum int64
		for i := 0; b.Loop(); i += days {
			p := &fixed[i/days%people]
			for j := range p.Punches {
				sum += p.Punches[j].At
			}
		}
		reportPerDay(b, days)
		_ = sum
	})
	for _, c := range cases {
		b.Run(c.name, func(b *testing.B) {
			e := newCorp(b, c.rule, asOf).NewEvaluator()
			var worked int64
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				e.Days(&c.people[i%people], first, last, func(r *attendance.DayReport) { worked += int64(r.Worked) })
			}
			reportPerDay(b, days)
			if worked == 0 && c.rule.Type != attendance.FixedRule {
				b.Fatal("nobody worked")
			}
		})
	}
}

// mixedStaff is a fifth each of people who are late, forget a card, are on leave
// for a day, work overtime on request, and are on time.
func mixedStaff(tb testing.TB, n int, first, last attendance.Day) []attendance.Person {
	tb.Helper()
	people := staff(tb, n, first, last, 9*hour-5*minute, 19*hour, 0)
	day := func(d attendance.Day, t attendance.TimeOfDay) int64 {
		return int64(d)*attendance.SecondsPerDay + int64(t) - 8*hour
	}
	for i := range people {
		p := &people[i]
		switch i % 5 {
		case 0:
			for j := 0; j < len(p.Punches); j += 14 {
				p.Punches[j].At += 20 * minute
			}
		case 1:
			p.Punches = append(p.Punches[:20:20], p.Punches[21:]...)
		case 2:
			p.Approvals = []attendance.Approval{{No: "1", Kind: attendance.LeaveApproval, ByDay: true, From: day(first+7, 0), To: day(first+7, 12*hour),
				States: []attendance.ApprovalState{{Status: attendance.Passed}}}}
		case 3:
			p.Approvals = []attendance.Approval{{No: "2", Kind: attendance.OvertimeApproval, From: day(first+2, 18*hour), To: day(first+2, 20*hour),
				States: []attendance.ApprovalState{{Status: attendance.Passed}}}}
		}
	}
	return people
}

func overtimeRule() *attendance.Rule {
	r := fixedRule()
	conf := attendance.OvertimeConf{Allowed: true, By: attendance.ByBoth, Credit: attendance.AsPay}
	r.Overtime.Conf = [attendance.HolidayDay + 1]attendance.OvertimeConf{conf, conf, conf}
	r.Overtime.Unit = attendance.OvertimeUnit{Method: attendance.RoundHalfUp, Precision: 1}
	return r
}

// BenchmarkMillion is a month of a million person-days on one goroutine and on
// two; "read" adds up the same punches on one.
func BenchmarkMillion(b *testing.B) {
	const people = 33_334 // x 30 days
	first, last := monday, monday+29
	staff := mixedStaff(b, people, first, last)
	c := newCorp(b, overtimeRule(), int64(last+30)*attendance.SecondsPerDay)
	b.Run("read", func(b *testing.B) {
		var sum int64
		for b.Loop() {
			for i := range staff {
				for j := range staff[i].Punches {
					sum += staff[i].Punches[j].At
				}
			}
		}
		_ = sum
	})
	for _, workers := range []int{1, 2} {
		b.Run(fmt.Sprintf("workers=%d", workers), func(b *testing.B) {
			for b.Loop() {
				var all sync.WaitGroup
				for w := range workers {
					all.Go(func() {
						e, worked := c.NewEvaluator(), int64(0)
						for i := w; i < people; i += workers {
							e.Days(&staff[i], first, last, func(r *attendance.DayReport) { worked += int64(r.Worked) })
						}
						if worked == 0 {
							b.Error("nobody worked")
						}
					})
				}
				all.Wait()
			}
		})
	}
}

// reportPerDay gives the time of one person-day where an iteration is a month.
func reportPerDay(b *testing.B, days int) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(days), "ns/person-day")
}
