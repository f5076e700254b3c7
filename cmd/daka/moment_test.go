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
	for _, text := range []string{"08:00", "2024-03-05 08:00", "２０２４－０３－０５　０８：００", "2024-03-05T08:00:00+08:00", "2024-03-05T00:00:00Z", "1709596800",
		"2024-03-05 8:00", "20240305 08:00", "3月5日 08:00", "三月五日08:00", "2024年3月5日 08:00:00", "今天 08:00", "Mar 5 08:00", "2024-03-05T08:00"} {
		if got, err := parseMoment(text, day, zone); got != want || err != nil {
			t.Errorf("%s: %d, %v, want %d", text, got, err, want)
		}
	}
	const night = want + 17*3600 // the day after at 01:00
	for _, text := range []string{"次日01:00", "+1 01:00", "2024-03-05 次日 01:00", "3月5日次日01:00", "2024-03-05 +1 01:00", "2024-03-06 01:00"} {
		if got, err := parseMoment(text, day, zone); got != night || err != nil {
			t.Errorf("%s: %d, %v, want %d", text, got, err, night)
		}
	}
	for _, text := range []string{"soon", "25:00", "24:00", "99:00", "2024-03-05 24:30", "3月5日 25:00", "2024-03 08:00", "2024-02-30 08:00", "2024-03-05 noon"} {
		if got, err := parseMoment(text, day, zone); exitCode(err) != exitUsage {
			t.Errorf("%s: %d, %v", text, got, err)
		}
	}
}
