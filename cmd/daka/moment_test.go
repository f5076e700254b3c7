package main

import (
	"testing"

	"github.com/dakahq/daka/internal/attendance"
)

func TestParseClock(t *testing.T) {
	t.Parallel()
	const hour, minute, day = 3600, 60, attendance.SecondsPerDay
	for text, want := range map[string]attendance.TimeOfDay{
		"08:58": 8*hour + 58*minute, "8:58": 8*hour + 58*minute, "08:58:30": 8*hour + 58*minute + 30,
		"０８：５８": 8*hour + 58*minute, "次日06:00": day + 6*hour, "次日 6:00": day + 6*hour, "第二天06:00": day + 6*hour, "＋1 06:00": day + 6*hour,
		"+1 06:00": day + 6*hour, "30:00": day + 6*hour, "00:00": 0, "47:59:59": 2*day - 1,
	} {
		if got, err := parseClock(text); got != want || err != nil {
			t.Errorf("%s: %d, %v, want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "8", "08:60", "08:58:60", "48:00", "+1 24:00", "+9 00:00", "-1 08:00", "noon", "08:58pm"} {
		if got, err := parseClock(text); err == nil {
			t.Errorf("%q is taken for %s", text, got)
		}
	}
}

func TestParseMoment(t *testing.T) {
	t.Parallel()
	zone, err := attendance.LoadZone("")
	if err != nil {
		t.Fatal(err)
	}
	day, err := attendance.ParseDay("2024-03-05")
	if err != nil {
		t.Fatal(err)
	}
	const want = 1_709_568_000 + 8*3600 // 2024-03-05 at 08:00, UTC+8
	for _, text := range []string{"08:00", "2024-03-05 08:00", "２０２４－０３－０５　０８：００", "2024-03-05T08:00:00+08:00", "2024-03-05T00:00:00Z", "1709596800"} {
		if got, err := parseMoment(text, day, zone); got != want || err != nil {
			t.Errorf("%s: %d, %v, want %d", text, got, err, want)
		}
	}
	if _, err := parseMoment("soon", day, zone); exitCode(err) != exitUsage {
		t.Errorf("soon: %v", err)
	}
}
