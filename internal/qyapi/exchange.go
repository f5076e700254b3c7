package qyapi

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
)

// exchange is one call on its way.
type exchange struct {
	api       *API
	r         *http.Request
	limit     int64 // bytes of body
	may       func(*app.Caller) bool
	caller    *app.Caller // nil until the token is known
	liberties []Liberty
	closing   bool                      // the connection ends with the answer
	leave     func()                    // the call is answered; see limiter.enter
	raw       func(http.ResponseWriter) // sends what a good answer is when it is no JSON
}

// endpoint answers an exchange. The answer is never nil: with an error it is
// the empty one, whose arrays are empty.
type endpoint func(*exchange) (wecom.Answer, error)

// answerOf is a pointer to an answer's struct.
type answerOf[T any] interface {
	*T
	wecom.Answer
}

// request is a body that knows its limits.
type request interface{ Validate() error }

// answer is what the call comes to. An address that calls too often is told so
// before anything of its request is looked at.
func (x *exchange) answer(r route) (wecom.Answer, error) {
	if err := x.api.limits.knock(x.from(), r.path); err != nil {
		return x.nothing(r), err
	}
	return r.call(x)
}

// nothing is the empty answer of a call: that to a request with no token, no
// query and no body.
func (x *exchange) nothing(r route) wecom.Answer {
	blank := &http.Request{Method: http.MethodPost, URL: &url.URL{Path: r.path}, Body: http.NoBody}
	answer, _ := r.call(&exchange{api: x.api, r: blank.WithContext(x.r.Context()), limit: r.limit, may: r.may, leave: x.leave})
	return answer
}

// enter counts the call as one of the corporation's, until it is answered.
func (x *exchange) enter(corp attendance.CorpID) (err error) {
	x.leave, err = x.api.limits.enter(corp, x.r.URL.Path, x.r.URL.Query().Get("debug") == "1")
	return err
}

// post makes an endpoint of what a call with a JSON body does: token,
// leniently decoded body, its Validate, do.
func post[Req request, Resp any, P answerOf[Resp]](do func(*API, context.Context, *app.Caller, *Req) (P, error)) endpoint {
	return func(x *exchange) (wecom.Answer, error) {
		var req Req
		err := x.requireToken()
		if err == nil {
			err = x.decode(&req)
		}
		if err == nil {
			err = req.Validate()
		}
		if err != nil {
			return P(new(Resp)), err
		}
		return orEmpty(do(x.api, x.r.Context(), x.caller, &req))
	}
}

// get makes an endpoint of what a call with a query does: token, do.
func get[Resp any, P answerOf[Resp]](do func(*API, context.Context, *app.Caller, url.Values) (P, error)) endpoint {
	return func(x *exchange) (wecom.Answer, error) {
		if err := x.requireToken(); err != nil {
			return P(new(Resp)), err
		}
		return orEmpty(do(x.api, x.r.Context(), x.caller, x.r.URL.Query()))
	}
}

// orEmpty returns an empty answer beside an error: nothing of a call that
// failed half-way goes out.
func orEmpty[Resp any, P answerOf[Resp]](answer P, err error) (wecom.Answer, error) {
	if err != nil {
		return P(new(Resp)), err
	}
	return answer, nil
}

// requireToken finds the calling app. The token counts in the query alone
// (document 90313, at 41001).
func (x *exchange) requireToken() error {
	token := x.r.URL.Query().Get("access_token")
	if token == "" {
		return wecom.CodeMissingToken
	}
	caller, err := x.api.app.Caller(x.r.Context(), app.Token(token))
	if err != nil {
		return err
	}
	x.caller = caller
	if !caller.Trusts(x.from()) {
		return wecom.CodeUntrustedIP
	}
	if !x.may(caller) {
		return wecom.CodeForbiddenAPI
	}
	return x.enter(caller.Corp.ID)
}

// from is the address that the call comes from; the zero one when there is
// none, in a test without a network.
func (x *exchange) from() netip.Addr {
	from, err := netip.ParseAddrPort(x.r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	return from.Addr().Unmap()
}

// failure is err as it is answered.
func (x *exchange) failure(err error) *wecom.Error {
	failure := failureOf(err)
	if x.api.opts.RequestID != nil {
		failure.Hint = x.api.opts.RequestID(x.r.Context())
	}
	if host, _, err := net.SplitHostPort(x.r.RemoteAddr); err == nil {
		failure.FromIP = host
	}
	return failure
}

// asStored lets an answer hold what is in the database, however it came there:
// a rule with a member twice, a text of an import that is no UTF-8.
var asStored = json.JoinOptions(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))

// write sends an answer. The client that is gone by now cannot be told.
func write(w http.ResponseWriter, answer wecom.Answer, closing bool) {
	h := w.Header()
	h.Set("Content-Type", "application/json; charset=UTF-8")
	if closing {
		h.Set("Connection", "close")
	}
	text, err := json.Marshal(answer, asStored)
	if err != nil {
		panic(fmt.Sprintf("qyapi: encode an answer: %v", err))
	}
	_, _ = w.Write(text)
}

func codeHeader(c wecom.Code) string { return strconv.FormatInt(int64(c), 10) }

// headerText returns a text as a header may carry it.
func headerText(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '?'
		}
		return r
	}, s)
}
