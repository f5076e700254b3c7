package app_test

import (
	"context"
	"testing"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

// A second file of the same name loses nothing of the first one; the same file
// again adds nothing.
func TestQuarantineOfTwoFilesWithOneName(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		file := func(sha, text string) app.ImportFile {
			return app.ImportFile{
				Name: "/usb/attlog.dat", SHA256: sha, Bad: []app.BadLine{{Number: 2, Text: text, Reason: "no date"}},
				Punches: []attendance.PunchRecord{{User: "7", Punch: attendance.Punch{At: at(t, "2025-09-10 08:00:00"), Source: attendance.SourceDevice}}},
			}
		}
		for i, want := range []app.ImportResult{{Imported: 1, Quarantined: 1}, {Duplicate: 1, Quarantined: 1}, {Duplicate: 1, Quarantined: 1}} {
			in := file("aaaaaaaaaa", "first")
			if i == 1 {
				in = file("bbbbbbbbbb", "second")
			}
			got, err := f.ImportPunches(ctx, f.corp, in)
			if err != nil || got != want {
				t.Errorf("run %d: %+v, %v; want %+v", i, got, err, want)
			}
		}
		lines, err := f.Quarantine(ctx, f.corp)
		must(t, err)
		if len(lines) != 2 || lines[0].Text != "first" || lines[1].Text != "second" || lines[1].File != "/usb/attlog.dat#bbbbbbbb" {
			t.Errorf("kept %+v", lines)
		}
	})
}
