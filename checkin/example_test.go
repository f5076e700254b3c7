package checkin_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/dakatest"
	"github.com/dakahq/daka/wecom"
)

var (
	ctx       = context.Background()
	wednesday = checkin.Date{Year: 2025, Month: time.September, Day: 10}
)

// clock is a time of September 2025 in UTC+8.
func clock(day, hour, minute int) time.Time {
	return time.Date(2025, time.September, day, hour, minute, 0, 0, time.FixedZone("", 8*3600))
}

// A client of WeCom's check-in interface. At WeCom itself leave WithBaseURL out.
func ExampleNewClient() {
	srv, end := company()
	defer end()

	w, err := wecom.New(wecom.CorpApp(srv.CorpID, srv.App.Secret), wecom.WithBaseURL(srv.URL))
	if err != nil {
		log.Fatal(err)
	}
	c := checkin.NewClient(w)
	rules, err := c.CorpOptions(ctx, checkin.CorpOptionsRequest{})
	if err != nil {
		log.Fatal(err)
	}
	for _, r := range rules.Group {
		fmt.Println(r.GroupID, r.GroupName)
	}
	// Output:
	// 1 office
	// 2 guards
}

// One call: who was late on Wednesday, and by how much?
func ExampleClient_DayData() {
	srv, end := company()
	defer end()

	midnight := clock(10, 0, 0).Unix()
	answer, err := srv.Checkin.DayData(ctx, checkin.DayDataRequest{
		StartTime: midnight, EndTime: midnight, UserIDList: []string{"zhangsan", "lisi"},
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, report := range answer.Datas {
		for _, x := range report.ExceptionInfos {
			if x.Exception == checkin.ExceptionLate {
				fmt.Printf("%s was late by %d minutes\n", report.BaseInfo.AcctID, x.Duration/60)
			}
		}
	}
	// Output: zhangsan was late by 12 minutes
}

// What is wrong with a call is told by codes, not by texts.
func ExampleClient_Records_errors() {
	srv, end := company()
	defer end()

	_, err := srv.Checkin.Records(ctx, checkin.RecordsRequest{
		OpenCheckinDataType: checkin.AllPunches,
		StartTime:           clock(1, 0, 0).Unix(), EndTime: clock(10, 0, 0).Unix(),
		UserIDList: []string{"zhangsan", "nobody"},
	})
	switch {
	case errors.Is(err, wecom.CodeCheckinUser):
		fmt.Println("somebody is not in the contacts")
	case errors.Is(err, wecom.CodeForbiddenAPI):
		fmt.Println("the app is not among those that may call: 「打卡 - 可调用接口的应用」")
	case err != nil:
		log.Fatal(err)
	}
	// Output: somebody is not in the contacts
}

// Every punch of any number of members over any span of days, in order.
func ExampleFetch_Records() {
	srv, end := company()
	defer end()

	f := checkin.Fetch{
		Client: srv.Checkin, Users: []string{"zhangsan", "lisi"},
		From: checkin.Date{Year: 2025, Month: time.June, Day: 1}, To: wednesday,
	}
	for punch, err := range f.Records(ctx) {
		if err != nil {
			log.Fatal(err)
		}
		at := time.Unix(punch.CheckinTime, 0).In(clock(1, 0, 0).Location())
		fmt.Println(punch.UserID, at.Format(time.DateTime), punch.CheckinType)
	}
	// Output:
	// zhangsan 2025-09-10 09:12:00 上班打卡
	// zhangsan 2025-09-10 18:00:00 下班打卡
	// lisi 2025-09-10 08:55:00 上班打卡
	// lisi 2025-09-10 18:00:00 下班打卡
}

// Long reads go on where they were, after an end of any kind: the text of the
// checkpoint says how far one has come.
func ExampleCheckpoint() {
	srv, end := company()
	defer end()

	var done checkin.Checkpoint
	fetch := func(take int) {
		f := checkin.Fetch{
			Client: srv.Checkin, Users: []string{"zhangsan", "lisi"}, From: wednesday, To: wednesday, Checkpoint: &done,
		}
		for report, err := range f.DayReports(ctx) {
			if err != nil {
				log.Fatal(err)
			}
			if take == 0 {
				return // this one has not been taken
			}
			take--
			fmt.Println(report.BaseInfo.AcctID)
		}
	}
	fetch(1)
	text, err := done.MarshalText() // to be kept in a file
	if err != nil {
		log.Fatal(err)
	}
	done = checkin.Checkpoint{}
	if err := done.UnmarshalText(text); err != nil {
		log.Fatal(err)
	}
	fetch(1)
	// Output:
	// zhangsan
	// lisi
}

// Months of any span, each with its sums.
func ExampleFetch_MonthReports() {
	srv, end := company()
	defer end()

	f := checkin.Fetch{
		Client: srv.Checkin, Users: []string{"zhangsan"},
		From: checkin.Date{Year: 2025, Month: time.September, Day: 1}, To: wednesday,
	}
	for month, err := range f.MonthReports(ctx) {
		if err != nil {
			log.Fatal(err)
		}
		s := month.SummaryInfo
		fmt.Printf("%s to %s: %d days due, %d with exceptions\n", month.From, month.To, s.WorkDays, s.ExceptDays)
	}
	// September 1st to 10th has eight working days. On one there was a punch, late.
	// Output: 2025-09-01 to 2025-09-10: 8 days due, 8 with exceptions
}

// A terminal's punches go in by the thousand; each has its own outcome.
func ExampleBatch_AddRecords() {
	srv, end := company()
	defer end()

	gate := func(user string, at time.Time) checkin.NewRecord {
		return checkin.NewRecord{
			UserID: user, CheckinTime: at.Unix(), LocationTitle: "gate", LocationDetail: "north gate",
			DeviceType: checkin.DeviceAccess, DeviceDetail: "turnstile",
		}
	}
	records := []checkin.NewRecord{
		gate("zhangsan", clock(11, 8, 58)), gate("nobody", clock(11, 8, 59)), gate("lisi", clock(11, 9, 0)),
	}
	for i, outcome := range (checkin.Batch{Client: srv.Checkin}).AddRecords(ctx, records) {
		fmt.Println(records[i].UserID, outcome.State == checkin.Stored)
	}
	// Output:
	// zhangsan true
	// nobody false
	// lisi true
}

// The night shift for a week, in one call for each rule and month.
func ExampleBatch_SetSchedules() {
	srv, end := company()
	defer end()

	var shifts []checkin.PlannedShift
	for day := 12; day <= 18; day++ {
		shifts = append(shifts, checkin.PlannedShift{
			GroupID: 2, UserID: "wangwu", ScheduleID: 7,
			Date: checkin.Date{Year: 2025, Month: time.September, Day: day},
		})
	}
	stored := 0
	for _, outcome := range (checkin.Batch{Client: srv.Checkin}).SetSchedules(ctx, shifts) {
		if outcome.Err != nil {
			log.Fatal(outcome.Err)
		}
		stored++
	}
	fmt.Println(stored, "nights")
	// Output: 7 nights
}

// A missing card is put in afterwards.
func ExampleClient_Correct() {
	srv, end := company()
	defer end()

	nine := int64(9 * 3600)
	_, err := srv.Checkin.Correct(ctx, checkin.CorrectionRequest{
		UserID: "zhangsan", ScheduleDateTime: clock(9, 0, 0).Unix(),
		ScheduleCheckinTime: &nine, CheckinTime: clock(9, 8, 50).Unix(), Remark: "the reader was broken",
	})
	fmt.Println(err)
	// Output: <nil>
}

// A server that fails on purpose, and a client that does not mind: the answer
// is refused twice as busy, and asked for once more each time.
func Example_faults() {
	srv, end := company()
	defer end()

	srv.Clock.Scale(1000)                                    // pauses of a second take a millisecond
	w, err := srv.WeCom.With(wecom.WithRetry(wecom.Retry{})) // the client of a test repeats nothing unless told
	if err != nil {
		log.Fatal(err)
	}
	srv.Fail(admin.Fault{Kind: admin.FaultErrCode, ErrCode: int64(wecom.CodeBusy), Endpoint: "getcheckinoption", Times: 2})
	answer, err := checkin.NewClient(w).Options(ctx, checkin.OptionsRequest{
		DateTime: clock(10, 0, 0).Unix(), UserIDList: []string{"zhangsan"},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(answer.Info), "rule after", sent(srv, "getcheckinoption"), "calls")
	// Output: 1 rule after 3 calls
}

// sent counts the calls of a kind that a server got.
func sent(srv *dakatest.Server, name string) (n int) {
	for _, r := range srv.Requests() {
		if op, ok := checkin.ForPath(r.Path); ok && op.Name == name {
			n++
		}
	}
	return n
}
