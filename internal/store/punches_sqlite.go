package store

import (
	"errors"
	"fmt"
	"strings"
)

// chunk is how many rows one statement inserts on SQLite. Below it, rows go
// one by one, so that there are few texts to prepare.
const chunk = 64

// punchInsert begins every statement that stores punches.
const punchInsert = "INSERT INTO punches (corp_id, user_id, at, source, device, known_at, flags, slot, section, repeats, last_received, detail) "

const punchOne = punchInsert + "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $6, $10)"

const punchRepeat = `UPDATE punches SET repeats = repeats + 1, last_received = max(last_received, $6)
	WHERE corp_id = $1 AND user_id = $2 AND at = $3 AND source = $4 AND device = $5`

var punchChunk = func() string {
	var sql strings.Builder
	sql.WriteString(punchInsert + "VALUES ")
	for i := range chunk {
		if i > 0 {
			sql.WriteString(", ")
		}
		n := i * 10
		fmt.Fprintf(&sql, "($%d, $%d, $%d, $%d, $%d, $%d, $%d, $%d, $%d, 0, $%d, $%d)",
			n+1, n+2, n+3, n+4, n+5, n+6, n+7, n+8, n+9, n+6, n+10)
	}
	return sql.String()
}()

// insertChunks inserts rows as if none were there, which is so except when
// something is sent again. A statement that fails leaves nothing behind.
func (tx *Tx) insertChunks(a *addition) error {
	args := make([]any, 0, 10*min(chunk, len(a.rows)))
	for rows := a.rows; len(rows) > 0; {
		n := min(chunk, len(rows))
		if n == chunk {
			args = args[:0]
			for i := range rows[:n] {
				args = rows[i].args(args)
			}
			_, err := tx.conn.exec(tx.ctx, punchChunk, args...)
			if err == nil {
				a.inserted += n
				rows = rows[n:]
				continue
			}
			if err := translate(err); !errors.Is(err, ErrConflict) {
				return err
			}
		}
		for i := range rows[:n] {
			if err := tx.insertOne(a, rows[i].args(args[:0])); err != nil {
				return err
			}
		}
		rows = rows[n:]
	}
	return nil
}

func (tx *Tx) insertOne(a *addition, args []any) error {
	_, err := tx.conn.exec(tx.ctx, punchOne, args...)
	if err == nil {
		a.inserted++
		return nil
	}
	if err := translate(err); !errors.Is(err, ErrConflict) {
		return err
	}
	a.repeated++
	_, err = tx.conn.exec(tx.ctx, punchRepeat, args[:6]...)
	return translate(err)
}

func (r *punchRow) args(to []any) []any {
	return append(to, r.corp, r.user, r.at, r.source, r.device, r.known, r.flags, r.slot, r.section, r.detail)
}
