package export

import (
	"bufio"
	"encoding/csv"
	"io"
	"iter"
	"strings"
	"unicode/utf8"
)

// CSV writes rows as they come as CSV (RFC 4180, UTF-8) under one line of
// headings. Dates are 2006-01-02, durations and times of day hours, minutes and
// seconds; a time of the next day passes 24 hours, as programs read it. Options.ByDepartment is for
// workbooks alone. An error among the rows ends it and is returned.
func CSV[R any](w io.Writer, t *Table[R], o Options, rows iter.Seq2[R, error]) error {
	buffered := bufio.NewWriterSize(w, 1<<16)
	if o.BOM {
		if _, err := buffered.WriteString("\uFEFF"); err != nil {
			return err
		}
	}
	out := csv.NewWriter(buffered)
	fields := make([]string, len(t.columns))
	put := func(cells []cell) error {
		for i := range cells {
			fields[i] = cells[i].plainText()
		}
		return out.Write(fields)
	}
	if err := put(t.layout(o.Lang).heads); err != nil {
		return err
	}
	var cells []cell
	for r, err := range rows {
		if err != nil {
			return err
		}
		cells = t.line(cells, &r, o.Lang)
		if err := put(cells); err != nil {
			return err
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return err
	}
	return buffered.Flush()
}

// Harmless keeps a text from being run as a formula by the program that opens
// the file: one that begins as formulas do, behind spaces or in wide letters too,
// gets an apostrophe before it.
func Harmless(text string) string {
	begin, _ := utf8.DecodeRuneInString(strings.TrimLeft(text, " \u00a0\u3000"))
	if strings.ContainsRune("=+-@＝＋－＠\t\r\n", begin) {
		return "'" + text
	}
	return text
}
