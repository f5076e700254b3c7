package wecom

import (
	"context"
	"time"
)

// Journal keeps what Limiters let through beyond the end of their processes,
// however that comes, so that one that begins right after another does not take
// the quota for whole. It counts calls in blocks of a twentieth of a quota: who
// comes after somebody that was killed counts too many at most, never too few.
// Its methods are safe for concurrent use, and their errors are those of the
// call that waits for them.
type Journal interface {
	// Reserved returns what was noted of a quota (Quota.Name), at least as far as
	// it is for a time after a minute ago. It is asked once a quota, before the
	// first call.
	Reserved(ctx context.Context, quota string) ([]Reservation, error)
	// Reserve notes calls before any of them is made. It returns once they are
	// not forgotten any more.
	Reserve(ctx context.Context, quota string, r Reservation) error
}

// Reservation is calls that may be made until an instant. They count as if all
// of them were answered then.
type Reservation struct {
	Calls int
	Until time.Time
}

// NewJournaledLimiter returns a Limiter that has seen the calls of j, and notes
// its own there. Of the hour's quota it knows the last minute.
func NewJournaledLimiter(j Journal) *Limiter { return &Limiter{journal: j} }

const (
	// blockShare is how many blocks there are in a minute's quota at least.
	blockShare = 20
	// blockLife is for how long calls of a block may go out, and answerTime how
	// much later WeCom may count them. Where noting one took long, for a database
	// may be busy, the next is that much longer, journalTime at most.
	blockLife   = 3 * time.Second
	answerTime  = 2 * time.Second
	journalTime = 10 * time.Second
)

// block is what is left of the calls that a gate has reserved.
type block struct {
	known bool // what was reserved before has been read
	calls int
	until time.Duration
	took  time.Duration // to note the last one
}

// reserve sees to it that a call of a gate may be made without being forgotten,
// and reports whether it had to let go of the lock for that.
func (l *Limiter) reserve(ctx context.Context, clock Clock, g *gate, q Quota) (waited bool, err error) {
	now := l.now(clock)
	b := &g.block
	if l.journal == nil || b.known && b.calls > 0 && now < b.until && b.until <= now+journalTime+blockLife {
		return false, nil
	}
	if !b.known {
		earlier, err := l.unlocked(func() ([]Reservation, error) { return l.journal.Reserved(ctx, q.Name) })
		if err != nil {
			return true, err
		}
		if !b.known {
			b.known = true
			l.remember(g, clock, earlier)
		}
		return true, nil
	}
	calls, took := max(1, g.windows[0].most/blockShare), b.took
	// Until in whole milliseconds: a journal need not keep more.
	until := clock.Now().Add(took + blockLife + answerTime + time.Millisecond).Truncate(time.Millisecond)
	_, err = l.unlocked(func() ([]Reservation, error) {
		return nil, l.journal.Reserve(ctx, q.Name, Reservation{calls, until})
	})
	if err == nil {
		b.calls, b.until = calls, now+took+blockLife
	}
	b.took = min(l.now(clock)-now, journalTime)
	return true, err
}

// unlocked lets go of the lock while do is waited for.
func (l *Limiter) unlocked(do func() ([]Reservation, error)) ([]Reservation, error) {
	l.mu.Unlock()
	defer l.mu.Lock()
	return do()
}

// remember counts what was reserved before. What is for a time to come that no
// block reaches, the clock was turned back since.
func (l *Limiter) remember(g *gate, clock Clock, earlier []Reservation) {
	now, machine := l.now(clock), clock.Now()
	for _, r := range earlier {
		at := now + min(r.Until.Sub(machine), journalTime+blockLife+answerTime)
		for i := range g.windows {
			g.windows[i].insert(at, r.Calls)
		}
	}
}
