package main

import (
	"encoding/json"
	"errors"
	"os"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/wire"
)

// ruleFile is a rule document that was read from a file.
type ruleFile struct {
	path string
	doc  json.RawMessage
	form wire.RuleForm
}

// readRule reads a rule document, or the request or answer that holds one
// under "group" (documents 90263, 93384, 98041); nil for an empty path.
func readRule(path string) (*ruleFile, error) {
	if path == "" {
		return nil, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var document struct {
		Group    json.RawMessage `json:"group"`
		OtInfo   json.RawMessage `json:"ot_info"`
		OtInfoV2 json.RawMessage `json:"ot_info_v2"`
	}
	rule := &ruleFile{path: path, doc: text, form: wire.FormRead}
	if err := json.Unmarshal(text, &document); err != nil {
		return nil, failf("rule file %s: not a JSON object: %w", path, plainError(err))
	}
	members, err := membersOf(text)
	if err != nil {
		return nil, failf("rule file %s: %w", path, err)
	}
	if document.Group != nil {
		if err := refuseAround(path, members); err != nil {
			return nil, err
		}
		rule.doc, document.OtInfo, document.OtInfoV2 = document.Group, nil, nil
		if err := json.Unmarshal(rule.doc, &document); err != nil {
			return nil, failf("rule file %s: group: want one rule, as an object: %w", path, plainError(err))
		}
	}
	if members, err = membersOf(rule.doc); err != nil {
		return nil, failf("rule file %s: %w", path, err)
	}
	unknown, err := unknownMembers(members, nil)
	if err != nil {
		return nil, failf("rule file %s: %w", path, err)
	}
	if len(unknown) > 0 {
		return nil, usagef("rule file %s: %w", path, errors.Join(unknown...))
	}
	// Only what is written has the new overtime part without the old one.
	if document.OtInfoV2 != nil && document.OtInfo == nil {
		rule.form = wire.FormWrite
	}
	return rule, nil
}

// spec returns the rule as it is to be put in force: from the start, because
// the punches of a file are of the past. The error names the member of the
// document that has no meaning.
func (r *ruleFile) spec(zone *attendance.Zone) (*app.RuleSpec, error) {
	if _, err := wire.CompileRule(r.doc, r.form, zone); err != nil {
		return nil, failf("rule file %s: %w", r.path, err)
	}
	return &app.RuleSpec{Doc: r.doc, Form: r.form, First: attendance.MinDay}, nil
}
