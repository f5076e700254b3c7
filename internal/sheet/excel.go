package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// readWorkbook reads a sheet of an Excel workbook.
func (t *Table) readWorkbook(raw []byte, sheet string) (err error) {
	// The library panics on some damaged workbooks.
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("a damaged Excel workbook: %v", r)
		}
	}()
	archive, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return fmt.Errorf("not an Excel workbook that can be read: %w", err)
	}
	if err := checkParts(archive, len(raw)); err != nil {
		return err
	}
	if partNamed(archive, "xl/workbook.xml") == nil {
		if err := foreign(archive); err != nil {
			return err
		}
	}
	f, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{UnzipSizeLimit: maxUnzip, UnzipXMLSizeLimit: maxInXML})
	if err != nil {
		return fmt.Errorf("not an Excel workbook that can be read: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if t.Sheet, err = chooseSheet(f, sheet); err != nil {
		return err
	}
	for _, name := range f.GetSheetList() {
		if shown, err := f.GetSheetVisible(name); err == nil && shown && name != t.Sheet {
			t.Others = append(t.Others, name)
		}
	}
	props, err := f.GetWorkbookProps()
	if err != nil {
		return err
	}
	t.date1904 = props.Date1904 != nil && *props.Date1904
	t.Form, t.title = "Excel, sheet "+t.Sheet, t.Sheet
	if t.marks, err = readMarks(archive, t.Sheet); err != nil {
		return fmt.Errorf("a damaged Excel workbook: %w", err)
	}
	return t.readSheet(f)
}

// foreign is the error of an archive that is known to be of another program;
// nil = it is not.
func foreign(archive *zip.Reader) error {
	for _, part := range archive.File {
		switch name := strings.ToLower(part.Name); {
		case name == "xl/workbook.bin":
			return errors.New("a binary Excel workbook: save it as .xlsx")
		case name == "content.xml":
			return errors.New("an OpenDocument file: save it as .xlsx")
		case strings.HasSuffix(name, ".iwa"), name == "index.zip":
			return errors.New("a file of Apple Numbers: export it as .xlsx")
		case strings.HasPrefix(name, "word/"):
			return errors.New("a Word document: put its table into a workbook")
		case strings.HasSuffix(name, ".xlsx"), strings.HasSuffix(name, ".csv"):
			return errors.New("a zip archive with a table in it: unpack it")
		}
	}
	return nil
}

// chooseSheet returns the sheet that is named, or the first that is shown.
func chooseSheet(f *excelize.File, named string) (string, error) {
	all := f.GetSheetList()
	if named != "" {
		if slices.Contains(all, named) {
			return named, nil
		}
		return "", fmt.Errorf("no sheet %q: it has %s", named, strings.Join(all, ", "))
	}
	for _, name := range all {
		if shown, err := f.GetSheetVisible(name); err == nil && shown {
			return name, nil
		}
	}
	return "", errors.New("the workbook shows no sheet")
}

// readSheet reads the cells twice side by side: as they are stored, for dates
// are shown in too many ways, and as they are shown, which tells that a number is
// a date, and the zeros before one that belong to it.
func (t *Table) readSheet(f *excelize.File) (err error) {
	stored, err := f.Rows(t.Sheet)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stored.Close()) }()
	shown, err := f.Rows(t.Sheet)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, shown.Close()) }()
	size := 0
	for number := 1; stored.Next() && shown.Next(); number++ {
		cells, err := stored.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return fmt.Errorf("row %d: %w", number, err)
		}
		look, err := shown.Columns()
		if err != nil {
			return fmt.Errorf("row %d: %w", number, err)
		}
		for i := range cells {
			if i < len(look) {
				cells[i] = plain(cells[i], look[i], t.date1904)
			}
		}
		if err := t.add(number, cells, &size); err != nil {
			return err
		}
	}
	return errors.Join(stored.Error(), shown.Error())
}

// plain returns what a cell says: what is stored, but a long number without
// the exponent with which it is stored, unless it is longer than the 15 digits
// that a number keeps, one with the zeros before it that are shown, and a date or
// a time as such. A text is stored as it is shown.
func plain(stored, shown string, date1904 bool) string {
	if stored == shown {
		return stored
	}
	if text, ok := asDate(stored, shown, date1904); ok {
		return text
	}
	if strings.ContainsAny(stored, "Ee") && strings.Trim(stored, "0123456789.+-eE") == "" {
		if n, err := strconv.ParseFloat(stored, 64); err == nil && n < 1e15 && n > -1e15 {
			stored = strconv.FormatFloat(n, 'f', -1, 64)
		}
	}
	if len(stored) > 15 && strings.Trim(stored, "0123456789") == "" && shortened.MatchString(shown) {
		return shown
	}
	digits := strings.Trim(shown, "0123456789") == ""
	if digits && stored != "" && len(shown) > len(stored) && strings.TrimLeft(shown, "0") == stored {
		return shown
	}
	return stored
}
