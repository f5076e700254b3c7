package sheet

import (
	"cmp"
	"slices"
)

// RowProblem is what is wrong with a row: a problem with one cell, or the same one
// with several cells that say the same.
type RowProblem struct {
	Problem
	Spans [][2]string // the first and last columns of cells side by side; none = the row as a whole
}

// Join puts equal problems of a row together, in the order of rows; what is
// told twice of a cell counts once. kept are the problems one by one.
func Join(problems []Problem) (joined []RowProblem, kept []Problem) {
	problems = slices.Clone(problems)
	slices.SortStableFunc(problems, func(a, b Problem) int { return cmp.Compare(a.Row, b.Row) })
	type same struct{ value, reason string }
	var columns [][]int // of joined
	places := map[same]int{}
	for i, p := range problems {
		if i == 0 || problems[i-1].Row != p.Row {
			clear(places)
		}
		at, ok := places[same{p.Value, p.Reason}]
		if !ok {
			at = len(joined)
			places[same{p.Value, p.Reason}] = at
			joined, columns = append(joined, RowProblem{Problem: p}), append(columns, nil)
		}
		column, _ := columnOf(p.Column) // -1 for the row as a whole
		if p.Column == "" {
			column = -1
		}
		if !slices.Contains(columns[at], column) {
			columns[at] = append(columns[at], column)
			kept = append(kept, p)
		}
	}
	for i := range joined {
		joined[i].Spans = spans(columns[i])
	}
	return joined, kept
}

func spans(columns []int) (all [][2]string) {
	columns = slices.DeleteFunc(columns, func(c int) bool { return c < 0 })
	slices.Sort(columns)
	for i := 0; i < len(columns); {
		last := i
		for last+1 < len(columns) && columns[last+1] == columns[last]+1 {
			last++
		}
		all = append(all, [2]string{letters(columns[i]), letters(columns[last])})
		i = last + 1
	}
	return all
}
