package store

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"

	"github.com/dakahq/daka/internal/attendance"
)

const (
	// maxGroup bounds the rows of callers who share a transaction.
	maxGroup = appendRows
	// commitTimeout bounds a shared transaction, whoever waits for it.
	commitTimeout = 30 * time.Second
)

// group lets callers who add punches at the same time share one transaction,
// and so one wait for the disk: whoever finds nobody committing commits for all
// who wait.
type group struct {
	engine  engine
	lead    chan struct{} // full while somebody commits
	mu      sync.Mutex
	waiting []*waiter
}

// waiter is a caller in the group.
type waiter struct {
	addition
	err  error
	done chan struct{}
}

func newGroup(e engine) *group {
	return &group{engine: e, lead: make(chan struct{}, 1)}
}

// InsertPunches is Tx.InsertPunches in a transaction of its own, or in one
// shared with others who call it at the same time. When it returns nil the
// punches are on the disk. All of a caller's punches are stored or none, and
// neither a caller's bad records nor its cancelled context touch the others.
// After an error of the context of a call whose turn had not come, nothing is
// stored.
func (db *DB) InsertPunches(ctx context.Context, corp attendance.CorpID, records []attendance.PunchRecord) (inserted, repeated int, err error) {
	rows, err := punchRows(corp, records)
	if err != nil || len(rows) == 0 {
		return 0, 0, err
	}
	w := &waiter{addition: addition{rows: rows}, done: make(chan struct{})}
	if err := db.group.join(ctx, w); err != nil {
		return 0, 0, wrap(err, "insert punches of corp %q", corp)
	}
	return w.inserted, w.repeated, nil
}

func (g *group) join(ctx context.Context, w *waiter) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	g.mu.Lock()
	g.waiting = append(g.waiting, w)
	g.mu.Unlock()
	for {
		select {
		case <-w.done:
			return w.err
		case g.lead <- struct{}{}:
			g.serve(w)
		case <-ctx.Done():
			if g.leave(w) {
				return fmt.Errorf("wait for the database: %w", ctx.Err())
			}
			// The transaction has begun: wait to know how it ends.
			<-w.done
			return w.err
		}
	}
}

// serve commits for those who wait, unless w, who leads, was served while it
// waited for the lead.
func (g *group) serve(w *waiter) {
	defer func() { <-g.lead }()
	select {
	case <-w.done:
		return
	default:
	}
	g.gather()
	g.commit(g.next())
}

// gather lets those who were just answered, and are back at once, join in: of
// callers who never rest, half would be left for the next transaction.
func (g *group) gather() {
	for before := -1; ; runtime.Gosched() {
		g.mu.Lock()
		n := len(g.waiting)
		g.mu.Unlock()
		if n == before || n >= maxGroup {
			return
		}
		before = n
	}
}

// next takes the callers of the next transaction, the first ones first.
func (g *group) next() []*waiter {
	g.mu.Lock()
	defer g.mu.Unlock()
	n, rows := 0, 0
	for n < len(g.waiting) && (n == 0 || rows+len(g.waiting[n].rows) <= maxGroup) {
		rows += len(g.waiting[n].rows)
		n++
	}
	batch := g.waiting[:n:n]
	g.waiting = g.waiting[n:]
	return batch
}

// leave takes w out of the queue; false when it is there no more.
func (g *group) leave(w *waiter) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	for i, other := range g.waiting {
		if other == w {
			g.waiting = append(g.waiting[:i:i], g.waiting[i+1:]...)
			return true
		}
	}
	return false
}

func (g *group) commit(batch []*waiter) {
	// Not the leader's own context: it must not end the others' transaction.
	ctx, cancel := context.WithTimeout(context.Background(), commitTimeout)
	defer cancel()
	err := g.run(ctx, batch)
	for _, w := range batch {
		w.err = err
		if len(batch) > 1 && errors.Is(err, ErrInvalid) {
			w.err = g.run(ctx, []*waiter{w})
		}
		close(w.done)
	}
}

// run stores the rows of a batch in one transaction.
func (g *group) run(ctx context.Context, batch []*waiter) error {
	all := make([]*addition, len(batch))
	rows := 0
	for i, w := range batch {
		all[i] = &w.addition
		rows += len(w.rows)
	}
	mode := appendMode
	if rows > appendRows {
		mode = writeMode
	}
	return g.engine.tx(ctx, mode, func(c conn) error {
		return (&Tx{ctx: ctx, conn: c}).insert(all)
	})
}
