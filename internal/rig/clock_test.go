package rig

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// sleeper is somebody who sleeps by a clock, in a bubble whose time is free.
type sleeper struct {
	done atomic.Bool
	err  error
}

func sleeping(ctx context.Context, c *Clock, d time.Duration) *sleeper {
	s := &sleeper{}
	go func() {
		s.err = c.Sleep(ctx, d)
		s.done.Store(true)
	}()
	synctest.Wait()
	return s
}

// frozen returns a clock that stands still.
func frozen(t *testing.T) *Clock {
	t.Helper()
	c := NewClock(nil)
	if err := c.SetScale(0); err != nil {
		t.Fatal(err)
	}
	return c
}

// Each turn of a clock, and whether somebody who sleeps for a minute from
// 00:00 on is awake after it.
func TestSleepFollowsTheClock(t *testing.T) {
	t.Parallel()
	type step struct {
		name  string
		turn  func(t *testing.T, c *Clock) error
		awake bool
	}
	advance := func(d time.Duration) func(*testing.T, *Clock) error {
		return func(t *testing.T, c *Clock) error { return c.Advance(t.Context(), d) }
	}
	set := func(second int64) func(*testing.T, *Clock) error {
		return func(_ *testing.T, c *Clock) error { c.Set(time.Unix(second, 0)); return nil }
	}
	scale := func(by float64) func(*testing.T, *Clock) error {
		return func(_ *testing.T, c *Clock) error { return c.SetScale(by) }
	}
	world := func(d time.Duration) func(*testing.T, *Clock) error {
		return func(*testing.T, *Clock) error { time.Sleep(d); return nil }
	}
	tests := []struct {
		name  string
		steps []step
	}{
		{"advanced", []step{{"59 s", advance(59 * time.Second), false}, {"1 s", advance(time.Second), true}}},
		{"advanced too far", []step{{"an hour", advance(time.Hour), true}}},
		{"frozen", []step{{"three hours of the world", world(3 * time.Hour), false}, {"a minute", advance(time.Minute), true}}},
		{"set", []step{{"to 00:59", set(59), false}, {"to 01:00", set(60), true}}},
		{"set back", []step{{"to -01:00", set(-60), false}, {"a minute", advance(time.Minute), false}, {"another", advance(time.Minute), true}}},
		{"thawed", []step{{"with the world", scale(1), false}, {"59 s", world(59 * time.Second), false}, {"1 s", world(time.Second), true}}},
		{"scaled", []step{{"60 times", scale(60), false}, {"0.5 s", world(time.Second / 2), false}, {"0.5 s", world(time.Second / 2), true}}},
		{"scaled twice", []step{
			{"60 times", scale(60), false}, {"0.5 s", world(time.Second / 2), false}, // 30 s are left
			{"10 times", scale(10), false}, {"2 s", world(2 * time.Second), false}, {"1 s", world(time.Second), true},
		}},
		{"frozen on the way", []step{
			{"60 times", scale(60), false}, {"0.5 s", world(time.Second / 2), false}, {"frozen", scale(0), false},
			{"an hour", world(time.Hour), false}, {"29 s", advance(29 * time.Second), false}, {"1 s", advance(time.Second), true},
		}},
		{"slow", []step{{"1 in 1,000", scale(0.001), false}, {"16 h", world(16 * time.Hour), false}, {"40 min", world(40 * time.Minute), true}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				c := frozen(t)
				c.Set(time.Unix(0, 0))
				s := sleeping(t.Context(), c, time.Minute)
				for _, step := range tt.steps {
					if err := step.turn(t, c); err != nil {
						t.Fatal(err)
					}
					if synctest.Wait(); s.done.Load() != step.awake {
						t.Errorf("%s: awake %t at %s", step.name, !step.awake, c.Now().UTC().Format(time.TimeOnly))
					}
				}
				if s.err != nil {
					t.Error(s.err)
				}
			})
		})
	}
}

func TestSleepEndsWithItsContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for _, c := range []*Clock{frozen(t), NewClock(nil)} {
			ctx, cancel := context.WithCancel(t.Context())
			s := sleeping(ctx, c, time.Minute)
			if s.done.Load() {
				t.Error("awake at once")
			}
			cancel()
			if synctest.Wait(); !s.done.Load() || !errors.Is(s.err, context.Canceled) {
				t.Errorf("ended with %v", s.err)
			}
			for _, d := range []time.Duration{0, -1, time.Minute} {
				if err := c.Sleep(ctx, d); !errors.Is(err, context.Canceled) {
					t.Errorf("%v with a context that has ended: %v", d, err)
				}
			}
			for _, d := range []time.Duration{0, -1} {
				if err := c.Sleep(t.Context(), d); err != nil {
					t.Errorf("%v: %v", d, err)
				}
			}
		}
	})
}

// One turn wakes all whose time has come, and nobody else.
func TestSleepOfMany(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := frozen(t)
		ctx, cancel := context.WithCancel(t.Context())
		var awake atomic.Int64
		var all sync.WaitGroup
		for i := range 1000 {
			all.Go(func() {
				if c.Sleep(ctx, time.Duration(i+1)*time.Second) == nil {
					awake.Add(1)
				}
			})
		}
		synctest.Wait()
		if err := c.Advance(t.Context(), 400*time.Second); err != nil {
			t.Fatal(err)
		}
		if synctest.Wait(); awake.Load() != 400 {
			t.Errorf("%d are awake, want 400", awake.Load())
		}
		cancel()
		all.Wait()
	})
}
