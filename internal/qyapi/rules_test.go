package qyapi_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/wecom"
)

// A rule is made, read back by corp and by member, and deleted by its maker alone.
func TestRules(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		group := f.addRule(strings.Replace(officeRule, `"type":3`, `"type":3,"mine":{"a":[1]}`, 1))
		for _, body := range []string{"{}", "", "null"} {
			code, _, answer := f.raw("/cgi-bin/checkin/getcorpcheckinoption", body)
			var rules []map[string]json.RawMessage
			must(t, json.Unmarshal(answer["group"], &rules))
			if code != 0 || len(rules) != 1 || string(rules[0]["mine"]) != `{"a":[1]}` {
				t.Errorf("%q: %d %s", body, code, answer["group"])
			}
		}
		options, err := f.checkin().Options(t.Context(), checkin.OptionsRequest{DateTime: stamp(5, 0, 0), UserIDList: []string{"BOB", "carol"}})
		must(t, err)
		if o := options.Info; len(o) != 1 || o[0].UserID != "bob" || o[0].Group.GroupID != group || o[0].Group.GroupName != "坐班" {
			t.Errorf("options of bob and carol: %+v", o)
		}
		other, err := f.app.CreateApp(t.Context(), "ww1", app.CheckinApp, "another")
		must(t, err)
		f.secrets["other"] = other.Secret
		del := fmt.Sprintf(`{"groupid":%d,"effective_now":1}`, group)
		for _, tt := range []struct {
			kind app.AppKind
			want wecom.Code
		}{{"other", 301092}, {app.CheckinApp, 0}, {app.CheckinApp, 301089}} {
			if code, errmsg, _ := f.rawAs(tt.kind, "/cgi-bin/checkin/del_checkin_option", del); code != tt.want {
				t.Errorf("delete as %s: %d %s, want %d", tt.kind, code, errmsg, tt.want)
			}
		}
	})
}

func TestAddRuleRefuses(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		f.addRule(shiftRule)
		for _, tt := range []struct {
			name, old, new string
			want           wecom.Code
		}{
			{"unknown member", `"userid":["carol"]`, `"userid":["zed"]`, 301090},
			{"unknown department", `"party_id":[]`, `"party_id":["77"]`, 301090},
			{"a member of another rule", `"倒班"`, `"again"`, 301091},
			{"no type", `"grouptype":2`, `"grouptype":0`, 301093},
			{"a wrong type", `"schedule_id":1`, `"schedule_id":"one"`, 40058},
		} {
			body := `{"group":` + strings.Replace(shiftRule, tt.old, tt.new, 1) + `}`
			if code, errmsg, _ := f.raw("/cgi-bin/checkin/add_checkin_option", body); code != tt.want {
				t.Errorf("%s: %d %s, want %d", tt.name, code, errmsg, tt.want)
			}
		}
		if rules, err := f.app.CorpRules(t.Context(), f.corp); len(rules) != 1 || err != nil {
			t.Errorf("%d rules, %v", len(rules), err)
		}
	})
}

// Without effective_now a rule is in force from the next day on.
func TestRuleFromTomorrow(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		if code, errmsg, _ := f.raw("/cgi-bin/checkin/add_checkin_option", `{"group":`+officeRule+`}`); code != 0 {
			t.Fatal(code, errmsg)
		}
		for day, want := range map[int]int{5: 0, 6: 1} {
			answer, err := f.checkin().Options(t.Context(), checkin.OptionsRequest{DateTime: stamp(day, 0, 0), UserIDList: []string{"alice"}})
			must(t, err)
			if len(answer.Info) != want {
				t.Errorf("day %d: %d rules, want %d", day, len(answer.Info), want)
			}
		}
	})
}

// A rule with a member twice is a liberty, and reads back.
func TestRuleWithAMemberTwice(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		f.addRule(strings.Replace(officeRule, `"type":3`, `"type":3,"groupname":"later","mine":{"a":1,"a":2}`, 1))
		answer, err := f.checkin().CorpOptions(t.Context(), checkin.CorpOptionsRequest{})
		must(t, err)
		if len(answer.Group) != 1 || answer.Group[0].GroupName != "later" {
			t.Errorf("got %+v", answer.Group)
		}
	})
}

// The semantics of document 98041: an array that is absent or empty stays, one
// that is not takes the old one's place; any other member that is given does,
// with all below it; clearing is a call of its own, and leaves a place.
func TestUpdateAndClearRule(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		group := f.addRule(officeRule)
		members := func() map[string]json.RawMessage {
			_, _, answer := f.raw("/cgi-bin/checkin/getcorpcheckinoption", "{}")
			var rules []map[string]json.RawMessage
			must(t, json.Unmarshal(answer["group"], &rules))
			return rules[0]
		}
		before := members()
		update := func(doc string) {
			t.Helper()
			body := fmt.Sprintf(`{"effective_now":true,"group":{"groupid":%d,%s}}`, group, doc)
			if code, errmsg, _ := f.raw("/cgi-bin/checkin/update_checkin_option", body); code != 0 {
				t.Fatalf("%s: %d %s", doc, code, errmsg)
			}
		}
		update(`"groupname":"新名","checkindate":[],"need_photo":null,"option_out_range":2,
			"loc_infos":[{"lat":30547030,"lng":104062890,"loc_title":"a","loc_detail":"b","distance":300}],
			"spe_offdays":[{"timestamp":1893427200,"notes":"元旦"}]`)
		got := members()
		for name, want := range map[string]string{
			"groupname": `"新名"`, "option_out_range": "2",
			"checkindate": string(before["checkindate"]), "need_photo": string(before["need_photo"]),
			"range": string(before["range"]), "create_time": string(before["create_time"]),
		} {
			if string(got[name]) != want {
				t.Errorf("%s is %s, want %s", name, got[name], want)
			}
		}
		if !strings.Contains(string(got["spe_offdays"]), "1893427200") {
			t.Errorf("spe_offdays is %s", got["spe_offdays"])
		}
		clear := func(fields string) wecom.Code {
			code, _, _ := f.raw("/cgi-bin/checkin/clear_checkin_option_array_field",
				fmt.Sprintf(`{"effective_now":true,"groupid":%d,"clear_field":%s}`, group, fields))
			return code
		}
		if code := clear("[2]"); code != 0 || string(members()["spe_offdays"]) != "[]" {
			t.Errorf("clearing days off: %d, %s", code, members()["spe_offdays"])
		}
		if code := clear("[3,4]"); code != 301097 || string(members()["loc_infos"]) == "[]" {
			t.Errorf("clearing all places: %d, %s", code, members()["loc_infos"])
		}
		other, err := f.app.CreateApp(t.Context(), "ww1", app.CheckinApp, "another")
		must(t, err)
		f.secrets["other"] = other.Secret
		body := fmt.Sprintf(`{"group":{"groupid":%d,"groupname":"x"}}`, group)
		if code, _, _ := f.rawAs("other", "/cgi-bin/checkin/update_checkin_option", body); code != 301092 {
			t.Errorf("another app's rule: %d", code)
		}
	})
}
