package wecom

import (
	"context"
	"time"
)

// Clock is what a Client takes the time from, and by which it waits: for a
// quota's window, between repeats, until a token expires. Timeouts of the
// network follow the machine's time alone. Its methods are safe for concurrent
// use.
type Clock interface {
	Now() time.Time
	// Sleep returns nil once d has passed, at once where d is not above 0, and
	// ctx's error as soon as ctx has ended.
	Sleep(ctx context.Context, d time.Duration) error
}

// machineClock is the machine's time.
type machineClock struct{}

func (machineClock) Now() time.Time { return time.Now() }

func (machineClock) Sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
