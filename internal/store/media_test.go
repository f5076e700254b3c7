package store_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

// A file is not there until it is complete, its bytes come back as they were,
// and it belongs to one corporation.
func TestMediaPieces(t *testing.T) {
	t.Parallel()
	piece := make([]byte, 512)
	for i := range piece {
		piece[i] = byte(i)
	}
	m := store.Media{ID: "a", Kind: "file", Name: "名 字", ContentType: "text/plain", App: 7, Created: 100, Expires: 200}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := t.Context()
		write := func(f func(*store.Tx) error) {
			t.Helper()
			if err := db.Write(ctx, f); err != nil {
				t.Fatal(err)
			}
		}
		read := func(when string, want error) (got store.Media) {
			t.Helper()
			err := db.Read(ctx, func(tx *store.Tx) (err error) { got, err = tx.Media("ww1", "a"); return err })
			if !errors.Is(err, want) {
				t.Errorf("%s: got %v, want %v", when, err, want)
			}
			return got
		}
		write(func(tx *store.Tx) error { return tx.AddMedia("ww1", m) })
		write(func(tx *store.Tx) error {
			return errors.Join(tx.AddMediaPiece("ww1", "a", 0, piece), tx.AddMediaPiece("ww1", "a", 1, piece[:3]))
		})
		read("before it is complete", store.ErrNotFound)
		write(func(tx *store.Tx) error { return tx.CompleteMedia("ww1", "a", 515) })
		m := m
		m.Size = 515
		if diff := cmp.Diff(m, read("complete", nil)); diff != "" {
			t.Error(diff)
		}
		err := db.Read(ctx, func(tx *store.Tx) error {
			first, err1 := tx.MediaPiece("ww1", "a", 0, nil)
			second, err2 := tx.MediaPiece("ww1", "a", 1, make([]byte, 100))
			if !bytes.Equal(first, piece) || !bytes.Equal(second, piece[:3]) {
				t.Errorf("pieces %d and %d bytes long", len(first), len(second))
			}
			_, err3 := tx.MediaPiece("ww2", "a", 0, nil)
			_, err4 := tx.Media("ww2", "a")
			ids, err5 := tx.ExpiredMedia("ww1", 199, 9)
			if !errors.Is(err3, store.ErrNotFound) || !errors.Is(err4, store.ErrNotFound) || len(ids) != 0 {
				t.Errorf("another corporation: %v, %v; expired before its time: %v", err3, err4, ids)
			}
			return errors.Join(err1, err2, err5)
		})
		if err != nil {
			t.Fatal(err)
		}
		write(func(tx *store.Tx) error {
			ids, err := tx.ExpiredMedia("ww1", 200, 9)
			if len(ids) != 1 {
				t.Errorf("expired: %v", ids)
			}
			return errors.Join(err, tx.DropMedia("ww1", ids))
		})
		read("gone", store.ErrNotFound)
		if err := db.Write(ctx, func(tx *store.Tx) error { return tx.CompleteMedia("ww1", "a", 1) }); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("complete what is gone: %v", err)
		}
	})
}

func TestFaces(t *testing.T) {
	t.Parallel()
	one := store.Face{User: "a", SHA256: "11", Format: "png", Width: 3, Height: 4, Size: 5, App: 6, StoredAt: 7}
	two := store.Face{User: "a", SHA256: "22", Format: "jpeg", Width: 4, Height: 5, Size: 6, App: 7, StoredAt: 8}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			other := one
			other.User = "b"
			return errors.Join(tx.SetFace("ww1", one), tx.SetFace("ww1", other), tx.SetFace("ww1", two), tx.SetFace("ww2", one), tx.DropFace("ww1", "b"), tx.DropFace("ww1", "c"))
		})
		if err != nil {
			t.Fatal(err)
		}
		err = db.Read(t.Context(), func(tx *store.Tx) error {
			got, err := tx.Faces("ww1")
			if diff := cmp.Diff([]store.Face{two}, got); diff != "" {
				t.Error(diff)
			}
			own, err1 := tx.FaceOfAnother("ww1", "22", "a")
			another, err2 := tx.FaceOfAnother("ww1", "22", "b")
			elsewhere, err3 := tx.FaceOfAnother("ww1", "11", "b")
			if own || !another || elsewhere {
				t.Errorf("the same picture: one's own %v, another's %v, another corporation's %v", own, another, elsewhere)
			}
			return errors.Join(err, err1, err2, err3)
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
