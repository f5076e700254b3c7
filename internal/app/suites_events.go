package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// EventType says what a provider is told of (InfoType).
type EventType string

// The kinds of events (documents 90628, 90642 and 94758).
const (
	TicketEvent EventType = "suite_ticket"
	CreateAuth  EventType = "create_auth"
	ChangeAuth  EventType = "change_auth"
	CancelAuth  EventType = "cancel_auth"
	ResetCode   EventType = "reset_permanent_code"
)

// SuiteEvent is what a provider is told through the callback of its suite.
type SuiteEvent struct {
	Suite    SuiteID
	Type     EventType
	At       int64             // Unix seconds
	Corp     attendance.CorpID // "" for a TicketEvent
	State    string
	AuthCode Secret // of CreateAuth and ResetCode
	Ticket   Secret // of a TicketEvent
}

// ticketEvery is how often a suite gets a ticket, in seconds (document 90628).
const ticketEvery = 600

// NewTicket makes a suite_ticket and returns the event to be pushed. The suite's
// earlier ones go on for the rest of their TicketLife. It returns ErrSuite.
func (a *App) NewTicket(ctx context.Context, id SuiteID) (event SuiteEvent, err error) {
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		if _, err := suite(tx, id); err != nil {
			return err
		}
		event, err = a.newTicket(tx, id)
		return err
	})
	return event, err
}

func (a *App) newTicket(tx *store.Tx, id SuiteID) (SuiteEvent, error) {
	now := a.Now()
	event := SuiteEvent{Suite: id, Type: TicketEvent, At: now, Ticket: Secret(randomText(48))}
	if err := tx.DropSuiteTickets(store.SuiteID(id), now-TicketLife); err != nil {
		return event, err
	}
	return event, tx.AddSuiteTicket(store.SuiteID(id), event.Ticket.hash(), now)
}

// DueTickets makes a ticket for each suite with a callback whose latest is ten
// minutes old, and returns the events to be pushed. Of several processes on one
// database one gets each. It returns ErrNoKey, and makes none, when the
// callbacks could not be encrypted.
func (a *App) DueTickets(ctx context.Context) (events []SuiteEvent, err error) {
	var due []store.SuiteID
	find := func(tx *store.Tx) error {
		due = nil
		all, err := tx.Suites()
		if err != nil {
			return err
		}
		for i := range all {
			latest, err := tx.LatestSuiteTicket(all[i].ID)
			if err != nil {
				return err
			}
			if all[i].URL != "" && latest+ticketEvery <= a.Now() {
				due = append(due, all[i].ID)
			}
		}
		return nil
	}
	if err := a.db.Read(ctx, find); err != nil || len(due) == 0 {
		return nil, err
	}
	if a.key.aead == nil {
		return nil, ErrNoKey
	}
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		events = nil
		if err := find(tx); err != nil {
			return err
		}
		for _, id := range due {
			event, err := a.newTicket(tx, SuiteID(id))
			if err != nil {
				return err
			}
			events = append(events, event)
		}
		return nil
	})
	return events, err
}

// Callback is where and how a provider is told of events.
type Callback struct {
	URL            string
	Token          Secret
	EncodingAESKey Secret
}

// callbackSecrets is what is sealed of a Callback.
type callbackSecrets struct {
	Token  string `json:"token"`
	AESKey string `json:"aes_key"`
}

// callbackPurpose is what a sealed callback is bound to.
func callbackPurpose(id SuiteID) string { return "callback of suite " + string(id) }

func (a *App) sealCallback(c *SuiteCredential) (string, error) {
	text, err := json.Marshal(callbackSecrets{c.CallbackToken.Reveal(), c.EncodingAESKey.Reveal()})
	if err != nil {
		return "", fmt.Errorf("write the callback of suite %q: %w", c.ID, err)
	}
	return a.key.seal(callbackPurpose(c.ID), string(text))
}

// Callback returns the callback of a suite. It returns ErrSuite, ErrNoKey, or
// an error when it was sealed with another key.
func (a *App) Callback(ctx context.Context, id SuiteID) (c Callback, err error) {
	var row store.Suite
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		row, err = suite(tx, id)
		return err
	})
	if err != nil {
		return c, err
	}
	return a.openCallback(&row)
}

// openCallback reads the callback of a suite.
func (a *App) openCallback(row *store.Suite) (c Callback, err error) {
	text, err := a.key.unseal(callbackPurpose(SuiteID(row.ID)), row.Sealed)
	if err != nil {
		return c, err
	}
	var secrets callbackSecrets
	if err := json.Unmarshal([]byte(text), &secrets); err != nil {
		return c, errors.New("read the callback of suite " + string(row.ID) + ": not what was sealed")
	}
	return Callback{URL: row.URL, Token: Secret(secrets.Token), EncodingAESKey: Secret(secrets.AESKey)}, nil
}
