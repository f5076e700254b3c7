package store

import (
	"errors"
	"slices"

	"github.com/jackc/pgx/v5"
)

// copyChunk is how many rows are copied at once: as many as an import brings
// share a transaction, and yet few to do again when one of them is there.
const copyChunk = 8192

var copyColumns = []string{"corp_id", "user_id", "at", "source", "device", "known_at", "flags", "slot", "section", "repeats", "last_received", "detail"}

// copyPunches inserts the many rows of an import by COPY, which is the fastest
// that PostgreSQL has, and cannot say what to do with a row that is there: the
// rows around one are merged.
func (tx *Tx) copyPunches(rows []owned) error {
	for part := range slices.Chunk(rows, copyChunk) {
		done, err := tx.tryCopy(part)
		if err != nil {
			return err
		}
		if done {
			continue
		}
		for few := range slices.Chunk(part, unnestChunk) {
			if err := tx.unnest(few); err != nil {
				return err
			}
		}
	}
	return nil
}

// tryCopy inserts rows of which none may be there; done is false when one was,
// and the transaction is then as before.
func (tx *Tx) tryCopy(rows []owned) (done bool, err error) {
	c, ok := tx.conn.(*postgresConn)
	if !ok {
		return false, nil
	}
	if err := tx.conn.script(tx.ctx, "SAVEPOINT chunk"); err != nil {
		return false, translate(err)
	}
	_, err = c.c.CopyFrom(tx.ctx, pgx.Identifier{"punches"}, copyColumns, &copySource{rows: rows})
	err = translate(err)
	switch {
	case err == nil:
		for i := range rows {
			rows[i].by.inserted++
		}
		return true, translate(tx.conn.script(tx.ctx, "RELEASE SAVEPOINT chunk"))
	case errors.Is(err, ErrConflict):
		return false, translate(tx.conn.script(tx.ctx, "ROLLBACK TO SAVEPOINT chunk"))
	}
	return false, err
}

// copySource hands rows to COPY one by one.
type copySource struct {
	rows   []owned
	next   int
	values []any
}

// Next moves to the next row.
func (s *copySource) Next() bool {
	s.next++
	return s.next <= len(s.rows)
}

// Values returns the columns of the row, until the next call.
func (s *copySource) Values() ([]any, error) {
	s.values = s.rows[s.next-1].args(s.values[:0])
	return s.values, nil
}

// Err returns nil: the rows are at hand.
func (s *copySource) Err() error { return nil }
