package rig

import (
	"context"
	"fmt"
	"math"
	"sync"
	"time"
)

// Limits of a clock.
const (
	// MaxScale is the fastest that a clock runs.
	MaxScale = 1_000_000
	// MaxAdvance is the furthest that a clock is moved at once.
	MaxAdvance = 10 * 366 * 24 * time.Hour
	// MaxRounds is how often a job is done while a clock is advanced once: of
	// more times that have come, the last ones.
	MaxRounds = 1000
)

// Clock is a time that can be set, frozen, scaled and advanced. Make one with
// NewClock.
type Clock struct {
	world func() time.Time
	turn  sync.Mutex // held by whoever advances
	mu    sync.Mutex
	base  time.Time // what the clock showed at since
	since time.Time // of the world
	scale float64
	jobs  []*job
	// turned is closed when the clock is turned, and replaced.
	turned chan struct{}
}

// job is something that is done again and again.
type job struct {
	name   string
	period time.Duration
	next   time.Time
	run    func(context.Context) error
}

// NewClock returns a clock that runs with the world from now on; world nil
// means the machine's own.
func NewClock(world func() time.Time) *Clock {
	if world == nil {
		world = time.Now
	}
	now := world()
	return &Clock{world: world, base: now, since: now, scale: 1, turned: make(chan struct{})}
}

// Now returns what the clock shows.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now()
}

func (c *Clock) now() time.Time {
	elapsed := c.world().Sub(c.since)
	if c.scale != 1 {
		elapsed = time.Duration(float64(elapsed) * c.scale)
	}
	return c.base.Add(elapsed)
}

// show makes the clock show an instant from now on, and wakes who sleeps by it.
func (c *Clock) show(to time.Time) {
	c.base, c.since = to, c.world()
	close(c.turned)
	c.turned = make(chan struct{})
}

// Sleep returns nil once d has passed on the clock, however it is turned
// meanwhile, and ctx's error as soon as ctx has ended. On a frozen clock it
// waits for somebody to turn it.
func (c *Clock) Sleep(ctx context.Context, d time.Duration) error {
	for until := c.Now().Add(d); ; {
		left, turned := c.left(until)
		if left == 0 {
			return ctx.Err()
		}
		timer := time.NewTimer(left)
		select {
		case <-timer.C:
		case <-turned:
		case <-ctx.Done():
		}
		timer.Stop()
		if err := ctx.Err(); err != nil {
			return err
		}
	}
}

// left returns how long the world must wait until the clock shows an instant,
// an hour at most, and what tells of a clock that is turned before that.
func (c *Clock) left(until time.Time) (time.Duration, <-chan struct{}) {
	c.mu.Lock()
	defer c.mu.Unlock()
	left := float64(until.Sub(c.now()))
	if left <= 0 {
		return 0, nil
	}
	if c.scale == 0 {
		return time.Hour, c.turned
	}
	return max(1, time.Duration(min(left/c.scale, float64(time.Hour)))), c.turned
}

// Scale returns how much faster than the world the clock runs; 0 = frozen.
func (c *Clock) Scale() float64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.scale
}

// Set makes the clock show an instant. Nothing that is due is done: what is
// done periodically begins anew from there.
func (c *Clock) Set(to time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.show(to)
	for _, j := range c.jobs {
		j.next = to.Add(j.period)
	}
}

// SetScale makes the clock run scale times as fast as the world; 0 freezes it.
// It fails for a scale that is not between 0 and MaxScale.
func (c *Clock) SetScale(scale float64) error {
	if math.IsNaN(scale) || scale < 0 || scale > MaxScale {
		return fmt.Errorf("scale: want 0 to %d", MaxScale)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.show(c.now())
	c.scale = scale
	return nil
}

// Every lets Advance run a job each time that its period has passed on the
// clock. Jobs that are due at the same time run in the order of their adding.
func (c *Clock) Every(name string, period time.Duration, run func(context.Context) error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.jobs = append(c.jobs, &job{name, period, c.now().Add(period), run})
}

// Advance moves the clock on by d, and runs on the way what is due, each job
// at its time and one after the other, MaxRounds times at most. It stops at the
// first that fails, with the clock at that job's time.
func (c *Clock) Advance(ctx context.Context, d time.Duration) error {
	if d < 0 || d > MaxAdvance {
		return fmt.Errorf("seconds: want 0 to %d", int64(MaxAdvance/time.Second))
	}
	c.turn.Lock()
	defer c.turn.Unlock()
	target := c.Now().Add(d)
	c.passOver(target)
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		j := c.step(target)
		if j == nil {
			return nil
		}
		if err := j.run(ctx); err != nil {
			return fmt.Errorf("%s, due at %s: %w", j.name, c.Now().UTC().Format(time.RFC3339), err)
		}
	}
}

// passOver leaves out what would be done more than MaxRounds times until target.
func (c *Clock) passOver(target time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, j := range c.jobs {
		if more := target.Sub(j.next)/j.period + 1 - MaxRounds; more > 0 {
			j.next = j.next.Add(more * j.period)
		}
	}
}

// step moves the clock to the next job that is due until target, and returns
// it, or to target when there is none.
func (c *Clock) step(target time.Time) *job {
	c.mu.Lock()
	defer c.mu.Unlock()
	var next *job
	for _, j := range c.jobs {
		if !j.next.After(target) && (next == nil || j.next.Before(next.next)) {
			next = j
		}
	}
	to := target
	if next != nil {
		to = next.next
		next.next = to.Add(next.period)
	}
	if now := c.now(); to.After(now) {
		c.show(to)
	}
	return next
}
