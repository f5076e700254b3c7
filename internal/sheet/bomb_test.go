package sheet

import (
	"archive/zip"
	"bytes"
	"testing"
)

// zipped is an archive with one file, a few bytes that are said to unpack to
// a size.
func zipped(tb testing.TB, name string, size uint64) []byte {
	tb.Helper()
	var b bytes.Buffer
	archive := zip.NewWriter(&b)
	part, err := archive.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Deflate, CompressedSize64: 3, UncompressedSize64: size})
	if err != nil {
		tb.Fatal(err)
	}
	if _, err := part.Write([]byte{1, 2, 3}); err != nil {
		tb.Fatal(err)
	}
	if err := archive.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}
