package mirror_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/explain"
	"github.com/dakahq/daka/internal/mirror"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/internal/verify"
)

// What a mirror computes is what its source reported; where the source computes
// otherwise in three ways, these three are found, and with them it is again.
func TestVerify(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes minutes under the race detector")
	}
	t.Parallel()
	people, months := 60, 2
	if os.Getenv("DAKA_FULL") != "" {
		people, months = 2000, 6
	}
	for name, tt := range map[string]struct {
		people, months int
		others         string
	}{
		"hours, lateness and months": {people, months, `{"clip_actual_to_shift":true,"late_base":"grace","month_except_includes_location_device":false}`},
		"absence and days off":       {60, 2, `{"absent_granularity":"day","holiday_scope":"statutory","rest_day_punch_record_type":0}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, db *store.DB) { verifyMirror(t, db, tt.people, tt.months, tt.others) })
		})
	}
}

// verifyMirror mirrors a source that has three options otherwise.
func verifyMirror(t *testing.T, db *store.DB, people, months int, others string) {
	s := newSource(t, people, months)
	must(t, s.app.SetOptions(t.Context(), s.corp, []byte(others)))
	a := app.New(db, s.Clock.Now)
	corp, err := a.MirrorCorp(t.Context(), app.NewCorp{ID: s.corp.ID})
	must(t, err)
	m, err := mirror.New(a, corp, s.WeCom, mirror.Options{From: s.first, To: s.last - 1, Overlap: 3, Clock: s.Clock})
	must(t, err)
	_, err = m.Run(t.Context())
	must(t, err)
	r := s.verify(t, a, corp)
	changes := map[string]json.RawMessage{}
	for _, c := range r.Fit.Changes {
		changes[c.Option] = c.To
	}
	found, err := json.Marshal(changes)
	must(t, err)
	if string(found) != others {
		t.Errorf("fit %s, want %s", found, others)
	}
	if r.Equal() {
		t.Error("equal before the options are changed")
	}
	must(t, a.SetOptions(t.Context(), corp, r.Fit.Options))
	s.wantEqual(t, s.verify(t, a, corp))
}

// verify holds a mirror's reports against its source's, and searches the
// options.
func (s *source) verify(t *testing.T, a *app.App, corp *app.Corp) *verify.Result {
	t.Helper()
	r, err := verify.Run(t.Context(), a, verify.Query{Corp: corp, First: s.first, Last: s.last - 1, Lang: explain.English, Fit: true})
	must(t, err)
	t.Logf("%+v", r.Counts)
	for _, g := range r.Groups {
		t.Logf("%s, %s: %s: %d reports, apart %v, %v", g.Of, g.Cause, g.Text, g.Reports, g.Apart, g.Fields)
	}
	return r
}

// wantEqual fails unless every day of every member was compared and all that
// the interface tells the inputs of is equal.
func (s *source) wantEqual(t *testing.T, r *verify.Result) {
	t.Helper()
	if !r.Equal() || r.EqualShare != 1 || len(r.Fit.Changes) != 0 {
		t.Errorf("equal share %v: %+v, fit %s", r.EqualShare, r.Counts, r.Fit.Options)
	}
	if n := r.Days.Compared + r.Days.Apart; n < int64(len(s.users))*int64(s.last-s.first)*9/10 || n != r.Due || r.UnknownMembers > 0 {
		t.Errorf("%d of %d: %+v", n, r.Due, r.Counts)
	}
}
