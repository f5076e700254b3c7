package main

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// A roster and a punch list come out of a workbook with Excel's own dates, and
// the punches are those of the wall clock.
func TestImportWorkbook(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	book := filepath.Join(dir, "考勤.xlsx")
	f := excelize.NewFile()
	defer f.Close()
	for sheet, rows := range map[string][][]any{
		"Sheet1": {{"花名册"}, {"工号", "姓名", "部门", "入职日期"}, {1001, "张三", "研发中心/一组", 45573}, {"1002", "李四", "", "2024/10/8"}},
		// 0.5 is noon; 45573 is 2024-10-08: see internal/sheet.
		"打卡": {{"姓名", "打卡时间"}, {"张三", 45573.5}, {"李四", "2024年10月8日 上午8:30"}},
	} {
		if _, err := f.NewSheet(sheet); err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			cell, err := excelize.CoordinatesToCellName(1, i+1)
			if err == nil {
				err = f.SetSheetRow(sheet, cell, &row)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := f.SaveAs(book); err != nil {
		t.Fatal(err)
	}
	db := "--db=sqlite:" + filepath.Join(dir, "a.db")
	for _, step := range []struct{ args, want string }{
		{"init --corp-id wwa", ""},
		{"import members " + book + " --yes", "new 2, changed 0, as before 0, bad 0"},
		{"import punches " + book + " --sheet 打卡 --yes -o json", `"form":"Excel, sheet 打卡"`},
		{"report day --from 2024-10-08 --to 2024-10-08 -o csv", "1001,张三,2024-10-08"},
	} {
		var out, errs bytes.Buffer
		args := append(strings.Fields(step.args), db)
		if code := run(context.Background(), args, &out, &errs); code != exitOK || !strings.Contains(out.String(), step.want) {
			t.Errorf("daka %s: code %d\n%s%s", step.args, code, out.String(), errs.String())
		}
	}
}
