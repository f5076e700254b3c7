package adminapi_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/dakatest"
)

// The years are told as they are put, and go back to what a corporation starts with.
func TestHolidaysBackAndForth(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *dakatest.Server) {
		ctx := t.Context()
		begun, err := s.Admin.Holidays(ctx)
		must(t, err)
		year := admin.HolidayYear{
			Breaks:    []admin.HolidayBreak{{Name: "春节", First: "2030-02-02", Last: "2030-02-03", Makeups: []admin.Day{}}, {Name: "调休", Makeups: []admin.Day{"2030-02-09"}}},
			Statutory: []admin.Day{"2030-02-03"},
		}
		must(t, s.Admin.SetHolidays(ctx, map[string]admin.HolidayYear{"2030": year, "2026": {}}))
		list, err := s.Admin.Holidays(ctx)
		must(t, err)
		if diff := cmp.Diff(year, list.Documents["2030"]); diff != "" || len(list.Documents) != 8 { // 2020 to 2026, and 2030
			t.Errorf("%d years, 2030 (-put +told):\n%s", len(list.Documents), diff)
		}
		must(t, s.Admin.SetHolidays(ctx, list.Documents))
		again, err := s.Admin.Holidays(ctx)
		must(t, err)
		if diff := cmp.Diff(list.Holidays, again.Holidays); diff != "" {
			t.Errorf("put as they were told (-before +after):\n%s", diff)
		}
		must(t, s.Admin.ResetHolidays(ctx, 2030))
		must(t, s.Admin.ResetHolidays(ctx, 2026))
		if list, err = s.Admin.Holidays(ctx); err != nil || cmp.Diff(begun, list) != "" {
			t.Errorf("%v (-begun +reset):\n%s", err, cmp.Diff(begun, list))
		}
		refused(t, "a year", s.Admin.ResetHolidays(ctx, 26), admin.BadRequest, "holidays")
	})
}
