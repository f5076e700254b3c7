package store

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"
)

// engine is a database of either kind.
type engine interface {
	// tx runs f in a transaction and keeps it when f returns nil. Its errors
	// are translated.
	tx(ctx context.Context, mode txMode, f func(conn) error) error
	// rewrite leaves nothing in the engine's files that was removed.
	rewrite(ctx context.Context) error
	// lock takes a lock by its name, or fails with ErrLocked.
	lock(ctx context.Context, name string) (unlock func() error, err error)
	close() error
}

// txMode says what a transaction is for.
type txMode uint8

const (
	readMode    txMode = iota // a snapshot
	writeMode                 // serialisable; tried again after a collision
	appendMode                // a single upsert; on PostgreSQL without BEGIN and COMMIT
	migrateMode               // alone among those that migrate
)

// conn is one connection inside a transaction. SQL is written in PostgreSQL's
// words with $1, $2, …; arguments are int64, string, []byte, []string and
// []int64; truth is 0 or 1.
type conn interface {
	// exec runs a statement and returns how many rows it changed.
	exec(ctx context.Context, sql string, args ...any) (int64, error)
	// query calls scan for each row. The row is valid during the call only.
	query(ctx context.Context, sql string, scan func(row) error, args ...any) error
	// insert adds rows, whose values are as exec takes them, to a table.
	insert(ctx context.Context, table string, columns []string, rows [][]any) error
	// script runs statements without arguments.
	script(ctx context.Context, sql string) error
	dialect() dialect
}

// dialect names an engine where a statement needs a text for each.
type dialect uint8

const (
	onSQLite dialect = iota
	onPostgres
)

// row is one row of an answer. Columns count from 0 and are never NULL.
type row interface {
	int(col int) int64
	text(col int) string
	// bytes appends a text or a binary column to buf[:0].
	bytes(col int, buf []byte) []byte
}

// Tx is a transaction, given to the function of Read or Write. It is used by
// one goroutine.
type Tx struct {
	ctx     context.Context
	conn    conn
	reading bool
}

func (tx *Tx) query(sql string, scan func(row) error, args ...any) error {
	return translate(tx.conn.query(tx.ctx, sql, scan, args...))
}

// one is query for at most one row; found is false when there is none.
func (tx *Tx) one(sql string, scan func(row) error, args ...any) (found bool, err error) {
	err = tx.query(sql, func(r row) error {
		found = true
		return scan(r)
	}, args...)
	return found, err
}

// exec changes rows. Text that PostgreSQL could not hold is refused on both
// engines, so that a database can move from one to the other.
func (tx *Tx) exec(sql string, args ...any) (int64, error) {
	if tx.reading {
		return 0, fmt.Errorf("write inside a reading transaction: %w", ErrReadOnly)
	}
	for _, arg := range args {
		if s, ok := arg.(string); ok && !storable(s) {
			return 0, fmt.Errorf("text that is not UTF-8 or holds a zero byte: %w", ErrInvalid)
		}
	}
	n, err := tx.conn.exec(tx.ctx, sql, args...)
	return n, translate(err)
}

func storable(s string) bool {
	return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0
}
