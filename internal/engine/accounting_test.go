package engine

import (
	"slices"
	"testing"

	"github.com/dakahq/daka/internal/attendance"
	"pgregory.net/rapid"
)

// drawPerson makes a member with punches at random minutes around the days asked for.
func drawPerson(t *rapid.T, zone *attendance.Zone, first, last attendance.Day) attendance.Person {
	p := attendance.Person{ID: "u1", Left: attendance.MaxDay,
		Placements: []attendance.Placement{{Depts: []attendance.DeptID{attendance.RootDept}}}}
	from := zone.Midnight(first)
	span := int(last-first+1) * attendance.SecondsPerDay
	for range rapid.IntRange(0, 40).Draw(t, "punches") {
		p.Punches = append(p.Punches, attendance.Punch{
			At:     from + int64(rapid.IntRange(0, span/30-1).Draw(t, "at")*30),
			Slot:   attendance.Slot(rapid.SampledFrom([]int{0, 0, 0, 1, 2}).Draw(t, "slot")),
			Flags:  rapid.SampledFrom([]attendance.PunchFlags{0, 0, 0, attendance.Outside, attendance.OutOfRange, attendance.ApprovalPending}).Draw(t, "flags"),
			Source: attendance.SourceDevice,
		})
	}
	for d := first - Before; d <= last+After; d++ {
		if rapid.Bool().Draw(t, "scheduled") {
			p.Schedule = append(p.Schedule, attendance.Scheduled{Day: d, Shift: 23, Group: 2})
		}
	}
	attendance.SortPunches(p.Punches)
	return p
}

func drawCorp(t *rapid.T, tb testing.TB, last attendance.Day) *Corp {
	rule := rapid.SampledFrom([]func() *attendance.Rule{fixedRule, nightRule, freeRule}).Draw(t, "rule")()
	rule.Method = attendance.PunchMethod(rapid.IntRange(0, 2).Draw(t, "method"))
	rule.SyncOutside = rapid.Bool().Draw(t, "outside")
	return newCorp(tb, rule, int64(last+30)*attendance.SecondsPerDay)
}

func reports(c *Corp, p *attendance.Person, first, last attendance.Day) []attendance.DayReport {
	var out []attendance.DayReport
	c.NewEvaluator().Days(p, first, last, func(r *attendance.DayReport) {
		kept := *r
		kept.Cards, kept.Findings, kept.Uses = slices.Clone(r.Cards), slices.Clone(r.Findings), slices.Clone(r.Uses)
		out = append(out, kept)
	})
	return out
}

// No punch is used by two days or two slots, and every one is accounted for.
func TestEveryPunchAccountedOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		first, last := monday, monday+9
		c := drawCorp(rt, t, last)
		p := drawPerson(rt, c.zone, first, last)
		// A day more on each side: the first and the last punches may belong there.
		seen := map[int]int{}
		for _, r := range reports(c, &p, first-1, last+1) {
			cards := map[[2]any]int{}
			for _, card := range r.Cards {
				cards[[2]any{card.Section, card.Slot}]++
				if len(r.Kind.Sections) > 0 && cards[[2]any{card.Section, card.Slot}] > 1 {
					rt.Fatalf("%s: two cards in one slot", r.Day)
				}
			}
			used := 0
			for _, u := range r.Uses {
				seen[u.Punch]++
				if u.Outcome == attendance.Used {
					used++
				}
				if (u.Outcome == attendance.Used) != (u.Why == attendance.WhyNone) {
					rt.Fatalf("%s: outcome %d with why %d", r.Day, u.Outcome, u.Why)
				}
			}
			if used != int(r.Count) {
				rt.Fatalf("%s: %d punches used, %d cards", r.Day, used, r.Count)
			}
		}
		for i := range p.Punches {
			if seen[i] != 1 {
				rt.Fatalf("punch %d accounted for %d times", i, seen[i])
			}
		}
	})
}
