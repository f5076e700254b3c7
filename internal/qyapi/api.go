package qyapi

import (
	"context"
	"net/http"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
)

// Options say how calls are answered. The zero value is usable.
type Options struct {
	// Strict refuses, with 40058, a body that takes a Liberty.
	Strict bool
	// Limits say how often calls are answered; the zero value is WeCom's.
	Limits Limits
	// RequestID returns the mark of the request whose context it is given,
	// which stands in error texts as WeCom's hint; nil means no mark.
	RequestID func(context.Context) string
	// Observe is told of each call before it is answered; nil means nobody is.
	Observe func(context.Context, Outcome)
}

// Outcome is what a call came to.
type Outcome struct {
	Corp      attendance.CorpID // "" when the token named none
	Code      wecom.Code
	Err       error     // the failure in full, which only the log may see; nil on success
	Liberties []Liberty // what the body did that the documents do not allow; see MaxLiberties
}

// API is the handler of /cgi-bin/*.
type API struct {
	app    *app.App
	opts   Options
	routes map[string]route
	limits *limiter // nil where nothing is limited
}

// New returns the handler on the use cases of a.
func New(a *app.App, opts Options) *API {
	api := &API{app: a, opts: opts, routes: map[string]route{}, limits: newLimiter(opts.Limits, a.Instant)}
	for _, r := range routes {
		api.routes[r.path] = r
	}
	return api
}

// ServeHTTP answers a call. The status is 200 whatever the errcode, as WeCom's
// is; a path that is no call is a 404 without a body.
func (api *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	route, ok := api.routes[r.URL.Path]
	if !ok {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	x := &exchange{api: api, r: r, limit: route.limit, may: route.may, leave: func() {}}
	defer func() { x.leave() }()
	answer, err := x.answer(route)
	outcome := Outcome{Code: wecom.CodeOK, Err: err, Liberties: x.liberties}
	if x.caller != nil {
		outcome.Corp = x.caller.Corp.ID
	}
	if err == nil {
		wecom.SetOK(answer)
	} else {
		failure := x.failure(err)
		outcome.Code = failure.Code
		wecom.SetError(answer, failure)
		w.Header().Set("Error-Code", codeHeader(failure.Code))
		w.Header().Set("Error-Msg", headerText(failure.Envelope().ErrMsg))
	}
	if api.opts.Observe != nil {
		api.opts.Observe(r.Context(), outcome)
	}
	if err == nil && x.raw != nil {
		x.raw(w)
		return
	}
	write(w, answer, x.closing)
}
