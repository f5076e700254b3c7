package qyapi

import (
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/dakahq/daka/checkin"
)

// Liberty is one thing about a body that WeCom's documents do not allow and
// that clients do nevertheless.
type Liberty struct {
	Pointer jsontext.Pointer // where, as a JSON pointer
	What    string           // such as "a number in quotes"
}

// MaxLiberties bounds how many liberties of one body are kept.
const MaxLiberties = 100

// noter collects the liberties of one body.
type noter struct{ list []Liberty }

func (n *noter) note(at jsontext.Pointer, what string) {
	if len(n.list) < MaxLiberties {
		n.list = append(n.list, Liberty{at, what})
	}
}

// unmarshalers read the scalars, and the range of a rule, in all the forms that
// clients send.
func (n *noter) unmarshalers() *json.Unmarshalers {
	return json.JoinUnmarshalers(
		json.UnmarshalFromFunc(func(dec *jsontext.Decoder, v *int64) (err error) {
			return n.number(dec, func(s string) error { *v, err = strconv.ParseInt(s, 10, 64); return err })
		}),
		json.UnmarshalFromFunc(func(dec *jsontext.Decoder, v *uint64) (err error) {
			return n.number(dec, func(s string) error { *v, err = strconv.ParseUint(s, 10, 64); return err })
		}),
		json.UnmarshalFromFunc(n.truth),
		json.UnmarshalFromFunc(n.text),
		json.UnmarshalFromFunc(departmentID),
		json.UnmarshalFromFunc(n.reach),
	)
}

// number reads a whole number, one in quotes, or a boolean as 0 and 1.
func (n *noter) number(dec *jsontext.Decoder, parse func(string) error) error {
	tok, err := dec.ReadToken()
	if err != nil {
		return err
	}
	text := tok.String()
	switch tok.Kind() {
	case jsontext.KindNull:
		return nil // absent; inspect notes it
	case jsontext.KindNumber:
	case jsontext.KindString:
		n.note(dec.StackPointer(), "a number in quotes")
	case jsontext.KindTrue:
		text = "1"
		n.note(dec.StackPointer(), "a boolean as a number")
	case jsontext.KindFalse:
		text = "0"
		n.note(dec.StackPointer(), "a boolean as a number")
	default:
		return &fieldError{dec.StackPointer(), "an integer"}
	}
	if parse(text) != nil {
		return &fieldError{dec.StackPointer(), "an integer"}
	}
	return nil
}

// truth reads a boolean, or 0 and 1 for one.
func (n *noter) truth(dec *jsontext.Decoder, v *bool) error {
	tok, err := dec.ReadToken()
	if err != nil {
		return err
	}
	switch tok.Kind() {
	case jsontext.KindNull:
		return nil
	case jsontext.KindTrue, jsontext.KindFalse:
		*v = tok.Bool()
		return nil
	case jsontext.KindNumber, jsontext.KindString:
		switch tok.String() {
		case "0", "false":
			*v = false
		case "1", "true":
			*v = true
		default:
			return &fieldError{dec.StackPointer(), "a boolean"}
		}
		n.note(dec.StackPointer(), "a boolean as another value")
		return nil
	}
	return &fieldError{dec.StackPointer(), "a boolean"}
}

// text reads a string, or a number for one. A NUL is refused: not every
// database stores it.
func (n *noter) text(dec *jsontext.Decoder, v *string) error {
	tok, err := dec.ReadToken()
	if err != nil {
		return err
	}
	switch tok.Kind() {
	case jsontext.KindNull:
		return nil
	case jsontext.KindNumber:
		n.note(dec.StackPointer(), "a string as a number")
	case jsontext.KindString:
	default:
		return &fieldError{dec.StackPointer(), "a string"}
	}
	*v = tok.String()
	if strings.ContainsRune(*v, 0) {
		return &fieldError{dec.StackPointer(), "a string without U+0000"}
	}
	return nil
}

// rangeForm is a range in the spellings that are about. The documents
// disagree on whether departments are strings or numbers.
type rangeForm struct {
	PartyID  []department `json:"party_id"`
	PartyAlt []department `json:"partyid"`
	UserID   []string     `json:"userid"`
	TagID    []int64      `json:"tagid"`
}

// department is a department's id as it came.
type department string

// departmentID reads a department's id, as a string or as a number.
func departmentID(dec *jsontext.Decoder, v *department) error {
	tok, err := dec.ReadToken()
	if err != nil {
		return err
	}
	switch tok.Kind() {
	case jsontext.KindNull:
		return nil
	case jsontext.KindString, jsontext.KindNumber:
		*v = department(tok.String())
		return nil
	}
	return &fieldError{dec.StackPointer(), "a department id"}
}

// reach reads a range, or several in an array, which are joined.
func (n *noter) reach(dec *jsontext.Decoder, r *checkin.Range) error {
	forms := make([]rangeForm, 1)
	var target any = &forms[0]
	if dec.PeekKind() == jsontext.KindBeginArray {
		target = &forms
	}
	if err := json.UnmarshalDecode(dec, target); err != nil {
		return err
	}
	if target == any(&forms) {
		n.note(dec.StackPointer(), "an array of ranges")
	}
	*r = checkin.Range{}
	for _, f := range forms {
		for _, d := range append(f.PartyID, f.PartyAlt...) {
			r.PartyID = append(r.PartyID, string(d))
		}
		r.UserID = append(r.UserID, f.UserID...)
		r.TagID = append(r.TagID, f.TagID...)
	}
	return nil
}
