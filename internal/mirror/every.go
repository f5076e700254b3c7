package mirror

import (
	"context"
	"time"
)

// Every runs again and again, a round every interval, or at once
// where one took longer, until ctx ends or after says so: it is told what came
// of each round, and returns nil to go on. An end of ctx is none of its rounds'
// failures: what was under way is gone on with by the next Run.
func (m *Mirror) Every(ctx context.Context, interval time.Duration, after func(*Report, error) error) error {
	for {
		began := m.opts.Clock.Now()
		report, err := m.Run(ctx)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err := after(report, err); err != nil {
			return err
		}
		if err := m.opts.Clock.Sleep(ctx, interval-m.opts.Clock.Now().Sub(began)); err != nil {
			return err
		}
	}
}
