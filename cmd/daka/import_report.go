package main

import (
	"fmt"
	"strings"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/sheet"
	"github.com/spf13/cobra"
)

// importReport is what became of a table, or would.
type importReport struct {
	DryRun      bool           `json:"dry_run"`
	File        string         `json:"file"`
	Form        string         `json:"form"`
	Columns     []mappedColumn `json:"columns"`
	Sheets      []string       `json:"other_sheets,omitzero"` // that were not read
	Unused      []unusedRow    `json:"unused,omitzero"`
	Rows        int            `json:"rows"`
	Added       int            `json:"added"`
	Changed     int            `json:"changed"`
	Unchanged   int            `json:"unchanged"`
	Bad         int            `json:"bad"`         // rows with problems
	Departments []string       `json:"departments"` // that are made
	Problems    []toldProblem  `json:"problems"`
	Doubts      []toldProblem  `json:"doubts,omitzero"` // of rows that can be taken and look wrong
	Requests    []toldRequest  `json:"requests,omitzero"`
	Changes     []toldChange   `json:"changes,omitzero"` // of members, and of requests that there were
}

// toldProblem is a problem as programs get it: its reason is English, and text
// the same in the language of the command, unless that is English.
type toldProblem struct {
	sheet.Problem
	Text string `json:"text,omitzero"`
}

func forPrograms(cmd *cobra.Command, problems []sheet.Problem) []toldProblem {
	all := make([]toldProblem, len(problems))
	for i, p := range problems {
		all[i].Problem = p
		if text := sayReason(cmd, p.Why); text != p.Reason {
			all[i].Text = text
		}
	}
	return all
}

// unusedRow is a row that says nothing in a column that is used: a footer, mostly.
type unusedRow struct {
	Row  int    `json:"row"`
	Text string `json:"text"`
}

// mappedColumn is a column of the table.
type mappedColumn struct {
	Column string `json:"column"`
	Head   string `json:"head"`
	Field  string `json:"field"` // a day for a column of a shift plan; "" = not used
}

func newImportReport(cmd *cobra.Command, m *sheet.Mapping, plan *app.ImportPlan, problems, doubts []sheet.Problem, bad int) *importReport {
	r := &importReport{File: m.Table.Name, Form: m.Table.Form, Rows: m.Rows(), Bad: bad, Columns: []mappedColumn{}}
	r.Sheets = m.Table.Others
	for _, row := range m.Unused() {
		r.Unused = append(r.Unused, unusedRow{row, m.Text(row)})
	}
	r.Problems = forPrograms(cmd, problems)
	if len(doubts) > 0 {
		r.Doubts = forPrograms(cmd, doubts)
	}
	days := map[int]string{}
	for _, d := range m.Days {
		days[d.Index] = d.Day.String()
		if d.Day == sheet.NoDay {
			days[d.Index] = ""
		}
	}
	for i := range m.Columns {
		c := &m.Columns[i]
		field := string(c.Field)
		if field == "" {
			field = days[c.Index]
		}
		r.Columns = append(r.Columns, mappedColumn{c.Letters(), c.Head, field})
	}
	r.count(plan)
	return r
}

func (r *importReport) count(plan *app.ImportPlan) {
	r.Added, r.Changed, r.Unchanged = plan.Added, plan.Changed, plan.Unchanged
	r.Departments = append([]string{}, plan.Departments...)
}

// mapping says how the table is understood.
func (r *importReport) mapping(cmd *cobra.Command) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", say(cmd, "%s: %s, %d rows", r.File, formText(cmd, r.Form), r.Rows))
	if len(r.Sheets) > 0 {
		fmt.Fprintf(&b, "  %s\n", say(cmd, "not read, unless --sheet names them: %s", strings.Map(printable, strings.Join(r.Sheets, ", "))))
	}
	for i := 0; i < len(r.Columns); i++ {
		c := &r.Columns[i]
		if last := r.lastDay(i); last > i+1 {
			to := &r.Columns[last]
			fmt.Fprintf(&b, "  %s\n", say(cmd, "columns %s to %s are %s to %s", c.Column, to.Column, c.Field, to.Field))
			i = last
			continue
		}
		head := strings.Map(printable, c.Head)
		if c.Field == "" {
			fmt.Fprintf(&b, "  %s\n", say(cmd, "column %s %s is not used", c.Column, head))
		} else {
			fmt.Fprintf(&b, "  %s\n", say(cmd, "column %s %s -> %s", c.Column, head, c.Field))
		}
	}
	for i, row := range r.Unused {
		if i == maxListed {
			fmt.Fprintf(&b, "  %s\n", say(cmd, "and %d more rows like that: -o json lists all", len(r.Unused)-i))
			break
		}
		fmt.Fprintf(&b, "  %s\n", say(cmd, "row %d says nothing in these columns and is left out: %s", row.Row, strings.Map(printable, row.Text)))
	}
	for _, d := range r.Departments {
		fmt.Fprintf(&b, "  %s\n", say(cmd, "new department %s", strings.Map(printable, d)))
	}
	return b.String()
}

// lastDay returns the last of the columns from one on that are one day after
// the other.
func (r *importReport) lastDay(first int) int {
	day, err := attendance.ParseDay(r.Columns[first].Field)
	for last := first + 1; err == nil && last < len(r.Columns); last++ {
		if day++; r.Columns[last].Field != day.String() {
			return last - 1
		}
	}
	if err != nil {
		return first
	}
	return len(r.Columns) - 1
}

// doubts says what is to be looked at before it is done.
func (r *importReport) doubts(cmd *cobra.Command) string {
	var b strings.Builder
	for _, d := range r.Doubts[:min(len(r.Doubts), maxListed)] {
		fmt.Fprintf(&b, "  %s\n", say(cmd, "look at row %d, %s: %s", d.Row, d.Value, sayReason(cmd, d.Why)))
	}
	if more := len(r.Doubts) - maxListed; more > 0 {
		fmt.Fprintf(&b, "  %s\n", say(cmd, "and %d more rows like that: -o json lists all", more))
	}
	return b.String()
}

// formText says how a file was read.
func formText(cmd *cobra.Command, form string) string {
	if encoding, separator, ok := strings.Cut(form, " between "); ok {
		return say(cmd, "%s between %s", encoding, reasonIn(cmd, separator))
	}
	if name, ok := strings.CutPrefix(form, "Excel, sheet "); ok {
		return say(cmd, "Excel, sheet %s", name)
	}
	return form
}

// show shows people on stderr what is going to be imported.
func (r *importReport) show(cmd *cobra.Command) error {
	if isQuiet(cmd) {
		return nil
	}
	_, err := fmt.Fprint(cmd.ErrOrStderr(), r.mapping(cmd)+r.told(cmd)+r.doubts(cmd))
	return err
}

// write writes the report; whole is of what is not done, and says how the table is
// understood, too.
func (r *importReport) write(cmd *cobra.Command, output format, whole bool) error {
	text := ""
	if whole {
		text = r.mapping(cmd) + r.told(cmd) + r.doubts(cmd)
	}
	if r.idle() && r.Bad == 0 {
		text += say(cmd, "nothing changes: all of it is there already") + "\n"
	}
	counts := say(cmd, "new %d, changed %d, as before %d, bad %d", r.Added, r.Changed, r.Unchanged, r.Bad)
	if whole {
		counts = say(cmd, "would be %s", counts)
	}
	text += counts
	if err := writeObject(cmd, output, r, text); err != nil || output != asTable || len(r.Problems) == 0 {
		return err
	}
	problems := make([]sheet.Problem, len(r.Problems))
	for i := range r.Problems {
		problems[i] = r.Problems[i].Problem
	}
	return writeProblems(cmd, problems)
}

// idle reports whether the table says nothing that is new.
func (r *importReport) idle() bool { return r.Added+r.Changed+len(r.Departments) == 0 }
