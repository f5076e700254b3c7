package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/dakahq/daka/checkin"
	"github.com/spf13/cobra"
)

// What a rule's document says under a name that nobody reads is lost without a
// word, so that a slip of the pen is paid by those on the rule. WeCom's interface
// passes it over, and so does our server; the file of a person is refused.

// seenMembers are those that WeCom's answers have been seen with, or that are
// read in another spelling, beside what the types of package checkin name.
var seenMembers = map[reflect.Type][]string{
	reflect.TypeFor[checkin.Range]():    {"partyid"},
	reflect.TypeFor[checkin.Section]():  {"off_work_leave", "on_work_back"},
	reflect.TypeFor[checkin.OtInfoV2](): {"updatetime"},
}

// requestMembers are those around a rule, of a request and of an answer.
var requestMembers = []string{"group", "effective_now", "errcode", "errmsg"}

// ruleForms are the two forms of a rule.
var ruleForms = []reflect.Type{reflect.TypeFor[checkin.RuleRead](), reflect.TypeFor[checkin.RuleWrite]()}

// unknownMembers names each member of a rule that neither form has in its place,
// nor one of the rules that are there, which WeCom may have given us.
func unknownMembers(rule ruleMembers, there []json.RawMessage) (unknown []error, err error) {
	v, err := plainJSON(rule)
	if err != nil {
		return nil, err
	}
	var stored []any
	for _, doc := range there {
		s, err := plainJSON(doc)
		if err != nil {
			return nil, err
		}
		stored = append(stored, s)
	}
	return appendUnknown(nil, "group", v, ruleForms, stored), nil
}

// plainJSON is a value as encoding/json has it for any.
func plainJSON(doc any) (v any, err error) {
	text, err := json.Marshal(doc)
	if err != nil {
		return nil, err
	}
	return v, json.Unmarshal(text, &v)
}

// appendUnknown walks a value that may be of some types, beside the values that
// stored rules have in the same place.
func appendUnknown(unknown []error, path string, v any, types []reflect.Type, stored []any) []error {
	switch v := v.(type) {
	case []any:
		for i, e := range v {
			unknown = appendUnknown(unknown, fmt.Sprintf("%s[%d]", path, i), e, types, elements(stored))
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			inner, ok := memberTypes(types, name)
			below := membersNamed(stored, name)
			if !ok && len(below) == 0 {
				unknown = append(unknown, unknownMember(path, name, types))
			} else if ok && len(inner) > 0 {
				unknown = appendUnknown(unknown, path+"."+name, v[name], inner, below)
			}
		}
	}
	return unknown
}

// elements are those of all lists; what is no list, where WeCom writes either, is
// itself one.
func elements(values []any) (all []any) {
	for _, v := range values {
		if list, ok := v.([]any); ok {
			all = append(all, list...)
		} else {
			all = append(all, v)
		}
	}
	return all
}

func membersNamed(values []any, name string) (all []any) {
	for _, v := range elements(values) {
		if o, ok := v.(map[string]any); ok {
			if member, ok := o[name]; ok {
				all = append(all, member)
			}
		}
	}
	return all
}

// memberTypes returns the structs that a member of some structs is, or is a list
// of; ok is false where none of them has it.
func memberTypes(types []reflect.Type, name string) (inner []reflect.Type, ok bool) {
	for _, t := range types {
		ok = ok || slices.Contains(seenMembers[t], name)
		for f := range t.Fields() {
			if memberName(f) != name {
				continue
			}
			ok = true
			if s := structOf(f.Type); s != nil && !slices.Contains(inner, s) {
				inner = append(inner, s)
			}
		}
	}
	return inner, ok
}

func memberName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name
}

// structOf returns the struct that a pointer or a list leads to; nil = none.
func structOf(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return nil
	}
	return t
}

// unknownMember says that there is no member of a name in some structs, and what
// may be meant: one that is spelt almost so, or the only place where it belongs.
func unknownMember(path, name string, types []reflect.Type) error {
	for _, t := range types {
		for f := range t.Fields() {
			if meant := memberName(f); distance(name, meant) <= 2 {
				return failf("%s.%s: there is no such member: is %s meant?", path, name, meant)
			}
		}
	}
	if places := rulePlaces()[name]; len(places) == 1 {
		return failf("%s.%s: there is no such member here: its place is %s", path, name, places[0])
	}
	return failf("%s: there is no such member", path+"."+name)
}

// rulePlaces are the paths at which a name is a member of a rule, without the
// numbers of lists.
var rulePlaces = sync.OnceValue(func() map[string][]string {
	places := map[string][]string{}
	var walk func(path string, t reflect.Type)
	walk = func(path string, t reflect.Type) {
		for f := range t.Fields() {
			name := memberName(f)
			place := path + "." + name
			if !slices.Contains(places[name], place) {
				places[name] = append(places[name], place)
			}
			if inner := structOf(f.Type); inner != nil {
				walk(place, inner)
			}
		}
	}
	for _, t := range ruleForms {
		walk("group", t)
	}
	return places
})

// distance is how many letters are to be put in, taken out or changed to make one
// name the other.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// refuseUnknown returns an error for a file with members that there are not, with
// all of them. Those of the rules in the book pass: what is shown can be sent.
func refuseUnknown(cmd *cobra.Command, path string, rule ruleMembers, book rulebook) error {
	unknown, err := unknownMembers(rule, nil)
	if err != nil || len(unknown) == 0 {
		return err
	}
	there, err := book.all(cmd.Context())
	if err != nil {
		return err
	}
	if unknown, err = unknownMembers(rule, there); err != nil {
		return err
	}
	if err := refuseProblems(cmd, path, unknown); err != nil {
		return usageError{err}
	}
	return nil
}

// refuseAround returns an error for a request or an answer with members that it
// has not, around the rule.
func refuseAround(path string, request ruleMembers) error {
	for _, name := range slices.Sorted(maps.Keys(request)) {
		if !slices.Contains(requestMembers, name) {
			return usagef("rule file %s: %s: there is no such member beside group", path, name)
		}
	}
	return nil
}
