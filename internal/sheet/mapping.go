package sheet

import (
	"slices"
	"strings"

	"github.com/dakahq/daka/internal/attendance"
)

// Mapping says which column of a table is which field.
type Mapping struct {
	Kind    Kind
	Table   *Table
	Columns []Column // in the table's order
	Days    []DayColumn

	first int // the row of Table.Rows with which the data begin
}

// Column is a column of a table with its field.
type Column struct {
	Index int    // from 0
	Head  string // "" where the table has no headings
	Field Field  // "" = not used
}

// DayColumn is a column of a shift plan that has a row a person and a column a day.
type DayColumn struct {
	Index int
	Head  string
	Day   attendance.Day // NoDay for a day that the month does not have
}

// NoDay stands for day 31 of a month of 30.
const NoDay attendance.Day = -1

// Letters returns the column's name in a spreadsheet, such as B.
func (c *Column) Letters() string { return letters(c.Index) }

// Letters returns the column's name in a spreadsheet.
func (c *DayColumn) Letters() string { return letters(c.Index) }

// MapError is a table whose columns do not say what is needed.
type MapError struct{ text string }

func (e *MapError) Error() string { return e.text }

func mapError(format string, args ...any) error { return &MapError{because(format, args...).Error()} }

// lacking is a mapError that says what there is.
func (m *Mapping) lacking(format string, args ...any) error {
	return &MapError{because(format, args...).Error() + ": " + m.heads().Error()}
}

// headRows is how far down the headings are looked for: titles, logos and
// remarks stand above them.
const headRows = 20

// Map finds out which column is which field, by the headings and by what given
// says: a column by its heading or its letter, several of times and of the ends of
// requests with + between them, "-" for a field that is to be left alone. month is the first day of the month of a plan whose columns are days;
// 0 = as the table says. It returns a *MapError for a field that is missing or
// claimed by two columns, and for a given column that is not there.
func (k Kind) Map(t *Table, given map[Field]string, month attendance.Day) (*Mapping, error) {
	for f := range given {
		if !slices.Contains(k.Fields(), f) {
			return nil, mapError("no field %q: %s have %s", f, k, join(k.Fields()))
		}
	}
	m := &Mapping{Kind: k, Table: t}
	head := k.findHead(t, given)
	if head >= 0 {
		m.first = head + 1
		for i, text := range t.Rows[head].Cells {
			if text != "" {
				m.Columns = append(m.Columns, Column{Index: i, Head: text})
			}
		}
	}
	if err := m.place(given); err != nil {
		return nil, err
	}
	if k == Schedules && !m.has(Shift) {
		if err := m.findDays(head, month); err != nil {
			return nil, err
		}
	}
	m.spread()
	return m, m.check()
}

// findHead returns the index of the row with the headings: that of the first
// ones of which the most names a field; -1 = there is none.
func (k Kind) findHead(t *Table, given map[Field]string) int {
	best, most := -1, 0
	for i := range t.Rows[:min(len(t.Rows), headRows)] {
		found := map[Field]bool{}
		for _, text := range t.Rows[i].Cells {
			if f := k.guess(text); f != "" {
				found[f] = true
			}
			for f, column := range given {
				for _, part := range columnsGiven(f, column) {
					if plainHead(text) != "" && plainHead(part) == plainHead(text) {
						found[f] = true
					}
				}
			}
		}
		if len(found) > most {
			best, most = i, len(found)
		}
	}
	return best
}

// place gives the columns their fields.
func (m *Mapping) place(given map[Field]string) error {
	for _, f := range m.Kind.Fields() {
		name, ok := given[f]
		if !ok || name == "-" {
			continue
		}
		for _, part := range columnsGiven(f, name) {
			c, err := m.named(f, part)
			if err != nil {
				return err
			}
			if c.Field != "" {
				return mapError("column %s is to be both %s and %s", c.Letters(), c.Field, f)
			}
			c.Field = f
		}
	}
	if _, said := given[Time]; m.Kind == Punches && !said {
		if err := m.placeTimes(); err != nil {
			return err
		}
	}
	for i := range m.Columns {
		c := &m.Columns[i]
		f := m.Kind.guess(c.Head)
		if _, said := given[f]; c.Field != "" || f == "" || said {
			continue
		}
		if other := m.column(f); other != nil && !m.joins(f, other, c) {
			return claimed(f, other, c)
		}
		c.Field = f
	}
	return m.placeHalves(given)
}

// claimed is the error of two columns that may be a field.
func claimed(f Field, one, other *Column) error {
	return mapError("%s: it may be column %s %s or %s %s: say which with %s=%s",
		f, one.Letters(), one.Head, other.Letters(), other.Head, f, other.Head)
}

// columnsGiven returns the columns that are named for a field: of times there may be
// several, as 早+晚, and of an end of a request two, as 开始日期+开始时段.
func columnsGiven(f Field, name string) []string {
	switch f {
	case Time, From, To:
		return strings.Split(name, "+")
	}
	return []string{name}
}

// named returns the column that is meant for a field by a heading or a letter,
// which need not have a heading.
func (m *Mapping) named(f Field, name string) (*Column, error) {
	var found *Column
	for i := range m.Columns {
		if c := &m.Columns[i]; plainHead(c.Head) == plainHead(name) {
			if found != nil {
				return nil, mapError("%s: columns %s and %s are both called %q: name one by its letter", f, found.Letters(), c.Letters(), name)
			}
			found = c
		}
	}
	if found != nil {
		return found, nil
	}
	index, ok := columnOf(name)
	if !ok || index >= m.Table.width() {
		return nil, m.lacking("%s: no column %q", f, name)
	}
	return m.at(index), nil
}

// at returns a column, which need not have a heading.
func (m *Mapping) at(index int) *Column {
	at, found := slices.BinarySearchFunc(m.Columns, index, func(c Column, i int) int { return c.Index - i })
	if !found {
		m.Columns = slices.Insert(m.Columns, at, Column{Index: index})
	}
	return &m.Columns[at]
}

// check returns an error for what is missing.
func (m *Mapping) check() error {
	var missing []string
	need := func(any ...Field) {
		if !slices.ContainsFunc(any, m.has) {
			missing = append(missing, strings.ReplaceAll(join(any), ", ", "/"))
		}
	}
	switch m.Kind {
	case Members:
		need(User)
		need(Name)
	case Punches:
		need(User, Name)
		need(Time)
	case Schedules:
		need(User, Name)
		if len(m.Days) == 0 {
			need(Date)
			need(Shift)
		}
	case Approvals:
		need(User, Name)
		need(Request, Vacation)
		need(From)
	}
	if len(missing) > 0 {
		return m.lacking("no column for %s", strings.Join(missing, ", "))
	}
	return nil
}

// heads lists what the table has.
func (m *Mapping) heads() Reason {
	if m.first == 0 {
		return because("there are no headings that are known; columns can be named by their letters")
	}
	var all []string
	for i := range m.Columns {
		c := &m.Columns[i]
		text := c.Letters() + " " + c.Head
		if c.Field != "" {
			text += " -> " + string(c.Field)
		}
		all = append(all, text)
	}
	return because("row %d has %s", m.Table.Rows[m.first-1].Number, strings.Join(all, ", "))
}

func (m *Mapping) has(f Field) bool { return m.column(f) != nil }

// column returns the column of a field; nil = none.
func (m *Mapping) column(f Field) *Column {
	for i := range m.Columns {
		if m.Columns[i].Field == f {
			return &m.Columns[i]
		}
	}
	return nil
}

func join(fields []Field) string {
	var b strings.Builder
	for i, f := range fields {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(string(f))
	}
	return b.String()
}
