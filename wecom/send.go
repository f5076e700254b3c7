package wecom

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// maxAnswer is the longest answer that is read, in bytes.
const maxAnswer = 64 << 20

// send makes one HTTP exchange. What it returns never holds the query.
func (c *Client) send(ctx context.Context, method, path string, query url.Values, body []byte, answer any) error {
	private := []string{query.Get("access_token"), query.Get("corpsecret")}
	target := *c.base
	target = *target.JoinPath(path)
	target.RawQuery = query.Encode()
	req, err := http.NewRequestWithContext(ctx, method, target.String(), bytes.NewReader(body))
	if err != nil {
		return &TransportError{Endpoint: path, Reason: "make the request", Err: safeCause(err, private)}
	}
	req.Header.Set("User-Agent", c.userAgent)
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return &TransportError{Endpoint: path, Err: safeCause(err, private)}
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return &TransportError{Endpoint: path, Status: resp.StatusCode}
	}
	text, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	if err != nil {
		return &TransportError{Endpoint: path, Status: resp.StatusCode, Reason: "read the answer", Err: safeCause(err, private)}
	}
	if len(text) > maxAnswer {
		return &TransportError{Endpoint: path, Status: resp.StatusCode, Reason: fmt.Sprintf("the answer is longer than %d bytes", maxAnswer)}
	}
	err = decode(path, text, answer)
	var e *Error
	if errors.As(err, &e) {
		e.Msg, e.Hint = scrub(e.Msg, private), scrub(e.Hint, private)
		e.RequestID = resp.Header.Get("X-Request-Id")
	}
	return err
}

// lenient accepts whatever JSON a server may send.
var lenient = json.JoinOptions(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))

// decode reads an answer into a pointer. A refusal counts whatever the shape of
// the rest, because a failed answer need not have that of a good one.
func decode(path string, text []byte, answer any) error {
	var err error
	var envelope Envelope
	if a, ok := answer.(Answer); ok {
		*a.envelope() = Envelope{} // a call made again must not see the first refusal
		if err = json.Unmarshal(text, answer, lenient); err == nil {
			return a.envelope().Err(path)
		}
	}
	if json.Unmarshal(text, &envelope, lenient) != nil {
		return &TransportError{Endpoint: path, Status: http.StatusOK, Reason: fmt.Sprintf("the answer, %d bytes, is no JSON object", len(text))}
	}
	if refused := envelope.Err(path); refused != nil {
		return refused
	}
	if err == nil {
		err = json.Unmarshal(text, answer, lenient)
	}
	if err != nil {
		return &TransportError{Endpoint: path, Status: http.StatusOK, Reason: fmt.Sprintf("the answer does not fit %T%s", answer, misfit(err))}
	}
	return nil
}

// misfit says where an answer has another type than expected, without its value.
func misfit(err error) string {
	var semantic *json.SemanticError
	if !errors.As(err, &semantic) {
		return ""
	}
	return fmt.Sprintf(" at %q: JSON %s for %v", semantic.JSONPointer, semantic.JSONKind, semantic.GoType)
}
