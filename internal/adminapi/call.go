package adminapi

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"runtime/debug"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/rig"
)

// call is one operation on its way.
type call struct {
	api     *API
	r       *http.Request
	caller  *app.Caller // nil until the token is known
	closing bool        // the connection ends with the answer
}

// endpoint answers a call whose caller is known.
type endpoint func(*call) (any, error)

// done is the answer of an operation that only succeeds or fails.
type done struct{}

// with makes an endpoint of what an operation with a JSON body does.
func with[Req any](do func(*call, *Req) (any, error)) endpoint {
	return func(c *call) (any, error) {
		var req Req
		if err := c.decode(&req); err != nil {
			return nil, err
		}
		return do(c, &req)
	}
}

// recovered is answer, with a panic as a failure of ours.
func (c *call) recovered(op admin.Operation, do endpoint) (out any, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic: %v\n%s", cause, debug.Stack())
		}
	}()
	return c.answer(op, do)
}

func (c *call) answer(op admin.Operation, do endpoint) (any, error) {
	if do == nil {
		return nil, &admin.Error{Code: admin.NotFound, Message: "no operation " + c.r.Method + " " + c.r.URL.Path}
	}
	if err := c.requireAdmin(); err != nil {
		return nil, err
	}
	if path := c.r.URL.Path; !utf8.ValidString(path) || strings.Contains(path, "\x00") {
		return nil, bad("", "the path holds what is no text")
	}
	if op.Test && c.api.opts.Rig == nil {
		return nil, &admin.Error{Code: admin.TestModeOnly, Message: "only a server in test mode does that"}
	}
	return do(c)
}

// requireAdmin finds the calling app by the token in the header; one in the
// query is not looked at.
func (c *call) requireAdmin() error {
	token, ok := strings.CutPrefix(c.r.Header.Get("Authorization"), "Bearer ")
	if !ok || token == "" {
		return &admin.Error{Code: admin.Unauthorized, Message: "the Authorization header has no bearer token"}
	}
	caller, err := c.api.app.Caller(c.r.Context(), app.Token(token))
	if err != nil {
		return err
	}
	c.caller = caller
	from, err := netip.ParseAddrPort(c.r.RemoteAddr)
	if err != nil {
		from = netip.AddrPort{} // a test without a network
	}
	if !caller.Trusts(from.Addr().Unmap()) {
		return app.ErrUntrusted
	}
	if caller.Kind != app.AdminApp {
		return &admin.Error{Code: admin.Forbidden, Message: "the token is not that of an admin app"}
	}
	return nil
}

// ctx is the context of the call, whose acts are the calling app's.
func (c *call) ctx() context.Context { return app.As(c.r.Context(), c.caller.Agent) }

func (c *call) corp() *app.Corp { return c.caller.Corp }

func (c *call) rig() *rig.Rig { return c.api.opts.Rig }

// maxBody is the longest body that is taken, in bytes.
const maxBody = 16 << 20

// decode reads the body into req. A member that req does not have is an error:
// what is sent here is meant for daka.
func (c *call) decode(req any) error {
	text, err := c.body()
	if err != nil {
		return err
	}
	if err := withoutNUL(text); err != nil {
		return err
	}
	err = json.Unmarshal(text, req, json.RejectUnknownMembers(true))
	if wrong, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		return bad(string(wrong.JSONPointer), "not JSON, at byte %d", wrong.ByteOffset)
	}
	if wrong, ok := errors.AsType[*json.SemanticError](err); ok {
		if errors.Is(err, json.ErrUnknownName) {
			return bad(string(wrong.JSONPointer), "there is no such member")
		}
		return bad(string(wrong.JSONPointer), "wrong type or range")
	}
	if err != nil {
		return bad("", "the body cannot be read")
	}
	return nil
}

// withoutNUL refuses a body with a U+0000 in a text: not every database stores
// it. What is wrong with the body otherwise is left to decode.
func withoutNUL(text []byte) error {
	if !bytes.Contains(text, []byte(`\u0000`)) {
		return nil
	}
	dec := jsontext.NewDecoder(bytes.NewReader(text), jsontext.AllowDuplicateNames(true))
	for {
		tok, err := dec.ReadToken()
		if err != nil {
			return nil
		}
		if tok.Kind() == jsontext.KindString && strings.Contains(tok.String(), "\x00") {
			return bad(string(dec.StackPointer()), "want a text without U+0000")
		}
	}
}

func (c *call) body() ([]byte, error) {
	large := &admin.Error{Code: admin.TooLarge, Message: "the body is longer than " + strconv.Itoa(maxBody) + " bytes"}
	if c.r.ContentLength > maxBody {
		c.closing = true
		return nil, large
	}
	var text bytes.Buffer
	if _, err := text.ReadFrom(io.LimitReader(c.r.Body, maxBody+1)); err != nil {
		c.closing = true
		return nil, bad("", "the body broke off")
	}
	if text.Len() > maxBody {
		c.closing = true
		return nil, large
	}
	return text.Bytes(), nil
}

// bad is the failure of a field, given as a JSON pointer or a parameter.
func bad(field, format string, args ...any) error {
	return &admin.Error{Code: admin.BadRequest, Message: fmt.Sprintf(format, args...), Field: field}
}

// number reads a parameter of the query; "" is 0.
func (c *call) number(name string) (int64, error) {
	text := c.r.URL.Query().Get(name)
	if text == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return 0, bad(name, "want a whole number from 0")
	}
	return n, nil
}

// day reads a day of a body; "" is def.
func day(d admin.Day, field string, def attendance.Day) (attendance.Day, error) {
	if d == "" {
		return def, nil
	}
	out, err := attendance.ParseDay(string(d))
	if err != nil {
		return 0, bad(field, "want a day as 2006-01-02")
	}
	return out, nil
}

// needDay is day for a field that must be there.
func needDay(d admin.Day, field string) (attendance.Day, error) {
	if d == "" {
		return 0, bad(field, "a day is needed")
	}
	return day(d, field, 0)
}

// dayOut writes a day; none is "".
func dayOut(d, none attendance.Day) admin.Day {
	if d == none {
		return ""
	}
	return admin.Day(d.String())
}
