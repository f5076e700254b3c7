package checkin_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/dakahq/daka/checkin"
	"github.com/google/go-cmp/cmp"
)

// resumed is what a Fetch yields that is left after so many elements and gone
// on with from the text of its checkpoint.
func resumed(t *testing.T, f checkin.Fetch, after int) (before, then []string) {
	t.Helper()
	f.Checkpoint = &checkin.Checkpoint{}
	if after > 0 {
		for d, err := range f.DayReports(t.Context()) {
			must(t, err)
			if before = append(before, fmt.Sprint(d.BaseInfo.AcctID, "@", d.BaseInfo.Date)); len(before) == after {
				break
			}
		}
	}
	text, err := f.Checkpoint.MarshalText()
	must(t, err)
	f.Checkpoint = &checkin.Checkpoint{}
	must(t, f.Checkpoint.UnmarshalText(text))
	for d, err := range f.DayReports(t.Context()) {
		must(t, err)
		then = append(then, fmt.Sprint(d.BaseInfo.AcctID, "@", d.BaseInfo.Date))
	}
	return before, then
}

// In order, all but the elements of the member under way come once, wherever
// the loop was left: 103 members with 2 days each, in two calls.
func TestCheckpointInOrder(t *testing.T) {
	t.Parallel()
	srv := newFake(t)
	f := checkin.Fetch{Client: srv.client(), Users: userids(103), From: date("2025-01-31"), To: date("2025-02-01"), Parallel: 2}
	_, want := resumed(t, f, 0)
	if len(want) != 206 {
		t.Fatalf("%d elements", len(want))
	}
	for after := 1; after <= 206; after += 3 * stride() {
		before, then := resumed(t, f, after)
		again := (after-1)%2 + 1 // those of the member at whose element it was left
		if diff := cmp.Diff(want, append(before[:after-again], then...)); diff != "" {
			t.Fatalf("after %d: %s", after, diff)
		}
	}
}

// Unordered, the calls under way are made again, and no others: 3 members with
// 62 days in two calls.
func TestCheckpointUnordered(t *testing.T) {
	t.Parallel()
	srv := newFake(t)
	f := checkin.Fetch{Client: srv.client(), Users: userids(3), From: date("2025-01-01"), To: date("2025-03-03"), Parallel: 1, Unordered: true}
	_, want := resumed(t, f, 0)
	if len(want) != 186 {
		t.Fatalf("%d elements", len(want))
	}
	for after := 1; after <= 186; after += stride() {
		before, then := resumed(t, f, after)
		done := (after - 1) / 93 * 93 // elements of the call that had ended
		if diff := cmp.Diff(want, append(before[:done], then...)); diff != "" {
			t.Fatalf("after %d: %s", after, diff)
		}
	}
}

// stride leaves most prefixes out where each of them takes long.
func stride() int {
	if testing.Short() {
		return 15
	}
	return 1
}

func TestCheckpointOfAnotherFetch(t *testing.T) {
	t.Parallel()
	f := checkin.Fetch{Client: newFake(t).client(), Users: userids(3), From: date("2025-01-01"), To: date("2025-01-31"), Checkpoint: &checkin.Checkpoint{}}
	_, err := collect(f.DayReports(t.Context()))
	must(t, err)
	if all, err := collect(f.DayReports(t.Context())); err != nil || len(all) != 0 {
		t.Errorf("again at the end: %d elements, %v", len(all), err)
	}
	if _, err := collect(f.MonthReports(t.Context())); !errors.Is(err, checkin.ErrCheckpoint) {
		t.Errorf("other reports: %v", err)
	}
	for name, change := range map[string]func(*checkin.Fetch){
		"members":   func(f *checkin.Fetch) { f.Users = userids(4) },
		"order":     func(f *checkin.Fetch) { f.Unordered = true },
		"first day": func(f *checkin.Fetch) { f.From = date("2025-01-02") },
		"last day":  func(f *checkin.Fetch) { f.To = date("2025-01-30") },
	} {
		other := f
		change(&other)
		if _, err := collect(other.DayReports(t.Context())); !errors.Is(err, checkin.ErrCheckpoint) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, text := range []string{"", "1", "2:abc:0", "1:abc:1-", "1:abc:2-1", "1:abc:x", "1::0"} {
		if err := new(checkin.Checkpoint).UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q was read", text)
		}
	}
}

// The text is short and says how many members are done, who are not asked
// about again.
func TestCheckpointText(t *testing.T) {
	t.Parallel()
	srv := newFake(t)
	f := checkin.Fetch{Client: srv.client(), Users: userids(250), From: date("2025-01-01"), To: date("2025-01-01"), Checkpoint: &checkin.Checkpoint{}}
	n := 0
	for _, err := range f.DayReports(t.Context()) {
		must(t, err)
		if n++; n == 231 {
			break
		}
	}
	text, err := f.Checkpoint.MarshalText()
	must(t, err)
	// 1:, 22 of base64 for 16 bytes, and the members 0 to 229.
	if want := len("1:") + 22 + len(":0-229"); len(text) != want || string(text[24:]) != ":0-229" {
		t.Errorf("%s", text)
	}
	srv.calls = nil
	var told [][2]int
	f.Progress = func(done, total int) { told = append(told, [2]int{done, total}) }
	if _, err := collect(f.DayReports(t.Context())); err != nil || len(srv.calls) != 1 || len(srv.calls[0].users) != 20 {
		t.Errorf("%d calls, %v", len(srv.calls), err)
	}
	if diff := cmp.Diff([][2]int{{2, 3}, {3, 3}}, told); diff != "" {
		t.Errorf("progress: %s", diff)
	}
}
