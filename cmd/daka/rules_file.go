package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"go.yaml.in/yaml/v3"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/wire"
	"github.com/spf13/cobra"
)

// ruleMembers are the direct members of a rule's document.
type ruleMembers map[string]json.RawMessage

// readRuleMembers reads a rule, or a request that holds one under group, from a
// JSON or YAML file. What only answers have is left out, so that what "daka
// rules show" prints can be sent again. now is effective_now of a request.
func readRuleMembers(path string) (members ruleMembers, now bool, err error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, false, err
	}
	if namedYAML(path) {
		var doc any
		if err := yaml.Unmarshal(text, &doc); err != nil {
			return nil, false, failf("rule file %s: %w", path, plainError(err))
		}
		if text, err = json.Marshal(doc); err != nil { // YAML has other keys, too
			return nil, false, failf("rule file %s: a name of a member is not a text", path)
		}
	}
	members, err = membersOf(text)
	if err == nil && members["group"] != nil {
		now = string(members["effective_now"]) == "true"
		if err := refuseAround(path, members); err != nil {
			return nil, false, err
		}
		members, err = membersOf(members["group"])
	}
	if err != nil {
		return nil, false, failf("rule file %s: %w", path, err)
	}
	return members, now, nil
}

// membersOf reads a document without what only answers have.
func membersOf(doc []byte) (m ruleMembers, err error) {
	if err := json.Unmarshal(doc, &m); err != nil {
		return nil, failf("not a JSON object: %w", plainError(err))
	}
	for _, name := range []string{"create_time", "create_userid", "update_userid"} {
		delete(m, name)
	}
	if !saysNothing(m["ot_info_v2"]) {
		delete(m, "ot_info") // the same in the old form
	}
	return m, nil
}

// saysNothing reports whether a member of an update changes nothing (document 98041).
func saysNothing(value json.RawMessage) bool {
	text := strings.TrimSpace(string(value))
	return text == "" || text == "null" || strings.HasPrefix(text, "[") && strings.TrimSpace(text[1:len(text)-1]) == ""
}

// with returns the rule that an update leaves behind.
func (m ruleMembers) with(update ruleMembers) ruleMembers {
	out := ruleMembers{}
	for name, value := range m {
		out[name] = value
	}
	for name, value := range update {
		if !saysNothing(value) {
			out[name] = value
		}
	}
	return out
}

func (m ruleMembers) document() (json.RawMessage, error) { return json.Marshal(m) }

// typed reads the members as what a call sends. The error names the JSON path.
func (m ruleMembers) typed() (r checkin.RuleWrite, err error) {
	doc, err := m.document()
	if err != nil {
		return r, err
	}
	err = jsonv2.Unmarshal(doc, &r)
	if wrong, ok := errors.AsType[*jsonv2.SemanticError](err); ok {
		return r, misplaced(memberPath("group", wrong.JSONPointer), wrong.JSONKind.String())
	}
	return r, err
}

// memberPath writes a JSON pointer below a path as WeCom's errors do.
func memberPath(path string, p jsontext.Pointer) string {
	for name := range p.Tokens() {
		if strings.Trim(name, "0123456789") == "" {
			path += "[" + name + "]"
		} else {
			path += "." + name
		}
	}
	return strings.TrimPrefix(path, ".")
}

// form is that of a rule for a database: without overtime as requests have it, it
// is one as WeCom answers it.
func (m ruleMembers) form() wire.RuleForm {
	if saysNothing(m["ot_info_v2"]) {
		return wire.FormRead
	}
	return wire.FormWrite
}

// newRuleProblems are what is wrong with a rule that is to be made, in a database
// or on a server.
func newRuleProblems(m ruleMembers, zone *attendance.Zone, local bool) []error {
	rule, err := m.typed()
	if err != nil {
		return []error{err}
	}
	all := checkin.AddOptionRequest{Group: rule}.Problems()
	if local {
		all = slices.DeleteFunc(all, func(p error) bool { return excused(p, m.form() == wire.FormRead) })
	}
	return appendDated(all, &rule, zone)
}

// updateProblems are what an update would make wrong: what was not as the
// documents want it before is no fault of the update.
func updateProblems(stored, update ruleMembers, zone *attendance.Zone) (all []error) {
	sent, err := update.typed()
	if err != nil {
		return []error{err}
	}
	known := map[string]bool{}
	if before, err := stored.typed(); err == nil {
		for _, p := range before.Problems() {
			known[p.Error()] = true
		}
	}
	after, err := stored.with(update).typed()
	if err != nil {
		return appendDated(nil, &sent, zone) // what is stored is of no form that we know
	}
	for _, p := range after.Problems() {
		if !known[p.Error()] {
			all = append(all, p)
		}
	}
	return appendDated(all, &sent, zone)
}

// appendDated adds what is wrong with the days of a rule.
func appendDated(all []error, rule *checkin.RuleWrite, zone *attendance.Zone) []error {
	if err := rule.ValidateAt(time.Now().Unix(), zone.Location()); err != nil {
		all = append(all, err)
	}
	return all
}

// refuseProblems returns an error for a file with problems. People get them on
// lines of their own. It is no server's refusal, though the texts are WeCom's.
func refuseProblems(cmd *cobra.Command, path string, problems []error) error {
	if len(problems) == 0 {
		return nil
	}
	texts := make([]string, len(problems))
	for i, p := range problems {
		texts[i] = p.Error()
	}
	if outputOf(cmd) != asTable {
		return failf("rule file %s: %s", path, strings.Join(texts, "; "))
	}
	if len(problems) == 1 {
		return failf("rule file %s: %s", path, problemText(cmd, problems[0]))
	}
	for _, p := range problems {
		fmt.Fprintln(cmd.ErrOrStderr(), "  "+problemText(cmd, p))
	}
	return failf("rule file %s: it has %d problems", path, len(problems))
}
