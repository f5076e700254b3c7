package export

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// sheetNameLength is what a spreadsheet allows, in UTF-16 units.
const sheetNameLength = 31

// sheetNames gives sheets names that spreadsheets allow, each of them once.
type sheetNames struct{ taken map[string]bool }

// name returns a name that is like text and not taken yet, and takes it.
func (s *sheetNames) name(text string) string {
	if s.taken == nil {
		s.taken = map[string]bool{"history": true} // Excel keeps it for itself
	}
	clean := strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError || unicode.IsControl(r):
			return -1
		case strings.ContainsRune(`:\/?*[]`, r):
			return '-'
		}
		return r
	}, text)
	clean = cutName(strings.Trim(clean, "' "), sheetNameLength)
	if clean == "" {
		clean = "Sheet"
	}
	name := clean
	for n := 2; s.taken[strings.ToLower(name)]; n++ {
		mark := " (" + strconv.Itoa(n) + ")"
		name = cutName(clean, sheetNameLength-len(mark)) + mark
	}
	s.taken[strings.ToLower(name)] = true
	return name
}

// cutName cuts a text to so many UTF-16 units, between characters, such that it
// does not end with what may not be at the end.
func cutName(text string, most int) string {
	units := 0
	for i, r := range text {
		if units += utf16.RuneLen(r); units > most {
			return strings.TrimRight(text[:i], "' ")
		}
	}
	return text
}

// department is the way to a member's first department from the corporation.
func department(p *Person) string {
	path, _, _ := strings.Cut(p.Departs, ";")
	return path
}

// departmentNames is how the sheets of departments are called: without what all
// of them begin with, and by their ends where the rest is too long.
func departmentNames(paths []string) []string {
	root, shared := "", true
	for _, path := range paths {
		if top, _, _ := strings.Cut(path, "/"); path != "" {
			shared = shared && (root == "" || root == top)
			root = top
		}
	}
	names := make([]string, len(paths))
	for i, path := range paths {
		if _, below, ok := strings.Cut(path, "/"); ok && shared {
			path = below
		}
		for len(utf16.Encode([]rune(path))) > sheetNameLength {
			_, below, ok := strings.Cut(path, "/")
			if !ok {
				break
			}
			path = below
		}
		names[i] = path
	}
	return names
}
