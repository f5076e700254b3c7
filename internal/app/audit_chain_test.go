package app

import (
	"slices"
	"testing"
)

// No way of changing a log is left unseen but cutting its end, which the head
// shows.
func TestAuditChain(t *testing.T) {
	t.Parallel()
	var log []AuditEntry
	var prev string
	for seq := range int64(5) {
		e := AuditEntry{Seq: seq + 1, At: 100 + seq, Agent: 7, Action: "rule.add", Subjects: []string{"s"}, Count: 1, Detail: "d", Prev: prev}
		e.Hash = auditHash("ww1", e)
		prev = e.Hash
		log = append(log, e)
	}
	tests := []struct {
		name   string
		change func([]AuditEntry) []AuditEntry
		broken int64
	}{
		{"untouched", func(l []AuditEntry) []AuditEntry { return l }, 0},
		{"time", func(l []AuditEntry) []AuditEntry { l[2].At++; return l }, 3},
		{"app", func(l []AuditEntry) []AuditEntry { l[0].Agent = 8; return l }, 1},
		{"subject", func(l []AuditEntry) []AuditEntry { l[4].Subjects = []string{"x"}; return l }, 5},
		{"count", func(l []AuditEntry) []AuditEntry { l[4].Count = 2; return l }, 5},
		{"detail", func(l []AuditEntry) []AuditEntry { l[1].Detail = "x"; return l }, 2},
		{"changed with its own hash", func(l []AuditEntry) []AuditEntry {
			l[1].Detail = "x"
			l[1].Hash = auditHash("ww1", l[1])
			return l
		}, 3},
		{"taken out", func(l []AuditEntry) []AuditEntry { return slices.Delete(l, 1, 2) }, 2},
		{"first taken out", func(l []AuditEntry) []AuditEntry { return l[1:] }, 1},
		{"exchanged", func(l []AuditEntry) []AuditEntry { l[2], l[3] = l[3], l[2]; return l }, 3},
		{"of another corporation", func(l []AuditEntry) []AuditEntry { l[3].Hash = auditHash("ww2", l[3]); return l }, 4},
		{"cut", func(l []AuditEntry) []AuditEntry { return l[:3] }, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			copied := slices.Clone(log)
			for i := range copied {
				copied[i].Subjects = slices.Clone(log[i].Subjects)
			}
			changed := tt.change(copied)
			var s AuditState
			for _, e := range changed {
				s.follow("ww1", e)
			}
			if s.Broken != tt.broken {
				t.Errorf("broken at %d, want %d", s.Broken, tt.broken)
			}
			if whole := len(changed) == len(log) && tt.broken == 0; whole != (s.Head == log[4].Hash) {
				t.Errorf("%d entries with head %s", s.Entries, s.Head)
			}
		})
	}
}
