// Package wecom is the core that a program needs to talk to WeCom (企业微信), or
// to a server like it: credentials and tokens, calls with their limits and
// repeats, error codes, contacts, approval forms, media and callbacks. It knows
// nothing of check-in, which is package checkin.
//
// # A client
//
// An app of a corp has a secret; a Client calls with it:
//
//	c, err := wecom.New(wecom.CorpApp("ww…", wecom.NewSecret(os.Getenv("SECRET"))))
//	departments, err := c.Departments(ctx, 0)
//
// One Client is enough for a program. It fetches a token when it needs one,
// once however many goroutines wait, and another before the first one ends. A
// call that is refused because its token was revoked is made again, once, with a
// new one. Other kinds of apps are other sources of tokens: a provider-developed
// app is a CorpApp by its permanent code, a third-party app a SuiteCorp, and a
// token from elsewhere a StaticToken. Processes that run side by side share
// their tokens through WithTokenStore.
//
// # Calls without a method
//
// Client.Call makes any call, and Stream one whose answer is a long array:
//
//	var answer struct {
//		wecom.Envelope
//		IPList []string `json:"ip_list"`
//	}
//	err := c.Call(ctx, wecom.Request{Method: "GET", Path: "/cgi-bin/getcallbackip", Repeatable: true}, &answer)
//
// # What goes wrong
//
// A refusal is an *Error, and errors.Is asks for its code:
//
//	if errors.Is(err, wecom.CodeUntrustedIP) {
//
// All else is a *TransportError: no connection, a proxy's page, an answer cut
// short. Neither ever shows a secret or a token. Before a caller sees either,
// the client has made the call again as Retry says: a call that only reads, as
// often as it takes to get over a short failure; one that writes, only where the
// server cannot have seen it, unless AllowRepeats.
//
// # Quotas
//
// WeCom bans a corp for a minute that calls too often. A client's Limiter holds
// calls back so that this does not happen; WithLimiter shares it between the
// clients of a corp. Contexts bound every wait.
//
// # Callbacks
//
// NewCallbackHandler returns an http.Handler for a callback URL: it verifies,
// decrypts, sorts out repeats and hands over events with their types. Tickets
// keeps what the provider of a third-party app is pushed.
//
// # Tests
//
// Package dakatest runs a server inside go test that answers as WeCom does, with
// a clock to turn, tokens to revoke and faults to inject.
package wecom
