package app

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/wire"
)

// eraseFromRules takes a userid out of the documents of all versions. A rule
// that names nobody any more stays, for its days are history.
func eraseFromRules(tx *store.Tx, corp *Corp, user attendance.UserID) error {
	heads, err := tx.RuleHeads(corp.ID, 1<<62)
	if err != nil {
		return err
	}
	for _, v := range heads {
		doc, err := tx.RuleDoc(corp.ID, v.Version)
		if err != nil {
			return err
		}
		clean, found, err := withoutUser(doc, user)
		if err != nil {
			return fmt.Errorf("rule %d: %w", v.Group, err)
		}
		if !found {
			continue
		}
		if _, err := wire.CompileRule(clean, wire.RuleForm(v.Form), corp.Zone); err != nil && !v.Deleted {
			return fmt.Errorf("rule %d without the member: %w", v.Group, &RuleError{err})
		}
		if err := tx.SetRuleDoc(corp.ID, v.Version, clean); err != nil {
			return err
		}
	}
	return nil
}

// withoutUser returns a rule's document without the member: not in a list of
// people, not as an element of one, and not as the one who made the rule. Only
// members whose names say so hold people: the department 7 and the tag 7 are
// not the userid 7, which terminals like to give.
func withoutUser(doc []byte, user attendance.UserID) (clean []byte, found bool, err error) {
	if len(doc) == 0 {
		return doc, false, nil // the version that ends a rule
	}
	dec := json.NewDecoder(bytes.NewReader(doc))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return nil, false, err
	}
	d := userDropper{user: user.Fold()}
	v = d.drop(v, false)
	if !d.found {
		return doc, false, nil
	}
	clean, err = json.Marshal(v)
	return clean, true, err
}

type userDropper struct {
	user  string // folded
	found bool
}

func (d *userDropper) is(v any) bool {
	switch v := v.(type) {
	case string:
		return attendance.UserID(v).Fold() == d.user
	case json.Number: // a terminal's userid as some write it
		return string(v) == d.user
	}
	return false
}

// drop returns a value without the user; people says that the name of the
// member with the value is one of userids.
func (d *userDropper) drop(v any, people bool) any {
	switch v := v.(type) {
	case string:
		if people && d.is(v) {
			d.found = true
			return ""
		}
	case map[string]any:
		for name, e := range v {
			v[name] = d.drop(e, strings.Contains(strings.ToLower(name), "user"))
		}
	case []any:
		rest := slices.DeleteFunc(v, func(e any) bool {
			o, _ := e.(map[string]any)
			gone := people && d.is(e) || d.is(o["userid"])
			d.found = d.found || gone
			return gone
		})
		for i := range rest {
			rest[i] = d.drop(rest[i], people)
		}
		return rest
	}
	return v
}
