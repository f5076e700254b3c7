package main

import (
	"bufio"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
	"github.com/spf13/cobra"
)

// column is one of a table.
type column struct {
	head  string
	right bool // numbers
	mark  bool // what stands in it is an exception: in colour, where there is colour
	words bool // its cells are words of the catalogue, such as work and rest
}

// writeCells writes a table in the language and the colours of a command.
func writeCells(cmd *cobra.Command, columns []column, rows [][]string) error {
	out := cmd.OutOrStdout()
	columns = slices.Clone(columns)
	for i := range columns {
		c := &columns[i]
		c.head, c.mark = say(cmd, c.head), c.mark && coloured(out)
		for _, row := range rows {
			if c.words {
				row[i] = say(cmd, row[i])
			}
		}
	}
	return writeTable(out, columns, rows)
}

// writeTable writes rows under their heads, in columns as wide as they need,
// with the cells of those to mark in colour. It puts U+FFFD for control
// characters, which could play tricks on a screen.
func writeTable(w io.Writer, columns []column, rows [][]string) error {
	wide := make([]int, len(columns))
	for i, c := range columns {
		wide[i] = textWidth(c.head)
		for _, row := range rows {
			row[i] = strings.Map(printable, row[i])
			wide[i] = max(wide[i], textWidth(row[i]))
		}
	}
	out := bufio.NewWriter(w)
	line := func(cells func(i int) string, marks bool) {
		var b strings.Builder
		for i, c := range columns {
			if i > 0 {
				b.WriteString("  ")
			}
			text := cells(i)
			gap := strings.Repeat(" ", wide[i]-textWidth(text))
			if marks && c.mark && text != "" {
				text = inColour(text)
			}
			if c.right {
				b.WriteString(gap + text)
			} else {
				b.WriteString(text + gap)
			}
		}
		out.WriteString(strings.TrimRight(b.String(), " ") + "\n")
	}
	line(func(i int) string { return columns[i].head }, false)
	for _, row := range rows {
		line(func(i int) string { return row[i] }, true)
	}
	return out.Flush()
}

func printable(r rune) rune {
	switch {
	case r == '\t':
		return ' '
	case unicode.IsControl(r):
		return unicode.ReplacementChar
	}
	return r
}

// textWidth returns how many columns of a terminal a text takes: Chinese
// characters take two.
func textWidth(s string) int { return uniseg.StringWidth(s) }
