package terminal

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/google/go-cmp/cmp"
)

// now is 2026-01-10 08:00 in Shanghai.
const now = 1768003200

func shanghai(tb testing.TB) *attendance.Zone {
	tb.Helper()
	zone, err := attendance.LoadZone("")
	if err != nil {
		tb.Fatal(err)
	}
	return zone
}

// punch is the record of a line: 2020-02-24 10:52:43 in Shanghai is
// 1582512763 (WeCom's day 2020-02-24 begins at 1582473600, and 10:52:43 is
// 39163 seconds later).
func punch(user attendance.UserID, device string) attendance.PunchRecord {
	return attendance.PunchRecord{
		User:        user,
		Punch:       attendance.Punch{At: 1582473600 + 39163, Source: attendance.SourceDevice, Device: device},
		PunchDetail: attendance.PunchDetail{DeviceName: device},
	}
}

func TestReadAttlogLines(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, line string
		want       attendance.PunchRecord
		reason     string // part of it; "" = the line is a punch
	}{
		{"as a terminal writes it", "        5\t2020-02-24 10:52:43\t1\t0\t0\t0", punch("5", "1"), ""},
		{"spaces", "5 2020-02-24 10:52:43 1 0 0 0", punch("5", "1"), ""},
		{"three columns", "5 2020-02-24 10:52:43", punch("5", ""), ""},
		{"two tabs", "5\t2020-02-24 10:52:43", punch("5", ""), ""},
		{"time in a column of its own", "5\t2020-02-24\t10:52:43\tdoor", punch("5", "door"), ""},
		{"empty device column", "5\t2020-02-24 10:52:43\t\t1\t0", punch("5", ""), ""},
		{"sixteen columns", "5\t2020-02-24 10:52:43\t1\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0", punch("5", "1"), ""},
		{"other state", "5\t2020-02-24 10:52:43\t1\t255\t0\t0", punch("5", "1"), ""},
		{"byte order mark", "\uFEFF5 2020-02-24 10:52:43", punch("5", ""), ""},
		{"PIN of letters", "a-1@x 2020-02-24 10:52:43", punch("a-1@x", ""), ""},

		{"impossible date", "5 2020-02-30 10:52:43", attendance.PunchRecord{}, `"2020-02-30" is not a date`},
		{"impossible time", "5 2020-02-24 24:00:00", attendance.PunchRecord{}, `"24:00:00" is not a time`},
		{"part of a second", "5 2020-02-24 10:52:43.5", attendance.PunchRecord{}, "is not a time"},
		{"clock never set", "5 1999-12-31 10:52:43", attendance.PunchRecord{}, "not between 2000 and tomorrow"},
		{"two days ahead", "5 2026-01-12 08:00:00", attendance.PunchRecord{}, "not between 2000 and tomorrow"},
		{"bad PIN", "-5 2020-02-24 10:52:43", attendance.PunchRecord{}, `PIN "-5"`},
		{"empty PIN", "\t2020-02-24 10:52:43\t1", attendance.PunchRecord{}, `PIN ""`},
		{"two columns", "5 2020-02-24", attendance.PunchRecord{}, "2 columns"},
		{"not text", "5 2020-02-24 10:52:43 \xff", attendance.PunchRecord{}, "not UTF-8"},
		{"control character", "5 2020-02-24 10:52:43 a\x00b", attendance.PunchRecord{}, "control character"},
		{"long device", "5 2020-02-24 10:52:43 " + strings.Repeat("d", 65), attendance.PunchRecord{}, "device"},
		{"long line", "5 2020-02-24 10:52:43 " + strings.Repeat("0 ", 4096), attendance.PunchRecord{}, "longer than 4096 bytes"},
		{"long line of blanks", strings.Repeat(" ", 5000), attendance.PunchRecord{}, "longer than 4096 bytes"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f, err := ReadAttlog(strings.NewReader(tt.line), "f", shanghai(t), now)
			if err != nil {
				t.Fatal(err)
			}
			if tt.reason == "" {
				if diff := cmp.Diff([]attendance.PunchRecord{tt.want}, f.Punches); diff != "" || len(f.Bad) != 0 {
					t.Errorf("%v, -want +got:\n%s", f.Bad, diff)
				}
				return
			}
			if len(f.Punches) != 0 || len(f.Bad) != 1 || f.Bad[0].Number != 1 || !strings.Contains(f.Bad[0].Reason, tt.reason) {
				t.Errorf("punches %v, bad %+v; want the reason %q", f.Punches, f.Bad, tt.reason)
			}
		})
	}
}

func TestReadAttlogCountsLines(t *testing.T) {
	t.Parallel()
	const text = "5 2020-02-24 10:52:43\r\n\r\n   \r\nno\r\n6 2020-02-24 10:52:43" // the last line has no end
	f, err := ReadAttlog(strings.NewReader(text), "door.dat", shanghai(t), now)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]attendance.PunchRecord{punch("5", ""), punch("6", "")}, f.Punches); diff != "" {
		t.Error(diff)
	}
	if len(f.Bad) != 1 || f.Bad[0].Number != 4 || f.Bad[0].Text != "no" {
		t.Errorf("bad lines %+v, want line 4", f.Bad)
	}
	// printf '…' | sha256sum
	if f.Name != "door.dat" || f.SHA256 != "7929089f404f4eadffb0bec4dd719fbe995e9092a63bfa977d4bd316c0f3e79f" {
		t.Errorf("name %q, sum %s", f.Name, f.SHA256)
	}
}

func TestReadAttlogPassesErrorsOn(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken disk")
	r := io.MultiReader(strings.NewReader("5 2020-02-24 10:52:43\n"), iotest.ErrReader(broken))
	if _, err := ReadAttlog(r, "f", shanghai(t), now); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

// Every line with something on it is a punch or a bad line, and what is made of
// a punch can be stored.
func FuzzReadAttlog(f *testing.F) {
	f.Add("        5\t2020-02-24 10:52:43\t1\t0\t0\t0\r\n")
	f.Add("5 2020-02-30 10:52:43\n\n6\n\xff\xfe5")
	f.Add("\uFEFF5 2020-02-24 10:52:43 1 0\r\r\n" + strings.Repeat("x", 4097))
	zone := shanghai(f)
	f.Fuzz(func(t *testing.T, text string) {
		got, err := ReadAttlog(strings.NewReader(text), "f", zone, now)
		if err != nil {
			t.Fatal(err)
		}
		want := 0
		for line := range strings.Lines(strings.TrimPrefix(text, "\uFEFF")) {
			if len(line) > maxLine || strings.TrimSpace(line) != "" {
				want++
			}
		}
		if n := len(got.Punches) + len(got.Bad); n != want {
			t.Errorf("%d lines came out, %d went in", n, want)
		}
		for _, p := range got.Punches {
			if !p.User.Valid() || p.At < earliest || p.At > now+latestAhead || len(p.Device) > maxDevice || !utf8.ValidString(p.Device) {
				t.Errorf("%+v", p)
			}
		}
	})
}
