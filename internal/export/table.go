package export

import (
	"strings"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/explain"
)

// words is a text in both languages.
type words struct{ zh, en string }

func (w words) in(lang explain.Lang) string {
	if lang == explain.Chinese {
		return w.zh
	}
	return w.en
}

// Table is what rows of one kind look like. It does not change and may be shared.
type Table[R any] struct {
	name    words
	columns []column[R]
	frozen  int // columns that stay when one scrolls sideways
	person  func(*R) *Person
	tone    func(*R) tone // of the whole row; nil = plain
	legend  []legendEntry
}

// column is one of a table.
type column[R any] struct {
	head  words
	width float64 // in characters, of which Chinese ones are two
	cell  func(*R, explain.Lang) cell
	mark  tone // of a cell with something in it; plain = that of the row
	shade tone // of the head, and of cells that have no tone else
}

// legendEntry explains a short text of the cells.
type legendEntry struct {
	short, means words
	tone         tone
}

// layout is a table in one language, without its rows.
type layout struct {
	name   string
	heads  []cell
	widths []float64
	frozen int
	legend [][]cell
}

func (t *Table[R]) layout(lang explain.Lang) *layout {
	l := &layout{name: t.name.in(lang), frozen: t.frozen}
	for i := range t.columns {
		c := &t.columns[i]
		head := textCell(c.head.in(lang))
		head.tone = c.shade
		l.heads, l.widths = append(l.heads, head), append(l.widths, c.width)
	}
	for _, e := range t.legend {
		l.legend = append(l.legend, []cell{{kind: symbol, tone: e.tone, text: e.short.in(lang)}, textCell(e.means.in(lang))})
	}
	return l
}

// line puts the cells of a row in the place of those in buf.
func (t *Table[R]) line(buf []cell, row *R, lang explain.Lang) []cell {
	base := plain
	if t.tone != nil {
		base = t.tone(row)
	}
	buf = buf[:0]
	for i := range t.columns {
		c := &t.columns[i]
		v := c.cell(row, lang)
		if v.kind != blank && v.tone == plain {
			v.tone = c.mark
		}
		if v.tone == plain {
			v.tone = base
		}
		if v.tone == plain {
			v.tone = c.shade
		}
		buf = append(buf, v)
	}
	return buf
}

// col is a column whose cells are the same in both languages.
func col[R any](zh, en string, width float64, of func(*R) cell) column[R] {
	return column[R]{head: words{zh, en}, width: width, cell: func(r *R, _ explain.Lang) cell { return of(r) }}
}

// marked is col for what is wrong.
func marked[R any](zh, en string, width float64, mark tone, of func(*R) cell) column[R] {
	c := col(zh, en, width, of)
	c.mark = mark
	return c
}

// said is a column of words.
func said[R any](zh, en string, width float64, of func(*R, explain.Lang) string) column[R] {
	return column[R]{head: words{zh, en}, width: width, cell: func(r *R, l explain.Lang) cell { return textCell(of(r, l)) }}
}

// timed is a column of times of a day.
func timed[R any](zh, en string, width float64, of func(*R) attendance.TimeOfDay) column[R] {
	return column[R]{head: words{zh, en}, width: width, cell: func(r *R, l explain.Lang) cell { return clockCell(of(r), l) }}
}

// personColumns are the first of every table.
func personColumns[R any](of func(*R) *Person) []column[R] {
	return []column[R]{
		col("部门", "Department", 30, func(r *R) cell { return textCell(of(r).Departs) }),
		col("姓名", "Name", 12, func(r *R) cell { return textCell(of(r).Name) }),
		col("账号", "User ID", 14, func(r *R) cell { return textCell(of(r).UserID) }),
	}
}

// weekdays begin with Sunday, as attendance.Day.Weekday does.
var weekdays = [7]words{{"日", "Sun"}, {"一", "Mon"}, {"二", "Tue"}, {"三", "Wed"}, {"四", "Thu"}, {"五", "Fri"}, {"六", "Sat"}}

// dateColumns are a date and its weekday.
func dateColumns[R any](of func(*R) attendance.Day) []column[R] {
	return []column[R]{
		col("日期", "Date", 12, func(r *R) cell { return dateCell(of(r)) }),
		said("星期", "Weekday", 9, func(r *R, l explain.Lang) string { return weekdays[of(r).Weekday()].in(l) }),
	}
}

func weekend(d attendance.Day) bool { return d.Weekday() == 0 || d.Weekday() == 6 }

// spans writes due times, such as 09:00-12:00 13:00-18:00 or 22:00-次日 06:00.
func spans(list []attendance.Span, l explain.Lang) string {
	parts := make([]string, len(list))
	for i, s := range list {
		parts[i] = clockText(s.From, l) + "-" + clockText(s.To, l)
	}
	return strings.Join(parts, " ")
}
