package qyapi

import (
	"bytes"
	"reflect"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/dakahq/daka/checkin"
)

// spellings are the members that requests have for the sake of clients alone.
var spellings = map[string]string{
	"partyid":   "partyid for party_id",
	"userID":    "userID for userid",
	"begintime": "begintime for begtime",
	"group_id":  "group_id, which the documents do not have",
	"offset":    "day and offset for the times of the documents",
}

// hardwareAlias is a path of K9 that no document has.
const hardwareAlias = "/cgi-bin/checkin/get_hardware_checkin_data"

// inspector notes what decoding passes over: nulls, members that the request
// does not have, and names that come twice.
type inspector struct {
	*noter
	dec     *jsontext.Decoder
	members map[reflect.Type]map[string]reflect.Type
}

// inspect notes the liberties of a body that has been decoded into req.
func (n *noter) inspect(text []byte, req any) {
	i := inspector{n, jsontext.NewDecoder(bytes.NewReader(text), jsontext.AllowDuplicateNames(true)), map[reflect.Type]map[string]reflect.Type{}}
	// The text has been decoded before: it has no errors left.
	_ = i.value(reflect.TypeOf(req))
}

// value reads a value that was decoded into a t; nil means one passed over.
func (i *inspector) value(t reflect.Type) error {
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t == reflect.TypeFor[checkin.Range]() {
		t = reflect.TypeFor[rangeForm]()
	}
	kind := i.dec.PeekKind()
	switch {
	case t == nil:
		return i.dec.SkipValue()
	case kind == jsontext.KindNull:
		err := i.dec.SkipValue()
		i.note(i.dec.StackPointer(), "null")
		return err
	case kind == jsontext.KindBeginObject && t.Kind() == reflect.Struct:
		return i.object(t)
	case kind == jsontext.KindBeginArray && t.Kind() == reflect.Slice:
		return i.array(t.Elem())
	case kind == jsontext.KindBeginArray && t.Kind() == reflect.Struct:
		return i.array(t) // several ranges
	}
	return i.dec.SkipValue()
}

func (i *inspector) object(t reflect.Type) error {
	if _, err := i.dec.ReadToken(); err != nil {
		return err
	}
	members := i.membersOf(t)
	seen := map[string]bool{}
	for i.dec.PeekKind() == jsontext.KindString {
		name, err := i.dec.ReadToken()
		if err != nil {
			return err
		}
		text := name.String()
		member, known := members[text]
		switch {
		case !known:
			i.note(i.dec.StackPointer(), "an unknown member")
		case seen[text]:
			i.note(i.dec.StackPointer(), "a member that comes twice")
		case spellings[text] != "":
			i.note(i.dec.StackPointer(), spellings[text])
		}
		seen[text] = true
		if err := i.value(member); err != nil {
			return err
		}
	}
	_, err := i.dec.ReadToken()
	return err
}

func (i *inspector) array(elem reflect.Type) error {
	if _, err := i.dec.ReadToken(); err != nil {
		return err
	}
	for k := i.dec.PeekKind(); k != jsontext.KindEndArray && k != jsontext.KindInvalid; k = i.dec.PeekKind() {
		if err := i.value(elem); err != nil {
			return err
		}
	}
	_, err := i.dec.ReadToken()
	return err
}

// membersOf returns the members of a struct by their JSON names, those of
// embedded structs included.
func (i *inspector) membersOf(t reflect.Type) map[string]reflect.Type {
	if m, ok := i.members[t]; ok {
		return m
	}
	m := map[string]reflect.Type{}
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name != "" && f.IsExported() {
			m[name] = f.Type
		}
	}
	i.members[t] = m
	return m
}
