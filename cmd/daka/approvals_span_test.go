package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/dakahq/daka/internal/attendance"
)

func TestReadEnds(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		args []string
		want string
	}{
		{[]string{"2026-10-08"}, "[{2026-10-08 } {2026-10-08 }]"},
		{[]string{"2026-10-08", "2026-10-09"}, "[{2026-10-08 } {2026-10-09 }]"},
		{[]string{"2026-10-08 pm"}, "[{2026-10-08 pm} {2026-10-08 pm}]"},
		{[]string{"2026-10-08", "下午", "2026-10-09", "AM"}, "[{2026-10-08 下午} {2026-10-09 AM}]"},
		{[]string{"2026-10-08下午", "明天上午"}, "[{2026-10-08 下午} {明天 上午}]"},
		{[]string{"2026-10-08", "09:00", "11:00"}, "[{2026-10-08 09:00} {2026-10-08 11:00}]"},
		{[]string{"2026-10-08 22:00", "2026-10-09 02:00"}, "[{2026-10-08 22:00} {2026-10-09 02:00}]"},
		{[]string{"2026-10-08", "22:00", "+1", "02:00"}, "[{2026-10-08 22:00} {2026-10-08 +1 02:00}]"},
		{[]string{"２０２６－１０－０８　２２：００", "次日02:00"}, "[{2026-10-08 22:00} {2026-10-08 次日02:00}]"},
		{[]string{"2026-10-08T09:00", "2026-10-08T11:00:30"}, "[{2026-10-08 09:00} {2026-10-08 11:00:30}]"},
		{[]string{"tomorrow", "9:00", "10:30"}, "[{tomorrow 9:00} {tomorrow 10:30}]"},
		{[]string{"09:00", "2026-10-08"}, `"09:00": of which day?`},
		{[]string{"2026-10-08", "2026-10-09", "2026-10-10"}, `want a FROM and a TO like 2026-10-08 09:00, 2026-10-08 pm or 2026-10-08, got "2026-10-08 2026-10-09 2026-10-10"`},
		{[]string{""}, `want a FROM and a TO like 2026-10-08 09:00, 2026-10-08 pm or 2026-10-08, got ""`},
	} {
		ends, err := readEnds(tt.args)
		got := fmt.Sprint(ends)
		if err != nil {
			got = err.Error()
		}
		if got != tt.want {
			t.Errorf("%s: %s, want %s", strings.Join(tt.args, " "), got, tt.want)
		}
	}
}

// A time of the day after is on that day.
func TestSpanOfNextDay(t *testing.T) {
	t.Parallel()
	zone, err := attendance.LoadZone("")
	if err != nil {
		t.Fatal(err)
	}
	want, err := spanOf([]requestEnd{{"2026-10-08", "22:00"}, {"2026-10-09", "02:00"}}, zone)
	if err != nil {
		t.Fatal(err)
	}
	for _, rest := range []string{"次日02:00", "+1 02:00"} {
		if got, err := spanOf([]requestEnd{{"2026-10-08", "22:00"}, {"2026-10-08", rest}}, zone); err != nil || got.From != want.From || got.To != want.To {
			t.Errorf("%s: %d to %d, %v, want %d to %d", rest, got.From, got.To, err, want.From, want.To)
		}
	}
}
