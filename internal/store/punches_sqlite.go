package store

import (
	"errors"
	"fmt"
	"strings"
)

// chunks are how many rows one statement inserts on SQLite, the most first.
var chunks = [...]int{64, 8, 1}

// punchInsert is how every statement that stores punches goes on after its
// first word.
const (
	punchInsert  = " INTO punches (corp_id, user_id, at, source, device, known_at, flags, slot, section, repeats, last_received, detail) "
	punchColumns = 12
)

const punchRepeat = `UPDATE punches SET repeats = repeats + 1 + $6, last_received = max(last_received, $7)
	WHERE corp_id = $1 AND user_id = $2 AND at = $3 AND source = $4 AND device = $5`

// punchValues are the statements of chunks. OR FAIL keeps the rows before the
// one that is there already, so that SQLite need not copy every page that it
// touches to undo them.
var punchValues = func() (texts [len(chunks)]string) {
	for c, rows := range chunks {
		var sql strings.Builder
		sql.WriteString("INSERT OR FAIL" + punchInsert + "VALUES ")
		for n := range rows * punchColumns {
			switch {
			case n == 0:
				sql.WriteString("(")
			case n%punchColumns == 0:
				sql.WriteString("), (")
			default:
				sql.WriteString(", ")
			}
			fmt.Fprintf(&sql, "$%d", n+1)
		}
		texts[c] = sql.String() + ")"
	}
	return texts
}()

// insertChunks inserts rows as if none were there, which is so except when
// something is sent again.
func (tx *Tx) insertChunks(rows []owned) error {
	args := make([]any, 0, punchColumns*min(chunks[0], len(rows)))
	for c := 0; len(rows) > 0; {
		n := chunks[c]
		if n > len(rows) {
			c++
			continue
		}
		args = args[:0]
		for i := range rows[:n] {
			args = rows[i].args(args)
		}
		added, err := tx.conn.exec(tx.ctx, punchValues[c], args...)
		err = translate(err)
		if err != nil && !errors.Is(err, ErrConflict) {
			return err
		}
		for _, r := range rows[:added] {
			r.by.inserted++
		}
		if err != nil {
			if err := tx.insertEach(rows[added:n]); err != nil {
				return err
			}
		}
		rows = rows[n:]
	}
	return nil
}

// insertEach inserts rows of which some are there, the first one surely.
func (tx *Tx) insertEach(rows []owned) error {
	for i := range rows {
		r := &rows[i]
		if i > 0 {
			_, err := tx.conn.exec(tx.ctx, punchValues[len(chunks)-1], r.args(nil)...)
			if err == nil {
				r.by.inserted++
				continue
			}
			if err := translate(err); !errors.Is(err, ErrConflict) {
				return err
			}
		}
		r.by.repeated++
		if _, err := tx.conn.exec(tx.ctx, punchRepeat, r.corp, r.user, r.at, r.source, r.device, r.repeats, r.last); err != nil {
			return translate(err)
		}
	}
	return nil
}

func (r *owned) args(to []any) []any {
	return append(to, r.corp, r.user, r.at, r.source, r.device, r.known, r.flags, r.slot, r.section, r.repeats, r.last, r.detail)
}
