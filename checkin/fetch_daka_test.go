package checkin_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/dakatest"
	"github.com/dakahq/daka/wecom"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// fact is an element of an answer without what depends on how it was asked for.
type fact struct {
	user string
	day  checkin.Date
	text string
}

func dayAt(at int64) checkin.Date { return checkin.DateOf(time.Unix(at, 0).In(china)) }

// facts takes an element apart.
func facts(t testing.TB, element any) (list []fact) {
	write := func(user string, day checkin.Date, v any) {
		text, err := json.Marshal(v)
		must(t, err)
		list = append(list, fact{user, day, string(text)})
	}
	switch v := element.(type) {
	case checkin.Record:
		write(v.UserID, dayAt(v.CheckinTime), v)
	case checkin.HardwareRecord:
		write(v.UserID, dayAt(v.CheckinTime), v)
	case checkin.DayData:
		write(v.BaseInfo.AcctID, dayAt(v.BaseInfo.Date), v)
	case checkin.DayOption:
		write(v.UserID, v.Date, v.Group)
	case checkin.MemberSchedule:
		for _, d := range v.Schedule.ScheduleList {
			write(v.UserID, checkin.Date{Year: int(v.YearMonth / 100), Month: time.Month(v.YearMonth % 100), Day: int(d.Day)}, d)
		}
	}
	return list
}

// single asks by single calls about one day.
func single(t testing.TB, c *checkin.Client, ctx context.Context, call string, users []string, d checkin.Date) (list []fact) {
	start := d.Midnight(china).Unix()
	var elements []any
	switch call {
	case "getcheckindata":
		a, err := c.Records(ctx, checkin.RecordsRequest{OpenCheckinDataType: 3, StartTime: start, EndTime: start + 86_399, UserIDList: users})
		must(t, err)
		elements = boxed(a.Records)
	case "get_hardware_checkin_data":
		a, err := c.Hardware(ctx, checkin.HardwareRequest{StartTime: start, EndTime: start + 86_399, UserIDList: users})
		must(t, err)
		elements = boxed(a.Records)
	case "getcheckin_daydata":
		a, err := c.DayData(ctx, checkin.DayDataRequest{StartTime: start, EndTime: start, UserIDList: users})
		must(t, err)
		elements = boxed(a.Datas)
	case "getcheckinoption":
		a, err := c.Options(ctx, checkin.OptionsRequest{DateTime: start, UserIDList: users})
		must(t, err)
		for _, o := range a.Info {
			elements = append(elements, checkin.DayOption{Date: d, MemberOption: o})
		}
	case "getcheckinschedulist":
		a, err := c.ScheduleList(ctx, checkin.ScheduleListRequest{StartTime: start, EndTime: start, UserIDList: users})
		must(t, err)
		elements = boxed(a.ScheduleList)
	}
	for _, e := range elements {
		list = append(list, facts(t, e)...)
	}
	return list
}

func boxed[T any](list checkin.List[T]) (all []any) {
	for _, v := range list {
		all = append(all, v)
	}
	return all
}

// What a Fetch yields is what single calls give, for each day and member: of a
// company of 12 with a history from July to noon of 11 September.
func TestFetchEqualsSingleCalls(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("a hundred draws take long under the race detector")
	}
	s := dakatest.NewServer(t, dakatest.At(noon), dakatest.WithSample(12, 2))
	members, err := s.Admin.Members(t.Context())
	must(t, err)
	var users []string
	for _, m := range members.Members {
		users = append(users, m.UserID)
	}
	first, days := date("2025-06-29"), 76
	dayOf := func(i int) checkin.Date { return dayAt(first.Midnight(china).AddDate(0, 0, i).Unix()) }
	calls := []string{"getcheckindata", "get_hardware_checkin_data", "getcheckin_daydata", "getcheckinoption", "getcheckinschedulist"}
	all := map[string][]fact{}
	for _, call := range calls {
		for i := range days {
			all[call] = append(all[call], single(t, s.Checkin, t.Context(), call, users, dayOf(i))...)
		}
		if len(all[call]) < 50 && call != "get_hardware_checkin_data" {
			t.Errorf("%s: only %d facts", call, len(all[call]))
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		call := rapid.SampledFrom(calls).Draw(rt, "call")
		from := rapid.IntRange(0, days-3).Draw(rt, "from")
		to := rapid.IntRange(from, days-3).Draw(rt, "to") // two more for the overlap
		f := checkin.Fetch{
			Client: s.Checkin, From: dayOf(from), To: dayOf(to), Parallel: rapid.IntRange(1, 5).Draw(rt, "parallel"),
			Users:     rapid.Permutation(users).Draw(rt, "users")[:rapid.IntRange(1, len(users)).Draw(rt, "members")],
			Unordered: rapid.Bool().Draw(rt, "unordered"), Overlap: -1,
		}
		until := to
		if more := rapid.IntRange(0, 2).Draw(rt, "overlap"); more > 0 && call[len(call)-4:] == "data" && call != "getcheckin_daydata" {
			f.Overlap, until = time.Duration(more)*24*time.Hour, to+more
		}
		var want, got []string
		for _, x := range all[call] {
			if slices.Contains(f.Users, x.user) && !dayBefore(x.day, f.From) && !dayBefore(dayOf(until), x.day) {
				want = append(want, x.text)
			}
		}
		var last int
		for e, err := range methods[call](f, t.Context()) {
			must(t, err)
			for _, x := range facts(t, e) {
				got = append(got, x.text)
				place := slices.Index(f.Users, x.user)*100_000 + int(x.day.Midnight(china).Unix()/86_400)
				if place < last && !f.Unordered {
					rt.Errorf("%s of %s comes late", x.day, x.user)
				}
				last = place
			}
		}
		if diff := cmp.Diff(sorted(want), sorted(got)); diff != "" {
			rt.Error(diff)
		}
	})
}

func dayBefore(a, b checkin.Date) bool { return a.Midnight(china).Before(b.Midnight(china)) }

// Sums are those of the calls about each month.
func TestFetchMonthReports(t *testing.T) {
	t.Parallel()
	s := dakatest.NewServer(t, dakatest.At(noon), dakatest.WithSample(6, 1))
	members, err := s.Admin.Members(t.Context())
	must(t, err)
	var users []string
	for _, m := range members.Members {
		users = append(users, m.UserID)
	}
	var want []checkin.MonthReport
	for _, part := range [][2]string{{"2025-08-05", "2025-08-31"}, {"2025-09-01", "2025-09-03"}} {
		a, err := s.Checkin.MonthData(t.Context(), checkin.MonthDataRequest{
			StartTime: date(part[0]).Midnight(china).Unix(), EndTime: date(part[1]).Midnight(china).Unix(), UserIDList: users,
		})
		must(t, err)
		for _, m := range a.Datas {
			want = append(want, checkin.MonthReport{From: date(part[0]), To: date(part[1]), MonthData: m})
		}
	}
	slices.SortStableFunc(want, func(a, b checkin.MonthReport) int {
		return slices.Index(users, a.BaseInfo.AcctID) - slices.Index(users, b.BaseInfo.AcctID)
	})
	f := checkin.Fetch{Client: s.Checkin, Users: users, From: date("2025-08-05"), To: date("2025-09-03")}
	got, err := collect(f.MonthReports(t.Context()))
	must(t, err)
	if diff := cmp.Diff(want, got); diff != "" || len(got) < 6 {
		t.Errorf("%d reports: %s", len(got), diff)
	}
}

// A night shift's last punch is not lost with the day's end.
func TestFetchNightShift(t *testing.T) {
	t.Parallel()
	s := dakatest.NewServer(t, dakatest.At(noon))
	s.Members("a")
	night := time.Date(2025, 9, 9, 22, 0, 0, 0, china)
	s.Punch("a", night, night.Add(8*time.Hour), night.Add(24*time.Hour))
	f := checkin.Fetch{Client: s.Checkin, Users: []string{"a"}, From: date("2025-09-09"), To: date("2025-09-09")}
	for overlap, want := range map[time.Duration]int{0: 2, -1: 1, 6*time.Hour + time.Second: 2, 6 * time.Hour: 1, 24 * time.Hour: 3} {
		f.Overlap = overlap
		if all, err := collect(f.Records(t.Context())); err != nil || len(all) != want {
			t.Errorf("overlap %s: %d punches, want %d, %v", overlap, len(all), want, err)
		}
	}
}

// In a zone whose clocks go back in October, that month has its 31 days.
func TestFetchSummerTime(t *testing.T) {
	t.Parallel()
	s := dakatest.NewServer(t, dakatest.At(noon), dakatest.InZone("Europe/Berlin"))
	s.Members("a")
	s.Rule(`{"groupid":1,"grouptype":1,"groupname":"office","range":{"party_id":["1"]},
		"checkindate":[{"workdays":[1,2,3,4,5],"checkintime":[{"time_id":1,"work_sec":32400,"off_work_sec":64800}]}]}`)
	berlin, err := time.LoadLocation("Europe/Berlin")
	must(t, err)
	f := checkin.Fetch{Client: s.Checkin, Users: []string{"a"}, From: date("2024-10-01"), To: date("2024-10-31"), Zone: berlin}
	all, err := collect(f.DayReports(t.Context()))
	must(t, err)
	for i, d := range all {
		if want := (checkin.Date{Year: 2024, Month: 10, Day: i + 1}); checkin.DateOf(time.Unix(d.BaseInfo.Date, 0).In(berlin)) != want {
			t.Errorf("report %d is of %d", i, d.BaseInfo.Date)
		}
	}
	months, err := collect(f.MonthReports(t.Context()))
	must(t, err)
	if len(all) != 31 || len(months) != 2 || months[0].SummaryInfo.WorkDays+months[1].SummaryInfo.WorkDays != 23 {
		t.Errorf("%d days, months %+v", len(all), months)
	}
}

// Every fault of the server, under each of the calls: once, and nothing is
// missing or double; always, and the error is typed.
func TestFetchFaults(t *testing.T) {
	t.Parallel()
	s := dakatest.NewServer(t, dakatest.At(noon), dakatest.WithSample(5, 1))
	members, err := s.Admin.Members(t.Context())
	must(t, err)
	retrying, err := s.WeCom.With(wecom.WithRetry(wecom.Retry{First: 1, Sends: 2}), wecom.WithClock(machine{}))
	must(t, err)
	f := checkin.Fetch{Client: checkin.NewClient(retrying), From: date("2025-07-20"), To: date("2025-09-10"), Parallel: 2}
	for _, m := range members.Members {
		f.Users = append(f.Users, m.UserID)
	}
	for call, fetch := range methods {
		if testing.Short() && call != "getcheckindata" {
			continue
		}
		want, err := collect(fetch(f, t.Context()))
		must(t, err)
		for _, fault := range []admin.Fault{
			{Kind: admin.FaultErrCode, ErrCode: -1}, {Kind: admin.FaultErrCode, ErrCode: 45009}, {Kind: admin.FaultErrCode, ErrCode: 45033},
			{Kind: admin.FaultDelay, Millis: 2},
			{Kind: admin.FaultReset}, {Kind: admin.FaultHalfBody}, {Kind: admin.FaultWrongJSON}, {Kind: admin.FaultBadGateway},
			{Kind: admin.FaultReset, After: true}, {Kind: admin.FaultBadGateway, After: true},
		} {
			for _, times := range []int64{1, 0} {
				name := fmt.Sprintf("%s: %s %d, %d times", call, fault.Kind, fault.ErrCode, times)
				fault.Endpoint, fault.Times = call, times
				s.Fail(fault)
				f.Unordered = times == 1
				got, err := collect(fetch(f, t.Context()))
				s.ClearFaults()
				f.Unordered = false
				var refused *wecom.Error
				var broken *wecom.TransportError
				switch {
				case times == 0 && fault.Kind != admin.FaultDelay:
					if !errors.As(err, &refused) && !errors.As(err, &broken) {
						t.Errorf("%s: %v", name, err)
					}
				case err != nil:
					t.Errorf("%s: %v", name, err)
				case !cmp.Equal(texts(t, want), texts(t, got)):
					t.Errorf("%s: %s", name, cmp.Diff(texts(t, want), texts(t, got)))
				}
			}
		}
	}
}

// A token that dies on the way is replaced.
func TestFetchRevokedToken(t *testing.T) {
	t.Parallel()
	s := dakatest.NewServer(t, dakatest.At(noon))
	s.Members("a")
	f := checkin.Fetch{Client: s.Checkin, Users: []string{"a"}, From: date("2025-08-01"), To: date("2025-09-10"), Unordered: true}
	f.Progress = func(done, _ int) {
		if done == 3 {
			s.Revoke()
		}
	}
	if _, err := collect(f.Options(t.Context())); err != nil {
		t.Error(err)
	}
}

func texts(t *testing.T, list []any) (all []string) {
	for _, v := range list {
		text, err := json.Marshal(v)
		must(t, err)
		all = append(all, string(text))
	}
	return sorted(all)
}

// daka refuses a call because of one userid too.
func TestFetchUnknownAtDaka(t *testing.T) {
	t.Parallel()
	s := dakatest.NewServer(t, dakatest.At(noon))
	s.Members("a", "b", "c")
	s.Punch("b", noon.Add(-time.Hour))
	f := checkin.Fetch{Client: s.Checkin, Users: []string{"a", "x", "b", "y", "c"}, From: date("2025-09-01"), To: date("2025-09-11")}
	if _, err := collect(f.Records(t.Context())); !errors.Is(err, wecom.CodeCheckinUser) {
		t.Errorf("got %v", err)
	}
	for call, fetch := range methods {
		var told []string
		f.OnUnknown = func(u string) { told = append(told, u) }
		all, err := collect(fetch(f, t.Context()))
		must(t, err)
		want := []string{"x", "y"}
		if call == "get_hardware_checkin_data" { // which ignores them (document 94126)
			want = nil
		}
		if diff := cmp.Diff(want, told); diff != "" || call == "getcheckindata" && len(all) != 1 {
			t.Errorf("%s: %s, %d elements", call, diff, len(all))
		}
	}
}
