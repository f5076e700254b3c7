package main

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// textColumns is how many columns of a terminal a line of a Chinese help text has
// at most.
const textColumns = 84

// wrapText breaks a paragraph into lines by how wide they are on a terminal, as
// whoever writes Chinese into source cannot see. A paragraph with lines that are
// indented is a list or a sample, and stays.
func wrapText(text string) string {
	lines := strings.Split(text, "\n")
	for _, line := range lines {
		if strings.TrimLeft(line, " \t#") != line {
			return text
		}
	}
	var out, line strings.Builder
	for _, piece := range pieces(unbroken(lines)) {
		if line.Len() > 0 && textWidth(line.String()+strings.TrimRight(piece, " ")) > textColumns {
			out.WriteString(strings.TrimRight(line.String(), " ") + "\n")
			line.Reset()
		}
		line.WriteString(piece)
	}
	return out.String() + line.String()
}

// unbroken joins the lines of a paragraph: with a space between words, and between
// Chinese and words, as within a line.
func unbroken(lines []string) string {
	text := lines[0]
	for _, next := range lines[1:] {
		before, _ := utf8.DecodeLastRuneInString(text)
		after, _ := utf8.DecodeRuneInString(next)
		apart := wide(before) && wide(after) || wide(before) && unicode.IsPunct(before) || wide(after) && unicode.IsPunct(after)
		if !apart {
			text += " "
		}
		text += next
	}
	return text
}

// pieces cuts a text where a line may end: after spaces, and beside Chinese
// characters, but for the punctuation that belongs to them. Words, such as
// --base-url, stay whole.
func pieces(text string) (all []string) {
	state, begun := -1, ""
	for len(text) > 0 {
		var segment string
		segment, text, _, state = uniseg.FirstLineSegmentInString(text, state)
		begun += segment
		last, _ := utf8.DecodeLastRuneInString(segment)
		next, _ := utf8.DecodeRuneInString(text)
		if last == ' ' || wide(last) || wide(next) || text == "" {
			all, begun = append(all, begun), ""
		}
	}
	return all
}

// wide reports whether a character takes two columns, as Chinese ones do.
func wide(r rune) bool { return textWidth(string(r)) > 1 }
