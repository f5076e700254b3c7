package store

import (
	"cmp"
	"errors"
	"slices"
)

const (
	// unnestChunk is how many rows one statement inserts on PostgreSQL.
	unnestChunk = 4096
	// appendRows is how many rows go in as what may be there already. More of
	// them, which an import brings, are first tried as what is not: that takes
	// half the time.
	appendRows = 1024
)

const punchUnnest = punchInsert + `SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[],
	$5::text[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::text[])`

// Only rows that were there come back. A row is told from a repeat by its
// count, which is that of the statement when it is new.
const punchMerge = "WITH stored AS (" + punchUnnest + ` ON CONFLICT (corp_id, user_id, at, source, device)
	DO UPDATE SET repeats = punches.repeats + 1 + excluded.repeats,
		last_received = greatest(punches.last_received, excluded.last_received)
	RETURNING corp_id, user_id, at, source, device, repeats)
SELECT corp_id, user_id, at, source, device, repeats FROM stored WHERE repeats > 0`

// punchKey is the identity of a punch.
type punchKey struct {
	corp, user string
	at, source int64
	device     string
}

func (r *punchRow) key() punchKey { return punchKey{r.corp, r.user, r.at, r.source, r.device} }

func compareKeys(a, b *punchRow) int {
	return cmp.Or(cmp.Compare(a.corp, b.corp), cmp.Compare(a.user, b.user), cmp.Compare(a.at, b.at),
		cmp.Compare(a.source, b.source), cmp.Compare(a.device, b.device))
}

// owned is a row with the caller who gets it counted.
type owned struct {
	*punchRow
	by      *addition
	repeats int64 // further rows of the same statement with its key
	last    int64 // the latest known_at among all of them
}

// unnestPunches inserts in the order of the keys, so that two transactions
// never wait for each other in a circle.
func (tx *Tx) unnestPunches(all []*addition) error {
	var rows []owned
	for _, a := range all {
		for i := range a.rows {
			rows = append(rows, owned{punchRow: &a.rows[i], by: a, last: a.rows[i].known})
		}
	}
	slices.SortStableFunc(rows, func(a, b owned) int { return compareKeys(a.punchRow, b.punchRow) })
	rows = mergeRepeats(rows)
	for part := range slices.Chunk(rows, unnestChunk) {
		if err := tx.unnest(part); err != nil {
			return err
		}
	}
	return nil
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

func (tx *Tx) unnest(rows []owned) error {
	args := columns(rows)
	for _, r := range rows {
		r.by.inserted++
	}
	if len(rows) > appendRows {
		done, err := tx.tryUnnest(args)
		if done || err != nil {
			return err
		}
	}
	byKey := make(map[punchKey]owned)
	return tx.query(punchMerge, func(r row) error {
		if len(byKey) == 0 {
			for _, o := range rows {
				byKey[o.key()] = o
			}
		}
		o := byKey[punchKey{r.text(0), r.text(1), r.int(2), r.int(3), r.text(4)}]
		if r.int(5) != o.repeats {
			o.by.inserted--
			o.by.repeated++
		}
		return nil
	}, args...)
}

// tryUnnest inserts rows of which none may be there; done is false when one
// was, and the transaction is then as before.
func (tx *Tx) tryUnnest(args []any) (done bool, err error) {
	if err := tx.conn.script(tx.ctx, "SAVEPOINT chunk"); err != nil {
		return false, translate(err)
	}
	_, err = tx.conn.exec(tx.ctx, punchUnnest, args...)
	err = translate(err)
	switch {
	case err == nil:
		return true, translate(tx.conn.script(tx.ctx, "RELEASE SAVEPOINT chunk"))
	case errors.Is(err, ErrConflict):
		return false, translate(tx.conn.script(tx.ctx, "ROLLBACK TO SAVEPOINT chunk"))
	}
	return false, err
}

// columns turns rows into the arrays that unnest takes apart again.
func columns(rows []owned) []any {
	var texts [4][]string
	var numbers [8][]int64
	for i := range texts {
		texts[i] = make([]string, len(rows))
	}
	for i := range numbers {
		numbers[i] = make([]int64, len(rows))
	}
	for i, r := range rows {
		texts[0][i], texts[1][i], texts[2][i], texts[3][i] = r.corp, r.user, r.device, r.detail
		for j, v := range [...]int64{r.at, r.source, r.known, r.flags, r.slot, r.section, r.repeats, r.last} {
			numbers[j][i] = v
		}
	}
	return []any{texts[0], texts[1], numbers[0], numbers[1], texts[2], numbers[2],
		numbers[3], numbers[4], numbers[5], numbers[6], numbers[7], texts[3]}
}
