package wecom

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// TicketLife is how long a suite_ticket counts (document 90628). WeCom sends
// another every ten minutes.
const TicketLife = 30 * time.Minute

// ErrNoTicket says that a suite has no suite_ticket that counts.
var ErrNoTicket = errors.New("no suite_ticket that counts")

// Tickets keeps the newest suite_ticket of each suite in a TokenStore: a
// MemoryStore for one process, a FileStore for those of one machine, or what
// somebody else wrote. A CallbackHandler fills it, a Suite draws on it. It is
// safe for concurrent use.
type Tickets struct {
	store TokenStore
	clock Clock
}

// NewTickets returns the tickets in a store, which may hold tokens as well.
func NewTickets(store TokenStore) *Tickets { return &Tickets{store, machineClock{}} }

// By returns t by another clock than the machine's.
func (t *Tickets) By(clock Clock) *Tickets { return &Tickets{t.store, clock} }

// Put keeps a ticket that WeCom made at a time (TimeStamp), unless one that was
// made later is there already: pushes may come out of order. It fails as the
// store does.
func (t *Tickets) Put(ctx context.Context, suiteID string, ticket Secret, at time.Time) error {
	// Were it from the future, no later one would replace it for as long.
	if now := t.clock.Now(); at.After(now) {
		at = now
	}
	next := StoredToken{Token: Token(ticket), Expires: at.Add(TicketLife)}
	err := t.store.Update(ctx, ticketKey(suiteID), func(old StoredToken) (StoredToken, error) {
		if old.Token.Reveal() != "" && old.Expires.After(next.Expires) {
			return old, nil
		}
		return next, nil
	})
	if err != nil {
		return fmt.Errorf("keep the suite_ticket of %s: %w", suiteID, err)
	}
	return nil
}

// Of returns the source of a suite's tickets, for NewSuite. It fails with
// ErrNoTicket, and as the store does.
func (t *Tickets) Of(suiteID string) TicketSource { return suiteTickets{t, suiteID} }

type suiteTickets struct {
	*Tickets
	suiteID string
}

// Ticket returns the newest.
func (s suiteTickets) Ticket(ctx context.Context) (Secret, error) {
	stored, err := s.store.Load(ctx, ticketKey(s.suiteID))
	if err != nil {
		return Secret{}, fmt.Errorf("load it: %w", err)
	}
	if stored.Token.Reveal() == "" {
		return Secret{}, fmt.Errorf("%w: none has come yet", ErrNoTicket)
	}
	if now := s.clock.Now(); !now.Before(stored.Expires) {
		age := now.Sub(stored.Expires.Add(-TicketLife)).Round(time.Second)
		return Secret{}, fmt.Errorf("%w: the newest is %v old, past its %v", ErrNoTicket, age, TicketLife)
	}
	return Secret(stored.Token), nil
}

// ticketKey tells tickets from the tokens of a store.
func ticketKey(suiteID string) string { return "suite_ticket " + suiteID }
