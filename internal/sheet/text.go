package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// readText reads a table between separators.
func (t *Table) readText(raw []byte) error {
	text, name, err := decode(raw)
	if err != nil {
		return err
	}
	if strings.IndexByte(text, 0) >= 0 {
		return errors.New("neither an Excel workbook nor text: it holds zero bytes")
	}
	if !strings.Contains(text, "\n") {
		text = strings.ReplaceAll(text, "\r", "\n") // as old programs on a Mac end lines
	}
	line, skipped := 0, false
	separator := rune(0)
	if rest, sep, ok := namedSeparator(text); ok {
		text, separator, line, skipped = rest, sep, 1, true
	}
	if !skipped {
		separator = guessSeparator(text)
	}
	t.Form = name + " between " + map[rune]string{',': "commas", ';': "semicolons", '\t': "tabs"}[separator]
	in := csv.NewReader(strings.NewReader(text))
	in.Comma, in.FieldsPerRecord = separator, -1
	size := 0
	for {
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if bad, ok := errors.AsType[*csv.ParseError](err); ok {
			return fmt.Errorf("row %d: quotes that do not match: %w", bad.StartLine+line, bad.Err)
		}
		if err != nil {
			return err
		}
		number, _ := in.FieldPos(0)
		if err := t.add(number+line, cells, &size); err != nil {
			return err
		}
	}
}

// decode brings text into UTF-8 and names the encoding that it had.
func decode(raw []byte) (text, name string, err error) {
	var as encoding.Encoding
	switch {
	case bytes.HasPrefix(raw, []byte("\xEF\xBB\xBF")) && utf8.Valid(raw[3:]):
		return string(raw[3:]), "UTF-8", nil
	case bytes.HasPrefix(raw, []byte("\xFF\xFE")):
		as, name = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM), "UTF-16"
	case bytes.HasPrefix(raw, []byte("\xFE\xFF")):
		as, name = unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM), "UTF-16"
	case utf8.Valid(raw):
		return string(raw), "UTF-8", nil
	default:
		if at, mixed := foreignByte(raw); mixed {
			return "", "", fmt.Errorf("row %d: text in UTF-8 and in another encoding: save it as CSV UTF-8", bytes.Count(raw[:at], []byte("\n"))+1)
		}
		as, name = simplifiedchinese.GB18030, "GB18030"
	}
	decoded, err := as.NewDecoder().Bytes(raw)
	if err != nil {
		return "", "", fmt.Errorf("not %s text: %w", name, err)
	}
	if bytes.ContainsRune(decoded, utf8.RuneError) {
		return "", "", errors.New("not text in UTF-8, UTF-16 or GB18030: save it as CSV UTF-8")
	}
	return string(decoded), name, nil
}

// foreignByte returns where a text that says or seems to be UTF-8 is not. Chinese in
// UTF-8 has three bytes a character, which Chinese in GB18030 has by chance alone;
// read as that it would be other characters.
func foreignByte(raw []byte) (at int, mixed bool) {
	chinese, foreign := 0, 0
	for i := 0; i < len(raw); {
		r, size := utf8.DecodeRune(raw[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			if foreign == 0 {
				at = i
			}
			foreign++
		case size == 3:
			chinese += size
		}
		i += size
	}
	return at, chinese > foreign || bytes.HasPrefix(raw, []byte("\xEF\xBB\xBF"))
}

// namedSeparator reads the line "sep=;" with which some programs begin.
func namedSeparator(text string) (rest string, separator rune, ok bool) {
	first, rest, _ := strings.Cut(text, "\n")
	first = strings.TrimSuffix(first, "\r")
	if named, ok := strings.CutPrefix(first, "sep="); ok && len(named) == 1 && strings.Contains(",;\t", named) {
		return rest, rune(named[0]), true
	}
	return text, 0, false
}

// guessLines is how many lines the separator is guessed from.
const guessLines = 20

// guessSeparator returns the separator that the most of the first lines have,
// outside quotes, and of several the one that they have the most of: a title above
// the headings has none, and a list in a cell is in few lines or has separators of
// its own.
func guessSeparator(text string) rune {
	best, most, mostLines := ',', 0, 0
	for _, separator := range ",;\t" {
		count, lines := countSeparator(text[:min(len(text), 64<<10)], separator)
		if lines > mostLines || lines == mostLines && count > most {
			best, most, mostLines = separator, count, lines
		}
	}
	return best
}

// countSeparator counts a separator in the first lines, and the lines that have it.
func countSeparator(text string, separator rune) (count, with int) {
	quoted, lines, before := false, 0, 0
	for _, r := range text {
		switch {
		case r == '"':
			quoted = !quoted
		case r == separator && !quoted:
			if count++; count == before+1 {
				with++
			}
		case r == '\n' && !quoted:
			before = count
			if lines++; lines == guessLines {
				return count, with
			}
		}
	}
	return count, with
}
