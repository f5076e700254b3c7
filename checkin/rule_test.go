package checkin

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/google/go-cmp/cmp"
)

// decoders are the two JSON libraries that rule documents meet.
var decoders = map[string]func([]byte, any) error{
	"encoding/json":      func(data []byte, v any) error { return json.Unmarshal(data, v) },
	"go-json-experiment": func(data []byte, v any) error { return jsonv2.Unmarshal(data, v) },
}

func TestRangeForms(t *testing.T) {
	t.Parallel()
	want := Range{PartyID: []string{"1", "2"}, UserID: []string{"a"}, TagID: []int64{3}}
	for _, doc := range []string{
		`{"party_id":["1","2"],"userid":["a"],"tagid":[3]}`,
		`{"partyid":[1,2],"userid":["a"],"tagid":["3"]}`,
		`[{"party_id":[1]},{"partyid":["2"],"userid":["a",null],"tagid":[3]}]`,
	} {
		for name, decode := range decoders {
			got := Range{UserID: []string{"old"}}
			if err := decode([]byte(doc), &got); err != nil || cmp.Diff(want, got) != "" {
				t.Errorf("%s: %s = %+v, %v", name, doc, got, err)
			}
		}
	}
	for _, bad := range []string{`{"tagid":["x"]}`, `{"party_id":[true]}`, `{"party_id":{}}`, `7`} {
		if err := json.Unmarshal([]byte(bad), new(Range)); err == nil {
			t.Errorf("%s is accepted", bad)
		}
	}
	out, err := json.Marshal(Range{PartyID: []string{"1"}})
	if err != nil || string(out) != `{"party_id":["1"],"userid":[],"tagid":[]}` {
		t.Errorf("got %s, %v", out, err)
	}
}

func TestRulePunchMethod(t *testing.T) {
	t.Parallel()
	for doc, want := range map[string]int64{
		`{"checkin_method_type":1}`:                               1,
		`{"group.checkin_method_type":2}`:                         2,
		`{"checkin_method_type":0,"group.checkin_method_type":2}`: 0,
		`{}`: -1,
	} {
		for name, decode := range decoders {
			var r RuleRead
			if err := decode([]byte(doc), &r); err != nil {
				t.Fatal(err)
			}
			got, ok := r.PunchMethod()
			if !ok {
				got = -1
			}
			if got != want {
				t.Errorf("%s: %s: got %d, want %d", name, doc, got, want)
			}
		}
	}
}

// An answer has its arrays even when they are empty, and no member that is not known.
func TestRuleReadEmpty(t *testing.T) {
	t.Parallel()
	rule := RuleRead{
		CheckinDate: []WorkdayRead{{}}, SpeOffdays: []SpecialDayRead{{Notes: "n"}},
		ScheduleList: []ShiftRead{{ScheduleName: "休息"}},
	}
	const want = `{"groupid":0,"grouptype":0,"groupname":"","checkindate":[{"workdays":[],"checkintime":[],"noneed_offwork":false,` +
		`"flex_on_duty_time":0,"flex_off_duty_time":0}],"spe_workdays":[],"spe_offdays":[{"timestamp":0,"notes":"n","checkintime":[]}],` +
		`"sync_holidays":false,"need_photo":false,"note_can_use_local_pic":false,"allow_checkin_offworkday":false,` +
		`"allow_apply_offworkday":false,"wifimac_infos":[],"loc_infos":[],"schedulelist":[{"schedule_id":0,"schedule_name":"休息",` +
		`"time_section":[],"noneed_offwork":false,"flex_on_duty_time":0,"flex_off_duty_time":0,"max_allow_arrive_early":0,"max_allow_arrive_late":0}]}`
	for name, encode := range map[string]func(any) ([]byte, error){
		"encoding/json":      json.Marshal,
		"go-json-experiment": func(v any) ([]byte, error) { return jsonv2.Marshal(v) },
	} {
		if out, err := encode(rule); err != nil || string(out) != want {
			t.Errorf("%s: got %s, %v", name, out, err)
		}
	}
}

// What a request does not set is not sent; what it sets to its empty value is.
func TestRuleWritePresence(t *testing.T) {
	t.Parallel()
	rule := RuleWrite{
		GroupID: new(int64(1)), NeedPhoto: new(false), BukaRestriction: new(uint64(1<<64 - 1)),
		SpeOffdays: []SpecialDayWrite{}, ScheduleList: []ShiftWrite{{AllowFlex: new(false)}},
	}
	const want = `{"groupid":1,"need_photo":false,"buka_restriction":18446744073709551615,"schedulelist":[{"schedule_id":0,"schedule_name":"","allow_flex":false}]}`
	for name, encode := range map[string]func(any) ([]byte, error){
		"encoding/json":      json.Marshal,
		"go-json-experiment": func(v any) ([]byte, error) { return jsonv2.Marshal(v) },
	} {
		out, err := encode(rule)
		if err != nil || string(out) != want {
			t.Errorf("%s: got %s, %v", name, out, err)
		}
		var back RuleWrite
		if err := json.Unmarshal(out, &back); err != nil {
			t.Fatal(err)
		}
		rule.SpeOffdays = nil
		if diff := cmp.Diff(rule, back); diff != "" {
			t.Errorf("%s (-sent +read):\n%s", name, diff)
		}
	}
}

// ruleRoundTrip decodes a document and returns what is lost or changed when it
// is encoded again, beyond members that are added.
func ruleRoundTrip(t *testing.T, doc []byte, v any) string {
	t.Helper()
	if err := json.Unmarshal(doc, v); err != nil {
		t.Fatal(err)
	}
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return cmp.Diff(numbers(t, doc), kept(numbers(t, doc), numbers(t, out)))
}

func numbers(t *testing.T, doc []byte) any {
	t.Helper()
	dec := json.NewDecoder(bytes.NewReader(doc))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

// kept returns got without the members that want does not have.
func kept(want, got any) any {
	switch want := want.(type) {
	case map[string]any:
		out, g := map[string]any{}, got.(map[string]any)
		for name, w := range want {
			if v, ok := g[name]; ok {
				out[name] = kept(w, v)
			}
		}
		return out
	case []any:
		g, out := got.([]any), []any{}
		for i := range g {
			if i >= len(want) {
				return got
			}
			out = append(out, kept(want[i], g[i]))
		}
		return out
	}
	return got
}

func TestRuleSamples(t *testing.T) {
	t.Parallel()
	for file, v := range map[string]any{"rule_read.json": new(RuleRead), "rule_write.json": new(RuleWrite)} {
		doc, err := os.ReadFile(filepath.Join("testdata", file))
		if err != nil {
			t.Fatal(err)
		}
		if diff := ruleRoundTrip(t, doc, v); diff != "" {
			t.Errorf("%s (-document +encoded):\n%s", file, diff)
		}
	}
}

// The examples of WeCom's pages, where they lie beside the project.
func TestRulePayloads(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("..", "..", "shared", "spec", "payloads", "*checkin_option.request*.json"))
	if err != nil {
		t.Fatal(err)
	}
	answers, err := filepath.Glob(filepath.Join("..", "..", "shared", "spec", "payloads", "getc*checkinoption.response*.json"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files)+len(answers) == 0 {
		t.Skip("the payload examples are not beside the project")
	}
	for _, file := range append(files, answers...) {
		doc, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var payload struct {
			Group json.RawMessage
			Info  []struct{ Group json.RawMessage }
		}
		if err := json.Unmarshal(doc, &payload); err != nil {
			t.Fatal(err)
		}
		var v any = new(RuleWrite)
		switch {
		case len(payload.Info) > 0:
			payload.Group, v = payload.Info[0].Group, new(RuleRead)
		case bytes.HasPrefix(payload.Group, []byte("[")):
			v = new([]RuleRead)
		case payload.Group == nil:
			continue // deletes a rule
		}
		// This spelling is read, and written as the table has it.
		payload.Group = bytes.ReplaceAll(payload.Group, []byte(`"partyid"`), []byte(`"party_id"`))
		if diff := ruleRoundTrip(t, payload.Group, v); diff != "" {
			t.Errorf("%s (-document +encoded):\n%s", filepath.Base(file), diff)
		}
	}
}
