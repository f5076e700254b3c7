package explain_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/explain"
	"pgregory.net/rapid"
)

// drawRule makes a rule of any type with settings of every kind.
func drawRule(t *rapid.T) *attendance.Rule {
	rule := rapid.SampledFrom([]func() *attendance.Rule{office, overtime, nights, free, split}).Draw(t, "rule")()
	rule.Method = attendance.PunchMethod(rapid.IntRange(0, 2).Draw(t, "method"))
	rule.Places = attendance.PlacePolicy(rapid.IntRange(0, 2).Draw(t, "places"))
	rule.SyncOutside = rapid.Bool().Draw(t, "outside")
	rule.Biweekly = rapid.Bool().Draw(t, "biweekly")
	rule.Corrections.Closed = uint64(rapid.IntRange(0, 15).Draw(t, "closed"))
	for i := range rule.Workday {
		w := &rule.Workday[i]
		switch rapid.IntRange(0, 2).Draw(t, "flex") {
		case 1:
			w.Flex = attendance.Flex{Late: 600, Early: 300}
		case 2:
			w.Flex = attendance.Flex{ShiftEarly: 1800, ShiftLate: 3600}
		}
		if rapid.Bool().Draw(t, "late rule") {
			w.LateRule = []attendance.LateStep{{After: 3600, Allow: 1800}}
		}
	}
	for category := range rule.Overtime.Conf {
		rule.Overtime.Conf[category] = attendance.OvertimeConf{
			Allowed: rapid.Bool().Draw(t, "overtime"), By: attendance.OvertimeBy(rapid.IntRange(0, 2).Draw(t, "by")),
			Min: 1800, Max: 14400, Range: attendance.OvertimeRange(rapid.IntRange(0, 2).Draw(t, "range")),
			Credit: attendance.OvertimeCredit(category),
		}
	}
	rule.Overtime.Unit = attendance.OvertimeUnit{
		Days: rapid.Bool().Draw(t, "days"), PerDay: 28800, Step: 1800, Method: attendance.Rounding(rapid.IntRange(1, 3).Draw(t, "rounding")),
	}
	return rule
}

// split is office in two sections, of which the first asks for no off-card.
func split() *attendance.Rule {
	r := office()
	r.Workday[0].Sections = []attendance.Section{
		{ID: 1, On: 9 * hour, Off: 12 * hour, OnOwed: true, OnWindow: span(clock(6, 0, 0), clock(11, 59, 0)), OffWindow: span(clock(10, 0, 0), clock(12, 29, 0))},
		{ID: 2, On: 13 * hour, Off: 18 * hour, OnOwed: true, OffOwed: true, OnWindow: span(clock(12, 30, 0), clock(17, 0, 0)), OffWindow: span(clock(14, 0, 0), clock(24, 0, 0))},
	}
	return r
}

// drawFacts gives the member punches, corrections and requests around some days.
func drawFacts(t *rapid.T, w *world, first, last attendance.Day) {
	moment := func(label string) (attendance.Day, attendance.TimeOfDay) {
		day := first + attendance.Day(rapid.IntRange(0, int(last-first)).Draw(t, label))
		return day, attendance.TimeOfDay(rapid.IntRange(0, attendance.SecondsPerDay/30-1).Draw(t, label) * 30)
	}
	for range rapid.IntRange(0, 25).Draw(t, "punches") {
		p := w.punch(moment("punch"))
		p.Slot = attendance.Slot(rapid.SampledFrom([]int{0, 0, 0, 1, 2}).Draw(t, "slot"))
		p.Flags = attendance.PunchFlags(rapid.SampledFrom([]int{0, 0, 0, 1, 2, 4, 8, 16, 48, 64}).Draw(t, "flags"))
	}
	for range rapid.IntRange(0, 3).Draw(t, "corrections") {
		day, at := moment("correction")
		w.person.Corrections = append(w.person.Corrections, attendance.Correction{
			Day: day, At: w.facts.Zone.At(day, at), By: attendance.CorrectionBy(rapid.IntRange(1, 2).Draw(t, "by")),
			Slot: rapid.SampledFrom([]attendance.TimeOfDay{attendance.NoTime, 9 * hour, 18 * hour, 22 * hour}).Draw(t, "due"),
		})
	}
	for range rapid.IntRange(0, 3).Draw(t, "requests") {
		day, from := moment("request")
		kind := rapid.SampledFrom([]attendance.ApprovalKind{1, 3, 4, 5}).Draw(t, "kind")
		from = from.Minute() // requests name minutes
		w.request(kind, day, from, from+attendance.TimeOfDay(rapid.IntRange(1, 20).Draw(t, "length")*1800))
		w.person.Approvals[len(w.person.Approvals)-1].ByDay = rapid.Bool().Draw(t, "by day")
	}
	for d := first - 3; d <= last+2; d++ {
		if rapid.Bool().Draw(t, "scheduled") {
			shift := attendance.ShiftID(rapid.SampledFrom([]int{0, 23, 23, 99}).Draw(t, "shift"))
			w.person.Schedule = append(w.person.Schedule, attendance.Scheduled{Day: d, Shift: shift, Group: 2})
		}
	}
}

// Whatever the days: every punch stands in the text of exactly one of them, the
// hours told add up to the report's, and the languages tell the same.
func TestRandomDays(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(t, drawRule(rt), wednesday+30)
		first, last := wednesday, wednesday+4
		drawFacts(rt, w, first, last)
		if rapid.Bool().Draw(rt, "options") {
			o := &w.facts.Options
			o.LateBase, o.FlexOverflow, o.AbsentGranularity = attendance.LateFromGrace, attendance.OverflowFromSchedule, attendance.AbsentWholeDay
			o.ClipActual = true
		}
		seen := map[int]int{}
		var lasting []func() // checks that a text outlives its report
		w.evaluator().Days(&w.person, first-1, last+1, func(r *attendance.DayReport) {
			text := explain.Day(&w.facts, &w.person, r, explain.English)
			sameStructure(rt, text, explain.Day(&w.facts, &w.person, r, explain.Chinese))
			checkSums(rt, text, r)
			said := fmt.Sprint(durations(text))
			lasting = append(lasting, func() {
				if now := fmt.Sprint(durations(text)); now != said {
					rt.Fatalf("durations were %s and are %s", said, now)
				}
			})
			for _, p := range text.Parts {
				for _, l := range p.Lines {
					if l.Punch >= 0 {
						seen[l.Punch]++
					}
				}
			}
		})
		for _, check := range lasting {
			check()
		}
		for i := range w.person.Punches {
			if seen[i] != 1 {
				rt.Fatalf("punch %d is told %d times", i, seen[i])
			}
		}
	})
}

func durations(text explain.Text) (all []int32) {
	for _, p := range text.Parts {
		for _, l := range p.Lines {
			if l.Seconds != nil {
				all = append(all, *l.Seconds)
			}
		}
	}
	return all
}

func sameStructure(t *rapid.T, en, zh explain.Text) {
	for _, text := range []string{en.String(), zh.String()} {
		if strings.ContainsAny(text, "{}") || strings.Contains(text, "none") || strings.Contains(text, "%!") {
			t.Fatalf("something was not filled in:\n%s", text)
		}
	}
	if len(en.Parts) != len(zh.Parts) {
		t.Fatalf("%d parts in English, %d in Chinese", len(en.Parts), len(zh.Parts))
	}
	for i, p := range en.Parts {
		q := zh.Parts[i]
		if p.Name != q.Name || len(p.Lines) != len(q.Lines) {
			t.Fatalf("%s has %d lines in English, %d in Chinese", p.Name, len(p.Lines), len(q.Lines))
		}
		for j, l := range p.Lines {
			if m := q.Lines[j]; l.Kind != m.Kind || l.Time != m.Time || l.Punch != m.Punch {
				t.Fatalf("%s, line %d: %+v in English, %+v in Chinese", p.Name, j, l, m)
			}
			if strings.HasSuffix(l.Text, ": ") || strings.Contains(l.Text, "; ;") {
				t.Fatalf("%s, line %d says nothing: %q", p.Name, j, l.Text)
			}
		}
	}
}

// checkSums compares the numbers that lines arrive at with the report's.
func checkSums(t *rapid.T, text explain.Text, r *attendance.DayReport) {
	var worked, found int32
	for _, p := range text.Parts {
		for _, l := range p.Lines {
			switch {
			case l.Seconds == nil:
			case p.Name == explain.PartHours:
				worked += *l.Seconds
			case p.Name == explain.PartVerdicts:
				found += *l.Seconds
			case p.Name == explain.PartOvertime && *l.Seconds != r.Overtime.Seconds:
				t.Fatalf("overtime told %d, reported %d", *l.Seconds, r.Overtime.Seconds)
			}
		}
	}
	for _, f := range r.Findings {
		found -= f.Seconds
	}
	if worked != r.Worked || found != 0 {
		t.Fatalf("hours told %d, reported %d; findings differ by %d\n%s", worked, r.Worked, found, text)
	}
}
