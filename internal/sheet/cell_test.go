package sheet

import (
	"strings"
	"testing"

	"github.com/dakahq/daka/internal/attendance"
)

func shanghai(tb testing.TB) *attendance.Zone {
	tb.Helper()
	zone, err := attendance.LoadZone("")
	if err != nil {
		tb.Fatal(err)
	}
	return zone
}

// 2026-10-08 is 20,734 days after 1970-01-01, so Excel's number of it is
// 20,734 + 25,569 = 46,303, and 44,841 where 1904 is the first year.
func TestParseDay(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"2026-10-08", "2026-10-8", "2026/10/8", "2026.10.08", "2026年10月8日", "2026 年 10 月 8 日", "20261008", "２０２６－１０－０８",
		"2026-10-08 星期四", "2026/10/08(周四)", "2026-10-08 00:00:00", "2026/10/8 0:00", "2026-10-08T00:00:00", "46303", "46303.0",
	} {
		if d, err := parseDay(text, false); err != nil || d.String() != "2026-10-08" {
			t.Errorf("%q: %v, %v", text, d, err)
		}
	}
	if d, err := parseDay("44841", true); err != nil || d.String() != "2026-10-08" {
		t.Errorf("from 1904: %v, %v", d, err)
	}
	for _, text := range []string{
		"", "10/8/2026", "26-10-08", "2026-02-30", "2026-13-01", "2026-10-08 08:30", "46303.5", "19999", "80000", "1", "8-Oct-26", "NaN", "Inf", "1e5", "昨天", "1969-12-31",
	} {
		if d, err := parseDay(text, false); err == nil {
			t.Errorf("%q is %s", text, d)
		}
	}
}

func TestParseClock(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"8:30": "08:30", "08:30:15": "08:30:15", "8：30": "08:30", "0:00": "00:00", "23:59:59": "23:59:59",
		"上午8:30": "08:30", "上午 8:30": "08:30", "上午12:05": "00:05", "凌晨1:00": "01:00", "早上7:59": "07:59",
		"下午5:30": "17:30", "下午12:30": "12:30", "下午17:30": "17:30", "晚上8点": "20:00", "中午12:00": "12:00", "中午1:15": "13:15", "中午11:50": "11:50",
		"8:30 AM": "08:30", "12:00 am": "00:00", "5:30pm": "17:30", "PM 5:30": "17:30", "8点30分": "08:30", "8时5分6秒": "08:05:06",
		"8:30:15.5": "08:30:15", "08:30:15.000": "08:30:15", "晚上11:59": "23:59", "晚上20:00": "20:00", "下午0:30": "12:30",
		// 0.999998 x 86,400 = 86,399.83, which is nearer to the day's end than to 23:59:59.
		"次日01:30": "+1 01:30", "0.999998": "+1 00:00", "0.999988426": "23:59:59", "0.354166666666667": "08:30", "0": "00:00", "0.75": "18:00",
	} {
		if c, err := parseClock(text); err != nil || c.String() != want {
			t.Errorf("%q: %s, %v; want %s", text, c, err, want)
		}
	}
	for _, text := range []string{
		"", "24:00", "8:60", "8:30:60", "8", "1", "830", "上午13:00", "下午25:00", "8:30 am pm", "上午8:30 PM", "中午5:00", "1.5", "-0.5", "NaN", "晚上12:00", "晚上1:30", "26:00", "8.30",
	} {
		if c, err := parseClock(text); err == nil {
			t.Errorf("%q is %s", text, c)
		}
	}
}

// What passes 24 hours says how it is to be written. 1.08333333 x 24 is 26 hours.
func TestPastMidnight(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"24:00", "26:00", "47:59:59", "1.08333333"} {
		if _, err := parseClock(text); err == nil || !strings.Contains(err.Error(), "write it as 次日01:30") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// In Shanghai, 8 hours ahead, 2026-10-08 08:30 is 20,734 x 86,400 + 30,600 -
// 28,800 = 1,791,419,400.
func TestParseMoment(t *testing.T) {
	t.Parallel()
	zone := shanghai(t)
	for _, text := range []string{
		"2026-10-08 08:30", "2026/10/8 8:30", "2026年10月8日8:30", "2026年10月8日 上午8:30", "2026-10-08  08:30:00", "2026-10-08 08:30:00", "2026/10/08 08:30:00", "2026-10-08T08:30:00",
		"2026-10-08T08:30:00+08:00", "2026-10-08T00:30:00Z", "2026/10/08 星期四 8:30", "2026/10/8(周四) 8:30", "20261008 08:30", "20261008083000",
		"1791419400", "46303.3541666667", "2026-10-08 8:30 AM",
	} {
		if at, err := parseMoment(text, zone, false); err != nil || at != 1791419400 {
			t.Errorf("%q: %d, %v", text, at, err)
		}
	}
	for _, text := range []string{"", "08:30", "2026-10-08", "2026-10-081:30", "2026-10-08 25:00", "2026-02-30 08:30", "2026-02-30 08:30:00", "2026-10-08 24:00:00", "2026-10-08 08:60:00", "2026-10-08 08:30:60", "2026-13-08 08:30:00", "10/8/2026 08:30", "0.5", "20261308083000", "abc"} {
		if at, err := parseMoment(text, zone, false); err == nil {
			t.Errorf("%q is %d", text, at)
		}
	}
}
