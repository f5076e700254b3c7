package sheet

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Cells side by side with one value and one reason are one problem, in the
// order of rows; others of the row stay apart.
func TestJoin(t *testing.T) {
	t.Parallel()
	of := func(row int, column, value, reason string) Problem {
		return Problem{Row: row, Column: column, Value: value, Reason: reason}
	}
	joined, kept := Join([]Problem{
		of(5, "E", "夜班", "no"), of(5, "F", "夜班", "no"), of(5, "H", "夜班", "no"), of(5, "G", "早班", "no"), of(5, "E", "夜班", "no"),
		of(4, "A", "x", "who"), of(4, "A", "x", "who"), of(4, "", "", "bad"), of(6, "Z", "夜班", "no"), of(6, "AA", "夜班", "no"),
	})
	want := []RowProblem{
		{of(4, "A", "x", "who"), [][2]string{{"A", "A"}}}, {of(4, "", "", "bad"), nil},
		{of(5, "E", "夜班", "no"), [][2]string{{"E", "F"}, {"H", "H"}}}, {of(5, "G", "早班", "no"), [][2]string{{"G", "G"}}},
		{of(6, "Z", "夜班", "no"), [][2]string{{"Z", "AA"}}},
	}
	if diff := cmp.Diff(want, joined); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if len(kept) != 8 {
		t.Errorf("%d problems one by one, want 8", len(kept))
	}
}
