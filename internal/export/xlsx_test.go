package export

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/explain"
	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// A golden workbook, as another program reads it.
func TestDaysWorkbook(t *testing.T) {
	t.Parallel()
	f := workbook(t, Days(), Options{Lang: explain.Chinese}, sequence(
		day(monday-1, off),
		day(monday, func(r *Day) {
			r.Late, r.LateSec, r.Last = 1, 1810, at(33, 21, 59)
			r.Cards, r.CorrectedCards, r.Corrected = 4, 2, 1
			r.Due = []attendance.Span{{From: at(22, 0, 0), To: at(30, 0, 0)}}
			r.Requests = []Request{
				{Kind: attendance.LeaveApproval, Name: "年假", Seconds: 43_200, ByDay: true},
				{Kind: attendance.OutingApproval, Seconds: 5400},
			}
		}),
	))
	if got := f.GetSheetList(); !slices.Equal(got, []string{"日报"}) {
		t.Fatalf("sheets %v", got)
	}
	rows, err := f.GetRows("日报")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"部门", "姓名", "账号", "日期", "星期", "日期类型", "规则", "班次", "应打卡", "打卡次数", "其中补卡", "最早", "最晚", "标准工时", "实际工时",
			"迟到次数", "迟到时长", "早退次数", "早退时长", "缺卡次数", "旷工次数", "旷工时长", "地点异常", "设备异常", "补卡次数", "外勤次数", "假勤", "加班时长"},
		{"公司/研发部;公司/顾问", "李四", "lisi", "2026-10-11", "日", "休息日", "办公室", "", "", "", "", "", "", "0:00", "0:00"},
		// 30 min 10 s late are shown as 0:30; 33:21 is 9:21 of the next day.
		{"公司/研发部;公司/顾问", "李四", "lisi", "2026-10-12", "一", "工作日", "办公室", "", "22:00-次日 06:00", "4", "2", "08:55", "次日 09:21", "8:00", "8:00",
			"1", "0:30", "", "", "", "", "", "", "", "1", "", "年假 0.5天; 外出 01:30"},
	}
	trim := func(row []string) []string { // cells that are there for their colour alone
		for len(row) > 0 && row[len(row)-1] == "" {
			row = row[:len(row)-1]
		}
		return row
	}
	for i := range rows {
		rows[i] = trim(rows[i])
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Error(diff)
	}
	raw := func(cell string) string {
		v, err := f.GetCellValue("日报", cell, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for cell, want := range map[string]string{
		"D3": "46307",                    // 20,738 days after 1970-01-01, which is day 25,569
		"L3": fmt.Sprint(32110. / 86400), // 8:55:10
		"M3": "次日 09:21",
		"Q3": fmt.Sprint(1810. / 86400),
		"J3": "4",
	} {
		if got := raw(cell); got != want {
			t.Errorf("%s is %s, want %s", cell, got, want)
		}
	}
	for cell, want := range map[string]tone{"A2": rest, "AB2": rest, "A3": plain, "K3": notice, "P3": warn, "R3": plain, "AA3": notice} {
		if got := fillOf(t, f, "日报", cell); got != fills[want] {
			t.Errorf("%s has the colour %q, want %q", cell, got, fills[want])
		}
	}
}

// The heading and the first columns stay, and the widths are those of the table.
func TestSheetIsUsable(t *testing.T) {
	t.Parallel()
	f := workbook(t, Days(), Options{Lang: explain.English, ByDepartment: true}, sequence(
		day(monday, nil), day(monday, func(r *Day) { r.Departs = "公司/财务部" }), day(monday, func(r *Day) { r.Departs = "" }),
	))
	sheets := f.GetSheetList()
	if want := []string{"No department", "研发部", "财务部"}; !slices.Equal(sheets, want) {
		t.Fatalf("sheets %v, want %v", sheets, want)
	}
	for i, name := range sheets {
		panes, err := f.GetPanes(name)
		if err != nil || !panes.Freeze || panes.XSplit != 4 || panes.YSplit != 1 || panes.TopLeftCell != "E2" {
			t.Errorf("%s: panes %+v, %v", name, panes, err)
		}
		if w, err := f.GetColWidth(name, "A"); err != nil || w != 30 {
			t.Errorf("%s: column A is %v wide, %v", name, w, err)
		}
		layout, err := f.GetPageLayout(name)
		if err != nil || *layout.Orientation != "landscape" || *layout.Size != paperA4 || *layout.FitToWidth != 1 || *layout.FitToHeight != 0 {
			t.Errorf("%s: page %v of paper %v, %v wide and %v high, %v", name, *layout.Orientation, *layout.Size, *layout.FitToWidth, *layout.FitToHeight, err)
		}
		if props, err := f.GetSheetProps(name); err != nil || !*props.FitToPage {
			t.Errorf("%s: it does not fit the page, %v", name, err)
		}
		rows, err := f.GetRows(name)
		if err != nil || len(rows) != 2 || rows[0][0] != "Department" || rows[1][1] != "李四" {
			t.Errorf("%s: rows %q, %v", name, rows, err)
		}
		if i == 0 && f.GetActiveSheetIndex() != 0 {
			t.Errorf("the active sheet is %d", f.GetActiveSheetIndex())
		}
	}
	titles := 0
	for _, n := range f.GetDefinedName() {
		if n.Name == "_xlnm.Print_Titles" && strings.HasSuffix(n.RefersTo, "!$1:$1") {
			titles++
		}
	}
	if titles != len(sheets) {
		t.Errorf("%d sheets of %d print their heading on each page", titles, len(sheets))
	}
}

// Whatever a text begins with, it is a text, and comes back as it was.
func TestTextsStayTexts(t *testing.T) {
	t.Parallel()
	texts := []string{"=1+1", "+8613800000000", "-5", "@SUM(A1)", "\tx", " two  spaces ", "<b>&amp;", "_x0041_", "1e5", "0012", "line\nbreak"}
	var rows []Record
	for _, text := range texts {
		rows = append(rows, Record{Person: li, At: Moment{Day: monday}, Due: Moment{Time: attendance.NoTime}, Notes: text})
	}
	f := workbook(t, Records(), Options{Lang: explain.Chinese}, sequence(rows...))
	for i, want := range texts {
		cell := fmt.Sprintf("N%d", i+2)
		got, err := f.GetCellValue("打卡记录", cell)
		if err != nil || got != want {
			t.Errorf("%s is %q, %v, want %q", cell, got, err, want)
		}
		formula, err := f.GetCellFormula("打卡记录", cell)
		kind, kindErr := f.GetCellType("打卡记录", cell)
		if err != nil || kindErr != nil || formula != "" || kind != excelize.CellTypeInlineString {
			t.Errorf("%s has the formula %q and the type %v", cell, formula, kind)
		}
	}
	if got, _ := f.GetCellValue("打卡记录", "D2"); got != "2026-10-12 00:00:00" {
		t.Errorf("the time is %q", got)
	}
}

// A full sheet is followed by another with the same heading.
func TestFurtherSheets(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	table := Days()
	b := newBook(&out, table.layout(explain.Chinese), explain.Chinese)
	b.limit = 3
	rows := sequence(day(monday, nil), day(monday+1, nil), day(monday+2, nil), day(monday+3, nil), day(monday+4, nil))
	if err := oneSheet(b, table, Options{Lang: explain.Chinese}, rows); err != nil {
		t.Fatal(err)
	}
	if err := b.close(); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var got []string
	for _, name := range f.GetSheetList() {
		rows, err := f.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			got = append(got, name+" "+r[3])
		}
	}
	want := []string{
		"日报 日期", "日报 2026-10-12", "日报 2026-10-13", "日报 (2) 日期", "日报 (2) 2026-10-14", "日报 (2) 2026-10-15", "日报 (3) 日期", "日报 (3) 2026-10-16",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestEmptyWorkbook(t *testing.T) {
	t.Parallel()
	for _, byDepartment := range []bool{false, true} {
		f := workbook(t, Months(), Options{Lang: explain.English, ByDepartment: byDepartment}, sequence[Month]())
		rows, err := f.GetRows("Months")
		if err != nil || len(rows) != 1 || rows[0][0] != "Department" {
			t.Errorf("by department %v: %q, %v", byDepartment, rows, err)
		}
	}
}

// An error in the middle is the writer's error.
func TestRowsFail(t *testing.T) {
	t.Parallel()
	lost := errors.New("lost")
	rows := func() iter.Seq2[Day, error] {
		return func(yield func(Day, error) bool) { _ = yield(day(monday, nil), nil) && yield(Day{}, lost) }
	}
	for _, byDepartment := range []bool{false, true} {
		if err := XLSX(&bytes.Buffer{}, Days(), Options{ByDepartment: byDepartment}, rows()); !errors.Is(err, lost) {
			t.Errorf("xlsx, by department %v: %v", byDepartment, err)
		}
	}
	if err := CSV(&bytes.Buffer{}, Days(), Options{}, rows()); !errors.Is(err, lost) {
		t.Errorf("csv: %v", err)
	}
	for range GridRows(rows(), monday, monday) {
	}
}

// Rows of many departments come out of the spool as they went in, those whose
// bytes pass a chunk too.
func TestSpool(t *testing.T) {
	t.Parallel()
	s, err := newSpool()
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.close(); err != nil {
			t.Error(err)
		}
	}()
	row := func(i int) []cell {
		return []cell{{kind: number, tone: warn, n: int64(-i)}, {}, textCell(strings.Repeat("字", i%97)), {kind: moment, n: math.MaxInt64 - int64(i)}}
	}
	const sheets, rows = 3, 3000 // about 150 bytes each
	for i := range rows {
		if err := s.add(fmt.Sprint(i%sheets), row(i)); err != nil {
			t.Fatal(err)
		}
	}
	if len(s.sheets["1"].chunks) < 2 {
		t.Errorf("%d chunks: the test is too small", len(s.sheets["1"].chunks))
	}
	for n := range sheets {
		i := n
		err := s.each(fmt.Sprint(n), 4, func(cells []cell) error {
			if !slices.Equal(cells, row(i)) {
				return fmt.Errorf("row %d is %v", i, cells)
			}
			i += sheets
			return nil
		})
		if err != nil || i != rows+n {
			t.Errorf("sheet %d ends before row %d: %v", n, i, err)
		}
	}
}
