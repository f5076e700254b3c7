package main

import (
	"bufio"
	"io"
	"strings"
	"unicode"
)

// column is one of a table.
type column struct {
	head  string
	right bool // numbers
}

// writeTable writes rows under their heads, in columns as wide as they need. It
// puts U+FFFD for control characters, which could play tricks on a screen.
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
	line := func(cells func(i int) string) {
		var b strings.Builder
		for i, c := range columns {
			if i > 0 {
				b.WriteString("  ")
			}
			text := cells(i)
			gap := strings.Repeat(" ", wide[i]-textWidth(text))
			if c.right {
				b.WriteString(gap + text)
			} else {
				b.WriteString(text + gap)
			}
		}
		out.WriteString(strings.TrimRight(b.String(), " ") + "\n")
	}
	line(func(i int) string { return columns[i].head })
	for _, row := range rows {
		line(func(i int) string { return row[i] })
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

// textWidth returns how many columns of a terminal a text takes: Chinese,
// Japanese and Korean characters and their punctuation take two.
func textWidth(s string) (n int) {
	for _, r := range s {
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul),
			r >= 0x3000 && r <= 0x303F, r >= 0xFF01 && r <= 0xFF60, r >= 0xFFE0 && r <= 0xFFE6:
			n += 2
		default:
			n++
		}
	}
	return n
}
