package qyapi_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// shape holds the JSON types that occur at each path of a value, those of a
// list's elements together: datas[].base_info.date is an integer.
type shape map[string][]string

// shapeOf returns the shape of a JSON object.
func shapeOf(t testing.TB, text []byte) shape {
	t.Helper()
	s := shape{}
	s.add("", object(t, text))
	delete(s, "") // the whole
	return s
}

// object reads a JSON object and keeps its numbers as they are written.
func object(t testing.TB, text []byte) (members map[string]any) {
	t.Helper()
	dec := json.NewDecoder(strings.NewReader(string(text)))
	dec.UseNumber()
	if err := dec.Decode(&members); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return members
}

// add adds a value and what is below it. A member that begins with _ is a note.
func (s shape) add(at string, value any) {
	kind := ""
	switch v := value.(type) {
	case map[string]any:
		kind = "object"
		for name, member := range v {
			if !strings.HasPrefix(name, "_") {
				s.add(strings.TrimPrefix(at+"."+name, "."), member)
			}
		}
	case []any:
		kind = "array"
		for _, element := range v {
			s.add(at+"[]", element)
		}
	case json.Number:
		kind = "integer"
		if strings.ContainsAny(v.String(), ".eE") {
			kind = "number"
		}
	default:
		kind = fmt.Sprintf("%T", value) // string, bool or <nil>
	}
	s.put(at, kind)
}

func (s shape) put(at string, kinds ...string) {
	for _, kind := range kinds {
		if !slices.Contains(s[at], kind) {
			s[at] = append(s[at], kind)
			slices.Sort(s[at])
		}
	}
}

func (s shape) join(other shape) {
	for at, kinds := range other {
		s.put(at, kinds...)
	}
}

func (s shape) paths() []string { return slices.Sorted(maps.Keys(s)) }

// gap is a list of paths that only one of two shapes has, with all that is below
// them, and why: a sentence, or the section of the protocol that names them.
type gap struct{ paths, why string }

// gaps finds paths in a list of gaps, and remembers which of those were there.
type gaps struct {
	list []gap
	used map[string]bool
}

func (g *gaps) have(path string) bool {
	for _, gap := range g.list {
		for top := range strings.FieldsSeq(gap.paths) {
			if path == top || strings.HasPrefix(path, top+".") || strings.HasPrefix(path, top+"[") {
				g.used[top] = true
				return true
			}
		}
	}
	return false
}

// unused returns the paths that nothing was found at.
func (g *gaps) unused() (stale []string) {
	for _, gap := range g.list {
		for top := range strings.FieldsSeq(gap.paths) {
			if !g.used[top] {
				stale = append(stale, top)
			}
		}
	}
	return stale
}

// compareShapes compares what was answered with the examples of one answer: each
// member of an example is there, and of its type; each member that is there is
// in one of the examples. The gaps of the call are taken out, and none is stale.
func compareShapes(t *testing.T, c *goldenCall, said shape, examples map[string]shape) {
	t.Helper()
	lacks, adds := gaps{c.lacks, map[string]bool{}}, gaps{c.adds, map[string]bool{}}
	documented := shape{"errcode": {"integer"}, "errmsg": {"string"}} // section 1.1: always to be sent
	for file, example := range examples {
		documented.join(example)
		for _, path := range example.paths() {
			if said[path] == nil && !lacks.have(path) {
				t.Errorf("%s: %s is missing", file, path)
			}
		}
	}
	for _, path := range said.paths() {
		if documented[path] == nil {
			if !adds.have(path) {
				t.Errorf("%s: %s is not documented", c.name, path)
			}
			continue
		}
		for _, kind := range said[path] {
			if !slices.Contains(documented[path], kind) {
				t.Errorf("%s: %s is a %s, documented %s", c.name, path, kind, documented[path])
			}
		}
	}
	if stale := slices.Concat(lacks.unused(), adds.unused()); len(stale) > 0 {
		t.Errorf("%s: exempt without need: %s", c.name, stale)
	}
}
