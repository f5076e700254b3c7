package mirror_test

import (
	"slices"
	"testing"
	"time"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
)

// A leave that was handed in long before the first day, as that of a mother is,
// is told by no list of the days asked about, and by the day reports.
func TestFormHandedInLongBefore(t *testing.T) {
	t.Parallel()
	x := newAltered(t, 6, 1)
	day := func(d attendance.Day, hour int) int64 {
		return x.source.corp.Zone.At(d, attendance.TimeOfDay(hour*3600))
	}
	mother := x.users[0]
	leave := admin.Approval{
		UserID: string(mother), Number: "long", Kind: "leave", ByDay: true, Vacation: &admin.Vacation{ID: 7, Name: "产假"},
		From: day(x.first-60, 0), To: day(x.first+37, 12), Status: 2, KnownAt: day(x.first-90, 10), // 98 days
	}
	x.Facts(admin.Facts{Approvals: []admin.Approval{leave}})
	report, err := x.mirror.Run(t.Context())
	must(t, err)
	if list := problems(report); len(list) > 0 {
		t.Error(list)
	}
	all := x.sameForms(t)
	if !slices.ContainsFunc(all, func(f form) bool { return f.No == "long" }) {
		t.Error("the leave is not there")
	}
	x.source.compareReports(t, x.app, x.corp)
	x.Clock.Advance(time.Minute)
	calls := x.calls[detailPath]
	_, err = x.mirror.Run(t.Context())
	must(t, err)
	if n := x.calls[detailPath] - calls; n != 0 {
		t.Errorf("%d forms are asked about again", n)
	}
	// Nor does a list tell that it was taken back. It is asked about once a day.
	leave.Status, leave.KnownAt = 6, x.Clock.Now().Unix()
	x.Facts(admin.Facts{Approvals: []admin.Approval{leave}})
	x.Clock.Advance(24 * time.Hour)
	_, err = x.mirror.Run(t.Context())
	must(t, err)
	x.sameForms(t)
	calls = x.calls[detailPath]
	x.Clock.Advance(24 * time.Hour)
	_, err = x.mirror.Run(t.Context())
	must(t, err)
	if n := x.calls[detailPath] - calls; n != 0 {
		t.Errorf("%d forms are asked about again after they were taken back", n)
	}
}

// Who loses the right to forms later on keeps what they told, and what reports
// tell of new ones is made of them.
func TestFormToldWithoutRight(t *testing.T) {
	t.Parallel()
	x := newAltered(t, 6, 1)
	x.alter = refusing(48002, listPath, detailPath)
	d := x.first + 9
	at := func(hour int) int64 { return x.source.corp.Zone.At(d, attendance.TimeOfDay(hour*3600)) }
	x.Facts(admin.Facts{Approvals: []admin.Approval{{
		UserID: string(x.users[0]), Number: "told", Kind: "outing", From: at(14), To: at(15), Status: 2, KnownAt: at(8),
	}}})
	made := func() (n int) {
		t.Helper()
		must(t, x.app.DayReports(t.Context(), app.Query{Corp: x.corp, Users: x.users[:1], First: d, Last: d}, func(_ *app.Member, r *attendance.DayReport) error {
			for _, mark := range r.Approvals {
				if mark.Approval.No == "told" {
					n++
				}
			}
			return nil
		}))
		return n
	}
	_, err := x.mirror.Run(t.Context())
	must(t, err)
	if made() != 1 {
		t.Errorf("%d requests, want 1", made())
	}
	x.alter = nil
	x.Clock.Advance(time.Hour)
	_, err = x.mirror.Run(t.Context())
	must(t, err)
	if made() != 1 {
		t.Errorf("with the right again: %d requests, want 1", made())
	}
	x.sameForms(t)
}
