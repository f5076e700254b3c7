package checkin_test

import (
	"slices"
	"testing"

	"github.com/dakahq/daka/checkin"
)

// Problems names every line that applies, Validate the first of them.
func TestProblems(t *testing.T) {
	t.Parallel()
	group, shifts := "shifts", int64(checkin.GroupShift)
	rule := checkin.RuleWrite{GroupType: &shifts, GroupName: &group, ScheduleList: []checkin.ShiftWrite{{ScheduleName: "休息"}}}
	for name, tt := range map[string]struct {
		problems []error
		first    error
	}{
		"a rule":     {rule.Problems(), rule.Validate()},
		"a new rule": {checkin.AddOptionRequest{Group: rule}.Problems(), checkin.AddOptionRequest{Group: rule}.Validate()},
	} {
		if len(tt.problems) < 2 || tt.first == nil || tt.problems[0].Error() != tt.first.Error() {
			t.Errorf("%s: %v, of which the first is %v", name, tt.problems, tt.first)
		}
		var texts []string
		for _, p := range tt.problems {
			texts = append(texts, p.Error())
		}
		// No Wi-Fi and no location; no ot_info_v2, which every rule needs.
		for _, want := range []string{"group.wifimac_infos: 301093 need wifi or location", "group.ot_info_v2: 301093 invalid ot_info_v2, ot_info_v2 is necessary"} {
			if !slices.Contains(texts, want) {
				t.Errorf("%s: %q is not among %q", name, want, texts)
			}
		}
	}
	if none := (&checkin.RuleWrite{}).Problems(); len(none) > 0 && (&checkin.RuleWrite{}).Validate() == nil {
		t.Errorf("Validate passes what has problems: %v", none)
	}
}
