package mirror

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
)

// past is what members' rules really were: the group and document of a day.
type past func(user attendance.UserID, d attendance.Day) (attendance.GroupID, string)

// learn answers questions out of the past until there are none, and returns what
// was asked, with how many calls of 100 members that took.
func learn(t *testing.T, p past, users []attendance.UserID, first, today attendance.Day) (k *knowledge, calls int) {
	t.Helper()
	var seen []app.Sighting
	for range 100 {
		k = newKnowledge(seen)
		list := k.questions(users, first, today)
		if len(list) == 0 {
			return k, calls
		}
		for _, q := range list {
			calls += (len(q.users) + 99) / 100
			for _, u := range q.users {
				g, doc := p(u, q.day)
				seen = append(seen, app.Sighting{User: u, Day: q.day, Group: g, Digest: doc})
			}
		}
		slices.SortFunc(seen, func(a, b app.Sighting) int {
			return cmpSighting(a, b)
		})
	}
	t.Fatal("it never ends")
	return nil, 0
}

func cmpSighting(a, b app.Sighting) int {
	if a.User != b.User {
		if a.User < b.User {
			return -1
		}
		return 1
	}
	return int(a.Day - b.Day)
}

// A day that was asked about before it was over is asked about again once the
// rule is another on the next one, for everybody whose rule it was.
func TestKnowledgeOfADayAskedEarly(t *testing.T) {
	t.Parallel()
	users := []attendance.UserID{"a", "b", "c"}
	told := func(d attendance.Day, docs ...string) (list []app.Sighting) {
		for i, u := range users {
			list = append(list, app.Sighting{User: u, Day: d, Group: 1, Digest: docs[i]})
		}
		return list
	}
	k := newKnowledge(slices.Concat(told(1000, "x", "x", "x"), told(1010, "x", "x", "x"), told(1011, "y", "y", "x")))
	k.early = map[attendance.Day]bool{1010: true}
	want := []question{{day: 1010, users: users[:2]}}
	if diff := cmp.Diff(want, k.questions(users, 1000, 1011), cmp.AllowUnexported(question{})); diff != "" {
		t.Error(diff)
	}
	// It was y on that day already, so the days before are in doubt.
	k = newKnowledge(slices.Concat(told(1000, "x", "x", "x"), told(1010, "y", "y", "x"), told(1011, "y", "y", "x")))
	want = []question{{day: 1005, users: users[:1]}}
	if diff := cmp.Diff(want, k.questions(users, 1000, 1011), cmp.AllowUnexported(question{})); diff != "" {
		t.Error(diff)
	}
}

// Days are 0 to 127: a change is found in at most 7 halvings, log2(128).
func TestKnowledge(t *testing.T) {
	t.Parallel()
	var users []attendance.UserID
	for i := range 250 {
		users = append(users, attendance.UserID(fmt.Sprintf("u%03d", i)))
	}
	const first, today = 1000, 1127
	for _, tt := range []struct {
		name  string
		past  past
		calls int // at most: 2 x 3 for the ends, and the halvings
	}{
		{"nothing changes", func(attendance.UserID, attendance.Day) (attendance.GroupID, string) { return 1, "a" }, 6},
		{"a document changes for all", func(_ attendance.UserID, d attendance.Day) (attendance.GroupID, string) {
			if d < 1077 {
				return 1, "a"
			}
			return 1, "b"
		}, 6 + 7},
		{"twice", func(_ attendance.UserID, d attendance.Day) (attendance.GroupID, string) {
			switch {
			case d < 1020:
				return 1, "a"
			case d < 1060:
				return 1, "b"
			}
			return 1, "c"
		}, 6 + 2*7},
		{"one member moves, one has no rule at first", func(u attendance.UserID, d attendance.Day) (attendance.GroupID, string) {
			switch {
			case u == "u007" && d >= 1100:
				return 2, "x"
			case u == "u100" && d < 1003:
				return 0, ""
			}
			return 1, "a"
		}, 6 + 2*7},
	} {
		k, calls := learn(t, tt.past, users, first, today)
		if calls > tt.calls {
			t.Errorf("%s: %d calls, want %d at most", tt.name, calls, tt.calls)
		}
		for _, u := range users {
			steps := k.history(u)
			for d := attendance.Day(first); d <= today; d++ {
				g, doc := tt.past(u, d)
				if s := at(steps, d); s.Group != g || s.Digest != doc {
					t.Fatalf("%s: %s on day %d: %d %q, want %d %q", tt.name, u, d, s.Group, s.Digest, g, doc)
				}
			}
		}
	}
}

func TestVersions(t *testing.T) {
	t.Parallel()
	docs := map[string][]byte{
		"a": []byte(`{"groupid":1,"n":"a"}`), "b": []byte(`{"groupid":1,"n":"b"}`), "x": []byte(`{"groupid":2,"n":"x"}`),
		"A": []byte(`{"groupid":1,"create_time":9,"range":{"party_id":["1"]}}`), "X": []byte(`{"groupid":2,"create_time":5,"range":{"userid":["v"]}}`),
		"T": []byte(`{"groupid":1,"create_time":9,"range":{"tagid":[4]}}`), "D": []byte(`{"groupid":2,"create_time":5,"range":{"party_id":["3"]}}`),
	}
	list := func(day attendance.Day, group attendance.GroupID, digest string) app.Sighting {
		return app.Sighting{Day: day, Group: group, Digest: digest}
	}
	of := func(user attendance.UserID, day attendance.Day, group attendance.GroupID, digest string) app.Sighting {
		return app.Sighting{User: user, Day: day, Group: group, Digest: digest}
	}
	const lo, hi = attendance.MinDay, attendance.MaxDay
	for _, tt := range []struct {
		name string
		seen []app.Sighting
		want []string
	}{
		{"as it is now", []app.Sighting{list(50, 1, "A"), of("u", 1, 1, "a"), of("u", 50, 1, "a")}, []string{
			fmt.Sprintf(`1 %d..%d {"create_time":9,"groupid":1,"n":"a","range":{"party_id":["1"]}}`, lo, hi),
		}},
		{"a document changed", []app.Sighting{list(50, 1, "A"), of("u", 1, 1, "a"), of("u", 9, 1, "a"), of("u", 10, 1, "b"), of("u", 50, 1, "b")}, []string{
			fmt.Sprintf(`1 %d..%d {"create_time":9,"groupid":1,"n":"a","range":{"party_id":["1"]}}`, lo, 9),
			fmt.Sprintf(`1 %d..%d {"create_time":9,"groupid":1,"n":"b","range":{"party_id":["1"]}}`, 10, hi),
		}},
		{"a member moved: till then members are named", []app.Sighting{
			list(50, 1, "A"), list(50, 2, "X"), of("u", 1, 1, "a"), of("u", 50, 1, "a"),
			of("v", 1, 1, "a"), of("v", 9, 1, "a"), of("v", 10, 2, "x"), of("v", 50, 2, "x"),
		}, []string{
			fmt.Sprintf(`2 %d..%d `, lo, 9),
			fmt.Sprintf(`2 %d..%d {"create_time":5,"groupid":2,"n":"x","range":{"userid":["v"]}}`, 10, hi),
			fmt.Sprintf(`1 %d..%d {"create_time":9,"groupid":1,"n":"a","range":{"party_id":[],"userid":["u","v"],"tagid":[]}}`, lo, 9),
			fmt.Sprintf(`1 %d..%d {"create_time":9,"groupid":1,"n":"a","range":{"party_id":["1"]}}`, 10, hi),
		}},
		{"tags decide", []app.Sighting{list(50, 1, "T"), of("u", 1, 1, "a"), of("u", 50, 1, "a"), of("w", 1, 0, ""), of("w", 50, 0, "")}, []string{
			fmt.Sprintf(`1 %d..%d {"create_time":9,"groupid":1,"n":"a","range":{"party_id":[],"userid":["u"],"tagid":[]}}`, lo, hi),
		}},
		{"a list that changes, and no answers about members", []app.Sighting{list(50, 1, "A"), list(60, 2, "X")}, []string{
			fmt.Sprintf(`2 %d..%d `, lo, 59),
			fmt.Sprintf(`2 %d..%d {"create_time":5,"groupid":2,"range":{"userid":["v"]}}`, 60, hi),
			fmt.Sprintf(`1 %d..%d {"create_time":9,"groupid":1,"range":{"party_id":["1"]}}`, lo, 59),
			fmt.Sprintf(`1 %d..%d `, 60, hi),
		}},
		// u left by then, and was under 2 to the end: that must not keep it for v.
		{"a rule is deleted that somebody who left was under", []app.Sighting{
			list(50, 1, "A"), list(50, 2, "D"), list(60, 1, "A"), of("u", 1, 2, "x"), of("u", 50, 2, "x"),
			of("v", 1, 2, "x"), of("v", 59, 2, "x"), of("v", 60, 1, "a"),
		}, []string{
			fmt.Sprintf(`2 %d..%d {"create_time":5,"groupid":2,"n":"x","range":{"party_id":[],"userid":["u","v"],"tagid":[]}}`, lo, 59),
			fmt.Sprintf(`2 %d..%d `, 60, hi),
			fmt.Sprintf(`1 %d..%d `, lo, 59),
			fmt.Sprintf(`1 %d..%d {"create_time":9,"groupid":1,"n":"a","range":{"party_id":["1"]}}`, 60, hi),
		}},
		{"a rule that is not listed and that a member is told all the same", []app.Sighting{
			list(50, 1, "A"), list(50, 2, "D"), list(60, 1, "A"), of("v", 1, 2, "x"), of("v", 60, 2, "x"), of("w", 1, 1, "a"), of("w", 60, 1, "a"),
		}, []string{
			fmt.Sprintf(`2 %d..%d {"create_time":5,"groupid":2,"n":"x","range":{"party_id":["3"]}}`, lo, 59),
			fmt.Sprintf(`2 %d..%d {"create_time":5,"groupid":2,"n":"x","range":{"party_id":[],"userid":["v"],"tagid":[]}}`, 60, hi),
			fmt.Sprintf(`1 %d..%d {"create_time":9,"groupid":1,"n":"a","range":{"party_id":["1"]}}`, lo, 59),
			fmt.Sprintf(`1 %d..%d {"create_time":9,"groupid":1,"n":"a","range":{"party_id":[],"userid":["w"],"tagid":[]}}`, 60, hi),
		}},
		{"no list: members are named", []app.Sighting{of("u", 1, 1, "a"), of("u", 50, 1, "a")}, []string{
			fmt.Sprintf(`1 %d..%d {"groupid":1,"n":"a","range":{"party_id":[],"userid":["u"],"tagid":[]}}`, lo, hi),
		}},
	} {
		rules, err := newKnowledge(tt.seen).versions(docs)
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		var got []string
		for _, r := range rules {
			got = append(got, fmt.Sprintf("%d %d..%d %s", r.Group, r.First, r.Last, r.Doc))
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}
