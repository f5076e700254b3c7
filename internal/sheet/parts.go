package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// What the parts of a workbook may be, beside the limits of Read.
const (
	maxParts = 4096
	maxRatio = 100      // how many times as large the parts may be as the file
	anyRatio = 64 << 20 // bytes of parts for which the ratio does not count
	maxMarks = 100_000  // merged areas and formulas without results that are remembered
)

// checkParts refuses an archive whose list of parts says that they would fill
// the memory, before any of them is unpacked.
func checkParts(archive *zip.Reader, size int) error {
	if len(archive.File) > maxParts {
		return fmt.Errorf("an Excel workbook of %d parts: at most %d are read", len(archive.File), maxParts)
	}
	whole := uint64(0)
	for _, part := range archive.File {
		whole += min(part.UncompressedSize64, maxUnzip+1)
		switch {
		case whole > maxUnzip:
			return fmt.Errorf("an Excel workbook that unpacks to more than %d MiB", maxUnzip>>20)
		case whole > anyRatio && whole/maxRatio > uint64(size):
			return fmt.Errorf("an Excel workbook that unpacks to more than %d times its size", maxRatio)
		}
	}
	return nil
}

// area is a merged area: rows as spreadsheets count them, columns from 0.
type area struct{ top, left, bottom, right int }

// marks is what a sheet says of its cells beside their values.
type marks struct {
	merged []area
	blind  map[int][]int // columns of formulas without results, by the row's number
	count  int
}

// readMarks reads the marks of a sheet. A workbook that has its parts in other
// places than usual has none.
func readMarks(archive *zip.Reader, sheet string) (m marks, err error) {
	part, err := sheetPart(archive, sheet)
	if err != nil || part == nil {
		return m, err
	}
	r, err := part.Open()
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	m.blind = map[int][]int{}
	const window, overlap = 1 << 20, 64 << 10 // a formula has 8192 characters at most
	buf, seen := make([]byte, 0, window), 0
	for {
		n, err := io.ReadFull(r, buf[len(buf):window])
		buf = buf[:len(buf)+n]
		m.scan(buf, seen)
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return m, nil
		}
		if err != nil {
			return m, err
		}
		buf = buf[:copy(buf, buf[window-overlap:])]
		seen = overlap
	}
}

var (
	mergedCell = regexp.MustCompile(`<mergeCell [^<>]*?ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"`)
	cellTag    = regexp.MustCompile(`^<c [^<>]*?\br="([A-Z]{1,3})([0-9]{1,7})"`)
	noResults  = []string{"</f></c>", "</f><v></v></c>", "</f><v/></c>", "</f><v /></c>"}
)

// scan takes in the marks that end behind the part of a text that was scanned
// before.
func (m *marks) scan(text []byte, seen int) {
	for _, at := range mergedCell.FindAllSubmatchIndex(text, -1) {
		if at[1] <= seen || len(m.merged) >= maxMarks {
			continue
		}
		left, top, ok := place(string(text[at[2]:at[3]]), string(text[at[4]:at[5]]))
		right, bottom, also := place(string(text[at[6]:at[7]]), string(text[at[8]:at[9]]))
		if ok && also {
			m.merged = append(m.merged, area{top, left, bottom, right})
		}
	}
	for _, ending := range noResults {
		for from := max(0, seen-len(ending)+1); m.count < maxMarks; {
			at := bytes.Index(text[from:], []byte(ending))
			if at < 0 {
				break
			}
			from += at + len(ending)
			m.formula(text[:from], ending != noResults[0])
		}
	}
}

// formula takes in the cell with which a text ends, a formula without a result
// or with an empty one.
func (m *marks) formula(text []byte, empty bool) {
	cell := text[max(bytes.LastIndex(text, []byte("<c ")), 0):]
	tag := cellTag.FindSubmatch(cell)
	if tag == nil || empty && bytes.Contains(cell[:bytes.IndexByte(cell, '>')], []byte(`t="str"`)) {
		return // an empty text is a result
	}
	if column, row, ok := place(string(tag[1]), string(tag[2])); ok && !slices.Contains(m.blind[row], column) {
		m.blind[row] = append(m.blind[row], column)
		m.count++
	}
}

// place reads the two halves of a cell's name.
func place(letters, digits string) (column, row int, ok bool) {
	row, err := strconv.Atoi(digits)
	for _, r := range letters {
		column = column*26 + int(r-'A') + 1
	}
	return column - 1, row, err == nil
}

// sheetPart returns the part of a workbook that holds a sheet; nil = it is not
// where programs put it.
func sheetPart(archive *zip.Reader, sheet string) (*zip.File, error) {
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"id,attr"`
		} `xml:"sheets>sheet"`
	}
	var links struct {
		Links []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	for name, v := range map[string]any{"xl/workbook.xml": &book, "xl/_rels/workbook.xml.rels": &links} {
		if err := readPart(archive, name, v); err != nil {
			return nil, err
		}
	}
	for _, s := range book.Sheets {
		for _, l := range links.Links {
			if s.Name != sheet || l.ID != s.ID {
				continue
			}
			target := path.Join("xl", l.Target)
			if strings.HasPrefix(l.Target, "/") {
				target = strings.TrimPrefix(path.Clean(l.Target), "/")
			}
			return partNamed(archive, target), nil
		}
	}
	return nil, nil
}

func partNamed(archive *zip.Reader, name string) *zip.File {
	for _, part := range archive.File {
		if strings.EqualFold(strings.ReplaceAll(part.Name, `\`, "/"), name) {
			return part
		}
	}
	return nil
}

// readPart reads a small part; one that is not there leaves v as it is.
func readPart(archive *zip.Reader, name string, v any) error {
	part := partNamed(archive, name)
	if part == nil {
		return nil
	}
	r, err := part.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	if err := xml.NewDecoder(io.LimitReader(r, maxInXML)).Decode(v); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
