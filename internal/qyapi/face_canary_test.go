package qyapi_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/server"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

// The bytes of a face appear nowhere, however the call ends: not in the
// database, the log, an answer or an error.
func TestFaceCanary(t *testing.T) {
	t.Parallel()
	canary := []byte(strings.Repeat("Canary-of-a-face.", 9))
	picture := pngWith(canary, 1)
	text := base64.StdEncoding.EncodeToString(picture)
	half := text[:len(text)/2] // the canary's beginning is in it
	bodies := map[string]string{
		"stored":      face("alice", picture),
		"similar":     face("bob", picture),
		"nobody":      face("zed", picture),
		"no picture":  face("alice", canary),
		"broken":      face("alice", append(picture[:len(picture)-12], "IEND"...)),
		"no base64":   `{"userid":"alice","userface":"` + text + `!"}`,
		"as userid":   `{"userid":"` + text + `","userface":"` + text + `"}`,
		"a type":      `{"userid":"alice","userface":["` + text + `"]}`,
		"cut off":     `{"userid":"alice","userface":"` + half,
		"unknown too": `{"userid":"alice","userface":"` + text + `","copy":"` + text + `"}`,
	}
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		ctx := t.Context()
		db, err := store.Open(ctx, dsn, store.Options{Relaxed: true})
		must(t, err)
		defer db.Close()
		must(t, db.Migrate(ctx))
		f := newFixture(t, db, false)
		var log bytes.Buffer
		s, err := server.New(server.Config{DB: db, Logger: slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
		must(t, err)
		token := f.token(app.CheckinApp)
		var seen bytes.Buffer
		for name, body := range bodies {
			_, answer := f.do(http.MethodPost, facePath, map[string][]string{"access_token": {token}}, strings.NewReader(body))
			o := f.seen.Load()
			fmt.Fprintf(&seen, "%s\n%v %+v\n", answer, o.Err, o.Liberties)
			rec := httptest.NewRecorder()
			s.ServeHTTP(rec, httptest.NewRequest(http.MethodPost, facePath+"?access_token="+token, strings.NewReader(body)))
			fmt.Fprintf(&seen, "%s %v\n", rec.Body, rec.Header())
			if name == "stored" && rec.Code != http.StatusOK {
				t.Errorf("%s: status %d", name, rec.Code)
			}
		}
		places := map[string][]byte{"answers and errors": seen.Bytes(), "log": log.Bytes(), "database": contents(t, dsn)}
		// 30 characters amid the canary, from each of the three ways base64 can cut it.
		parts := []string{"Canary-of-a-face"}
		for shift := range 3 {
			parts = append(parts, base64.StdEncoding.EncodeToString(canary[shift:])[4:34])
		}
		for place, text := range places {
			if len(text) < 100 {
				t.Errorf("%s: %d bytes only", place, len(text))
			}
			for _, part := range parts {
				if i := bytes.Index(text, []byte(part)); i >= 0 {
					t.Errorf("%s: %q is there: %.200q", place, part, text[max(0, i-100):])
				}
			}
		}
	})
}

// contents returns all that is stored, as it lies there or as text.
func contents(t *testing.T, dsn string) (all []byte) {
	t.Helper()
	if path, ok := strings.CutPrefix(dsn, "sqlite:"); ok {
		files, err := filepath.Glob(path + "*")
		must(t, err)
		for _, file := range files {
			text, err := os.ReadFile(file)
			must(t, err)
			all = append(all, text...)
		}
		return all
	}
	c, err := pgx.Connect(t.Context(), dsn)
	must(t, err)
	defer c.Close(t.Context())
	rows, err := c.Query(t.Context(), "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()")
	must(t, err)
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	must(t, err)
	for _, table := range tables {
		rows, err := c.Query(t.Context(), "SELECT t::text FROM "+pgx.Identifier{table}.Sanitize()+" AS t")
		must(t, err)
		lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
		must(t, err)
		all = append(all, strings.Join(lines, "\n")...)
	}
	return all
}
