package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

// A database is rewritten while it is read and written; nothing is lost.
func TestRewriteBesideOthers(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		const writers, each = 4, 25
		var all sync.WaitGroup
		for w := range writers {
			all.Go(func() {
				for i := range each {
					p := attendance.PunchRecord{User: attendance.UserID(fmt.Sprint("u", w)), Punch: attendance.Punch{At: int64(i), Source: attendance.SourceDevice}}
					if _, _, err := db.InsertPunches(ctx, corp, []attendance.PunchRecord{p}); err != nil {
						t.Error(err)
					}
					read(t, db, func(tx *store.Tx) error { _, err := tx.Erasures(corp); return err })
				}
			})
		}
		for range 5 {
			if err := db.Rewrite(ctx); err != nil {
				t.Error(err)
			}
		}
		all.Wait()
		var n int64
		for _, d := range get(t, db, func(tx *store.Tx) ([]store.Device, error) { return tx.Devices(corp) }) {
			n += d.Punches
		}
		if n != writers*each {
			t.Errorf("%d punches, want %d", n, writers*each)
		}
	})
}

func TestRewriteRefuses(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "x.db")
	db, err := store.Open(ctx, "sqlite:"+path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Migrate(ctx), db.Rewrite(ctx)); err != nil {
		t.Error(err)
	}
	if log, err := os.Stat(path + "-wal"); err != nil || log.Size() != 0 {
		t.Errorf("the log after: %v, %v", log, err)
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if err := db.Rewrite(cancelled); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
	if err := db.Rewrite(ctx); !errors.Is(err, store.ErrClosed) {
		t.Errorf("closed: %v", err)
	}
	reader, err := store.Open(ctx, "sqlite:"+path, store.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	if err := reader.Rewrite(ctx); !errors.Is(err, store.ErrReadOnly) {
		t.Errorf("read only: %v", err)
	}
}
