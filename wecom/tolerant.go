package wecom

import (
	"errors"
	"reflect"
	"strconv"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// tolerant reads scalars in the other forms in which WeCom's documents and
// answers have some of them: a whole number in quotes, and 0 and 1, in quotes or
// not, for a boolean. What is neither does not fit, as ever: "", 1.5 and "7 h"
// are no numbers.
//
// It costs a fifth of the time that reading takes, so an answer is read with
// lenient first, and with this once it does not fit.
var tolerant = json.JoinOptions(lenient, json.WithUnmarshalers(json.JoinUnmarshalers(
	json.UnmarshalFromFunc(func(dec *jsontext.Decoder, v *int64) error {
		return inQuotes(dec, v, func(s string) (int64, error) { return strconv.ParseInt(s, 10, 64) })
	}),
	json.UnmarshalFromFunc(func(dec *jsontext.Decoder, v *uint64) error {
		return inQuotes(dec, v, func(s string) (uint64, error) { return strconv.ParseUint(s, 10, 64) })
	}),
	json.UnmarshalFromFunc(truth),
)))

// inQuotes reads a string as parse does, and leaves all else to the decoder.
func inQuotes[T any](dec *jsontext.Decoder, v *T, parse func(string) (T, error)) error {
	if dec.PeekKind() != jsontext.KindString {
		return errors.ErrUnsupported
	}
	tok, err := dec.ReadToken()
	if err != nil {
		return err
	}
	n, err := parse(tok.String())
	if err != nil {
		return unfit[T](dec, jsontext.KindString)
	}
	*v = n
	return nil
}

// truth reads 0 and 1 as a boolean, and leaves all but numbers and strings to
// the decoder.
func truth(dec *jsontext.Decoder, v *bool) error {
	kind := dec.PeekKind()
	if kind != jsontext.KindNumber && kind != jsontext.KindString {
		return errors.ErrUnsupported
	}
	tok, err := dec.ReadToken()
	if err != nil {
		return err
	}
	switch tok.String() {
	case "0":
		*v = false
	case "1":
		*v = true
	default:
		return unfit[bool](dec, kind)
	}
	return nil
}

// unfit is the error for a value that was read just now and is no T. It does
// not hold the value.
func unfit[T any](dec *jsontext.Decoder, kind jsontext.Kind) error {
	return &json.SemanticError{JSONPointer: dec.StackPointer(), JSONKind: kind, GoType: reflect.TypeFor[T]()}
}
