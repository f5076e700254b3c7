package sheet

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// A number that is shown as a date or a time is one, whatever form it has. 46303 is
// 2026-10-08: see TestParseDay. 0.75 of it is 18:00; 26/24 = 1.083333 is 26:00.
func TestDatesOfWorkbooks(t *testing.T) {
	t.Parallel()
	cells := []struct {
		value any
		form  string
		want  string
	}{
		{46303, "yyyy-mm-dd", "2026-10-08"},
		{46303, "m/d/yy", "2026-10-08"},
		{46303, `yyyy"年"m"月"d"日"`, "2026-10-08"},
		{46303.75, "yyyy-mm-dd hh:mm", "2026-10-08 18:00:00"},
		{46303.75, "yyyy/m/d", "2026-10-08 18:00:00"}, // what is hidden is there
		{46303, "yyyy-mm-dd hh:mm", "2026-10-08 00:00:00"},
		{0.75, "h:mm", "18:00:00"},
		{26.0 / 24, "[h]:mm", "26:00:00"},
		{1, "[h]:mm", "24:00:00"},
		{0.75, "yyyy-mm-dd hh:mm", "0.75"}, // on the day before Excel's first
		{0.5, "# ?/?", "0.5"},
		{46303, "0", "46303"},
		{46303, "#,##0.00", "46303"},
		{46303, "0-0000", "46303"}, // a number in groups
		{0.75, "0.00%", "0.75"},
		{46303, "General", "46303"},
		{46303, `"班次"@`, "46303"},
	}
	file := workbook(t, nil, func(f *excelize.File) error {
		for i, c := range cells {
			at, err := excelize.CoordinatesToCellName(1, i+1)
			if err != nil {
				return err
			}
			if err := f.SetCellValue("Sheet1", at, c.value); err != nil {
				return err
			}
			style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &c.form})
			if err != nil {
				return err
			}
			if err := f.SetCellStyle("Sheet1", at, at, style); err != nil {
				return err
			}
		}
		return nil
	})
	got, err := Read(bytes.NewReader(file), "b.xlsx", "")
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range cells {
		if diff := cmp.Diff(c.want, got.Rows[i].Cells[0]); diff != "" {
			t.Errorf("%v as %s, -want +got:\n%s", c.value, c.form, diff)
		}
	}
}

// A problem shows a date as people see it, and overtime of Excel's may end at the
// midnight with which the next day begins.
func TestDatesInProblems(t *testing.T) {
	t.Parallel()
	file := workbook(t, map[string]any{
		"A1": "姓名", "B1": "类型", "C1": "开始", "D1": "结束", "A2": "张三", "B2": "年假", "C2": 46304, "D2": 46303,
		"A3": "张三", "B3": "加班", "C3": 46303.75, "D3": 46304,
	}, func(f *excelize.File) error {
		day, moment := "yyyy/m/d", "yyyy/m/d h:mm"
		for at, form := range map[string]*string{"C2": &day, "D2": &day, "C3": &moment, "D3": &moment} {
			style, err := f.NewStyle(&excelize.Style{CustomNumFmt: form})
			if err != nil {
				return err
			}
			if err := f.SetCellStyle("Sheet1", at, at, style); err != nil {
				return err
			}
		}
		return nil
	})
	got, err := Read(bytes.NewReader(file), "b.xlsx", "")
	if err != nil {
		t.Fatal(err)
	}
	m, err := Approvals.Map(got, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	all, problems := m.Approvals(shanghai(t))
	if diff := cmp.Diff([]string{`2 D "2026-10-08": the request ends before it begins`}, said(problems)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	// 18:00 to 24:00 are 6 x 3600 s.
	if len(all) != 1 || all[0].To-all[0].From != 21_600 {
		t.Errorf("%+v", all)
	}
	if text := m.Text(2); text != "张三,年假,2026-10-09,2026-10-08" {
		t.Errorf("row 2 is kept as %s", text)
	}
}
