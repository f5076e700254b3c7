package main

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/sheet"
	"github.com/spf13/cobra"
)

// importReport is what became of a table, or would.
type importReport struct {
	DryRun      bool            `json:"dry_run"`
	File        string          `json:"file"`
	Form        string          `json:"form"`
	Columns     []mappedColumn  `json:"columns"`
	Rows        int             `json:"rows"`
	Added       int             `json:"added"`
	Changed     int             `json:"changed"`
	Unchanged   int             `json:"unchanged"`
	Bad         int             `json:"bad"`         // rows with problems
	Departments []string        `json:"departments"` // that are made
	Problems    []sheet.Problem `json:"problems"`
}

// mappedColumn is a column of the table.
type mappedColumn struct {
	Column string `json:"column"`
	Head   string `json:"head"`
	Field  string `json:"field"` // a day for a column of a shift plan; "" = not used
}

func newImportReport(m *sheet.Mapping, plan *app.ImportPlan, problems []sheet.Problem, bad int) *importReport {
	r := &importReport{File: m.Table.Name, Form: m.Table.Form, Rows: m.Rows(), Bad: bad, Columns: []mappedColumn{}}
	r.Problems = append([]sheet.Problem{}, problems...)
	slices.SortStableFunc(r.Problems, func(a, b sheet.Problem) int { return cmp.Compare(a.Row, b.Row) })
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
	fmt.Fprintf(&b, "%s\n", say(cmd, "%s: %s, %d rows", r.File, r.Form, r.Rows))
	for _, c := range r.Columns {
		head := strings.Map(printable, c.Head)
		if c.Field == "" {
			fmt.Fprintf(&b, "  %s\n", say(cmd, "column %s %s is not used", c.Column, head))
		} else {
			fmt.Fprintf(&b, "  %s\n", say(cmd, "column %s %s -> %s", c.Column, head, c.Field))
		}
	}
	for _, d := range r.Departments {
		fmt.Fprintf(&b, "  %s\n", say(cmd, "new department %s", strings.Map(printable, d)))
	}
	return b.String()
}

// show shows people on stderr what is going to be imported.
func (r *importReport) show(cmd *cobra.Command) error {
	if isQuiet(cmd) {
		return nil
	}
	_, err := fmt.Fprint(cmd.ErrOrStderr(), r.mapping(cmd))
	return err
}

// write writes the report; whole says how the table is understood, too.
func (r *importReport) write(cmd *cobra.Command, output format, whole bool) error {
	text := ""
	if whole {
		text = r.mapping(cmd)
	}
	text += say(cmd, "new %d, changed %d, as before %d, bad %d", r.Added, r.Changed, r.Unchanged, r.Bad)
	if err := writeObject(cmd, output, r, text); err != nil || output != asTable || len(r.Problems) == 0 {
		return err
	}
	columns := []column{{head: "row", right: true}, {head: "column"}, {head: "value"}, {head: "problem"}}
	return writeRows(cmd, asTable, columns, r.Problems, func(p sheet.Problem) []string {
		return []string{strconv.Itoa(p.Row), p.Column, p.Value, p.Reason}
	})
}
