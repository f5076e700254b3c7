package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/wire"
)

// ruleDifference is a value of a rule that changes. Old and New are null where
// there is none.
type ruleDifference struct {
	Path string `json:"path"`
	Old  any    `json:"old"`
	New  any    `json:"new"`
}

func (d ruleDifference) String() string {
	return fmt.Sprintf("%s: %s -> %s", d.Path, valueText(d.Old), valueText(d.New))
}

func valueText(v any) string {
	if v == nil {
		return "-"
	}
	text, err := jsonOf(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(text)
}

// ruleDifferences lists what an update changes, with the defaults that both
// documents leave out written out, so that only what has another meaning shows.
func ruleDifferences(stored, update ruleMembers, group attendance.GroupID) ([]ruleDifference, error) {
	before, err := plainRule(stored, group)
	if err != nil {
		return nil, err
	}
	after, err := plainRule(stored.with(update), group)
	if err != nil {
		return nil, err
	}
	return differences(nil, "", before, after), nil
}

// plainRule returns a rule's document in the read form.
func plainRule(m ruleMembers, group attendance.GroupID) (v any, err error) {
	doc, err := m.document()
	if err != nil {
		return nil, err
	}
	if doc, err = wire.RuleOut(doc, wire.FormWrite, wire.RuleHead{Group: group}); err != nil {
		return nil, err
	}
	if m, err = membersOf(doc); err != nil {
		return nil, err
	}
	if doc, err = m.document(); err != nil {
		return nil, err
	}
	return v, json.Unmarshal(doc, &v)
}

// differences appends what differs between two JSON values at a path.
func differences(list []ruleDifference, path string, before, after any) []ruleDifference {
	switch b := before.(type) {
	case map[string]any:
		if a, ok := after.(map[string]any); ok {
			for _, name := range names(b, a) {
				list = differences(list, strings.TrimPrefix(path+"."+name, "."), b[name], a[name])
			}
			return list
		}
	case []any:
		if a, ok := after.([]any); ok {
			for i := range max(len(b), len(a)) {
				list = differences(list, fmt.Sprintf("%s[%d]", path, i), element(b, i), element(a, i))
			}
			return list
		}
	}
	if !reflect.DeepEqual(before, after) {
		list = append(list, ruleDifference{path, before, after})
	}
	return list
}

// names are the names of two objects, sorted.
func names(a, b map[string]any) []string {
	all := slices.AppendSeq(slices.Collect(maps.Keys(a)), maps.Keys(b))
	slices.Sort(all)
	return slices.Compact(all)
}

// element returns an element of an array; nil past its end.
func element(list []any, i int) any {
	if i < len(list) {
		return list[i]
	}
	return nil
}
