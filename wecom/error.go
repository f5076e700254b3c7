package wecom

import (
	"fmt"
	"strconv"
)

// Code is an errcode of WeCom (document 90313). It is an error itself, so
// that errors.Is(err, wecom.CodeExpiredToken) asks for a kind of failure.
type Code int64

// Error returns the number and its usual text.
func (c Code) Error() string { return strconv.FormatInt(int64(c), 10) + " " + c.Text() }

// Text returns the text that usually comes with c, in English. No program may
// depend on it: WeCom's own texts change.
func (c Code) Text() string {
	if t, ok := texts[c]; ok {
		return t
	}
	return "unknown error"
}

// Error is a failure that WeCom, or a server like it, reports in an answer.
type Error struct {
	Code      Code
	Msg       string // the text alone; empty stands for Code.Text
	Hint      string // the server's mark of the call, for its operators
	FromIP    string // the caller's address as the server saw it
	Endpoint  string // path of the call, without its query
	RequestID string // from the answer's X-Request-Id
}

// Errorf returns the error with the given code and text.
func Errorf(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Msg: fmt.Sprintf(format, args...)}
}

// Error names the call, the code and the text.
func (e *Error) Error() string {
	text := e.Msg
	if text == "" {
		text = e.Code.Text()
	}
	text = strconv.FormatInt(int64(e.Code), 10) + " " + text
	if e.Endpoint != "" {
		text = e.Endpoint + ": " + text
	}
	if e.Hint != "" {
		text += " (hint " + e.Hint + ")"
	}
	return text
}

// Is reports whether target is e's code.
func (e *Error) Is(target error) bool {
	c, ok := target.(Code)
	return ok && c == e.Code
}
