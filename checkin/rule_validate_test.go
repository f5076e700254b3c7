package checkin

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/dakahq/daka/wecom"
)

// The least that is a rule, of each kind. Work is from 09:00 to 18:00.
var leastRules = map[string]string{
	"fixed": `{"grouptype":1,"groupname":"r","checkindate":[{"workdays":[1,2,3,4,5],"checkintime":[` + dayShift + `]}],` + common,
	"shift": `{"grouptype":2,"groupname":"r","schedulelist":[{"schedule_id":0,"schedule_name":"休息"},
		{"schedule_id":1,"schedule_name":"早班","time_section":[` + dayShift + `]}],` + common,
	"free": `{"grouptype":3,"groupname":"r",` + common,
}

const (
	dayShift = `{"time_id":1,"work_sec":32400,"off_work_sec":64800,"remind_work_sec":32400,"remind_off_work_sec":64800,
		"earliest_work_sec":28800,"latest_work_sec":43200,"earliest_off_work_sec":54000,"latest_off_work_sec":79200}`
	// 23:00 to 02:00, after dayShift.
	lateShift = `{"time_id":2,"work_sec":82800,"off_work_sec":93600,"remind_work_sec":82800,"remind_off_work_sec":93600,
		"earliest_work_sec":79260,"latest_work_sec":86400,"earliest_off_work_sec":86460,"latest_off_work_sec":97200}`
	// 09:00 to 17:00, as special working days have it.
	bare   = `{"work_sec":32400,"off_work_sec":61200,"remind_work_sec":32400,"remind_off_work_sec":61200}`
	common = `"wifimac_infos":[{"wifiname":"w","wifimac":"c0:7b:bc:37:f8:d3"}],"range":{"userid":["a"]},"ot_info_v2":{"workdayconf":{"allow_ot":true}}}`
	circle = `{"lat":30547030,"lng":104062890,"loc_title":"t","loc_detail":"d","distance":300}`
)

// judgedAt is 2026-01-05 12:00 in Shanghai; $1 in a change is the midnight of
// the day after it, $0 that of the same day: 20458 x 86,400 - 28,800.
const (
	judgedDay = 1767542400
	judgedAt  = judgedDay + 43_200
)

var shanghai = time.FixedZone("CST", 8*3600)

var relativeDay = regexp.MustCompile(`\$(-?\d+)([+-]\d+)?`)

// changed returns a rule of leastRules after changes such as
// "S.work_sec=0; type=-": a member gets a value or, with "-", goes. S is the
// section, K the weekday item, H the shift and C the overtime of working days.
// "@free " before the first one is another kind of rule.
func changed(t *testing.T, kind, changes string) []byte {
	t.Helper()
	if other, ok := strings.CutPrefix(changes, "@"); ok {
		kind, changes, _ = strings.Cut(other, " ")
	}
	section := "checkindate.0.checkintime.0."
	if kind == "shift" {
		section = "schedulelist.1.time_section.0."
	}
	long := strings.NewReplacer("S.", section, "K.", "checkindate.0.", "H.", "schedulelist.1.", "C.", "ot_info_v2.workdayconf.")
	var doc any
	if err := json.Unmarshal([]byte(leastRules[kind]), &doc); err != nil {
		t.Fatal(err)
	}
	for change := range strings.SplitSeq(changes, "; ") {
		if change == "" {
			continue
		}
		path, text, ok := strings.Cut(change, "=")
		if !ok {
			t.Fatalf("%q is no change", change)
		}
		text = relativeDay.ReplaceAllStringFunc(text, func(day string) string {
			part := relativeDay.FindStringSubmatch(day)
			n, _ := strconv.Atoi(part[1])
			more, _ := strconv.Atoi(part[2])
			return strconv.Itoa(judgedDay + n*86_400 + more)
		})
		var value any
		if text != "-" {
			if err := json.Unmarshal([]byte(text), &value); err != nil {
				t.Fatalf("%s: %v", change, err)
			}
		}
		doc = put(doc, strings.Split(long.Replace(path), "."), value)
	}
	out, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// put returns doc with the member at path replaced, or without it for nil.
func put(doc any, path []string, value any) any {
	if len(path) == 0 {
		return value
	}
	if i, err := strconv.Atoi(path[0]); err == nil {
		list, _ := doc.([]any)
		if i == len(list) {
			list = append(list, nil)
		}
		list[i] = put(list[i], path[1:], value)
		return list
	}
	object, ok := doc.(map[string]any)
	if !ok {
		object = map[string]any{}
	}
	if len(path) == 1 && value == nil {
		delete(object, path[0])
		return object
	}
	object[path[0]] = put(object[path[0]], path[1:], value)
	return object
}

// judged is what a server says of a new rule.
func judged(t *testing.T, doc []byte) error {
	t.Helper()
	var r AddOptionRequest
	if err := json.Unmarshal(doc, &r.Group); err != nil {
		t.Fatalf("%s: %v", doc, err)
	}
	if err := r.Validate(); err != nil {
		return err
	}
	return r.Group.ValidateAt(judgedAt, shanghai)
}

// Every line of the list: what breaks it alone is answered with its code and
// text, and what is just inside passes.
func TestRuleRows(t *testing.T) {
	t.Parallel()
	if len(rowCases) != 109 || len(ruleRows) != 109 {
		t.Fatalf("%d cases, %d rows; the list has 109", len(rowCases), len(ruleRows))
	}
	for i, tt := range rowCases {
		name := fmt.Sprintf("%d %s", i+1, tt.text)
		if got := ruleRows[i]; got.code != tt.code || got.text != tt.text {
			t.Errorf("%s: the row is %d %q", name, got.code, got.text)
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if unreachable := tt.why != ""; unreachable != (len(tt.bad) == 0) {
				t.Fatal("a line has a document that breaks it, or a reason why none does")
			}
			for _, changes := range tt.bad {
				err := judged(t, changed(t, tt.rule(), changes))
				var e *wecom.Error
				if !errors.As(err, &e) || e.Code != tt.code || e.Msg != tt.text {
					t.Errorf("%s with %.300q: %v", tt.rule(), changes, err)
				} else if !strings.HasPrefix(err.Error(), "group.") {
					t.Errorf("%s with %.300q: %v names no member", tt.rule(), changes, err)
				}
			}
			for _, changes := range tt.good {
				if err := judged(t, changed(t, tt.rule(), changes)); err != nil {
					t.Errorf("%s with %.300q: %v", tt.rule(), changes, err)
				}
			}
		})
	}
}

func TestLeastRules(t *testing.T) {
	t.Parallel()
	for kind := range leastRules {
		if err := judged(t, changed(t, kind, "")); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
	}
}
