package wire

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/internal/attendance"
)

// What goes out has every option that can come in, and comes in as it was.
func TestOptionsOut(t *testing.T) {
	t.Parallel()
	changed := attendance.DefaultOptions()
	changed.LateBase, changed.ClipActual, changed.ProvisionalHides = attendance.LateFromGrace, true, []attendance.FindingCode{attendance.Late}
	changed.OvertimeDaySeconds, changed.RestDayPunchRecordType, changed.MonthExceptPlaces = 28_800, 0, false
	for name, want := range map[string]attendance.Options{"defaults": attendance.DefaultOptions(), "changed": changed} {
		doc, err := OptionsOut(&want)
		if err != nil {
			t.Fatal(err)
		}
		var members map[string]any
		if err := json.Unmarshal(doc, &members); err != nil || len(members) != len(optionReaders) {
			t.Errorf("%s: %d options of %d: %v", name, len(members), len(optionReaders), err)
		}
		got, err := ParseOptions(doc)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
