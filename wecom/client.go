package wecom

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// DefaultBaseURL is where WeCom itself answers.
const DefaultBaseURL = "https://qyapi.weixin.qq.com"

// Client calls interfaces for one app, at WeCom or a server like it. It is safe
// for concurrent use, and one is enough for a program: its token and its quotas
// are shared by all that call through it.
type Client struct {
	base      *url.URL
	http      http.Client
	userAgent string
	clock     Clock
	retry     Retry
	limits    *Limiter // nil = none
	// headTimeout bounds the wait for the head of an answer where http.Timeout,
	// which bounds the whole, cannot be used; 0 = it can.
	headTimeout time.Duration
	tokens      *tokens
	store       TokenStore
	storeFailed func(error)
}

// Option changes a Client under construction.
type Option func(*Client) error

// New returns a client that calls with the tokens of source; nil is for calls
// with Request.NoToken alone, such as those of a Suite. It sends nothing yet. It
// fails when an option does.
func New(source TokenSource, opts ...Option) (*Client, error) {
	c := &Client{
		userAgent: "daka", clock: machineClock{}, limits: NewLimiter(),
		http:   http.Client{Timeout: 60 * time.Second},
		tokens: newTokens(source), store: NewMemoryStore(), storeFailed: func(error) {},
	}
	return c.apply(append([]Option{WithBaseURL(DefaultBaseURL)}, opts...))
}

// With returns a client like c but for opts, which shares c's token and quotas;
// of another server it has a token of its own.
func (c *Client) With(opts ...Option) (*Client, error) {
	clone := *c
	return clone.apply(opts)
}

func (c *Client) apply(opts []Option) (*Client, error) {
	for _, opt := range opts {
		if err := opt(c); err != nil {
			return nil, fmt.Errorf("wecom client: %w", err)
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
		if c.base != nil && c.base.String() != u.String() {
			c.tokens = newTokens(c.tokens.source) // that of one server is nothing to another
		}
		c.base = u
		return nil
	}
}

// WithHTTPClient sends through a copy of h, for its transport and timeout (of
// one exchange; of an answer that is streamed, of each piece). Redirects are
// never followed.
func WithHTTPClient(h *http.Client) Option {
	return func(c *Client) error {
		if h == nil {
			return errors.New("HTTP client: nil")
		}
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

// WithClock lets the client live by another clock than the machine's, such as
// that of a test.
func WithClock(clock Clock) Option {
	return func(c *Client) error {
		if clock == nil {
			return errors.New("clock: nil")
		}
		c.clock = clock
		return nil
	}
}

// WithLimiter keeps the calls under the quotas of l, which clients of the same
// corp share; nil sends as fast as it can. Without it each client has a Limiter
// of its own.
func WithLimiter(l *Limiter) Option {
	return func(c *Client) error {
		c.limits = l
		return nil
	}
}

// WithRetry changes how calls are made again that failed for a while.
func WithRetry(r Retry) Option {
	return func(c *Client) error {
		c.retry = r
		return nil
	}
}

// Get reads: it is Call with GET for a call that may be repeated.
func (c *Client) Get(ctx context.Context, path string, query url.Values, answer any) error {
	return c.Call(ctx, Request{Method: http.MethodGet, Path: path, Query: query, Repeatable: true}, answer)
}

// Post is Call with body as JSON, for a call that may not be repeated.
func (c *Client) Post(ctx context.Context, path string, body, answer any) error {
	return c.Call(ctx, Request{Path: path, Body: body}, answer)
}

// Call makes a call and decodes into answer, a pointer: to a struct for JSON,
// or to a File for what is none; nil when only the refusal matters.
//
// It fails with *Error when the server refuses and with *TransportError when
// no answer of WeCom's kind comes. It waits for the quota of the call, makes it
// again as Retry and r.Repeatable allow, and once more with a new token when it
// was refused because the token was dead. ctx bounds all of it; a wait that ctx
// cannot outlive is not begun.
func (c *Client) Call(ctx context.Context, r Request, answer any) error {
	restore := pristine(answer)
	return c.exchange(ctx, r, func(resp *http.Response) error {
		restore()
		return readAnswer(r.Path, resp, answer)
	})
}
