package app_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

// A year whose document names no day is one without holidays: its reports say
// nothing of a missing calendar. The years around it are not known by that, nor
// by a break that reaches into them.
func TestYearWithoutHolidays(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		unknown := func(text string) bool {
			t.Helper()
			return f.dayReport(t, "ZhangSan", day(t, text), 0).NoCalendar
		}
		if !unknown("2019-03-04") || !unknown("2018-12-31") || unknown("2020-03-04") {
			t.Error("before: 2018 or 2019 is known, or 2020 is not")
		}
		_, err := f.SetHolidays(ctx, f.corp, []byte(`{"2018":{"breaks":[],"statutory":[]}}`))
		must(t, err)
		if unknown("2018-01-01") || unknown("2018-12-31") || !unknown("2019-01-01") || !unknown("2017-12-31") {
			t.Error("2018 is not known, or its neighbours are")
		}
		// New Year's Eve 2017 is a Sunday: it was free anyway, now by the break.
		_, err = f.SetHolidays(ctx, f.corp, []byte(`{"2018":{"breaks":[{"name":"元旦","first":"2017-12-30","last":"2018-01-01"}],"statutory":["2018-01-01"]}, "2016":{}}`))
		must(t, err)
		if !unknown("2017-12-31") || unknown("2018-03-01") || unknown("2016-02-29") {
			t.Error("2017 is known, or 2016 or 2018 is not")
		}
		c, err := f.Calendar(ctx, f.corp)
		must(t, err)
		if got, want := fmt.Sprint(c.Years()), "[2016 2018 2020 2021 2022 2023 2024 2025 2026]"; got != want {
			t.Errorf("known %s, want %s", got, want)
		}
		if c := app.PublicCalendar(); fmt.Sprint(c.Years()) != "[2020 2021 2022 2023 2024 2025 2026]" || c.Mark(day(t, "2026-10-10")) != attendance.MakeupDay {
			t.Errorf("corporations start with %v, and 2026-10-10 is %v", c.Years(), c.Mark(day(t, "2026-10-10")))
		}
	})
}

// The month's sum counts the days of a year without a calendar.
func TestMonthWithoutCalendar(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		march := func() (n int32) {
			q := app.Query{Corp: f.corp, Users: []attendance.UserID{"ZhangSan"}, First: day(t, "2019-03-01"), Last: day(t, "2019-03-31")}
			must(t, f.MonthReports(ctx, q, func(_ *app.Member, r *attendance.MonthReport) error {
				n = r.NoCalendar
				return nil
			}))
			return n
		}
		if n := march(); n != 31 {
			t.Errorf("%d days without a calendar, want 31", n)
		}
		_, err := f.SetHolidays(ctx, f.corp, []byte(`{"2019":{}}`))
		must(t, err)
		if n := march(); n != 0 {
			t.Errorf("%d days without a calendar in a year without holidays", n)
		}
	})
}

// A year of one's own takes the place of that year's document alone: the break
// of 2023 keeps its first day, 2022-12-31.
func TestOwnYearLeavesTheNext(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		_, err := f.SetHolidays(ctx, f.corp, []byte(`{"2022":{}}`))
		must(t, err)
		c, err := f.Calendar(ctx, f.corp)
		must(t, err)
		if h, ok := c.On(day(t, "2022-12-31")); !ok || !h.Off {
			t.Errorf("2022-12-31: %+v, %v", h, ok)
		}
		if h, ok := c.On(day(t, "2022-10-01")); ok {
			t.Errorf("2022-10-01: %+v in a year without holidays", h)
		}
	})
}

func TestSetHolidaysRefuses(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db)
		for _, tt := range []struct{ name, doc, part string }{
			{"no object", `[]`, "not a JSON object of years"},
			{"no year", `{"x":{}}`, `"x" is not a year`},
			{"null", `{"2027":null}`, "a year without holidays is {}"},
			{"unknown member", `{"2027":{"brakes":[]}}`, "brakes"},
			{"another year", `{"2027":{"breaks":[{"name":"元旦","first":"2026-01-01","last":"2026-01-01"}]}}`, "2026-01-01 is more than a month away"},
			{"make-up day of another year", `{"2027":{"breaks":[{"name":"元旦","first":"2027-01-01","last":"2027-01-01","makeups":["2028-03-04"]}]}}`, "2028-03-04"},
			{"statutory in no break", `{"2027":{"breaks":[],"statutory":["2027-10-01"]}}`, "statutory: 2027-10-01 is in no break"},
			{"backwards", `{"2027":{"breaks":[{"name":"元旦","first":"2027-01-03","last":"2027-01-01"}]}}`, "breaks[0].last"},
		} {
			_, err := f.SetHolidays(context.Background(), f.corp, []byte(tt.doc))
			if !errors.Is(err, app.ErrBadInput) || !strings.Contains(err.Error(), tt.part) {
				t.Errorf("%s: %v", tt.name, err)
			}
		}
	})
}
