package terminal_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/internal/terminal"
	"github.com/dakahq/daka/internal/wire"
	"github.com/google/go-cmp/cmp"
)

const (
	rulePath     = "../../testdata/two-sections.json"
	samplePath   = "../../testdata/attlog-sample.dat"
	terminalPath = "../../../shared/data/terminal-attlog.dat" // a real terminal's; not part of the project
)

// company is a corporation into which a file with the two-section rule goes.
type company struct {
	app  *app.App
	corp *app.Corp
	rule *app.RuleSpec
}

func newCompany(t *testing.T, db *store.DB) *company {
	t.Helper()
	now := time.Date(2024, 3, 20, 12, 0, 0, 0, time.UTC)
	c := &company{app: app.New(db, func() time.Time { return now })}
	var err error
	if c.corp, _, err = c.app.CreateCorp(context.Background(), app.NewCorp{}); err != nil {
		t.Fatal(err)
	}
	doc, err := os.ReadFile(rulePath)
	if err != nil {
		t.Fatal(err)
	}
	c.rule = &app.RuleSpec{Doc: doc, Form: wire.FormRead}
	return c
}

// load imports the first lines of a file; 0 means all.
func (c *company) load(t *testing.T, path string, lines int) app.ImportResult {
	t.Helper()
	r, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	f, err := terminal.ReadAttlog(r, path, c.corp.Zone, c.app.Now())
	if err != nil {
		t.Fatal(err)
	}
	if lines > 0 {
		f.Punches = f.Punches[:lines]
	}
	f.Rule = c.rule
	result, err := c.app.ImportPunches(context.Background(), c.corp, f)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func (c *company) months(t *testing.T, first, last attendance.Day) map[attendance.UserID]attendance.MonthReport {
	t.Helper()
	out := map[attendance.UserID]attendance.MonthReport{}
	err := c.app.MonthReports(context.Background(), app.Query{Corp: c.corp, First: first, Last: last},
		func(m *app.Member, r *attendance.MonthReport) error {
			out[m.ID] = *r
			return nil
		})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A real terminal's 11,902 lines: every punch of a month is used, superseded or
// unmatched. `grep -c 2022-01-` counts 2342 lines, of 2020-03 2232.
func TestRealTerminal(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat(terminalPath); errors.Is(err, fs.ErrNotExist) {
		t.Skip("the real terminal's export is not here: skipped")
	}
	lines, counts := 0, map[attendance.Day]int64{
		attendance.DayOf(2022, time.January, 1): 2342,
		attendance.DayOf(2020, time.March, 1):   2232,
	}
	whole := app.ImportResult{Imported: 11902}
	if testing.Short() {
		// Of the first 1000 lines 278 are of 2020-03.
		lines, counts = 1000, map[attendance.Day]int64{attendance.DayOf(2020, time.March, 1): 278}
		whole.Imported = 1000
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		c := newCompany(t, db)
		if got := c.load(t, terminalPath, lines); got != whole {
			t.Errorf("first run: %+v, want %+v", got, whole)
		}
		again := app.ImportResult{Duplicate: whole.Imported}
		if got := c.load(t, terminalPath, lines); got != again {
			t.Errorf("second run: %+v, want %+v", got, again)
		}
		for first, want := range counts {
			_, last := first.Month()
			var sum attendance.PunchTally
			for _, r := range c.months(t, first, last) {
				sum.Used += r.Punches.Used
				sum.Superseded += r.Punches.Superseded
				sum.Unmatched += r.Punches.Unmatched
			}
			if sum.Total() != want || sum.Used == 0 {
				t.Errorf("%s: %+v, %d punches in all, want %d", first, sum, sum.Total(), want)
			}
		}
	})
}

func TestSampleCounts(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		c := newCompany(t, db)
		// 29 lines, of which one is empty, one repeats the first, and three
		// are no punches.
		if got, want := c.load(t, samplePath, 0), (app.ImportResult{Imported: 24, Duplicate: 1, Quarantined: 3}); got != want {
			t.Errorf("first run: %+v, want %+v", got, want)
		}
		if got, want := c.load(t, samplePath, 0), (app.ImportResult{Duplicate: 25, Quarantined: 3}); got != want {
			t.Errorf("second run: %+v, want %+v", got, want)
		}
		lines, err := c.app.Quarantine(context.Background(), c.corp)
		if err != nil {
			t.Fatal(err)
		}
		var numbers []int64
		for _, l := range lines {
			numbers = append(numbers, l.Line)
		}
		if diff := cmp.Diff([]int64{12, 15, 18}, numbers); diff != "" {
			t.Errorf("quarantined lines: %s", diff)
		}
	})
}

// The days of the sample under the two-section rule (08:00-12:00, 13:00-17:00,
// each 14400 s), worked out by hand; hours are between the cards. The order of
// a day's findings is not fixed.
func TestSampleDays(t *testing.T) {
	t.Parallel()
	type finding struct {
		Code           attendance.FindingCode
		Count, Seconds int32
	}
	type day struct {
		Worked   int32
		Findings []finding
		Punches  attendance.PunchTally
	}
	monday := attendance.DayOf(2024, time.March, 4)
	want := map[attendance.UserID][]day{
		"7": {
			{14930 + 14870, nil, attendance.PunchTally{Used: 4, Superseded: 1}},                                               // 07:52:10-12:01:00, 12:55:30-17:03:20
			{13321 + 14525, []finding{{attendance.Late, 1, 720}, {attendance.Early, 1, 300}}, attendance.PunchTally{Used: 4}}, // 08:12:59-11:55:00, 12:58:00-17:00:05
			{0, []finding{{attendance.Missing, 1, 0}, {attendance.Missing, 1, 0}}, attendance.PunchTally{Used: 2}},            // 07:58 and 17:20 alone
			{0, []finding{{attendance.Missing, 1, 0}, {attendance.Absent, 1, 14400}}, attendance.PunchTally{Used: 1}},         // 08:00 alone
			{0, []finding{{attendance.Absent, 1, 28800}}, attendance.PunchTally{}},                                            // Friday
			{0, []finding{{attendance.Absent, 1, 28800}}, attendance.PunchTally{}},                                            // Saturday
			{0, nil, attendance.PunchTally{Used: 2}},                                                                          // Sunday: rest
		},
		"12": {
			{13200, []finding{{attendance.Early, 1, 1200}, {attendance.Absent, 1, 14400}}, attendance.PunchTally{Used: 2, Unmatched: 1}}, // 03:30 is no day's; 13:00-16:40
			{17099 + 21600, nil, attendance.PunchTally{Used: 4, Superseded: 2}},                                                          // 07:45-12:29:59, 12:30-18:30
			{0, []finding{{attendance.Missing, 1, 0}, {attendance.Absent, 1, 14400}}, attendance.PunchTally{Used: 1}},                    // 17:00 alone
		},
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		c := newCompany(t, db)
		c.load(t, samplePath, 0)
		got := map[attendance.UserID][]day{}
		q := app.Query{Corp: c.corp, First: monday, Last: monday + 6}
		err := c.app.DayReports(context.Background(), q, func(m *app.Member, r *attendance.DayReport) error {
			if int(r.Day-monday) >= len(want[m.ID]) {
				return nil
			}
			d := day{Worked: r.Worked}
			for _, f := range r.Findings {
				d.Findings = append(d.Findings, finding{f.Code, f.Count, f.Seconds})
			}
			slices.SortFunc(d.Findings, func(a, b finding) int { return int(a.Code) - int(b.Code) })
			for _, u := range r.Uses {
				switch u.Outcome {
				case attendance.Used:
					d.Punches.Used++
				case attendance.Superseded:
					d.Punches.Superseded++
				default:
					d.Punches.Unmatched++
				}
			}
			got[m.ID] = append(got[m.ID], d)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	})
}
