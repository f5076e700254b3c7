package export

import (
	"errors"
	"testing"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/explain"
	"github.com/google/go-cmp/cmp"
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
		"came on a day of rest": {func(r *Day) { r.Rest = true }, "加", "W"},
		"rest":                  {off, "休", "R"},
		"rest on a trip":        {func(r *Day) { off(r); r.Requests = []Request{asks(attendance.TripApproval)} }, "差", "T"},
		"to come":               {empty, "", ""},
	} {
		d := day(monday, tt.edit)
		c := codeOf(&d)
		if c == nil {
			c = &code{}
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
	f := workbook(t, Grid(monday-1, monday+1), Options{Lang: explain.Chinese}, GridRows(rows, monday-1, monday+1))
	got, err := f.GetRows("考勤表")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"部门", "姓名", "账号", "10-11 日", "10-12 一", "10-13 二", "出勤天数", "实际工时", "迟到次数", "早退次数", "缺卡次数", "旷工次数",
			"请假（天）", "请假（时）", "出差（天）", "出差（时）", "外出（天）", "外出（时）", "加班时长"},
		{"公司/研发部;公司/顾问", "李四", "lisi", "休", "√", "旷", "1", "8:00", "", "", "", "1", "0.5", "", "", "", "", "", "1:30"},
		{"", "Amy", "amy", "", "", "√", "1", "8:00"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	legend, err := f.GetRows("图例")
	if err != nil || len(legend) != 1+len(codes)+1 || legend[1][0] != "旷" || legend[1][1] != "旷工" {
		t.Errorf("legend %q, %v", legend, err)
	}
	// An empty cell of a weekend has its column's colour, one of a weekday none.
	for cell, want := range map[string]tone{"D3": rest, "E3": plain, "F2": alarm} {
		id, err := f.GetCellStyle("考勤表", cell)
		if err != nil {
			t.Fatal(err)
		}
		style, err := f.GetStyle(id)
		if err != nil || len(style.Fill.Color) > 0 != (want != plain) || want != plain && style.Fill.Color[0] != fills[want] {
			t.Errorf("%s: fill %v, %v, want %q", cell, style.Fill.Color, err, fills[want])
		}
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
	for range GridRows(sequence(day(monday, nil), day(monday, func(r *Day) { r.UserID = "b" })), monday, monday) {
		break // ends without a panic
	}
}
