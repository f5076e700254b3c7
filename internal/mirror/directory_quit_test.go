package mirror_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/mirror"
)

// quits ends members' employment at the source, which goes on listing them with
// a status of 5 from the day after.
func (s *source) quits(t *testing.T, last attendance.Day, users ...attendance.UserID) {
	t.Helper()
	list, err := s.app.Contacts(t.Context(), s.corp, users)
	must(t, err)
	for i := range list {
		list[i].Left = last
	}
	must(t, s.app.AddMembers(t.Context(), s.corp, list))
}

// daysOf counts the days of a member between two that are reported.
func daysOf(t *testing.T, a *app.App, corp *app.Corp, user attendance.UserID, first, last attendance.Day) (n attendance.Day) {
	t.Helper()
	must(t, a.DayReports(t.Context(), app.Query{Corp: corp, Users: []attendance.UserID{user}, First: first, Last: last}, func(*app.Member, *attendance.DayReport) error {
		n++
		return nil
	}))
	return n
}

// Who is listed as having quit has left, as who is not listed any more has, and
// no day after is an absence; punches that came late are copied still.
func TestQuit(t *testing.T) {
	t.Parallel()
	x := newAltered(t, 12, 1)
	run := func() *mirror.Report {
		t.Helper()
		r, err := x.mirror.Run(t.Context())
		must(t, err)
		return r
	}
	gone := x.users[0]
	run()
	x.quits(t, x.last, gone)
	x.Punch(string(gone), x.Clock.Now().Add(6*time.Hour)) // in the evening, after the list of noon
	x.Clock.Advance(24 * time.Hour)
	says(t, run(), string(gone)+": has quit", x.last.String())
	if got := x.contact(t, gone).Left; got != x.last {
		t.Errorf("left on %s, want %s", got, x.last)
	}
	from, to := x.corp.Zone.At(x.last, 17*3600), x.corp.Zone.Midnight(x.last+1)
	punches, err := x.app.Records(t.Context(), x.corp, []attendance.UserID{gone}, from, to, app.AllRecords)
	must(t, err)
	if len(punches) != 1 {
		t.Errorf("%d punches of the last evening, want 1", len(punches))
	}
	x.Clock.Advance(9 * 24 * time.Hour)
	for range 2 {
		if r := run(); len(r.Problems) > 0 {
			t.Errorf("it is told again: %q", r.Problems)
		}
		x.Clock.Advance(time.Hour)
	}
	if got := daysOf(t, x.app, x.corp, gone, x.last+1, x.last+9); got != 0 {
		t.Errorf("%d days after the last one", got)
	}
	x.alter = func(c call, _ []byte) []byte {
		if slices.Contains([]string{"checkin/getcheckindata", "checkin/getcheckin_daydata", "checkin/getcheckinoption"}, c.path) && asks(c, gone) {
			t.Errorf("%s asks about one whose days are all copied", c.path)
		}
		return nil
	}
	run()
}

// Who had quit before the first list is a member with a history. The last day is
// the day before the list, or the last one that WeCom has a report of.
func TestQuitBefore(t *testing.T) {
	t.Parallel()
	x := newAltered(t, 12, 1)
	silent, told := x.users[0], x.users[1]
	x.quits(t, x.last-1, silent)
	x.quits(t, x.last-8, told)
	r, err := x.mirror.Run(t.Context())
	must(t, err)
	says(t, r, string(silent)+", "+string(told)+": had quit", (x.last - 1).String(), "import")
	says(t, r, string(told)+" ("+(x.last-8).String()+"): has quit")
	for user, last := range map[attendance.UserID]attendance.Day{silent: x.last - 1, told: x.last - 8} {
		if got := x.contact(t, user).Left; got != last {
			t.Errorf("%s left on %s, want %s", user, got, last)
		}
		if want, got := last-x.first+1, daysOf(t, x.app, x.corp, user, x.first, x.last); got != want {
			t.Errorf("%s: %d days, want %d", user, got, want)
		}
	}
	x.comparePunches(t, x.app, x.corp)
	x.source.compareReports(t, x.app, x.corp)
	x.wantEqual(t, x.source.verify(t, x.app, x.corp))
	// The day that is imported stands.
	last := x.last - 1
	list, err := x.app.Contacts(t.Context(), x.corp, []attendance.UserID{silent})
	must(t, err)
	list[0].Left = last - 5
	must(t, x.app.AddMembers(t.Context(), x.corp, list))
	x.Clock.Advance(24 * time.Hour)
	if r, err = x.mirror.Run(t.Context()); err != nil || len(r.Problems) > 0 {
		t.Errorf("%v, %q", err, r.Problems)
	}
	if got := x.contact(t, silent).Left; got != last-5 {
		t.Errorf("left on %s, want the imported %s", got, last-5)
	}
}

// asks reports whether a call names a member.
func asks(c call, user attendance.UserID) bool {
	return strings.Contains(string(c.body), `"`+string(user)+`"`)
}

// Who is disabled or has not activated the app is employed; one whom the visible
// range names, and no department lists, may have quit, too.
func TestStatuses(t *testing.T) {
	t.Parallel()
	x := newAltered(t, 12, 1)
	status := map[string]float64{string(x.users[0]): 2, string(x.users[1]): 4}
	named := x.users[2]
	x.alter = func(c call, answer []byte) []byte {
		switch c.path {
		case "user/list":
			return edit(answer, "userlist", func(u map[string]any) bool {
				id := u["userid"].(string)
				if s, ok := status[id]; ok {
					u["status"] = s
				}
				return id != string(named)
			})
		case "user/get":
			return bytes.Replace(answer, []byte(`"status":1`), []byte(`"status":5`), 1)
		case "agent/list":
			return []byte(`{"errcode":0,"errmsg":"ok","agentlist":[{"agentid":1000005}]}`)
		case "agent/get":
			return fmt.Appendf(nil, `{"errcode":0,"errmsg":"ok","allow_userinfos":{"user":[{"userid":%q}]}}`, named)
		}
		return nil
	}
	r, err := x.mirror.Run(t.Context())
	must(t, err)
	says(t, r, string(named)+": had quit")
	for user, left := range map[attendance.UserID]attendance.Day{x.users[0]: attendance.MaxDay, x.users[1]: attendance.MaxDay, named: x.last - 1} {
		if got := x.contact(t, user).Left; got != left {
			t.Errorf("%s left on %s, want %s", user, got, left)
		}
	}
}
