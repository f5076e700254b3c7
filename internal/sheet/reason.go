package sheet

import (
	"errors"
	"fmt"
)

// Reason is why something cannot be taken: a format of package fmt and its
// arguments, so that it can be said in another language. It is the error of
// what reads a cell.
type Reason struct {
	Format string
	Args   []any
}

// Error returns the reason in English.
func (r Reason) Error() string { return fmt.Sprintf(r.Format, r.Args...) }

func because(format string, args ...any) Reason { return Reason{format, args} }

// Problem is why a row cannot be taken, and where.
type Problem struct {
	File   string `json:"file"`
	Row    int    `json:"row"`
	Column string `json:"column"` // its letter; "" = the row as a whole
	Value  string `json:"value"`
	Reason string `json:"reason"`
	Why    Reason `json:"-"` // Reason, for other languages
}

// Problem returns a problem of a field, or with Time, and with Shift and Date where
// the table has no such column, of the cell that is meant.
func (m *Mapping) Problem(at Spot, f Field, why Reason) Problem {
	row := &m.Table.Rows[at.Row]
	p := Problem{File: m.Table.Name, Row: row.Number, Reason: why.Error(), Why: why}
	index := -1
	if c := m.column(f); c != nil {
		index = c.Index
	} else if c := m.column(Request); c != nil && f == Vacation {
		index = c.Index
	} else if f == Shift || f == Date {
		index = at.Column
	}
	if f == Time {
		index = at.Column
	}
	if index >= 0 {
		p.Column, p.Value = letters(index), row.cell(index)
	}
	return p
}

// problem notes what is wrong with a field of the row.
func (r *reader) problem(f Field, format string, args ...any) {
	r.problems = append(r.problems, r.Problem(Spot{Row: r.at}, f, because(format, args...)))
}

// failed notes the error of what reads a cell.
func (r *reader) failed(f Field, err error) {
	r.problems = append(r.problems, r.Problem(Spot{Row: r.at}, f, reasonOf(err)))
}

// reasonOf is an error of what reads a cell.
func reasonOf(err error) Reason {
	if why, ok := errors.AsType[Reason](err); ok {
		return why
	}
	return because("%v", err)
}
