package app_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

// Verdicts come back by member and day, the newest in the place of others, and
// go with the member who is erased.
func TestVerdicts(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		d := attendance.DayOf(2025, 9, 1)
		days := []app.Verdict{
			{"zhangsan", d + 1, []byte(`{"n":1}`), 10}, {"night1", d, []byte(`{"n":2}`), 10},
			{"ZhangSan", d, []byte(`{"n":3}`), 10}, {"zhangSan", d + 1, []byte(`{"n":4}`), 20},
		}
		months := []app.MonthVerdict{
			{"night1", d, d + 29, []byte(`{"m":1}`), 10}, {"night1", d, d + 10, []byte(`{"m":2}`), 10}, {"night1", d, d + 29, []byte(`{"m":3}`), 30},
		}
		must(t, f.AddVerdicts(ctx, f.corp, days, months))
		read := func(users []attendance.UserID, first, last attendance.Day) (days []app.Verdict, months []app.MonthVerdict) {
			must(t, f.Verdicts(ctx, f.corp, users, first, last, func(v app.Verdict) error {
				days = append(days, v)
				return nil
			}))
			must(t, f.MonthVerdicts(ctx, f.corp, users, first, last, func(v app.MonthVerdict) error {
				months = append(months, v)
				return nil
			}))
			return days, months
		}
		all, sums := read(nil, d, d+29)
		want := []app.Verdict{{"ZhangSan", d, []byte(`{"n":3}`), 10}, {"ZhangSan", d + 1, []byte(`{"n":4}`), 20}, {"night1", d, []byte(`{"n":2}`), 10}}
		if diff := cmp.Diff(want, all); diff != "" {
			t.Errorf("days (-want +got):\n%s", diff)
		}
		wantSums := []app.MonthVerdict{{"night1", d, d + 10, []byte(`{"m":2}`), 10}, {"night1", d, d + 29, []byte(`{"m":3}`), 30}}
		if diff := cmp.Diff(wantSums, sums); diff != "" {
			t.Errorf("months (-want +got):\n%s", diff)
		}
		if some, sums := read([]attendance.UserID{"ZhangSan", "nobody"}, d+1, d+9); len(some) != 1 || len(sums) != 0 {
			t.Errorf("of one member on one day: %v %v", some, sums)
		}
		stop := errors.New("stop")
		if err := f.Verdicts(ctx, f.corp, nil, d, d+29, func(app.Verdict) error { return stop }); !errors.Is(err, stop) {
			t.Errorf("a visit that fails: %v", err)
		}
		err := f.AddVerdicts(ctx, f.corp, []app.Verdict{{"nobody", d, nil, 1}}, nil)
		if !errors.Is(err, attendance.ErrUnknownUser) {
			t.Errorf("a verdict on nobody: %v", err)
		}
		if err := f.AddVerdicts(ctx, f.corp, nil, []app.MonthVerdict{{"night1", d, d - 1, nil, 1}}); !errors.Is(err, app.ErrBadInput) {
			t.Errorf("days that end before they begin: %v", err)
		}
		_, err = f.Erase(ctx, f.corp, "night1")
		must(t, err)
		if left, sums := read(nil, d, d+29); len(left) != 2 || len(sums) != 0 {
			t.Errorf("after the erasure: %v %v", left, sums)
		}
	})
}

// What WeCom told and tells no more is forgotten, of those members and days that
// were asked about and of none else: a report that stays would be compared for
// ever with what it once was.
func TestVerdictsToldNoMore(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		d := attendance.DayOf(2025, 9, 1)
		doc := []byte(`{}`)
		must(t, f.AddVerdicts(ctx, f.corp, []app.Verdict{
			{"ZhangSan", d, doc, 10}, {"ZhangSan", d + 1, doc, 10}, {"ZhangSan", d + 2, doc, 10}, {"night1", d + 1, doc, 10},
		}, []app.MonthVerdict{{"ZhangSan", d, d + 29, doc, 10}, {"ZhangSan", d + 30, d + 60, doc, 10}, {"night1", d, d + 29, doc, 10}}))
		asked := app.MirrorBatch{Kind: app.MirroredDays, Users: []attendance.UserID{"zhangsan"}, First: d, Last: d + 1, At: 20}
		changed, err := f.MirrorVerdicts(ctx, f.corp, asked, []app.Verdict{{"ZhangSan", d, doc, 20}}, nil)
		must(t, err)
		if changed != 1 { // the second day's is gone
			t.Errorf("days: %d changed, want 1", changed)
		}
		asked.Kind, asked.Last = app.MirroredMonths, d+29
		changed, err = f.MirrorVerdicts(ctx, f.corp, asked, nil, nil)
		must(t, err)
		if changed != 1 {
			t.Errorf("months: %d changed, want 1", changed)
		}
		var left []attendance.Day
		must(t, f.Verdicts(ctx, f.corp, nil, d, d+60, func(v app.Verdict) error { left = append(left, v.Day-d); return nil }))
		must(t, f.MonthVerdicts(ctx, f.corp, nil, d, d+60, func(v app.MonthVerdict) error { left = append(left, v.First-d); return nil }))
		// ZhangSan's first and third day, night1's second; ZhangSan's second month, night1's first.
		if diff := cmp.Diff([]attendance.Day{0, 2, 1, 30, 0}, left); diff != "" {
			t.Errorf("left (-want +got):\n%s", diff)
		}
	})
}
