package wecom

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// DefaultBaseURL is where WeCom itself answers.
const DefaultBaseURL = "https://qyapi.weixin.qq.com"

// Client calls one app's interfaces at WeCom or a server like it. It is safe
// for concurrent use.
type Client struct {
	corpID    string
	secret    Secret
	base      *url.URL
	http      http.Client
	userAgent string
	now       func() time.Time
	tokens    tokens
}

// Option changes a Client under construction.
type Option func(*Client) error

// New returns a client of the app of corpID that secret belongs to. It sends
// nothing yet. It fails when an option does.
func New(corpID string, secret Secret, opts ...Option) (*Client, error) {
	c := &Client{
		corpID: corpID, secret: secret, userAgent: "daka", now: time.Now,
		http: http.Client{Timeout: 60 * time.Second},
	}
	for _, opt := range append([]Option{WithBaseURL(DefaultBaseURL)}, opts...) {
		if err := opt(c); err != nil {
			return nil, fmt.Errorf("new client: %w", err)
		}
	}
	// A redirect would carry the token on, in its Referer at least.
	c.http.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return c, nil
}

// WithBaseURL sends the calls to another server: scheme, host and, if need be,
// a path that goes before every call's own.
func WithBaseURL(base string) Option {
	return func(c *Client) error {
		u, err := url.Parse(base)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
			return errors.New("base URL: want it like " + DefaultBaseURL + ", without user or query")
		}
		c.base = u
		return nil
	}
}

// WithHTTPClient sends through a copy of h, for its transport and timeout.
// Redirects are never followed.
func WithHTTPClient(h *http.Client) Option {
	return func(c *Client) error {
		c.http = *h
		return nil
	}
}

// WithUserAgent changes the User-Agent header.
func WithUserAgent(agent string) Option {
	return func(c *Client) error {
		c.userAgent = agent
		return nil
	}
}

// WithClock takes the time, by which tokens expire, from now.
func WithClock(now func() time.Time) Option {
	return func(c *Client) error {
		c.now = now
		return nil
	}
}

// Get calls path with the query and an access_token, and decodes into answer,
// a pointer. It is for any interface, those that daka does not know included.
//
// It fails with *Error when the server refuses and with *TransportError when
// no answer of WeCom's kind comes. A call refused because its token was dead is
// made once more with a new one.
func (c *Client) Get(ctx context.Context, path string, query url.Values, answer any) error {
	return c.call(ctx, http.MethodGet, path, query, nil, answer)
}

// Post calls path with body as JSON; for the rest it is like Get.
func (c *Client) Post(ctx context.Context, path string, body, answer any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("%s: encode the request: %w", path, err)
	}
	return c.call(ctx, http.MethodPost, path, nil, text, answer)
}

func (c *Client) call(ctx context.Context, method, path string, query url.Values, body []byte, answer any) error {
	if !strings.HasPrefix(path, "/") {
		return &TransportError{Endpoint: path, Reason: `the path does not begin with "/"`}
	}
	for replayed := false; ; replayed = true {
		token, err := c.Token(ctx)
		if err != nil {
			return err
		}
		withToken := url.Values{}
		for name, values := range query {
			withToken[name] = values
		}
		withToken.Set("access_token", token.Reveal())
		err = c.send(ctx, method, path, withToken, body, answer)
		if !errors.Is(err, CodeInvalidToken) && !errors.Is(err, CodeExpiredToken) {
			return err
		}
		c.tokens.drop(token)
		if replayed {
			return err
		}
	}
}
