package store_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

// What tells how a database does needs no right to write, and leaves nothing.
func TestHealth(t *testing.T) {
	t.Parallel()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		ctx := t.Context()
		made := openAt(t, dsn)
		must(t, made.Migrate(ctx))
		must(t, made.FillEmptyTables(ctx))
		before := sumsOf(t, made)
		db, err := store.Open(ctx, dsn, store.Options{ReadOnly: true})
		must(t, err)
		defer db.Close()
		p, err := db.Place(ctx)
		if path, file := strings.CutPrefix(dsn, "sqlite:"); err != nil || p.Bytes == 0 || file && (p.Log == 0 || p.Dir != filepath.Dir(path)) {
			t.Errorf("place: %+v, %v", p, err)
		}
		if found, err := db.Damage(ctx); err != nil || len(found) > 0 {
			t.Errorf("damage: %v, %v", found, err)
		}
		if ahead, err := db.Ahead(ctx); err != nil || ahead.Abs() > time.Minute { // it runs on this machine
			t.Errorf("clock: %v, %v", ahead, err)
		}
		if took, err := db.SyncTime(ctx, 3); err != nil || took <= 0 {
			t.Errorf("a write: %v, %v", took, err)
		}
		if names, err := db.Unsafe(ctx); err != nil || p.Dir != "" && len(names) > 0 {
			t.Errorf("settings: %v, %v", names, err)
		}
		if after := sumsOf(t, made); len(after) != len(before) || after[0] != before[0] {
			t.Error("it changed something")
		}
		if p.Dir != "" {
			if left, err := filepath.Glob(filepath.Join(p.Dir, ".daka-*")); err != nil || len(left) > 0 {
				t.Errorf("left: %v, %v", left, err)
			}
		}
	})
}

func TestDamageIsFound(t *testing.T) {
	t.Parallel()
	ctx, path := t.Context(), filepath.Join(t.TempDir(), "x.db")
	db := openAt(t, "sqlite:"+path)
	must(t, db.Migrate(ctx))
	must(t, db.FillEmptyTables(ctx))
	must(t, db.Close())
	content, err := os.ReadFile(path)
	must(t, err)
	for i := 3 * 4096; i < 9*4096; i++ { // six pages behind that of the schema
		content[i] = 0xff
	}
	must(t, os.WriteFile(path, content, 0o600))
	broken := openAt(t, "sqlite:"+path)
	if found, err := broken.Damage(ctx); err == nil && len(found) == 0 {
		t.Error("nothing was found")
	}
}
