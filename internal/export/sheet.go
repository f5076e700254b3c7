package export

import (
	"archive/zip"
	"fmt"
	"io"
	"io/fs"

	"github.com/xuri/excelize/v2"
)

// sheetName is that of a sheet in the workbook it is made in; the book names it.
const sheetName = "s"

// headHeight has room for two lines, in points.
const headHeight = 30

// sheet is one sheet being written. It is made in a workbook of its own, from
// which its XML goes into the book's archive: excelize keeps up to 16 MiB of each
// sheet in memory until a workbook is saved, which would add up.
type sheet struct {
	file   *excelize.File
	stream *excelize.StreamWriter
	styles styles
	rows   int
	cells  []excelize.Cell
	values []any // pointers to cells
}

func newSheet(l *layout, active bool) (s *sheet, err error) {
	s = &sheet{file: excelize.NewFile()}
	defer func() {
		if err != nil {
			_ = s.file.Close() // the first error matters more
		}
	}()
	if s.styles, err = newStyles(s.file); err != nil {
		return nil, err
	}
	index, err := s.file.NewSheet(sheetName)
	if err != nil {
		return nil, err
	}
	if active {
		s.file.SetActiveSheet(index)
	}
	if err := s.page(); err != nil {
		return nil, err
	}
	if s.stream, err = s.file.NewStreamWriter(sheetName); err != nil {
		return nil, err
	}
	for i, w := range l.widths {
		if err := s.stream.SetColWidth(i+1, i+1, w); err != nil {
			return nil, err
		}
	}
	corner, err := excelize.CoordinatesToCellName(l.frozen+1, 2)
	if err != nil {
		return nil, err
	}
	pane := "bottomRight"
	if l.frozen == 0 {
		pane = "bottomLeft"
	}
	err = s.stream.SetPanes(&excelize.Panes{Freeze: true, XSplit: l.frozen, YSplit: 1, TopLeftCell: corner, ActivePane: pane})
	if err != nil {
		return nil, err
	}
	return s, s.row(l.heads, true)
}

// paperA4 is A4 as spreadsheets number papers.
const paperA4 = 9

// page has the sheet printed across, one page wide and as many high as it takes.
func (s *sheet) page() error {
	across, paper, wide, high, fit := "landscape", paperA4, 1, 0, true
	margin := 0.4 // inches
	if err := s.file.SetPageMargins(sheetName, &excelize.PageLayoutMarginsOptions{
		Left: &margin, Right: &margin, Top: &margin, Bottom: &margin,
	}); err != nil {
		return err
	}
	if err := s.file.SetSheetProps(sheetName, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	return s.file.SetPageLayout(sheetName, &excelize.PageLayoutOptions{
		Orientation: &across, Size: &paper, FitToWidth: &wide, FitToHeight: &high,
	})
}

// row writes the next row. Texts are never formulas, whatever they begin with.
func (s *sheet) row(cells []cell, head bool) error {
	if len(s.cells) < len(cells) {
		s.cells, s.values = make([]excelize.Cell, len(cells)), make([]any, len(cells))
	}
	for i := range cells {
		c := &cells[i]
		s.cells[i] = excelize.Cell{StyleID: s.styles.cell[c.kind][c.tone], Value: c.value()}
		if head {
			s.cells[i].StyleID = s.styles.head[c.tone]
		}
		s.values[i] = &s.cells[i]
	}
	s.rows++
	at, err := excelize.CoordinatesToCellName(1, s.rows)
	if err != nil {
		return err
	}
	if head {
		return s.stream.SetRow(at, s.values[:len(cells)], excelize.RowOpts{Height: headHeight})
	}
	return s.stream.SetRow(at, s.values[:len(cells)])
}

// end writes the sheet's XML to an archive, under a path, and forgets it.
func (s *sheet) end(l *layout, archive *zip.Writer, path string) error {
	defer func() { _ = s.file.Close() }() // all it could say is that a temporary file stays
	all, err := tableRange(len(l.heads), s.rows)
	if err != nil {
		return err
	}
	if err := s.file.AutoFilter(sheetName, all, nil); err != nil {
		return err
	}
	if err := s.stream.Flush(); err != nil {
		return err
	}
	s.file.SetZipWriter(func(io.Writer) excelize.ZipWriter {
		return parts{archive, func(name string) string {
			if name == "xl/worksheets/sheet2.xml" {
				return path
			}
			return ""
		}}
	})
	if err := s.file.Write(io.Discard); err != nil {
		return fmt.Errorf("sheet %s: %w", path, err)
	}
	return nil
}

func tableRange(columns, rows int) (string, error) {
	end, err := excelize.CoordinatesToCellName(columns, rows)
	return "A1:" + end, err
}

// parts lets some parts of a workbook into an archive.
type parts struct {
	archive *zip.Writer
	path    func(name string) string // in the archive; "" = left out
}

func (p parts) Create(name string) (io.Writer, error) {
	if path := p.path(name); path != "" {
		return p.archive.Create(path)
	}
	return io.Discard, nil
}

func (p parts) AddFS(files fs.FS) error { return p.archive.AddFS(files) }

// Close leaves the archive open: more parts come.
func (p parts) Close() error { return nil }
