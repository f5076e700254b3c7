package scenario

import (
	"fmt"
	"maps"
	"math"
	"slices"
)

// reading is one walk over a decoded document. It keeps the first error, so
// that the walk reads like the format and asks once at its end.
type reading struct{ err error }

// node is a place in the document: absent, or with a decoded value.
type node struct {
	r       *reading
	path    string
	value   any
	present bool
}

// fail records what is wrong at n unless something was wrong before.
func (n node) fail(format string, args ...any) {
	if n.r.err == nil {
		n.r.err = fmt.Errorf("%s: %s", n.path, fmt.Sprintf(format, args...))
	}
}

// get returns n's value as a T; an absent one is an error.
func get[T any](n node, want string) (v T, ok bool) {
	if !n.present {
		n.fail("missing")
		return v, false
	}
	if v, ok = n.value.(T); !ok {
		n.fail("want %s, got %s", want, kind(n.value))
	}
	return v, ok
}

// kind names the JSON type of a decoded value.
func kind(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case bool:
		return "a boolean"
	case float64:
		return "a number"
	case string:
		return "a string"
	case []any:
		return "a list"
	}
	return "an object"
}

func (n node) str() string {
	s, _ := get[string](n, "a string")
	return s
}

func (n node) strOr(def string) string {
	if !n.present {
		return def
	}
	return n.str()
}

// oneOf returns a string that must be one of the given ones; absent is def.
func (n node) oneOf(def string, values ...string) string {
	s := n.strOr(def)
	if s != def && !slices.Contains(values, s) {
		n.fail("%q is not one of %q", s, values)
	}
	return s
}

func (n node) int() int64 {
	f, ok := get[float64](n, "an integer")
	if ok && (f != math.Trunc(f) || math.Abs(f) > 1<<53) {
		n.fail("want an integer, got %v", f)
		return 0
	}
	return int64(f)
}

func (n node) intOr(def int64) int64 {
	if !n.present {
		return def
	}
	return n.int()
}

func (n node) bool() bool {
	b, _ := get[bool](n, "a boolean")
	return b
}

func (n node) boolOr(def bool) bool {
	if !n.present {
		return def
	}
	return n.bool()
}

// list returns the elements of a list; none when it is absent.
func (n node) list() []node {
	if !n.present {
		return nil
	}
	values, _ := get[[]any](n, "a list")
	nodes := make([]node, len(values))
	for i, v := range values {
		nodes[i] = node{n.r, fmt.Sprintf("%s[%d]", n.path, i), v, true}
	}
	return nodes
}

// pair returns the two elements of a list of exactly two.
func (n node) pair() (a, b node) {
	l := n.list()
	if len(l) != 2 {
		n.fail("want a list of two")
		absent := node{r: n.r, path: n.path}
		return absent, absent
	}
	return l[0], l[1]
}

// strs returns the elements of a list of strings.
func (n node) strs() []string {
	var s []string
	for _, e := range n.list() {
		s = append(s, e.str())
	}
	return s
}

// ints returns the elements of a list of integers; never nil, so that it
// becomes [] in a document.
func (n node) ints() []int64 {
	v := []int64{}
	for _, e := range n.list() {
		v = append(v, e.int())
	}
	return v
}

// object is the members of an object, by name.
type object struct {
	node
	members map[string]node
}

// object returns n's members and refuses names that are not in keys. An
// absent object has no members.
func (n node) object(keys ...string) object {
	o := n.anyObject()
	for _, name := range o.names() {
		if !slices.Contains(keys, name) {
			o.members[name].fail("unknown key")
		}
	}
	return o
}

// anyObject returns n's members where their names are data.
func (n node) anyObject() object {
	o := object{n, map[string]node{}}
	if n.present {
		values, _ := get[map[string]any](n, "an object")
		for name, v := range values {
			path := name
			if n.path != "" {
				path = n.path + "." + name
			}
			o.members[name] = node{n.r, path, v, true}
		}
	}
	return o
}

// names returns the names of the members in order.
func (o object) names() []string { return slices.Sorted(maps.Keys(o.members)) }

// at returns the member with a name, absent or not.
func (o object) at(name string) node {
	if m, ok := o.members[name]; ok {
		return m
	}
	return node{r: o.r, path: o.path + "." + name}
}

// over returns base with the members of o in place of its own.
func (o object) over(base object) object {
	merged := object{o.node, maps.Clone(base.members)}
	maps.Copy(merged.members, o.members)
	return merged
}
