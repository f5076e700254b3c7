package wire

import (
	"encoding/json"
	"testing"

	"github.com/dakahq/daka/internal/attendance"
)

// Whatever comes, CompileRule does not panic, and what it accepts has an order
// the engine can rely on. The corpus is in testdata/fuzz.
func FuzzCompileRule(f *testing.F) {
	shanghai := zone(f, "")
	f.Fuzz(func(t *testing.T, doc []byte, write bool) {
		form := FormRead
		if write {
			form = FormWrite
		}
		r, err := CompileRule(doc, form, shanghai)
		if err != nil {
			return
		}
		for i := range r.Workday {
			checkSections(t, r.Workday[i].Sections)
		}
		for i := range r.Shifts {
			checkSections(t, r.Shifts[i].Sections)
		}
		for _, s := range r.SpecialWork {
			checkSections(t, s.Sections)
		}
		for _, week := range r.Weeks {
			for _, item := range week {
				if item < -1 || int(item) >= len(r.Workday) {
					t.Fatalf("weeks %v with %d items", r.Weeks, len(r.Workday))
				}
			}
		}
		out, err := RuleOut(doc, form, RuleHead{})
		if err != nil {
			return
		}
		if _, err := MemberRule(out); err != nil && json.Valid(doc) {
			t.Fatalf("MemberRule: %v", err)
		}
	})
}

func checkSections(t *testing.T, sections []attendance.Section) {
	t.Helper()
	free, closed := attendance.TimeOfDay(-1<<30), attendance.TimeOfDay(-1<<30)
	for _, s := range sections {
		if s.Off <= s.On || s.On < free || s.OnWindow.From > s.OnWindow.To || s.OffWindow.From > s.OffWindow.To || s.Net() < 0 {
			t.Fatalf("section %+v", s)
		}
		if min(s.OnWindow.From, s.OffWindow.From) <= closed {
			t.Fatalf("windows of %+v reach into the section before", s)
		}
		rested := s.On
		for _, r := range s.Rests {
			if r.From < rested || r.To <= r.From || r.To > s.Off {
				t.Fatalf("rests %v", s.Rests)
			}
			rested = r.To + 1
		}
		free, closed = s.Off, max(s.OnWindow.To, s.OffWindow.To)
	}
}
