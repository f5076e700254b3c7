package compat

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"image"
	"image/color"
	"image/png"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/sample"
	"github.com/dakahq/daka/internal/server"
	"github.com/dakahq/daka/internal/store"
)

// served is a daka server with the sample company on it.
type served struct {
	URL          string // without a slash at its end
	Corp, Secret string // of the check-in app, which made the company's rules
	Contacts     string // secret of the contact-sync app
	Office, User string // a member with fixed times, one on shifts
	Free         string // a member with a free rule
	Shifts       int64  // the rule of User, which has shift 1
	Day          int64  // midnight of 2025-10-15, a closed Wednesday
	Today        int64  // midnight of 2025-10-20
	app          *app.App
	corp         *app.Corp
}

// The seconds of a day, and those until its hours.
const (
	day  = 86400
	hour = 3600
)

// start starts a daka server for a test: the company of 2025-10-20, noon.
func start(t *testing.T) served { return serve(t, server.Config{}) }

// strict starts one that refuses what the documents do not allow.
func strict(t *testing.T) served { return serve(t, server.Config{Strict: true}) }

func serve(t *testing.T, c server.Config) served {
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
	noon := time.Date(2025, 10, 20, 12, 0, 0, 0, time.FixedZone("", 8*hour))
	c.DB, c.Now = db, func() time.Time { return noon }
	a := app.New(db, c.Now)
	company, err := sample.Build(ctx, a, sample.Spec{Seed: 1, People: 9, Months: 1, Today: today})
	if err != nil {
		t.Fatal(err)
	}
	contacts, err := a.CreateApp(ctx, company.Corp.ID, app.ContactApp, "")
	if err != nil {
		t.Fatal(err)
	}
	s, err := server.New(c)
	if err != nil {
		t.Fatal(err)
	}
	h := httptest.NewServer(s)
	t.Cleanup(h.Close)
	shifts := group(t, company, attendance.ShiftRule)
	return served{
		URL: h.URL, Corp: string(company.Corp.ID), Secret: company.Checkin.Secret.Reveal(), Contacts: contacts.Secret.Reveal(),
		Office: string(group(t, company, attendance.FixedRule).Users[0]), User: string(shifts.Users[0]),
		Free: string(group(t, company, attendance.FreeRule).Users[0]), Shifts: int64(shifts.ID),
		Day: company.Corp.Zone.Midnight(today - 5), Today: company.Corp.Zone.Midnight(today),
		app: a, corp: company.Corp,
	}
}

func group(t *testing.T, c *sample.Company, kind attendance.RuleType) *sample.Group {
	t.Helper()
	for i := range c.Groups {
		if g := &c.Groups[i]; g.Type == kind && len(g.Users) > 0 {
			return g
		}
	}
	t.Fatalf("the company has no group of type %d with a member", kind)
	return nil
}

// rule returns the rule of a name as the server has it, nil when there is none.
// It asks without an SDK: some cannot read what they wrote.
func (s served) rule(t *testing.T, name string) *checkin.RuleRead {
	t.Helper()
	docs, err := s.app.CorpRules(t.Context(), s.corp)
	if err != nil {
		t.Fatal(err)
	}
	for _, doc := range docs {
		var r checkin.RuleRead
		if err := json.Unmarshal(doc, &r); err != nil {
			t.Fatal(err)
		}
		if r.GroupName == name {
			return &r
		}
	}
	return nil
}

// faceOf reports whether a face of the member is stored.
func (s served) faceOf(t *testing.T, user string) bool {
	t.Helper()
	faces, err := s.app.Faces(t.Context(), s.corp)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range faces {
		if string(f.User) == user {
			return true
		}
	}
	return false
}

// picture is a small PNG file.
func picture(t *testing.T) []byte {
	t.Helper()
	m := image.NewGray(image.Rect(0, 0, 8, 8))
	m.SetGray(3, 3, color.Gray{Y: 200})
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// face is a picture as addcheckinuserface takes it.
func face(t *testing.T) string { return base64.StdEncoding.EncodeToString(picture(t)) }

func write(t *testing.T, file string, content []byte) {
	t.Helper()
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
}
