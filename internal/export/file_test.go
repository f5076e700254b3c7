package export

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// A file is there as a whole, or as it was before.
func TestFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "out.csv")
	put := func(text string, fail error) error {
		return File(path, func(w io.Writer) error {
			_, err := io.WriteString(w, text)
			return firstError(err, fail)
		})
	}
	holds := func(want string) {
		t.Helper()
		got, err := os.ReadFile(path)
		files, listErr := os.ReadDir(dir)
		if err != nil || listErr != nil || string(got) != want || len(files) != 1 {
			t.Errorf("it holds %q, %v, beside %d files, want %q", got, err, len(files)-1, want)
		}
	}
	if err := put("one", nil); err != nil {
		t.Fatal(err)
	}
	holds("one")
	lost := errors.New("lost")
	if err := put("half", lost); !errors.Is(err, lost) {
		t.Errorf("the error is %v", err)
	}
	holds("one")
	if err := put("two", nil); err != nil {
		t.Fatal(err)
	}
	holds("two")
	missing := filepath.Join(dir, "missing", "out.csv")
	if err := File(missing, func(io.Writer) error { return nil }); !errors.Is(err, os.ErrNotExist) || err.Error() != "write "+missing+": no such file or directory" {
		t.Errorf("in a folder that is not there: %v", err)
	}
	if err := File(dir, func(io.Writer) error { return nil }); err == nil {
		t.Error("a folder was written to")
	}
	if err := File(os.DevNull, func(w io.Writer) error { _, err := io.WriteString(w, "x"); return err }); err != nil {
		t.Errorf("what is no ordinary file: %v", err)
	}
	if _, err := os.Stat(os.DevNull); err != nil {
		t.Errorf("it is gone: %v", err)
	}
}
