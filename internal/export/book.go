package export

import (
	"archive/zip"
	"fmt"
	"io"
	"strings"

	"github.com/dakahq/daka/internal/explain"
	"github.com/klauspost/compress/flate"
	"github.com/xuri/excelize/v2"
)

// book is a workbook being written, one sheet after the other.
type book struct {
	archive *zip.Writer
	lang    explain.Lang
	layout  *layout
	limit   int // rows that a sheet may have, with its heading
	names   sheetNames
	sheets  []bookSheet // those begun
	now     *sheet      // nil = none is open
}

// bookSheet is what the workbook says of a sheet.
type bookSheet struct {
	name string
	area string // with the heading
}

func newBook(w io.Writer, l *layout, lang explain.Lang) *book {
	b := &book{archive: zip.NewWriter(w), lang: lang, layout: l, limit: maxRows}
	b.archive.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(w, flate.DefaultCompression)
	})
	return b
}

// maxRows is how many rows a sheet may have.
const maxRows = excelize.TotalRows

// begin opens a sheet, and ends the one before.
func (b *book) begin(name string) (err error) {
	if err := b.end(); err != nil {
		return err
	}
	b.now, err = newSheet(b.layout, len(b.sheets) == 0)
	if err == nil {
		b.sheets = append(b.sheets, bookSheet{name: b.names.name(name)})
	}
	return err
}

// row writes a row to the sheet with a name, or to a further one when that is full.
func (b *book) row(name string, cells []cell) error {
	if b.now.rows >= b.limit {
		if err := b.begin(name); err != nil {
			return err
		}
	}
	return b.now.row(cells, false)
}

// end ends the open sheet.
func (b *book) end() (err error) {
	if b.now == nil {
		return nil
	}
	s, last := b.now, &b.sheets[len(b.sheets)-1]
	b.now = nil
	if last.area, err = tableRange(len(b.layout.heads), s.rows); err != nil {
		return err
	}
	return s.end(b.layout, b.archive, sheetPath(len(b.sheets)))
}

// drop gives up what an open sheet keeps.
func (b *book) drop() {
	if b.now != nil {
		_ = b.now.file.Close() // the book is lost anyway
	}
}

func sheetPath(n int) string { return fmt.Sprintf("xl/worksheets/sheet%d.xml", n) }

// legend is the last sheet, which explains the others' short texts.
func (b *book) legend() error {
	rows := b.layout.legend
	if len(rows) == 0 {
		return nil
	}
	heads := []cell{textCell(words{"符号", "Code"}.in(b.lang)), textCell(words{"含义", "Meaning"}.in(b.lang))}
	if err := b.end(); err != nil {
		return err
	}
	b.layout = &layout{heads: heads, widths: []float64{10, 30}}
	if err := b.begin(words{"图例", "Legend"}.in(b.lang)); err != nil {
		return err
	}
	for _, cells := range rows {
		if err := b.now.row(cells, false); err != nil {
			return err
		}
	}
	return nil
}

// close writes what joins the sheets, and the archive's end.
func (b *book) close() error {
	if err := b.legend(); err != nil {
		return err
	}
	if err := b.end(); err != nil {
		return err
	}
	f := excelize.NewFile()
	defer func() { _ = f.Close() }() // it has no temporary files
	if _, err := newStyles(f); err != nil {
		return err
	}
	for i, s := range b.sheets {
		if err := declare(f, s, i == 0); err != nil {
			return fmt.Errorf("sheet %q: %w", s.name, err)
		}
	}
	if err := f.SetDocProps(&excelize.DocProperties{Creator: "daka", Title: b.sheets[0].name}); err != nil {
		return err
	}
	f.SetZipWriter(func(io.Writer) excelize.ZipWriter {
		return parts{b.archive, func(name string) string {
			if strings.HasPrefix(name, "xl/worksheets/") {
				return "" // they are in the archive already
			}
			return name
		}}
	})
	if err := f.Write(io.Discard); err != nil {
		return err
	}
	return b.archive.Close()
}

// declare tells a workbook of a sheet: its name, that its heading is printed on
// each page, and what its filter is for.
func declare(f *excelize.File, s bookSheet, first bool) error {
	var err error
	if first {
		err = f.SetSheetName("Sheet1", s.name)
	} else {
		_, err = f.NewSheet(s.name)
	}
	if err != nil {
		return err
	}
	if err := f.AutoFilter(s.name, s.area, nil); err != nil {
		return err
	}
	quoted := "'" + strings.ReplaceAll(s.name, "'", "''") + "'"
	return f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: quoted + "!$1:$1", Scope: s.name})
}
