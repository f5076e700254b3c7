package main

import (
	"encoding/json"
	"errors"
	"regexp"
	"strings"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"go.yaml.in/yaml/v3"
)

// What readers of JSON and YAML find wrong, said for people: without the names of
// Go's types, and in Chinese.

// jsonKinds are the kinds of JSON values, as our readers call them.
var jsonKinds = map[string]word{
	"string": "string", "number": "number", "bool": "boolean", "false": "boolean", "true": "boolean",
	"null": "null", "array": "array", "[": "array", "object": "object", "{": "object",

	"str": "string", "int": "number", "float": "number", "seq": "array", "map": "object", // YAML's
}

var (
	goType   = regexp.MustCompile(` (in type|into) \S+`)
	yamlKind = regexp.MustCompile(`^line (\d+): cannot unmarshal !!(\w+)`)
)

// plainError returns an error as it is, unless it is one of a reader of documents.
func plainError(err error) error {
	if plain, ok := readerError(err); ok {
		return plain
	}
	return err
}

// readerError says an error of a reader of documents for people; ok is whether err
// itself is one.
func readerError(err error) (plain error, ok bool) {
	switch e := err.(type) {
	case *json.UnmarshalTypeError: // its Value may be "number 1.5"
		kind, _, _ := strings.Cut(e.Value, " ")
		return misplaced(e.Field, kind), true
	case *jsonv2.SemanticError:
		return semanticError(memberPath("", e.JSONPointer), e), true
	case *jsontext.SyntacticError:
		return failf("not JSON at byte %d", e.ByteOffset), true
	case *yaml.TypeError:
		lines := make([]error, len(e.Errors))
		for i, text := range e.Errors {
			lines[i] = errors.New(goType.ReplaceAllString(text, ""))
			if m := yamlKind.FindStringSubmatch(text); m != nil && jsonKinds[m[2]] != "" {
				lines[i] = failf("line %s: a YAML %s has no place there", m[1], jsonKinds[m[2]])
			}
		}
		return errors.Join(lines...), true
	case nil:
		return nil, false
	}
	text, ok := strings.CutPrefix(err.Error(), "yaml: ")
	return errors.New(text), ok
}

// semanticError says why a value of a document cannot be read at a path.
func semanticError(path string, e *jsonv2.SemanticError) error {
	switch {
	case errors.Is(e.Err, jsonv2.ErrUnknownName):
		return failf("%s: there is no such member", path)
	case e.Err != nil && path != "":
		return failf("%s: %w", path, e.Err)
	case e.Err != nil:
		return e.Err
	}
	return misplaced(path, e.JSONKind.String())
}

// misplaced says that a value of a kind cannot stand at a path, "" for the whole
// document.
func misplaced(path, kind string) error {
	if path == "" {
		return failf("a JSON %s has no place there", jsonKinds[kind])
	}
	return failf("%s: a JSON %s has no place there", path, jsonKinds[kind])
}
