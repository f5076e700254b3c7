package main

import (
	"iter"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/sheet"
)

// rowKind is what the tables of a kind have of their own whose rows are taken all
// or none: S is a row as the table has it, R as the database takes it.
type rowKind[S, R any] struct {
	read  func(*tableRun) ([]S, []sheet.Problem, error)
	spot  func(*S) sheet.Spot
	row   func(*S) R
	days  func(*tableRun, []S) iter.Seq[attendance.Day] // nil = the rows are about no days
	plan  func(*tableRun, []R) (*app.ImportPlan, error)
	write func(*tableRun, app.ImportFile, []R) (*app.ImportPlan, error)
}

// open is the rows of a run.
func (k *rowKind[S, R]) open(run *tableRun) tableRows {
	return &kindRows[S, R]{tableRun: run, kind: k}
}

// kindRows is the import of a table of such a kind.
type kindRows[S, R any] struct {
	*tableRun
	kind *rowKind[S, R]
	read []S
	rows []R
}

func (t *kindRows[S, R]) check() (problems, doubts []sheet.Problem, err error) {
	if t.read, problems, err = t.kind.read(t.tableRun); err != nil {
		return nil, nil, err
	}
	plan, err := t.plan(nil)
	if err != nil {
		return nil, nil, err
	}
	if t.kind.days != nil {
		if err := t.noteClosed(t.kind.days(t.tableRun, t.read)); err != nil {
			return nil, nil, err
		}
	}
	doubts = rowProblems(t.mapping, t.read, plan.Doubts, t.kind.spot)
	return append(problems, rowProblems(t.mapping, t.read, plan.Issues, t.kind.spot)...), doubts, nil
}

func (t *kindRows[S, R]) plan(bad map[int]bool) (*app.ImportPlan, error) {
	t.read = keepRows(t.mapping, t.read, bad, t.kind.spot)
	t.rows = make([]R, len(t.read))
	for i := range t.read {
		t.rows[i] = t.kind.row(&t.read[i])
	}
	return t.kind.plan(t.tableRun, t.rows)
}

func (t *kindRows[S, R]) row(index int) int {
	return t.mapping.Table.Rows[t.kind.spot(&t.read[index]).Row].Number
}

func (t *kindRows[S, R]) write(f app.ImportFile) (*app.ImportPlan, error) {
	plan, err := t.kind.write(t.tableRun, f, t.rows)
	return plan, notBegun(t.cmd, err)
}
