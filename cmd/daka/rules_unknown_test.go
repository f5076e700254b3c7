package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/internal/wire"
)

// What no document has is named with its path, and with what may be meant.
func TestUnknownMembers(t *testing.T) {
	t.Parallel()
	const none = ": there is no such member"
	for name, tt := range map[string]struct {
		doc, there string
		want       []string
	}{
		"none":             {doc: `{"groupname":"a","range":{"party_id":[1]}}`},
		"other spellings":  {doc: `{"range":[{"partyid":[1]},{"userid":["a"]}],"spe_offdays":[{"begintime":1}],"group.checkin_method_type":1}`},
		"seen in answers":  {doc: `{"schedulelist":[{"time_section":[{"off_work_leave":1,"on_work_back":2}]}],"ot_info_v2":{"updatetime":3}}`},
		"nulls":            {doc: `{"range":null,"checkindate":[null]}`},
		"a letter less":    {doc: `{"sync_holiday":true}`, want: []string{"group.sync_holiday: there is no such member: is sync_holidays meant?"}},
		"another name":     {doc: `{"ot_info_v2":{"workdayconf":{"checkin":{"ot_time_begin":1800}}}}`, want: []string{"group.ot_info_v2.workdayconf.checkin.ot_time_begin" + none}},
		"another place":    {doc: `{"ot_info_v2":{"workdayconf":{"time_unit_config":{"ot_time_unit":2}}}}`, want: []string{"group.ot_info_v2.workdayconf.time_unit_config: there is no such member here: its place is group.ot_info_v2.time_unit_config"}},
		"places":           {doc: `{"work_sec":1}`, want: []string{"group.work_sec" + none}},
		"in lists":         {doc: `{"checkindate":[{"checkintime":[{},{"colour":1}]}],"range":[{"shape":1}]}`, want: []string{"group.checkindate[0].checkintime[1].colour" + none, "group.range[0].shape" + none}},
		"the older form":   {doc: `{"ot_info":{"otcheckinfo":{"colour":1}}}`, want: []string{"group.ot_info.otcheckinfo.colour" + none}},
		"it is there":      {doc: `{"colour":1,"range":{"shape":1}}`, there: `{"colour":2,"range":[{"shape":3}]}`},
		"there, elsewhere": {doc: `{"colour":1}`, there: `{"range":{"colour":3}}`, want: []string{"group.colour" + none}},
	} {
		var there []json.RawMessage
		if tt.there != "" {
			there = append(there, json.RawMessage(tt.there))
		}
		unknown, err := unknownMembers(readMembers(t, tt.doc), there)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, u := range unknown {
			got = append(got, u.Error())
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// Whatever WeCom's pages show of a rule, and whatever we answer, can be sent.
func TestKnownRules(t *testing.T) {
	t.Parallel()
	root := filepath.Join("..", "..")
	files := []string{filepath.Join(root, "checkin", "testdata", "rule_read.json"), filepath.Join(root, "checkin", "testdata", "rule_write.json")}
	pages, err := filepath.Glob(filepath.Join(root, "..", "shared", "spec", "payloads", "*checkin*option*.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append(files, pages...) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, doc := range rulesIn(t, text) {
			for _, form := range []wire.RuleForm{wire.FormRead, wire.FormWrite} {
				if out, err := wire.RuleOut(doc, form, wire.RuleHead{Group: 1, UpdateTime: 1}); err == nil {
					doc = out
				}
				if unknown, err := unknownMembers(readMembers(t, string(doc)), nil); err != nil || len(unknown) > 0 {
					t.Errorf("%s, %s: %v, %v", filepath.Base(file), form, unknown, err)
				}
			}
		}
	}
}

// rulesIn returns the rules of a request or an answer, or the document itself.
func rulesIn(t *testing.T, text []byte) (rules []json.RawMessage) {
	t.Helper()
	var doc struct {
		Group json.RawMessage
		Info  []struct{ Group json.RawMessage }
		Name  string `json:"groupname"`
	}
	if err := json.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	for _, info := range doc.Info {
		rules = append(rules, info.Group)
	}
	var list []json.RawMessage
	switch {
	case json.Unmarshal(doc.Group, &list) == nil:
		rules = append(rules, list...)
	case doc.Group != nil:
		rules = append(rules, doc.Group)
	case doc.Name != "":
		rules = append(rules, text)
	}
	return rules
}
