package mirror_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/mirror"
	"github.com/dakahq/daka/wecom"
)

// refusing answers the calls of paths with a code.
func refusing(code wecom.Code, paths ...string) func(call, []byte) []byte {
	return func(c call, _ []byte) []byte {
		if !slices.Contains(paths, c.path) {
			return nil
		}
		return fmt.Appendf(nil, `{"errcode":%d,"errmsg":"x"}`, code)
	}
}

// of returns what a run did about a kind.
func of(r *mirror.Report, kind string) mirror.KindReport {
	at := slices.IndexFunc(r.Kinds, func(k mirror.KindReport) bool { return k.Kind == kind })
	if at < 0 {
		return mirror.KindReport{}
	}
	return r.Kinds[at]
}

// Each kind of calls may be refused by itself, in every way that says so; the
// rest is copied.
func TestRefused(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		code wecom.Code
		path string
		kind string // "" = there is another way
	}{
		{wecom.CodeUnusedAPI, "checkin/getcheckindata", "records"},
		{wecom.CodeWrongAgent, "hardware/get_hardware_checkin_data", "devices"},
		{wecom.CodeUnauthorizedAPI, "checkin/getcheckinoption", "rules"},
		{wecom.CodeWrongAgent, "checkin/getcorpcheckinoption", ""},
		{wecom.CodeForbiddenAPI, "checkin/getcheckin_monthdata", "months"},
		{wecom.CodeApprovalForbidden, "oa/getapprovalinfo", "requests"},
		{wecom.CodeApprovalOff, "oa/getapprovalinfo", "corrections"},
		{wecom.CodeNewContactsIP, "user/list", ""},
	} {
		t.Run(fmt.Sprintf("%d %s", tt.code, tt.path), func(t *testing.T) {
			t.Parallel()
			x := newAltered(t, 6, 1)
			x.alter = refusing(tt.code, tt.path)
			r, err := x.mirror.Run(t.Context())
			must(t, err)
			for _, k := range r.Kinds {
				form := tt.path == "oa/getapprovalinfo" && (k.Kind == "requests" || k.Kind == "corrections")
				if refused := k.Refused == tt.code; refused != (k.Kind == tt.kind || form) {
					t.Errorf("%+v", k)
				}
			}
			if n := of(r, "days").Read; n == 0 {
				t.Error("no day report was copied")
			}
		})
	}
}

// A secret that is none, or no more, ends a run at once: each further call brings
// a ban nearer.
func TestFinal(t *testing.T) {
	t.Parallel()
	for _, code := range []wecom.Code{wecom.CodeUntrustedIP, wecom.CodeRevokedAuth} {
		x := newAltered(t, 6, 1)
		x.alter = refusing(code, "checkin/getcheckindata", "checkin/getcheckin_daydata", "checkin/getcheckin_monthdata", "oa/getapprovalinfo")
		if _, err := x.mirror.Run(t.Context()); !errors.Is(err, code) || !mirror.Final(err) {
			t.Errorf("%d: %v", code, err)
		}
	}
	if mirror.Final(&wecom.Error{Code: wecom.CodeRateLimit}) || mirror.Final(errors.New("x")) {
		t.Error("what passes is final")
	}
}

// A kind whose calls fail again and again keeps no other back: what is new of
// those is copied by each run.
func TestOneKindFails(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"checkin/getcheckin_monthdata", "checkin/getcheckinoption", "checkin/getcheckinschedulist", "oa/getapprovalinfo"} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			x := newAltered(t, 6, 1)
			x.alter = refusing(wecom.CodeCheckinUserList, path)
			r, err := x.mirror.Run(t.Context())
			if !errors.Is(err, wecom.CodeCheckinUserList) || of(r, "records").Changed == 0 || of(r, "days").Read == 0 {
				t.Fatalf("%v: %+v", err, r.Kinds)
			}
			x.Clock.Advance(15 * time.Minute)
			x.Punch(string(x.users[2]), x.Clock.Now())
			r, err = x.mirror.Run(t.Context())
			if got := of(r, "records"); !errors.Is(err, wecom.CodeCheckinUserList) || got.Changed != 1 {
				t.Errorf("%v: %+v", err, got)
			}
			x.alter = nil
			_, err = x.mirror.Run(t.Context())
			must(t, err)
			x.source.last++ // the last day is mirrored, too
			x.compare(t, x.app, x.corp)
		})
	}
}

// One call that fails leaves the others of its kind alone.
func TestOneCallFails(t *testing.T) {
	t.Parallel()
	x := newAltered(t, 6, 2)
	calls := 0
	x.alter = func(c call, answer []byte) []byte {
		if c.path != "checkin/getcheckin_monthdata" {
			return nil
		}
		if calls++; calls > 1 {
			return nil
		}
		return []byte(`{"errcode":301023,"errmsg":"x"}`)
	}
	r, err := x.mirror.Run(t.Context())
	// May, June and July.
	if got := of(r, "months"); !errors.Is(err, wecom.CodeCheckinUserList) || got.Calls != 2 {
		t.Errorf("%v: %+v", err, got)
	}
}

// A round that broke off is gone on with within the hour, and not after it.
func TestRoundBrokenOff(t *testing.T) {
	t.Parallel()
	for later, want := range map[time.Duration]int{59 * time.Minute: 0, 61 * time.Minute: 1} {
		x := newAltered(t, 6, 1)
		x.alter = func(c call, _ []byte) []byte {
			if c.path == "checkin/getcheckin_monthdata" && x.calls["checkin/getcheckindata"] >= 2 {
				return []byte(`{"errcode":60020,"errmsg":"x"}`)
			}
			return nil
		}
		_, err := x.mirror.Run(t.Context())
		for again := 0; err == nil && again < 3; again++ { // it came before the punches
			x.Clock.Advance(15 * time.Minute)
			_, err = x.mirror.Run(t.Context())
		}
		if !errors.Is(err, wecom.CodeUntrustedIP) {
			t.Fatal(err)
		}
		x.alter = nil
		x.Clock.Advance(later)
		r, err := x.mirror.Run(t.Context())
		must(t, err)
		if got := of(r, "directory"); min(got.Calls, 1) != want {
			t.Errorf("%s later: %+v", later, got)
		}
	}
}

// A server that takes fewer days than we ask about is asked in halves, as often
// as it takes, and what it gave for halves of months is kept.
func TestFewerDays(t *testing.T) {
	t.Parallel()
	x := newAltered(t, 6, 1)
	codes := map[string]wecom.Code{
		"checkin/getcheckin_daydata": wecom.CodeCheckinSpan, "checkin/getcheckin_monthdata": wecom.CodeCheckinSpan,
		"checkin/getcheckinschedulist": wecom.CodeScheduleParameter,
	}
	refused := map[string]int{}
	x.alter = func(c call, _ []byte) []byte {
		var span struct{ StartTime, EndTime int64 }
		code, ok := codes[c.path]
		if err := json.Unmarshal(c.body, &span); !ok || err != nil || span.EndTime-span.StartTime < 16*86_400 {
			return nil
		}
		refused[c.path]++
		return fmt.Appendf(nil, `{"errcode":%d,"errmsg":"x"}`, code)
	}
	_, err := x.mirror.Run(t.Context())
	must(t, err)
	for path := range codes {
		// June, and of days whatever is longer than 16 in the 45: four at once at
		// most learn it.
		if n := refused[path]; n < 1 || n > 4 {
			t.Errorf("%s: %d calls were refused", path, n)
		}
	}
	must(t, mirror.Status(t.Context(), x.app, x.corp, x.first, x.last, func(s mirror.Stretch) error {
		if s.At == 0 {
			t.Errorf("missing: %+v", s)
		}
		return nil
	}))
	var spans []string
	must(t, x.app.MonthVerdicts(t.Context(), x.corp, x.users[:1], x.first, x.last, func(v app.MonthVerdict) error {
		spans = append(spans, v.First.String()+" "+v.Last.String())
		return nil
	}))
	// 1 to 30 June in halves: 1 + 29/2 = 15.
	want := []string{"2026-06-01 2026-06-15", "2026-06-16 2026-06-30", "2026-07-01 2026-07-15"}
	if !slices.Equal(spans, want) {
		t.Errorf("%q, want %q", spans, want)
	}
}

// Days that are refused for another reason are not halved to the last.
func TestParameterRefused(t *testing.T) {
	t.Parallel()
	x := newAltered(t, 6, 1)
	x.alter = refusing(wecom.CodeScheduleParameter, "checkin/getcheckinschedulist")
	_, err := x.mirror.Run(t.Context())
	// May 31, June, and the 16 days of July: 30, 15, 8, 4 and 16, 8, 4 days.
	if n := x.calls["checkin/getcheckinschedulist"]; !errors.Is(err, wecom.CodeScheduleParameter) || n > 1+4+3 {
		t.Errorf("%d calls: %v", n, err)
	}
}

// One run of a corporation at a time: the second does nothing.
func TestOneAtATime(t *testing.T) {
	t.Parallel()
	x := newAltered(t, 6, 1)
	other := x.with(t)
	tried := false
	x.alter = func(c call, _ []byte) []byte {
		if !tried {
			tried = true
			if _, err := other.Run(t.Context()); !errors.Is(err, app.ErrMirroring) {
				t.Error(err)
			}
		}
		return nil
	}
	_, err := x.mirror.Run(t.Context())
	must(t, err)
	x.alter = nil
	_, err = other.Run(t.Context())
	must(t, err)
}

// The right to members' rules may be withdrawn when days are disputed.
func TestDisputesWithoutRight(t *testing.T) {
	t.Parallel()
	x := newAltered(t, 6, 1)
	_, err := x.mirror.Run(t.Context())
	must(t, err)
	_, err = x.app.MirrorVerdicts(t.Context(), x.corp, app.MirrorBatch{
		Kind: "days", Users: x.users[:1], First: x.first, Last: x.first, At: x.Clock.Now().Unix(),
		Disputed: []app.Covered{{User: x.users[0], First: x.first + 2, Last: x.first + 3}},
	}, nil, nil)
	must(t, err)
	x.alter = refusing(wecom.CodeForbiddenAPI, "checkin/getcheckinoption")
	x.Clock.Advance(time.Minute)
	r, err := x.mirror.Run(t.Context())
	must(t, err)
	if got := of(r, "rules"); got.Refused != wecom.CodeForbiddenAPI {
		t.Errorf("%+v", got)
	}
	left, err := x.app.Disputes(t.Context(), x.corp)
	must(t, err)
	if len(left) != 1 {
		t.Errorf("%+v are disputed", left)
	}
}

// Days to come are not missing; those of the past are, and one that was fetched at
// noon is half a day once it is over.
func TestStatusOfDaysToCome(t *testing.T) {
	t.Parallel()
	x := newAltered(t, 6, 1)
	_, err := x.mirror.Run(t.Context())
	must(t, err)
	x.Clock.Advance(48 * time.Hour)
	missing := map[string]attendance.Day{}
	must(t, mirror.Status(t.Context(), x.app, x.corp, x.last, x.last+20, func(s mirror.Stretch) error {
		if s.At == 0 && (s.Kind == "days" || s.Kind == "schedules") {
			missing[s.Kind+" "+string(s.User)] = s.Last - s.First + 1
			if s.Last != x.last+2 {
				t.Errorf("%+v", s)
			}
		}
		return nil
	}))
	// Of day reports the day of noon and two more for each of six, of shifts one:
	// tomorrow's are known.
	for _, u := range x.users {
		if d, s := missing["days "+string(u)], missing["schedules "+string(u)]; d != 3 || s != 1 {
			t.Errorf("%s: %d and %d days are missing", u, d, s)
		}
	}
}

// What changed of reports is what is told otherwise, not what was fetched again.
func TestChangedReports(t *testing.T) {
	t.Parallel()
	x := newAltered(t, 6, 1)
	r, err := x.mirror.Run(t.Context())
	must(t, err)
	// 30 days of June and 15 of July for each of six, and the sums of both months.
	if d, m := of(r, "days"), of(r, "months"); d.Changed != 6*45 || m.Changed != 6*2 {
		t.Errorf("%+v, %+v", d, m)
	}
	x.Clock.Advance(time.Minute)
	x.alter = func(c call, answer []byte) []byte {
		if c.path != "checkin/getcheckin_daydata" {
			return nil
		}
		return edit(answer, "datas", func(report map[string]any) bool {
			base := report["base_info"].(map[string]any)
			if base["acctid"] == string(x.users[0]) && int64(base["date"].(float64)) == x.corp.Zone.Midnight(x.last) {
				base["record_type"] = 9
			}
			return true
		})
	}
	r, err = x.mirror.Run(t.Context())
	must(t, err)
	if d, m := of(r, "days"), of(r, "months"); d.Changed != 1 || d.Read != 6*4 || m.Changed != 0 {
		t.Errorf("%+v, %+v", d, m)
	}
}
