package app_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/explain"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

// The card of 09:30 is 1,800 s late for 09:00; corrected to 09:00 it is not; and
// it is again once the correction was taken back. What was known before stays.
// An approved correction counts in sp_items of type 2, until it is taken back.
func TestWithdrawCorrection(t *testing.T) {
	t.Parallel()
	for name, by := range map[string]attendance.CorrectionBy{"of an app": attendance.ByAPI, "approved": attendance.ByApproval} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, db *store.DB) {
				ctx := context.Background()
				f := newFixture(t, db)
				wednesday := day(t, "2025-09-10")
				f.punch(t, "ZhangSan", "2025-09-10 09:30:00", "2025-09-10 18:00:00")
				step := func() int64 { f.clock.at = f.clock.at.Add(time.Hour); return f.clock.at.Unix() }
				late := f.Now()
				corrected := step()
				must(t, f.AddFacts(ctx, f.corp, app.FactSet{Corrections: []app.CorrectionFact{{User: "ZhangSan", Correction: attendance.Correction{
					Day: wednesday, Slot: 32400, At: at(t, "2025-09-10 09:00:00"), KnownAt: corrected, By: by,
				}}}}))
				taken := step()
				back, err := f.WithdrawCorrection(ctx, f.caller, app.Withdrawal{User: "zhangsan", Day: wednesday, Slot: 32400, Remark: "补错了"})
				must(t, err)
				if len(back) != 1 || back[0].At != at(t, "2025-09-10 09:00:00") || back[0].By != by {
					t.Errorf("taken back: %+v", back)
				}
				again := step()
				must(t, f.Correct(ctx, f.caller, app.CorrectionRequest{User: "ZhangSan", Day: wednesday, Slot: 32400, At: at(t, "2025-09-10 09:10:00")}))
				approved := int32(0)
				if by == attendance.ByApproval {
					approved = 1
				}
				for _, tt := range []struct {
					name  string
					asOf  int64
					late  int32
					count int32
				}{
					{"at first", late, 1800, 0},
					{"corrected to 09:00", corrected, 0, approved},
					{"a second before it was taken back", taken - 1, 0, approved},
					{"taken back", taken, 1800, 0},
					{"a second before another", again - 1, 1800, 0},
					{"corrected to 09:10", again, 600, 0},
				} {
					r := f.dayReport(t, "ZhangSan", wednesday, tt.asOf)
					if got := summarise(&r); got.late != tt.late || int32(r.Corrected) != tt.count {
						t.Errorf("%s: %d s late, %d corrections by approval, want %d and %d", tt.name, got.late, r.Corrected, tt.late, tt.count)
					}
				}
				basis, err := f.DayBasis(ctx, f.corp, "ZhangSan", wednesday, 0)
				must(t, err)
				// It was taken back two hours after the fixture's noon of the 11th.
				told := 0
				for lang, want := range map[explain.Lang]string{explain.English: "taken back on 2025-09-11 14:00:00", explain.Chinese: "已于 2025-09-11 14:00:00 撤销"} {
					for _, part := range explain.Day(&basis.Facts, &basis.Person, basis.Report, lang).Parts {
						for _, line := range part.Lines {
							if strings.Contains(line.Text, want) {
								told++
							}
						}
					}
				}
				if told != 2 {
					t.Errorf("the explanation tells in %d of two languages that it was taken back", told)
				}
				heads, _, err := f.Forms(ctx, f.corp, app.FormQuery{To: 1 << 40, Limit: 9})
				must(t, err)
				if by == attendance.ByApproval && (len(heads) != 1 || heads[0].Status != attendance.Revoked) {
					t.Errorf("forms: %+v", heads)
				}
			})
		})
	}
}

// What does not exist, or was taken back already, is refused and leaves no entry;
// of several that stand in a slot all are taken back, or the one of a time.
func TestWithdrawRefused(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		wednesday, sunday := day(t, "2025-09-10"), day(t, "2025-09-07")
		correct := func(d attendance.Day, slot attendance.TimeOfDay, clock string) {
			must(t, f.Correct(ctx, f.caller, app.CorrectionRequest{User: "ZhangSan", Day: d, Slot: slot, At: at(t, d.String()+" "+clock)}))
		}
		correct(wednesday, 32400, "08:50:00")
		correct(wednesday, 32400, "08:55:00")
		correct(sunday, attendance.NoTime, "10:00:00")
		correct(sunday, attendance.NoTime, "12:00:00")
		refused := func(w app.Withdrawal, want error) {
			t.Helper()
			if _, err := f.CheckWithdrawal(ctx, f.caller, w); !errors.Is(err, want) {
				t.Errorf("%+v: %v, want %v", w, err, want)
			}
			if _, err := f.WithdrawCorrection(ctx, f.caller, w); !errors.Is(err, want) {
				t.Errorf("%+v: %v, want %v", w, err, want)
			}
		}
		refused(app.Withdrawal{User: "nobody", Day: wednesday, Slot: 32400}, attendance.ErrUnknownUser)
		refused(app.Withdrawal{User: "ZhangSan", Day: wednesday, Slot: 64800}, app.ErrNoCorrection)
		refused(app.Withdrawal{User: "ZhangSan", Day: wednesday + 1, Slot: 32400}, app.ErrNoCorrection)
		refused(app.Withdrawal{User: "ZhangSan", Day: sunday, Slot: attendance.NoTime, At: at(t, "2025-09-07 11:00:00")}, app.ErrNoCorrection)
		withdraw := func(w app.Withdrawal, want int) {
			t.Helper()
			standing, err := f.CheckWithdrawal(ctx, f.caller, w)
			must(t, err)
			taken, err := f.WithdrawCorrection(ctx, f.caller, w)
			must(t, err)
			if len(standing) != want || len(taken) != want {
				t.Errorf("%+v: %d would be taken back and %d were, want %d", w, len(standing), len(taken), want)
			}
		}
		both := app.Withdrawal{User: "ZhangSan", Day: wednesday, Slot: 32400}
		ten := app.Withdrawal{User: "ZhangSan", Day: sunday, Slot: attendance.NoTime, At: at(t, "2025-09-07 10:00:00")}
		withdraw(both, 2)
		withdraw(ten, 1)
		refused(both, app.ErrCorrectionWithdrawn)
		refused(ten, app.ErrCorrectionWithdrawn)
		ten.At = 0
		withdraw(ten, 1) // that of 12:00
		entries, err := f.Audit(ctx, f.corp, 0, 0)
		must(t, err)
		var acts []string
		for _, e := range entries {
			if e.Action == "correction.withdraw" {
				acts = append(acts, e.Action)
			}
		}
		if len(acts) != 3 {
			t.Errorf("%d entries of the audit log, want 3", len(acts))
		}
		// A correction like one that was taken back is one more.
		correct(wednesday, 32400, "08:55:00")
		withdraw(both, 1)
	})
}

// In a closed month what is taken back is an adjustment.
func TestWithdrawInClosedMonth(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		wednesday := day(t, "2025-09-10")
		f.punch(t, "ZhangSan", "2025-09-10 09:30:00", "2025-09-10 18:00:00")
		must(t, f.Correct(ctx, f.caller, app.CorrectionRequest{User: "ZhangSan", Day: wednesday, Slot: 32400, At: at(t, "2025-09-10 09:00:00")}))
		f.clock.at = time.Date(2025, 10, 3, 9, 0, 0, 0, noon.Location())
		must(t, f.CloseMonth(ctx, f.corp, september, "hr", ""))
		f.clock.at = f.clock.at.Add(time.Hour)
		_, err := f.WithdrawCorrection(ctx, f.caller, app.Withdrawal{User: "ZhangSan", Day: wednesday, Slot: 32400})
		must(t, err)
		if r := f.dayReport(t, "ZhangSan", wednesday, 0); summarise(&r).late != 0 {
			t.Error("the closed month has changed")
		}
		list, err := f.Adjustments(ctx, f.corp, september)
		must(t, err)
		if len(list) != 1 || list[0].Day != wednesday || len(list[0].Closed.ExceptionInfos) != 0 ||
			len(list[0].Now.ExceptionInfos) != 1 || list[0].Now.ExceptionInfos[0].Duration != 1800 {
			t.Errorf("adjustments: %+v", list)
		}
	})
}
