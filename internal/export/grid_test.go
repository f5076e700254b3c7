package export

import (
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/explain"
	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// The gravest thing wins in a cell.
func TestCodes(t *testing.T) {
	t.Parallel()
	asks := func(kind attendance.ApprovalKind) Request { return Request{Kind: kind, Count: 1, Seconds: 3600} }
	for name, tt := range map[string]struct {
		edit   func(*Day)
		zh, en string
	}{
		"regular":               {nil, "√", "√"},
		"absent and late":       {func(r *Day) { r.Absent, r.Late = 1, 1 }, "旷", "A"},
		"missing and late":      {func(r *Day) { r.Missing, r.Late = 1, 1 }, "缺", "M"},
		"late and early":        {func(r *Day) { r.Late, r.Early = 1, 1 }, "迟", "L"},
		"early":                 {func(r *Day) { r.Early, r.Location = 1, 1 }, "早", "E"},
		"place":                 {func(r *Day) { r.Location, r.Device = 1, 1 }, "地", "P"},
		"device":                {func(r *Day) { r.Device, r.Corrected = 1, 1 }, "设", "D"},
		"leave and late":        {func(r *Day) { r.Late, r.Requests = 1, []Request{asks(attendance.LeaveApproval)} }, "迟", "L"},
		"leave and trip":        {func(r *Day) { r.Requests = []Request{asks(attendance.TripApproval), asks(attendance.LeaveApproval)} }, "假", "V"},
		"trip":                  {func(r *Day) { empty(r); r.Requests = []Request{asks(attendance.TripApproval)} }, "差", "T"},
		"outing":                {func(r *Day) { r.Requests = []Request{asks(attendance.OutingApproval)} }, "外", "O"},
		"a request of no time":  {func(r *Day) { r.Requests = []Request{{Kind: attendance.OutingApproval, Count: 1}} }, "√", "√"},
		"corrected":             {func(r *Day) { r.Corrected = 1 }, "补", "C"},
		"corrected by an app":   {func(r *Day) { r.CorrectedCards = 1 }, "补", "C"},
		"late for all that":     {func(r *Day) { r.CorrectedCards, r.Late = 1, 1 }, "迟", "L"},
		"came on a day of rest": {func(r *Day) { r.Rest = true }, "加", "W"},
		"rest":                  {off, "休", "R"},
		"rest on a trip":        {func(r *Day) { off(r); r.Requests = []Request{asks(attendance.TripApproval)} }, "差", "T"},
		"to come":               {empty, "", ""},
	} {
		d := day(monday, tt.edit)
		c := &code{}
		if at := codeOf(&d); at > 0 {
			c = codes[at-1]
		}
		if c.short.zh != tt.zh || c.short.en != tt.en {
			t.Errorf("%s: %q and %q, want %q and %q", name, c.short.zh, c.short.en, tt.zh, tt.en)
		}
	}
}

func TestGridWorkbook(t *testing.T) {
	t.Parallel()
	other := func(r *Day) { r.Person = Person{UserID: "amy", Name: "Amy"} }
	rows := sequence(
		day(monday-1, off), day(monday, nil), day(monday+1, func(r *Day) {
			r.Absent, r.Overtime = 1, 5400
			empty(r)
			r.Requests = []Request{{Kind: attendance.LeaveApproval, Seconds: 43_200, ByDay: true}}
		}),
		day(monday+2, nil), // after the grid's last day: as if it had not come
		day(monday+1, other),
	)
	f := gridBook(t, monday-1, monday+1, nil, explain.Chinese, rows)
	got, err := f.GetRows("考勤表")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"部门", "姓名", "账号", "10-11 日", "10-12 一", "10-13 二", "出勤天数", "实际工时", "迟到次数", "早退次数", "缺卡次数", "旷工次数",
			"请假（天）", "加班时长"},
		{"公司/研发部;公司/顾问", "李四", "lisi", "休", "√", "旷", "1", "8:00", "", "", "", "1", "0.5", "1:30"},
		{"", "Amy", "amy", "", "", "√", "1", "8:00"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	legend, err := f.GetRows("图例")
	if err != nil || len(legend) != 1+len(codes)+3 || legend[1][0] != "旷" || legend[1][1] != "旷工" {
		t.Errorf("legend %q, %v", legend, err)
	}
	// An empty cell of a weekend has its column's colour, one of a weekday none.
	for cell, want := range map[string]tone{"D3": rest, "E3": plain, "F2": alarm} {
		if got := fillOf(t, f, "考勤表", cell); got != fills[want] {
			t.Errorf("%s: fill %q, want %q", cell, got, fills[want])
		}
	}
}

// gridBook is the workbook of a grid, opened.
func gridBook(tb testing.TB, first, last attendance.Day, calendar *attendance.Calendar, lang explain.Lang, days iter.Seq2[Day, error]) *excelize.File {
	tb.Helper()
	table, rows, err := Grid(first, last, calendar, GridRows(days, first, last))
	if err != nil {
		tb.Fatal(err)
	}
	return workbook(tb, table, Options{Lang: lang}, rows)
}

// fillOf is the background of a cell; "" for none.
func fillOf(tb testing.TB, f *excelize.File, sheet, cell string) string {
	tb.Helper()
	id, err := f.GetCellStyle(sheet, cell)
	if err != nil {
		tb.Fatal(err)
	}
	style, err := f.GetStyle(id)
	if err != nil {
		tb.Fatal(err)
	}
	return strings.Join(style.Fill.Color, "")
}

// Of the days around the National Day of 2026 the break has its own colour, and
// the Saturday that is worked for it none.
func TestGridHolidays(t *testing.T) {
	t.Parallel()
	thursday := attendance.DayOf(2026, 10, 1)
	calendar := attendance.NewCalendar([]attendance.Holiday{
		{Day: thursday, Off: true, Statutory: true}, {Day: thursday + 1, Off: true}, {Day: thursday + 2, Off: true}, {Day: thursday + 9},
	})
	f := gridBook(t, thursday, thursday+10, calendar, explain.English, sequence(
		day(thursday, off), day(thursday+1, nil), day(thursday+2, func(r *Day) { r.Rest = true }),
		day(thursday+3, off), day(thursday+5, off), day(thursday+9, nil), day(thursday+10, func(r *Day) { r.Absent = 1 }),
	))
	for cell, want := range map[string]struct{ text, fill string }{
		"D1": {"10-01 Thu", headFills[holiday]}, "F1": {"10-03 Sat", headFills[holiday]},
		"G1": {"10-04 Sun", headFills[rest]}, "M1": {"10-10 Sat", headFills[plain]},
		"D2": {"R", fills[holiday]}, "E2": {"√", fills[holiday]}, "F2": {"W", fills[notice]},
		"G2": {"R", fills[rest]}, "H2": {"", ""}, "I2": {"R", fills[rest]}, "M2": {"√", ""}, "N2": {"A", fills[alarm]},
	} {
		text, err := f.GetCellValue("Grid", cell)
		if fill := fillOf(t, f, "Grid", cell); err != nil || text != want.text || fill != want.fill {
			t.Errorf("%s is %q in %q, %v, want %q in %q", cell, text, fill, err, want.text, want.fill)
		}
	}
	n := len(codes)
	for row, want := range map[int]struct{ means, fill string }{
		2 + n: {"(empty) not over, or nothing was owed", ""}, 3 + n: {"(shaded) weekend", fills[rest]}, 4 + n: {"(shaded) public holiday", fills[holiday]},
	} {
		means, err := f.GetCellValue("Legend", fmt.Sprint("B", row))
		if fill := fillOf(t, f, "Legend", fmt.Sprint("A", row)); err != nil || means != want.means || fill != want.fill {
			t.Errorf("row %d of the legend is %q in %q, %v, want %q in %q", row, means, fill, err, want.means, want.fill)
		}
	}
}

// Each vacation that somebody has, by day or by hour, is a column of its own,
// whoever comes first, and no other is there.
func TestGridVacations(t *testing.T) {
	t.Parallel()
	asks := func(list ...Request) func(*Day) { return func(r *Day) { r.Requests = list } }
	leave := func(name string, seconds int64, byDay bool) Request {
		return Request{Kind: attendance.LeaveApproval, Name: name, Count: 1, Seconds: seconds, ByDay: byDay}
	}
	other := asks(leave("年假", 86_400, true), Request{Kind: attendance.TripApproval, Name: "出差", Seconds: 7200}, leave("病假", 0, true))
	f := gridBook(t, monday, monday+1, nil, explain.English, sequence(
		day(monday, asks(leave("年假", 43_200, true), leave("年假", 3600, false))), day(monday+1, asks(leave("年假", 86_400, true))),
		day(monday, func(r *Day) { r.Person = Person{UserID: "amy"}; other(r) }),
	))
	got, err := f.GetRows("Grid")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"Department", "Name", "User ID", "10-12 Mon", "10-13 Tue", "Present (days)", "Worked (hours)", "Late (times)", "Early (times)", "Missing (times)", "Absent (times)",
			"年假 (days)", "年假 (hours)", "Trip (hours)", "Overtime (hours)"},
		// half a day and a day
		{"公司/研发部;公司/顾问", "李四", "lisi", "V", "V", "2", "16:00", "", "", "", "", "1.5", "1:00"},
		{"", "", "amy", "V", "", "1", "8:00", "", "", "", "", "1", "", "2:00"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestGridRowsFail(t *testing.T) {
	t.Parallel()
	lost := errors.New("lost")
	rows := func(yield func(Day, error) bool) { _ = yield(day(monday, nil), nil) && yield(Day{}, lost) }
	n := 0
	for _, err := range GridRows(rows, monday, monday) {
		if n++; !errors.Is(err, lost) {
			t.Errorf("a row that may not be whole: %v", err)
		}
	}
	if n != 1 {
		t.Errorf("%d rows, want the error alone", n)
	}
	if _, _, err := Grid(monday, monday, nil, GridRows(rows, monday, monday)); !errors.Is(err, lost) {
		t.Errorf("the grid of rows that fail: %v", err)
	}
	for range GridRows(sequence(day(monday, nil), day(monday, func(r *Day) { r.UserID = "b" })), monday, monday) {
		break // ends without a panic
	}
}
