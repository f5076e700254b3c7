package explain_test

import (
	"fmt"
	"regexp"
	"slices"
	"testing"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/explain"
	"pgregory.net/rapid"
)

const clockText = `((?:[+-]\d )?\d\d:\d\d(?::\d\d)?)`

var (
	covers  = regexp.MustCompile(`covers ` + clockText + `-` + clockText)
	correct = regexp.MustCompile(`a correction of the (?:on|off)-card ` + clockText + ` to ` + clockText + ` or`)
	sums    = regexp.MustCompile(` = ([\d,]+) s`)
)

// read is the inverse of TimeOfDay.String.
func read(t *rapid.T, text string) attendance.TimeOfDay {
	day, h, m, s := 0, 0, 0, 0
	if n, _ := fmt.Sscanf(text, "%d %d:%d:%d", &day, &h, &m, &s); n >= 3 && (text[0] == '+' || text[0] == '-') {
		return clock(24*day+h, m, s)
	}
	s = 0
	if n, _ := fmt.Sscanf(text, "%d:%d:%d", &h, &m, &s); n < 2 {
		t.Fatalf("%q is no time", text)
	}
	return clock(h, m, s)
}

// What is said to change a verdict of lateness or of leaving early does: with
// the leave or the correction the engine no longer finds it.
func TestAdviceHelps(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(t, drawRule(rt), wednesday)
		drawFacts(rt, w, wednesday-1, wednesday+1)
		text, _ := w.explain(wednesday, explain.English)
		for _, p := range text.Parts {
			for _, l := range p.Lines {
				if l.Kind != explain.KindLate && l.Kind != explain.KindEarly {
					continue
				}
				if p.Name == explain.PartVerdicts {
					landsOn(rt, l)
				}
				if p.Name != explain.PartChanges {
					continue
				}
				changed := *w
				if m := covers.FindStringSubmatch(l.Text); m != nil {
					changed.person.Approvals = slices.Clone(w.person.Approvals)
					changed.request(attendance.LeaveApproval, wednesday, read(rt, m[1]), read(rt, m[2]))
				} else if m := correct.FindStringSubmatch(l.Text); m != nil {
					changed.person.Corrections = append(slices.Clone(w.person.Corrections), attendance.Correction{
						Day: wednesday, Slot: read(rt, m[1]), At: w.facts.Zone.At(wednesday, read(rt, m[2])), By: attendance.ByAPI,
					})
				} else {
					continue
				}
				gone(rt, &changed, l)
			}
		}
	})
}

// gone fails if the verdict of a line is still there.
func gone(t *rapid.T, w *world, line explain.Line) {
	text, _ := w.explain(wednesday, explain.English)
	due := regexp.MustCompile(`^\S+ ` + clockText).FindStringSubmatch(line.Text)[1]
	for _, p := range text.Parts {
		for _, l := range p.Lines {
			if p.Name != explain.PartVerdicts || l.Kind != line.Kind {
				continue
			}
			if at := regexp.MustCompile(`-card ` + clockText + `:`).FindStringSubmatch(l.Text); at[1] == due {
				t.Fatalf("advice %q leaves\n%s", line.Text, text)
			}
		}
	}
}

// landsOn fails unless the arithmetic of a line ends in its duration.
func landsOn(t *rapid.T, l explain.Line) {
	all := sums.FindAllStringSubmatch(l.Text, -1)
	if len(all) == 0 {
		t.Fatalf("no arithmetic in %q", l.Text)
	}
	got := regexp.MustCompile(`,`).ReplaceAllString(all[len(all)-1][1], "")
	if got != fmt.Sprint(*l.Seconds) {
		t.Fatalf("%q does not end in %d", l.Text, *l.Seconds)
	}
}
