package store

const (
	// unnestChunk is how many rows one statement merges on PostgreSQL.
	unnestChunk = 4096
	// appendRows is how many rows go in as what may be there already. More of
	// them, which an import brings, are first tried as what is not: see
	// copyPunches.
	appendRows = 1024
)

const punchUnnest = "INSERT" + punchInsert + `SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[],
	$5::text[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::text[])`

// punchUpsert ends a statement whose rows may be there already. What it returns
// tells a new row from a repeat by its count, which is then the statement's.
const punchUpsert = ` ON CONFLICT (corp_id, user_id, at, source, device)
	DO UPDATE SET repeats = punches.repeats + 1 + excluded.repeats,
		last_received = greatest(punches.last_received, excluded.last_received)
	RETURNING `

// punchOne is the statement of a single row, as most calls bring. The disk left
// out, it takes three quarters of the time of punchMerge.
const punchOne = "INSERT" + punchInsert + "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)" + punchUpsert + "repeats"

// Only rows that were there come back.
const punchMerge = "WITH stored AS (" + punchUnnest + punchUpsert + `corp_id, user_id, at, source, device, repeats)
SELECT corp_id, user_id, at, source, device, repeats FROM stored WHERE repeats > 0`

// upsertPunches inserts rows, up to appendRows with one statement.
func (tx *Tx) upsertPunches(rows []owned) error {
	switch {
	case len(rows) == 1:
		return tx.upsertOne(&rows[0])
	case len(rows) > appendRows:
		return tx.copyPunches(rows)
	}
	return tx.unnest(rows)
}

// upsertOne is unnest for a single row.
func (tx *Tx) upsertOne(r *owned) error {
	return tx.query(punchOne, func(got row) error {
		if got.int(0) == r.repeats {
			r.by.inserted++
		} else {
			r.by.repeated++
		}
		return nil
	}, r.args(nil)...)
}

func (tx *Tx) unnest(rows []owned) error {
	args := columns(rows)
	for _, r := range rows {
		r.by.inserted++
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
