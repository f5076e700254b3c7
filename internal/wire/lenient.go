package wire

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// The scalars of a stored document. Documents keep the liberties that clients
// take: numbers in quotes, 0 and 1 for booleans and the reverse, null for a
// member that is not set. An unset scalar is the zero value.
type (
	number struct {
		v   int64
		set bool
	}
	bits struct {
		v uint64
	}
	truth struct {
		v, set bool
	}
	text string
)

// or returns the number, or def where it is not set.
func (n number) or(def int64) int64 {
	if n.set {
		return n.v
	}
	return def
}

// or returns the boolean, or def where it is not set.
func (t truth) or(def bool) bool {
	if t.set {
		return t.v
	}
	return def
}

func (n *number) UnmarshalJSON(data []byte) error {
	s := scalar(data)
	*n = number{}
	switch s {
	case "null":
		return nil
	case "true":
		*n = number{1, true}
		return nil
	case "false":
		*n = number{0, true}
		return nil
	}
	v, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return fmt.Errorf("%s is not a whole number", short(data))
	}
	*n = number{v, true}
	return nil
}

func (b *bits) UnmarshalJSON(data []byte) error {
	s := scalar(data)
	*b = bits{}
	if s == "null" {
		return nil
	}
	v, err := strconv.ParseUint(s, 10, 64)
	if err != nil {
		return fmt.Errorf("%s is not a bit mask of 64 bits", short(data))
	}
	b.v = v
	return nil
}

func (t *truth) UnmarshalJSON(data []byte) error {
	*t = truth{}
	switch scalar(data) {
	case "null":
	case "true", "1":
		*t = truth{true, true}
	case "false", "0":
		*t = truth{false, true}
	default:
		return fmt.Errorf("%s is not true or false", short(data))
	}
	return nil
}

func (t *text) UnmarshalJSON(data []byte) error {
	switch jsontext.Value(data).Kind() {
	case jsontext.KindNull:
		*t = ""
	case jsontext.KindString:
		var s string
		if err := json.Unmarshal(data, &s); err != nil {
			return err
		}
		*t = text(s)
	case jsontext.KindNumber:
		*t = text(data)
	default:
		return fmt.Errorf("%s is not a string", short(data))
	}
	return nil
}

// scalar returns a JSON scalar without the quotes of a string.
func scalar(data []byte) string {
	s := string(data)
	if len(s) >= 2 && s[0] == '"' {
		return s[1 : len(s)-1]
	}
	return s
}

// short returns a JSON value as it may stand in an error.
func short(data []byte) string {
	switch data[0] {
	case '{':
		return "an object"
	case '[':
		return "an array"
	}
	if len(data) > 40 {
		return strings.ToValidUTF8(string(data[:40]), "") + "…"
	}
	return string(data)
}
