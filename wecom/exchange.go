package wecom

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
	"time"
)

// exchange makes a call until it has an end. read takes in the answer to one
// request; what it returns decides whether there is another.
func (c *Client) exchange(ctx context.Context, r Request, read func(*http.Response) error) (err error) {
	e, err := encode(r)
	if err != nil {
		return err
	}
	e.Repeatable = e.Repeatable || repeatable(ctx)
	again := c.retry.begin(ctx, c.clock, e.Repeatable)
	var last error
	seen := false // an earlier try, by the server
	defer func() {
		if broken, ok := errors.AsType[*TransportError](err); ok && seen && broken.Endpoint == e.Path {
			broken.unsent = false
		}
	}()
	for replayed := false; ; {
		slot, err := c.limits.acquire(ctx, c.clock, e.Quota, &again.turn)
		if err != nil {
			if last != nil {
				return last
			}
			return &TransportError{Endpoint: e.Path, Reason: "wait for the quota", Err: err, unsent: true}
		}
		token, err := c.attempt(ctx, e, slot, read)
		if replayed && token.Reveal() == "" && isDeadToken(err) {
			return last // the source gives the same token again: the refusal stands
		}
		last = err
		if token.Reveal() != "" && isDeadToken(last) {
			c.tokens.reject(token, c.clock.Now())
			if !replayed {
				replayed = true
				continue
			}
		}
		wait, ok := again.after(ctx, last, c.limits != nil)
		if !ok || sleep(ctx, c.clock, wait) != nil {
			return unmarked(last)
		}
		seen = seen || hopeOf(last) == ifRepeatable
	}
}

func isDeadToken(err error) bool {
	return errors.Is(err, CodeInvalidToken) || errors.Is(err, CodeExpiredToken)
}

// final is a failure after which nothing is tried again.
type final struct{ error }

func (f final) Unwrap() error { return f.error }

// unmarked returns an error without its mark as final.
func unmarked(err error) error {
	if end, ok := errors.AsType[final](err); ok {
		return end.error
	}
	return err
}

// attempt makes one exchange in its slot, and returns the token it used.
func (c *Client) attempt(ctx context.Context, e *encoded, slot *slot, read func(*http.Response) error) (token Token, err error) {
	defer func() { slot.done(err) }()
	if !e.NoToken {
		if token, err = c.tokens.get(ctx, c); err != nil {
			return token, final{err} // its source has tried again as often as is good
		}
	}
	return token, c.send(ctx, e, token, slot, read)
}

// send makes one HTTP exchange. What it returns never holds the query.
func (c *Client) send(ctx context.Context, e *encoded, token Token, slot *slot, read func(*http.Response) error) error {
	private := []string{token.Reveal()}
	for _, s := range e.Private {
		private = append(private, s.Reveal())
	}
	target := *c.base.JoinPath(e.Path)
	target.RawQuery = query(e, token).Encode()
	var way way
	ctx, end := way.watch(ctx)
	defer end()
	req, err := http.NewRequestWithContext(ctx, e.Method, target.String(), bytes.NewReader(e.body.data))
	if err != nil {
		return final{&TransportError{Endpoint: e.Path, Reason: "make the request", Err: safeCause(err, private)}}
	}
	if e.Method == http.MethodGet {
		// The transport sends a GET a second time by itself when its connection
		// breaks, unless it believes in a body that cannot be read again. Whether
		// it may be sent, and its place in the quota, are decided here.
		req.Body, req.GetBody = io.NopCloser(bytes.NewReader(e.body.data)), nil
	}
	req.Header.Set("User-Agent", c.userAgent)
	if e.body.contentType != "" {
		req.Header.Set("Content-Type", e.body.contentType)
	}
	slot.sending()
	resp, err := c.do(req)
	if err != nil {
		return &TransportError{Endpoint: e.Path, Err: safeCause(way.cause(err), private), unsent: way.unsent(err), lasting: hopeless(err)}
	}
	defer resp.Body.Close()
	slot.answered()
	if resp.StatusCode != http.StatusOK {
		return &TransportError{Endpoint: e.Path, Status: resp.StatusCode, wait: retryAfter(resp, c.clock.Now())}
	}
	err = read(resp)
	if refused, ok := errors.AsType[*Error](err); ok {
		refused.Msg, refused.Hint = scrub(refused.Msg, private), scrub(refused.Hint, private)
		refused.FromIP, refused.RequestID = scrub(refused.FromIP, private), scrub(resp.Header.Get("X-Request-Id"), private)
	}
	if broken, ok := errors.AsType[*TransportError](err); ok && broken.Err != nil {
		broken.Err = safeCause(broken.Err, private)
	}
	return err
}

// do sends a request and returns the answer when its head is there.
func (c *Client) do(req *http.Request) (*http.Response, error) {
	if c.headTimeout == 0 {
		return c.http.Do(req)
	}
	ctx, cancel := context.WithCancel(req.Context()) // which Stream ends
	timer := time.AfterFunc(c.headTimeout, cancel)
	resp, err := c.http.Do(req.WithContext(ctx))
	if !timer.Stop() && err != nil && req.Context().Err() == nil {
		err = os.ErrDeadlineExceeded
	}
	return resp, err
}

func query(e *encoded, token Token) url.Values {
	values := url.Values{}
	for name, v := range e.Query {
		values[name] = v
	}
	if !e.NoToken {
		values.Set("access_token", token.Reveal())
	}
	return values
}
