package checkin_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/wecom"
)

// fullDay is a day's report with something in every field.
func fullDay(user string, day time.Time) checkin.DayData {
	seconds := int64(3600)
	text := func(s string) checkin.Text {
		return checkin.Text{Data: checkin.List[checkin.TextData]{{Lang: "zh_CN", Text: s}}}
	}
	return checkin.DayData{
		BaseInfo: checkin.DayBaseInfo{
			Date: day.Unix(), RecordType: checkin.RecordFixed, Name: "张三", NameEx: "Zhang San", AcctID: user,
			DepartsName: "有家企业/产品部/设计组;有家企业/产品部/研究组",
			RuleInfo: checkin.DayRuleInfo{
				GroupID: 10, GroupName: "总部的日常考勤", ScheduleName: "早班", ScheduleID: 3,
				CheckinTime: checkin.List[checkin.WorkTime]{{WorkSec: 32_400, OffWorkSec: 43_200}, {WorkSec: 46_800, OffWorkSec: 64_800}},
			},
		},
		SummaryInfo: checkin.DaySummaryInfo{CheckinCount: 4, RegularWorkSec: 31_000, StandardWorkSec: 28_800, EarliestTime: 32_827, LatestTime: 68_858},
		HolidayInfos: checkin.List[checkin.HolidayInfo]{
			{SPNumber: "202509110001", SPTitle: text("请假0.3小时"), SPDescription: text("09/11 10:00~09/11 10:18")},
		},
		ExceptionInfos: checkin.List[checkin.ExceptionInfo]{{Count: 1, Duration: 427, Exception: checkin.ExceptionLate}, {Count: 1, Exception: checkin.ExceptionMissing}},
		OTInfo:         checkin.OTInfo{OTStatus: 1, OTDuration: 3600, WorkdayOverAsMoney: &seconds, WorkdayOverAsVacation: &seconds},
		SPItems: checkin.List[checkin.SPItem]{
			{Count: 1, Duration: 1080, TimeType: 1, Type: 1, VacationID: 2, Name: "年假"}, {Type: 2, Name: "补卡次数"},
			{Type: 3, Name: "出差"}, {Type: 4, Name: "外出"}, {Type: 15, Name: "审批打卡"}, {Type: 100, Name: "外勤次数"},
		},
	}
}

// monthOfDays writes the answer about 100 members and 31 days, element by element.
func monthOfDays(w io.Writer) {
	io.WriteString(w, `{"errcode":0,"errmsg":"ok","datas":[`)
	begin, separator := date("2025-01-01").Midnight(china), ""
	for _, u := range userids(100) {
		for d := range 31 {
			text, err := json.Marshal(fullDay(u, begin.AddDate(0, 0, d)))
			if err != nil {
				panic(err)
			}
			fmt.Fprintf(w, "%s%s", separator, text)
			separator = ","
		}
	}
	io.WriteString(w, `]}`)
}

// canned answers every call without a network.
type canned string

func (c canned) RoundTrip(r *http.Request) (*http.Response, error) {
	body := string(c)
	if strings.HasSuffix(r.URL.Path, wecom.TokenPath) {
		body = `{"access_token":"t","expires_in":7200}`
	}
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(body)), Request: r,
	}, nil
}

// BenchmarkDayReports reads the report of 100 members and 31 days in one run:
// with encoding/json, with one call, and as a stream.
func BenchmarkDayReports(b *testing.B) {
	var text strings.Builder
	monthOfDays(&text)
	answer := text.String()
	w, err := wecom.New(wecom.CorpApp("ww1", wecom.NewSecret("s")), wecom.WithHTTPClient(&http.Client{Transport: canned(answer)}), wecom.WithLimiter(nil))
	if err != nil {
		b.Fatal(err)
	}
	f := checkin.Fetch{Client: checkin.NewClient(w), Users: userids(100), From: date("2025-01-01"), To: date("2025-01-31")}
	begin := f.From.Midnight(china).Unix()
	request := checkin.DayDataRequest{StartTime: begin, EndTime: begin + 30*86_400, UserIDList: f.Users}
	run := func(name string, read func() int) {
		b.Run(name, func(b *testing.B) {
			if name == "in-order" || name == "stream" {
				_, most := mostLive(b, f)
				defer func() { b.ReportMetric(float64(most), "live-B") }()
			}
			b.SetBytes(int64(len(answer)))
			b.ReportAllocs()
			for b.Loop() {
				if n := read(); n != 3100 {
					b.Fatalf("%d reports", n)
				}
			}
		})
	}
	run("encoding-json", func() int {
		var a checkin.DayDataResponse
		if err := json.Unmarshal([]byte(answer), &a); err != nil {
			b.Fatal(err)
		}
		return len(a.Datas)
	})
	run("call", func() int {
		a, err := f.Client.DayData(b.Context(), request)
		if err != nil {
			b.Fatal(err)
		}
		return len(a.Datas)
	})
	count := func(f checkin.Fetch) (n int) {
		for _, err := range f.DayReports(b.Context()) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		return n
	}
	run("in-order", func() int { return count(f) })
	f.Unordered = true
	run("stream", func() int { return count(f) })
}

// live is what the heap holds.
func live() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// mostLive returns how many reports f reads, and how much more the heap holds
// at most on the way.
func mostLive(t testing.TB, f checkin.Fetch) (n int, most int64) {
	before := live()
	for _, err := range f.DayReports(t.Context()) {
		must(t, err)
		if n++; n%310 == 0 {
			most = max(most, live()-before)
		}
	}
	return n, most
}

// A report of 100 members and 31 days, some 4 MB, is read with under 1 MiB
// live at any time. It runs alone, for it looks at the whole heap.
func TestFetchMemory(t *testing.T) {
	var answer bytes.Buffer // made before: what the server allocates would count
	monthOfDays(&answer)
	w := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.Write(answer.Bytes()) }))
	f := checkin.Fetch{Client: checkin.NewClient(w), Users: userids(100), From: date("2025-01-01"), To: date("2025-01-31"), Unordered: true}
	for range f.DayReports(t.Context()) {
		break // the connection and the token are there
	}
	n, most := mostLive(t, f)
	t.Logf("%d reports, %d bytes, at most %d bytes more are live", n, answer.Len(), most)
	if n != 3100 || answer.Len() < 4_000_000 || most > 1<<20 {
		t.Errorf("%d reports of %d bytes: %d bytes are live", n, answer.Len(), most)
	}
}
