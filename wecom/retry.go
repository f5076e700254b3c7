package wecom

import (
	"context"
	"time"
)

// Retry says how often and when a call is made again that failed for a while.
type Retry struct{}

// attempts counts what became of one call.
type attempts struct{}

func (r Retry) begin(repeatable bool) *attempts { return &attempts{} }

// after returns how long to wait before the next try, and whether there is one.
func (a *attempts) after(err error) (time.Duration, bool) { return 0, false }

type repeatKey struct{}

// AllowRepeats returns a context whose calls may be repeated whatever they do:
// the caller knows that the server, or a later look, tells doubles apart.
func AllowRepeats(ctx context.Context) context.Context {
	return context.WithValue(ctx, repeatKey{}, true)
}

func repeatable(ctx context.Context) bool { return ctx.Value(repeatKey{}) != nil }
