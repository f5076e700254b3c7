package admin

import (
	"errors"
	"fmt"
)

// ErrNoDaka is the cause of a *wecom.TransportError for an answer of a server
// that gives tokens but has none of daka's operations, such as WeCom itself.
var ErrNoDaka = errors.New("the server is no daka")

// Code names a kind of failure. It is an error itself, so that
// errors.Is(err, admin.NotFound) asks for a kind.
type Code string

// The codes, each with the HTTP status it comes with.
const (
	BadRequest   Code = "bad_request"   // 400: a body, a field or a parameter is wrong
	Unauthorized Code = "unauthorized"  // 401: no token that counts
	Forbidden    Code = "forbidden"     // 403: the app is not an admin app
	NotFound     Code = "not_found"     // 404: no such operation, member, rule or snapshot
	Conflict     Code = "conflict"      // 409: what is there stands against it
	TooLarge     Code = "too_large"     // 413: the body, or what was asked for
	Internal     Code = "internal"      // 500: a failure of the server
	TestModeOnly Code = "test_mode_off" // 403: only a server in test mode does that
)

// Error returns the code.
func (c Code) Error() string { return string(c) }

// Error is a failure that a server reports.
type Error struct {
	Code    Code   `json:"code"`
	Message string `json:"message"`
	Field   string `json:"field,omitzero"` // JSON pointer or parameter; "" where no single one is wrong

	Status    int    `json:"-"` // of HTTP
	RequestID string `json:"-"` // from the answer's X-Request-Id
	Operation string `json:"-"` // method and path
}

// ErrorBody is the body of an answer that is a failure.
type ErrorBody struct {
	Error *Error `json:"error"`
}

// Error names the operation, the code, the field and the text.
func (e *Error) Error() string {
	text := string(e.Code) + ": " + e.Message
	if e.Field != "" {
		text = fmt.Sprintf("%s: %s: %s", e.Code, e.Field, e.Message)
	}
	if e.Operation != "" {
		text = e.Operation + ": " + text
	}
	return text
}

// Is reports whether target is e's code.
func (e *Error) Is(target error) bool {
	c, ok := target.(Code)
	return ok && c == e.Code
}
