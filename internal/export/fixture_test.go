package export

import (
	"bytes"
	"iter"
	"testing"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/xuri/excelize/v2"
)

// monday is 2026-10-12.
const monday attendance.Day = 20_738

func at(h, m, s int) attendance.TimeOfDay { return attendance.TimeOfDay(h*3600 + m*60 + s) }

var li = Person{UserID: "lisi", Name: "李四", Departs: "公司/研发部;公司/顾问"}

func day(d attendance.Day, edit func(*Day)) Day {
	r := Day{Person: li, Date: d, Rule: "办公室", Cards: 2, First: at(8, 55, 10), Last: at(18, 2, 0),
		Due: []attendance.Span{{From: at(9, 0, 0), To: at(18, 0, 0)}}}
	r.Standard, r.Worked = 8*3600, 8*3600
	if edit != nil {
		edit(&r)
	}
	return r
}

func off(r *Day) {
	r.Rest, r.Cards, r.First, r.Last, r.Due = true, 0, attendance.NoTime, attendance.NoTime, nil
	r.Standard, r.Worked = 0, 0
}

func empty(r *Day) { r.Cards, r.First, r.Last, r.Worked = 0, attendance.NoTime, attendance.NoTime, 0 }

func sequence[R any](rows ...R) iter.Seq2[R, error] {
	return func(yield func(R, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// workbook writes rows and opens what was written.
func workbook[R any](tb testing.TB, t *Table[R], o Options, rows iter.Seq2[R, error]) *excelize.File {
	tb.Helper()
	var b bytes.Buffer
	if err := XLSX(&b, t, o, rows); err != nil {
		tb.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = f.Close() })
	return f
}
