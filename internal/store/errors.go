package store

import (
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"zombiezen.com/go/sqlite"
)

// The errors that callers tell apart with errors.Is. They come wrapped with
// what was being done.
var (
	ErrNotFound    = errors.New("not in the database")
	ErrConflict    = errors.New("already in the database")
	ErrInvalid     = errors.New("cannot be stored")
	ErrNewerSchema = errors.New("the database was written by a newer daka")
	ErrFull        = errors.New("the disk of the database is full")
	ErrReadOnly    = errors.New("the database is read-only")
	ErrUnfolded    = errors.New("the file and its folder cannot be written, and the log beside it holds what the file lacks")
	ErrBusy        = errors.New("the database is busy")
	ErrClosed      = errors.New("the database is closed")
)

// translate gives an engine's error the sentinel that it stands for and keeps
// the engine's own words behind it.
func translate(err error) error {
	if err == nil || sentinel(err) != nil {
		return err
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		if kind := postgresKind(pg.Code); kind != nil {
			return fmt.Errorf("%w (%w)", kind, err)
		}
		return err
	}
	if kind := sqliteKind(sqlite.ErrCode(err)); kind != nil {
		return fmt.Errorf("%w (%w)", kind, err)
	}
	return err
}

func sentinel(err error) error {
	for _, kind := range []error{ErrNotFound, ErrConflict, ErrInvalid, ErrNewerSchema, ErrFull, ErrReadOnly, ErrUnfolded, ErrBusy, ErrClosed} {
		if errors.Is(err, kind) {
			return kind
		}
	}
	return nil
}

func sqliteKind(code sqlite.ResultCode) error {
	switch code {
	case sqlite.ResultConstraintPrimaryKey, sqlite.ResultConstraintUnique, sqlite.ResultConstraintRowID:
		return ErrConflict
	}
	switch code.ToPrimary() {
	case sqlite.ResultConstraint, sqlite.ResultMismatch, sqlite.ResultTooBig:
		return ErrInvalid
	case sqlite.ResultFull:
		return ErrFull
	case sqlite.ResultReadOnly:
		return ErrReadOnly
	case sqlite.ResultBusy:
		return ErrBusy
	}
	return nil
}

// postgresKind reads an SQLSTATE.
func postgresKind(code string) error {
	switch code {
	case "23505": // unique_violation
		return ErrConflict
	case "53100": // disk_full
		return ErrFull
	case "25006": // read_only_sql_transaction
		return ErrReadOnly
	case "40001", "40P01", "55P03", "53300": // serialization, deadlock, lock, too many connections
		return ErrBusy
	}
	if strings.HasPrefix(code, "22") || strings.HasPrefix(code, "23") { // bad data, broken constraint
		return ErrInvalid
	}
	return nil
}

// retryable reports whether a transaction failed only because of another one
// at the same time.
func retryable(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "40001" || pg.Code == "40P01")
}
