package export

import "github.com/dakahq/daka/internal/explain"

// Options are the choices of a file.
type Options struct {
	Lang explain.Lang // of headings and of the words in cells
	// ByDepartment gives a workbook a sheet for each department, in the order of
	// their names: that of a member in several is the first.
	ByDepartment bool
	BOM          bool // CSV begins with a byte order mark, by which Excel knows UTF-8
}
