package compat

import (
	"context"
	"io"
	"log/slog"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/sample"
	"github.com/dakahq/daka/internal/server"
	"github.com/dakahq/daka/internal/store"
)

// served is a daka server with the sample company on it.
type served struct {
	URL          string // without a slash at its end
	Corp, Secret string
	User         string // a member on shifts
	Day          int64  // midnight of a closed day on which the member works
}

// start starts a daka server for a test: the company of 2025-10-20, noon.
func start(t *testing.T) served {
	t.Helper()
	ctx := context.Background()
	db, err := store.Open(ctx, "sqlite:"+filepath.Join(t.TempDir(), "daka.db"), store.Options{Relaxed: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := db.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	today := attendance.DayOf(2025, time.October, 20)
	noon := time.Date(2025, 10, 20, 12, 0, 0, 0, time.FixedZone("", 8*3600))
	now := func() time.Time { return noon }
	company, err := sample.Build(ctx, app.New(db, now), sample.Spec{Seed: 1, People: 9, Months: 1, Today: today})
	if err != nil {
		t.Fatal(err)
	}
	s, err := server.New(server.Config{DB: db, Now: now, Logger: slog.New(slog.NewTextHandler(io.Discard, nil))})
	if err != nil {
		t.Fatal(err)
	}
	h := httptest.NewServer(s)
	t.Cleanup(h.Close)
	return served{
		URL: h.URL, Corp: string(company.Corp.ID), Secret: company.Checkin.Secret.Reveal(),
		User: string(onShifts(t, company)), Day: company.Corp.Zone.Midnight(today - 5),
	}
}

func onShifts(t *testing.T, c *sample.Company) attendance.UserID {
	t.Helper()
	for _, g := range c.Groups {
		if g.Type == attendance.ShiftRule && len(g.Users) > 0 {
			return g.Users[0]
		}
	}
	t.Fatal("the company has nobody on shifts")
	return ""
}
