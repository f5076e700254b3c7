package wecom

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// pace is a Limiter under test, inside a bubble whose time is free.
type pace struct {
	*testing.T
	limiter *Limiter
	begun   time.Time
	quota   Quota
}

// paced runs a test of a quota of n calls a minute.
func paced(t *testing.T, n int, f func(p *pace)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		f(&pace{t, NewLimiter(), time.Now(), Quota{"x", n}})
	})
}

// in takes a slot, however long that takes.
func (p *pace) in() *slot {
	p.Helper()
	s, err := p.limiter.acquire(p.Context(), machineClock{}, p.quota, &turn{patience: 9})
	if err != nil {
		p.Fatal(err)
	}
	s.sending()
	return s
}

// call makes a call that is answered at once and ends with err.
func (p *pace) call(err error) {
	p.Helper()
	s := p.in()
	s.answered()
	s.done(err)
}

// at checks what the time is, to the second.
func (p *pace) at(want time.Duration) {
	p.Helper()
	if got := time.Since(p.begun); got.Round(time.Second) != want {
		p.Errorf("at %v, want %v", got, want)
	}
}

var (
	limited    = &Error{Code: CodeRateLimit}
	concurrent = &Error{Code: CodeConcurrency}
	broken     = &TransportError{}
)

func TestLimiterHoldsPlaces(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		end  func(p *pace, s *slot) // of the first call of a quota of one
		next time.Duration          // when the second goes
	}{
		{"answered at once", func(p *pace, s *slot) { s.answered(); s.done(nil) }, 60 * time.Second},
		{"answered after 5 s", func(p *pace, s *slot) { time.Sleep(5 * time.Second); s.answered(); s.done(nil) }, 65 * time.Second},
		{"read for 5 s", func(p *pace, s *slot) { s.answered(); time.Sleep(5 * time.Second); s.done(nil) }, 60 * time.Second},
		{"failed after 5 s without an answer", func(p *pace, s *slot) { time.Sleep(5 * time.Second); s.done(broken) }, 65 * time.Second},
		{"not connected after 5 s", func(p *pace, s *slot) { time.Sleep(5 * time.Second); s.done(&TransportError{unsent: true}) }, 5 * time.Second},
		{"not sent after 5 s", func(p *pace, s *slot) { time.Sleep(5 * time.Second); s.sent = false; s.done(limited) }, 5 * time.Second},
		{"refused after 5 s", func(p *pace, s *slot) { time.Sleep(5 * time.Second); s.answered(); s.done(limited) }, 65 * time.Second},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			paced(t, 1, func(p *pace) {
				s := p.in()
				go tt.end(p, s)
				p.in()
				p.at(tt.next)
			})
		})
	}
}

// A clock that is turned back holds nobody for longer than a window.
func TestLimiterClockTurnedBack(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_000_000, 0)
	l := NewLimiter()
	clock := testClock{now: func() time.Time { return now }}
	for _, end := range []error{nil, limited} {
		s, err := l.acquire(t.Context(), clock, Quota{"x", 1}, &turn{})
		if err != nil {
			t.Fatal(err)
		}
		s.sending()
		s.answered()
		s.done(end)
		now = now.Add(-time.Hour)
		l.mu.Lock()
		wait, _ := l.gates["x"].wait(l.now(clock), 0)
		l.mu.Unlock()
		if wait != time.Minute {
			t.Errorf("after %v: %v to wait", end, wait)
		}
		now = now.Add(time.Minute)
	}
}

// testClock is a clock by which nobody can wait.
type testClock struct{ now func() time.Time }

func (c testClock) Now() time.Time                           { return c.now() }
func (testClock) Sleep(context.Context, time.Duration) error { return errors.New("it stands still") }

func TestLimiterEndsWithItsClock(t *testing.T) {
	t.Parallel()
	l := NewLimiter()
	clock := testClock{time.Now}
	for i := range 2 {
		s, err := l.acquire(t.Context(), clock, Quota{"x", 1}, &turn{})
		if (err != nil) != (i == 1) {
			t.Errorf("call %d: %v", i, err)
		}
		s.sending()
		s.answered()
		s.done(nil)
	}
}

// First come, first served, and who has been served keeps the turn for a
// repeat.
func TestLimiterIsFair(t *testing.T) {
	t.Parallel()
	paced(t, 1, func(p *pace) {
		var repeat turn
		first, err := p.limiter.acquire(p.Context(), machineClock{}, p.quota, &repeat)
		if err != nil {
			p.Fatal(err)
		}
		first.sending()
		var mu sync.Mutex
		var order []int
		served := func(i int, s *slot, err error) {
			if err != nil {
				p.Error(err)
			}
			mu.Lock()
			order = append(order, i)
			mu.Unlock()
			s.sending()
			s.answered()
			s.done(nil)
		}
		var all sync.WaitGroup
		for i := range 50 {
			all.Go(func() {
				s, err := p.limiter.acquire(p.Context(), machineClock{}, p.quota, &turn{})
				served(i, s, err)
			})
			synctest.Wait()
		}
		first.answered()
		first.done(broken)
		s, err := p.limiter.acquire(p.Context(), machineClock{}, p.quota, &repeat)
		served(-1, s, err)
		all.Wait()
		if len(order) != 51 || order[0] != -1 || !slices.IsSorted(order) {
			p.Errorf("served in the order %v", order)
		}
		p.at(51 * time.Minute)
	})
}

// A wait that a deadline cuts short is refused at once, with the queue counted;
// who gives up is passed by.
func TestLimiterHonoursContexts(t *testing.T) {
	t.Parallel()
	paced(t, 2, func(p *pace) {
		p.call(nil)
		p.call(nil)
		try := func(within time.Duration) error {
			ctx, cancel := context.WithTimeout(p.Context(), within)
			defer cancel()
			s, err := p.limiter.acquire(ctx, machineClock{}, p.quota, &turn{})
			if err == nil {
				s.sending()
				s.answered()
				s.done(nil)
			}
			return err
		}
		if err := try(59 * time.Second); !errors.Is(err, context.DeadlineExceeded) {
			p.Errorf("59 s: %v", err)
		}
		p.at(0)
		var all sync.WaitGroup
		gone, leave := context.WithCancel(p.Context())
		all.Go(func() {
			if _, err := p.limiter.acquire(gone, machineClock{}, p.quota, &turn{}); !errors.Is(err, context.Canceled) {
				p.Error(err)
			}
		})
		synctest.Wait()
		all.Go(func() { p.call(nil) })
		synctest.Wait()
		// Two are waiting for the two places that are free in 60 s; the third
		// waits for 120 s.
		if err := try(119 * time.Second); !errors.Is(err, context.DeadlineExceeded) {
			p.Errorf("119 s: %v", err)
		}
		p.at(0)
		all.Go(func() {
			if err := try(121 * time.Second); err != nil {
				p.Error(err)
			}
			p.at(time.Minute) // in place of the one that left
		})
		synctest.Wait()
		leave()
		all.Wait()
		p.at(time.Minute)
	})
}

// After a refusal all wait for 60 s, then one goes ahead.
func TestLimiterCloses(t *testing.T) {
	t.Parallel()
	paced(t, 100, func(p *pace) {
		slow := p.in()
		burst := []*slot{p.in(), p.in()}
		for _, s := range burst {
			s.answered()
			time.Sleep(5 * time.Second)
			s.done(limited) // answered at 0 s both
		}
		slow.answered() // a success from before says nothing
		slow.done(nil)
		p.at(10 * time.Second)
		probe := p.in()
		p.at(65 * time.Second) // the second was answered at 5 s
		var all sync.WaitGroup
		for range 10 {
			all.Go(func() { p.call(nil) })
		}
		time.Sleep(3 * time.Second)
		probe.answered()
		probe.done(limited)
		p.at(68 * time.Second)
		probe = p.in() // the calls that came first have their turn first
		p.at(128 * time.Second)
		all.Wait()
		probe.answered()
		probe.done(broken) // an answer, though a bad one
		p.call(nil)
		p.at(128 * time.Second)
		if g := p.limiter.gates["x"]; g.closings != 2 || g.shut {
			p.Errorf("%d closings, shut %t", g.closings, g.shut)
		}
	})
}

// A call whose patience is at its end fails with what the gate was closed for.
func TestLimiterPatience(t *testing.T) {
	t.Parallel()
	paced(t, 100, func(p *pace) {
		p.call(limited)
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				_, err := p.limiter.acquire(p.Context(), machineClock{}, p.quota, &turn{patience: 1})
				if !errors.Is(err, CodeRateLimit) {
					p.Error(err)
				}
				p.at(2 * time.Minute)
			})
		}
		// They came after the first closing. These two are let in before them.
		for range 2 {
			s, err := p.limiter.acquire(p.Context(), machineClock{}, p.quota, &turn{number: -1, patience: 9})
			if err != nil {
				p.Fatal(err)
			}
			s.sending()
			s.answered()
			s.done(limited)
		}
		all.Wait()
	})
}

// A probe that fails without an answer leaves its task to the next.
func TestLimiterProbeWithoutAnswer(t *testing.T) {
	t.Parallel()
	paced(t, 100, func(p *pace) {
		p.call(limited)
		p.in().done(broken)
		p.at(time.Minute)
		if !p.limiter.gates["x"].shut {
			p.Error("it is open")
		}
		p.call(nil)
		p.at(time.Minute)
		if p.limiter.gates["x"].shut {
			p.Error("it is shut")
		}
	})
}

// 9 calls at once, 3 of them refused: 4 at once from then on, then 5 after 4
// answers, 6 after 5 more.
func TestLimiterConcurrency(t *testing.T) {
	t.Parallel()
	paced(t, 1000, func(p *pace) {
		var burst []*slot
		for range 9 {
			s := p.in()
			s.answered()
			burst = append(burst, s)
		}
		gate := p.limiter.gates["x"]
		for _, s := range burst[:3] {
			s.done(concurrent)
		}
		if gate.most != 4 || gate.running != 6 {
			p.Errorf("%d at most of %d", gate.most, gate.running)
		}
		for i, most := range []int{4, 4, 4, 5} {
			if burst[3+i].done(nil); gate.most != most {
				p.Errorf("after %d answers: %d at most, want %d", i+1, gate.most, most)
			}
		}
		for running := 2; running < 5; running++ {
			burst = append(burst, p.in())
		}
		entered := false
		go func() { burst = append(burst, p.in()); entered = true }()
		if synctest.Wait(); entered {
			p.Error("six at once")
		}
		burst[7].done(broken) // any answer is a good one
		if synctest.Wait(); !entered {
			p.Error("nobody followed")
		}
		one := burst[len(burst)-1]
		for range 4 {
			gate.most = 1
			one.answered()
			one.number, gate.cut = 2, 1
			one.done(concurrent)
			if gate.most < 1 {
				p.Errorf("%d at most", gate.most)
			}
			gate.running++
		}
	})
}

// Somebody who reads an answer piece by piece and calls on the way does not
// wait for himself for ever.
func TestLimiterDoesNotLockUp(t *testing.T) {
	t.Parallel()
	paced(t, 1000, func(p *pace) {
		p.call(concurrent)
		outer := p.in()
		outer.answered()
		inner := p.in()
		p.at(time.Minute)
		inner.answered()
		inner.done(nil)
		outer.done(nil)
	})
}

func TestNoLimiter(t *testing.T) {
	t.Parallel()
	var l *Limiter
	s, err := l.acquire(t.Context(), machineClock{}, Quota{"x", 1}, &turn{})
	if err != nil {
		t.Fatal(err)
	}
	s.sending()
	s.answered()
	s.done(limited)
}
