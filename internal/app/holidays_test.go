package app

import "testing"

// Days off, statutory days and make-up days of each year, added up by hand from
// the State Council's notices.
func TestChinaHolidays(t *testing.T) {
	t.Parallel()
	type count struct{ off, statutory, makeup int }
	want := map[int]count{
		// 2023 has a day more than it counts here: 2022-12-31 is its break's first.
		2020: {1 + 10 + 3 + 5 + 3 + 8, 11, 7},
		2021: {3 + 7 + 3 + 5 + 3 + 3 + 7, 11, 7},
		2022: {3 + 7 + 3 + 5 + 3 + 3 + 7 + 1, 11, 7},
		2023: {2 + 7 + 1 + 5 + 3 + 8, 11, 7},
		2024: {1 + 8 + 3 + 5 + 1 + 3 + 7, 11, 8},
		2025: {1 + 8 + 3 + 5 + 3 + 8, 13, 5},
		2026: {3 + 9 + 3 + 5 + 3 + 3 + 7, 13, 6},
	}
	got := map[int]count{}
	for _, h := range chinaHolidays().calendar().Days() {
		year, _, _ := h.Day.Date()
		c := got[year]
		switch {
		case !h.Off:
			c.makeup++
			if day := h.Day.Weekday(); day != 0 && day != 6 && h.Day.String() != "2020-02-03" {
				t.Errorf("make-up day %s is weekday %d", h.Day, day)
			}
		case h.Statutory:
			c.statutory++
			c.off++
		default:
			c.off++
		}
		got[year] = c
	}
	if len(got) != len(want) {
		t.Errorf("%d years", len(got))
	}
	for year, w := range want {
		if got[year] != w {
			t.Errorf("%d: got %+v, want %+v", year, got[year], w)
		}
	}
}
