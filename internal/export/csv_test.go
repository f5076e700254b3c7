package export

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/explain"
)

func TestMonthsCSV(t *testing.T) {
	t.Parallel()
	m := Month{Person: li, From: monday - 11, To: monday + 19, Rule: "=cmd|' /C calc'!A0", WorkDays: 17, RegularDays: 15, ExceptDays: 2, RestDays: 14, TimeOff: 7200}
	m.Worked, m.Standard, m.Late, m.LateSec = 360_061, 489_600, 2, 61 // 100 h 1 min 1 s of 136 h
	m.Overtime = [3]int64{3600, 7200, 0}
	m.Requests = []Request{
		{Kind: attendance.LeaveApproval, Name: "年假", Seconds: 129_600, ByDay: true},
		{Kind: attendance.LeaveApproval, Name: "病假", Seconds: 86_400, ByDay: true},
		{Kind: attendance.LeaveApproval, Name: "事假", Seconds: 5400},
		{Kind: attendance.TripApproval, Seconds: 28_800},
	}
	const want = "\uFEFF部门,姓名,账号,开始,结束,规则,应出勤天数,正常天数,异常天数,休息天数,标准工时,实际工时,迟到次数,迟到时长,早退次数,早退时长,缺卡次数,旷工次数,旷工时长," +
		"地点异常,设备异常,补卡次数,外勤次数,请假（天）,请假（时）,出差（天）,出差（时）,外出（天）,外出（时）,工作日加班,休息日加班,节假日加班,计调休,计加班费\n" +
		"公司/研发部;公司/顾问,李四,lisi,2026-10-01,2026-10-31,'=cmd|' /C calc'!A0,17,15,2,14,136:00:00,100:01:01,2,00:01:01,,,,,," +
		",,,,2.5,01:30:00,,08:00:00,,,01:00:00,02:00:00,,02:00:00,\n"
	var b bytes.Buffer
	if err := CSV(&b, Months(), Options{Lang: explain.Chinese, BOM: true}, sequence(m)); err != nil || b.String() != want {
		t.Errorf("%v\n%s\nwant\n%s", err, b.String(), want)
	}
}

func TestListsCSV(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	write := func(err error) {
		if err != nil {
			t.Error(err)
		}
	}
	o := Options{Lang: explain.English}
	write(CSV(&b, Exceptions(), o, sequence(
		Exception{Person: li, Date: monday, Code: attendance.Absent, Count: 1, Seconds: 28_800, First: attendance.NoTime, Last: attendance.NoTime},
		Exception{Person: li, Date: monday, Code: attendance.Late, Count: 1, Seconds: 660, Due: []attendance.Span{{From: at(9, 0, 0), To: at(18, 0, 0)}},
			Tolerance: 600, Rule: "办公", First: at(9, 11, 0), Last: at(18, 0, 0)},
		Exception{Person: li, Date: monday, Code: attendance.Device, Count: 2, Shift: "早", First: at(-1, 59, 0), Last: at(25, 0, 1)},
	)))
	write(CSV(&b, Records(), o, sequence(Record{
		Person: Person{UserID: "w"}, At: Moment{monday, at(8, 59, 58)}, Due: Moment{monday, at(9, 0, 0)}, Type: "上班打卡", Notes: "-1", Pictures: 2,
		HasPosition: true, Lat: 22_543_100, Lng: -1,
	})))
	write(CSV(&b, Shifts(), o, sequence(
		ShiftDay{Person: li, Date: monday, Rule: "车间", Shift: "夜班", Sections: []attendance.Span{{From: at(22, 0, 0), To: at(26, 0, 0)}, {From: at(27, 0, 0), To: at(30, 0, 0)}}},
	)))
	want := strings.Join([]string{
		"Department,Name,User ID,Date,Weekday,Exception,Times,Time (hours),Due,Tolerance (hours),Rule,Shift,First,Last",
		"公司/研发部;公司/顾问,李四,lisi,2026-10-12,Mon,absent,1,08:00:00,,,,,,",
		"公司/研发部;公司/顾问,李四,lisi,2026-10-12,Mon,late,1,00:11:00,09:00-18:00,00:10:00,办公,,09:11:00,18:00:00",
		"公司/研发部;公司/顾问,李四,lisi,2026-10-12,Mon,device,2,,,,,早,'-1 23:59,25:00:01", // one minute before midnight
		"Department,Name,User ID,Time,Type,Exception,Due,Rule,Place,Address,Wi-Fi,Wi-Fi MAC,Device,Notes,Pictures,Latitude,Longitude",
		",,w,2026-10-12 08:59:58,上班打卡,,2026-10-12 09:00:00,,,,,,,'-1,2,22.543100,-0.000001",
		"Department,Name,User ID,Date,Weekday,Rule,Shift,Sections",
		"公司/研发部;公司/顾问,李四,lisi,2026-10-12,Mon,车间,夜班,22:00-+1 02:00 +1 03:00-+1 06:00",
	}, "\n") + "\n"
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

// Times of the days beside say which day in workbooks, to the minute; in CSV they
// are numbers as before.
func TestTimesOfOtherDays(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		time            attendance.TimeOfDay
		lang            explain.Lang
		workbook, inCSV string
		number          bool
	}{
		{at(33, 21, 59), explain.Chinese, "次日 09:21", "33:21:59", false},
		{at(33, 21, 59), explain.English, "+1 09:21", "33:21:59", false},
		{at(49, 0, 0), explain.Chinese, "+2 01:00", "49:00:00", false},
		{at(24, 0, 0), explain.English, "+1 00:00", "24:00:00", false},
		{at(23, 59, 59), explain.Chinese, "", "23:59:59", true},
		{at(0, -1, 0), explain.Chinese, "前一日 23:59", "前一日 23:59", false},
		{at(0, -1, 30), explain.English, "-1 23:59", "'-1 23:59", false},
	} {
		c := clockCell(tt.time, tt.lang)
		text, isText := c.value().(string)
		if isText == tt.number || text != tt.workbook || c.plainText() != tt.inCSV {
			t.Errorf("%s in %s is %q, in CSV %q, want %q and %q", tt.time, tt.lang, text, c.plainText(), tt.workbook, tt.inCSV)
		}
	}
	if got := spans([]attendance.Span{{From: at(22, 0, 0), To: at(30, 0, 0)}}, explain.Chinese); got != "22:00-次日 06:00" {
		t.Errorf("a night is %q", got)
	}
}

func TestExceptionRows(t *testing.T) {
	t.Parallel()
	lost := errors.New("lost")
	all := func(r *Day) {
		r.Device, r.Location, r.Absent, r.AbsentSec, r.Missing, r.Early, r.EarlySec, r.Late, r.LateSec = 6, 5, 4, 40, 3, 2, 20, 1, 10
	}
	rows := func(yield func(Day, error) bool) {
		_ = yield(day(monday, nil), nil) && yield(day(monday+1, all), nil) && yield(Day{}, lost)
	}
	codes, err := 0, error(nil)
	for x, failed := range ExceptionRows(rows) {
		if err = failed; err != nil {
			break
		}
		codes++
		seconds := int64(codes * 10) // late, early and absent have a time
		if x.Code == attendance.Missing || x.Code >= attendance.Location {
			seconds = 0
		}
		if int(x.Code) != codes || x.Count != int64(codes) || x.Seconds != seconds || x.Date != monday+1 || x.UserID != "lisi" {
			t.Errorf("exception %d is %+v", codes, x)
		}
	}
	if codes != 6 || !errors.Is(err, lost) {
		t.Errorf("%d exceptions and %v, want 6 and the error", codes, err)
	}
	for range ExceptionRows(rows) {
		break // ends without a panic
	}
}

func TestHarmless(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"": "", "a=b": "a=b", "=1": "'=1", "+1": "'+1", "-1": "'-1", "@x": "'@x", "\t=1": "'\t=1", "\r=1": "'\r=1", "\n=1": "'\n=1", "研": "研",
		" =1": "' =1", "　＝1": "'　＝1", "＠x": "'＠x", "　研": "　研",
	} {
		if got := Harmless(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}
