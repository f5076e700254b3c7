package wecom

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/url"
)

// exchange makes a call until it has an end. read takes in the answer to one
// request; what it returns decides whether there is another.
func (c *Client) exchange(ctx context.Context, r Request, read func(*http.Response) error) error {
	e, err := encode(r)
	if err != nil {
		return err
	}
	again := c.retry.begin(e.Repeatable || repeatable(ctx))
	for replayed := false; ; {
		token, err := c.attempt(ctx, e, read)
		if token.Reveal() != "" && isDeadToken(err) {
			c.tokens.reject(token)
			if !replayed {
				replayed = true
				continue
			}
		}
		wait, ok := again.after(err)
		if !ok {
			return err
		}
		if c.clock.Sleep(ctx, wait) != nil {
			return err
		}
	}
}

func isDeadToken(err error) bool {
	return errors.Is(err, CodeInvalidToken) || errors.Is(err, CodeExpiredToken)
}

// attempt makes one exchange within the quota, and returns the token it used.
func (c *Client) attempt(ctx context.Context, e *encoded, read func(*http.Response) error) (token Token, err error) {
	slot, err := c.limits.acquire(ctx, c.clock, e.Quota)
	if err != nil {
		return token, &TransportError{Endpoint: e.Path, Reason: "wait for the quota", Err: err}
	}
	defer func() { slot.done(err) }()
	if !e.NoToken {
		if token, err = c.tokens.get(ctx, c); err != nil {
			return token, err
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
	req, err := http.NewRequestWithContext(ctx, e.Method, target.String(), bytes.NewReader(e.body.data))
	if err != nil {
		return &TransportError{Endpoint: e.Path, Reason: "make the request", Err: safeCause(err, private)}
	}
	req.Header.Set("User-Agent", c.userAgent)
	if e.body.contentType != "" {
		req.Header.Set("Content-Type", e.body.contentType)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return &TransportError{Endpoint: e.Path, Err: safeCause(err, private)}
	}
	defer resp.Body.Close()
	slot.answered()
	if resp.StatusCode != http.StatusOK {
		return &TransportError{Endpoint: e.Path, Status: resp.StatusCode}
	}
	err = read(resp)
	if refused, ok := errors.AsType[*Error](err); ok {
		refused.Msg, refused.Hint = scrub(refused.Msg, private), scrub(refused.Hint, private)
		refused.RequestID = resp.Header.Get("X-Request-Id")
	}
	if broken, ok := errors.AsType[*TransportError](err); ok && broken.Err != nil {
		broken.Err = safeCause(broken.Err, private)
	}
	return err
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
