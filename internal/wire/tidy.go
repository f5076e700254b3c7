package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"sync"

	"github.com/dakahq/daka/checkin"
)

// object is a JSON object whose numbers are json.Number.
type object map[string]any

func (o object) setDefault(name string, def any) {
	if _, ok := o[name]; !ok {
		o[name] = def
	}
}

func (o object) hasAny(names ...string) bool {
	for _, name := range names {
		if _, ok := o[name]; ok {
			return true
		}
	}
	return false
}

func (o object) number(name string, def int64) int64 {
	if n, ok := o[name].(json.Number); ok {
		if v, err := n.Int64(); err == nil {
			return v
		}
	}
	return def
}

func (o object) truth(name string) bool {
	v, _ := o[name].(bool)
	return v
}

// object returns a member that is an object; nil, which is as good as an empty
// one for reading, when there is none.
func (o object) object(name string) object {
	v, _ := o[name].(object)
	return v
}

// objects returns the objects in an array.
func objects(v any) []object {
	list, _ := v.([]any)
	var out []object
	for _, e := range list {
		if o, ok := e.(object); ok {
			out = append(out, o)
		}
	}
	return out
}

// tidyRule reads a stored rule document and takes back the liberties of
// clients: nulls are dropped, and scalars under names that the contract knows
// get the type they have there. Strict decoders read the result.
func tidyRule(doc []byte) (object, error) {
	dec := json.NewDecoder(bytes.NewReader(doc))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return nil, fmt.Errorf("stored document: %w", err)
	}
	rule, ok := tidy("", v).(object)
	if !ok {
		return nil, errors.New("stored document: not an object")
	}
	return rule, nil
}

// tidy returns v, the value of the member called name or an element of it.
func tidy(name string, v any) any {
	switch v := v.(type) {
	case map[string]any:
		o := object{}
		for member, value := range v {
			if value != nil {
				o[member] = tidy(member, value)
			}
		}
		return o
	case []any:
		list := []any{}
		for _, e := range v {
			if e != nil {
				list = append(list, tidy(name, e))
			}
		}
		return list
	}
	return tidyScalar(contractKinds()[name], v)
}

func tidyScalar(kind reflect.Kind, v any) any {
	s := fmt.Sprint(v)
	switch kind {
	case reflect.Int64, reflect.Uint64:
		if b, ok := v.(bool); ok {
			s = map[bool]string{false: "0", true: "1"}[b]
		}
		if n, err := strconv.ParseInt(s, 10, 64); err == nil {
			return json.Number(strconv.FormatInt(n, 10))
		}
		if n, err := strconv.ParseUint(s, 10, 64); err == nil {
			return json.Number(strconv.FormatUint(n, 10))
		}
	case reflect.Bool:
		switch s {
		case "0", "false":
			return false
		case "1", "true":
			return true
		}
	case reflect.String:
		if n, ok := v.(json.Number); ok {
			return n.String()
		}
	}
	return v
}

// contractKinds returns the kind of every scalar of a rule by its name, which
// means the same wherever it stands in one.
var contractKinds = sync.OnceValue(func() map[string]reflect.Kind {
	kinds := map[string]reflect.Kind{}
	var walk func(name string, t reflect.Type)
	walk = func(name string, t reflect.Type) {
		switch t.Kind() {
		case reflect.Pointer, reflect.Slice:
			walk(name, t.Elem())
		case reflect.Struct:
			for f := range t.Fields() {
				member, _, _ := strings.Cut(f.Tag.Get("json"), ",")
				walk(member, f.Type)
			}
		case reflect.Bool, reflect.Int64, reflect.Uint64, reflect.String:
			kinds[name] = t.Kind()
		}
	}
	walk("", reflect.TypeFor[checkin.RuleRead]())
	walk("", reflect.TypeFor[checkin.RuleWrite]())
	return kinds
})
