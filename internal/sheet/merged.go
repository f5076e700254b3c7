package sheet

import (
	"slices"
	"strings"
)

// maxFilled bounds how many cells merged areas are spread over.
const maxFilled = 4_000_000

// spread gives the rows below the headings what a merged area says of them: its
// rows all have the value that stands in the first, and in a plan that has a
// column a day its days, too. A title over many columns stays where it is.
func (m *Mapping) spread() {
	filled := 0
	for _, a := range m.Table.marks.merged {
		first := m.row(a.top)
		if first < m.first || first == len(m.Table.Rows) || m.Table.Rows[first].Number != a.top {
			continue
		}
		value := m.Table.Rows[first].cell(a.left)
		right := a.left
		if m.isDay(a.left) {
			right = min(a.right, maxColumns-1)
		}
		for i := first; value != "" && i < len(m.Table.Rows) && m.Table.Rows[i].Number <= a.bottom; i++ {
			for c := a.left; c <= right && filled < maxFilled; c++ {
				m.Table.Rows[i].fill(c, value)
				filled++
			}
		}
	}
}

// row returns the index of the first row with a number or a later one.
func (m *Mapping) row(number int) int {
	i, _ := slices.BinarySearchFunc(m.Table.Rows, number, func(r Row, n int) int { return r.Number - n })
	return i
}

func (m *Mapping) isDay(column int) bool {
	return slices.ContainsFunc(m.Days, func(d DayColumn) bool { return d.Index == column })
}

// fill puts a value into a blank cell.
func (r *Row) fill(column int, value string) {
	if r.cell(column) != "" {
		return
	}
	for len(r.Cells) <= column {
		r.Cells = append(r.Cells, "")
	}
	r.Cells[column] = value
}

// unsaid notes the formulas of the row whose results are not in the file, in
// columns that are used.
func (r *reader) unsaid() {
	row := &r.Table.Rows[r.at]
	for _, column := range r.Table.marks.blind[row.Number] {
		if r.isUsed(column) {
			why := because("a formula without its result: open the file in Excel and save it again")
			r.problems = append(r.problems, Problem{File: r.Table.Name, Row: row.Number, Column: letters(column), Reason: why.Error(), Why: why})
		}
	}
}

func (m *Mapping) isUsed(column int) bool {
	return m.isDay(column) || slices.ContainsFunc(m.Columns, func(c Column) bool { return c.Index == column && c.Field != "" })
}

// failures are what a formula that has failed shows.
var failures = []string{"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#GETTING_DATA"}

// broken notes the formulas of the row that have failed, in columns that are used.
func (r *reader) broken() {
	row := &r.Table.Rows[r.at]
	for column, text := range row.Cells {
		if strings.HasPrefix(text, "#") && slices.Contains(failures, text) && r.isUsed(column) {
			why := because("a formula that has failed: mend it in Excel, or clear the cell")
			r.problems = append(r.problems, Problem{File: r.Table.Name, Row: row.Number, Column: letters(column), Value: text, Reason: why.Error(), Why: why})
		}
	}
}
