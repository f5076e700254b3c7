package wecom_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/dakatest"
	"github.com/dakahq/daka/wecom"
)

// september is an instant of September 2025, or of the months around it.
func september(day, hour int) time.Time {
	return time.Date(2025, 9, day, hour, 0, 0, 0, time.FixedZone("", 8*3600))
}

// quarter is a server on which forms were handed in over the 90 days up to the
// noon of 11 September 2025: at the first second, at the border of the first two
// windows of 31 days, within the second, and at the last second; and one a
// second too early.
func quarter(t *testing.T) (s *dakatest.Server, from, to time.Time) {
	t.Helper()
	to = september(11, 12)
	from = to.AddDate(0, 0, -90)
	s = dakatest.NewServer(t, dakatest.At(to))
	s.Members("zhangsan", "lisi")
	sick := &admin.Vacation{ID: 3, Name: "病假"}
	care := &admin.Vacation{ID: 21, Name: "育儿假", WorkdaysOnly: true}
	border := from.AddDate(0, 0, 31)
	s.Facts(admin.Facts{
		Approvals: []admin.Approval{
			{UserID: "zhangsan", Number: "early", Kind: "outing", From: from.Unix(), To: from.Unix() + 3600, Status: 2, KnownAt: from.Unix() - 1},
			{UserID: "zhangsan", Number: "first", Kind: "trip", ByDay: true, From: september(2, 12).Unix(), To: september(3, 0).Unix(), Status: 1, KnownAt: from.Unix()},
			{UserID: "zhangsan", Number: "border", Kind: "leave", From: september(4, 9).Unix(), To: september(4, 11).Unix(), Status: 2, Vacation: sick, KnownAt: border.Unix()},
			{UserID: "lisi", Number: "middle", Kind: "leave", From: september(5, 9).Unix(), To: september(5, 10).Unix(), Status: 3, Vacation: care, KnownAt: border.Unix() + 86_400},
			{
				UserID: "lisi", Number: "last", Kind: "overtime", From: september(8, 19).Unix(), To: september(8, 21).Unix(), Status: 2, KnownAt: to.Unix(),
				Slices: []admin.ApprovalSlice{{Day: "2025-09-08", Seconds: 3600}},
			},
		},
		Corrections: []admin.CorrectionFact{{UserID: "lisi", Day: "2025-09-01", At: september(1, 18).Unix(), By: "approval", KnownAt: september(2, 9).Unix()}},
	})
	return s, from, to
}

// listCalls counts the calls of getapprovalinfo that came in.
func listCalls(s *dakatest.Server) (n int) {
	for _, r := range s.Requests() {
		if r.Path == "/cgi-bin/oa/getapprovalinfo" {
			n++
		}
	}
	return n
}

func TestApprovalsOfDaka(t *testing.T) {
	t.Parallel()
	correction := "20250901-1-lisi"
	tests := []struct {
		name    string
		filters []wecom.ApprovalFilter
		fault   *admin.Fault
		want    []string
		calls   int
	}{
		{"90 days are 31 + 31 + 28", nil, nil, []string{"first", "border", "middle", correction, "last"}, 3},
		{"leave", []wecom.ApprovalFilter{{Key: wecom.ApprovalByKind, Value: "1"}}, nil, []string{"border", "middle"}, 3},
		{
			"what passed of lisi", []wecom.ApprovalFilter{{Key: wecom.ApprovalByCreator, Value: "lisi"}, {Key: wecom.ApprovalByStatus, Value: "2"}},
			nil, []string{correction, "last"}, 3,
		},
		{
			"the second window in halves", nil, &admin.Fault{Kind: admin.FaultErrCode, Endpoint: "getapprovalinfo", Nth: 2, ErrCode: int64(wecom.CodeApprovalWindow)},
			[]string{"first", "border", "middle", correction, "last"}, 5,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s, from, to := quarter(t)
			if tt.fault != nil {
				s.Fail(*tt.fault)
			}
			var got []string
			for no, err := range s.WeCom.AllApprovalNumbers(t.Context(), from, to, tt.filters...) {
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, no)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("numbers (-want +got):\n%s", diff)
			}
			if n := listCalls(s); n != tt.calls {
				t.Errorf("%d calls, want %d", n, tt.calls)
			}
		})
	}
}

func TestApprovalDetailsOfDaka(t *testing.T) {
	t.Parallel()
	s, _, _ := quarter(t)
	value := func(no, control string) wecom.ApprovalValue {
		t.Helper()
		form, err := s.WeCom.ApprovalDetail(t.Context(), no)
		if err != nil {
			t.Fatal(err)
		}
		if form.SPNo != no || len(form.ApplyData.Contents) != 1 || form.ApplyData.Contents[0].Control != control {
			t.Fatalf("%s: %+v", no, form)
		}
		return form.ApplyData.Contents[0].Value
	}
	leave := value("border", wecom.ControlVacation).Vacation
	option := leave.Selector.Options[0]
	if option.Key != "3" || option.Value[0].Text != "病假" || leave.Attendance.Type != wecom.ApprovalLeave || leave.Attendance.DateRange.NewDuration != 7200 {
		t.Errorf("leave: %+v", leave)
	}
	// The afternoon of the 2nd and the morning of the 3rd.
	trip := value("first", wecom.ControlAttendance).Attendance
	halves := wecom.List[wecom.ApprovalSlice]{{Daytime: september(2, 0).Unix(), Duration: 43_200}, {Daytime: september(3, 0).Unix(), Duration: 43_200}}
	if trip.Type != wecom.ApprovalTrip || trip.DateRange.Type != wecom.RangeHalfDays || !slices.Equal(trip.SliceInfo.DayItems, halves) {
		t.Errorf("trip: %+v", trip)
	}
	overtime := value("last", wecom.ControlAttendance).Attendance
	if overtime.Type != wecom.ApprovalOvertime || overtime.SliceInfo.State != wecom.SlicesGiven || overtime.SliceInfo.Duration != 3600 {
		t.Errorf("overtime: %+v", overtime)
	}
	correction := value("20250901-1-lisi", wecom.ControlPunchCorrection).PunchCorrection
	if correction.Time != september(1, 18).Unix() || correction.DayMonthYear != september(1, 0).Unix() || correction.Version != 1 {
		t.Errorf("correction: %+v", correction)
	}
	if _, err := s.WeCom.ApprovalDetail(t.Context(), "none"); !errors.Is(err, wecom.CodeInvalidParameter) {
		t.Errorf("an unknown number: %v", err)
	}
}

func TestVacationConfigOfDaka(t *testing.T) {
	t.Parallel()
	s, _, _ := quarter(t)
	list, err := s.WeCom.VacationConfig(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(list, func(v wecom.Vacation) bool { return v.ID == 21 })
	if at < 0 || list[at].Name != "育儿假" || list[at].DurationType != wecom.VacationWorkdays || list[at].PerdayDuration != 86_400 {
		t.Errorf("%+v", list)
	}
	if _, err := s.Client(s.Contact).VacationConfig(t.Context()); !errors.Is(err, wecom.CodeForbiddenAPI) {
		t.Errorf("as the contact app: %v", err)
	}
}
