package app_test

import (
	"context"
	"errors"
	"testing"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

// A trial judges by the options that it is given, and changes nothing.
func TestTrialUnderOtherOptions(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		wednesday := day(t, "2025-09-10")
		f.punch(t, "ZhangSan", "2025-09-10 08:30:00", "2025-09-10 19:00:00")
		trial, err := f.Trial(ctx, app.Query{Corp: f.corp, First: wednesday, Last: wednesday})
		must(t, err)
		opts := trial.Options()
		// 8:30 to 19:00 less an hour's rest is 9:30, and cut to 9:00 to 18:00 it is 8:00.
		for clip, want := range map[bool]int32{false: 34_200, true: 28_800} {
			opts.ClipActual = clip
			j := trial.Under(opts)
			if got := j.Day("ZhangSan", wednesday, 0).Worked; got != want {
				t.Errorf("clipped %v: worked %d s, want %d", clip, got, want)
			}
			if m, ok := j.MonthOf(trial.Person("ZhangSan"), wednesday, wednesday, 0); !ok || m.Worked != int64(want) {
				t.Errorf("clipped %v: month %+v, want %d s", clip, m, want)
			}
			if got := j.Facts(0); got.Options.ClipActual != clip || got.AsOf != f.Now() {
				t.Errorf("facts %+v", got)
			}
		}
		if got := f.dayReport(t, "ZhangSan", wednesday, 0).Worked; got != 34_200 {
			t.Errorf("after the trial: worked %d s", got)
		}
		if m := trial.Member("ZhangSan", wednesday); m == nil || m.Name != "张三" || trial.Member("nobody", wednesday) != nil {
			t.Errorf("member %+v", m)
		}
		_, err = f.Trial(ctx, app.Query{Corp: f.corp, Users: []attendance.UserID{"nobody"}, First: wednesday, Last: wednesday})
		if !errors.Is(err, attendance.ErrUnknownUser) {
			t.Errorf("unknown member: %v", err)
		}
	})
}

// Of another moment requests are what they were then, and all else is known.
func TestTrialAtAnotherMoment(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		wednesday := day(t, "2025-09-10")
		f.punch(t, "ZhangSan", "2025-09-10 13:00:00", "2025-09-10 18:00:00") // known at noon of the 11th
		must(t, f.AddApprovals(ctx, f.corp, []app.ApprovalEntry{{
			User: "ZhangSan", Status: attendance.Passed, KnownAt: at(t, "2025-09-11 10:00:00"),
			Approval: attendance.Approval{
				No: "1", Kind: attendance.LeaveApproval, From: at(t, "2025-09-10 09:00:00"), To: at(t, "2025-09-10 12:00:00"),
			},
		}}))
		trial, err := f.Trial(ctx, app.Query{Corp: f.corp, First: wednesday, Last: wednesday})
		must(t, err)
		j := trial.Under(trial.Options())
		for moment, want := range map[string]int{"2025-09-11 09:59:59": 0, "2025-09-11 10:00:00": 1} {
			r := j.Day("ZhangSan", wednesday, at(t, moment))
			if len(r.Approvals) != want || r.Count != 2 {
				t.Errorf("at %s: %d requests, %d cards, want %d and 2", moment, len(r.Approvals), r.Count, want)
			}
		}
	})
}
