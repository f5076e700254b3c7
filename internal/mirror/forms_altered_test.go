package mirror_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
)

const (
	listPath   = "oa/getapprovalinfo"
	detailPath = "oa/getapprovaldetail"
)

// editedForm returns an answer of getapprovaldetail after a change of its info.
func editedForm(t *testing.T, answer []byte, change func(info map[string]any)) []byte {
	var doc map[string]any
	if err := json.Unmarshal(answer, &doc); err != nil {
		t.Error(err)
		return nil
	}
	info, ok := doc["info"].(map[string]any)
	if !ok {
		return nil
	}
	change(info)
	text, err := json.Marshal(doc)
	if err != nil {
		t.Error(err)
	}
	return text
}

// formAsked returns the number of the form that a call is about.
func formAsked(c call) string {
	var q struct {
		SPNo string `json:"sp_no"`
	}
	if c.path == detailPath {
		_ = json.Unmarshal(c.body, &q)
	}
	return q.SPNo
}

// run copies, and returns what could not be although it was told of forms.
func (x *altered) run(t *testing.T) (problems []string) {
	t.Helper()
	report, err := x.mirror.Run(t.Context())
	must(t, err)
	for _, text := range report.Problems {
		if strings.Contains(text, "approval forms") {
			problems = append(problems, text)
		}
	}
	return problems
}

// A call that lists forms has each filter once, department excepted, and always
// a cursor (document 91816): in the first round and in later ones.
func TestFormFilters(t *testing.T) {
	t.Parallel()
	x := newAltered(t, 6, 3)
	records, states, oldest := map[string]int{}, map[string]int{}, map[string]string{}
	x.alter = func(c call, _ []byte) []byte {
		if c.path != listPath {
			return nil
		}
		var q struct {
			StartTime string  `json:"starttime"`
			NewCursor *string `json:"new_cursor"`
			Filters   []struct{ Key, Value string }
		}
		if json.Unmarshal(c.body, &q) != nil || q.NewCursor == nil || len(q.Filters) != 1 {
			t.Errorf("%s", c.body)
			return nil
		}
		f := q.Filters[0]
		counts := map[string]map[string]int{"record_type": records, "sp_status": states}[f.Key]
		counts[f.Value]++
		if was := oldest[f.Key]; was == "" || q.StartTime < was {
			oldest[f.Key] = q.StartTime
		}
		return nil
	}
	x.run(t)
	// From 31 days before 1 April to 15 July are 31 + 91 + 15 = 137 days: 5 windows.
	// Corrections begin on 31 March: 107 days are 4.
	if want := map[string]int{"1": 5, "3": 5, "4": 5, "5": 5, "2": 4}; fmt.Sprint(records) != fmt.Sprint(want) || len(states) != 0 {
		t.Errorf("first round: by kind %v, want %v; by state %v, want none", records, want, states)
	}
	x.Clock.Advance(24 * time.Hour)
	x.run(t)
	// 138 days are 5 windows again.
	if want := map[string]int{"6": 5, "7": 5}; fmt.Sprint(states) != fmt.Sprint(want) {
		t.Errorf("a day later: by state %v, want %v", states, want)
	}
	if oldest["sp_status"] != oldest["record_type"] {
		t.Errorf("taken back are asked for since %s, handed in since %s", oldest["sp_status"], oldest["record_type"])
	}
	clear(states)
	x.Clock.Advance(time.Hour)
	x.run(t)
	if want := map[string]int{"6": 2, "7": 2}; fmt.Sprint(states) != fmt.Sprint(want) {
		t.Errorf("an hour later: by state %v, want %v: 62 days", states, want)
	}
}

// What is wrong with one form is a problem, keeps no other from being copied, and
// is over when the form can be read.
func TestTroubleOfOneForm(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]string{
		"its applicant is out of range": `{"errcode":301055,"errmsg":"no"}`,
		"parameter":                     `{"errcode":301025,"errmsg":"no"}`,
		"no info":                       `{"errcode":0,"errmsg":"ok"}`,
		"another shape":                 `{"errcode":0,"errmsg":"ok","info":{"sp_status":"passed"}}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := newAltered(t, 6, 1)
			bad, others := "", map[string]bool{}
			x.alter = func(c call, _ []byte) []byte {
				no := formAsked(c)
				if bad == "" {
					bad = no // the first one
				}
				if no == "" || no != bad {
					others[no] = true
					return nil
				}
				return []byte(answer)
			}
			problems := x.run(t)
			if len(problems) != 1 || !strings.Contains(problems[0], bad) || len(others) < 3 {
				t.Errorf("form %s: %q; %d others", bad, problems, len(others))
			}
			asked := 0 // within the same day
			x.alter = func(c call, _ []byte) []byte {
				if formAsked(c) == bad {
					asked++
				}
				return nil
			}
			x.run(t)
			if asked != 0 {
				t.Errorf("asked about again %d times at once", asked)
			}
			x.alter = nil
			x.Clock.Advance(24 * time.Hour)
			if problems := x.run(t); len(problems) != 0 {
				t.Errorf("a day later: %q", problems)
			}
			x.sameForms(t)
		})
	}
}

// What is used of a form is read whatever shape it has, and what is not used is
// not looked at: numbers as texts, a party as a number, the applicants of a form
// that was handed in for several, newer forms' steps, members of other controls.
func TestShapesOfForms(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(info map[string]any){
		"numbers as texts": func(info map[string]any) {
			info["apply_time"] = fmt.Sprintf("%.0f", info["apply_time"])
			info["sp_status"] = fmt.Sprintf("%.0f", info["sp_status"])
		},
		"what is not used": func(info map[string]any) {
			info["applyer"].(map[string]any)["partyid"] = 2
			info["comments"], info["notifyer"], info["sp_name"], info["template_id"] = "", map[string]any{}, 7, nil
		},
		"for several": func(info map[string]any) {
			info["batch_applyer"] = []any{info["applyer"]}
			delete(info, "applyer")
		},
		"for several, as one": func(info map[string]any) {
			info["batch_applyer"] = info["applyer"]
			delete(info, "applyer")
		},
		"other controls": func(info map[string]any) {
			data := info["apply_data"].(map[string]any)
			data["contents"] = append([]any{map[string]any{"control": "Text", "value": map[string]any{
				"text": "x", "vacation": map[string]any{}, "attendance": map[string]any{"type": 3}, "punch_correction": map[string]any{"time": 5},
			}}}, data["contents"].([]any)...)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := newAltered(t, 6, 1)
			x.alter = func(c call, answer []byte) []byte {
				if formAsked(c) == "" {
					return nil
				}
				return editedForm(t, answer, change)
			}
			if problems := x.run(t); len(problems) != 0 {
				t.Error(problems)
			}
			x.sameForms(t)
		})
	}
}

// A form that was handed in for several is everybody's, and one for somebody
// unknown or without a control is a problem.
func TestFormsForSeveral(t *testing.T) {
	t.Parallel()
	x := newAltered(t, 6, 1)
	d := x.first + 3
	at := func(hour int) int64 { return x.source.corp.Zone.At(d, attendance.TimeOfDay(hour*3600)) }
	for i, no := range []string{"several", "strange", "empty"} {
		x.Facts(admin.Facts{Approvals: []admin.Approval{{
			UserID: string(x.users[0]), Number: no, Kind: "outing", From: at(9 + 2*i), To: at(10 + 2*i), Status: 2, KnownAt: at(8),
		}}})
	}
	x.alter = func(c call, answer []byte) []byte {
		switch formAsked(c) {
		case "several":
			return editedForm(t, answer, func(info map[string]any) {
				delete(info, "applyer")
				info["batch_applyer"] = []any{map[string]any{"userid": x.users[0]}, map[string]any{"userid": x.users[1]}}
				info["process_list"] = map[string]any{"node_list": []any{map[string]any{
					"node_type": 1, "sub_node_list": []any{map[string]any{"userid": "boss", "sptime": at(11)}, map[string]any{"userid": "hr", "sptime": ""}},
				}}}
			})
		case "strange":
			return editedForm(t, answer, func(info map[string]any) { info["applyer"] = map[string]any{"userid": "stranger"} })
		case "empty":
			return editedForm(t, answer, func(info map[string]any) { info["apply_data"] = map[string]any{"contents": []any{}} })
		}
		return nil
	}
	problems := x.run(t)
	slices.Sort(problems)
	want := []string{
		"1 approval forms are left out, they are of members who are not in the contacts: strange",
		"1 approval forms are left out, they say nothing that attendance could use: empty",
	}
	if !slices.Equal(problems, want) {
		t.Errorf("problems %q, want %q", problems, want)
	}
	// It was decided at 11:00.
	for _, u := range x.users[:2] {
		marks := 0
		must(t, x.app.DayReports(t.Context(), app.Query{Corp: x.corp, Users: []attendance.UserID{u}, First: d, Last: d}, func(_ *app.Member, r *attendance.DayReport) error {
			for _, mark := range r.Approvals {
				if mark.Approval.No != "several" {
					continue
				}
				marks++
				if status, since := mark.Approval.StatusAt(1 << 40); status != attendance.Passed || since != at(11) {
					t.Errorf("%s: state %d since %d, want 2 since %d", u, status, since, at(11))
				}
			}
			return nil
		}))
		if marks != 1 {
			t.Errorf("%s: %d marks of the form, want 1", u, marks)
		}
	}
}

// sameForms compares the forms of both, but for when it was learnt that a
// correction was taken back.
func (x *altered) sameForms(t *testing.T) (all []form) {
	t.Helper()
	want, got := x.formsOf(t, x.source.app, x.source.corp), x.formsOf(t, x.app, x.corp)
	for _, list := range [][]form{want, got} {
		for i := range list {
			list[i].Correction.Withdrawn = 0
		}
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("forms (-source +mirror):\n%.2000s", diff)
	}
	return got
}

// What passed and was taken back, or deleted, counts no more, however long ago
// it was handed in; reports as of before still have it.
func TestFormsTakenBack(t *testing.T) {
	t.Parallel()
	x := newAltered(t, 6, 4) // from 1 March to 15 July
	zone, d := x.source.corp.Zone, x.first+9
	must(t, x.source.app.AddMembers(t.Context(), x.source.corp, []app.Contact{{ID: "fixed", Name: "F", Depts: []attendance.DeptID{1}}}))
	// 10 March is a Tuesday; who has no rule has no report, so one from 09:00 to 18:00.
	x.Facts(admin.Facts{Rules: []admin.RuleFact{{GroupID: 90, Form: "read", Rule: json.RawMessage(`{"grouptype":1,"groupid":90,"groupname":"R","range":{"userid":["fixed"]},
		"checkindate":[{"workdays":[1,2,3,4,5],"checkintime":[{"time_id":1,"work_sec":32400,"off_work_sec":64800}]}]}`)}}})
	at := func(hour, minute int) int64 { return zone.At(d, attendance.TimeOfDay(hour*3600+minute*60)) }
	x.Punch("fixed", time.Unix(at(9, 30), 0))
	x.Punch("fixed", time.Unix(at(18, 0), 0))
	x.Facts(admin.Facts{
		Corrections: []admin.CorrectionFact{{UserID: "fixed", Day: admin.Day(d.String()), At: at(9, 0), By: "approval", KnownAt: at(20, 0), Slot: new(int64(9 * 3600))}},
		Approvals: []admin.Approval{
			{UserID: "fixed", Number: "gone", Kind: "outing", From: at(14, 0), To: at(15, 0), Status: 2, KnownAt: at(8, 0)},
			{UserID: "fixed", Number: "back", Kind: "outing", From: at(15, 0), To: at(16, 0), Status: 2, KnownAt: at(8, 0)},
		},
	})
	if problems := x.run(t); len(problems) != 0 {
		t.Error(problems)
	}
	x.sameForms(t)
	// What the day is on the mirror: how late, cards of corrections and requests.
	day := func(asOf int64) (s struct{ late, corrected, requests int }) {
		t.Helper()
		must(t, x.app.DayReports(t.Context(), app.Query{Corp: x.corp, Users: []attendance.UserID{"fixed"}, First: d, Last: d, AsOf: asOf}, func(_ *app.Member, r *attendance.DayReport) error {
			for _, f := range r.Findings {
				if f.Code == attendance.Late {
					s.late = int(f.Seconds)
				}
			}
			s.corrected, s.requests = int(r.Corrected), len(r.Approvals)
			return nil
		}))
		return s
	}
	type state = struct{ late, corrected, requests int }
	if got := day(0); got != (state{0, 1, 2}) {
		t.Errorf("corrected to 09:00, two outings: %+v", got)
	}
	before := x.app.Now()
	x.Clock.Advance(25 * time.Hour)
	_, err := x.source.app.WithdrawCorrection(t.Context(), &app.Caller{Corp: x.source.corp}, app.Withdrawal{User: "fixed", Day: d, Slot: 9 * 3600})
	must(t, err)
	revoked := func(no string, status int64, from, to int) admin.Approval {
		return admin.Approval{UserID: "fixed", Number: no, Kind: "outing", From: at(from, 0), To: at(to, 0), Status: status, KnownAt: x.app.Now()}
	}
	x.Facts(admin.Facts{Approvals: []admin.Approval{revoked("gone", 7, 14, 15), revoked("back", 6, 15, 16)}})
	x.alter = func(c call, _ []byte) []byte {
		if formAsked(c) == "gone" { // deleted: nothing more is told of it
			return []byte(`{"errcode":40058,"errmsg":"no"}`)
		}
		return nil
	}
	if problems := x.run(t); len(problems) != 0 {
		t.Error(problems)
	}
	taken := 0
	for _, f := range x.sameForms(t) {
		if f.User == "fixed" && f.Status != attendance.Passed {
			taken++
		}
	}
	if taken != 3 {
		t.Errorf("%d of three forms are taken back", taken)
	}
	// 09:30 is 1,800 s after 09:00.
	if got := day(0); got != (state{1800, 0, 0}) {
		t.Errorf("taken back: %+v, want 1,800 s late", got)
	}
	if got := day(before); got != (state{0, 1, 2}) {
		t.Errorf("as of before: %+v", got)
	}
}

// A correction that was deleted, of which no more is told than that, is found by
// its number.
func TestDeletedCorrection(t *testing.T) {
	t.Parallel()
	x := newAltered(t, 12, 1)
	x.run(t)
	number := ""
	for _, h := range x.heads(t) {
		if h.Kind == app.CorrectionForm && h.Status == attendance.Passed {
			number = h.No
		}
	}
	if number == "" {
		t.Fatal("no correction was approved")
	}
	x.Clock.Advance(time.Hour)
	x.alter = func(c call, answer []byte) []byte {
		switch {
		case c.path == listPath && bytes.Contains(c.body, []byte(`"value":"7"`)):
			return fmt.Appendf(nil, `{"errcode":0,"sp_no_list":[%q]}`, number)
		case formAsked(c) == number:
			return []byte(`{"errcode":40058,"errmsg":"no"}`)
		}
		return nil
	}
	passed := func() (n int) {
		for _, h := range x.heads(t) {
			if h.Kind == app.CorrectionForm && h.Status == attendance.Passed {
				n++
			}
		}
		return n
	}
	had := passed()
	x.run(t)
	if got := passed(); number == "" || got != had-1 {
		t.Errorf("%d corrections stand of %d after %q was deleted", got, had, number)
	}
}

// heads are the forms of the mirror.
func (x *altered) heads(t *testing.T) []app.FormHead {
	t.Helper()
	heads, _, err := x.app.Forms(t.Context(), x.corp, app.FormQuery{To: 1 << 40, Limit: 1 << 30})
	must(t, err)
	return heads
}

// A window that holds too many forms is halved until it does not, whatever it
// lists, and is listed to its end.
func TestCrowdedWindows(t *testing.T) {
	t.Parallel()
	x := newAltered(t, 12, 2)
	refused := 0
	x.alter = func(c call, _ []byte) []byte {
		var q struct {
			StartTime int64 `json:"starttime,string"`
			EndTime   int64 `json:"endtime,string"`
		}
		if c.path != listPath || json.Unmarshal(c.body, &q) != nil || q.EndTime-q.StartTime <= 8*86_400 {
			return nil
		}
		refused++
		return []byte(`{"errcode":301112,"errmsg":"too many","sp_no_list":[]}`)
	}
	x.run(t)
	x.sameForms(t)
	first := refused
	if first == 0 {
		t.Error("no window was refused")
	}
	x.Clock.Advance(25 * time.Hour)
	zone, d := x.source.corp.Zone, x.first+2
	x.Facts(admin.Facts{Approvals: []admin.Approval{
		{UserID: string(x.users[0]), Number: "later", Kind: "trip", From: zone.At(d, 36000), To: zone.At(d, 39600), Status: 2, KnownAt: zone.At(d, 0)},
		{UserID: string(x.users[0]), Number: "later", Kind: "trip", From: zone.At(d, 36000), To: zone.At(d, 39600), Status: 6, KnownAt: x.app.Now()},
	}})
	x.run(t)
	if refused == first {
		t.Error("no window of what was taken back was refused")
	}
}
