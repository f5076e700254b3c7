package store

import (
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

const punchUnnest = "INSERT" + punchInsert + `SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[],
	$5::text[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::text[])`

// Only rows that were there come back. A row is told from a repeat by its
// count, which is that of the statement when it is new.
const punchMerge = "WITH stored AS (" + punchUnnest + ` ON CONFLICT (corp_id, user_id, at, source, device)
	DO UPDATE SET repeats = punches.repeats + 1 + excluded.repeats,
		last_received = greatest(punches.last_received, excluded.last_received)
	RETURNING corp_id, user_id, at, source, device, repeats)
SELECT corp_id, user_id, at, source, device, repeats FROM stored WHERE repeats > 0`

// unnestPunches inserts rows in parts, each with one statement.
func (tx *Tx) unnestPunches(rows []owned) error {
	for part := range slices.Chunk(rows, unnestChunk) {
		if err := tx.unnest(part); err != nil {
			return err
		}
	}
	return nil
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
