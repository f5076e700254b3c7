package wire

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/dakahq/daka/checkin"
)

// CanonicalRule returns a rule document that two answers share when they say
// the same: its members in the order of their names, without spaces.
func CanonicalRule(doc []byte) ([]byte, error) {
	v, err := ruleMembers(doc)
	if err != nil {
		return nil, err
	}
	return json.Marshal(v)
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
