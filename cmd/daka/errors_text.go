package main

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/dakahq/daka/internal/explain"
	"github.com/dakahq/daka/wecom"
)

// sentence is an error of a command: Error says it in English, in another
// language it is what the catalogue has for its format.
type sentence struct {
	format string
	args   []any
	err    error // the same as fmt.Errorf makes it
}

// word is a text of the catalogue among what a sentence takes.
type word string

// failf is fmt.Errorf for what a command says to people: a test demands a
// Chinese text for its format.
func failf(format string, args ...any) error {
	return &sentence{format, args, fmt.Errorf(format, args...)}
}

func (s *sentence) Error() string {
	if format := counted(s.format, s.args); format != s.format {
		return fmt.Errorf(format, s.args...).Error()
	}
	return s.err.Error()
}

func (s *sentence) Unwrap() error { return s.err }

// in says the error in a language; errors and words among its arguments are said in
// it, too.
func (s *sentence) in(lang explain.Lang) string {
	format := translate(lang, s.format)
	if lang == explain.English {
		return s.Error()
	}
	args := slices.Clone(s.args)
	for i, arg := range args {
		switch arg := arg.(type) {
		case error:
			args[i] = errors.New(errorIn(lang, arg))
		case word:
			args[i] = translate(lang, string(arg))
		}
	}
	return fmt.Errorf(format, args...).Error()
}

// errorText says an error in a language, on one line.
func errorText(lang explain.Lang, err error) string {
	if lang == explain.English {
		return oneLine(err)
	}
	return oneLine(errors.New(errorIn(lang, err)))
}

// errorIn says an error. What wraps others is taken apart: each of them is said
// by itself, and what stands around them by the catalogue.
func errorIn(lang explain.Lang, err error) string {
	if s, ok := err.(*sentence); ok {
		return s.in(lang)
	}
	if plain, ok := readerError(err); ok {
		return errorIn(lang, plain)
	}
	text, inner := err.Error(), []error(nil)
	switch e := err.(type) {
	case *wecom.Error:
		return text + meaningOf(lang, e.Code)
	case interface{ Unwrap() error }:
		inner = []error{e.Unwrap()}
	case interface{ Unwrap() []error }:
		inner = e.Unwrap()
	}
	inner = slices.DeleteFunc(slices.Clone(inner), func(e error) bool { return e == nil })
	if len(inner) == 1 && inner[0].Error() == text {
		return errorIn(lang, inner[0])
	}
	if said, ok := known(lang, text, inner); ok {
		return said
	}
	var said strings.Builder
	for _, e := range inner {
		if before, after, ok := strings.Cut(text, e.Error()); ok {
			said.WriteString(phrase(lang, before) + errorIn(lang, e))
			text = after
		}
	}
	return said.String() + phrase(lang, text)
}

// phrase says the parts of an error's text, which colons keep apart, as far as
// the catalogue knows them: the longest first.
func phrase(lang explain.Lang, text string) string {
	parts := strings.Split(text, ": ")
	var said []string
	for len(parts) > 0 {
		n, part, ok := len(parts), "", false
		for ; n > 0 && !ok; n-- {
			part, ok = known(lang, strings.Join(parts[:n], ": "), nil)
		}
		if !ok {
			part = parts[0]
		}
		said = append(said, part)
		parts = parts[n+1:]
	}
	return strings.Join(said, "：")
}

// wording is a text of the catalogue that holds values.
type wording struct {
	text  *regexp.Regexp
	verbs []string // of the values, in order
	other string
}

var (
	verb = regexp.MustCompile(`%[a-z]`)
	// wordings are the texts of errors that hold values, the most exact first.
	wordings = makeWordings(chineseErrors, chineseForeign, chineseSystem)
)

func makeWordings(parts ...map[string]string) (all []wording) {
	literal := map[*regexp.Regexp]int{}
	for _, part := range parts {
		for format, other := range part {
			verbs, rest := verb.FindAllString(format, -1), verb.ReplaceAllString(format, "")
			if len(verbs) == 0 || strings.Trim(rest, " :,()") == "" {
				continue
			}
			pattern := regexp.QuoteMeta(format)
			pattern = strings.ReplaceAll(pattern, "%d", `(-?\d+)`)
			pattern = strings.ReplaceAll(pattern, "%q", `("(?:[^"\\]|\\.)*"|'.+')`)
			pattern = strings.ReplaceAll(pattern, "%w", `(.+?)`)
			text := regexp.MustCompile(`(?s)^` + verb.ReplaceAllString(pattern, `((?:[^:]|:[^ ])+?)`) + `$`)
			literal[text] = len(rest)
			all = append(all, wording{text, verbs, verb.ReplaceAllString(other, "%s")})
		}
	}
	slices.SortFunc(all, func(a, b wording) int {
		return cmp.Or(literal[b.text]-literal[a.text], strings.Compare(a.text.String(), b.text.String()))
	})
	return all
}

// known says a text of an error that the catalogue has. Its %w are the errors
// that it wraps, where these are there, else texts to be said.
func known(lang explain.Lang, text string, wrapped []error) (string, bool) {
	for _, part := range []map[string]string{chineseErrors, chineseForeign, chineseSystem} {
		if other, ok := part[text]; ok {
			return other, true
		}
	}
	for _, w := range wordings {
		m := w.text.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		values := make([]any, len(w.verbs))
		for i, verb := range w.verbs {
			values[i] = cmp.Or(chineseValues[m[i+1]], m[i+1])
			if verb != "%w" {
				continue
			}
			values[i] = phrase(lang, m[i+1])
			for _, e := range wrapped {
				if e.Error() == m[i+1] {
					values[i] = errorIn(lang, e)
				}
			}
		}
		return fmt.Sprintf(w.other, values...), true
	}
	return "", false
}

// meaningOf says what an errcode means, after the server's own words.
func meaningOf(lang explain.Lang, code wecom.Code) string {
	if other, ok := chineseCodes[code]; ok && lang == explain.Chinese {
		return "（" + other + "）"
	}
	return ""
}
