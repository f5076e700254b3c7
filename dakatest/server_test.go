package dakatest_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/dakatest"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/wecom"
)

const office = `{"grouptype":1,"groupname":"office","range":{"party_id":["1"]},
	"checkindate":[{"workdays":[1,2,3,4,5],"checkintime":[{"time_id":1,"work_sec":32400,"off_work_sec":64800}]}]}`

func shanghai(day, hour, minute int) time.Time {
	return time.Date(2025, 9, day, hour, minute, 0, 0, time.FixedZone("", 8*3600))
}

var noon = shanghai(11, 12, 0)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// each runs a test on both databases, with a server at noon of 2025-09-11.
func each(t *testing.T, f func(t *testing.T, s *dakatest.Server)) {
	t.Helper()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		f(t, dakatest.NewServer(t, dakatest.OnDatabase(dsn), dakatest.At(noon)))
	})
}

// day asks for a member's report of 2025-09-10.
func day(t *testing.T, s *dakatest.Server) (*checkin.DayDataResponse, error) {
	t.Helper()
	midnight := shanghai(10, 0, 0).Unix()
	return s.Checkin.DayData(t.Context(), checkin.DayDataRequest{StartTime: midnight, EndTime: midnight, UserIDList: []string{"zhangsan"}})
}

func TestSeeds(t *testing.T) {
	t.Parallel()
	s := dakatest.NewServer(t, dakatest.At(noon))
	s.Members("zhangsan")
	s.Rule(office)
	s.Punch("zhangsan", shanghai(10, 9, 5), shanghai(10, 18, 0))
	answer, err := day(t, s)
	must(t, err)
	// 09:05 to 18:00 is 8 h 55 min.
	if len(answer.Datas) != 1 || answer.Datas[0].SummaryInfo.RegularWorkSec != 32_100 || answer.Datas[0].ExceptionInfos[0].Duration != 300 {
		t.Errorf("%+v", answer.Datas)
	}
	restore := s.Snapshot()
	s.Punch("zhangsan", shanghai(10, 8, 0))
	if answer, err = day(t, s); err != nil || len(answer.Datas[0].ExceptionInfos) != 0 {
		t.Errorf("after an earlier punch: %+v, %v", answer, err)
	}
	restore()
	if answer, err = day(t, s); err != nil || len(answer.Datas[0].ExceptionInfos) != 1 {
		t.Errorf("restored: %+v, %v", answer, err)
	}
	if s.URL == "" || s.CorpID == "" || s.App.Agent == 0 || s.Contact.Agent == 0 {
		t.Errorf("%+v", s)
	}
}

func TestSample(t *testing.T) {
	t.Parallel()
	s := dakatest.NewServer(t, dakatest.At(noon), dakatest.WithSample(6, 1))
	members, err := s.Admin.Members(t.Context())
	must(t, err)
	// August, the month before, has 31 days with a report for each of six.
	reports, err := s.Admin.DayReports(t.Context(), admin.ReportQuery{First: "2025-08-01", Last: "2025-08-31"})
	must(t, err)
	if len(members.Members) != 6 || len(reports.Reports) != 6*31 {
		t.Errorf("%d members, %d reports", len(members.Members), len(reports.Reports))
	}
}

func TestClock(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *dakatest.Server) {
		ctx := t.Context()
		s.Members("zhangsan")
		s.Rule(office)
		if !s.Clock.Now().Equal(noon) {
			t.Errorf("the clock shows %s", s.Clock.Now())
		}
		first, err := s.WeCom.Token(ctx)
		must(t, err)
		s.Clock.Advance(2 * time.Hour)
		if _, err := day(t, s); err != nil { // the client's clock is the server's: it fetches anew
			t.Error(err)
		}
		if second, err := s.WeCom.Token(ctx); err != nil || second.Reveal() == first.Reveal() {
			t.Errorf("the same token after its life: %v", err)
		}
		scale, back := 3600.0, noon.Unix()
		clock, err := s.Admin.SetClock(ctx, admin.ClockChange{Now: &back, Scale: &scale})
		must(t, err)
		if clock.Scale != 3600 || clock.Now < float64(back) || clock.Now > float64(back)+3600 {
			t.Errorf("%+v", clock)
		}
		time.Sleep(2 * time.Millisecond)
		if later, err := s.Admin.Clock(ctx); err != nil || later.Now <= clock.Now {
			t.Errorf("it does not run: %+v, %v", later, err)
		}
		s.Clock.Freeze()
		now, err := s.Admin.AdvanceClock(ctx, 60)
		must(t, err)
		if again, err := s.Admin.Clock(ctx); err != nil || again.Now != now.Now || again.Scale != 0 {
			t.Errorf("frozen at %v, then %+v, %v", now.Now, again, err)
		}
		for _, bad := range []error{
			second(s.Admin.AdvanceClock(ctx, -1)), second(s.Admin.SetClock(ctx, admin.ClockChange{Now: ptr(int64(-1))})),
			second(s.Admin.SetClock(ctx, admin.ClockChange{Scale: ptr(-1.0)})),
		} {
			if !errors.Is(bad, admin.BadRequest) {
				t.Errorf("got %v", bad)
			}
		}
	})
}

func second[T any](_ T, err error) error { return err }

func ptr[T any](v T) *T { return &v }

// Each kind of fault is what the client makes of it; afterwards all is well.
func TestFaults(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *dakatest.Server) {
		s.Members("zhangsan")
		s.Rule(office)
		_, err := day(t, s)
		must(t, err)
		var transport *wecom.TransportError
		for _, tt := range []struct {
			fault admin.Fault
			good  func(error) bool
		}{
			{admin.Fault{Kind: admin.FaultErrCode, ErrCode: 45009}, func(err error) bool { return errors.Is(err, wecom.CodeRateLimit) }},
			{admin.Fault{Kind: admin.FaultReset}, func(err error) bool { return errors.As(err, &transport) && transport.Status == 0 }},
			{admin.Fault{Kind: admin.FaultHalfBody}, func(err error) bool { return errors.As(err, &transport) && transport.Status == 200 }},
			{admin.Fault{Kind: admin.FaultWrongJSON}, func(err error) bool { return errors.As(err, &transport) && transport.Status == 200 }},
			{admin.Fault{Kind: admin.FaultBadGateway}, func(err error) bool { return errors.As(err, &transport) && transport.Status == 502 }},
			{admin.Fault{Kind: admin.FaultDelay, Millis: 5}, func(err error) bool { return err == nil }},
			{admin.Fault{Kind: admin.FaultReset, Endpoint: "getcheckindata"}, func(err error) bool { return err == nil }},
			{admin.Fault{Kind: admin.FaultReset, Agent: s.Contact.Agent}, func(err error) bool { return err == nil }},
			{admin.Fault{Kind: admin.FaultReset, Nth: 2}, func(err error) bool { return err == nil }},
		} {
			tt.fault.TTL = 60
			s.Fail(tt.fault)
			if _, err := day(t, s); !tt.good(err) {
				t.Errorf("%s %s: %v", tt.fault.Kind, tt.fault.Endpoint, err)
			}
			list, err := s.Admin.Faults(t.Context())
			must(t, err)
			if f := list.Faults[0]; f.TTL != 60 || f.Acted > f.Met {
				t.Errorf("listed as %+v", f)
			}
			s.ClearFaults()
		}
		s.Fail(admin.Fault{Kind: admin.FaultReset, TTL: 60})
		s.Clock.Advance(time.Minute)
		if _, err := day(t, s); err != nil {
			t.Errorf("after its time: %v", err)
		}
		_, err = s.Admin.AddFault(t.Context(), admin.Fault{Kind: "fire"})
		var refused *admin.Error
		if !errors.As(err, &refused) || refused.Field != "kind" {
			t.Errorf("an unknown kind: %v", err)
		}
	})
}

// A half answer was a whole act, and so was a call whose fault comes after it;
// any other was none.
func TestFaultsAfterTheAct(t *testing.T) {
	t.Parallel()
	s := dakatest.NewServer(t, dakatest.At(noon))
	s.Members("zhangsan")
	restore := s.Snapshot()
	for _, tt := range []struct {
		fault  admin.Fault
		stored int
	}{
		{admin.Fault{Kind: admin.FaultHalfBody}, 1},
		{admin.Fault{Kind: admin.FaultHalfBody, After: true}, 1},
		{admin.Fault{Kind: admin.FaultErrCode, ErrCode: -1, After: true}, 1},
		{admin.Fault{Kind: admin.FaultReset, After: true}, 1},
		{admin.Fault{Kind: admin.FaultWrongJSON, After: true}, 1},
		{admin.Fault{Kind: admin.FaultBadGateway, After: true}, 1},
		{admin.Fault{Kind: admin.FaultErrCode, ErrCode: -1}, 0},
		{admin.Fault{Kind: admin.FaultReset}, 0},
		{admin.Fault{Kind: admin.FaultWrongJSON}, 0},
		{admin.Fault{Kind: admin.FaultBadGateway}, 0},
	} {
		tt.fault.Endpoint = "add_checkin_record"
		s.Fail(tt.fault)
		_, err := s.Checkin.AddRecords(t.Context(), checkin.AddRecordsRequest{Records: []checkin.NewRecord{{
			UserID: "zhangsan", CheckinTime: shanghai(11, 9, 0).Unix(), DeviceType: 1, DeviceDetail: "door", LocationTitle: "gate", LocationDetail: "north",
		}}})
		if err == nil {
			t.Errorf("%s: the answer came whole", tt.fault.Kind)
		}
		if rules, err := s.Admin.Faults(t.Context()); err != nil || rules.Faults[0].After != tt.fault.After {
			t.Errorf("%s: listed as %+v, %v", tt.fault.Kind, rules, err)
		}
		s.ClearFaults()
		answer, err := s.Checkin.Hardware(t.Context(), checkin.HardwareRequest{
			StartTime: shanghai(11, 0, 0).Unix(), EndTime: noon.Unix(), UserIDList: []string{"zhangsan"},
		})
		must(t, err)
		if len(answer.Records) != tt.stored {
			t.Errorf("%s, after %t: %d stored, want %d", tt.fault.Kind, tt.fault.After, len(answer.Records), tt.stored)
		}
		restore()
	}
}

func TestRevoke(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *dakatest.Server) {
		s.Members("zhangsan")
		before, err := s.WeCom.Token(t.Context())
		must(t, err)
		s.Revoke()
		_, err = day(t, s) // refused once with 40014, and made again with another token
		must(t, err)
		if after, err := s.WeCom.Token(t.Context()); err != nil || after.Reveal() == before.Reveal() {
			t.Errorf("the same token: %v", err)
		}
		codes := ""
		for _, r := range s.Requests() {
			codes += fmt.Sprintf("%s:%d ", r.Path[strings.LastIndex(r.Path, "/")+1:], *r.ErrCode)
		}
		if want := "getcheckin_daydata:40014 gettoken:0 getcheckin_daydata:0 "; !strings.HasSuffix(codes, want) {
			t.Errorf("calls %s, want %s at the end", codes, want)
		}
	})
}

// The request log shows what came in and the liberties that it took, and no
// secret, token or picture; nor does anything else that can be read here.
func TestRequests(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *dakatest.Server) {
		s.Members("zhangsan")
		token, err := s.WeCom.Token(t.Context())
		must(t, err)
		face := strings.Repeat("FACEcanary", 20)
		post := func(path, body string) {
			t.Helper()
			resp, err := http.Post(s.URL+path, "application/json", strings.NewReader(body))
			must(t, err)
			_, _ = io.Copy(io.Discard, resp.Body)
			must(t, resp.Body.Close())
		}
		query := "?access_token=" + token.Reveal()
		post("/cgi-bin/checkin/getcheckindata"+query, `{"opencheckindatatype":"3","starttime":1757433600,"endtime":1757520000,"useridlist":["zhangsan"]}`)
		post("/cgi-bin/checkin/addcheckinuserface"+query, `{"userid":"zhangsan","userface":"`+face+`"}`)
		post("/cgi-bin/gettoken?corpid="+s.CorpID+"&corpsecret=SECRETcanary", "")
		post("/cgi-bin/checkin/getcheckindata?access_token=TOKENcanary", `{}`)
		s.Fail(admin.Fault{Kind: admin.FaultReset, Times: 1})
		if resp, err := http.Post(s.URL+"/cgi-bin/user/list_id"+query, "", nil); err == nil { // a GET would be sent again
			t.Error("no reset")
			resp.Body.Close()
		}
		list := s.Requests()
		text, err := json.Marshal(list)
		must(t, err)
		for _, canary := range []string{"canary", token.Reveal(), s.App.Secret.Reveal()} {
			if strings.Contains(string(text), canary) {
				t.Errorf("the log holds %s: %s", canary, text)
			}
		}
		n := len(list)
		if n < 5 {
			t.Fatalf("%d calls", n)
		}
		records, broken := list[n-5], list[n-1]
		if len(records.Liberties) != 1 || records.Liberties[0].Pointer != "/opencheckindatatype" || !strings.Contains(records.Body, `"zhangsan"`) ||
			records.Query != "access_token=[redacted]" || *records.ErrCode != 0 || records.Status != 200 || records.RequestID == "" || records.At != noon.Unix() {
			t.Errorf("logged %+v", records)
		}
		if broken.Status != 0 || broken.Fault == 0 {
			t.Errorf("a reset is logged as %+v", broken)
		}
		if later, err := s.Admin.Requests(t.Context(), broken.Seq-1); err != nil || len(later.Requests) != 1 {
			t.Errorf("after the last but one: %+v, %v", later, err)
		}
	})
}

// A second corporation sees nothing of the first: neither calls, nor faults,
// nor facts.
func TestCorporationsAreApart(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *dakatest.Server) {
		ctx := t.Context()
		s.Members("zhangsan")
		_, err := day(t, s)
		must(t, err)
		made, err := s.Admin.CreateCorp(ctx, admin.NewCorp{Zone: "Asia/Tokyo"})
		must(t, err)
		other, err := admin.New(s.URL, made.ID, wecom.NewSecret(made.Apps[0].Secret), admin.WithClock(s.Clock))
		must(t, err)
		s.Fail(admin.Fault{Kind: admin.FaultReset})
		calls, err := other.Requests(ctx, 0)
		must(t, err)
		for _, r := range calls.Requests {
			if strings.Contains(r.Path, "daydata") {
				t.Errorf("sees %+v", r)
			}
		}
		faults, err1 := other.Faults(ctx)
		members, err2 := other.Members(ctx)
		must(t, errors.Join(err1, err2))
		if len(faults.Faults) != 0 || len(members.Members) != 0 || made.Zone != "Asia/Tokyo" {
			t.Errorf("%+v %+v", faults, members)
		}
		must(t, other.Reset(ctx))
		s.ClearFaults()
		if _, err := day(t, s); err != nil {
			t.Errorf("after the other's reset: %v", err)
		}
		_, err = s.Admin.CreateCorp(ctx, admin.NewCorp{ID: made.ID})
		if !errors.Is(err, admin.Conflict) {
			t.Errorf("the id twice: %v", err)
		}
	})
}

// The functions of t.Cleanup run after the test's context has ended.
func TestRestoreInCleanup(t *testing.T) {
	t.Parallel()
	s := dakatest.NewServer(t, dakatest.At(noon))
	t.Cleanup(s.Snapshot())
	s.Members("zhangsan")
}
