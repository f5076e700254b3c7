package qyapi

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/wecom"
)

// Pusher tells providers of events through the callbacks of their suites
// (documents 90628, 90642 and 94758).
type Pusher struct {
	app  *app.App
	http http.Client
}

// How a callback is called: for how long, and how often where nobody answers
// (document 90968).
const (
	pushTimeout = 5 * time.Second
	pushTries   = 3
)

// pushesAtOnce bounds how many callbacks are called at a time.
const pushesAtOnce = 8

// pushEvery is how often Run looks for suites that are due.
const pushEvery = 15 * time.Second

// NewPusher returns the Pusher of the suites of a. It starts nothing.
func NewPusher(a *app.App) *Pusher {
	p := &Pusher{app: a, http: http.Client{Timeout: pushTimeout}}
	p.http.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return p
}

// Run pushes tickets as they come due until ctx ends. What goes wrong is told
// to report and tried again when the next ticket is due; without a key it ends
// at once where there are suites.
func (p *Pusher) Run(ctx context.Context, report func(error)) {
	tick := time.NewTicker(pushEvery)
	defer tick.Stop()
	for {
		if err := p.PushTickets(ctx); err != nil && ctx.Err() == nil {
			report(err)
			if errors.Is(err, app.ErrNoKey) {
				return
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// PushTickets pushes a new suite_ticket to each suite whose latest is ten
// minutes old. Its error names the suites that could not be told.
func (p *Pusher) PushTickets(ctx context.Context) error {
	events, err := p.app.DueTickets(ctx)
	if err != nil {
		return fmt.Errorf("push suite tickets: %w", err)
	}
	failures := make([]error, len(events))
	var group errgroup.Group
	group.SetLimit(pushesAtOnce)
	for i, event := range events {
		group.Go(func() error {
			failures[i] = p.Push(ctx, event)
			return nil
		})
	}
	_ = group.Wait() // each has its own
	return errors.Join(failures...)
}

// Push tells a provider of an event and waits for its "success". A suite without
// a callback URL is told nothing.
func (p *Pusher) Push(ctx context.Context, event app.SuiteEvent) error {
	callback, err := p.app.Callback(ctx, event.Suite)
	if err == nil && callback.URL != "" {
		err = p.push(ctx, &callback, &event)
	}
	if err != nil {
		return fmt.Errorf("push %s to suite %q: %w", event.Type, event.Suite, err)
	}
	return nil
}

func (p *Pusher) push(ctx context.Context, callback *app.Callback, event *app.SuiteEvent) error {
	crypter, err := wecom.NewCrypter(wecom.NewSecret(callback.Token.Reveal()), wecom.NewSecret(callback.EncodingAESKey.Reveal()), string(event.Suite))
	if err != nil {
		return err
	}
	message, err := xml.Marshal(messageOf(event))
	if err != nil {
		return fmt.Errorf("write the message: %w", err)
	}
	query, envelope := crypter.Seal(message, strconv.FormatInt(event.At, 10), rand.Text())
	body, err := envelope.XML()
	if err != nil {
		return err
	}
	target, err := withQuery(callback.URL, query.Values())
	if err != nil {
		return err
	}
	for try := 1; ; try++ {
		answered, err := p.post(ctx, target, body)
		if answered || try == pushTries || ctx.Err() != nil {
			return err
		}
	}
}

// post makes one call; answered is false when nobody took it. Its errors do not
// hold the URL, whose query may be private.
func (p *Pusher) post(ctx context.Context, target string, body []byte) (answered bool, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, target, bytes.NewReader(body))
	if err != nil {
		return true, errNoURL
	}
	req.Header.Set("Content-Type", "text/xml; charset=UTF-8")
	resp, err := p.http.Do(req)
	if err != nil {
		return false, callError(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(io.LimitReader(resp.Body, 64))
	if err != nil {
		return false, fmt.Errorf("read the answer of the callback: %w", err)
	}
	if resp.StatusCode != http.StatusOK || strings.TrimSpace(string(text)) != "success" {
		return true, fmt.Errorf("the callback answered with status %d and not success", resp.StatusCode)
	}
	return true, nil
}

// cdata is a text in XML as WeCom writes it.
type cdata struct {
	Text string `xml:",cdata"`
}

// eventMessage is the text of an event, its members in WeCom's order.
type eventMessage struct {
	XMLName     xml.Name `xml:"xml"`
	SuiteID     cdata    `xml:"SuiteId"`
	AuthCode    *cdata   `xml:"AuthCode,omitempty"`
	InfoType    cdata    `xml:"InfoType"`
	TimeStamp   int64    `xml:"TimeStamp"`
	SuiteTicket *cdata   `xml:"SuiteTicket,omitempty"`
	AuthCorpID  *cdata   `xml:"AuthCorpId,omitempty"`
	State       *cdata   `xml:"State,omitempty"`
	ExtraInfo   *string  `xml:"ExtraInfo,omitempty"`
}

func messageOf(event *app.SuiteEvent) *eventMessage {
	m := &eventMessage{SuiteID: cdata{string(event.Suite)}, InfoType: cdata{string(event.Type)}, TimeStamp: event.At}
	switch event.Type {
	case app.TicketEvent:
		m.SuiteTicket = &cdata{event.Ticket.Reveal()}
	case app.CreateAuth, app.ResetCode:
		m.AuthCode = &cdata{event.AuthCode.Reveal()}
	case app.ChangeAuth, app.CancelAuth:
		m.AuthCorpID = &cdata{string(event.Corp)}
	}
	if event.Type == app.CreateAuth || event.Type == app.ChangeAuth {
		m.State, m.ExtraInfo = &cdata{event.State}, new(string)
	}
	return m
}
