package attendance

import (
	"fmt"
	"testing"
)

// Given years are known whether they have entries or not, and no others; a day
// of another year keeps what it is.
func TestKnownYears(t *testing.T) {
	t.Parallel()
	eve, may := ymd(2023, 12, 31), ymd(2024, 5, 1)
	days := []Holiday{{Day: eve, Off: true}, {Day: may, Off: true}}
	for _, tt := range []struct {
		name  string
		c     *Calendar
		known string
	}{
		{"none at all", nil, "[]"},
		{"no days", NewCalendar(nil), "[]"},
		{"those with entries", NewCalendar(days), "[2023 2024]"},
		{"given", NewCalendar(days, 2024), "[2024]"},
		{"given without entries", NewCalendar(nil, 2030, 2026, 2025), "[2025 2026 2030]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			years := tt.c.Years()
			if fmt.Sprint(years) != tt.known {
				t.Errorf("known %v, want %s", years, tt.known)
			}
			for y := 2020; y < 2035; y++ {
				want := false
				for _, k := range years {
					want = want || k == y
				}
				if tt.c.Knows(ymd(y, 1, 1)) != want || tt.c.Knows(ymd(y, 12, 31)) != want {
					t.Errorf("%d is known: %v", y, !want)
				}
			}
		})
	}
	if m := NewCalendar(days, 2024).Mark(eve); m != OffDay {
		t.Errorf("the eve is %d", m)
	}
}

func ymd(year, month, day int) Day {
	d, err := DayFromYMD(int64(year*10000 + month*100 + day))
	if err != nil {
		panic(err)
	}
	return d
}
