package wecom

import (
	"bytes"
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

// CallbackFunc takes in an event. ctx ends when WeCom stops waiting: one second
// after the call came in for what a suite is told and for a DeviceCheckin, five
// otherwise. What takes longer is better put into a queue.
//
// A reply, in JSON where e is in JSON and otherwise in XML, is encrypted and
// sent back; nil is the acknowledgement that WeCom expects. With an error the
// call fails and WeCom makes it again, three times in all. It may also send an
// event again by itself, in a new call: f must bear to be told twice.
type CallbackFunc func(ctx context.Context, e *Event) (reply []byte, err error)

// CallbackHandler is a callback URL (documents 90968 and 91116): it answers the
// GET that tries the URL out and takes in the POSTs that tell of events, in XML
// or JSON.
//
// A call is refused, without a word of why, unless its signature is right, its
// timestamp is at most five minutes away and its message is for a receiver that
// is known. A call that comes again to the same CallbackHandler is answered as
// before, and not handled again, unless it failed. A body may have up to 1 MiB.
type CallbackHandler struct {
	crypter *Crypter
	handle  CallbackFunc // nil = acknowledge all
	tickets *Tickets     // nil = keep none
	knows   func(receiveID string) bool
	failed  func(error)
	clock   Clock
	seen    seenCalls
}

// CallbackOption changes a CallbackHandler under construction.
type CallbackOption func(*CallbackHandler)

// NewCallbackHandler returns the handler of a callback URL whose calls f takes
// in; a nil f leaves it at acknowledging them.
func NewCallbackHandler(c *Crypter, f CallbackFunc, opts ...CallbackOption) *CallbackHandler {
	h := &CallbackHandler{
		crypter: c, handle: f, clock: machineClock{},
		knows: func(string) bool { return false }, failed: func(error) {},
	}
	for _, opt := range opts {
		opt(h)
	}
	return h
}

// WithTickets keeps the tickets of suites as they come in, before the event is
// handled. What cannot be kept is a call that fails.
func WithTickets(t *Tickets) CallbackOption { return func(h *CallbackHandler) { h.tickets = t } }

// WithReceivers takes in messages for other receivers than the Crypter's too.
// The callback for the data of a third-party app needs it: each of its messages
// is for the corp it is about. So does the GET for a suite's, which can be for
// the provider's own corp.
func WithReceivers(knows func(receiveID string) bool) CallbackOption {
	return func(h *CallbackHandler) { h.knows = knows }
}

// WithCallbackClock takes the time from another clock than the machine's.
func WithCallbackClock(clock Clock) CallbackOption {
	return func(h *CallbackHandler) { h.clock = clock }
}

// OnCallbackError has f told why a call was refused or failed; whoever made it
// is not. f must be safe for concurrent use.
func OnCallbackError(f func(error)) CallbackOption {
	return func(h *CallbackHandler) { h.failed = f }
}

// What a call may be.
const (
	maxCallback    = 1 << 20         // bytes of its body
	callbackWindow = 5 * time.Minute // how far its timestamp is from now
)

// How long WeCom waits for the answer.
const (
	appPatience   = 5 * time.Second
	suitePatience = time.Second
)

// ErrCallbackTime says that the timestamp of a call is none, or that of another
// time: it was recorded, or a clock is wrong.
var ErrCallbackTime = errors.New("callback: the timestamp is more than five minutes away")

// ServeHTTP answers 200, or 403 and 400 to what is refused, 405 to other methods
// than GET and POST, 413 to a large body, 500 when the event could not be
// handled, and 503 while the same call is still being handled.
func (h *CallbackHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var answer callbackAnswer
	var err error
	switch r.Method {
	case http.MethodGet:
		answer, err = h.echo(r)
	case http.MethodPost:
		answer, err = h.receive(w, r)
	default:
		w.Header().Set("Allow", "GET, POST")
		err = errCallbackMethod
	}
	header := w.Header()
	header.Set("Cache-Control", "no-store")
	header.Set("X-Content-Type-Options", "nosniff")
	if err != nil {
		h.failed(err)
		status := callbackStatus(err)
		http.Error(w, http.StatusText(status), status)
		return
	}
	if answer.contentType != "" {
		header.Set("Content-Type", answer.contentType)
	}
	_, _ = w.Write(answer.body) // nobody is left to tell
}

// echo answers the GET that tries the URL out.
func (h *CallbackHandler) echo(r *http.Request) (callbackAnswer, error) {
	query := ParseCallbackQuery(r.URL.Query())
	text, _, err := h.open(query, query.Echo)
	if err != nil {
		return callbackAnswer{}, err
	}
	// A recorded message has a good signature here too, and must not be told.
	if trimmed := bytes.TrimSpace(text); len(trimmed) == 0 || trimmed[0] == '<' || trimmed[0] == '{' {
		return callbackAnswer{}, errCallbackEcho
	}
	return callbackAnswer{plainText, text}, nil
}

// receive takes in an event.
func (h *CallbackHandler) receive(w http.ResponseWriter, r *http.Request) (callbackAnswer, error) {
	begun := time.Now()
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxCallback))
	if err != nil {
		return callbackAnswer{}, fmt.Errorf("callback: read the body: %w", err)
	}
	envelope, err := ParseCallback(body)
	if err != nil {
		return callbackAnswer{}, err
	}
	query := ParseCallbackQuery(r.URL.Query())
	message, receiver, err := h.open(query, envelope.Encrypt)
	if err != nil {
		return callbackAnswer{}, err
	}
	e, err := ParseEvent(message)
	if err != nil {
		return callbackAnswer{}, err
	}
	e.ReceiveID = receiver
	patience := appPatience
	if e.ofSuite() || e.Kind() == KindDeviceCheckin {
		patience = suitePatience
	}
	// Who hangs up early calls again, and is answered from what was done.
	ctx, cancel := context.WithDeadline(context.WithoutCancel(r.Context()), begun.Add(patience))
	defer cancel()
	return h.seen.once(ctx, query.Signature, h.clock.Now(), func() (callbackAnswer, error) {
		return h.run(ctx, e, query)
	})
}

// open checks and decrypts a call.
func (h *CallbackHandler) open(query CallbackQuery, encrypted string) (message []byte, receiver string, err error) {
	if err := h.crypter.Verify(query.Signature, query.Timestamp, query.Nonce, encrypted); err != nil {
		return nil, "", err
	}
	seconds, err := strconv.ParseInt(query.Timestamp, 10, 64)
	if now := h.clock.Now(); err != nil || now.Sub(time.Unix(seconds, 0)).Abs() > callbackWindow {
		return nil, "", ErrCallbackTime
	}
	message, meant, err := h.crypter.decrypt(encrypted)
	if err != nil {
		return nil, "", err
	}
	if subtle.ConstantTimeCompare(meant, []byte(h.crypter.receiver)) != 1 && !h.knows(string(meant)) {
		return nil, "", ErrCallbackReceiver
	}
	return message, string(meant), nil
}

// run handles an event and makes the answer to it.
func (h *CallbackHandler) run(ctx context.Context, e *Event, query CallbackQuery) (callbackAnswer, error) {
	if h.tickets != nil && e.Kind() == KindSuiteTicket {
		if err := h.keepTicket(ctx, e); err != nil {
			return callbackAnswer{}, callbackFailure{err}
		}
	}
	var reply []byte
	if h.handle != nil {
		var err error
		if reply, err = h.handle(ctx, e); err != nil {
			return callbackAnswer{}, callbackFailure{fmt.Errorf("callback: handle %v: %w", e, err)}
		}
	}
	switch {
	case reply != nil:
		return sealedAnswer(h.crypter.as(e.ReceiveID), reply, e.JSON, h.clock.Now(), query.Nonce)
	case e.ofSuite():
		return callbackAnswer{plainText, []byte("success")}, nil
	}
	return callbackAnswer{}, nil
}

func (h *CallbackHandler) keepTicket(ctx context.Context, e *Event) error {
	parsed, err := e.Parse()
	if err != nil {
		return err
	}
	ticket := parsed.(*SuiteTicket)
	return h.tickets.Put(ctx, ticket.SuiteID, ticket.Ticket, ticket.At)
}
