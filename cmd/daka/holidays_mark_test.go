package main

import (
	"encoding/json"
	"testing"

	"github.com/dakahq/daka/internal/attendance"
)

// A day is taken out of wherever it stands, and put where its name is.
func TestMarkDay(t *testing.T) {
	t.Parallel()
	const years = `{"2026":{"breaks":[{"name":"国庆","first":"2026-10-01","last":"2026-10-07","makeups":["2026-10-10"]}],"statutory":["2026-10-01"]},
		"2027":{"breaks":[{"name":"元旦","first":"2026-12-31","last":"2027-01-02","makeups":[]}],"statutory":["2027-01-01"]}}`
	const newYear = `,"2027":{"breaks":[{"name":"元旦","first":"2026-12-31","last":"2027-01-02","makeups":[]}],"statutory":["2027-01-01"]}}`
	for name, tt := range map[string]struct{ day, is, name, want string }{
		"one more at the end": {"2026-10-08", "free", "国庆", `{"2026":{"breaks":[{"name":"国庆","first":"2026-10-01","last":"2026-10-08","makeups":["2026-10-10"]}],"statutory":["2026-10-01"]}` + newYear},
		"one apart":           {"2026-10-09", "free", "厂休", `{"2026":{"breaks":[{"name":"国庆","first":"2026-10-01","last":"2026-10-07","makeups":["2026-10-10"]},{"name":"厂休","first":"2026-10-09","last":"2026-10-09","makeups":[]}],"statutory":["2026-10-01"]}` + newYear},
		"out of the middle":   {"2026-10-03", "ordinary", "", `{"2026":{"breaks":[{"name":"国庆","first":"2026-10-01","last":"2026-10-02","makeups":["2026-10-10"]},{"name":"国庆","first":"2026-10-04","last":"2026-10-07","makeups":[]}],"statutory":["2026-10-01"]}` + newYear},
		"the first, worked":   {"2026-10-01", "workday", "", `{"2026":{"breaks":[{"name":"国庆","first":"2026-10-02","last":"2026-10-07","makeups":["2026-10-10","2026-10-01"]}],"statutory":[]}` + newYear},
		"a makeup less":       {"2026-10-10", "ordinary", "", `{"2026":{"breaks":[{"name":"国庆","first":"2026-10-01","last":"2026-10-07","makeups":[]}],"statutory":["2026-10-01"]}` + newYear},
		"a makeup of nothing": {"2026-03-07", "workday", "盘点", `{"2026":{"breaks":[{"name":"国庆","first":"2026-10-01","last":"2026-10-07","makeups":["2026-10-10"]},{"name":"盘点","makeups":["2026-03-07"]}],"statutory":["2026-10-01"]}` + newYear},
		"statutory, its name": {"2026-10-02", "statutory", "", `{"2026":{"breaks":[{"name":"国庆","first":"2026-10-01","last":"2026-10-07","makeups":["2026-10-10"]}],"statutory":["2026-10-01","2026-10-02"]}` + newYear},
		"of the next year's": {"2026-12-31", "ordinary", "", `{"2026":{"breaks":[{"name":"国庆","first":"2026-10-01","last":"2026-10-07","makeups":["2026-10-10"]}],"statutory":["2026-10-01"]},` +
			`"2027":{"breaks":[{"name":"元旦","first":"2027-01-01","last":"2027-01-02","makeups":[]}],"statutory":["2027-01-01"]}}`},
	} {
		y, err := readYears([]byte(years))
		if err != nil {
			t.Fatal(err)
		}
		day, err := attendance.ParseDay(tt.day)
		if err != nil {
			t.Fatal(err)
		}
		after, err := y.mark(day, tt.is, tt.name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got, err := json.Marshal(after); err != nil || string(got) != tt.want {
			t.Errorf("%s: %v\n%s\nwant\n%s", name, err, got, tt.want)
		}
		// Of all days that one alone is another.
		list, err := calendarChanges(y, after)
		if err != nil || len(list) != 1 || list[0].Day != tt.day {
			t.Errorf("%s: changes %+v, %v", name, list, err)
		}
	}
	y, err := readYears([]byte(`{"2026":{}}`))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := y.mark(attendance.DayOf(2028, 1, 1), "free", "x"); err == nil {
		t.Error("a year that is not known comes to be known by a day")
	}
	if _, err := y.mark(attendance.DayOf(2026, 1, 1), "free", ""); err == nil {
		t.Error("a day is free for no holiday")
	}
}
