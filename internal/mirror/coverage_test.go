package mirror

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
)

func TestWindows(t *testing.T) {
	t.Parallel()
	d := func(month, day int) attendance.Day { return attendance.DayOf(2026, time.Month(month), day) }
	all := span{d(1, 10), d(3, 20)}
	m := &Mirror{corp: &app.Corp{Zone: zoneOf(t, "Asia/Shanghai")}}
	for _, tt := range []struct {
		name    string
		kind    kind
		missing []span
		want    []span
	}{
		{"nothing", kind{longest: 30}, nil, nil},
		// 1-10 to 3-20 are 22 + 28 + 20 = 70 days: 30 + 30 + 10
		{"all", kind{longest: 30}, []span{all}, []span{{d(1, 10), d(2, 8)}, {d(2, 9), d(3, 10)}, {d(3, 11), d(3, 20)}}},
		{"a hole is asked about again where it saves a call", kind{longest: 30}, []span{{d(1, 10), d(1, 11)}, {d(2, 1), d(2, 3)}}, []span{{d(1, 10), d(2, 3)}}},
		{"a hole that is too wide", kind{longest: 30}, []span{{d(1, 10), d(1, 11)}, {d(3, 1), d(3, 2)}}, []span{{d(1, 10), d(1, 11)}, {d(3, 1), d(3, 2)}}},
		{"months", kind{longest: 31, monthly: true}, []span{{d(1, 15), d(2, 3)}}, []span{{d(1, 15), d(1, 31)}, {d(2, 1), d(2, 3)}}},
		{"whole months", kind{longest: 31, monthly: true, whole: true}, []span{{d(1, 15), d(1, 15)}, {d(3, 2), d(3, 2)}}, []span{{d(1, 10), d(1, 31)}, {d(3, 1), d(3, 20)}}},
	} {
		if diff := cmp.Diff(tt.want, m.windows(&tt.kind, tt.missing, all), cmp.AllowUnexported(span{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func zoneOf(t *testing.T, name string) *attendance.Zone {
	t.Helper()
	zone, err := attendance.LoadZone(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// Where clocks are turned back, as on 1 November 2026 in New York, 31 days are an
// hour longer than the most that a call takes, and that hour must not be lost.
func TestWindowsInWhichClocksAreTurnedBack(t *testing.T) {
	t.Parallel()
	d := func(month, day int) attendance.Day { return attendance.DayOf(2026, time.Month(month), day) }
	m := &Mirror{corp: &app.Corp{Zone: zoneOf(t, "America/New_York")}}
	all := span{d(10, 10), d(11, 20)}
	want := []span{{d(10, 10), d(11, 8)}, {d(11, 9), d(11, 20)}} // 30 days and an hour, and the rest
	for _, k := range []*kind{&kinds[slices.IndexFunc(kinds, func(k kind) bool { return k.name == devices })], &requestForms.kind} {
		got := m.windows(k, []span{all}, all)
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(span{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", k.name, diff)
		}
		for _, w := range got {
			if from, to := m.seconds(w); to != m.corp.Zone.Midnight(w.last+1) || to-from > 31*86_400 {
				t.Errorf("%s: %s to %s are asked about up to %d, %d s", k.name, w.first, w.last, to, to-from)
			}
		}
	}
}

// Clocks differ by up to an hour: a day that was asked about 59 minutes after
// its end is asked about again, for what was uploaded then.
func TestSettled(t *testing.T) {
	t.Parallel()
	zone := zoneOf(t, "Asia/Shanghai")
	day := attendance.DayOf(2026, time.July, 14)
	over := zone.Midnight(day + 1)
	m := &Mirror{corp: &app.Corp{Zone: zone}, opts: Options{Overlap: 3}, round: over + 10*86_400}
	for _, tt := range []struct {
		name string
		kind kind
		at   int64
		want []span
	}{
		{"59 minutes later", kind{byUpload: true}, over + 59*60, []span{{day, day}}},
		{"an hour later", kind{byUpload: true}, over + 3600, nil},
		{"three days and 59 minutes later", kind{}, over + 3*86_400 + 59*60, []span{{day, day}}},
		{"three days and an hour later", kind{}, over + 3*86_400 + 3600, nil},
	} {
		got := m.missing(&tt.kind, []app.Covered{{First: day, Last: day, At: tt.at}}, day, day)
		if diff := cmp.Diff(tt.want, got, cmp.AllowUnexported(span{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}
