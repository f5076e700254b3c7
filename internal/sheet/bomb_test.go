package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"runtime"
	"strings"
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

// archived is an archive of parts that all hold the same.
func archived(tb testing.TB, text string, names ...string) []byte {
	tb.Helper()
	var b bytes.Buffer
	archive := zip.NewWriter(&b)
	for _, name := range names {
		part, err := archive.Create(name)
		if err == nil {
			_, err = part.Write([]byte(text))
		}
		if err != nil {
			tb.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func numbered(n int) (names []string) {
	for i := range n {
		names = append(names, fmt.Sprintf("xl/worksheets/sheet%d.xml", i))
	}
	return names
}

// belittled says in both places of an archive of one part that the part is a
// byte long.
func belittled(file []byte) []byte {
	for _, header := range []struct {
		mark string
		at   int
	}{{"PK\x01\x02", 24}, {"PK\x07\x08", 12}} {
		if at := bytes.Index(file, []byte(header.mark)); at >= 0 {
			binary.LittleEndian.PutUint32(file[at+header.at:], 1)
		}
	}
	return file
}

// Small files that are large are refused before they fill the memory: each of
// them with less than 64 MiB on the way, of which the test itself makes none.
func TestBombs(t *testing.T) {
	if testing.Short() {
		t.Skip("packing 64 MiB takes long under the race detector")
	}
	blanks := strings.Repeat(" ", 65<<20)
	large := archived(t, blanks, "xl/workbook.xml")
	for _, tt := range []struct {
		name, want string
		file       []byte
	}{
		{"a part that unpacks to a gigabyte", "unpacks to more than 512 MiB", zipped(t, "xl/worksheets/sheet1.xml", maxUnzip+1)},
		{"a part of a size past all numbers", "unpacks to more than 512 MiB", zipped(t, "xl/worksheets/sheet1.xml", 1<<63)},
		{"a part a thousand times its size", "unpacks to more than 100 times its size", large},
		{"small parts that are many times theirs", "unpacks to more than 100 times its size", archived(t, blanks[:1<<20], numbered(100)...)},
		{"many parts", "of 5000 parts: at most 4096 are read", archived(t, "", numbered(5000)...)},
		{"a part that says it is small", "", belittled(bytes.Clone(large))},
		{"a cell in the last column", "row 2: more than 512 columns", workbook(t, map[string]any{"A1": "工号", "XFD2": "x"})},
		{"a long text that all cells share", "longer than 4096 bytes", workbook(t, map[string]any{"A1": strings.Repeat("x", 30_000)})},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := Read(bytes.NewReader(tt.file), "b.xlsx", "")
			runtime.ReadMemStats(&after)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > 64<<20 {
				t.Errorf("%d MiB were used", used>>20)
			}
		})
	}
}

// The strings that cells share are read one after the other: many of them
// in a file of 100 KB take no more than they are.
func TestManySharedStrings(t *testing.T) {
	if testing.Short() {
		t.Skip("it is about memory, which the race detector takes for itself")
	}
	const each, n = "<si><t>x</t></si>", 200_000
	file := rewritten(t, workbook(t, map[string]any{"A1": "工号", "B1": "姓名", "A2": "1001", "B2": "张三"}), func(name string, text []byte) []byte {
		if name != "xl/sharedStrings.xml" {
			return text
		}
		return bytes.Replace(text, []byte("</sst>"), []byte(strings.Repeat(each, n)+"</sst>"), 1)
	})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	table, err := Read(bytes.NewReader(file), "b.xlsx", "")
	runtime.ReadMemStats(&after)
	if err != nil || len(table.Rows) != 2 {
		t.Fatal(err)
	}
	t.Logf("%d bytes, %d MiB", len(file), (after.TotalAlloc-before.TotalAlloc)>>20)
	if used := after.TotalAlloc - before.TotalAlloc; used > 256<<20 {
		t.Errorf("%d MiB were used for %d strings", used>>20, n)
	}
}
