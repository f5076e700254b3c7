package wire

import (
	"fmt"
	"strings"
	"testing"

	"github.com/dakahq/daka/internal/attendance"
)

// Expectations are those of attendance 3.1 and of the rules in the scenario
// files, or are worked out beside the case.
func TestCompileWindows(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		typ      attendance.RuleType
		day      string // members of the checkindate item or shift beside its sections
		sections []string
		want     []string // on-duty window, off-duty window of each section
	}{
		{"fixed, none given", 1, "", []string{`32400,"off_work_sec":64800`}, []string{"04:00-17:59 09:01-+1 03:59"}},
		{"two minutes of work", 1, "", []string{`38760,"off_work_sec":38880`}, []string{"04:00-10:47 10:47-+1 03:59"}},
		{"half-way between sections", 1, "", []string{`36000,"off_work_sec":43200`, `50400,"off_work_sec":72000`},
			[]string{"04:00-11:59 10:01-12:59", "13:00-19:59 14:01-+1 03:59"}},
		// 12:00 to 12:03: half-way is 12:01:30, on a whole minute 12:02.
		{"half-way on a whole minute", 1, "", []string{`36000,"off_work_sec":43200`, `43380,"off_work_sec":72000`},
			[]string{"04:00-11:59 10:01-12:01", "12:02-19:59 12:04-+1 03:59"}},
		{"without a pause", 1, "", []string{`36000,"off_work_sec":43200`, `43200,"off_work_sec":72000`},
			[]string{"04:00-11:59 10:01-12:00", "12:01-19:59 12:01-+1 03:59"}},
		{"fixed, before 04:00", 1, "", []string{`7200,"off_work_sec":36000`}, []string{"00:00-09:59 02:01-+1 03:59"}},
		{"fixed, after 03:59", 1, "", []string{`72000,"off_work_sec":104400`}, []string{"04:00-+1 04:59 20:01-+1 09:00"}},
		{"night shift, none given", 2, "", []string{`79200,"off_work_sec":108000`}, []string{"18:00-+1 05:59 22:01-+1 10:00"}},
		{"shift soon after midnight", 2, "", []string{`3600,"off_work_sec":7200`}, []string{"-1 21:00-01:59 01:01-+1 03:59"}},
		{"old limits", 2, `"limit_aheadtime":10800000,"limit_offtime":3600,`, []string{`32400,"off_work_sec":61200`},
			[]string{"06:00-16:59 09:01-18:00"}},
		// Three hours before 14:00 lie in the first section: 13:00, half-way, holds.
		{"old limits between sections", 1, `"limit_aheadtime":10800000,"limit_offtime":1800,`,
			[]string{`36000,"off_work_sec":43200`, `50400,"off_work_sec":72000`},
			[]string{"07:00-11:59 10:01-12:30", "13:00-19:59 14:01-20:30"}},
		{"all given", 1, `"limit_aheadtime":10800000,`, []string{`32400,"off_work_sec":64800,"earliest_work_sec":28800,
			"latest_work_sec":43200,"earliest_off_work_sec":46800,"latest_off_work_sec":100740`}, []string{"08:00-12:00 13:00-+1 03:59"}},
		{"from midnight", 1, "", []string{`32400,"off_work_sec":64800,"earliest_work_sec":0,"latest_work_sec":43200`},
			[]string{"00:00-12:00 09:01-+1 03:59"}},
		{"one of a pair given", 1, "", []string{`32400,"off_work_sec":64800,"latest_work_sec":43200,"latest_off_work_sec":72000`},
			[]string{"04:00-12:00 09:01-20:00"}},
		{"zero is not set", 2, "", []string{`32400,"off_work_sec":64800,"earliest_work_sec":0,
			"latest_work_sec":0,"earliest_off_work_sec":0,"latest_off_work_sec":0`}, []string{"05:00-17:59 09:01-+1 03:59"}},
		{"up to where the next one says", 1, "", []string{`36000,"off_work_sec":43200`, `50400,"off_work_sec":72000,"earliest_work_sec":46800`},
			[]string{"04:00-11:59 10:01-12:59", "13:00-19:59 14:01-+1 03:59"}},
		{"from where the last one ends", 1, "", []string{`36000,"off_work_sec":43200,"latest_off_work_sec":45000`, `50400,"off_work_sec":72000`},
			[]string{"04:00-11:59 10:01-12:30", "12:31-19:59 14:01-+1 03:59"}},
		{"meeting in a minute", 1, "", []string{`36000,"off_work_sec":43200,"latest_off_work_sec":46800`,
			`50400,"off_work_sec":72000,"earliest_work_sec":46800`},
			[]string{"04:00-11:59 10:01-12:59", "13:00-19:59 14:01-+1 03:59"}},
		// 35000 s is 09:43:20, 37000 10:16:40, 43000 11:56:40, 43400 12:03:20.
		{"cut to minutes", 1, "", []string{`36000,"off_work_sec":43200,"earliest_work_sec":35000,"latest_work_sec":37000,
			"earliest_off_work_sec":43000,"latest_off_work_sec":43400`}, []string{"09:43-10:16 11:56-12:03"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			sections := `[{"work_sec":` + strings.Join(tt.sections, `},{"work_sec":`) + `}]`
			doc := `{"grouptype":1,"checkindate":[{` + tt.day + `"checkintime":` + sections + `}]}`
			if tt.typ == attendance.ShiftRule {
				doc = `{"grouptype":2,"schedulelist":[{"schedule_id":1,` + tt.day + `"time_section":` + sections + `}]}`
			}
			r := compile(t, FormRead, doc)
			var got []attendance.Section
			if tt.typ == attendance.ShiftRule {
				got = r.Shifts[0].Sections
			} else {
				got = r.Workday[0].Sections
			}
			for i, s := range got {
				if text := windowText(&s); text != tt.want[i] {
					t.Errorf("section %d: %s, want %s", i, text, tt.want[i])
				}
			}
		})
	}
}

func windowText(s *attendance.Section) string {
	return fmt.Sprintf("%s-%s %s-%s", s.OnWindow.From, s.OnWindow.To, s.OffWindow.From, s.OffWindow.To)
}
