package dakatest

import (
	"context"
	"testing"
	"time"

	"github.com/dakahq/daka/internal/server"
)

// Clock is what a Server takes for the time.
type Clock struct {
	t   testing.TB
	srv *server.Server
}

// Now returns what the clock shows.
func (c *Clock) Now() time.Time { return c.srv.Clock().Now() }

// Sleep waits until d has passed on the clock: on a frozen one, until it is
// turned. It makes Clock a wecom.Clock.
func (c *Clock) Sleep(ctx context.Context, d time.Duration) error {
	return c.srv.Clock().Sleep(ctx, d)
}

// Freeze stops the clock.
func (c *Clock) Freeze() { c.Scale(0) }

// Scale lets the clock run by times as fast as the machine's, 0 to 1,000,000.
func (c *Clock) Scale(by float64) {
	c.t.Helper()
	if err := c.srv.Clock().SetScale(by); err != nil {
		c.t.Fatalf("dakatest: %v", err)
	}
}

// Set makes the clock show an instant, past or future, and does nothing that
// is due between.
func (c *Clock) Set(to time.Time) { c.srv.Clock().Set(to) }

// Advance moves the clock on, and does on the way what is due.
func (c *Clock) Advance(by time.Duration) {
	c.t.Helper()
	if err := c.srv.Clock().Advance(c.t.Context(), by); err != nil {
		c.t.Fatalf("dakatest: %v", err)
	}
}
