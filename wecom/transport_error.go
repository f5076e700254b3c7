package wecom

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// TransportError says that a call brought no answer of WeCom's kind: nothing
// at all, an HTTP status other than 200, or a body that is not the JSON
// expected. It holds neither the query nor the body, where secrets are.
type TransportError struct {
	Endpoint string // path of the call, without its query
	Status   int    // of HTTP; 0 when there was no answer
	Reason   string
	Err      error // the cause; nil when Reason says it all

	unsent  bool          // no connection came about
	lasting bool          // the same would come again
	wait    time.Duration // the server said to come again after it; 0 = it did not
}

// Error names the call and what was wrong.
func (e *TransportError) Error() string {
	text := e.Endpoint
	if e.Status != 0 {
		text += fmt.Sprintf(": HTTP status %d", e.Status)
	}
	if e.Reason != "" {
		text += ": " + e.Reason
	}
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

// Unwrap returns the cause, such as context.DeadlineExceeded.
func (e *TransportError) Unwrap() error { return e.Err }

// Unsent reports whether it is certain that the server saw nothing of the call:
// no connection came about, or its quota left no time for it.
func (e *TransportError) Unsent() bool { return e.unsent }

// safeCause takes the URL, whose query holds token or secret, out of an error
// of net/http.
func safeCause(err error, private []string) error {
	var withURL *url.Error
	for errors.As(err, &withURL) {
		err = withURL.Err
	}
	if text := err.Error(); scrub(text, private) != text {
		return errors.New(scrub(text, private))
	}
	return err
}

// scrub takes private values, as they are or as a query holds them, out of a text.
func scrub(text string, private []string) string {
	for _, p := range private {
		if p != "" {
			text = strings.ReplaceAll(text, p, redacted)
			text = strings.ReplaceAll(text, url.QueryEscape(p), redacted)
		}
	}
	return text
}
