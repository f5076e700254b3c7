package store_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/jackc/pgx/v5"
	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// bareCorp is whose punches go in without daka.
const bareCorp = "bare"

// BenchmarkBulkImport stores punches as an import does, 20,000 a transaction in
// the order of their keys, and between its rounds as many rows of the same kind
// the barest way that the database has: an insert loop with one prepared
// statement on SQLite, COPY on PostgreSQL. x-bare is the median of the rounds'
// ratios.
func BenchmarkBulkImport(b *testing.B) {
	storetest.BenchDSN(b, func(b *testing.B, dsn string) {
		ctx := context.Background()
		db, err := store.Open(ctx, dsn, store.Options{})
		if err != nil {
			b.Fatal(err)
		}
		defer db.Close()
		if err := db.Migrate(ctx); err != nil {
			b.Fatal(err)
		}
		bare := bareLoop(b, dsn)
		const bulk = 20_000
		all := make([]attendance.PunchRecord, bulk)
		var ratios []float64
		var ours, theirs time.Duration
		for user := 1; b.Loop(); user++ {
			id := attendance.UserID(fmt.Sprintf("%08d", user))
			for i := range all {
				all[i] = punch(id, int64(i))
				all[i].Device = "CKEH204360019"
			}
			b.StopTimer()
			took := bare(all)
			b.StartTimer()
			begun := time.Now()
			if stored, _, err := db.InsertPunches(ctx, corp, all); err != nil || stored != bulk {
				b.Fatal(stored, err)
			}
			round := time.Since(begun)
			ours, theirs = ours+round, theirs+took
			ratios = append(ratios, took.Seconds()/round.Seconds())
		}
		slices.Sort(ratios)
		b.ReportMetric(float64(b.N)*bulk/ours.Seconds(), "rows/s")
		b.ReportMetric(float64(b.N)*bulk/theirs.Seconds(), "bare-rows/s")
		b.ReportMetric(ratios[len(ratios)/2], "x-bare")
	})
}

// bareLoop returns what stores punches without daka and says how long it took.
func bareLoop(b *testing.B, dsn string) func([]attendance.PunchRecord) time.Duration {
	b.Helper()
	if path, ok := strings.CutPrefix(dsn, "sqlite:"); ok {
		c, err := sqlite.OpenConn(path, sqlite.OpenReadWrite)
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { _ = c.Close() })
		c.SetBlockOnBusy()
		for _, pragma := range []string{"PRAGMA synchronous = FULL", "PRAGMA cache_size = -16000", "PRAGMA wal_autocheckpoint = 12800"} {
			if err := sqlitex.ExecuteTransient(c, pragma, nil); err != nil {
				b.Fatal(err)
			}
		}
		return func(all []attendance.PunchRecord) time.Duration { return insertLoop(b, c, all) }
	}
	c, err := pgx.Connect(context.Background(), dsn)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = c.Close(context.Background()) })
	return func(all []attendance.PunchRecord) time.Duration { return copyIn(b, c, all) }
}

func insertLoop(b *testing.B, c *sqlite.Conn, all []attendance.PunchRecord) time.Duration {
	b.Helper()
	begun := time.Now()
	end, err := sqlitex.ImmediateTransaction(c)
	if err != nil {
		b.Fatal(err)
	}
	insert := c.Prep(`INSERT INTO punches (corp_id, user_id, at, source, device, known_at, flags, slot, section, repeats, last_received, detail)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	for i := range all {
		p := &all[i]
		insert.BindText(1, bareCorp)
		insert.BindText(2, string(p.User))
		insert.BindInt64(3, p.At)
		insert.BindInt64(4, int64(p.Source))
		insert.BindText(5, p.Device)
		for column := 6; column <= 11; column++ {
			insert.BindInt64(column, 0)
		}
		insert.BindText(12, "")
		if _, err = insert.Step(); err != nil {
			break
		}
		if err = insert.Reset(); err != nil {
			break
		}
	}
	end(&err)
	if err != nil {
		b.Fatal(err)
	}
	return time.Since(begun)
}

func copyIn(b *testing.B, c *pgx.Conn, all []attendance.PunchRecord) time.Duration {
	b.Helper()
	begun := time.Now()
	columns := []string{"corp_id", "user_id", "at", "source", "device", "known_at", "flags", "slot", "section", "repeats", "last_received", "detail"}
	n, err := c.CopyFrom(context.Background(), pgx.Identifier{"punches"}, columns, pgx.CopyFromSlice(len(all), func(i int) ([]any, error) {
		p := &all[i]
		return []any{bareCorp, string(p.User), p.At, int16(p.Source), p.Device, int64(0), int32(0), int16(0), int64(0), int64(0), int64(0), ""}, nil
	}))
	if err != nil || n != int64(len(all)) {
		b.Fatal(n, err)
	}
	return time.Since(begun)
}
