package scenario

import (
	"context"
	"errors"
	"fmt"
	"io"

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
}

// PolicyResult is the answer to a PolicyQuestion.
type PolicyResult struct {
	Accept  bool
	Errcode int // why not
}

// Run evaluates every scenario of f and writes to w each expectation that does
// not hold. Errors of w are ignored.
func Run(ctx context.Context, f *File, target Target, w io.Writer) (passed, failed int) {
	for i := range f.Scenarios {
		s := &f.Scenarios[i]
		wrong, err := evaluate(ctx, target, s)
		if err == nil && len(wrong) == 0 {
			passed++
			continue
		}
		failed++
		fmt.Fprintf(w, "FAIL %s (%s): %s\n", s.ID, s.Basis, s.Title)
		if err != nil {
			fmt.Fprintf(w, "    error: %v\n", err)
		}
		for _, m := range wrong {
			fmt.Fprintf(w, "    %s: expected %s, got %s\n", m.Field, m.Expected, m.Got)
		}
	}
	return passed, failed
}

func evaluate(ctx context.Context, target Target, s *Scenario) ([]Mismatch, error) {
	r, err := target.Evaluate(ctx, s)
	if err != nil {
		return nil, err
	}
	if r == nil {
		return nil, errors.New("the target gave no result")
	}
	return Compare(s, r), nil
}
