package mirror_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/mirror"
)

// edit changes the elements of an array of an answer; keep false drops one.
func edit(answer []byte, array string, element func(map[string]any) (keep bool)) []byte {
	var doc map[string]any
	if err := json.Unmarshal(answer, &doc); err != nil {
		panic(err)
	}
	list := []any{}
	for _, e := range doc[array].([]any) {
		if element(e.(map[string]any)) {
			list = append(list, e)
		}
	}
	doc[array] = list
	text, err := json.Marshal(doc)
	if err != nil {
		panic(err)
	}
	return text
}

// unlisted drops members from the contacts.
func unlisted(users ...attendance.UserID) func(call, []byte) []byte {
	return func(c call, answer []byte) []byte {
		if c.path != "user/list" {
			return nil
		}
		return edit(answer, "userlist", func(u map[string]any) bool {
			return !slices.Contains(users, attendance.UserID(u["userid"].(string)))
		})
	}
}

// contact is a member as the mirror knows it.
func (x *altered) contact(t *testing.T, user attendance.UserID) app.Contact {
	t.Helper()
	list, err := x.app.Contacts(t.Context(), x.corp, []attendance.UserID{user})
	must(t, err)
	return list[0]
}

// problems are those of a run but for who in the sample really joined later.
func problems(r *mirror.Report) []string {
	return slices.DeleteFunc(slices.Clone(r.Problems), func(text string) bool { return strings.Contains(text, "no punch before") })
}

// says fails unless exactly one problem has all the words.
func says(t *testing.T, r *mirror.Report, words ...string) {
	t.Helper()
	n := 0
	for _, text := range r.Problems {
		if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) }) {
			n++
		}
	}
	if n != 1 {
		t.Errorf("%d problems with %q, want 1: %q", n, words, r.Problems)
	}
}

// Who is not listed any more was employed until the day of the last list, not
// until the mirror came to see it, and is asked about no more.
func TestLeaver(t *testing.T) {
	t.Parallel()
	x := newAltered(t, 12, 1)
	_, err := x.mirror.Run(t.Context())
	must(t, err)
	gone := x.users[0]
	x.alter = unlisted(gone)
	x.Clock.Advance(21 * 24 * time.Hour)
	report, err := x.mirror.Run(t.Context())
	must(t, err)
	if got := x.contact(t, gone).Left; got != x.last {
		t.Errorf("left on %s, want %s", got, x.last)
	}
	says(t, report, string(gone), x.last.String(), "counts as the last day")
	after := app.Query{Corp: x.corp, Users: []attendance.UserID{gone}, First: x.last + 1, Last: x.last + 20}
	must(t, x.app.DayReports(t.Context(), after, func(_ *app.Member, r *attendance.DayReport) error {
		t.Errorf("a report on %s, after the last day", r.Day)
		return nil
	}))
	if got := x.calls["agent/list"]; got != 2 { // the server has no such call, and is asked once a run
		t.Errorf("%d calls of agent/list, want 2", got)
	}
	// He vanishes on the day on which he was listed: that day is his last.
	gone = x.users[1]
	x.alter = unlisted(x.users[:2]...)
	x.Clock.Advance(time.Hour)
	_, err = x.mirror.Run(t.Context())
	must(t, err)
	if got := x.contact(t, gone).Left; got != x.last+21 {
		t.Errorf("left on %s, want %s", got, x.last+21)
	}
	x.alter = func(c call, answer []byte) []byte {
		if strings.Contains(string(c.body), `"`+string(gone)+`"`) {
			t.Errorf("%s asks about a member who has left", c.path)
		}
		return unlisted(x.users[:2]...)(c, answer)
	}
	x.Clock.Advance(time.Hour)
	report, err = x.mirror.Run(t.Context())
	must(t, err)
	if len(report.Problems) > 0 {
		t.Errorf("it is told again: %q", report.Problems)
	}
}

// Who is listed for the first time joined after the last list, unless there are
// punches from before: then the app did not see them.
func TestJoiner(t *testing.T) {
	t.Parallel()
	x := newAltered(t, 12, 1)
	fresh, seen := x.users[0], x.users[1]
	x.alter = unlisted(fresh, seen)
	_, err := x.mirror.Run(t.Context())
	must(t, err)
	first := attendance.Day(0) // of the punches of the one who was not seen
	x.alter = func(c call, answer []byte) []byte {
		if !strings.Contains(c.path, "getcheckindata") && !strings.Contains(c.path, "get_hardware") {
			return nil
		}
		return edit(answer, "checkindata", func(p map[string]any) bool {
			at, _ := x.corp.Zone.DayAt(int64(p["checkin_time"].(float64)))
			if p["userid"] == string(seen) && p["exception_type"] != "未打卡" && (first == 0 || at < first) {
				first = at
			}
			return p["userid"] != string(fresh)
		})
	}
	x.Clock.Advance(3 * 24 * time.Hour)
	report, err := x.mirror.Run(t.Context())
	must(t, err)
	if got := x.contact(t, fresh).Joined; got != x.last+1 {
		t.Errorf("joined on %s, want %s", got, x.last+1)
	}
	if got := x.contact(t, seen).Joined; got != first || first == 0 {
		t.Errorf("who has punched joined on %s, want %s", got, first)
	}
	says(t, report, string(fresh), string(seen), (x.last + 1).String())
	says(t, report, fmt.Sprintf("%s (%s)", seen, first), "punched before they were")
}

// Who gets another userid has left and joined, each for a part of the days, and
// it is said.
func TestRenamed(t *testing.T) {
	t.Parallel()
	x := newAltered(t, 12, 1)
	_, err := x.mirror.Run(t.Context())
	must(t, err)
	was := x.users[2]
	x.alter = func(c call, answer []byte) []byte {
		if c.path != "user/list" {
			return nil
		}
		return edit(answer, "userlist", func(u map[string]any) bool {
			if u["userid"] == string(was) {
				u["userid"] = "renamed"
			}
			return true
		})
	}
	x.Clock.Advance(24 * time.Hour)
	report, err := x.mirror.Run(t.Context())
	must(t, err)
	if a, b := x.contact(t, was), x.contact(t, "renamed"); a.Left != x.last || b.Joined != x.last+1 {
		t.Errorf("left on %s, joined on %s", a.Left, b.Joined)
	}
	says(t, report, string(was)+" is gone and renamed is new")
}

// On its first day a mirror says who began to punch later than everybody else.
func TestLateStarter(t *testing.T) {
	t.Parallel()
	x := newAltered(t, 12, 1)
	late, from := x.users[0], x.first+9
	x.alter = func(c call, answer []byte) []byte {
		if !strings.Contains(c.path, "getcheckindata") && !strings.Contains(c.path, "get_hardware") {
			return nil
		}
		return edit(answer, "checkindata", func(p map[string]any) bool {
			return p["userid"] != string(late) || int64(p["checkin_time"].(float64)) >= x.corp.Zone.Midnight(from)
		})
	}
	report, err := x.mirror.Run(t.Context())
	must(t, err)
	says(t, report, string(late)+" (", "no punch before")
	x.Clock.Advance(24 * time.Hour)
	report, err = x.mirror.Run(t.Context())
	must(t, err)
	if len(report.Problems) > 0 {
		t.Errorf("it is told again: %q", report.Problems)
	}
}

// Contacts that list nobody, or many fewer, are not believed; those of a
// department that may not be listed any more stay.
func TestShrunk(t *testing.T) {
	t.Parallel()
	x := newAltered(t, 30, 1)
	_, err := x.mirror.Run(t.Context())
	must(t, err)
	left := func() (n int) {
		all, err := x.app.Contacts(t.Context(), x.corp, nil)
		must(t, err)
		for _, c := range all {
			if c.Left != attendance.MaxDay {
				n++
			}
		}
		return n
	}
	nobody := func(c call, _ []byte) []byte {
		if c.path == "department/list" {
			return []byte(`{"errcode":0,"errmsg":"ok","department":[]}`)
		}
		return nil
	}
	for _, tt := range []struct {
		name  string
		alter func(call, []byte) []byte
	}{
		{"nobody", nobody},
		{"eleven of thirty are gone", unlisted(x.users[:11]...)}, // more than ten, and than a fifth
	} {
		x.alter = tt.alter
		x.Clock.Advance(24 * time.Hour)
		if _, err := x.mirror.Run(t.Context()); !errors.Is(err, app.ErrShrunk) || left() != 0 {
			t.Errorf("%s: %v, %d left", tt.name, err, left())
		}
	}
	var hidden []attendance.UserID // are in that department alone
	dept := x.contact(t, x.users[0]).Depts[0]
	for _, u := range x.users {
		if d := x.contact(t, u).Depts; len(d) == 1 && d[0] == dept {
			hidden = append(hidden, u)
		}
	}
	x.alter = func(c call, _ []byte) []byte {
		if strings.HasPrefix(c.path, "user/") && c.query.Get("department_id") == fmt.Sprint(dept) {
			return []byte(`{"errcode":60011,"errmsg":"no privilege"}`)
		}
		return nil
	}
	x.Clock.Advance(24 * time.Hour)
	report, err := x.mirror.Run(t.Context())
	must(t, err)
	if left() != 0 || len(hidden) == 0 {
		t.Errorf("%d left of %d who are hidden", left(), len(hidden))
	}
	says(t, report, string(hidden[0]), "may not be listed")
	x.alter = unlisted(x.users[:11]...)
	x.Clock.Advance(24 * time.Hour)
	_, err = x.with(t, func(o *mirror.Options) { o.AcceptShrinking = true }).Run(t.Context())
	must(t, err)
	if left() != 11 {
		t.Errorf("%d left, want 11", left())
	}
}

// Members whom the visible range of an app names, one by one or by a tag, are
// listed by no department.
func TestNamedOneByOne(t *testing.T) {
	t.Parallel()
	x := newAltered(t, 12, 1)
	some := func(c call, _ []byte) []byte {
		switch c.path {
		case "department/list":
			return []byte(`{"errcode":0,"errmsg":"ok","department":[]}`)
		case "agent/list":
			return []byte(`{"errcode":0,"errmsg":"ok","agentlist":[{"agentid":1000005}]}`)
		case "agent/get":
			return fmt.Appendf(nil, `{"errcode":0,"errmsg":"ok","agentid":%s,"allow_userinfos":{"user":[{"userid":%q},{"userid":"nobody"}]},"allow_tags":{"tagid":[7]}}`,
				c.query.Get("agentid"), x.users[4])
		case "tag/get":
			return fmt.Appendf(nil, `{"errcode":0,"errmsg":"ok","tagname":"x","userlist":[{"userid":%q,"name":"x"},{"userid":%q,"name":"x"}]}`, x.users[4], x.users[6])
		}
		return nil
	}
	x.alter = some
	_, err := x.mirror.Run(t.Context())
	must(t, err)
	all, err := x.app.Contacts(t.Context(), x.corp, nil)
	must(t, err)
	if len(all) != 2 || all[0].ID != x.users[4] || all[1].ID != x.users[6] || len(all[0].Depts) == 0 {
		t.Errorf("%+v", all)
	}
	// Beside departments only those are asked for whom they do not list.
	clear(x.calls)
	x.alter = func(c call, answer []byte) []byte {
		if c.path == "department/list" {
			return nil
		}
		if c.path == "user/list" {
			return unlisted(x.users[6])(c, answer)
		}
		return some(c, answer)
	}
	x.Clock.Advance(24 * time.Hour)
	_, err = x.mirror.Run(t.Context())
	must(t, err)
	if all, err = x.app.Contacts(t.Context(), x.corp, nil); err != nil || len(all) != len(x.users) {
		t.Errorf("%d members of %d, %v", len(all), len(x.users), err)
	}
	if got := x.calls["user/get"]; got != 2 { // of the seventh, and of nobody
		t.Errorf("%d members are asked for, want 2", got)
	}
}
