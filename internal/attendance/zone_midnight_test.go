package attendance

import (
	"testing"
	"time"
)

// A day begins at the first instant that shows its date.
func TestMidnight(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, zone string
		day        Day
		want       string // in UTC
	}{
		{"plain", "Asia/Shanghai", DayOf(2025, time.October, 8), "2025-10-07T16:00:00Z"},
		{"summer time of 1986 begins at 2:00", "Asia/Shanghai", DayOf(1986, time.May, 4), "1986-05-03T16:00:00Z"},
		{"23:59:59 is followed by 1:00", "America/Santiago", DayOf(2024, time.September, 8), "2024-09-08T04:00:00Z"},
		{"the day after", "America/Santiago", DayOf(2024, time.September, 9), "2024-09-09T03:00:00Z"},
		{"the hour from 0:00 comes twice", "America/Havana", DayOf(2024, time.November, 3), "2024-11-03T04:00:00Z"},
		{"the hour before it comes twice", "America/Santiago", DayOf(2024, time.April, 7), "2024-04-07T04:00:00Z"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			z, err := LoadZone(tt.zone)
			if err != nil {
				t.Fatal(err)
			}
			at := z.Midnight(tt.day)
			if got := time.Unix(at, 0).UTC().Format(time.RFC3339); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
			day, _ := z.DayAt(at)
			before, _ := z.DayAt(at - 1)
			if day != tt.day || before != tt.day-1 {
				t.Errorf("it shows %v, the second before %v", day, before)
			}
		})
	}
}
