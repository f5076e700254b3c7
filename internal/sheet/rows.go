package sheet

import (
	"encoding/csv"
	"regexp"
	"slices"
	"strings"

	"github.com/dakahq/daka/internal/attendance"
)

// Spot is where in a table something stands: the index of its row in
// Table.Rows, and for a punch and a cell of a plan that of its column, else 0.
type Spot struct{ Row, Column int }

// Assignment is a member's shift on a day.
type Assignment struct {
	Spot
	User  attendance.UserID // "" = known by the name
	Name  string            // as the table has it
	Day   attendance.Day
	Shift string // as the table calls it
}

// Punch is a row of a table of punches.
type Punch struct {
	Spot
	User   attendance.UserID // "" = known by the name
	Name   string            // as the table has it
	At     int64             // Unix seconds
	Device string
	Where  string
}

// reader goes over the rows of a table and collects what is wrong with them.
type reader struct {
	*Mapping
	at       int // index in Table.Rows
	problems []Problem
}

// Text returns the row with a number as a line of CSV.
func (m *Mapping) Text(number int) string {
	i, found := slices.BinarySearchFunc(m.Table.Rows, number, func(r Row, n int) int { return r.Number - n })
	if !found {
		return ""
	}
	var b strings.Builder
	w := csv.NewWriter(&b)
	_ = w.Write(m.Table.Rows[i].Cells) // a Builder takes everything
	w.Flush()
	return strings.TrimSuffix(b.String(), "\n")
}

// Rows returns how many rows below the headings say something in a column that
// is used.
func (m *Mapping) Rows() int { return len(m.Table.Rows) - m.first - len(m.Unused()) }

// Unused returns the numbers of the other rows below the headings: footers, mostly.
func (m *Mapping) Unused() (numbers []int) {
	for i := m.first; i < len(m.Table.Rows); i++ {
		if row := &m.Table.Rows[i]; !m.uses(row) {
			numbers = append(numbers, row.Number)
		}
	}
	return numbers
}

// uses reports whether a row says something in a column that is used.
func (m *Mapping) uses(row *Row) bool {
	for i := range m.Columns {
		if m.Columns[i].Field != "" && row.cell(m.Columns[i].Index) != "" {
			return true
		}
	}
	for i := range m.Days {
		if row.cell(m.Days[i].Index) != "" {
			return true
		}
	}
	return false
}

// text returns what a row says of a field.
func (r *reader) text(f Field) string {
	c := r.column(f)
	if c == nil {
		return ""
	}
	return r.Table.Rows[r.at].cell(c.Index)
}

// each calls do for every row that says something in a column that is used.
func (r *reader) each(do func()) {
	for r.at = r.first; r.at < len(r.Table.Rows); r.at++ {
		if r.uses(&r.Table.Rows[r.at]) {
			r.unsaid()
			r.broken()
			do()
		}
	}
}

// day reads a date; ok is false where there is none.
func (r *reader) day(f Field) (d attendance.Day, ok bool) {
	text := r.text(f)
	if text == "" {
		return 0, false
	}
	d, err := parseDay(text, r.Table.date1904)
	if err != nil {
		r.failed(f, err)
	}
	return d, err == nil
}

const (
	wantUser = "a userid has 1 to 64 letters, digits and _-@., the first a letter or digit"
	lostUser = "Excel keeps 15 digits of a number, and what this one was is lost: write the column as text in the table that this one was made from"
)

// What Excel makes of long numbers: 1.23E+10 where a table was saved as text,
// and zeros from the 16th digit on.
var (
	shortened = regexp.MustCompile(`^\d(\.\d+)?[Ee]\+\d+$`)
	rounded   = regexp.MustCompile(`^[1-9]\d{14}0+$`)
)

// user reads a userid; ok is false, and the problem noted, for what is none.
func (r *reader) user() (id attendance.UserID, ok bool) {
	id = attendance.UserID(fold(r.text(User)))
	switch {
	case shortened.MatchString(string(id)), r.Table.Sheet != "" && rounded.MatchString(string(id)):
		r.problem(User, lostUser)
	case id.Valid():
		return id, true
	case id == "":
		r.problem(User, "there is no userid")
	default:
		r.problem(User, wantUser)
	}
	return id, false
}

// person reads who a row is about: by a userid, or where the row has none by the
// name.
func (r *reader) person() (id attendance.UserID, name string, ok bool) {
	name = r.text(Name)
	switch {
	case r.has(User) && (name == "" || r.text(User) != ""):
		id, ok = r.user()
		return id, name, ok
	case name == "":
		r.problem(Name, "there is no name")
	}
	return "", name, name != ""
}

// Assignments returns the shifts that a plan gives, and what is wrong with it.
func (m *Mapping) Assignments() ([]Assignment, []Problem) {
	r := reader{Mapping: m}
	var all []Assignment
	r.each(func() {
		if len(r.Days) > 0 {
			all = r.plan(all)
			return
		}
		id, name, known := r.person()
		day, dated := r.day(Date)
		if r.text(Date) == "" {
			r.problem(Date, "there is no date")
		}
		shift := r.text(Shift)
		if shift == "" {
			r.problem(Shift, "there is no shift: a day of rest is 休")
		}
		if known && dated && shift != "" {
			all = append(all, Assignment{Spot{Row: r.at}, id, name, day, shift})
		}
	})
	return all, r.problems
}

// plan reads a row with a column a day.
func (r *reader) plan(all []Assignment) []Assignment {
	row := &r.Table.Rows[r.at]
	named := r.text(User) != "" || r.text(Name) != "" && !weekdayHead.MatchString(fold(r.text(Name)))
	if !named && r.isWeekdays() {
		return all
	}
	id, name, known := r.person()
	for _, c := range r.Days {
		text := row.cell(c.Index)
		switch {
		case text == "" || !known:
		case c.Day == NoDay:
			r.problems = append(r.problems, r.Problem(Spot{r.at, c.Index}, Date, because("the month has no such day")))
		default:
			all = append(all, Assignment{Spot{r.at, c.Index}, id, name, c.Day, text})
		}
	}
	return all
}

// isWeekdays reports whether a row only says on which weekdays the days are.
func (r *reader) isWeekdays() bool {
	for _, c := range r.Days {
		if text := fold(r.Table.Rows[r.at].cell(c.Index)); text != "" && !weekday.MatchString(text) {
			return false
		}
	}
	return len(r.Days) > 0
}

// Punches returns the punches of a table, on the wall clock of a zone, and what
// is wrong with it. A row has one, or one in each of several columns of times.
func (m *Mapping) Punches(zone *attendance.Zone) ([]Punch, []Problem) {
	r, columns := reader{Mapping: m}, m.timeColumns()
	var all []Punch
	r.each(func() {
		id, name, known := r.person()
		instants := r.instants(zone, columns)
		device := r.text(Device)
		if len(device) > maxDevice {
			r.problem(Device, "longer than 64 bytes")
			known = false
		}
		for _, in := range instants {
			if known {
				all = append(all, Punch{Spot{r.at, in.column.Index}, id, name, in.at, device, r.text(Place)})
			}
		}
	})
	return all, r.problems
}

// maxDevice bounds the name of a device in bytes.
const maxDevice = 64
