package sheet

import (
	"archive/zip"
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

const roster = "工号,姓名,部门\n007,张三,\"研发, 一组\"\n\n8,李四,\n"

var rosterRows = []Row{
	{1, []string{"工号", "姓名", "部门"}}, {2, []string{"007", "张三", "研发, 一组"}}, {4, []string{"8", "李四", ""}},
}

func encoded(t *testing.T, as func() ([]byte, error)) string {
	t.Helper()
	b, err := as()
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestReadText(t *testing.T) {
	t.Parallel()
	gbk := encoded(t, func() ([]byte, error) { return simplifiedchinese.GBK.NewEncoder().Bytes([]byte(roster)) })
	little := encoded(t, func() ([]byte, error) {
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(roster))
	})
	big := encoded(t, func() ([]byte, error) {
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(roster))
	})
	quoted := strings.NewReplacer("研发, 一组", "研发, 一组", ",", ";").Replace
	for _, tt := range []struct {
		name, text, form string
	}{
		{"UTF-8", roster, "UTF-8 between commas"},
		{"byte order mark", "\uFEFF" + roster, "UTF-8 between commas"},
		{"ends of lines as on Windows", strings.ReplaceAll(roster, "\n", "\r\n"), "UTF-8 between commas"},
		{"GBK", gbk, "GB18030 between commas"},
		{"UTF-16 little", little, "UTF-16 between commas"},
		{"UTF-16 big", big, "UTF-16 between commas"},
		{"semicolons", quoted(roster), "UTF-8 between semicolons"},
		{"tabs", strings.ReplaceAll(quoted(roster), ";", "\t"), "UTF-8 between tabs"},
		{"blanks around", strings.ReplaceAll(roster, "张三", " 张三\u3000\u200B"), "UTF-8 between commas"},
		{"quotes", strings.ReplaceAll(roster, "8,李四", `"8","李四"`), "UTF-8 between commas"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := Read(strings.NewReader(tt.text), "a.csv", "")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(rosterRows, got.Rows); diff != "" || got.Form != tt.form {
				t.Errorf("%s, -want +got:\n%s", got.Form, diff)
			}
		})
	}
	got, err := Read(strings.NewReader("sep=;\n"+quoted(roster)), "a.csv", "")
	if err != nil || got.Rows[1].Number != 3 || got.Rows[1].Cells[1] != "张三" {
		t.Errorf("with sep=: %+v, %v", got, err)
	}
	// A list in a cell has more commas than the table has tabs, in fewer lines.
	got, err = Read(strings.NewReader("工号\t姓名\t部门\n7\t张三\t一,二,三,四,五,六\n"), "a.txt", "")
	if err != nil || got.Form != "UTF-8 between tabs" {
		t.Errorf("with lists: %+v, %v", got, err)
	}
	got, err = Read(strings.NewReader("工号,姓名\r7,张三\r"), "a.csv", "")
	if diff := cmp.Diff([]Row{{1, []string{"工号", "姓名"}}, {2, []string{"7", "张三"}}}, got.Rows); diff != "" || err != nil {
		t.Errorf("old ends of lines: %v, -want +got:\n%s", err, diff)
	}
	// printf 'a,b\n' | sha256sum
	got, err = Read(strings.NewReader("a,b\n"), "x", "")
	if err != nil || got.SHA256 != "5be08c9684a1d25efcee09318204824278b08bbfb4aef973ffefd0b9d7478313" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, text, sheet, want string
	}{
		{"nothing", "", "", "a.csv: the table is empty"},
		{"blanks", " , \n,\n", "", "the table is empty"},
		{"old Excel", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "", "save it as .xlsx without a password"},
		{"web page", "<html><table>", "", "a web page"},
		{"zip that is no workbook", "PK\x03\x04 and nothing more", "", "not an Excel workbook that can be read"},
		{"zero bytes", "a,b\n\x00\x01", "", "zero bytes"},
		{"no encoding", "a,b\n\xff\xff\xfe", "", "not text in UTF-8, UTF-16 or GB18030"},
		// In GB18030 two names of two characters read as three others, without a fault.
		{"two encodings", "userid,name\n1,张三\n2,\xC0\xEE\xCB\xC4\n", "", "row 3: text in UTF-8 and in another encoding: save it as CSV UTF-8"},
		{"two encodings behind a mark", "\uFEFFuserid,name\n1,\xC0\xEE\xCB\xC4\n", "", "row 2: text in UTF-8 and in another encoding"},
		{"open quote", "a,b\n\"1,2\n3,4\n", "", "row 2: quotes that do not match"},
		{"quote inside", "a,b\n1,5\" screen\n", "", "row 2: quotes that do not match"},
		{"a sheet of text", "a,b\n", "Plan", `there is no sheet "Plan"`},
		{"long cell", "a,b\n1," + strings.Repeat("x", maxCell+1), "", "row 2, column B: longer than 4096 bytes"},
		{"many columns", "a,b\n" + strings.Repeat(",", maxColumns) + "x", "", "row 2: more than 512 columns"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := Read(strings.NewReader(tt.text), "a.csv", tt.sheet)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

// archive makes a zip archive with a part.
func archive(t *testing.T, part string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	if _, err := z.Create(part); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Files of other programs are named.
func TestForeignFiles(t *testing.T) {
	t.Parallel()
	for part, want := range map[string]string{
		"Index/Document.iwa": "a file of Apple Numbers", "content.xml": "an OpenDocument file", "xl/workbook.bin": "a binary Excel workbook",
		"word/document.xml": "a Word document", "考勤/10月.xlsx": "a zip archive with a table in it", "x": "not an Excel workbook that can be read",
	} {
		if _, err := Read(strings.NewReader(archive(t, part)), "a.xlsx", ""); err == nil || !strings.Contains(err.Error(), "a.xlsx: "+want) {
			t.Errorf("%s: %v", part, err)
		}
	}
}

// workbook makes a workbook whose cells are values by their places.
func workbook(tb testing.TB, cells map[string]any, change ...func(*excelize.File) error) []byte {
	tb.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for at, v := range cells {
		if err := f.SetCellValue("Sheet1", at, v); err != nil {
			tb.Fatal(err)
		}
	}
	for _, c := range change {
		if err := c(f); err != nil {
			tb.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func TestReadWorkbook(t *testing.T) {
	t.Parallel()
	pad := "00000"
	file := workbook(t, map[string]any{
		"A1": "工号", "B1": "电话", "C1": "时间", "A2": 123, "B2": 13800138000, "C2": 45932.25, "A3": "1E5", "C4": true,
	}, func(f *excelize.File) error {
		padded, err := f.NewStyle(&excelize.Style{CustomNumFmt: &pad})
		if err != nil {
			return err
		}
		date, err := f.NewStyle(&excelize.Style{NumFmt: 22})
		if err != nil {
			return err
		}
		if err := f.SetCellStyle("Sheet1", "A2", "A2", padded); err != nil {
			return err
		}
		return f.SetCellStyle("Sheet1", "C2", "C2", date)
	})
	got, err := Read(bytes.NewReader(file), "b.xlsx", "")
	if err != nil {
		t.Fatal(err)
	}
	// 45932.25: 45932 - 25569 are 20,363 days after 1970-01-01.
	want := []Row{{1, []string{"工号", "电话", "时间"}}, {2, []string{"00123", "13800138000", "2025-10-02 06:00:00"}}, {3, []string{"1E5"}}, {4, []string{"", "", "1"}}}
	if diff := cmp.Diff(want, got.Rows); diff != "" || got.Form != "Excel, sheet Sheet1" {
		t.Errorf("%s, -want +got:\n%s", got.Form, diff)
	}
}

// The first sheet that is shown is read, or the one that is named.
func TestSheets(t *testing.T) {
	t.Parallel()
	file := workbook(t, map[string]any{"A1": "hidden"}, func(f *excelize.File) error {
		for _, name := range []string{"二", "三"} {
			if _, err := f.NewSheet(name); err != nil {
				return err
			}
			if err := f.SetCellValue(name, "A1", name); err != nil {
				return err
			}
		}
		f.SetActiveSheet(1)
		return f.SetSheetVisible("Sheet1", false)
	})
	for named, want := range map[string]string{"": "二", "三": "三", "Sheet1": "hidden"} {
		if got, err := Read(bytes.NewReader(file), "b.xlsx", named); err != nil || got.Rows[0].Cells[0] != want {
			t.Errorf("%q: %+v, %v", named, got, err)
		}
	}
	if _, err := Read(bytes.NewReader(file), "b.xlsx", "四"); err == nil || !strings.Contains(err.Error(), `no sheet "四": it has Sheet1, 二, 三`) {
		t.Errorf("got %v", err)
	}
}

func TestColumnNames(t *testing.T) {
	t.Parallel()
	for i, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 51: "AZ", 52: "BA", 511: "SR"} {
		if got := letters(i); got != want {
			t.Errorf("%d: %s, want %s", i, got, want)
		}
		if got, ok := columnOf(strings.ToLower(want)); !ok || got != i {
			t.Errorf("%s: %d, %v", want, got, ok)
		}
	}
	for _, name := range []string{"", "SS", "XFD", "A1", "姓名", "ABCD"} {
		if i, ok := columnOf(name); ok {
			t.Errorf("%q is column %d", name, i)
		}
	}
}

// Whatever the bytes, reading ends with a table within the limits or an error,
// and every kind of rows can be made of what was read.
func FuzzRead(f *testing.F) {
	f.Add([]byte(roster))
	f.Add([]byte("\uFEFF工号;日期;班次\r\n1;2026年10月8日;休\r\n"))
	f.Add([]byte("2026年10月排班\t\t\n姓名\t1\t31\n张三\t早\t休\n"))
	f.Add([]byte("userid,time\n1,45932.5\n2,20261008083000\n3,次日1:30\n"))
	f.Add([]byte("\xff\xfea\x00,\x00b\x00"))
	f.Add([]byte("姓名,日期,上班,下班\n张三,2026-10-08,20:00,5:00\n"))
	f.Add([]byte("姓名,请假类型,开始,结束,时长\n张三,出差,2026-10-08,2026-10-08 24:00,1小时30分\n"))
	f.Add(workbook(f, map[string]any{"A1": "工号", "B1": "打卡时间", "A2": 1, "B2": 45932.5}))
	zone := shanghai(f)
	f.Fuzz(func(t *testing.T, raw []byte) {
		table, err := Read(bytes.NewReader(raw), "f", "")
		if err != nil {
			return
		}
		for _, r := range table.Rows {
			for i, c := range r.Cells {
				if len(c) > maxCell || c != "" && i >= maxColumns || r.Number < 1 || r.Number > maxRows {
					t.Fatalf("row %d: %q", r.Number, r.Cells)
				}
			}
		}
		for _, kind := range []Kind{Members, Schedules, Punches, Approvals} {
			m, err := kind.Map(table, nil, 0)
			if err != nil {
				continue
			}
			members, problems := m.Members()
			for _, r := range members {
				if !r.ID.Valid() {
					t.Fatalf("%+v", r)
				}
			}
			assignments, more := m.Assignments()
			for _, a := range assignments {
				if !a.Day.Valid() || a.User == "" && a.Name == "" {
					t.Fatalf("%+v", a)
				}
			}
			_, last := m.Punches(zone)
			_, requests := m.Approvals(zone)
			for _, p := range slices.Concat(problems, more, last, requests) {
				if p.Row < 1 || p.Reason == "" || m.Text(p.Row) == "" {
					t.Fatalf("%+v", p)
				}
			}
		}
	})
}
