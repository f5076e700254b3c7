package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dakahq/daka/internal/attendance"
)

// An example is a rule as it stands, and with the lines that it holds as comments
// in the place of those that they stand for.
func TestExamples(t *testing.T) {
	t.Parallel()
	zone, err := attendance.LoadZone("")
	if err != nil {
		t.Fatal(err)
	}
	for kind, lines := range examples {
		for name, take := range map[string]func(text string) (string, bool){
			"as it stands": func(text string) (string, bool) { return text, true },
			"with its comments": func(text string) (string, bool) {
				live := text == "ot_info_v2:" || strings.HasPrefix(text, "  workdayconf") || strings.HasPrefix(text, "  restdayconf") || strings.HasPrefix(text, "  holidayconf")
				return strings.TrimPrefix(text, "# "), !live
			},
		} {
			var b strings.Builder
			for _, l := range lines {
				if text, ok := take(l.text); ok {
					b.WriteString(text + "\n")
				}
			}
			path := filepath.Join(t.TempDir(), "rule.yaml")
			if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
				t.Fatal(err)
			}
			members, _, err := readRuleMembers(path)
			if err != nil {
				t.Errorf("%s, %s: %v", kind, name, err)
				continue
			}
			if problems := newRuleProblems(members, zone, true); len(problems) > 0 {
				t.Errorf("%s, %s: %v", kind, name, problems)
			}
			if unknown, err := unknownMembers(members, nil); err != nil || len(unknown) > 0 {
				t.Errorf("%s, %s: %v, %v", kind, name, unknown, err)
			}
		}
	}
}
