package main

import (
	"bytes"
	"encoding"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"strings"

	"github.com/dakahq/daka/internal/export"
)

// csvSheet writes rows of one struct type as CSV (RFC 4180, UTF-8): the json names
// as heads, those of a struct inside one as outer.inner. A list is written with
// semicolons, as a; b, and an object in it as name: value, name: value.
type csvSheet[R any] struct {
	out    *csv.Writer
	fields []sheetField
	cells  []string
}

// sheetField is a column of a sheet.
type sheetField struct {
	name string
	path []int // of reflect.Value.Field, through pointers
}

// newSheet writes the heads.
func newSheet[R any](w io.Writer) (*csvSheet[R], error) {
	t := reflect.TypeFor[R]()
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	s := &csvSheet[R]{out: csv.NewWriter(w)}
	if t.Kind() == reflect.Struct {
		s.fields = sheetFields(t, "", nil)
	}
	if len(s.fields) == 0 {
		return nil, usagef("--output csv: this is no table: take json, ndjson or yaml")
	}
	for _, f := range s.fields {
		s.cells = append(s.cells, f.name)
	}
	if err := s.out.Write(s.cells); err != nil {
		return nil, err
	}
	s.out.Flush()
	return s, s.out.Error()
}

// sheetFields lists the fields of a struct as encoding/json names them.
func sheetFields(t reflect.Type, prefix string, path []int) (fields []sheetField) {
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "-" || !f.IsExported() && !f.Anonymous {
			continue
		}
		inner, at := f.Type, append(append([]int{}, path...), i)
		for inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		nested := inner.Kind() == reflect.Struct && !marshals(inner)
		switch {
		case nested && f.Anonymous && name == "":
			fields = append(fields, sheetFields(inner, prefix, at)...)
		case nested:
			fields = append(fields, sheetFields(inner, prefix+orName(name, f.Name)+".", at)...)
		default:
			fields = append(fields, sheetField{prefix + orName(name, f.Name), at})
		}
	}
	return fields
}

// marshals reports whether a type says itself how it is written.
func marshals(t reflect.Type) bool {
	p := reflect.PointerTo(t)
	return p.Implements(reflect.TypeFor[json.Marshaler]()) || p.Implements(reflect.TypeFor[encoding.TextMarshaler]())
}

func orName(name, field string) string {
	if name == "" {
		return field
	}
	return name
}

func (s *csvSheet[R]) write(row R) error {
	v := reflect.ValueOf(row)
	for i, f := range s.fields {
		text, err := f.text(v)
		if err != nil {
			return failf("column %s: %w", f.name, err)
		}
		s.cells[i] = text
	}
	if err := s.out.Write(s.cells); err != nil {
		return err
	}
	s.out.Flush()
	return s.out.Error()
}

// text returns what stands in the field: nothing below a nil pointer.
func (f *sheetField) text(v reflect.Value) (string, error) {
	for _, i := range f.path {
		for v.Kind() == reflect.Pointer {
			if v.IsNil() {
				return "", nil
			}
			v = v.Elem()
		}
		v = v.Field(i)
	}
	b, err := jsonOf(v.Interface())
	if err != nil {
		return "", err
	}
	in := json.NewDecoder(bytes.NewReader(b))
	in.UseNumber()
	text, err := cellText(in)
	if len(b) > 0 && strings.IndexByte("\"[{", b[0]) < 0 {
		return text, err // a number, a truth
	}
	return harmless(text), err
}

// cellText writes the next value of a document as people read it.
func cellText(in *json.Decoder) (string, error) {
	token, err := in.Token()
	if err != nil {
		return "", err
	}
	switch v := token.(type) {
	case json.Delim:
		if v == '[' {
			return cellList(in, "; ", func() (string, error) { return cellText(in) })
		}
		return cellList(in, ", ", func() (string, error) {
			name, err := cellText(in)
			if err != nil {
				return "", err
			}
			value, err := cellText(in)
			if value == "" {
				return "", err
			}
			return name + ": " + value, err
		})
	case nil:
		return "", nil
	}
	return fmt.Sprint(token), nil
}

// cellList writes what stands between brackets or braces; what is empty in it
// is left out.
func cellList(in *json.Decoder, between string, next func() (string, error)) (string, error) {
	var parts []string
	for in.More() {
		text, err := next()
		if err != nil {
			return "", err
		}
		if text != "" {
			parts = append(parts, text)
		}
	}
	_, err := in.Token() // the end
	return strings.Join(parts, between), err
}

// laterClock is a time of a later day as attendance.TimeOfDay writes it.
var laterClock = regexp.MustCompile(`^\+\d \d{2}:\d{2}(?::\d{2})?$`)

// harmless keeps a text from being run as a formula, unless it is a number or a
// time of a later day, which none of them makes.
func harmless(text string) string {
	if text == "" || numeric(text) || laterClock.MatchString(text) {
		return text
	}
	return export.Harmless(text)
}

// numeric reports whether a text is a decimal number with or without a sign.
func numeric(text string) bool {
	whole, part, dotted := strings.Cut(strings.TrimLeft(text[:1], "+-")+text[1:], ".")
	digits := func(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
	return digits(whole) && (!dotted || digits(part))
}
