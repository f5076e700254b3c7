package wire

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/internal/attendance"
)

func TestParseOptions(t *testing.T) {
	t.Parallel()
	got, err := ParseOptions([]byte(`{"late_base":"grace","flex_overflow_base":"schedule","tolerance_combine":"sum",
		"late_rule_scope":"next_workday","absent_granularity":"day","clip_actual_to_shift":true,
		"provisional_day_hides":["4",3,"4"],"holiday_scope":"statutory","makeup_day_times":"first",
		"tag_rank":"below_department","month_counts_future_days":true,
		"month_except_includes_location_device":false,"rest_day_punch_record_type":0,"ot_order":["rest","min","max","round"]}`))
	if err != nil {
		t.Fatal(err)
	}
	want := attendance.DefaultOptions()
	want.LateBase = attendance.LateFromGrace
	want.FlexOverflow = attendance.OverflowFromSchedule
	want.Tolerances = attendance.SumOfTolerances
	want.LateRuleScope = attendance.NextWorkday
	want.AbsentGranularity = attendance.AbsentWholeDay
	want.ClipActual = true
	want.ProvisionalHides = []attendance.FindingCode{attendance.Absent, attendance.Missing}
	want.HolidayScope = attendance.StatutoryOnly
	want.MakeupDayTimes = attendance.AlwaysFirst
	want.TagRank = attendance.TagBelow
	want.MonthCountsFuture = true
	want.MonthExceptPlaces = false
	want.RestDayPunchRecordType = 0
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("options (-want +got):\n%s", diff)
	}
	for _, doc := range []string{"", "{}"} {
		if got, err := ParseOptions([]byte(doc)); err != nil || cmp.Diff(attendance.DefaultOptions(), got) != "" {
			t.Errorf("ParseOptions(%q) = %+v, %v; want the defaults", doc, got, err)
		}
	}
}

func TestParseOptionsRefuses(t *testing.T) {
	t.Parallel()
	for doc, want := range map[string]string{
		`[]`:                                   "not a JSON object",
		`null`:                                 "not a JSON object",
		`{"tag_rank":"a","tag_rank":"b"}`:      "not a JSON object of distinct members",
		`{"late_bass":"grace"}`:                "option late_bass: there is no such option",
		`{"late_base":"noon"}`:                 `option late_base: "noon" is none of schedule, grace`,
		`{"late_base":null}`:                   "option late_base: null is none of",
		`{"clip_actual_to_shift":"true"}`:      "option clip_actual_to_shift: \"true\" is none of false, true",
		`{"provisional_day_hides":[7]}`:        "option provisional_day_hides: 7 is no exception code",
		`{"provisional_day_hides":"3"}`:        "option provisional_day_hides: \"3\" is not a list",
		`{"rest_day_punch_record_type":2}`:     "option rest_day_punch_record_type: 2 is none of 5, 0",
		`{"ot_order":["min","max"]}`:           "option ot_order: ",
		`{"ot_day_unit_seconds":60}`:           "option ot_day_unit_seconds: ",
		`{"halfday_without_noon":"last_rest"}`: `option halfday_without_noon: "last_rest"`,
	} {
		if _, err := ParseOptions([]byte(doc)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", doc, err, want)
		}
	}
}

// The options that the scenarios assume are all known, and are the defaults.
func TestParseOptionsOfScenarios(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(filepath.Join("..", "scenario", "testdata", "scenarios.json"))
	if err != nil {
		t.Skip("no scenario file here")
	}
	var file struct{ Options json.RawMessage }
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	got, err := ParseOptions(file.Options)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(attendance.DefaultOptions(), got); diff != "" {
		t.Errorf("options (-default +scenarios):\n%s", diff)
	}
}
