package mirror_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/mirror"
	"github.com/dakahq/daka/internal/wire"
)

// A terminal that was offline uploads a punch 20 days late. It counts, and the
// reports and records of its days, which were told without it, are asked for
// again: those before and after it too, whose judgement may turn on it.
func TestPunchUploadedLate(t *testing.T) {
	t.Parallel()
	x := newAltered(t, 6, 1)
	run := func(later time.Duration, late int) {
		t.Helper()
		x.Clock.Advance(later)
		report, err := x.mirror.Run(t.Context())
		must(t, err)
		kept, err := mirror.Late(t.Context(), x.app, x.corp)
		must(t, err)
		if report.Late != late || kept != late {
			t.Errorf("%d days are left to the next run, %d are kept as that, want %d", report.Late, kept, late)
		}
	}
	run(0, 0)
	run(time.Hour, 0)
	user, d := x.users[2], x.last-20 // 25 June, which is settled, as its month is
	x.Facts(admin.Facts{Punches: []admin.PunchFact{{
		UserID: string(user), At: x.corp.Zone.At(d, 5*3600+7), Source: "device", Device: "SN1", KnownAt: x.Clock.Now().Unix(),
	}}})
	asked := map[string]int{}
	x.alter = func(c call, _ []byte) []byte {
		var q struct{ StartTime, EndTime int64 }
		if json.Unmarshal(c.body, &q) == nil && q.StartTime <= x.corp.Zone.Midnight(d) && q.EndTime >= x.corp.Zone.Midnight(d) {
			asked[c.path]++
		}
		return nil
	}
	run(time.Hour, 3) // it is told, of a day between two others
	run(time.Hour, 0) // what it changes is
	for _, path := range []string{"checkin/getcheckindata", "checkin/getcheckin_daydata", "checkin/getcheckin_monthdata"} {
		if asked[path] != 1 {
			t.Errorf("%s: asked %d times about the day, want once", path, asked[path])
		}
	}
	want := map[attendance.Day]string{}
	must(t, x.source.app.DayReports(t.Context(), app.Query{Corp: x.source.corp, Users: []attendance.UserID{user}, First: d - 1, Last: d + 1}, func(m *app.Member, r *attendance.DayReport) error {
		text, err := json.Marshal(wire.DayDataOut(x.corp.Zone, r, wire.Who{Name: m.Name, Alias: m.Alias, Departs: m.Departs}))
		want[r.Day] = string(text)
		return err
	}))
	n := 0
	must(t, x.app.Verdicts(t.Context(), x.corp, []attendance.UserID{user}, d-1, d+1, func(v app.Verdict) error {
		n++
		if string(v.Doc) != want[v.Day] {
			t.Errorf("%s: the report that is kept is %s, the source's %s", v.Day, v.Doc, want[v.Day])
		}
		return nil
	}))
	if n != 3 {
		t.Errorf("%d reports, want 3", n)
	}
}

// Who once had a clock that was two days ahead loses nothing of these days: what
// was fetched at instants that have not come says nothing.
func TestClockThatWasAhead(t *testing.T) {
	t.Parallel()
	x := newAltered(t, 6, 1)
	run := func() *mirror.Report {
		t.Helper()
		r, err := x.mirror.Run(t.Context())
		must(t, err)
		return r
	}
	run()
	ahead := x.Clock.Now().Add(48 * time.Hour)
	for _, kind := range []string{"records", "devices"} {
		_, err := x.app.MirrorPunches(t.Context(), x.corp, app.MirrorBatch{
			Kind: kind, Users: x.users, First: x.last, Last: x.last + 2, At: ahead.Unix(),
		}, nil, kind == "devices")
		must(t, err)
	}
	x.Clock.Advance(time.Hour)
	x.Punch(string(x.users[2]), x.Clock.Now())
	if got := of(run(), "records"); got.Changed != 1 {
		t.Errorf("records: %+v, want the punch of this hour", got)
	}
	must(t, mirror.Status(t.Context(), x.app, x.corp, x.last, x.last, func(s mirror.Stretch) error {
		if s.At > x.Clock.Now().Unix() {
			t.Errorf("fetched at an instant that has not come: %+v", s)
		}
		return nil
	}))
}
