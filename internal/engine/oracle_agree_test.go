package engine_test

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/engine"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// oracleDays is how many days each drawn case has.
const oracleDays = 10

// TestMain decides how often properties are tried: 1,000 times, 200 under
// -short, where rapid divides by five, and 10,000 times under DAKA_FULL. A
// -rapid.checks given by hand stands.
func TestMain(m *testing.M) {
	flag.Parse()
	checks := 1000
	if os.Getenv("DAKA_FULL") != "" {
		checks = 10_000
	}
	flag.Visit(func(f *flag.Flag) {
		if f.Name == "rapid.checks" {
			checks = 0
		}
	})
	if checks > 0 {
		if err := flag.Set("rapid.checks", strconv.Itoa(checks)); err != nil {
			fmt.Fprintln(os.Stderr, "engine tests:", err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

// The engine and the naive evaluator say the same about every day.
func TestEngineAgreesWithOracle(t *testing.T) {
	t.Parallel()
	zone := shanghai(t)
	rapid.Check(t, func(rt *rapid.T) { agree(rt, zone) })
}

// The same under the fuzzer, which looks for ways through the engine that
// chance does not find.
func FuzzEngineAgreesWithOracle(f *testing.F) {
	zone := shanghai(f)
	rng := rand.New(rand.NewPCG(1, 2))
	for range 8 {
		seed := make([]byte, 32<<10)
		for i := range seed {
			seed[i] = byte(rng.Uint32())
		}
		f.Add(seed)
	}
	f.Fuzz(rapid.MakeFuzz(func(rt *rapid.T) { agree(rt, zone) }))
}

func agree(t *rapid.T, zone *attendance.Zone) {
	o := drawOracle(t, zone, oracleDays)
	last := oracleStart + oracleDays - 1
	p := o.person()
	d := oracleStart
	o.corp().NewEvaluator().Days(&p, oracleStart, last, func(r *attendance.DayReport) {
		if r.Day != d {
			t.Fatalf("a report of %s where one of %s was due", r.Day, d)
		}
		if diff := cmp.Diff(o.day(d), verdict(r)); diff != "" {
			t.Fatalf("%s: oracle (-) and engine (+) disagree:\n%s\n%s", d, diff, o.describe(d))
		}
		d++
	})
	if today, _ := zone.DayAt(o.asOf); d <= min(today, last) {
		t.Fatalf("no report of %s, asked on %s", d, today)
	}
}

// corp makes the engine's view of the oracle's corporation: one rule for everyone.
func (o *oracle) corp() *engine.Corp {
	f := &attendance.Facts{
		Zone: o.zone, AsOf: o.asOf, Options: o.opts,
		Calendar: attendance.NewCalendar(slices.Collect(maps.Values(o.calendar))),
		Rules:    []attendance.RuleVersion{{Group: o.rule.ID, Version: 1, Last: attendance.MaxDay, Rule: o.rule}},
		Depts:    []attendance.Department{{ID: attendance.RootDept}},
	}
	return engine.NewCorp(f, []*engine.Prepared{engine.Prepare(o.rule, &f.Options, f.Calendar)})
}

// person makes the engine's view of the oracle's member.
func (o *oracle) person() attendance.Person {
	p := attendance.Person{
		ID: "u1", Left: attendance.MaxDay, Punches: slices.Clone(o.punches), Corrections: slices.Clone(o.corrections),
		Placements: []attendance.Placement{{Depts: []attendance.DeptID{attendance.RootDept}}},
	}
	for _, d := range slices.Sorted(maps.Keys(o.schedule)) {
		p.Schedule = append(p.Schedule, attendance.Scheduled{Day: d, Shift: o.schedule[d], Group: o.rule.ID})
	}
	slices.SortStableFunc(p.Corrections, func(a, b attendance.Correction) int { return int(a.Day - b.Day) })
	return p
}

// verdict reduces a report to what the oracle says.
func verdict(r *attendance.DayReport) oracleDay {
	day := oracleDay{
		Workday: r.Kind.Workday, Findings: map[attendance.FindingCode]attendance.Tally{}, Count: r.Count,
		Earliest: r.Earliest, Latest: r.Latest, Worked: r.Worked, Standard: r.Standard,
	}
	for _, f := range r.Findings {
		t := day.Findings[f.Code]
		day.Findings[f.Code] = attendance.Tally{Count: t.Count + f.Count, Seconds: t.Seconds + int64(f.Seconds)}
	}
	return day
}

// describe prints what a day was judged from.
func (o *oracle) describe(d attendance.Day) string {
	var b strings.Builder
	fmt.Fprintf(&b, "as of %s, options %+v\n", o.tod(d, o.asOf), o.opts)
	fmt.Fprintf(&b, "rule type %d places %d outside %v method %d rest punches %v rest start %s\n",
		o.rule.Type, o.rule.Places, o.rule.SyncOutside, o.rule.Method, o.rule.RestDayPunches, o.rule.RestDayStart)
	for at := d - 1; at <= d+1; at++ {
		p := o.plan(at)
		fmt.Fprintf(&b, "%s workday %v flex %+v late rule %+v\n", at, p.workday, p.Flex, p.LateRule)
		for _, s := range p.Sections {
			fmt.Fprintf(&b, "  %s-%s on %s owed %v, off %s owed %v, rests %s\n", s.On, s.Off, s.OnWindow, s.OnOwed, s.OffWindow, s.OffOwed, s.Rests)
		}
		for _, p := range o.punches {
			if day, ok := o.dayOf(p.At); ok && day == at {
				fmt.Fprintf(&b, "  punch %s typed %s flags %#x known %s\n", o.tod(at, p.At), p.Slot, p.Flags, o.tod(at, p.KnownAt))
			}
		}
		for _, c := range o.corrections {
			if c.Day == at {
				fmt.Fprintf(&b, "  correction of %s to %s by %d known %s\n", c.Slot, o.tod(at, c.At), c.By, o.tod(at, c.KnownAt))
			}
		}
	}
	return b.String()
}
