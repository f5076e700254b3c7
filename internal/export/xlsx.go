package export

import (
	"io"
	"iter"
	"maps"
	"slices"
)

// XLSX writes rows as they come as a workbook, in memory that does not grow with
// them: what does not fit is in temporary files until the end. Dates, times and
// durations are numbers with a format, texts are never formulas. The heading
// stays when one scrolls and is printed on each page. A sheet with no room for
// more rows is followed by a further one. An error among the rows ends it and is
// returned; what was written to w by then is no workbook.
func XLSX[R any](w io.Writer, t *Table[R], o Options, rows iter.Seq2[R, error]) error {
	b := newBook(w, t.layout(o.Lang), o.Lang)
	defer b.drop()
	var err error
	if o.ByDepartment {
		err = byDepartment(b, t, o, rows)
	} else {
		err = oneSheet(b, t, o, rows)
	}
	if err != nil {
		return err
	}
	return b.close()
}

func oneSheet[R any](b *book, t *Table[R], o Options, rows iter.Seq2[R, error]) error {
	name := b.layout.name
	if err := b.begin(name); err != nil {
		return err
	}
	var cells []cell
	for r, err := range rows {
		if err != nil {
			return err
		}
		cells = t.line(cells, &r, o.Lang)
		if err := b.row(name, cells); err != nil {
			return err
		}
	}
	return nil
}

// byDepartment sorts the rows apart first: they come in the order of members.
func byDepartment[R any](b *book, t *Table[R], o Options, rows iter.Seq2[R, error]) (err error) {
	s, err := newSpool()
	if err != nil {
		return err
	}
	defer func() { err = firstError(err, s.close()) }()
	var cells []cell
	for r, err := range rows {
		if err != nil {
			return err
		}
		cells = t.line(cells, &r, o.Lang)
		if err := s.add(department(t.person(&r)), cells); err != nil {
			return err
		}
	}
	if len(s.sheets) == 0 {
		return b.begin(b.layout.name)
	}
	sorted := slices.Sorted(maps.Keys(s.sheets))
	names := departmentNames(sorted)
	for i, path := range sorted {
		name := names[i]
		if path == "" {
			name = words{"无部门", "No department"}.in(o.Lang)
		}
		if err := b.begin(name); err != nil {
			return err
		}
		if err := s.each(path, len(cells), func(cells []cell) error { return b.row(name, cells) }); err != nil {
			return err
		}
	}
	return nil
}

// firstError returns err; what came of tidying up after it matters less.
func firstError(err, after error) error {
	if err != nil {
		return err
	}
	return after
}
