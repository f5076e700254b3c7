package export

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// File makes a file of what write writes, all or nothing: it is written beside
// its place and put there at the end, over what was there. What is no ordinary
// file, such as a pipe, is written to directly.
func File(path string, write func(io.Writer) error) error {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return direct(path, write)
	}
	part := filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+"."+rand.Text()[:8]+".part")
	f, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return withoutPart(path, err)
	}
	err = write(f)
	if err == nil {
		err = f.Sync()
	}
	if err = firstError(err, f.Close()); err == nil {
		err = os.Rename(part, path)
	}
	if err != nil {
		_ = os.Remove(part) // the first error matters more
		return withoutPart(path, err)
	}
	return nil
}

// withoutPart has an error of the file system name the file that was to be made,
// not the hidden one beside it.
func withoutPart(path string, err error) error {
	if bad, ok := errors.AsType[*fs.PathError](err); ok && strings.HasSuffix(bad.Path, ".part") {
		return fmt.Errorf("write %s: %w", path, bad.Err)
	}
	if bad, ok := errors.AsType[*os.LinkError](err); ok {
		return fmt.Errorf("write %s: %w", path, bad.Err)
	}
	return err
}

func direct(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return firstError(write(f), f.Close())
}
