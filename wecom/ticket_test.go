package wecom_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/dakahq/daka/wecom"
)

// A ticket counts for 30 minutes from when it was made, and the one that was
// made last wins, in whatever order they come.
func TestTickets(t *testing.T) {
	eachStore(t, func(t *testing.T, store wecom.TokenStore) {
		var clock setClock
		clock.Store(1_757_520_000)
		tickets := wecom.NewTickets(store).By(&clock)
		source := tickets.Of("ws1")
		want := func(ticket, reason string) {
			t.Helper()
			got, err := source.Ticket(t.Context())
			if got.Reveal() != ticket || (err != nil) != (reason != "") {
				t.Errorf("%q, %v; want %q, %q", got.Reveal(), err, ticket, reason)
			}
			if err != nil && (!errors.Is(err, wecom.ErrNoTicket) || !strings.Contains(err.Error(), reason)) {
				t.Errorf("%v; want %q", err, reason)
			}
		}
		put := func(suite, ticket string, after time.Duration) {
			t.Helper()
			must(t, tickets.Put(t.Context(), suite, wecom.NewSecret(ticket), clock.Now().Add(after)))
		}
		want("", "none has come yet")
		put("ws2", "another's", 0)
		want("", "none has come yet")
		put("ws1", "a", 0)
		put("ws1", "late", -10*time.Minute)
		want("a", "")
		put("ws1", "b", 0)
		want("b", "")
		clock.Add(29*60 + 59)
		want("b", "")
		clock.Add(1)
		want("", "the newest is 30m0s old, past its 30m0s")
		clock.Add(3600)
		want("", "the newest is 1h30m0s old")
		put("ws1", "of the future", time.Hour)
		clock.Add(60)
		put("ws1", "c", 0)
		want("c", "")
		clock.Add(30 * 60)
		want("", "30m0s")
		other, err := tickets.Of("ws2").Ticket(t.Context())
		if !errors.Is(err, wecom.ErrNoTicket) {
			t.Errorf("ws2: %q, %v", other.Reveal(), err)
		}
	})
}

// failingStore is out of reach.
type failingStore struct{ err error }

func (s failingStore) Load(context.Context, string) (wecom.StoredToken, error) {
	return wecom.StoredToken{}, s.err
}

func (s failingStore) Update(context.Context, string, func(wecom.StoredToken) (wecom.StoredToken, error)) error {
	return s.err
}

// A handler keeps the ticket before it tells of it, and fails where it cannot,
// so that WeCom sends it again.
func TestCallbackKeepsTickets(t *testing.T) {
	t.Parallel()
	const suite = "ww4asffe99e54c0fxxxx"
	store := wecom.NewMemoryStore()
	down := errors.New("the store is down")
	good := newCallback(t, suite, wecom.WithTickets(wecom.NewTickets(store)))
	bad := newCallback(t, suite, wecom.WithTickets(wecom.NewTickets(failingStore{down})))
	tickets := wecom.NewTickets(store).By(&good.clock)
	at := good.clock.Load()
	good.clock.Store(1403610513) // the ticket's
	if status, text := good.push(ticketXML); status != 200 || text != "success" || len(good.told) != 1 {
		t.Errorf("%d %q, told %d times", status, text, len(good.told))
	}
	if got, err := tickets.Of(suite).Ticket(t.Context()); err != nil || got.Reveal() != "asdfasfdasdfasdf" {
		t.Errorf("%q, %v", got.Reveal(), err)
	}
	good.clock.Store(at)
	if got, err := tickets.Of(suite).Ticket(t.Context()); !errors.Is(err, wecom.ErrNoTicket) {
		t.Errorf("years later: %q, %v", got.Reveal(), err)
	}
	if status, _ := bad.push(ticketXML); status != 500 || len(bad.told) != 0 || len(bad.errs) != 1 || !errors.Is(bad.errs[0], down) {
		t.Errorf("%d, told %d times, %v", status, len(bad.told), bad.errs)
	}
	if status, _ := bad.push(createAuthXML); status != 200 || len(bad.told) != 1 {
		t.Errorf("another event: %d", status)
	}
	query, body := good.seal(strings.ReplaceAll(ticketXML, "SuiteTicket", "Ticket"))
	if status, _ := good.call(http.MethodPost, query, body); status != 500 || len(good.told) != 1 {
		t.Errorf("a ticket without one: %d", status)
	}
	if _, err := wecom.NewTickets(failingStore{down}).Of("x").Ticket(t.Context()); !errors.Is(err, down) {
		t.Errorf("%v", err)
	}
}
