package wecom

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// Request is one call of an interface, whether daka knows it or not.
type Request struct {
	Method string     // of HTTP; "" = POST
	Path   string     // such as /cgi-bin/user/get
	Query  url.Values // what the path's documents name; the Client adds access_token
	Body   any        // sent as JSON; nil = none

	Quota Quota // what the call counts against
	// Repeatable says that the server may get the call twice without harm: it
	// reads, or sets what the first had set already. A call that is not is never
	// sent again where the server could have seen it.
	Repeatable bool
	// NoToken leaves access_token out: the calls that fetch one go so.
	NoToken bool
	// Private are values of Query and Body that no error may show, beside the
	// access_token.
	Private []Secret
}

// Quota is how often one corp may make a call.
type Quota struct {
	Name      string // calls of the same name share it; "" = the path
	PerMinute int    // 0 = the general quota alone (document 90312)
}

// rawBody is a body that is no JSON.
type rawBody struct {
	contentType string
	data        []byte
}

// encoded is a Request as it is sent, as often as need be.
type encoded struct {
	Request
	body rawBody
}

func encode(r Request) (*encoded, error) {
	if !strings.HasPrefix(r.Path, "/") {
		return nil, &TransportError{Endpoint: r.Path, Reason: `the path does not begin with "/"`}
	}
	if r.Method == "" {
		r.Method = http.MethodPost
	}
	if r.Quota.Name == "" {
		r.Quota.Name = r.Path
	}
	e := &encoded{Request: r}
	switch body := r.Body.(type) {
	case nil:
	case rawBody:
		e.body = body
	default:
		text, err := json.Marshal(body)
		if err != nil {
			return nil, fmt.Errorf("%s: encode the request: %w", r.Path, err)
		}
		e.body = rawBody{"application/json", text}
	}
	return e, nil
}
