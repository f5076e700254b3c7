package export

import "testing"

// Whoever moved has one row, under the departments of the last day in the grid.
func TestGridRowOfWhoMoved(t *testing.T) {
	t.Parallel()
	rows := sequence(
		day(monday, func(r *Day) { r.Departs = "公司/研发部" }),
		day(monday+1, func(r *Day) { r.Departs = "公司/财务部" }),
		day(monday+2, func(r *Day) { r.Departs = "公司/销售部" }),
	)
	var got []GridRow
	for row, err := range GridRows(rows, monday, monday+1) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, row)
	}
	if len(got) != 1 || got[0].Departs != "公司/财务部" || got[0].worked != 2 {
		t.Errorf("got %+v", got)
	}
}
