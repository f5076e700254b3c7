package checkin_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/dakatest"
	"github.com/dakahq/daka/wecom"
	"github.com/google/go-cmp/cmp"
)

const shifts = `{"groupid":2,"grouptype":2,"groupname":"wards","range":{"party_id":["1"]},"schedulelist":[
	{"schedule_id":0,"schedule_name":"休息"},
	{"schedule_id":1,"schedule_name":"early","time_section":[{"time_id":1,"work_sec":21600,"off_work_sec":50400}]}]}`

var noon = time.Date(2025, 9, 11, 12, 0, 0, 0, china)

// posts counts the calls of one kind that came in, and their items.
func posts(t *testing.T, s *dakatest.Server, path string) (calls int) {
	t.Helper()
	for _, r := range s.Requests() {
		if r.Path == path {
			calls++
		}
	}
	return calls
}

// summary writes outcomes as one letter each, and what errors there were.
func summary(t *testing.T, list []checkin.Outcome) (states string, codes map[wecom.Code]int) {
	t.Helper()
	codes = map[wecom.Code]int{}
	for _, o := range list {
		states += string("USRL"[o.State])
		var refused *wecom.Error
		if errors.As(o.Err, &refused) {
			codes[refused.Code]++
		}
		if (o.State == checkin.Stored) != (o.Err == nil) || o.State == checkin.Refused && refused == nil {
			t.Errorf("%+v", o)
		}
	}
	return states, codes
}

// Items of one rule and month go together; one that is refused takes no other
// with it.
func TestBatchSetSchedules(t *testing.T) {
	t.Parallel()
	s := dakatest.NewServer(t, dakatest.At(noon))
	s.Members("a", "b")
	s.Rule(shifts)
	batch := checkin.Batch{Client: s.Checkin}
	item := func(user string, day string, shift int64) checkin.PlannedShift {
		return checkin.PlannedShift{GroupID: 2, UserID: user, Date: date(day), ScheduleID: shift}
	}
	good := []checkin.PlannedShift{item("a", "2025-09-12", 1), item("a", "2025-10-01", 1), item("b", "2025-09-12", 0), item("b", "2025-10-31", 1)}
	states, _ := summary(t, batch.SetSchedules(t.Context(), good))
	if calls := posts(t, s, "/cgi-bin/checkin/setcheckinschedulist"); states != "SSSS" || calls != 2 {
		t.Errorf("%s in %d calls, want two months", states, calls)
	}
	var mixed []checkin.PlannedShift
	for d := 1; d <= 30; d++ { // days up to the 11th are past
		mixed = append(mixed, item("a", fmt.Sprintf("2025-09-%02d", d), 1))
	}
	mixed = append(mixed, item("nobody", "2025-09-20", 1), item("b", "2025-09-20", 7))
	wrongRule := item("a", "2025-09-20", 1)
	wrongRule.GroupID = 99
	mixed = append(mixed, wrongRule)
	states, codes := summary(t, batch.SetSchedules(t.Context(), mixed))
	if want := "RRRRRRRRRRR" + "SSSSSSSSSSSSSSSSSSS" + "RRR"; states != want {
		t.Errorf("got %s, want %s", states, want)
	}
	want := map[wecom.Code]int{wecom.CodeSchedulePast: 11, wecom.CodeCheckinUser: 1, wecom.CodeScheduleParameter: 1, wecom.CodeRuleGroupID: 1}
	if diff := cmp.Diff(want, codes); diff != "" {
		t.Error(diff)
	}
	f := checkin.Fetch{Client: s.Checkin, Users: []string{"a", "b"}, From: date("2025-09-01"), To: date("2025-10-31")}
	plan, err := collect(f.Schedules(t.Context()))
	must(t, err)
	var got []string
	for _, m := range plan {
		got = append(got, fmt.Sprint(m.UserID, m.YearMonth, len(m.Schedule.ScheduleList)))
	}
	if diff := cmp.Diff([]string{"a202509 19", "a202510 1", "b202509 1", "b202510 1"}, got); diff != "" {
		t.Error(diff)
	}
}

func punch(user string, at time.Time) checkin.NewRecord {
	return checkin.NewRecord{UserID: user, CheckinTime: at.Unix(), DeviceType: 1, DeviceDetail: "door", LocationTitle: "gate", LocationDetail: "north"}
}

// 450 records are three calls of 200, 200 and 50; the bad one is found by
// halves, and all others are stored once.
func TestBatchAddRecords(t *testing.T) {
	t.Parallel()
	s := dakatest.NewServer(t, dakatest.At(noon))
	s.Members("a")
	var records []checkin.NewRecord
	for i := range 450 {
		records = append(records, punch("a", noon.Add(time.Duration(i-500)*time.Minute)))
	}
	records[123].UserID = "nobody"
	outcomes := checkin.Batch{Client: s.Checkin}.AddRecords(t.Context(), records)
	states, codes := summary(t, outcomes)
	for i, state := range states {
		if (state == 'R') != (i == 123) || (state == 'S') != (i != 123) {
			t.Errorf("record %d: %+v", i, outcomes[i])
		}
	}
	// 200 > 100 > 50 > 25 > 13 > 7 > 4 > 2 > 1 at most, two calls each time.
	if calls := posts(t, s, "/cgi-bin/checkin/add_checkin_record"); calls < 3+2*7 || calls > 3+2*8 || codes[wecom.CodeCheckinUser] != 1 {
		t.Errorf("%d calls, codes %v", calls, codes)
	}
	if n := stored(t, s, "a"); n != 449 {
		t.Errorf("%d punches are stored", n)
	}
}

// stored counts what devices sent of a member.
func stored(t *testing.T, s *dakatest.Server, user string) int {
	t.Helper()
	f := checkin.Fetch{Client: s.Checkin, Users: []string{user}, From: date("2025-09-10"), To: date("2025-09-11")}
	all, err := collect(f.HardwareRecords(t.Context()))
	must(t, err)
	return len(all)
}

// What fails otherwise is told as far as it is known, and no write is made
// twice unless the caller allows it.
func TestBatchFailures(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		fault  admin.Fault
		repeat bool // wecom.AllowRepeats
		states string
		stored int
	}{
		{admin.Fault{Kind: admin.FaultHalfBody, Nth: 1}, false, "LS", 2},
		{admin.Fault{Kind: admin.FaultHalfBody, Nth: 1}, true, "SS", 2}, // daka tells the double
		{admin.Fault{Kind: admin.FaultReset, Nth: 1}, false, "LS", 1},
		{admin.Fault{Kind: admin.FaultReset, Nth: 1}, true, "SS", 2},
		{admin.Fault{Kind: admin.FaultBadGateway, Nth: 2}, false, "SL", 1},
		{admin.Fault{Kind: admin.FaultWrongJSON, Nth: 1}, false, "LS", 1},
		{admin.Fault{Kind: admin.FaultErrCode, ErrCode: -1, Nth: 1}, false, "LS", 1},
		{admin.Fault{Kind: admin.FaultErrCode, ErrCode: 301022, Nth: 1}, false, "LS", 1},
		{admin.Fault{Kind: admin.FaultErrCode, ErrCode: 301022, Nth: 1, After: true}, false, "LS", 2},
		{admin.Fault{Kind: admin.FaultErrCode, ErrCode: 45033, Nth: 1}, false, "SS", 2},
		{admin.Fault{Kind: admin.FaultErrCode, ErrCode: 48002, Nth: 1}, false, "RU", 0},
		{admin.Fault{Kind: admin.FaultErrCode, ErrCode: 48002, Nth: 2}, false, "SR", 1},
	} {
		name, err := json.Marshal(tt.fault)
		must(t, err)
		t.Run(fmt.Sprintf("%s %t", name, tt.repeat), func(t *testing.T) {
			t.Parallel()
			s := dakatest.NewServer(t, dakatest.At(noon))
			s.Members("a")
			tt.fault.Endpoint = "add_checkin_record"
			s.Fail(tt.fault)
			ctx := t.Context()
			if tt.repeat {
				ctx = wecom.AllowRepeats(ctx)
			}
			retrying, err := s.WeCom.With(wecom.WithRetry(wecom.Retry{First: 1, Windows: -1}), wecom.WithClock(machine{}))
			must(t, err)
			// Two calls: 200 equal records, which are one punch, and one.
			var records []checkin.NewRecord
			for range checkin.MaxRecords {
				records = append(records, punch("a", noon.Add(-time.Hour)))
			}
			records = append(records, punch("a", noon.Add(-time.Minute)))
			states, _ := summary(t, checkin.Batch{Client: checkin.NewClient(retrying)}.AddRecords(ctx, records))
			if got := states[:1] + states[200:]; got != tt.states {
				t.Errorf("states %s, want %s", got, tt.states)
			}
			s.ClearFaults()
			if n := stored(t, s, "a"); n != tt.stored {
				t.Errorf("%d punches are stored, want %d", n, tt.stored)
			}
		})
	}
}

// machine is a clock that stands at noon and never makes anybody wait.
type machine struct{}

func (machine) Now() time.Time                                   { return noon }
func (machine) Sleep(ctx context.Context, _ time.Duration) error { return ctx.Err() }

// What cannot be sent is not said to be lost.
func TestBatchUnsent(t *testing.T) {
	t.Parallel()
	records := []checkin.NewRecord{punch("a", noon), punch("b", noon)}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	srv := newFake(t)
	check := func(name string, ctx context.Context, c *checkin.Client) {
		t.Helper()
		if states, _ := summary(t, checkin.Batch{Client: c}.AddRecords(ctx, records)); states != "UU" {
			t.Errorf("%s: %s", name, states)
		}
	}
	check("no time", ctx, srv.client())
	closed := newServer(t, srv)
	closed.Close()
	w, err := wecom.New(wecom.StaticToken(wecom.NewToken("t")), wecom.WithBaseURL(closed.URL), wecom.WithRetry(wecom.Retry{Sends: 1}))
	must(t, err)
	check("no server", t.Context(), checkin.NewClient(w))
	refusing := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t.Errorf("%s was called", r.URL.Path)
	}), wecom.WithBaseURL(noToken(t)))
	check("no token", t.Context(), checkin.NewClient(refusing))
}

// noToken is a server that refuses to give one.
func noToken(t *testing.T) string {
	t.Helper()
	srv := newPlainServer(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `{"errcode":40001,"errmsg":"invalid credential"}`)
	}))
	return srv.URL
}
