package app_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

// everything returns all rows of a closed database, in lower case.
func everything(t *testing.T, dsn string) []byte {
	t.Helper()
	if file, ok := strings.CutPrefix(dsn, "sqlite:"); ok {
		return sqliteRows(t, file)
	}
	ctx := context.Background()
	c, err := pgx.Connect(ctx, dsn)
	must(t, err)
	defer c.Close(ctx)
	rows, err := c.Query(ctx, "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()")
	must(t, err)
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	must(t, err)
	var all []byte
	for _, table := range tables {
		var text string
		must(t, c.QueryRow(ctx, "SELECT coalesce(string_agg(x::text, ' '), '') FROM "+pgx.Identifier{table}.Sanitize()+" AS x").Scan(&text))
		all = append(all, strings.ToLower(text)...)
	}
	return all
}

func sqliteRows(t *testing.T, file string) (all []byte) {
	t.Helper()
	c, err := sqlite.OpenConn(file, sqlite.OpenReadWrite)
	must(t, err)
	defer c.Close()
	var tables []string
	each := func(sql string, row func(*sqlite.Stmt)) {
		must(t, sqlitex.ExecuteTransient(c, sql, &sqlitex.ExecOptions{ResultFunc: func(s *sqlite.Stmt) error { row(s); return nil }}))
	}
	each("SELECT name FROM sqlite_master WHERE type = 'table'", func(s *sqlite.Stmt) { tables = append(tables, s.ColumnText(0)) })
	for _, table := range tables {
		each("SELECT * FROM "+table, func(s *sqlite.Stmt) {
			for i := range s.ColumnCount() {
				all = append(all, strings.ToLower(s.ColumnText(i))+" "...)
			}
		})
	}
	return all
}

// After an erasure the person is nowhere in the database, whatever the facts,
// and everybody else is as before.
func TestErase(t *testing.T) {
	t.Parallel()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		ctx := context.Background()
		db, err := store.Open(ctx, dsn, store.Options{Relaxed: true})
		must(t, err)
		must(t, db.Migrate(ctx))
		f := newFixture(t, db)
		must(t, f.AddMembers(ctx, f.corp, []app.Contact{{ID: "Canary7", Name: "金丝雀", Depts: []attendance.DeptID{1}}}))
		f.install(t, strings.Replace(nights, `"userid":["night1"]}`, `"userid":["night1","canary7"]},"create_userid":"canary7","white_users":["CANARY7"],
			"reporterinfo":{"reporters":[{"userid":"Canary7"},{"userid":"night1"}]}`, 1))
		must(t, f.SetAccess(ctx, "ww1", f.caller.Agent, app.Access{Range: app.Range{Users: []attendance.UserID{"Canary7", "night1"}}}))
		f.punch(t, "Canary7", "2025-09-10 09:05:30", "2025-09-10 18:30:00")
		f.punch(t, "ZhangSan", "2025-09-10 09:05:30", "2025-09-10 18:30:00")
		must(t, f.AddFacts(ctx, f.corp, app.FactSet{
			Schedules:   []app.ScheduleFact{{Assignment: app.Assignment{User: "Canary7", Day: day(t, "2025-09-10"), Shift: 7}}},
			Corrections: []app.CorrectionFact{{User: "Canary7", Correction: attendance.Correction{Day: day(t, "2025-09-09"), Slot: attendance.NoTime, At: at(t, "2025-09-09 08:00:00"), By: attendance.ByAPI, Remark: "canary7"}}},
			Approvals: []app.ApprovalEntry{{User: "Canary7", Status: attendance.Passed, Approval: attendance.Approval{
				No: "1", Kind: attendance.LeaveApproval, From: at(t, "2025-09-01 09:00:00"), To: at(t, "2025-09-01 18:00:00"),
			}}},
		}))
		_, err = f.WithdrawCorrection(ctx, f.caller, app.Withdrawal{User: "Canary7", Day: day(t, "2025-09-09"), Slot: attendance.NoTime, Remark: "canary7 again"})
		must(t, err)
		_, err = f.ImportPunches(ctx, f.corp, app.ImportFile{
			Name: "a.dat", SHA256: "0", Punches: []attendance.PunchRecord{{User: "ZhangSan", Punch: attendance.Punch{At: at(t, "2025-09-08 09:00:00"), Source: attendance.SourceDevice}}},
			Bad: []app.BadLine{{1, " canary7 2025-13-01", "no date"}, {2, "night1 2025-13-01", "no date"}},
		})
		must(t, err)
		f.clock.at = time.Date(2025, 10, 3, 9, 0, 0, 0, noon.Location())
		must(t, f.CloseMonth(ctx, f.corp, september, "canary7", "payroll"))
		first, last, err := september.Days()
		must(t, err)
		others := f.rows(t, "ZhangSan", first, last)

		if _, err := f.Erase(ctx, f.corp, "nobody"); !errors.Is(err, attendance.ErrUnknownUser) {
			t.Errorf("nobody: %v", err)
		}
		left, err := f.Erase(app.As(ctx, 9), f.corp, "CANARY7")
		must(t, err)
		// September has 30 days, each with a row of the closed month.
		want := store.Erased{Punches: 2, Schedules: 1, Corrections: 1, Approvals: 1, Reports: 30, Versions: 1}
		if left.Erased != want || left.Agent != 9 || left.At != f.Now() || left.Subject == "" {
			t.Errorf("left %+v, want %+v", left, want)
		}
		if all, err := f.Erasures(ctx, f.corp); err != nil || len(all) != 1 || all[0] != left {
			t.Errorf("tombstones %+v, %v", all, err)
		}
		if now := f.rows(t, "ZhangSan", first, last); strings.Join(now, "\n") != strings.Join(others, "\n") {
			t.Error("another member's reports have changed")
		}
		lines, err := f.Quarantine(ctx, f.corp)
		must(t, err)
		if len(lines) != 1 || !strings.HasPrefix(lines[0].Text, "night1") {
			t.Errorf("quarantine: %v", lines)
		}
		access, err := f.Access(ctx, "ww1", f.caller.Agent)
		must(t, err)
		if len(access.Range.Users) != 1 {
			t.Errorf("the app sees %v", access.Range.Users)
		}
		f.clock.at = f.clock.at.Add(time.Hour)
		if again, err := f.Erase(ctx, f.corp, "Canary7"); err != nil || again != left {
			t.Errorf("erased again: %+v, %v", again, err)
		}
		must(t, db.Close())
		all := everything(t, dsn)
		for _, word := range []string{"canary7", "金丝雀"} {
			if i := bytes.Index(all, []byte(word)); i >= 0 {
				t.Errorf("the database holds %q: %q", word, all[max(0, i-100):min(len(all), i+100)])
			}
		}
		if !bytes.Contains(all, []byte("zhangsan")) {
			t.Error("the search finds nothing at all")
		}
	})
}

// An app that saw the erased member alone must not see everybody then.
func TestEraseEndsAnAppOfOne(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		must(t, f.SetAccess(ctx, "ww1", f.caller.Agent, app.Access{Range: app.Range{Users: []attendance.UserID{"ZhangSan"}}}))
		_, err := f.Erase(ctx, f.corp, "ZhangSan")
		must(t, err)
		if _, _, err := f.Token(ctx, "ww1", f.creds[1].Secret); !errors.Is(err, app.ErrWrongSecret) {
			t.Errorf("the app is not disabled: %v", err)
		}
	})
}

// The pictures that the punches name go with them, others stay.
func TestEraseMedia(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		var ids []string
		for range 2 {
			m, err := f.AddMedia(ctx, f.caller, app.FileMedia, "a.txt", strings.NewReader("a picture of ZhangSan"))
			must(t, err)
			ids = append(ids, m.ID)
		}
		_, _, err := f.AddPunches(ctx, f.corp, []attendance.PunchRecord{{
			User: "ZhangSan", Punch: attendance.Punch{At: at(t, "2025-09-10 09:00:00"), Source: attendance.SourcePhone}, PunchDetail: attendance.PunchDetail{MediaIDs: ids[:1]},
		}})
		must(t, err)
		_, err = f.Erase(ctx, f.corp, "ZhangSan")
		must(t, err)
		_, gone := f.OpenMedia(ctx, f.corp, ids[0])
		_, kept := f.OpenMedia(ctx, f.corp, ids[1])
		if !errors.Is(gone, app.ErrNoMedia) || kept != nil {
			t.Errorf("the punch's file: %v, the other: %v", gone, kept)
		}
	})
}
