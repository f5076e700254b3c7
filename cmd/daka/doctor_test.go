package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/wecom"
	"github.com/spf13/cobra"
	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// Which calls an app may make, by its kind: protocol.md section 3, and user/list_id
// for contact sync alone.
func TestAppKind(t *testing.T) {
	t.Parallel()
	no, nobody := error(wecom.Errorf(wecom.CodeForbiddenAPI, "")), error(wecom.Errorf(wecom.CodeCheckinUserList, ""))
	busy := error(&wecom.TransportError{Status: 502})
	for name, tt := range map[string]struct {
		rules, records, devices, list error
		want                          keyKind
	}{
		"self-built":         {nil, nobody, nobody, no, selfBuiltKey},
		"provider-developed": {nil, nobody, no, no, providerKey},
		"third-party":        {no, nobody, no, no, suiteKey},
		"contact sync":       {no, no, no, nil, contactKey},
		"without check-in":   {no, no, no, no, strangerKey},
		"no answer":          {busy, busy, busy, busy, unknownKey},
		"half an answer":     {nil, nobody, busy, no, unknownKey},
	} {
		if got := appKind(tt.rules, tt.records, tt.devices, tt.list); got != tt.want {
			t.Errorf("%s: %d, want %d", name, got, tt.want)
		}
	}
}

// fakeServer answers every call with a token or one code, at another time.
func fakeServer(t *testing.T, code int, msg string, ahead time.Duration) *wecom.Client {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Date", time.Now().Add(ahead).UTC().Format(http.TimeFormat))
		if r.URL.Path == wecom.TokenPath {
			fmt.Fprint(w, `{"errcode":0,"errmsg":"ok","access_token":"t","expires_in":7200}`)
			return
		}
		fmt.Fprintf(w, `{"errcode":%d,"errmsg":%q}`, code, msg)
	}))
	t.Cleanup(s.Close)
	w, err := wecom.New(wecom.CorpApp("ww1", wecom.NewSecret("s")), wecom.WithBaseURL(s.URL))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestDoctorOfServers(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		code   int
		msg    string
		ahead  time.Duration
		check  string
		state  string
		advice string
	}{
		"not trusted":     {60020, "not allow to access from your ip, hint: [1], from ip: 203.0.113.9, more info", 0, "trusted_ip", hasFailed, "add 203.0.113.9 to"},
		"not listed":      {48002, "api forbidden", 0, "check-in", hasFailed, "「打卡 - 可调用接口的应用」"},
		"another app":     {48002, "api forbidden", 0, "secret", isWarning, "take the secret of the app"},
		"too often":       {45009, "api freq out of limit", 0, "limits", hasFailed, "wait a minute"},
		"all is well":     {0, "ok", 0, "check-in", isWell, ""},
		"clocks agree":    {0, "ok", 3 * time.Second, "clock", isWell, ""},
		"clocks differ":   {0, "ok", -45 * time.Second, "clock", isWarning, "NTP"},
		"clocks break":    {0, "ok", 10 * time.Minute, "clock", hasFailed, "NTP"},
		"limits untold":   {0, "ok", 0, "limits", isSkipped, ""},
		"range too small": {60011, "no privilege", 0, "contacts", isWarning, "visible range"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := &examination{cmd: &cobra.Command{}}
			x.server(t.Context(), fakeServer(t, tt.code, tt.msg, tt.ahead), "http://fake")
			i := slices.IndexFunc(x.rows, func(r checkRow) bool { return r.Check == tt.check })
			if i < 0 {
				t.Fatalf("no %s in %+v", tt.check, x.rows)
			}
			if r := x.rows[i]; r.State != tt.state || !strings.Contains(r.Advice, tt.advice) || tt.advice == "" && r.Advice != "" {
				t.Errorf("%+v", r)
			}
		})
	}
}

// daka runs a command line and returns what it wrote to stdout.
func daka(t *testing.T, want int, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	if code := run(context.Background(), args, &out, &errs); code != want {
		t.Fatalf("daka %s: code %d, want %d: %s%s", args[0], code, want, &out, &errs)
	}
	return out.String()
}

// On either kind of database it is examined, kept and restored.
func TestCareOfDatabases(t *testing.T) {
	t.Parallel()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		dir := t.TempDir()
		first := "sqlite:" + filepath.Join(dir, "first.db")
		daka(t, exitOK, "init", "--db", first, "--corp-id", "wwa")
		daka(t, exitOK, "backup", filepath.Join(dir, "a.bak"), "--db", first)
		daka(t, exitOK, "restore", filepath.Join(dir, "a.bak"), "--db", dsn)
		daka(t, exitFailure, "restore", filepath.Join(dir, "a.bak"), "--db", dsn)
		var a, b backupOutput
		for file, into := range map[string]*backupOutput{"b.bak": &a, "c.bak": &b} {
			if err := json.Unmarshal([]byte(daka(t, exitOK, "backup", filepath.Join(dir, file), "--db", dsn, "-o", "json")), into); err != nil {
				t.Fatal(err)
			}
		}
		if a.Rows == 0 || a.Kind != "live" || !slices.Equal(a.Tables, b.Tables) || !slices.Equal(a.Audit, b.Audit) {
			t.Errorf("two backups of the same: %+v, %+v", a, b)
		}
		db, err := store.Open(t.Context(), dsn, store.Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		unsafe, err := db.Unsafe(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		code, state := exitOK, `"check":"disk","state":"(ok|warn)"`
		if len(unsafe) > 0 {
			code, state = exitFailure, `"check":"disk","state":"fail"`
		}
		out := daka(t, code, "doctor", "--db", dsn, "-o", "json")
		for _, want := range []string{state, `"check":"schema","state":"ok"`, `"check":"audit","state":"ok"`, `"check":"holidays"`} {
			if !regexp.MustCompile(want).MatchString(out) {
				t.Errorf("no %s in %s", want, out)
			}
		}
	})
}

// A log that was tampered with is told, kept as evidence, and put back only by force.
func TestBrokenAudit(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path, file := filepath.Join(dir, "a.db"), filepath.Join(dir, "a.bak")
	daka(t, exitOK, "init", "--db", "sqlite:"+path, "--corp-id", "wwa")
	c, err := sqlite.OpenConn(path, sqlite.OpenReadWrite)
	if err != nil {
		t.Fatal(err)
	}
	err = sqlitex.ExecuteTransient(c, "UPDATE audit SET action = 'nothing' WHERE seq = 1", nil)
	if err := errors.Join(err, c.Close()); err != nil {
		t.Fatal(err)
	}
	if out := daka(t, exitFailure, "doctor", "--db", "sqlite:"+path); !strings.Contains(out, "BROKEN, entry 1 ") {
		t.Error(out)
	}
	if out := daka(t, exitFailure, "backup", file, "--db", "sqlite:"+path); !strings.Contains(out, "BROKEN, entry 1 ") {
		t.Error(out)
	}
	daka(t, exitFailure, "restore", file, "--db", "sqlite:"+filepath.Join(dir, "b.db"))
	daka(t, exitOK, "restore", file, "--db", "sqlite:"+filepath.Join(dir, "b.db"), "--force")
}

// The years 2020 to 2026 are known without a file.
func TestDoctorOfHolidays(t *testing.T) {
	t.Parallel()
	dsn := "sqlite:" + filepath.Join(t.TempDir(), "a.db")
	daka(t, exitOK, "init", "--db", dsn, "--corp-id", "wwa")
	db, err := store.Open(t.Context(), dsn, store.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for now, want := range map[string]string{
		"2025-03-01": isWell, "2025-12-31": isWell, "2026-10-31": isWell, "2026-11-01": isWarning, "2027-01-01": hasFailed,
	} {
		at, err := time.Parse(time.DateOnly, now)
		if err != nil {
			t.Fatal(err)
		}
		a := app.New(db, func() time.Time { return at.Add(4 * time.Hour) }) // noon in Shanghai
		corp, err := a.Corp(t.Context(), "wwa")
		if err != nil {
			t.Fatal(err)
		}
		x := &examination{cmd: &cobra.Command{}}
		x.holidays(t.Context(), a, corp)
		if len(x.rows) != 1 || x.rows[0].State != want {
			t.Errorf("%s: %+v, want %s", now, x.rows, want)
		}
	}
}
