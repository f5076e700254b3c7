package wecom

import (
	"context"
	"slices"
	"sync"
	"time"
)

// Limiter keeps the calls of one corp under its quotas, however many clients
// and goroutines make them: the Quota of each call and the general ones, 10,000
// a minute and 150,000 an hour for each call of a corp (document 90312). Clients
// that share one share their clock too. It runs nothing in the background.
//
// WeCom counts in windows whose beginnings nobody knows, and counts a call at
// some time on its way. So a place in the quota is free again a window's length
// after the answer to its call began to come in, or after the call failed
// without one. That keeps every stretch of time under the quota wherever it
// begins, and uses the quota to 99 in 100 where answers begin within 0.6 s.
// Whoever comes first goes first; a burst goes out as a burst.
//
// A call that is refused with CodeRateLimit all the same stops its kind for 60 s
// from the answer; then a single one goes ahead, and the others follow once it
// has got through. One refused with CodeConcurrency halves how many of its kind
// are under way, which grows again by one after as many answers.
type Limiter struct {
	mu    sync.Mutex
	epoch time.Time // what the gates' times are counted from
	gates map[string]*gate
	turns int64 // given out

	journal Journal // nil = nobody wants to know
}

// NewLimiter returns a Limiter that has seen no call.
func NewLimiter() *Limiter { return &Limiter{} }

// turn is a call's place in the queue, which it keeps over all its repeats.
type turn struct {
	number   int64
	since    int // closings of the gate before it came
	patience int // closings that it waits out
}

// waiter is a call that waits for its slot.
type waiter struct {
	turn int64
	wake context.CancelFunc
}

// acquire waits until a call may be made. It fails with ctx's error, at once
// where the machine's clock shows that the wait outlasts ctx's deadline, and
// with the refusal that closed the gate when t's patience is at its end. A nil
// Limiter lets every call through.
func (l *Limiter) acquire(ctx context.Context, clock Clock, q Quota, t *turn) (*slot, error) {
	if l == nil {
		return nil, nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	g := l.gate(q)
	if t.number == 0 {
		l.turns++
		t.number, t.since = l.turns, g.closings
	}
	w := &waiter{turn: t.number, wake: func() {}}
	g.join(w)
	defer g.leave(w)
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if g.shut && g.closings-t.since > t.patience {
			return nil, g.refusal
		}
		ahead := slices.Index(g.queue, w)
		now := l.now(clock)
		least, again := g.wait(now, ahead)
		switch {
		case ahead == 0 && again <= 0:
			if waited, err := l.reserve(ctx, clock, g, q); err != nil {
				return nil, err
			} else if waited {
				continue
			}
			s := &slot{limiter: l, gate: g, clock: clock}
			g.begin(s, now)
			return s, nil
		case outlasts(ctx, clock, least):
			return nil, context.DeadlineExceeded
		case ahead > 0:
			again = untilWoken
		}
		if err := l.nap(ctx, clock, w, again); err != nil {
			return nil, err
		}
	}
}

// nap lets go of the lock for a time, or until w is woken.
func (l *Limiter) nap(ctx context.Context, clock Clock, w *waiter, wait time.Duration) error {
	napping, wake := context.WithCancel(ctx)
	defer wake()
	w.wake = wake
	l.mu.Unlock()
	defer l.mu.Lock()
	if wait == untilWoken {
		<-napping.Done()
		return nil
	}
	if err := clock.Sleep(napping, wait); err != nil && napping.Err() == nil {
		return err
	}
	return nil
}

// gate returns the gate of a quota. The caller holds the lock.
func (l *Limiter) gate(q Quota) *gate {
	g := l.gates[q.Name]
	if g == nil {
		if l.gates == nil {
			l.gates = map[string]*gate{}
		}
		g = newGate()
		l.gates[q.Name] = g
	}
	g.windows[0].most = generalPerMinute
	if q.PerMinute > 0 {
		g.windows[0].most = min(q.PerMinute, generalPerMinute)
	}
	return g
}

// now returns the time since the epoch. The caller holds the lock.
func (l *Limiter) now(clock Clock) time.Duration {
	now := clock.Now()
	if l.epoch.IsZero() {
		l.epoch = now
	}
	return now.Sub(l.epoch)
}

// slot is a place in the quota, from before a call until after it. A nil one
// is that of a client without Limiter.
type slot struct {
	limiter *Limiter
	gate    *gate
	clock   Clock
	number  int64 // of the gate's calls
	sent    bool  // the server may have got the call
	counted bool
	at      time.Duration // when it was counted
}

// sending says that the call goes out.
func (s *slot) sending() {
	if s != nil {
		s.sent = true
	}
}

// answered says that the server has counted the call.
func (s *slot) answered() {
	if s == nil {
		return
	}
	s.limiter.mu.Lock()
	defer s.limiter.mu.Unlock()
	s.count()
	s.gate.call()
}

func (s *slot) count() {
	s.counted, s.at = true, s.limiter.now(s.clock)
	s.gate.count(s.at)
}

// done gives the slot back; err is what came of the call.
func (s *slot) done(err error) {
	if s == nil {
		return
	}
	s.limiter.mu.Lock()
	defer s.limiter.mu.Unlock()
	answered := s.counted
	switch {
	case answered:
	case s.sent && hopeOf(err) != unsent:
		s.count()
	default:
		s.gate.open--
	}
	s.gate.end(s, s.limiter.now(s.clock), answered, err)
	s.gate.call()
}

// outlasts reports whether a wait cannot end before ctx does, as far as the
// machine's time tells.
func outlasts(ctx context.Context, clock Clock, wait time.Duration) bool {
	deadline, ok := ctx.Deadline()
	_, machine := clock.(machineClock)
	return ok && machine && time.Until(deadline) < wait
}

// sleep waits by the clock, unless ctx ends before that.
func sleep(ctx context.Context, clock Clock, wait time.Duration) error {
	if outlasts(ctx, clock, wait) {
		return context.DeadlineExceeded
	}
	return clock.Sleep(ctx, wait)
}
