package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// How a command writes what it was asked for.
//
// A result that is a list is made as rows of one struct type, whose json tags
// name the fields in every format but the table, and handed over with the
// columns of the table and what fills them:
//
//	output := asTable
//	bind(cmd, "output", &output)
//	...
//	return writeRows(cmd, output, columns, rows, row.cells)
//
// writeSeq is the same for rows that are not all held at once: as ndjson and
// csv they are written as they come, in the other formats all of them or none.
// writeObject is for a single thing, which in a table is a text of the
// command's own; writeDone for "it is done".
//
// Words are said with say (locale.go), so that there is Chinese for them:
// every column head, every command's Short, every setting's usage and every
// text given to say is a key of the catalogue in locale_zh.go; a test says which
// one is not. JSON names and values, and heads of csv, are the same in both.
//
// Beside it: spanFlags (dates.go) for the days a command is about, sourceOptions
// (source.go) for whether a database or a server is read, writeOptions
// (confirm.go) for writes, newProgress (progress.go) for what takes long.

// format is how a command writes its result: a flag.
type format string

const (
	asTable  format = "table" // for people: a table or a text
	asJSON   format = "json"
	asNDJSON format = "ndjson" // a row a line
	asCSV    format = "csv"
	asYAML   format = "yaml"
)

var formats = []format{asTable, asJSON, asNDJSON, asCSV, asYAML}

func (f *format) String() string { return string(*f) }

func (f *format) Type() string { return "format" }

// Set takes text for table, which is what a command without a table writes.
func (f *format) Set(text string) error {
	if text == "text" {
		text = string(asTable)
	}
	if !slices.Contains(formats, format(text)) {
		return failf("want table, json, ndjson, csv or yaml, not %q", text)
	}
	*f = format(text)
	return nil
}

// writeRows writes a list: cells are what stands in the columns of the table.
func writeRows[R any](cmd *cobra.Command, output format, columns []column, rows []R, cells func(R) []string) error {
	out := cmd.OutOrStdout()
	switch output {
	case asJSON:
		return writeJSON(out, append([]R{}, rows...))
	case asYAML:
		return writeYAML(out, append([]R{}, rows...))
	case asNDJSON, asCSV:
		return writeStream(out, output, sequence(rows))
	}
	all := make([][]string, len(rows))
	for i, r := range rows {
		all[i] = cells(r)
	}
	return writeCells(cmd, columns, all)
}

// writeSeq is writeRows for rows that come one by one. An error among them ends
// it and is returned.
func writeSeq[R any](cmd *cobra.Command, output format, columns []column, rows iter.Seq2[R, error], cells func(R) []string) error {
	if output == asNDJSON || output == asCSV {
		return writeStream(cmd.OutOrStdout(), output, rows)
	}
	var all []R
	for r, err := range rows {
		if err != nil {
			return err
		}
		all = append(all, r)
	}
	return writeRows(cmd, output, columns, all, cells)
}

// writeObject writes a single thing. text is what people get.
func writeObject[T any](cmd *cobra.Command, output format, v T, text string) error {
	switch output {
	case asTable:
		_, err := io.WriteString(cmd.OutOrStdout(), strings.TrimSuffix(text, "\n")+"\n")
		return err
	case asJSON:
		return writeJSON(cmd.OutOrStdout(), v)
	case asYAML:
		return writeYAML(cmd.OutOrStdout(), v)
	}
	return writeStream(cmd.OutOrStdout(), output, sequence([]T{v}))
}

// writeDone says that something is done: to people in words, unless they want it
// quiet, else as an object with the member done.
func writeDone(cmd *cobra.Command, output format, text string) error {
	return writeOutcome(cmd, output, struct {
		Done string `json:"done"`
	}{text}, text)
}

// writeOutcome is writeDone where programs are told more than that.
func writeOutcome[T any](cmd *cobra.Command, output format, v T, text string) error {
	if output == asTable && isQuiet(cmd) {
		return nil
	}
	return writeObject(cmd, output, v, text)
}

func sequence[R any](rows []R) iter.Seq2[R, error] {
	return func(yield func(R, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// writeStream writes rows as they come, as ndjson or csv.
func writeStream[R any](w io.Writer, output format, rows iter.Seq2[R, error]) (err error) {
	out := bufio.NewWriter(w)
	write := func(r R) error { return writeJSON(out, r) }
	if output == asCSV {
		sheet, err := newSheet[R](out)
		if err != nil {
			return err
		}
		write = sheet.write
	}
	for r, err := range rows {
		if err != nil {
			return firstError(err, out.Flush())
		}
		if err := write(r); err != nil {
			return err
		}
	}
	return out.Flush()
}

// firstError returns err; what came of tidying up after it matters less.
func firstError(err, after error) error {
	if err != nil {
		return err
	}
	return after
}

// writeJSON writes v as one line.
func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// jsonOf is what writeJSON writes, without the end of the line.
func jsonOf(v any) ([]byte, error) {
	var b bytes.Buffer
	err := writeJSON(&b, v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}
