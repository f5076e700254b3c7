package main

// fileFormat is the format of a file: a flag; "" = as its name says.
type fileFormat string

const (
	asXLSX    fileFormat = "xlsx"
	asCSVFile fileFormat = "csv"
)

func (f *fileFormat) String() string { return string(*f) }

func (f *fileFormat) Type() string { return "format" }

func (f *fileFormat) Set(text string) error {
	if v := fileFormat(text); v == asXLSX || v == asCSVFile {
		*f = v
		return nil
	}
	return failf("want xlsx or csv, not %q", text)
}
