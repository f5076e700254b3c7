package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"runtime"
	"sync"
	"time"

	"zombiezen.com/go/sqlite"
)

const (
	memory      = ":memory:"
	busyTimeout = 10 * time.Second
	// foldAppends is after how many appends the log is folded into the file. A
	// log that is written over needs no new blocks, which would double the time
	// of a lone caller's commit: so it is kept short while callers come one by
	// one. Of many at once, the log is full sooner.
	foldAppends = 1000
)

// sqliteDB is a database file: one connection that writes, and some that read
// beside it. A database in memory has a single connection for both.
type sqliteDB struct {
	path    string
	opts    Options
	closed  chan struct{}
	once    sync.Once
	writer  chan *sqlite.Conn
	readers chan *sqlite.Conn // nil stands for one that is not open yet
	appends int               // since the log was folded; belongs to who has the writer
	locks   sync.Map          // names of those that are held, of a database in memory
}

func openSQLite(ctx context.Context, path string, opts Options) (engine, error) {
	if path != memory && !opts.ReadOnly {
		// SQLite would let every user of the machine read a file that it makes.
		f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
		if err != nil {
			return nil, fmt.Errorf("open database: %w", err)
		}
		if err := f.Close(); err != nil {
			return nil, fmt.Errorf("open database: %w", err)
		}
	}
	db := &sqliteDB{path: path, opts: opts, closed: make(chan struct{}), writer: make(chan *sqlite.Conn, 1)}
	first, err := db.connect()
	if err != nil {
		return nil, err
	}
	if path != memory && !opts.ReadOnly {
		if err := enableLog(ctx, first); err != nil {
			return nil, errors.Join(fmt.Errorf("open database file %q: %w", path, err), first.Close())
		}
	}
	db.writer <- first
	if path == memory {
		db.readers = db.writer
		return db, nil
	}
	n := max(4, runtime.GOMAXPROCS(0))
	db.readers = make(chan *sqlite.Conn, n)
	for range n {
		db.readers <- nil
	}
	return db, nil
}

func (db *sqliteDB) connect() (_ *sqlite.Conn, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("open database file %q: %w", db.path, err)
		}
	}()
	if db.opts.ReadOnly {
		return db.connectToRead()
	}
	return db.open(db.path, sqlite.OpenReadWrite|sqlite.OpenCreate)
}

// connectToRead opens the file to read. SQLite makes a file beside one with a log
// even so; where the folder does not let it, the file is taken as it is, if there
// is no log that holds more.
func (db *sqliteDB) connectToRead() (*sqlite.Conn, error) {
	c, err := db.open(db.path, sqlite.OpenReadOnly)
	if err == nil {
		if err = (&sqliteConn{c}).script(context.Background(), "PRAGMA schema_version"); err == nil {
			return c, nil
		}
		err = errors.Join(err, c.Close())
	}
	code := sqlite.ErrCode(err).ToPrimary()
	if code != sqlite.ResultReadOnly && code != sqlite.ResultCantOpen {
		return nil, err
	}
	log, logErr := os.Stat(db.path + "-wal")
	switch {
	case logErr == nil && log.Size() > 0:
		return nil, fmt.Errorf("%w: %w", ErrUnfolded, err)
	case !errors.Is(logErr, fs.ErrNotExist) && logErr != nil:
		return nil, err
	}
	if _, missing := os.Stat(db.path); missing != nil {
		return nil, err
	}
	return db.open("file:"+(&url.URL{Path: db.path}).EscapedPath()+"?immutable=1", sqlite.OpenReadOnly|sqlite.OpenURI)
}

func (db *sqliteDB) open(name string, flags sqlite.OpenFlags) (*sqlite.Conn, error) {
	c, err := sqlite.OpenConn(name, flags)
	if err != nil {
		return nil, err
	}
	c.SetBusyTimeout(busyTimeout)
	if err := db.configure(c); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return c, nil
}

func (db *sqliteDB) configure(c *sqlite.Conn) error {
	settings := []string{"PRAGMA cache_size = -16000", "PRAGMA temp_store = MEMORY"}
	if db.path != memory && !db.opts.ReadOnly {
		// Many callers at once write to as many places of the file, again and
		// again: a long log folds their pages into it less often. 12,800 pages
		// are 50 MiB.
		settings = append(settings, "PRAGMA wal_autocheckpoint = 12800", "PRAGMA journal_size_limit = 67108864")
	}
	if db.opts.Relaxed {
		settings = append(settings, "PRAGMA synchronous = OFF")
	} else {
		settings = append(settings, "PRAGMA synchronous = FULL")
	}
	for _, s := range settings {
		if err := (&sqliteConn{c}).script(context.Background(), s); err != nil {
			return err
		}
	}
	return nil
}

// enableLog gives the file a write-ahead log. SQLite does not use the busy
// timeout here: of two that open a new file at once, one is told to go away.
func enableLog(ctx context.Context, c *sqlite.Conn) error {
	ctx, cancel := context.WithTimeout(ctx, busyTimeout)
	defer cancel()
	for {
		err := (&sqliteConn{c}).script(ctx, "PRAGMA journal_mode = WAL")
		if sqlite.ErrCode(err).ToPrimary() != sqlite.ResultBusy {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// take waits for a connection of a pool.
func (db *sqliteDB) take(ctx context.Context, pool chan *sqlite.Conn) (*sqlite.Conn, error) {
	select {
	case <-db.closed:
		return nil, ErrClosed
	default:
	}
	select {
	case <-db.closed:
		return nil, ErrClosed
	case <-ctx.Done():
		return nil, fmt.Errorf("wait for the database: %w", ctx.Err())
	case c := <-pool:
		if c != nil {
			return c, nil
		}
		c, err := db.connect()
		if err != nil {
			pool <- nil
		}
		return c, err
	}
}

func (db *sqliteDB) tx(ctx context.Context, mode txMode, f func(conn) error) (err error) {
	begin, pool := "BEGIN IMMEDIATE", db.writer
	if mode == readMode {
		begin, pool = "BEGIN", db.readers
	} else if db.opts.ReadOnly {
		return ErrReadOnly
	}
	c, err := db.take(ctx, pool)
	if err != nil {
		return translate(err)
	}
	done := false
	defer func() {
		// Neither the end of a transaction nor its undoing may be interrupted:
		// the caller has to know which of the two it was. After a panic in f
		// the transaction is undone as after an error.
		c.SetInterrupt(nil)
		if !done && !c.AutocommitEnabled() {
			err = errors.Join(err, command(c, "ROLLBACK"))
		}
		pool <- c
	}()
	c.SetInterrupt(ctx.Done())
	if err := command(c, begin); err != nil {
		return wrapInterrupt(ctx, translate(fmt.Errorf("begin transaction: %w", err)))
	}
	if err := f(&sqliteConn{c}); err != nil {
		return wrapInterrupt(ctx, translate(err))
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	c.SetInterrupt(nil)
	if err := command(c, "COMMIT"); err != nil {
		return translate(fmt.Errorf("commit: %w", err))
	}
	done = true
	if mode == appendMode {
		db.fold(c)
	}
	return nil
}

// fold folds the log into the file when it is time to. It does not fail: what
// it could not fold stays in the log, and is as safe there.
func (db *sqliteDB) fold(c *sqlite.Conn) {
	if db.appends++; db.appends == foldAppends {
		db.appends = 0
		_, _ = (&sqliteConn{c}).exec(context.Background(), "PRAGMA wal_checkpoint(PASSIVE)")
	}
}

func (db *sqliteDB) rewrite(ctx context.Context) error {
	if db.opts.ReadOnly {
		return ErrReadOnly
	}
	if db.path == memory {
		return nil
	}
	c, err := db.take(ctx, db.writer)
	if err != nil {
		return err
	}
	defer func() {
		c.SetInterrupt(nil)
		db.writer <- c
	}()
	c.SetInterrupt(ctx.Done())
	conn := &sqliteConn{c}
	// The copy that is made on the way may be larger than the memory.
	err = conn.script(ctx, "PRAGMA temp_store = FILE; VACUUM")
	if err = errors.Join(err, conn.script(ctx, "PRAGMA temp_store = MEMORY")); err != nil {
		return wrapInterrupt(ctx, err)
	}
	busy := int64(0)
	err = conn.query(ctx, "PRAGMA wal_checkpoint(TRUNCATE)", func(r row) error {
		busy = r.int(0)
		return nil
	})
	if err == nil && busy != 0 {
		err = errors.New("a reader keeps the log")
	}
	return wrapInterrupt(ctx, err)
}

// wrapInterrupt names the context as the cause when it is one.
func wrapInterrupt(ctx context.Context, err error) error {
	if cause := ctx.Err(); cause != nil && sqlite.ErrCode(err).ToPrimary() == sqlite.ResultInterrupt {
		return fmt.Errorf("%w: %w", cause, err)
	}
	return err
}

func (db *sqliteDB) close() error {
	var errs []error
	db.once.Do(func() {
		close(db.closed)
		pools := []chan *sqlite.Conn{db.readers, db.writer}
		if db.path == memory {
			pools = pools[:1]
		}
		// The writer closes last: it folds the log into the file.
		for _, pool := range pools {
			for range cap(pool) {
				if c := <-pool; c != nil {
					errs = append(errs, c.Close())
				}
			}
		}
	})
	return errors.Join(errs...)
}

// command runs one of the cached statements that take and give nothing.
func command(c *sqlite.Conn, sql string) error {
	stmt, err := c.Prepare(sql)
	if err != nil {
		return err
	}
	_, err = stmt.Step()
	return err
}
