package scenario

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/attendance"
)

// Target computes reports: the engine by itself, the use cases over a
// database, or a server.
type Target interface {
	// Evaluate computes the reports of Subject that the scenario asks for. An
	// error means that there is no result, and counts as a failure.
	Evaluate(ctx context.Context, s *Scenario) (*Result, error)
}

// Result is what a Target computed for a scenario.
type Result struct {
	// Days are the rows of getcheckin_daydata (document 93374); a day without
	// an entry, or with nil, has no row.
	Days       map[attendance.Day]*checkin.DayData
	Month      *checkin.MonthData       // of document 93387; nil = no row
	Rejects    map[attendance.Day][]int // codes of the refused corrections of a day, in the scenario's order
	Categories map[attendance.Day]string
	Policy     *PolicyResult // of area correction-policy
	// Explain tells a day as the target judged it; nil where it cannot.
	Explain func(attendance.Day) string
}

// PolicyResult is the answer to a PolicyQuestion.
type PolicyResult struct {
	Accept  bool
	Errcode int // why not
}

// Failure is a scenario that a target does not meet.
type Failure struct {
	Scenario *Scenario
	Wrong    []Mismatch // what is not as expected
	Err      error      // why there is no result; nil = there is one

	result *Result
}

// Failures evaluates every scenario of f and returns those that fail.
func Failures(ctx context.Context, f *File, target Target) (failures []Failure) {
	for i := range f.Scenarios {
		s := &f.Scenarios[i]
		r, wrong, err := evaluate(ctx, target, s)
		if err != nil || len(wrong) > 0 {
			failures = append(failures, Failure{s, wrong, err, r})
		}
	}
	return failures
}

// Run evaluates every scenario of f and writes to w each expectation that does
// not hold, with the target's explanation of its day. Errors of w are ignored.
func Run(ctx context.Context, f *File, target Target, w io.Writer) (passed, failed int) {
	failures := Failures(ctx, f, target)
	for i := range failures {
		failures[i].Write(w)
	}
	return len(f.Scenarios) - len(failures), len(failures)
}

// Write tells of the failure, with the target's explanation of each day that is
// not as expected. Errors of w are ignored.
func (f *Failure) Write(w io.Writer) {
	fmt.Fprintf(w, "FAIL %s (%s): %s\n", f.Scenario.ID, f.Scenario.Basis, f.Scenario.Title)
	if f.Err != nil {
		fmt.Fprintf(w, "    error: %v\n", f.Err)
		return
	}
	report(w, f.result, f.Wrong)
}

// report writes what is wrong with a result, day by day.
func report(w io.Writer, r *Result, wrong []Mismatch) {
	for i, m := range wrong {
		fmt.Fprintf(w, "    %s: expected %s, got %s\n", m.Field, m.Expected, m.Got)
		last := i+1 == len(wrong) || wrong[i+1].Day != m.Day
		if last && m.Day != attendance.MinDay && r.Explain != nil {
			text := strings.TrimRight(r.Explain(m.Day), "\n")
			fmt.Fprintf(w, "        %s\n", strings.ReplaceAll(text, "\n", "\n        "))
		}
	}
}

func evaluate(ctx context.Context, target Target, s *Scenario) (*Result, []Mismatch, error) {
	r, err := target.Evaluate(ctx, s)
	if err != nil {
		return nil, nil, err
	}
	if r == nil {
		return nil, nil, errors.New("the target gave no result")
	}
	return r, Compare(s, r), nil
}
