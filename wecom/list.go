package wecom

import (
	"encoding/json"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// List is an array of an answer. It is a slice in all but this: a nil List is
// written as [], because WeCom never writes null for an array.
type List[T any] []T

// MarshalJSON writes l for encoding/json.
func (l List[T]) MarshalJSON() ([]byte, error) {
	if l == nil {
		return []byte("[]"), nil
	}
	return json.Marshal([]T(l))
}

// MarshalJSONTo writes l for go-json-experiment, without a copy in between.
func (l List[T]) MarshalJSONTo(enc *jsontext.Encoder) error {
	if l == nil {
		return enc.WriteValue(jsontext.Value("[]"))
	}
	return jsonv2.MarshalEncode(enc, []T(l))
}
