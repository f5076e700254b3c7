package wire

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/dakahq/daka/checkin"
)

// CanonicalRule returns a rule document that two answers share when they say
// the same: its members in the order of their names, without spaces, lists whose
// order means nothing sorted, and without the checkindate of a shift rule, which
// WeCom makes up for the day that it was asked about (document 90263).
func CanonicalRule(doc []byte) ([]byte, error) {
	v, err := ruleMembers(doc)
	if err != nil {
		return nil, err
	}
	if number, ok := v["grouptype"].(json.Number); ok && number == "2" {
		delete(v, "checkindate")
	}
	if err := sortSets(v); err != nil {
		return nil, err
	}
	return json.Marshal(v)
}

// sets are the members of rule documents that are lists in no order.
var sets = map[string]bool{
	"party_id": true, "partyid": true, "userid": true, "tagid": true, "white_users": true, "workdays": true,
	"odd_workdays": true, "even_workdays": true, "loc_infos": true, "wifimac_infos": true, "reporters": true,
}

// sortSets sorts the sets of a document, at any depth, by their items' text.
func sortSets(v any) error {
	switch v := v.(type) {
	case map[string]any:
		for name, member := range v {
			if err := sortSets(member); err != nil {
				return err
			}
			if list, ok := member.([]any); ok && sets[name] {
				if err := sortByText(list); err != nil {
					return err
				}
			}
		}
	case []any:
		for _, item := range v {
			if err := sortSets(item); err != nil {
				return err
			}
		}
	}
	return nil
}

func sortByText(list []any) error {
	type item struct {
		text  string
		value any
	}
	items := make([]item, len(list))
	for i, v := range list {
		text, err := json.Marshal(v)
		if err != nil {
			return err
		}
		items[i] = item{string(text), v}
	}
	slices.SortFunc(items, func(a, b item) int { return strings.Compare(a.text, b.text) })
	for i := range items {
		list[i] = items[i].value
	}
	return nil
}

// JoinRule makes of a rule as getcheckinoption answers it for a day, and as
// getcorpcheckinoption answers it, the whole of that day, in canonical form: what
// only the latter has is taken from there. Either may be nil. With a range, those
// members are named in the place of the ones that the rule names, and nobody is
// exempt.
func JoinRule(member, whole []byte, named *checkin.Range) ([]byte, error) {
	rule, err := ruleMembers(member)
	if err != nil {
		return nil, fmt.Errorf("rule of a member: %w", err)
	}
	corp, err := ruleMembers(whole)
	if err != nil {
		return nil, fmt.Errorf("rule of the corporation: %w", err)
	}
	switch {
	case rule == nil:
		rule = corp
	case corp != nil:
		for _, name := range corpOnly {
			if v, ok := corp[name]; ok {
				rule[name] = v
			}
		}
	}
	if named != nil {
		delete(rule, "white_users")
		rule["range"] = named
	}
	return json.Marshal(rule)
}

func ruleMembers(doc []byte) (members map[string]any, err error) {
	if doc == nil {
		return nil, nil
	}
	dec := json.NewDecoder(bytes.NewReader(doc))
	dec.UseNumber()
	err = dec.Decode(&members)
	return members, err
}
