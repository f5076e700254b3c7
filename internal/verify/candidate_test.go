package verify

import (
	"slices"
	"testing"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/explain"
)

// Every option there is is searched, from its default on, with values that it
// may have.
func TestCandidatesCoverTheOptions(t *testing.T) {
	t.Parallel()
	standard := attendance.DefaultOptions()
	doc, err := documentOf(&standard)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for _, c := range append(candidates(usualUnits), openCandidates()...) {
		if seen[c.option]++; seen[c.option] == 1 && !doc.has(c) {
			t.Errorf("the first value of %s is %s, and its default %s", c.option, c.value, doc[c.option])
		}
		opts, err := with(standard, c)
		if err != nil {
			t.Errorf("%s = %s: %v", c.option, c.value, err)
			continue
		}
		if got, err := documentOf(&opts); err != nil || !got.has(c) {
			t.Errorf("%s = %s is read as %s, %v", c.option, c.value, got[c.option], err)
		}
	}
	for name := range doc {
		if seen[name] < 2 {
			t.Errorf("option %s has %d candidates", name, seen[name])
		}
	}
	if seen["ot_order"] != 24 || seen[optionHides] != 64 { // 4! orders, 2^6 sets
		t.Errorf("%d orders of overtime, %d sets of findings", seen["ot_order"], seen[optionHides])
	}
}

// A day unit is inferred from the overtime of both: 43,200 s by a unit of
// 86,400 s are 0.5 days, so 13,000 s make a unit of 26,000 s.
func TestDayUnits(t *testing.T) {
	t.Parallel()
	found := []Difference{
		{Path: overtimePath, Ours: int64(43_200), Theirs: int64(13_000)},
		{Path: overtimePath, Ours: int64(0), Theirs: int64(13_000)},
		{Path: "ot_info.ot_status", Ours: int64(1), Theirs: int64(2)},
	}
	if got := dayUnits(86_400, found); !slices.Equal(got, append(slices.Clone(usualUnits), 26_000)) {
		t.Errorf("units %v", got)
	}
}

// Whatever a group can be has its words, in both languages.
func TestWords(t *testing.T) {
	t.Parallel()
	full := func(kind, name string, s said) {
		if s.in(explain.English) == "" || s.in(explain.Chinese) == "" {
			t.Errorf("%s %q has no text", kind, name)
		}
	}
	for _, c := range []Cause{
		CauseNoReport, CauseRule, CauseShift, CauseDayKind, CauseRequest, CauseCorrection, CauseNoRecord, CauseIdentity,
		CauseNoVerdict, CauseStrangeCard,
		CauseRecordType, CauseCards, CauseHours, CauseLate, CauseEarly, CauseMissing, CausePlace, CauseDevice, CauseOvertime,
		CauseFieldWork, CauseDays, CauseExceptional, CauseOfDays, CauseNames, CauseWording,
	} {
		full("cause", string(c), causeTexts[c])
	}
	if len(causeTexts) != 25 {
		t.Errorf("%d causes have texts", len(causeTexts))
	}
	for _, s := range []Sense{OnlyOurs, OnlyTheirs, OnBoth} {
		full("sense", string(s), senseTexts[s])
	}
	for _, name := range ruleTypes {
		full("rule", name, ruleTexts[name])
	}
	var words []string
	for _, w := range bases {
		words = append(words, w)
	}
	for _, w := range clauses {
		words = append(words, w)
	}
	words = append(append(words, overtimeBy[:]...), categories[:]...)
	for _, w := range append(words, "beyond_tolerance", "stayed_before", "not_allowed") {
		full("reason", w, reasonTexts[w])
	}
}
