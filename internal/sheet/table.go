package sheet

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// What a file may hold. A workbook is a zip archive, which can be a thousand
// times as large as it looks.
const (
	maxFile    = 256 << 20 // bytes of a file
	maxUnzip   = 512 << 20 // bytes of a workbook's parts together
	maxInXML   = 16 << 20  // bytes of a part that are kept in memory
	maxRows    = 1_048_576 // as many as Excel has
	maxColumns = 512
	maxCell    = 4096      // bytes
	maxText    = 512 << 20 // bytes of all cells
)

// Table is what a file holds, as text.
type Table struct {
	Name   string   // of the file
	SHA256 string   // of its bytes, in lower-case hex
	Sheet  string   // of the workbook; "" for text
	Others []string // sheets of the workbook that are shown and were not read
	Form   string   // how it was read, such as "GB18030 between semicolons"
	Rows   []Row

	title    string // what may name the month: the sheet's and the file's name
	date1904 bool   // its dates count from 1904
	marks    marks  // of a sheet
}

// Row is a row of a table that is not blank.
type Row struct {
	Number int // from 1, as a spreadsheet or an editor shows it
	Cells  []string
}

// cell returns the text of a column, from 0; what is not there is blank.
func (r *Row) cell(column int) string {
	if column < 0 || column >= len(r.Cells) {
		return ""
	}
	return r.Cells[column]
}

// width returns how many columns the widest row has.
func (t *Table) width() (columns int) {
	for i := range t.Rows {
		columns = max(columns, len(t.Rows[i].Cells))
	}
	return columns
}

// Read reads a table. What kind of file it is, is told by its bytes: an Excel
// workbook (.xlsx), or text between commas, semicolons or tabs in UTF-8, UTF-16
// with a byte order mark, or GB18030, which GBK is part of. sheet names a sheet of
// a workbook; "" is the first one that is shown. A file past the package's limits,
// 256 MiB, 1,048,576 rows, 512 columns and 4096 bytes a cell, is refused.
func Read(r io.Reader, name, sheet string) (*Table, error) {
	raw, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if _, said := errors.AsType[*fs.PathError](err); said {
		return nil, err
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if len(raw) > maxFile {
		return nil, fmt.Errorf("%s: larger than %d MiB", name, maxFile>>20)
	}
	sum := sha256.Sum256(raw)
	t := &Table{Name: name, SHA256: hex.EncodeToString(sum[:])}
	if err := t.fill(raw, sheet); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	t.title += " " + name[strings.LastIndexAny(name, `/\`)+1:]
	if len(t.Rows) == 0 {
		return nil, fmt.Errorf("%s: the table is empty", name)
	}
	return t, nil
}

func (t *Table) fill(raw []byte, sheet string) error {
	switch {
	case bytes.HasPrefix(raw, []byte("PK\x03\x04")):
		return t.readWorkbook(raw, sheet)
	case bytes.HasPrefix(raw, []byte("\xD0\xCF\x11\xE0")):
		return errors.New("an old or an encrypted Excel file: save it as .xlsx without a password")
	case sheet != "":
		return fmt.Errorf("no Excel workbook: there is no sheet %q", sheet)
	case looksLikeHTML(raw):
		return errors.New("a web page that is called a table: open it in Excel and save it as .xlsx")
	}
	return t.readText(raw)
}

func looksLikeHTML(raw []byte) bool {
	head := bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(raw[:min(len(raw), 512)], []byte("\uFEFF"))))
	for _, tag := range []string{"<html", "<!doctype", "<table", "<?xml"} {
		if bytes.HasPrefix(head, []byte(tag)) {
			return true
		}
	}
	return false
}

// add takes a row in, unless it is blank. text counts the bytes of all cells.
func (t *Table) add(number int, cells []string, text *int) error {
	if number > maxRows {
		return fmt.Errorf("more than %d rows", maxRows)
	}
	blank := true
	for i, c := range cells {
		cells[i] = trim(c)
		if cells[i] == "" {
			continue
		}
		blank = false
		*text += len(cells[i])
		switch {
		case i >= maxColumns:
			return fmt.Errorf("row %d: more than %d columns", number, maxColumns)
		case len(cells[i]) > maxCell:
			return fmt.Errorf("row %d, column %s: longer than %d bytes", number, letters(i), maxCell)
		case *text > maxText:
			return fmt.Errorf("row %d: more than %d MiB of text", number, maxText>>20)
		}
	}
	if !blank {
		t.Rows = append(t.Rows, Row{Number: number, Cells: cells})
	}
	return nil
}

// trim takes blanks off a cell, those among them that cannot be seen.
func trim(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '\u200B' || r == '\uFEFF' || r == 0 })
}

// fold writes the wide forms that Chinese keyboards make as plain ones:
// １０：３０ is 10:30.
func fold(s string) string {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return trim(width.Fold.String(s))
		}
	}
	return trim(s)
}

// letters returns the name of a column, from 0: A, B, …, Z, AA.
func letters(column int) string {
	name := ""
	for column++; column > 0; column = (column - 1) / 26 {
		name = string(rune('A'+(column-1)%26)) + name
	}
	return name
}

// columnOf is the inverse of letters; ok is false for what is no such name.
func columnOf(name string) (column int, ok bool) {
	if name == "" || len(name) > 3 {
		return 0, false
	}
	for _, r := range strings.ToUpper(name) {
		if r < 'A' || r > 'Z' {
			return 0, false
		}
		column = column*26 + int(r-'A') + 1
	}
	return column - 1, column <= maxColumns
}
