package app

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/wire"
)

// ErrNoPlace says that a rule would be left without any Wi-Fi or location.
var ErrNoPlace = errors.New("a rule needs a Wi-Fi or a location")

// UpdateRule changes a rule by the direct members of a document in the write
// form, from today or tomorrow on: an array that is absent or empty and any
// other member that is absent stay as they are, all else takes the old one's
// place (document 98041). check judges the whole rule that comes of it. Only the
// app that made the rule may. It returns
// attendance.ErrUnknownGroup, ErrForeignRule, and the errors of AddRule.
func (a *App) UpdateRule(ctx context.Context, caller *Caller, group attendance.GroupID, doc []byte, effectiveNow bool, check func(rule []byte) error) error {
	return a.editRule(ctx, caller, group, effectiveNow, check, taking(doc))
}

// ruleEdit changes the members of a rule's document.
type ruleEdit func(rule map[string]json.RawMessage) error

// taking puts what the members of a document say into a rule.
func taking(doc []byte) ruleEdit {
	return func(rule map[string]json.RawMessage) error {
		var members map[string]json.RawMessage
		if err := json.Unmarshal(doc, &members); err != nil {
			return &RuleError{err}
		}
		for name, value := range members {
			if name != "groupid" && says(value) {
				rule[name] = value
			}
		}
		return nil
	}
}

// says reports whether a member of an update changes anything: null stands for
// absent, and an empty array for an array that stays.
func says(value json.RawMessage) bool {
	text := bytes.TrimSpace(value)
	if bytes.Equal(text, []byte("null")) {
		return false
	}
	if len(text) > 0 && text[0] == '[' {
		return len(bytes.TrimSpace(text[1:len(text)-1])) > 0
	}
	return true
}

// RuleArray is an array of a rule that ClearRule empties, numbered as clear_field.
type RuleArray int64

// The arrays that can be cleared.
const (
	SpecialWorkdays RuleArray = 1
	SpecialOffdays  RuleArray = 2
	WifiPlaces      RuleArray = 3
	Locations       RuleArray = 4
)

var ruleArrays = map[RuleArray]string{
	SpecialWorkdays: "spe_workdays", SpecialOffdays: "spe_offdays",
	WifiPlaces: "wifimac_infos", Locations: "loc_infos",
}

// ClearRule empties arrays of a rule, from today or tomorrow on. It returns
// ErrNoPlace where neither Wi-Fi nor location would be left, ErrBadInput for an
// array that there is not, and otherwise the errors of UpdateRule.
func (a *App) ClearRule(ctx context.Context, caller *Caller, group attendance.GroupID, arrays []RuleArray, effectiveNow bool) error {
	return a.editRule(ctx, caller, group, effectiveNow, nil, emptying(group, arrays))
}

// emptying empties arrays of a rule.
func emptying(group attendance.GroupID, arrays []RuleArray) ruleEdit {
	return func(rule map[string]json.RawMessage) error {
		places := false
		for _, array := range arrays {
			name, ok := ruleArrays[array]
			if !ok {
				return badInput("clear_field %d: 1 to 4", array)
			}
			rule[name] = json.RawMessage("[]")
			places = places || array == WifiPlaces || array == Locations
		}
		if places && !says(orNull(rule["wifimac_infos"])) && !says(orNull(rule["loc_infos"])) {
			return fmt.Errorf("rule %d: %w", group, ErrNoPlace)
		}
		return nil
	}
}

func orNull(value json.RawMessage) json.RawMessage {
	if value == nil {
		return json.RawMessage("null")
	}
	return value
}

// editRule makes a new version of a rule, whose document edit has changed and
// check, if there is one, has found good.
func (a *App) editRule(ctx context.Context, caller *Caller, group attendance.GroupID, effectiveNow bool, check func([]byte) error, edit ruleEdit) error {
	now := a.Now()
	return a.db.Write(ctx, func(tx *store.Tx) error {
		v, doc, err := a.edited(tx, caller, group, now, check, edit)
		if err != nil {
			return err
		}
		_, err = tx.AddRuleVersion(caller.Corp.ID, store.RuleVersion{
			Group: group, First: a.firstDay(caller.Corp, effectiveNow), Last: attendance.MaxDay, KnownAt: now,
			Form: v.Form, Doc: doc, App: v.App, CreateUser: v.CreateUser, CreatedAt: v.CreatedAt,
		})
		if err != nil {
			return err
		}
		return a.note(by(ctx, caller.Agent), tx, caller.Corp.ID, act{"rule.change", []string{ruleSubject(group)}, doc})
	})
}

// edited returns the newest version of a rule and what an edit makes of its
// document, once it has been found good.
func (a *App) edited(tx *store.Tx, caller *Caller, group attendance.GroupID, now int64, check func([]byte) error, edit ruleEdit) (*store.RuleVersion, []byte, error) {
	v, err := a.ownRule(tx, caller, group, now)
	if err != nil {
		return nil, nil, err
	}
	doc, err := tx.RuleDoc(caller.Corp.ID, v.Version)
	if err != nil {
		return nil, nil, err
	}
	var rule map[string]json.RawMessage
	if err := json.Unmarshal(doc, &rule); err != nil {
		return nil, nil, &RuleError{err}
	}
	if err := edit(rule); err != nil {
		return nil, nil, err
	}
	if doc, err = json.Marshal(rule); err != nil {
		return nil, nil, &RuleError{err}
	}
	if check != nil {
		if err := check(doc); err != nil {
			return nil, nil, err
		}
	}
	compiled, err := wire.CompileRule(doc, wire.RuleForm(v.Form), caller.Corp.Zone)
	if err != nil {
		return nil, nil, &RuleError{err}
	}
	return v, doc, a.checkRange(tx, caller.Corp, compiled, group, now)
}
