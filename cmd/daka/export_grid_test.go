package main

import (
	"bytes"
	"context"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"
)

// A grid of April 2024 knows the public holidays, 清明 from Thursday the 4th to
// Saturday the 6th, for which Sunday the 7th is worked.
func TestExportGridHolidays(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	dsn, path := "sqlite:"+filepath.Join(dir, "a.db"), filepath.Join(dir, "grid.xlsx")
	for _, args := range [][]string{
		{"import", "attlog", "../../testdata/attlog-sample.dat", "--rule", "../../testdata/two-sections.json", "--corp", "wwa"},
		{"export", "grid", "2024-04", "--out", path, "--users", "7"},
	} {
		var out, errs bytes.Buffer
		if code := run(context.Background(), append(args, "--db", dsn), &out, &errs); code != exitOK {
			t.Fatalf("daka %v: code %d: %s", args, code, errs.String())
		}
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	fill := func(cell string) (color string) {
		id, err := f.GetCellStyle("Grid", cell)
		if err != nil {
			t.Fatal(err)
		}
		style, err := f.GetStyle(id)
		if err != nil || len(style.Fill.Color) != 1 {
			t.Fatalf("%s: %+v, %v", cell, style, err)
		}
		return style.Fill.Color[0]
	}
	// D is the 1st, a Monday.
	workday, weekend, holiday := fill("D1"), fill("Q1"), fill("G1")
	if workday == weekend || weekend == holiday || workday == holiday {
		t.Errorf("working days are %s, weekends %s, holidays %s", workday, weekend, holiday)
	}
	if fill("I1") != holiday || fill("J1") != workday || fill("P1") != weekend {
		t.Errorf("the 6th is %s, the 7th %s, the 13th %s", fill("I1"), fill("J1"), fill("P1"))
	}
}
