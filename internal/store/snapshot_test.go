package store

import (
	"slices"
	"testing"
)

// notInSnapshots names the tables of a corporation that snapshots leave alone,
// with the reason.
var notInSnapshots = map[string]string{
	"corps":       "what a corporation is does not change",
	"apps":        "whoever restores must still be let in",
	"tokens":      "a token that was revoked stays so",
	"suite_auths": "they belong to apps",
	"suite_codes": "they are used once",
	"providers":   "it is a credential",
	"audit":       "it only grows",
	"audit_keys":  "the log's hashes are made with it",
	"erasures":    "who was erased stays so",
}

// A new table is part of snapshots, or says why not.
func TestSnapshotTables(t *testing.T) {
	t.Parallel()
	all, err := migrations(migrationFiles)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, m := range all {
		for _, table := range tablePattern.FindAllStringSubmatch(m.sql, -1) {
			name := table[1]
			seen[name] = true
			ofCorp := routing[name] == "" || notInSnapshots[name] != ""
			if ofCorp && slices.Contains(factTables, name) == (notInSnapshots[name] != "") {
				t.Errorf("%s: name it in factTables or, with the reason, in notInSnapshots", name)
			}
		}
	}
	for _, name := range factTables {
		if !seen[name] {
			t.Errorf("%s: no such table", name)
		}
	}
}
