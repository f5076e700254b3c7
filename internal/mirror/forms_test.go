package mirror

import (
	"encoding/json"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
)

func china(t *testing.T) *attendance.Zone {
	t.Helper()
	zone, err := attendance.LoadZone("")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// stamp is a time of 2026 in China.
func stamp(month, day, hour int) int64 {
	return time.Date(2026, time.Month(month), day, hour, 0, 0, 0, time.FixedZone("", 8*3600)).Unix()
}

func TestFormIn(t *testing.T) {
	t.Parallel()
	zone := china(t)
	step := func(at int64) wecom.ApprovalStep {
		return wecom.ApprovalStep{Details: []wecom.ApprovalAct{{SPTime: wecom.ApprovalTime(at)}}}
	}
	control := func(name string, v wecom.ApprovalValue) wecom.ApprovalData {
		return wecom.ApprovalData{Contents: []wecom.ApprovalControl{{Control: "Text"}, {Control: name, Value: v}}}
	}
	leave := &wecom.VacationValue{
		Selector: wecom.ApprovalSelector{Options: []wecom.ApprovalOption{{Key: "3"}}},
		Attendance: wecom.AttendanceValue{
			DateRange: wecom.ApprovalRange{Type: "halfday", NewBegin: stamp(5, 4, 12), NewEnd: stamp(5, 6, 0) - 1},
			SliceInfo: wecom.ApprovalSlices{DayItems: []wecom.ApprovalSlice{{Daytime: stamp(5, 4, 0), Duration: 43200}}},
		},
	}
	kinds := map[int64]wecom.Vacation{3: {ID: 3, Name: "病假", DurationType: wecom.VacationWorkdays}}
	may4, _ := zone.DayAt(stamp(5, 4, 0))
	for _, tt := range []struct {
		name string
		in   wecom.Approval
		want app.MirroredForm
	}{
		{
			// The last half day begins at noon of May 5, whose last second is told.
			"a leave by half days, decided twice",
			wecom.Approval{
				SPNo: "1", SPStatus: 2, ApplyTime: 10, Applyer: wecom.ApprovalApplicant{UserID: "u"},
				SPRecord: []wecom.ApprovalStep{step(20), step(30), step(0)}, ApplyData: control(wecom.ControlVacation, wecom.ApprovalValue{Vacation: leave}),
			},
			app.MirroredForm{
				FormHead: app.FormHead{User: "u", Applied: 10, Status: attendance.Passed}, Decided: 30,
				Request: &attendance.Approval{
					Kind: attendance.LeaveApproval, ByDay: true, From: stamp(5, 4, 12), To: stamp(5, 5, 12),
					Slices: []attendance.ApprovalSlice{{Day: may4, Seconds: 43200}}, Vacation: attendance.Vacation{ID: 3, Name: "病假", WorkdaysOnly: true},
				},
			},
		},
		{
			"overtime by hours, pending",
			wecom.Approval{SPNo: "2", SPStatus: 1, ApplyTime: 10, SPRecord: []wecom.ApprovalStep{step(20)}, ApplyData: control(wecom.ControlAttendance, wecom.ApprovalValue{
				Attendance: &wecom.AttendanceValue{Type: 5, DateRange: wecom.ApprovalRange{Type: "hour", NewBegin: 100, NewEnd: 200}},
			})},
			app.MirroredForm{
				FormHead: app.FormHead{Applied: 10, Status: attendance.Pending},
				Request:  &attendance.Approval{Kind: attendance.OvertimeApproval, From: 100, To: 200},
			},
		},
		{
			"a correction of the new kind",
			wecom.Approval{SPNo: "3", SPStatus: 2, ApplyData: control(wecom.ControlPunchCorrection, wecom.ApprovalValue{
				PunchCorrection: &wecom.CorrectionValue{State: "下班-未打卡", Time: stamp(5, 5, 1), DayMonthYear: stamp(5, 4, 0)},
			})},
			app.MirroredForm{
				FormHead: app.FormHead{Status: attendance.Passed}, Slot: attendance.Off,
				Correction: &attendance.Correction{Day: may4, Slot: attendance.NoTime, At: stamp(5, 5, 1)},
			},
		},
		{
			"a correction of the old kind",
			wecom.Approval{SPNo: "4", SPStatus: 2, ApplyData: control(wecom.ControlPunchCorrection, wecom.ApprovalValue{
				PunchCorrection: &wecom.CorrectionValue{State: "上班-迟到", Time: stamp(5, 4, 9)},
			})},
			app.MirroredForm{
				FormHead: app.FormHead{Status: attendance.Passed}, Slot: attendance.On,
				Correction: &attendance.Correction{Day: may4, Slot: attendance.NoTime, At: stamp(5, 4, 9)},
			},
		},
		{"nothing about attendance", wecom.Approval{SPNo: "5", SPStatus: 2}, app.MirroredForm{FormHead: app.FormHead{Status: attendance.Passed}}},
	} {
		text, err := json.Marshal(&tt.in)
		if err != nil {
			t.Fatal(err)
		}
		var doc formDoc
		if err := json.Unmarshal(text, &doc); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tt.want, formIn(zone, &doc, kinds)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// report is a day report with requests and their items.
func report(infos []checkin.HolidayInfo, items ...checkin.SPItem) []byte {
	doc, err := json.Marshal(checkin.DayData{HolidayInfos: infos, SPItems: items})
	if err != nil {
		panic(err)
	}
	return doc
}

func info(no, title, text string) checkin.HolidayInfo {
	words := func(s string) checkin.Text { return checkin.Text{Data: []checkin.TextData{{Lang: "zh_CN", Text: s}}} }
	return checkin.HolidayInfo{SPNumber: no, SPTitle: words(title), SPDescription: words(text)}
}

func TestGuesses(t *testing.T) {
	t.Parallel()
	zone := china(t)
	day := func(at int64) attendance.Day { d, _ := zone.DayAt(at); return d }
	leave := func(seconds, id int64) checkin.SPItem {
		return checkin.SPItem{Type: 1, Count: 1, Duration: seconds, VacationID: id, Name: "年假"}
	}
	g := guesses{zone: zone, byNo: map[string]*guess{}}
	for _, v := range []app.Verdict{
		{User: "u", Day: day(stamp(1, 1, 0)), Doc: report([]checkin.HolidayInfo{info("n1", "请假2.0天", "12/31 下午~01/02 上午")}, leave(86400, 2))},
		{User: "u", Day: day(stamp(5, 4, 0)), Doc: report([]checkin.HolidayInfo{
			info("n2", "出差1.0小时", "05/04 09:00~05/04 10:00"), info("n3", "请假1.0小时", "05/04 10:00~05/04 11:00"), info("n4", "请假1.0小时", "05/04 11:00~05/04 12:00"),
		}, checkin.SPItem{Type: 3, Count: 1, Duration: 3600, Name: "出差"}, leave(7200, 2))},
		{User: "u", Day: day(stamp(5, 5, 0)), Doc: report([]checkin.HolidayInfo{info("n5", "加班3.0小时", "05/05 18:00~05/05 21:00"), info("n6", "放假", "today")})},
	} {
		if err := g.add(v); err != nil {
			t.Fatal(err)
		}
	}
	var got []attendance.Approval
	for _, f := range g.forms() {
		got = append(got, *f.Request)
	}
	newYearsEve := time.Date(2025, 12, 31, 12, 0, 0, 0, time.FixedZone("", 8*3600)).Unix()
	annual := attendance.Vacation{ID: 2, Name: "年假"}
	want := []attendance.Approval{
		{No: "n1", Kind: 1, ByDay: true, From: newYearsEve, To: stamp(1, 2, 0), Slices: []attendance.ApprovalSlice{{Day: day(stamp(1, 1, 0)), Seconds: 86400}}, Vacation: annual},
		{No: "n2", Kind: 3, From: stamp(5, 4, 9), To: stamp(5, 4, 10), Slices: []attendance.ApprovalSlice{{Day: day(stamp(5, 4, 0)), Seconds: 3600}}},
		{No: "n3", Kind: 1, From: stamp(5, 4, 10), To: stamp(5, 4, 11)},
		{No: "n4", Kind: 1, From: stamp(5, 4, 11), To: stamp(5, 4, 12)},
		{No: "n5", Kind: 5, From: stamp(5, 5, 18), To: stamp(5, 5, 21)},
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// WeCom's own example of a day report tells of a request.
func TestGuessOfExample(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../../shared/spec/payloads/getcheckin_daydata.response.json")
	if err != nil {
		t.Skip("the examples of the documents are not here")
	}
	var answer checkin.DayDataResponse
	if err := json.Unmarshal(text, &answer); err != nil {
		t.Fatal(err)
	}
	zone := china(t)
	found := 0
	for i := range answer.Datas {
		d, _ := zone.DayAt(answer.Datas[i].BaseInfo.Date)
		for j := range answer.Datas[i].HolidayInfos {
			if requestOf(zone, &answer.Datas[i].HolidayInfos[j], d) != nil {
				found++
			}
		}
	}
	if found == 0 {
		t.Error("no request is read from the example")
	}
}
