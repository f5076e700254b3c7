package sample

import (
	"testing"

	"github.com/dakahq/daka/internal/attendance"
)

// Userids are compared without regard to case, so "LiNan" and "LinAn" would be
// one.
func TestNamesAreUserids(t *testing.T) {
	t.Parallel()
	folded := map[string]bool{}
	for _, n := range names(1, 3000) {
		id := attendance.UserID(n.latin)
		if !id.Valid() || folded[id.Fold()] {
			t.Errorf("userid %q is not valid or not the only one", id)
		}
		folded[id.Fold()] = true
	}
}

// A company of one year has the first day of the same month, a year before.
func TestSpecFirst(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		today  string
		months int
		want   string
	}{
		{"2025-07-10", 3, "2025-04-01"},
		{"2025-01-31", 1, "2024-12-01"},
		{"2025-03-31", 12, "2024-03-01"},
		{"2025-12-01", 36, "2022-12-01"},
	} {
		today, err := attendance.ParseDay(tt.today)
		if err != nil {
			t.Fatal(err)
		}
		s := Spec{Today: today, Months: tt.months}
		if got := s.first().String(); got != tt.want {
			t.Errorf("%d months before %s: %s, want %s", tt.months, tt.today, got, tt.want)
		}
	}
}
