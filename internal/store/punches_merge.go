package store

import (
	"cmp"
	"slices"
)

// punchKey is the identity of a punch.
type punchKey struct {
	corp, user string
	at, source int64
	device     string
}

func (r *punchRow) key() punchKey { return punchKey{r.corp, r.user, r.at, r.source, r.device} }

func compareKeys(a, b *punchRow) int {
	if c := cmp.Compare(a.corp, b.corp); c != 0 {
		return c
	}
	if c := cmp.Compare(a.user, b.user); c != 0 {
		return c
	}
	return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.source, b.source), cmp.Compare(a.device, b.device))
}

// owned is a row with the caller who gets it counted.
type owned struct {
	*punchRow
	by      *addition
	repeats int64 // further rows of the same statement with its key
	last    int64 // the latest known_at among all of them
}

// inOrder returns the rows of several callers in the order of their keys, each
// key once. Transactions that keep to it never wait for each other in a
// circle, and those on SQLite find neighbours on one page.
func inOrder(all []*addition) []owned {
	n := 0
	for _, a := range all {
		n += len(a.rows)
	}
	rows := make([]owned, 0, n)
	for _, a := range all {
		for i := range a.rows {
			rows = append(rows, owned{punchRow: &a.rows[i], by: a, last: a.rows[i].known})
		}
	}
	slices.SortStableFunc(rows, func(a, b owned) int { return compareKeys(a.punchRow, b.punchRow) })
	return mergeRepeats(rows)
}

// mergeRepeats makes one of neighbours with the same key, which a single
// statement could not store, and counts the others as repeats.
func mergeRepeats(rows []owned) []owned {
	kept := rows[:0]
	for _, r := range rows {
		if n := len(kept); n > 0 && compareKeys(kept[n-1].punchRow, r.punchRow) == 0 {
			kept[n-1].repeats++
			kept[n-1].last = max(kept[n-1].last, r.last)
			r.by.repeated++
			continue
		}
		kept = append(kept, r)
	}
	return kept
}
