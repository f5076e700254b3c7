package app_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

// A year goes back to what corporations start with, and one that is not among
// that to not known. It can be set again.
func TestResetHolidays(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		_, err := f.SetHolidays(ctx, f.corp, []byte(`{"2026":{},"2030":{}}`))
		must(t, err)
		calendar := func() *attendance.Calendar {
			c, err := f.Calendar(ctx, f.corp)
			must(t, err)
			return c
		}
		if c := calendar(); c.Mark(day(t, "2026-10-10")) != attendance.Ordinary || !c.Knows(day(t, "2030-01-01")) {
			t.Error("before: 2026 is not empty, or 2030 is not known")
		}
		must(t, f.ResetHolidays(ctx, f.corp, 2026))
		must(t, f.ResetHolidays(ctx, f.corp, 2030))
		if c := calendar(); fmt.Sprint(c.Years()) != "[2020 2021 2022 2023 2024 2025 2026]" || c.Mark(day(t, "2026-10-10")) != attendance.MakeupDay {
			t.Errorf("after: %v, and 2026-10-10 is %v", c.Years(), c.Mark(day(t, "2026-10-10")))
		}
		_, err = f.SetHolidays(ctx, f.corp, []byte(`{"2026":{}}`))
		must(t, err)
		if calendar().Mark(day(t, "2026-10-10")) != attendance.Ordinary {
			t.Error("a year that was reset cannot be set again")
		}
		if err := f.ResetHolidays(ctx, f.corp, 26); !errors.Is(err, app.ErrBadInput) {
			t.Errorf("year 26: %v", err)
		}
	})
}

// What is told of the calendar can be put, and makes no difference.
func TestHolidaysAsTheyArePut(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		const own = `{"2018":{"breaks":[{"name":"元旦","first":"2017-12-30","last":"2018-01-01"},{"name":"调休","makeups":["2018-03-04"]}],"statutory":["2018-01-01"]},"2019":{}}`
		_, err := f.SetHolidays(ctx, f.corp, []byte(own))
		must(t, err)
		before, err := f.Calendar(ctx, f.corp)
		must(t, err)
		if before.Mark(day(t, "2018-03-04")) != attendance.MakeupDay || before.Mark(day(t, "2018-01-01")) != attendance.OffStatutory {
			t.Errorf("2018-03-04 is %v, 2018-01-01 %v", before.Mark(day(t, "2018-03-04")), before.Mark(day(t, "2018-01-01")))
		}
		doc, err := f.Holidays(ctx, f.corp)
		must(t, err)
		var years map[string]json.RawMessage
		must(t, json.Unmarshal(doc, &years))
		if len(years) != 9 { // 2018, 2019, and 2020 to 2026
			t.Errorf("%d years", len(years))
		}
		made, err := app.CalendarOf(doc)
		must(t, err)
		_, err = f.SetHolidays(ctx, f.corp, doc)
		must(t, err)
		after, err := f.Calendar(ctx, f.corp)
		must(t, err)
		for name, c := range map[string]*attendance.Calendar{"made": made, "put": after} {
			if diff := cmp.Diff(before.Days(), c.Days()); diff != "" || fmt.Sprint(c.Years()) != fmt.Sprint(before.Years()) {
				t.Errorf("%s: years %v (-before +after):\n%s", name, c.Years(), diff)
			}
		}
	})
}
