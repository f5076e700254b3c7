package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"zombiezen.com/go/sqlite"
)

// sqliteConn is the seam's view of a connection.
type sqliteConn struct{ c *sqlite.Conn }

func (s *sqliteConn) dialect() dialect { return onSQLite }

func (s *sqliteConn) exec(ctx context.Context, sql string, args ...any) (int64, error) {
	err := s.query(ctx, sql, func(row) error { return nil }, args...)
	return int64(s.c.Changes()), err
}

func (s *sqliteConn) query(_ context.Context, sql string, scan func(row) error, args ...any) (err error) {
	stmt, err := s.c.Prepare(sqliteText(sql))
	if err != nil {
		return err
	}
	// Left unreset, a statement would hold its snapshot beyond the transaction.
	defer func() { err = errors.Join(err, stmt.Reset()) }()
	if n := stmt.BindParamCount(); n != len(args) {
		return fmt.Errorf("statement has %d parameters, got %d arguments", n, len(args))
	}
	for i, arg := range args {
		if err := bind(stmt, i+1, arg); err != nil {
			return err
		}
	}
	r := &sqliteRow{stmt}
	for {
		more, err := stmt.Step()
		if err != nil || !more {
			return err
		}
		if err := scan(r); err != nil {
			return err
		}
	}
}

func (s *sqliteConn) script(_ context.Context, sql string) error {
	for sql = strings.TrimSpace(sqliteText(sql)); sql != ""; {
		stmt, rest, err := s.c.PrepareTransient(sql)
		if err != nil {
			return err
		}
		for more := true; more && err == nil; {
			more, err = stmt.Step()
		}
		if err := errors.Join(err, stmt.Finalize()); err != nil {
			return err
		}
		sql = strings.TrimSpace(sql[len(sql)-rest:])
	}
	return nil
}

func bind(stmt *sqlite.Stmt, i int, arg any) error {
	switch v := arg.(type) {
	case int64:
		stmt.BindInt64(i, v)
	case string:
		stmt.BindText(i, v)
	case []byte:
		stmt.BindBytes(i, v)
	case []string, []int64:
		list, err := json.Marshal(v)
		if err != nil {
			return fmt.Errorf("bind $%d: %w", i, err)
		}
		stmt.BindText(i, string(list))
	default:
		return fmt.Errorf("bind $%d: no way to store a %T", i, arg)
	}
	return nil
}

// sqliteWords turns PostgreSQL's words into SQLite's. A list is handed over as
// a JSON array.
var sqliteWords = strings.NewReplacer(
	` COLLATE "C"`, "",
	"BIGINT", "INTEGER",
	"SMALLINT", "INTEGER",
	"BYTEA", "BLOB",
	"\n);", "\n) STRICT;",
	"\n) /* clustered */;", "\n) STRICT, WITHOUT ROWID;",
)

var (
	sqliteList  = regexp.MustCompile(`= ANY\((\$\d+)\)`)
	sqliteTexts sync.Map // PostgreSQL's text to SQLite's
)

func sqliteText(sql string) string {
	if text, ok := sqliteTexts.Load(sql); ok {
		return text.(string)
	}
	text := sqliteList.ReplaceAllString(sqliteWords.Replace(sql), "IN (SELECT value FROM json_each($1))")
	text = strings.ReplaceAll(text, "$", "?")
	sqliteTexts.Store(sql, text)
	return text
}

type sqliteRow struct{ stmt *sqlite.Stmt }

func (r *sqliteRow) int(col int) int64   { return r.stmt.ColumnInt64(col) }
func (r *sqliteRow) text(col int) string { return r.stmt.ColumnText(col) }

func (r *sqliteRow) bytes(col int, buf []byte) []byte {
	n := r.stmt.ColumnLen(col)
	if cap(buf) < n {
		buf = make([]byte, n)
	}
	return buf[:r.stmt.ColumnBytes(col, buf[:n])]
}
