package mirror_test

import (
	"testing"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/mirror"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

// What is mirrored is what the source has, and what comes of it is what comes
// of it there; to mirror again changes nothing.
func TestMirror(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s := newSource(t, 30, 2)
		a := app.New(db, s.Clock.Now)
		corp, err := a.MirrorCorp(t.Context(), app.NewCorp{ID: s.corp.ID})
		must(t, err)
		m, err := mirror.New(a, corp, s.WeCom, mirror.Options{From: s.first, To: s.last - 1, Overlap: 3, Clock: s.Clock})
		must(t, err)
		report, err := m.Run(t.Context())
		must(t, err)
		for _, k := range report.Kinds {
			t.Logf("%+v", k)
		}
		if len(report.Problems) > 0 {
			t.Error(report.Problems)
		}
		s.compare(t, a, corp)
		s.Clock.Advance(time.Minute)
		again, err := m.Run(t.Context())
		must(t, err)
		for _, k := range again.Kinds {
			t.Logf("%+v", k)
		}
		s.compare(t, a, corp)
	})
}
