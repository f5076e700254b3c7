package verify_test

import (
	"slices"
	"testing"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

// What a source has otherwise is found, and nothing else: the names of an
// object that document writes are in order.
func TestFitFindsTheSourcesOptions(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes minutes under the race detector")
	}
	t.Parallel()
	for name, source := range map[string]string{
		"none":                `{}`,
		"late and absence":    `{"absent_granularity":"day","flex_overflow_base":"schedule","late_base":"grace"}`,
		"tolerances":          `{"clip_actual_to_shift":true,"late_rule_scope":"next_workday","tolerance_combine":"sum"}`,
		"calendar":            `{"halfday_without_noon":"noon","holiday_scope":"statutory","makeup_day_times":"first"}`,
		"rank and month":      `{"month_except_includes_location_device":false,"rest_day_punch_record_type":0,"tag_rank":"below_department"}`,
		"overtime":            `{"ot_count_before_work_in_range_0":true,"ot_day_unit_seconds":28800,"ot_flex_base":"schedule","ot_order":["min","rest","max","round"]}`,
		"an odd unit":         `{"ot_day_unit_seconds":26000}`,
		"what is not over":    `{"calibrate":"next_day","month_counts_future_days":true,"provisional_day_hides":["3"]}`,
		"three on one member": `{"late_base":"grace","late_rule_scope":"next_workday","tolerance_combine":"sum"}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, db *store.DB) {
				m := laboratory(t, db)
				m.judged(t, options(t, source), nil)
				r := m.verify(t, true)
				if got := changes(t, r.Fit); got != source {
					t.Errorf("fit %s, want %s", got, source)
				}
				if a := r.Fit.After; a.Days.Equal != a.Days.Compared || a.Months.Equal != a.Months.Compared || a.Provisional.Equal != a.Provisional.Compared {
					t.Errorf("after the fit %+v: not all are equal", a)
				}
				for _, g := range r.Groups {
					t.Logf("%s %s %s n=%d users=%d rem=%s %v", g.Of, g.Cause, g.Text, g.Reports, g.Users, document(t, g.Remedies), g.Fields)
				}
				t.Logf("%s", document(t, r.Counts))
			})
		})
	}
}

// A change says which reports it rests on and what would do as well, and the
// options that no report tells of are named.
func TestEvidence(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes long under the race detector")
	}
	t.Parallel()
	m := laboratory(t, open(t))
	m.judged(t, options(t, `{"late_base":"grace","ot_order":["min","rest","max","round"]}`), nil)
	r := m.verify(t, true)
	want := map[string]int64{
		// The days and the months of two: 09:11 with a grace of 600 s, and 09:40 with
		// 1,800 s from the evening before.
		"late_base": 4,
		"ot_order":  2, // 2:30 less an hour is not 2:00: the day and the month
	}
	for _, c := range r.Fit.Changes {
		if c.Decides != want[c.Option] {
			t.Errorf("%s decides %d reports, want %d", c.Option, c.Decides, want[c.Option])
		}
		// Where rest comes after min it is as good, wherever the others are: half of
		// the 24 orders, the one found among them.
		if c.Option == "ot_order" && len(c.AsGood) != 11 || c.Option == "late_base" && len(c.AsGood) != 0 {
			t.Errorf("%s: as good are %s", c.Option, document(t, c.AsGood))
		}
	}
	if len(r.Fit.Changes) != 2 || len(r.Fit.Untold) != 0 {
		t.Errorf("changes %s, untold %v", changes(t, r.Fit), r.Fit.Untold)
	}

	m = laboratory(t, open(t))
	m.last = attendance.DayOf(2025, 9, 9) // nobody punched yet
	m.judged(t, options(t, `{}`), nil)
	if r := m.verify(t, true); !slices.Contains(r.Fit.Untold, "late_base") || !slices.Contains(r.Fit.Untold, "ot_order") {
		t.Errorf("untold %v", r.Fit.Untold)
	}
}
