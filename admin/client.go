package admin

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/dakahq/daka/wecom"
)

// Client calls daka's own operations for one admin app. Its methods are safe
// for concurrent use. Any of them fails with *Error when the server refuses,
// and with a *wecom.Error or *wecom.TransportError where no token or no answer
// comes.
type Client struct {
	base   string
	http   *http.Client
	tokens *wecom.Client
}

// Option changes a Client under construction.
type Option func(*settings)

type settings struct {
	http  *http.Client
	clock wecom.Clock
}

// WithHTTPClient sends through a copy of h. Redirects are never followed.
func WithHTTPClient(h *http.Client) Option { return func(s *settings) { s.http = h } }

// WithClock lets the client live by another clock than the machine's: that of a
// server whose clock is turned.
func WithClock(clock wecom.Clock) Option { return func(s *settings) { s.clock = clock } }

// New returns a client of the admin app of corpID that secret belongs to, at
// the server with the given base URL. It sends nothing yet.
func New(base, corpID string, secret wecom.Secret, opts ...Option) (*Client, error) {
	s := settings{http: &http.Client{Timeout: 60 * time.Second}}
	for _, opt := range opts {
		opt(&s)
	}
	with := []wecom.Option{wecom.WithBaseURL(base), wecom.WithHTTPClient(s.http)}
	if s.clock != nil {
		// A clock that stands still would never end a pause.
		with = append(with, wecom.WithClock(s.clock), wecom.WithRetry(wecom.Retry{Sends: 1, Windows: -1}))
	}
	tokens, err := wecom.New(wecom.CorpApp(corpID, secret), with...)
	if err != nil {
		return nil, fmt.Errorf("new admin client: %w", err)
	}
	h := *s.http
	// A redirect would carry the token to another place.
	h.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Client{base: strings.TrimSuffix(base, "/"), http: &h, tokens: tokens}, nil
}

// none stands for a body or an answer that there is not.
type none struct{}

// call makes one operation; in may be nil. It is made once more with another
// token when the first is refused.
func call[Resp any](ctx context.Context, c *Client, method, path string, in any) (*Resp, error) {
	var body []byte
	if in != nil {
		var err error
		if body, err = json.Marshal(in); err != nil {
			return nil, fmt.Errorf("%s %s: encode the request: %w", method, path, err)
		}
	}
	var refusal error
	for {
		token, err := c.tokens.Token(ctx)
		if refusal != nil && errors.Is(err, wecom.CodeInvalidToken) {
			return nil, refusal // there is no other token
		}
		if err != nil {
			return nil, err
		}
		out := new(Resp)
		err = c.send(ctx, method, path, token, body, out)
		if errors.Is(err, Unauthorized) {
			c.tokens.Reject(token)
			if refusal == nil {
				refusal = err
				continue
			}
		}
		if err != nil {
			return nil, err
		}
		return out, nil
	}
}

// maxAnswer is the longest answer that is read, in bytes.
const maxAnswer = 256 << 20

func (c *Client) send(ctx context.Context, method, path string, token wecom.Token, body []byte, out any) error {
	endpoint, _, _ := strings.Cut(path, "?")
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, bytes.NewReader(body))
	if err != nil {
		return &wecom.TransportError{Endpoint: endpoint, Reason: "make the request", Err: err}
	}
	req.Header.Set("Authorization", "Bearer "+token.Reveal())
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return &wecom.TransportError{Endpoint: endpoint, Err: err}
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	switch {
	case err != nil:
		return &wecom.TransportError{Endpoint: endpoint, Status: resp.StatusCode, Reason: "read the answer", Err: err}
	case len(text) > maxAnswer:
		return &wecom.TransportError{Endpoint: endpoint, Status: resp.StatusCode, Reason: fmt.Sprintf("the answer is longer than %d bytes", maxAnswer)}
	case resp.StatusCode != http.StatusOK:
		return refusal(method+" "+endpoint, resp, text)
	}
	if first := bytes.TrimLeft(text, " \t\r\n"); len(first) > 0 && first[0] != '{' && first[0] != '[' || isEnvelope(text) {
		return &wecom.TransportError{Endpoint: method + " " + endpoint, Status: resp.StatusCode, Err: ErrNoDaka}
	}
	if err := json.Unmarshal(text, out); err != nil {
		return &wecom.TransportError{Endpoint: endpoint, Status: resp.StatusCode, Reason: fmt.Sprintf("the answer does not fit %T", out)}
	}
	return nil
}

// refusal reads an answer that is a failure.
func refusal(operation string, resp *http.Response, text []byte) error {
	var body ErrorBody
	if json.Unmarshal(text, &body) != nil || body.Error == nil || body.Error.Code == "" {
		status := resp.StatusCode
		if status/100 == 3 || status == http.StatusNotFound || status == http.StatusMethodNotAllowed || isEnvelope(text) {
			return &wecom.TransportError{Endpoint: operation, Status: status, Err: ErrNoDaka}
		}
		return &wecom.TransportError{Endpoint: operation, Status: resp.StatusCode, Reason: "the answer is no failure of daka's kind"}
	}
	e := body.Error
	e.Status, e.RequestID, e.Operation = resp.StatusCode, resp.Header.Get("X-Request-Id"), operation
	return e
}

// maxEnvelope is longer than any answer of WeCom's that only says how a call
// ended.
const maxEnvelope = 4096

// isEnvelope reports whether an answer is WeCom's way to say how a call ended,
// such as that there is no such path. Where nothing else is expected it would be
// taken for success.
func isEnvelope(text []byte) bool {
	var e struct {
		Code *int64  `json:"errcode"`
		Msg  *string `json:"errmsg"`
	}
	return len(text) <= maxEnvelope && json.Unmarshal(text, &e) == nil && e.Code != nil && e.Msg != nil
}

// query writes parameters behind a path, those that are empty left out.
func query(path string, pairs ...string) string {
	values := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			values.Set(pairs[i], pairs[i+1])
		}
	}
	if len(values) == 0 {
		return path
	}
	return path + "?" + values.Encode()
}
