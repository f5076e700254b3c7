package store_test

import (
	"fmt"
	"testing"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

// A database of any earlier schema opens with what it held: a correction that
// could not be taken back then stands, and can be now.
func TestEveryEarlierSchema(t *testing.T) {
	t.Parallel()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		ctx := t.Context()
		known := len(func() []string {
			names, err := openAt(t, "sqlite:"+t.TempDir()+"/new.db").Pending(ctx)
			must(t, err)
			return names
		}())
		for n := 1; n < known; n++ {
			// One database a step: the next one's schema is the last one's and more.
			old := openAt(t, dsn)
			must(t, old.MigrateTo(ctx, n))
			must(t, old.Exec(ctx, fmt.Sprintf(`INSERT INTO corrections (corp_id, user_id, day, seq, known_at, slot, at, made_by, remark, app_id)
				VALUES ('ww1', 'a', 20260302, %d, 10, 32400, 5, 1, '旧', 0)`, n)))
			must(t, old.Close())
		}
		db := openAt(t, dsn)
		must(t, db.Migrate(ctx))
		d := day(t, "2026-03-02")
		read := func(asOf int64) []store.NumberedCorrection {
			return get(t, db, func(tx *store.Tx) ([]store.NumberedCorrection, error) {
				return tx.Corrections("ww1", []attendance.UserID{"a"}, d, d, asOf)
			})
		}
		all := read(100)
		if len(all) != known-1 {
			t.Fatalf("%d corrections, want one of each of %d schemas", len(all), known-1)
		}
		for i, c := range all {
			if c.Seq != int64(i+1) || !c.Stands(100) || c.Remark != "旧" {
				t.Errorf("%+v", c)
			}
		}
		end := store.CorrectionEnd{User: "a", Day: d, Seq: 1, KnownAt: 50, Remark: "错", App: 2}
		write(t, db, func(tx *store.Tx) error { return tx.EndCorrection("ww1", end) })
		if now, before := read(50), read(49); now[0].Withdrawn != 50 || now[1].Withdrawn != 0 || before[0].Withdrawn != 0 {
			t.Errorf("taken back at 50: %+v, before: %+v", now, before)
		}
		if err := db.Write(ctx, func(tx *store.Tx) error { return tx.EndCorrection("ww1", end) }); err == nil {
			t.Error("taken back twice")
		}
	})
}
