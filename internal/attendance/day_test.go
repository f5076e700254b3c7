package attendance

import (
	"testing"
	"time"
)

func TestDayConversions(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text    string
		ymd     int64
		weekday int
	}{
		{"1970-01-01", 19700101, 4},
		{"2020-02-29", 20200229, 6},
		{"2024-01-01", 20240101, 1},
		{"2025-10-11", 20251011, 6},
		{"2199-12-31", 21991231, 2},
	}
	for _, tt := range tests {
		d, err := ParseDay(tt.text)
		if err != nil {
			t.Fatal(err)
		}
		back, err := DayFromYMD(tt.ymd)
		if err != nil || back != d {
			t.Errorf("DayFromYMD(%d) = %v, %v; want %v", tt.ymd, back, err, d)
		}
		if d.String() != tt.text || d.YMD() != tt.ymd || d.Weekday() != tt.weekday || !d.Valid() {
			t.Errorf("%s: got %s, %d, weekday %d, valid %v", tt.text, d, d.YMD(), d.Weekday(), d.Valid())
		}
	}
	for _, bad := range []string{"2025-02-30", "2200-01-01", "1969-12-31", "20250101", ""} {
		if d, err := ParseDay(bad); err == nil {
			t.Errorf("ParseDay(%q) = %v, want an error", bad, d)
		}
	}
	for _, bad := range []int64{0, -1, 20250230, 20251301, 22000101, 1 << 40} {
		if d, err := DayFromYMD(bad); err == nil {
			t.Errorf("DayFromYMD(%d) = %v, want an error", bad, d)
		}
	}
}

func TestDayMonth(t *testing.T) {
	t.Parallel()
	first, last := DayOf(2024, time.February, 11).Month()
	if first.String() != "2024-02-01" || last.String() != "2024-02-29" {
		t.Errorf("got %s to %s", first, last)
	}
}

func TestTimeOfDayString(t *testing.T) {
	t.Parallel()
	for tod, want := range map[TimeOfDay]string{
		32400: "09:00", 32405: "09:00:05", 91800: "+1 01:30", -14400: "-1 20:00", NoTime: "none",
	} {
		if got := tod.String(); got != want {
			t.Errorf("%d: got %q, want %q", int32(tod), got, want)
		}
	}
	if got := TimeOfDay(-30).Minute(); got != -60 {
		t.Errorf("Minute of -30 = %d, want -60", got)
	}
}

// The vendor's own day key: 2020-09-03 begins at 1599062400 (WeCom document 93374).
func TestZoneShanghai(t *testing.T) {
	t.Parallel()
	z, err := LoadZone("")
	if err != nil {
		t.Fatal(err)
	}
	d := DayOf(2020, time.September, 3)
	if got := z.Midnight(d); got != 1599062400 {
		t.Errorf("midnight = %d", got)
	}
	if day, tod := z.DayAt(1599062400 + 38827); day != d || tod != 38827 {
		t.Errorf("DayAt = %s %s", day, tod)
	}
	if day, tod := z.DayAt(1599062399); day != d-1 || tod != 86399 {
		t.Errorf("one second before: %s %s", day, tod)
	}
}

// Clocks in New York go back on 2025-11-02 at 02:00 and forward on 2025-03-09,
// so a night from 22:00 to 06:00 lasts nine and seven hours.
func TestZoneDaylightSaving(t *testing.T) {
	t.Parallel()
	z, err := LoadZone("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	night := Span{22 * 3600, 30 * 3600}
	if got := z.Elapsed(DayOf(2025, time.November, 1), night); got != 9*3600 {
		t.Errorf("autumn night lasts %d s", got)
	}
	if got := z.Elapsed(DayOf(2025, time.March, 8), night); got != 7*3600 {
		t.Errorf("spring night lasts %d s", got)
	}
	for _, day := range []Day{DayOf(1975, 6, 1), DayOf(2025, 7, 4), DayOf(2025, 12, 24), DayOf(2090, 8, 1)} {
		for _, tod := range []TimeOfDay{0, 43200, 86399} {
			if d, got := z.DayAt(z.At(day, tod)); d != day || got != tod {
				t.Errorf("%s %s comes back as %s %s", day, tod, d, got)
			}
		}
	}
}

func TestLoadZoneRefuses(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"Local", "Mars/Olympus", "../etc/passwd"} {
		if _, err := LoadZone(name); err == nil {
			t.Errorf("LoadZone(%q) succeeded", name)
		}
	}
}

func TestUserIDValid(t *testing.T) {
	t.Parallel()
	for id, want := range map[UserID]bool{"ZhangSan": true, "1": true, "a-b_c@d.e": true, "": false, "-a": false, "a b": false, "张三": false} {
		if id.Valid() != want {
			t.Errorf("%q: got %v", id, !want)
		}
	}
}

// The table must say what the standard library says, all the way to MaxDay.
func TestZoneMatchesStandardLibrary(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"Asia/Shanghai", "America/New_York", "Europe/London", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"} {
		z, err := LoadZone(name)
		if err != nil {
			t.Fatal(err)
		}
		const step = 6*3600 + 1231
		for at := int64(0); at < int64(MaxDay)*SecondsPerDay; at += step {
			_, offset := time.Unix(at, 0).In(z.Location()).Zone()
			if got := z.Wall(at) - at; got != int64(offset) {
				t.Fatalf("%s at %d: offset %d, want %d", name, at, got, offset)
			}
		}
	}
}
