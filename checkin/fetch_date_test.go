package checkin_test

import (
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/dakahq/daka/checkin"
)

// A day begins with the first instant that its date is shown.
func TestMidnight(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, zone, day, begins string }{
		{"UTC+8", "Asia/Shanghai", "2025-01-01", "2024-12-31T16:00:00Z"},
		{"a zone that is never turned", "Etc/GMT-3", "2025-01-01", "2024-12-31T21:00:00Z"},
		{"00:00 is skipped: from UTC-3 to UTC-2", "America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z"},
		{"00:00 to 01:00 comes twice, first at UTC+3", "Asia/Amman", "2021-10-29", "2021-10-28T21:00:00Z"},
		{"the day after it, at UTC+2", "Asia/Amman", "2021-10-30", "2021-10-29T22:00:00Z"},
		{"00:00 to 01:00 comes twice, first at UTC-4", "America/Havana", "2024-11-03", "2024-11-03T04:00:00Z"},
		{"00:00 to 01:00 comes twice, first at UTC", "Atlantic/Azores", "2024-10-27", "2024-10-27T00:00:00Z"},
		{"23:00 to 00:00 comes twice, the second at UTC+2", "Asia/Beirut", "2024-10-27", "2024-10-26T22:00:00Z"},
		{"the day before it, at UTC+3", "Asia/Beirut", "2024-10-26", "2024-10-25T21:00:00Z"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			zone, err := time.LoadLocation(tt.zone)
			if err != nil {
				t.Fatal(err)
			}
			at := date(tt.day).Midnight(zone)
			if got := at.UTC().Format(time.RFC3339); got != tt.begins {
				t.Errorf("%s begins at %s, want %s", tt.day, got, tt.begins)
			}
			if day, before := checkin.DateOf(at), checkin.DateOf(at.Add(-time.Second)); day != date(tt.day) || before == day {
				t.Errorf("it is %s then, and %s a second before", day, before)
			}
		})
	}
}
