package adminapi

import (
	"testing"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/internal/attendance"
)

// Every operation is answered, and nothing else is.
func TestEveryOperationHasAnEndpoint(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	for _, op := range admin.Operations {
		if known[op.Call] {
			t.Errorf("%s is listed twice", op.Call)
		}
		known[op.Call] = true
		if endpoints[op.Call] == nil {
			t.Errorf("%s has no endpoint", op.Call)
		}
	}
	for call := range endpoints {
		if !known[call] {
			t.Errorf("the endpoint %s is no operation", call)
		}
	}
}

// Every number of package attendance that goes out has a word, and every code
// a status.
func TestWords(t *testing.T) {
	t.Parallel()
	for c := attendance.ClauseLate; c <= attendance.ClauseEarlyBeforeApproval; c++ {
		if clauses[c] == "" {
			t.Errorf("clause %d has no word", c)
		}
	}
	for s := attendance.SourcePhone; s <= attendance.SourceCorrection; s++ {
		if got, ok := sourceOf(sources[s]); !ok || got != s {
			t.Errorf("source %d is %q and back %d", s, sources[s], got)
		}
	}
	if len(flags) != len(admin.PunchFlags) {
		t.Errorf("%d flags are read, %d told", len(flags), len(admin.PunchFlags))
	}
	for bit, word := range admin.PunchFlags {
		if flags[word] != 1<<bit {
			t.Errorf("flag %s is %b, want bit %d", word, flags[word], bit)
		}
	}
	for _, c := range codes {
		if statuses[c.code] == 0 {
			t.Errorf("code %s has no status", c.code)
		}
	}
}
