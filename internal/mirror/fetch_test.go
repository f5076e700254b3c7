package mirror_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
)

// What is told of somebody who is not in the contacts is passed over, whichever
// call tells it, and all else is copied.
func TestStrangers(t *testing.T) {
	t.Parallel()
	x := newAltered(t, 12, 1)
	arrays := map[string]string{
		"checkin/getcheckindata": "checkindata", "hardware/get_hardware_checkin_data": "checkindata", "checkin/getcheckinoption": "info",
		"checkin/getcheckin_daydata": "datas", "checkin/getcheckin_monthdata": "datas", "checkin/getcheckinschedulist": "schedule_list",
	}
	met := map[string]bool{}
	x.alter = func(c call, answer []byte) []byte {
		array, ok := arrays[c.path]
		if !ok {
			return nil
		}
		var doc map[string]any
		must(t, json.Unmarshal(answer, &doc))
		list, _ := doc[array].([]any)
		if len(list) == 0 {
			return nil
		}
		met[c.path] = true
		var copied map[string]any
		text, err := json.Marshal(list[0])
		must(t, err)
		must(t, json.Unmarshal(text, &copied))
		if base, ok := copied["base_info"].(map[string]any); ok {
			base["acctid"] = "stranger"
		} else {
			copied["userid"] = "stranger"
		}
		doc[array] = append(list, copied)
		text, err = json.Marshal(doc)
		must(t, err)
		return text
	}
	report, err := x.mirror.Run(t.Context())
	must(t, err)
	if len(met) != len(arrays) {
		t.Errorf("%d of %d calls told of a stranger: %v", len(met), len(arrays), met)
	}
	says(t, report, `"stranger"`, "left out")
	if list := problems(report); len(list) != 1 {
		t.Errorf("%q", list)
	}
	punches := 0
	must(t, x.app.DayReports(t.Context(), app.Query{Corp: x.corp, First: x.first, Last: x.last - 1}, func(_ *app.Member, r *attendance.DayReport) error {
		punches += len(r.Cards)
		return nil
	}))
	if punches == 0 {
		t.Error("no punch was copied")
	}
}

// Shifts that WeCom tells no more were taken back, and punches are counted.
func TestGone(t *testing.T) {
	t.Parallel()
	x := newAltered(t, 12, 1)
	_, err := x.mirror.Run(t.Context())
	must(t, err)
	yesterday := x.last - 1
	count := func(asOf int64) (shifts, cards int) {
		q := app.Query{Corp: x.corp, First: yesterday, Last: yesterday, AsOf: asOf}
		must(t, x.app.DayReports(t.Context(), q, func(_ *app.Member, r *attendance.DayReport) error {
			cards += len(r.Cards)
			if r.Kind.Shift != nil {
				shifts++
			}
			return nil
		}))
		return shifts, cards
	}
	before := x.Clock.Now().Unix()
	shifts, cards := count(0)
	if shifts == 0 || cards == 0 {
		t.Fatalf("yesterday has %d shifts and %d cards", shifts, cards)
	}
	x.alter = func(c call, answer []byte) []byte {
		switch c.path {
		case "checkin/getcheckinschedulist":
			return []byte(`{"errcode":0,"errmsg":"ok","schedule_list":[]}`)
		case "checkin/getcheckindata":
			return []byte(`{"errcode":0,"errmsg":"ok","checkindata":[]}`)
		}
		return nil
	}
	x.Clock.Advance(time.Hour)
	report, err := x.mirror.Run(t.Context())
	must(t, err)
	if n, _ := count(0); n != 0 {
		t.Errorf("%d shifts are there still", n)
	}
	if n, c := count(before); n != shifts || c != cards {
		t.Errorf("as known before: %d shifts and %d cards, want %d and %d", n, c, shifts, cards)
	}
	says(t, report, "count still", "more")
	x.alter = nil
	x.Clock.Advance(time.Hour)
	report, err = x.mirror.Run(t.Context())
	must(t, err)
	if n, c := count(0); n != shifts || c != cards {
		t.Errorf("told again: %d shifts and %d cards, want %d and %d", n, c, shifts, cards)
	}
	for _, text := range report.Problems {
		if strings.Contains(text, "count still") {
			t.Error(text)
		}
	}
}
