package wecom

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"
)

// memoryJournal outlives the Limiters of a test.
type memoryJournal struct {
	mu    sync.Mutex
	notes map[string][]Reservation
	fail  error
	asked int
	takes time.Duration // to note
}

func (j *memoryJournal) Reserved(_ context.Context, quota string) ([]Reservation, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.asked++
	return j.notes[quota], j.fail
}

func (j *memoryJournal) Reserve(_ context.Context, quota string, r Reservation) error {
	time.Sleep(j.takes)
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.notes == nil {
		j.notes = map[string][]Reservation{}
	}
	j.notes[quota] = append(j.notes[quota], r)
	return j.fail
}

// journaled runs a test of a quota of 100 calls a minute: blocks are of five.
func journaled(t *testing.T, f func(p *pace, j *memoryJournal)) {
	t.Helper()
	paced(t, 100, func(p *pace) {
		j := &memoryJournal{}
		p.limiter = NewJournaledLimiter(j)
		f(p, j)
	})
}

// 31 calls are seven blocks of five: a Limiter that comes after has 65 of the
// hundred at once. The others come free 5 s after 60 s: for 3 s a block might
// have been used, and 2 s its answers might have taken.
func TestLimiterComesAfter(t *testing.T) {
	t.Parallel()
	journaled(t, func(p *pace, j *memoryJournal) {
		for range 31 {
			p.call(nil)
		}
		if n := len(j.notes["x"]); n != 7 {
			p.Errorf("%d blocks, want 7", n)
		}
		p.limiter = NewJournaledLimiter(j)
		for range 65 {
			p.call(nil)
		}
		p.at(0)
		p.call(nil)
		p.at(60 * time.Second) // the first of its own is free
		p.limiter = NewJournaledLimiter(j)
		p.call(nil)
		p.at(65 * time.Second)
		if j.asked != 3 {
			p.Errorf("it was asked %d times", j.asked)
		}
	})
}

// What is left of a block is not used when its time is over, nor what another
// quota has.
func TestLimiterBlocks(t *testing.T) {
	t.Parallel()
	journaled(t, func(p *pace, j *memoryJournal) {
		p.call(nil)
		time.Sleep(blockLife - time.Millisecond)
		p.call(nil)
		if n := len(j.notes["x"]); n != 1 {
			p.Errorf("%d blocks, want 1", n)
		}
		time.Sleep(time.Millisecond)
		p.call(nil)
		p.quota.Name = "y"
		p.call(nil)
		if x, y := len(j.notes["x"]), len(j.notes["y"]); x != 2 || y != 1 {
			p.Errorf("%d and %d blocks, want 2 and 1", x, y)
		}
	})
}

// A note from a clock that was ahead holds nobody for longer than one from now.
func TestLimiterJournalOfAnotherClock(t *testing.T) {
	t.Parallel()
	journaled(t, func(p *pace, j *memoryJournal) {
		j.notes = map[string][]Reservation{"x": {{100, time.Now().Add(time.Hour)}, {100, time.Now().Add(-time.Hour)}}}
		p.call(nil)
		p.at(75 * time.Second) // 60 s, and 15 s of a block that was long in the noting
	})
}

// A journal that takes longer than a block lasts loses the first one; the next
// lasts as much longer.
func TestLimiterSlowJournal(t *testing.T) {
	t.Parallel()
	journaled(t, func(p *pace, j *memoryJournal) {
		j.takes = 4 * time.Second
		for range 10 {
			p.call(nil)
		}
		p.at(12 * time.Second) // one block that was lost, and two of five calls
		if n := len(j.notes["x"]); n != 3 {
			p.Errorf("%d blocks, want 3", n)
		}
	})
}

// Goroutines that come at once are all counted.
func TestLimiterJournalTogether(t *testing.T) {
	t.Parallel()
	journaled(t, func(p *pace, j *memoryJournal) {
		var all sync.WaitGroup
		for range 50 {
			all.Go(func() { p.call(nil) })
		}
		all.Wait()
		p.at(0)
		if n := len(j.notes["x"]); n != 10 {
			p.Errorf("%d blocks, want 10", n)
		}
	})
}

func TestLimiterJournalFails(t *testing.T) {
	t.Parallel()
	journaled(t, func(p *pace, j *memoryJournal) {
		j.fail = errors.New("the disk is full")
		for _, known := range []bool{false, true} {
			p.limiter.mu.Lock()
			p.limiter.gate(p.quota).block.known = known
			p.limiter.mu.Unlock()
			if _, err := p.limiter.acquire(p.Context(), machineClock{}, p.quota, &turn{}); !errors.Is(err, j.fail) {
				p.Errorf("known %t: %v", known, err)
			}
		}
		j.fail = nil
		p.call(nil)
		p.at(0)
	})
}
