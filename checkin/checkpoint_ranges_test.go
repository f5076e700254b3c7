package checkin

import (
	"testing"

	"pgregory.net/rapid"
)

// A set of ranges has what was added, and reads what it wrote.
func TestRanges(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var r ranges
		want := map[int]bool{}
		for range rapid.IntRange(0, 20).Draw(t, "adds") {
			from := rapid.IntRange(0, 40).Draw(t, "from")
			to := from + rapid.IntRange(-1, 5).Draw(t, "more")
			r.add(from, to)
			for n := from; n <= to; n++ {
				want[n] = true
			}
		}
		read, err := parseRanges(r.String())
		if err != nil {
			t.Fatal(err)
		}
		for n := -1; n < 50; n++ {
			if r.has(n) != want[n] || read.has(n) != want[n] {
				t.Fatalf("%s: %d is in it: %t, read again: %t, want %t", r, n, r.has(n), read.has(n), want[n])
			}
		}
		for i := 1; i < len(r); i++ {
			if r[i].from <= r[i-1].to+1 {
				t.Fatalf("%s touch", r)
			}
		}
	})
}
