package app

import (
	"errors"
	"fmt"

	"github.com/dakahq/daka/internal/store"
)

// ImportPlan is what becomes of the rows of a table, or would.
type ImportPlan struct {
	Added       int
	Changed     int
	Unchanged   int
	Departments []string // paths of the departments that are made
	Issues      []RowIssue
	Doubts      []RowIssue       // rows that can be taken and look as if they should not
	Changes     []FieldChange    // of members, in the order of the rows
	Requests    []PlannedRequest // that are new or changed, in the order of the rows
}

// RowIssue is why a row cannot be taken.
type RowIssue struct {
	Index  int    // of the row, from 0
	Field  string // userid, name, department, joined, left, date, shift, time, duration and so on
	Reason string // Format with Args, in English
	Format string
	Args   []any
}

// fault is why something cannot be taken, as a format with its arguments.
type fault struct {
	format string
	args   []any
}

func (f *fault) Error() string { return fmt.Sprintf(f.format, f.args...) }

func faultf(format string, args ...any) *fault { return &fault{format, args} }

func (f *fault) of(index int, field string) RowIssue {
	return RowIssue{index, field, f.Error(), f.format, f.args}
}

func (p *ImportPlan) issue(index int, field, format string, args ...any) {
	p.Issues = append(p.Issues, faultf(format, args...).of(index, field))
}

// failed notes an error, which may be a fault.
func (p *ImportPlan) failed(index int, field string, err error) {
	f, ok := errors.AsType[*fault](err)
	if !ok {
		f = faultf("%v", err)
	}
	p.Issues = append(p.Issues, f.of(index, field))
}

// doubt notes what is to be looked at before it is done.
func (p *ImportPlan) doubt(index int, field, format string, args ...any) {
	p.Doubts = append(p.Doubts, faultf(format, args...).of(index, field))
}

// refusal is the error of a plan with issues, which is not carried out.
func (p *ImportPlan) refusal() error {
	if len(p.Issues) == 0 {
		return nil
	}
	first := p.Issues[0]
	return badInput("%d rows cannot be taken: row %d, %s: %s", len(p.Issues), first.Index+1, first.Field, first.Reason)
}

// writes reports whether carrying the plan out changes something.
func (p *ImportPlan) writes() bool { return p.Added+p.Changed+len(p.Departments) > 0 }

// keep notes a run over a table and keeps its bad rows.
func (p *ImportPlan) keep(tx *store.Tx, corp *Corp, f *ImportFile, now int64) error {
	if !p.writes() && len(f.Bad) == 0 {
		return nil
	}
	return recordImport(tx, corp, f, ImportResult{p.Added + p.Changed, p.Unchanged, len(f.Bad)}, now)
}
