package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// read maps a file and writes its members as "1001 张三", its shifts as "7
// 2026-09-01 早班" and its problems as said does.
func read(t *testing.T, kind Kind, file []byte) []string {
	t.Helper()
	table, err := Read(bytes.NewReader(file), "2026-09.csv", "")
	if err != nil {
		return []string{err.Error()}
	}
	m, err := kind.Map(table, nil, 0)
	if err != nil {
		return []string{err.Error()}
	}
	var all []string
	if kind == Members {
		members, problems := m.Members()
		for _, r := range members {
			all = append(all, strings.TrimSpace(fmt.Sprintf("%s %q %s", r.ID, r.Name, strings.Join(flat(r.Departments), ";"))))
		}
		return append(all, said(problems)...)
	}
	shifts, problems := m.Assignments()
	for _, a := range shifts {
		all = append(all, fmt.Sprintf("%s%s %s %s", a.User, a.Name, a.Day, a.Shift))
	}
	return append(all, said(problems)...)
}

func flat(paths [][]string) (all []string) {
	for _, p := range paths {
		all = append(all, strings.Join(p, "/"))
	}
	return all
}

// The texts that people's programs write, each as the same two members.
func TestTextFiles(t *testing.T) {
	t.Parallel()
	const plain = "工号,姓名,部门\n1001,张三,研发/一组\n1002,李四,行政\n"
	want := []string{`1001 "张三" 研发/一组`, `1002 "李四" 行政`}
	in := func(text string, encode func(string) (string, error)) string {
		out, err := encode(text)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	little := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder()
	for name, file := range map[string]string{
		"UTF-8":                  plain,
		"byte order mark":        "\uFEFF" + plain,
		"GBK":                    in(plain, simplifiedchinese.GBK.NewEncoder().String),
		"UTF-16 of Excel's text": in(strings.ReplaceAll(plain, ",", "\t"), little.String),
		"Windows":                strings.ReplaceAll(plain, "\n", "\r\n"),
		"semicolons":             strings.ReplaceAll(plain, ",", ";"),
		"tabs":                   strings.ReplaceAll(plain, ",", "\t"),
		"no last end of line":    strings.TrimSuffix(plain, "\n"),
		"wide digits":            strings.ReplaceAll(plain, "1001", "１００１"),
		"blanks around":          strings.ReplaceAll(strings.ReplaceAll(plain, "1001", " 1001\u00a0"), "张三", "张三 \u3000"),
		"a quoted heading":       strings.ReplaceAll(plain, "姓名", "\"姓名\n（必填）\""),
		"a column that is gone and one that nobody knows": "工号,备注,姓名,部门\n1001,\"一\n二\",张三,研发/一组\n1002,,李四,行政\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(want, read(t, Members, []byte(file))); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestBadTextFiles(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, file, want string }{
		{"empty", "", "2026-09.csv: the table is empty"},
		{"a mark alone", "\uFEFF", "2026-09.csv: the table is empty"},
		{"cut down", "工号,姓名\n1.23E+10,张三\n", `2 A "1.23E+10": ` + lostUser},
		{"cut down, small", "工号,姓名\n1e+05,张三\n", `2 A "1e+05": ` + lostUser},
		{"a comment for a number", "工号,姓名\n'1001,张三\n", `2 A "'1001": ` + wantUser},
	} {
		if diff := cmp.Diff([]string{tt.want}, read(t, Members, []byte(tt.file))); diff != "" {
			t.Errorf("%s, -want +got:\n%s", tt.name, diff)
		}
	}
	table, err := Read(strings.NewReader("工号,姓名\n"), "a.csv", "")
	if err != nil {
		t.Fatal(err)
	}
	if m, err := Members.Map(table, nil, 0); err != nil || m.Rows() != 0 {
		t.Errorf("headings alone: %v", err)
	}
	// A text that looks like a number with an exponent is one of its own.
	if diff := cmp.Diff([]string{`1E5 "张三"`}, read(t, Members, []byte("工号,姓名\n1E5,张三\n"))); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// What workbooks hold besides texts: numbers, formulas, merged cells.
func TestWorkbookFiles(t *testing.T) {
	t.Parallel()
	merge := func(pairs ...string) func(*excelize.File) error {
		return func(f *excelize.File) error {
			for i := 0; i < len(pairs); i += 2 {
				if err := f.MergeCell("Sheet1", pairs[i], pairs[i+1]); err != nil {
					return err
				}
			}
			return nil
		}
	}
	for _, tt := range []struct {
		name string
		kind Kind
		file []byte
		want []string
	}{
		{"numbers", Members, workbook(t, map[string]any{"A1": "工号", "B1": "姓名", "A2": 1001, "B2": 7, "A3": 13800138000, "B3": "李四", "A4": "００7", "B4": "王五"}),
			[]string{`1001 "7"`, `13800138000 "李四"`, `007 "王五"`}},
		{"more digits than a number keeps", Members, workbook(t, map[string]any{"A1": "工号", "B1": "姓名", "A2": 123456789012345678, "B2": "张三", "A3": "123456789012345678", "B3": "李四"}),
			[]string{`123456789012345678 "李四"`, `2 A "1.23456789012346E+17": ` + lostUser}},
		{"digits that became zeros", Members, workbook(t, map[string]any{"A1": "工号", "B1": "姓名", "A2": "123456789012345000", "B2": "张三"}),
			[]string{`2 A "123456789012345000": ` + lostUser}},
		{"formulas", Members, withResults(t, workbook(t, map[string]any{"A1": "工号", "B1": "姓名", "A2": "1001", "A3": "1002", "B3": "李四"}, func(f *excelize.File) error {
			return f.SetCellFormula("Sheet1", "B2", `"张"&"三"`)
		}), "张三"), []string{`1001 "张三"`, `1002 "李四"`}},
		{"a formula without a result", Members, workbook(t, map[string]any{"A1": "工号", "B1": "姓名", "C1": "备注", "A2": "1001"}, func(f *excelize.File) error {
			if err := f.SetCellFormula("Sheet1", "C2", "1+1"); err != nil { // nobody reads it
				return err
			}
			return f.SetCellFormula("Sheet1", "B2", `"张"&"三"`)
		}), []string{`1001 ""`, `2 B "": a formula without its result: open the file in Excel and save it again`}},
		{"a department over rows", Members, workbook(t, map[string]any{
			"A1": "2026 花名册", "A2": "工号", "B2": "姓名", "C2": "部门", "A3": 1, "B3": "甲", "C3": "研发", "A4": 2, "B4": "乙", "A5": 3, "B5": "丙",
		}, merge("A1", "C1", "C3", "C4")), []string{`1 "甲" 研发`, `2 "乙" 研发`, `3 "丙"`}},
		{"a member over rows", Schedules, workbook(t, map[string]any{
			"A1": "工号", "B1": "日期", "C1": "班次", "A2": 7, "B2": 46266, "C2": "早班", "B3": 46267, "C3": "晚班", "A5": "备注：无",
		}, merge("A2", "A3")), []string{"7 2026-09-01 早班", "7 2026-09-02 晚班",
			`5 A "备注：无": ` + wantUser, `5 B "": there is no date`, `5 C "": there is no shift: a day of rest is 休`}},
		{"a shift over days", Schedules, workbook(t, map[string]any{
			"A1": "2026年9月", "A2": "姓名", "B2": 1, "C2": 2, "D2": 3, "E2": 4, "A3": "张三", "B3": "休", "E3": "早班", "A4": "研发部",
		}, merge("A1", "E1", "B3", "D3", "A4", "E4")), []string{
			"张三 2026-09-01 休", "张三 2026-09-02 休", "张三 2026-09-03 休", "张三 2026-09-04 早班"}},
		{"headings over two rows", Schedules, workbook(t, map[string]any{
			"A1": "姓名", "B1": 1, "C1": 2, "B2": "二", "C2": "三", "A3": "张三", "B3": "早班", "C3": "休",
		}, merge("A1", "A2")), []string{"张三 2026-09-01 早班", "张三 2026-09-02 休"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, read(t, tt.kind, tt.file)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// withResults gives the formulas of a workbook a result, as Excel does.
func withResults(t *testing.T, file []byte, result string) []byte {
	t.Helper()
	return rewritten(t, file, func(name string, text []byte) []byte {
		return bytes.ReplaceAll(text, []byte("</f></c>"), []byte("</f><v>"+result+"</v></c>"))
	})
}

// rewritten changes the parts of a workbook.
func rewritten(t *testing.T, file []byte, change func(name string, text []byte) []byte) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, part := range in.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		text = change(part.Name, text)
		w, err := out.Create(part.Name)
		if err == nil {
			_, err = w.Write(text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Marks are found wherever they stand in a sheet that is longer than what is
// looked at at once, and each once.
func TestMarksOfLongSheets(t *testing.T) {
	t.Parallel()
	file := rewritten(t, workbook(t, map[string]any{"A1": "工号", "B1": "姓名"}), func(name string, text []byte) []byte {
		if name != "xl/worksheets/sheet1.xml" {
			return text
		}
		var rows strings.Builder
		for i := 2; i <= 30_000; i++ {
			fmt.Fprintf(&rows, `<row r="%d"><c r="A%d"><v>%d</v></c><c r="B%d"><f>A%d&amp;"x"</f></c></row>`, i, i, i, i, i)
		}
		return bytes.ReplaceAll(text, []byte("</sheetData>"), []byte(rows.String()+`</sheetData><mergeCells count="1"><mergeCell ref="C2:C3"/></mergeCells>`))
	})
	table, err := Read(bytes.NewReader(file), "a.xlsx", "")
	if err != nil {
		t.Fatal(err)
	}
	if len(table.Rows) != 30_000 || table.marks.count != 29_999 || len(table.marks.blind) != 29_999 || len(table.marks.merged) != 1 {
		t.Errorf("%d rows, %d formulas in %d rows, %d merged areas", len(table.Rows), table.marks.count, len(table.marks.blind), len(table.marks.merged))
	}
}
