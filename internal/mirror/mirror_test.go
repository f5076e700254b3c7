package mirror_test

import (
	"context"
	"errors"
	"maps"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/mirror"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/wecom"
)

// What is mirrored is what the source has, and what comes of it is what comes
// of it there; to mirror again changes nothing.
func TestMirror(t *testing.T) {
	t.Parallel()
	people := 30
	if testing.Short() {
		people = 10
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s := newSource(t, people, 2)
		a := app.New(db, s.Clock.Now)
		corp, err := a.MirrorCorp(t.Context(), app.NewCorp{ID: s.corp.ID})
		must(t, err)
		m, err := mirror.New(a, corp, s.WeCom, mirror.Options{From: s.first, To: s.last - 1, Overlap: 3, Clock: s.Clock})
		must(t, err)
		plan, err := m.Plan(t.Context())
		must(t, err)
		report, err := m.Run(t.Context())
		must(t, err)
		for i, k := range report.Kinds {
			p := plan[slices.IndexFunc(plan, func(p mirror.PlannedCalls) bool { return p.Kind == k.Kind })]
			if k.Calls != p.Calls && !(p.More && k.Calls > p.Calls) {
				t.Errorf("%d: planned were %+v, made %+v", i, p, k)
			}
		}
		if list := problems(report); len(list) > 0 {
			t.Error(list)
		}
		s.compare(t, a, corp)
		s.Clock.Advance(time.Minute)
		again, err := m.Run(t.Context())
		must(t, err)
		for _, k := range again.Kinds {
			if k.Changed != 0 {
				t.Errorf("again: %+v", k)
			}
		}
		s.compare(t, a, corp)
	})
}

// Without the right to forms what day reports tell of requests is mirrored, and
// the status says what is missing and why.
func TestWithoutForms(t *testing.T) {
	t.Parallel()
	s := newSource(t, 12, 1)
	s.Fail(admin.Fault{Kind: admin.FaultErrCode, ErrCode: 48002, Endpoint: "getapprovalinfo"})
	a := openApp(t, "sqlite:"+filepath.Join(t.TempDir(), "mirror.db"), s.Clock.Now)
	corp, err := a.MirrorCorp(t.Context(), app.NewCorp{ID: s.corp.ID})
	must(t, err)
	m, err := mirror.New(a, corp, s.WeCom, mirror.Options{From: s.first, To: s.last - 1, Overlap: 3, Clock: s.Clock})
	must(t, err)
	_, err = m.Run(t.Context())
	must(t, err)
	told := map[string]bool{} // by the day reports
	must(t, s.app.DayReports(t.Context(), app.Query{Corp: s.corp, First: s.first, Last: s.last - 1}, func(_ *app.Member, r *attendance.DayReport) error {
		for _, mark := range r.Approvals {
			told[mark.Approval.No] = true
		}
		return nil
	}))
	forms := s.formsOf(t, a, corp)
	for _, f := range forms {
		if !told[f.No] {
			t.Errorf("form %q: no report tells of it", f.No)
		}
	}
	if len(forms) != len(told) || len(told) == 0 {
		t.Errorf("%d forms of %d", len(forms), len(told))
	}
	refused := 0
	must(t, mirror.Status(t.Context(), a, corp, s.first, s.last-1, func(x mirror.Stretch) error {
		if x.At == 0 != (x.Kind == "requests" || x.Kind == "corrections") {
			t.Errorf("%+v", x)
		}
		if x.Refused == wecom.CodeForbiddenAPI {
			refused++
		}
		return nil
	}))
	if refused != 2 {
		t.Errorf("%d kinds are refused, want 2", refused)
	}
}

// Every goes on by the clock, brings what is new, and ends when it is told to.
func TestEvery(t *testing.T) {
	t.Parallel()
	s := newSource(t, 6, 1)
	a := openApp(t, "sqlite:"+filepath.Join(t.TempDir(), "mirror.db"), s.Clock.Now)
	corp, err := a.MirrorCorp(t.Context(), app.NewCorp{ID: s.corp.ID})
	must(t, err)
	m, err := mirror.New(a, corp, s.WeCom, mirror.Options{From: s.first, Overlap: 3, Clock: s.Clock})
	must(t, err)
	ctx, end := context.WithCancel(t.Context())
	rounds := make(chan *mirror.Report)
	ended := make(chan error)
	go func() {
		ended <- m.Every(ctx, 15*time.Minute, func(r *mirror.Report, err error) error {
			rounds <- r
			return err
		})
	}()
	records := func(r *mirror.Report) mirror.KindReport {
		return r.Kinds[slices.IndexFunc(r.Kinds, func(k mirror.KindReport) bool { return k.Kind == "records" })]
	}
	if first := records(<-rounds); first.Changed == 0 {
		t.Errorf("first round: %+v", first)
	}
	s.Punch(string(s.users[2]), s.Clock.Now())
	var second *mirror.Report
	for second == nil { // it may not sleep yet
		s.Clock.Advance(15 * time.Minute)
		select {
		case second = <-rounds:
		case <-time.After(20 * time.Millisecond):
		}
	}
	if got := records(second); got.Changed != 1 || got.Calls != 1 {
		t.Errorf("second round: %+v", got)
	}
	end()
	for {
		select {
		case err := <-ended:
			if !errors.Is(err, context.Canceled) {
				t.Error(err)
			}
			return
		case <-rounds:
		}
	}
}

// A rule that is edited after the last look of a day holds on that day, as the
// reports say.
func TestRuleEditedLaterOnTheDay(t *testing.T) {
	t.Parallel()
	s := newSource(t, 12, 1)
	a := openApp(t, "sqlite:"+filepath.Join(t.TempDir(), "mirror.db"), s.Clock.Now)
	corp, err := a.MirrorCorp(t.Context(), app.NewCorp{ID: s.corp.ID})
	must(t, err)
	run := func() {
		t.Helper()
		m, err := mirror.New(a, corp, s.WeCom, mirror.Options{From: s.first, Overlap: 3, Clock: s.Clock})
		must(t, err)
		_, err = m.Run(t.Context())
		must(t, err)
	}
	run() // it is noon
	office := s.office(t)
	s.Facts(admin.Facts{Rules: []admin.RuleFact{{
		GroupID: int64(office["groupid"].(float64)), Form: "read", First: admin.Day(s.last.String()), KnownAt: noon.Unix() + 3600,
		Rule: edited(t, office, func(rule map[string]any) { rule["groupname"] = "午后改名" }),
	}}})
	s.Clock.Advance(26 * time.Hour)
	run()
	names := func(a *app.App, corp *app.Corp) map[attendance.UserID]string {
		out := map[attendance.UserID]string{}
		must(t, a.DayReports(t.Context(), app.Query{Corp: corp, First: s.last, Last: s.last}, func(m *app.Member, r *attendance.DayReport) error {
			if r.Kind.Rule != nil {
				out[m.ID] = r.Kind.Rule.Name
			}
			return nil
		}))
		return out
	}
	want, got := names(s.app, s.corp), names(a, corp)
	if !slices.Contains(slices.Collect(maps.Values(want)), "午后改名") {
		t.Fatalf("the source has no edited rule: %v", want)
	}
	if !maps.Equal(want, got) {
		t.Errorf("rules %v, want %v", got, want)
	}
}
