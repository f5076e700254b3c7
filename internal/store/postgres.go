package store

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// migrateKey is the first half of the advisory lock of those that migrate; the
// second half names the schema.
const migrateKey = 0xdaca

// maxTries bounds how often a transaction that collides is run.
const maxTries = 12

type postgresDB struct {
	pool   *pgxpool.Pool
	closed atomic.Bool
}

func openPostgres(ctx context.Context, dsn string, opts Options) (engine, error) {
	config, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		// The driver's error quotes the address, and with it the password.
		return nil, errors.New("open database: not an address of the form postgres://user:password@host:port/database?parameters")
	}
	params := config.ConnConfig.RuntimeParams
	if _, named := params["application_name"]; !named {
		params["application_name"] = "daka"
	}
	if _, named := params["jit"]; !named {
		// Compiling takes longer than any query of ours, the first time a third of a
		// second. PgBouncer refuses a connection that asks for this when it begins.
		config.AfterConnect = func(ctx context.Context, c *pgx.Conn) error {
			_, _ = c.Exec(ctx, "SET jit = off") // slower without
			return nil
		}
	}
	if opts.Relaxed {
		params["synchronous_commit"] = "off"
	}
	if opts.ReadOnly {
		params["default_transaction_read_only"] = "on"
	}
	if config.ConnConfig.ConnectTimeout == 0 {
		config.ConnConfig.ConnectTimeout = busyTimeout
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, fmt.Errorf("open database: %w", saidOnce(err))
	}
	return &postgresDB{pool: pool}, nil
}

// saidOnce drops what the driver says again of each address and, with and
// without TLS, of each attempt at it.
func saidOnce(err error) error {
	refused, ok := errors.AsType[*pgconn.ConnectError](err)
	if !ok {
		return err
	}
	var lines []string
	for line := range strings.Lines(refused.Unwrap().Error()) {
		if line = strings.TrimSpace(line); !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return &onceError{err, fmt.Sprintf("connect as %q to database %q: %s", refused.Config.User, refused.Config.Database, strings.Join(lines, "; "))}
}

// onceError is an error in other words.
type onceError struct {
	error
	text string
}

func (e *onceError) Error() string { return e.text }

func (e *onceError) Unwrap() error { return e.error }

func (db *postgresDB) close() error {
	if !db.closed.Swap(true) {
		db.pool.Close()
	}
	return nil
}

func (db *postgresDB) rewrite(context.Context) error { return nil }

func (db *postgresDB) tx(ctx context.Context, mode txMode, f func(conn) error) error {
	var err error
	for try := range maxTries {
		if try > 0 {
			pause := time.Duration(1+rand.IntN(1<<min(try, 7))) * time.Millisecond
			select {
			case <-ctx.Done():
				return fmt.Errorf("wait after a collision: %w", ctx.Err())
			case <-time.After(pause):
			}
		}
		if err = db.once(ctx, mode, f); !retryable(err) {
			break
		}
	}
	return translate(err)
}

var txOptions = map[txMode]pgx.TxOptions{
	readMode:  {IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly},
	writeMode: {IsoLevel: pgx.Serializable},
	// Here each statement must see what the one before it waited for.
	migrateMode: {IsoLevel: pgx.ReadCommitted},
}

func (db *postgresDB) once(ctx context.Context, mode txMode, f func(conn) error) error {
	c, err := db.pool.Acquire(ctx)
	if err != nil {
		if db.closed.Load() {
			return ErrClosed
		}
		return fmt.Errorf("connect to database: %w", saidOnce(err))
	}
	defer c.Release()
	if mode == appendMode {
		return f(&postgresConn{c.Conn()})
	}
	return pgx.BeginTxFunc(ctx, c.Conn(), txOptions[mode], func(tx pgx.Tx) error {
		if mode == migrateMode {
			if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1, hashtext(current_schema()))", migrateKey); err != nil {
				return fmt.Errorf("lock the schema: %w", err)
			}
		}
		return f(&postgresConn{tx.Conn()})
	})
}

// postgresConn is the seam's view of a connection.
type postgresConn struct{ c *pgx.Conn }

func (p *postgresConn) dialect() dialect { return onPostgres }

func (p *postgresConn) exec(ctx context.Context, sql string, args ...any) (int64, error) {
	tag, err := p.c.Exec(ctx, sql, args...)
	return tag.RowsAffected(), err
}

func (p *postgresConn) query(ctx context.Context, sql string, scan func(row) error, args ...any) error {
	rows, err := p.c.Query(ctx, sql, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	r := &postgresRow{}
	for rows.Next() {
		r.values = rows.RawValues()
		if err := scan(r); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (p *postgresConn) script(ctx context.Context, sql string) error {
	_, err := p.c.Exec(ctx, sql, pgx.QueryExecModeSimpleProtocol)
	return err
}

// postgresRow reads the columns as they come over the wire: whole numbers in
// binary, big end first, and text as it is.
type postgresRow struct{ values [][]byte }

func (r *postgresRow) int(col int) int64 {
	switch v := r.values[col]; len(v) {
	case 8:
		return int64(binary.BigEndian.Uint64(v))
	case 4:
		return int64(int32(binary.BigEndian.Uint32(v)))
	default:
		return int64(int16(binary.BigEndian.Uint16(v)))
	}
}

func (r *postgresRow) text(col int) string { return string(r.values[col]) }

func (r *postgresRow) bytes(col int, buf []byte) []byte {
	return append(buf[:0], r.values[col]...)
}
