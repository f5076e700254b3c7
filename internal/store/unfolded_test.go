package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/dakahq/daka/internal/store"
)

// A copy in a folder that cannot be written is read as it is. With the log of a
// database that runs beside it, it may lack something.
func TestReadOnlyFolder(t *testing.T) {
	t.Parallel()
	if asNobody(t) {
		return
	}
	live := filepath.Join(t.TempDir(), "live.db")
	db, err := store.Open(t.Context(), "sqlite:"+live, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	open := func(copied ...string) error {
		folder := t.TempDir()
		for _, suffix := range copied {
			content, err := os.ReadFile(live + suffix)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(folder, "copy.db"+suffix), content, 0o400); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.Chmod(folder, 0o500); err != nil {
			t.Fatal(err)
		}
		defer os.Chmod(folder, 0o700)
		reader, err := store.Open(t.Context(), "sqlite:"+filepath.Join(folder, "copy.db"), store.Options{ReadOnly: true})
		if err != nil {
			return err
		}
		_, err = reader.Pending(t.Context())
		return errors.Join(err, reader.Close())
	}
	if err := open("", "-wal"); !errors.Is(err, store.ErrUnfolded) {
		t.Errorf("with a log: %v", err)
	}
	if err := db.Close(); err != nil { // which folds the log in
		t.Fatal(err)
	}
	if err := open(""); err != nil {
		t.Errorf("without a log: %v", err)
	}
}
